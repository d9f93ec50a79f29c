"""The three ways in which a service refuses.

Doors translate them once: a page into words beside the field, the API into one error format.
Nothing else may be raised by a service for a reason that a person could put right.
"""

from collections.abc import Mapping, Sequence
from typing import Any


class HertsendError(Exception):
    """Base of the refusals; ``sentence`` is what the person reads."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotAllowed(HertsendError):
    """The person may read this, but may not do that to it (403)."""


class RuleBroken(HertsendError):
    """The input breaks a rule of the plan's keeping (400).

    ``errors`` maps a field's name to its sentences; the key ``""`` holds sentences that belong to
    no single field.
    """

    def __init__(self, errors: Mapping[str, Sequence[str]] | str) -> None:
        if isinstance(errors, str):
            errors = {"": [errors]}
        self.errors = {field: list(sentences) for field, sentences in errors.items()}
        super().__init__(" ".join(sentence for many in self.errors.values() for sentence in many))


class Conflict(HertsendError):
    """Someone else was first (409).

    ``current`` holds what is stored now, ``submitted`` what the loser typed, both by field name and
    already reduced to the fields that the loser may see, so that nothing typed is lost.
    """

    def __init__(
        self,
        sentence: str,
        *,
        current: Mapping[str, Any] | None = None,
        submitted: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(sentence)
        self.current = dict(current or {})
        self.submitted = dict(submitted or {})
