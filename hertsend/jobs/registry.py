"""Which function does which kind of job, and which one words which kind of message.

A kind is a stable name ("plans.flag_overdue"), stored in rows; functions may move. Apps register
in their ``tasks`` or ``notifications`` module, which are imported when the process starts.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from hertsend.jobs.mail import Mail, absolute_link

__all__ = [
    "Mail",
    "UnknownKind",
    "absolute_link",
    "handler",
    "handler_for",
    "handler_kinds",
    "renderer",
    "renderer_for",
    "renderer_kinds",
]

Handler = Callable[..., object]
Renderer = Callable[..., Mail | None]

HandlerT = TypeVar("HandlerT", bound=Handler)
RendererT = TypeVar("RendererT", bound=Renderer)

_handlers: dict[str, Handler] = {}
_renderers: dict[str, Renderer] = {}


class UnknownKind(LookupError):
    """No function is registered for this kind."""


def handler(kind: str) -> Callable[[HandlerT], HandlerT]:
    """Register the decorated ``function(**arguments)`` as the one that does jobs of this kind.

    It is called outside any transaction, may be called again after a worker died half way, and
    so opens its own transactions and must be safe to run twice.
    """

    def register(function: HandlerT) -> HandlerT:
        _add(_handlers, kind, function)
        return function

    return register


def renderer(kind: str) -> Callable[[RendererT], RendererT]:
    """Register the decorated function as the one that words messages of this kind.

    It is called at the moment of sending as ``function(recipient=User, day=date, key=str)``, must
    look up anew what the recipient may see, and returns ``None`` to withhold the message.
    """

    def register(function: RendererT) -> RendererT:
        _add(_renderers, kind, function)
        return function

    return register


def handler_for(kind: str) -> Handler:
    """The function that does jobs of this kind. Raises ``UnknownKind``."""
    return _find(_handlers, kind, decorator="handler")


def renderer_for(kind: str) -> Renderer:
    """The function that words messages of this kind. Raises ``UnknownKind``."""
    return _find(_renderers, kind, decorator="renderer")


def handler_kinds() -> tuple[str, ...]:
    """All kinds of jobs, in alphabetical order."""
    return tuple(sorted(_handlers))


def renderer_kinds() -> tuple[str, ...]:
    """All kinds of messages, in alphabetical order."""
    return tuple(sorted(_renderers))


def _add(functions: dict[str, Callable[..., Any]], kind: str, function: Callable[..., Any]) -> None:
    if functions.setdefault(kind, function) is not function:
        raise ValueError(f"The kind {kind!r} is registered already, by {functions[kind]!r}.")


def _find(
    functions: dict[str, Callable[..., Any]], kind: str, *, decorator: str
) -> Callable[..., Any]:
    try:
        return functions[kind]
    except KeyError:
        raise UnknownKind(
            f"Nothing is registered for the kind {kind!r}. Decorate its function with "
            f"@{decorator}({kind!r}) in the tasks or notifications module of its app."
        ) from None
