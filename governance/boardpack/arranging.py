"""In which order the parts of an edition stand, and what the programme office may move or leave out.

Exceptions come first and, like slips and who did not report, can be neither moved nor left out.
"""

import dataclasses
from collections.abc import Sequence
from typing import Any

from governance.boardpack.changes import still_told
from governance.boardpack.content import PackContent
from governance.boardpack.parts import PARTS
from governance.boardpack.said import SaidEntry
from governance.enums import Edition

TEMPLATES = "governance/pack"

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

LEFT_OUT_WITH: dict[str, tuple[str, ...]] = {
    "signed-off": ("signed_off", "signed_actions"),
    "due-soon": ("due_soon",),
    "workstreams": ("streams", "all_streams"),
    "glossary": ("glossary",),
}
"""The fields of the content that nothing tells where each is left out."""

NEEDED = ("streams", "all_streams")
"""Of these the ones that stay in the content all the same: other parts go by workstream."""


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

    Without the workstreams only those milestones stay that a list names. ``proof`` is the digest that
    each format names.
    """
    untold = fields_left_out(left_out)
    emptied: dict[str, Any] = {name: () for name in untold if name not in NEEDED}
    shorter = dataclasses.replace(content, left_out=tuple(left_out), **emptied)
    if "workstreams" in left_out:
        named = names_in(shorter)
        rest = tuple(entry for entry in content.milestones if entry.key in named)
        shorter = dataclasses.replace(shorter, milestones=rest)
    return dataclasses.replace(
        shorter,
        changed=still_told(shorter, untold=untold),
        foreword=foreword,
        order=tuple(order),
        proof=proof,
    )


def fields_left_out(left_out: Sequence[str]) -> frozenset[str]:
    """The fields of the content that a pack without these tells nowhere."""
    return frozenset(name for part in left_out for name in LEFT_OUT_WITH[part])


def names_in(content: PackContent) -> frozenset[str]:
    """The keys of the milestones that a list of the pack names, beside the list of all of them."""
    fields = (field.name for field in dataclasses.fields(content) if field.name != "milestones")
    lists = (getattr(content, name) for name in fields)
    entries = (entry for value in lists if isinstance(value, tuple) for entry in value)
    keys = (entry if isinstance(entry, str) else getattr(entry, "key", "") for entry in entries)
    return frozenset(keys)


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
