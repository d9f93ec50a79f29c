"""What a signer is shown: plain words, their fingerprint, and how two of them differ (8).

A sheet is made of words alone, as they stand on the page, so that what is signed is what was read
and nothing else.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

QUOTED = frozenset({"promise", "proposal", "update"})


@dataclass(frozen=True)
class SheetLine:
    """One labelled fact."""

    key: str
    label: str
    text: str

    @property
    def is_quoted(self) -> bool:
        """Whether the words are somebody's own."""
        return self.key in QUOTED


@dataclass(frozen=True)
class SheetEvidence:
    """One piece of evidence, or one milestone of an action, with where it leads."""

    pk: int
    title: str
    kind: str
    shows: str
    dated: str
    source: str
    link: str = ""


@dataclass(frozen=True)
class Sheet:
    """Exactly what a signer is shown of a milestone or an action."""

    plan: str
    key: str
    lines: tuple[SheetLine, ...]
    milestones: tuple[SheetLine, ...] = ()
    evidence: tuple[SheetEvidence, ...] = ()
    closing: tuple[SheetLine, ...] = ()

    @property
    def content(self) -> dict[str, Any]:
        """The sheet as it is stored."""
        return asdict(self)

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the sheet, in hexadecimal."""
        text = json.dumps(self.content, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    @classmethod
    def of_content(cls, content: Mapping[str, Any]) -> "Sheet":
        """The sheet that was stored."""
        lines = {
            name: tuple(SheetLine(**line) for line in content[name])
            for name in ("lines", "milestones", "closing")
        }
        evidence = tuple(SheetEvidence(**piece) for piece in content["evidence"])
        return cls(plan=content["plan"], key=content["key"], evidence=evidence, **lines)


@dataclass(frozen=True)
class Difference:
    """What a line said and what it says; "" where it was not there."""

    label: str
    before: str
    after: str


def differences(before: Sheet, after: Sheet) -> tuple[Difference, ...]:
    """What changed from one sheet to the other, in the order of the page; evidence by its title."""
    old, new = _by_place(before), _by_place(after)
    return tuple(
        Difference(label=(new.get(place) or old[place])[0], before=said, after=says)
        for place in dict.fromkeys([*new, *old])
        if (said := old.get(place, ("", ""))[1]) != (says := new.get(place, ("", ""))[1])
    )


def _by_place(sheet: Sheet) -> dict[str, tuple[str, str]]:
    """Each line's label and words by where it stands."""
    found = {line.key: (line.label, line.text) for line in (*sheet.lines, *sheet.milestones)}
    for piece in sheet.evidence:
        words = (piece.title, piece.kind, piece.shows, piece.dated, piece.source)
        found[f"evidence-{piece.pk}"] = ("Evidence", "; ".join(filter(None, words)))
    return found | {line.key: (line.label, line.text) for line in sheet.closing}


def in_words(day: dt.date | None) -> str:
    """A day as pages write it; "" for none."""
    return f"{day.day} {day:%B %Y}" if day else ""


def lateness(*, done_on: dt.date, date_in_force: dt.date | None) -> str:
    """How late something was done, in words; "" where there is no date to be late for."""
    if date_in_force is None:
        return ""
    days = (done_on - date_in_force).days
    if not days:
        return "on its date"
    return f"{abs(days)} day{'' if abs(days) == 1 else 's'} {'late' if days > 0 else 'early'}"


def file_in_words(*, name: str, kind: str, size: int, sha256: str) -> str:
    """What a file is called, what it is, how large, and the digest of its bytes."""
    kilobytes = max(1, round(size / 1024))
    shown = f"{kilobytes} KB" if kilobytes < 1024 else f"{kilobytes / 1024:.1f} MB"
    return f"{name}, {kind}, {shown}, SHA-256 {sha256}"
