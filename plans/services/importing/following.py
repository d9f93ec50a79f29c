"""What follows on every import of a plan file, in its transaction.

Apps above read the sections of the file that they own. This app may not know them, so they say
here, when the process starts, what is to be called; a fault there undoes the whole import.
"""

from collections.abc import Callable
from typing import TypeVar

FollowerT = TypeVar("FollowerT", bound=Callable[..., None])

_followers: dict[str, Callable[..., None]] = {}


def follows_import(function: FollowerT) -> FollowerT:
    """Register the decorated ``function(*, plan, by, reason)``; it must be safe to call twice."""
    _followers[f"{function.__module__}.{function.__qualname__}"] = function
    return function


def followers() -> tuple[Callable[..., None], ...]:
    """All that follows, in the order of their names."""
    return tuple(_followers[name] for name in sorted(_followers))
