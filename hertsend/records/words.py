"""Words as they are kept: without blanks at their ends."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def stripped(words: "DataclassInstance") -> dict[str, Any]:
    """The fields of a dataclass by name, each text without blanks at its ends."""
    return {
        name: value.strip() if isinstance(value, str) else value
        for name, value in asdict(words).items()
    }
