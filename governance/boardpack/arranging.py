"""In which order the parts of an edition stand, and what the programme office may move or leave out.

Exceptions come first and, like slips and who did not report, can be neither moved nor left out.
"""

import dataclasses
from collections.abc import Sequence
from typing import Any

from governance.boardpack.content import PackContent
from governance.boardpack.said import SaidEntry
from governance.enums import Edition

TEMPLATES = "governance/pack"

PARTS: dict[Edition, tuple[str, ...]] = {
    Edition.BOARD: (
        *("summary", "reopened", "asks", "decisions", "exceptions", "missed", "date_requests"),
        *("slips", "sign_off", "dates", "impact", "workstreams", "measures", "risks", "log"),
        *("voices", "no_update", "words"),
    ),
    Edition.EXECUTIVE: (
        *("assurance", "escalations", "summary", "reopened", "asks", "decisions", "exceptions"),
        *("missed", "date_requests", "slips", "sign_off", "dates", "impact", "workstreams"),
        *("measures", "risks", "log", "voices", "no_update", "words"),
    ),
    Edition.FAMILIES: (
        *("families/summary", "families/late", "families/moved", "no_update"),
        *("families/promised", "families/measures", "voices", "words"),
    ),
}
"""The parts of each edition in their order: the names of their templates."""

MOVABLE: dict[str, str] = {
    "sign_off": "Sign-off",
    "dates": "Due soon, and no agreed date",
    "impact": "Impact",
    "workstreams": "Workstreams",
    "measures": "Measures",
    "risks": "Risks",
    "log": "Action log",
    "voices": "You said, we did",
}
"""The parts that the office may put into another order among themselves, with their titles."""

LEAVABLE: dict[str, str] = {
    "signed-off": "Signed off",
    "due-soon": "Due in the next 30 days",
    "workstreams": "Workstreams",
    "glossary": "Glossary",
}
"""What the office may leave out, with its title: what tells of progress, never of trouble."""

LEFT_EMPTY: dict[str, tuple[str, ...]] = {
    "signed-off": ("signed_off", "signed_actions"),
    "due-soon": ("due_soon",),
    "workstreams": (),
    "glossary": ("glossary",),
}
"""The lists of the content that are taken out with each."""


def movable_in(edition: Edition) -> tuple[str, ...]:
    """The parts of an edition that can be moved, in their usual order; that of families is as it is."""
    if edition == Edition.FAMILIES:
        return ()
    return tuple(name for name in PARTS[edition] if name in MOVABLE)


def leavable_in(edition: Edition) -> tuple[str, ...]:
    """What can be left out of an edition."""
    return tuple(LEAVABLE) if movable_in(edition) else ("glossary",)


def arranged(
    content: PackContent,
    *,
    foreword: SaidEntry | None,
    order: Sequence[str],
    left_out: Sequence[str],
    proof: str = "",
) -> PackContent:
    """The stored content with the office's words and order: what is shown, in every format.

    ``proof`` is the digest that each format names.
    """
    emptied: dict[str, Any] = {name: () for part in left_out for name in LEFT_EMPTY[part]}
    return dataclasses.replace(
        content,
        foreword=foreword,
        order=tuple(order),
        left_out=tuple(left_out),
        proof=proof,
        **emptied,
    )


PREVIEW = "Preview: not issued"


def as_preview(content: PackContent) -> PackContent:
    """The content of a pack that is not issued: each page of a file of it says so."""
    notice = " · ".join(words for words in (content.cover.notice, PREVIEW) if words)
    return dataclasses.replace(content, cover=dataclasses.replace(content.cover, notice=notice))


def parts_of(content: PackContent) -> tuple[str, ...]:
    """The parts of a pack in the order in which they are shown."""
    usual = PARTS[Edition(content.cover.edition)]
    chosen = iter([name for name in content.order if name in MOVABLE and name in usual])
    moved = [next(chosen) if name in content.order and name in MOVABLE else name for name in usual]
    return tuple(name for name in moved if name not in content.left_out)


def templates_of(content: PackContent) -> tuple[str, ...]:
    """The templates of the parts of a pack, in order."""
    return tuple(
        f"{TEMPLATES}/{folder}{'/' if folder else ''}_{name}.html"
        for folder, _, name in (part.rpartition("/") for part in parts_of(content))
    )


def titles_left_out(content: PackContent) -> tuple[str, ...]:
    """What the office left out, by its titles, so that the pack says so."""
    return tuple(LEAVABLE[name] for name in content.left_out if name in LEAVABLE)
