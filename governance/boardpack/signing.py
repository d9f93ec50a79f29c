"""A pack's entries on signatures: as frozen and stored as the rest of its content."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class SignOffEntry:
    """A proposal, and the signature if there is one."""

    key: str
    proposed_at: dt.datetime | None
    proposed_by: str
    words: str
    evidence_link: str
    days: int
    signed_at: dt.datetime | None
    signed_by: str


@dataclass(frozen=True)
class SignedActionEntry:
    """A whole action that was signed off, and whose signature held at the freeze."""

    key: str
    text: str
    areas: tuple[str, ...]
    signed_at: dt.datetime
    signed_by: str
    role: str


@dataclass(frozen=True)
class TakenBackEntry:
    """A milestone that was signed off and reopened: by whom, in which role, and why."""

    key: str
    at: dt.datetime
    by: str
    role: str
    reason: str
