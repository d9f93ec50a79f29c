"""Search: what each kind of row is found by, for whom, and where it stands.

An app lists its kinds as ``Searched`` entries. A text that a reader may not see is taken out before
anything is compared, so that neither a hit nor a count tells what stands in it. Texts are compared
in Python, as the filter of the table of milestones does, so every database finds the same.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SHORTEST, LONGEST = 2, 100
AROUND = 80
"""How many characters of a text are shown on each side of what was found."""


@dataclass(frozen=True)
class Found:
    """A row that may be found: its kind, what it is called, where it stands, and what it says."""

    title: str
    url: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Searched:
    """A kind of row.

    ``rows(user, plan)`` answers every row that the reader may see, in a constant number of queries;
    ``visible(user, plan)`` the names of the texts that the reader may see of them. What is named by
    neither is found by nobody.
    """

    key: str
    label: str
    rows: Callable[[Any, Any], Iterable[Found]]
    visible: Callable[[Any, Any], frozenset[str]]


@dataclass(frozen=True)
class Excerpt:
    """A piece of a text around what was found, in three parts."""

    before: str
    hit: str
    after: str


@dataclass(frozen=True)
class Hit:
    """A row that was found."""

    kind: str
    label: str
    title: str
    url: str
    excerpt: Excerpt


@dataclass(frozen=True)
class Counted:
    """A kind with how many of its rows were found."""

    key: str
    label: str
    count: int


def searchable(user: Any, plan: Any, searched: Searched) -> list[Found]:
    """The rows of a kind with the texts that the reader may see, and no others."""
    visible = searched.visible(user, plan)
    return [
        Found(row.title, row.url, {name: row.texts[name] for name in row.texts if name in visible})
        for row in searched.rows(user, plan)
    ]


def found_by(
    user: Any, plan: Any, words: str, *, kinds: Sequence[Searched]
) -> tuple[list[Hit], list[Counted]]:
    """Every row of a plan in which the words stand together, kind by kind, and how many of each."""
    sought = " ".join(words.split())
    hits: list[Hit] = []
    counts = []
    for searched in kinds:
        found = [
            Hit(searched.key, searched.label, row.title, row.url, excerpt)
            for row in searchable(user, plan, searched)
            if (excerpt := _first_excerpt(row, sought)) is not None
        ]
        hits += found
        counts.append(Counted(searched.key, searched.label, len(found)))
    return hits, counts


def _first_excerpt(row: Found, sought: str) -> Excerpt | None:
    for text in row.texts.values():
        if (excerpt := excerpt_of(text, sought)) is not None:
            return excerpt
    return None


def excerpt_of(text: str, sought: str) -> Excerpt | None:
    """The first place where the words stand in a text, whatever their capitals; None where nowhere."""
    plain = " ".join(text.split())
    # Folding can make a letter two; each keeps the place of the letter that it came from.
    folded = [(letter, place) for place, each in enumerate(plain) for letter in each.casefold()]
    wanted = sought.casefold()
    start = "".join(letter for letter, _ in folded).find(wanted)
    if start < 0 or not wanted:
        return None
    first, last = folded[start][1], folded[start + len(wanted) - 1][1] + 1
    return Excerpt(
        before=_cut(plain[:first], from_end=True),
        hit=plain[first:last],
        after=_cut(plain[last:], from_end=False),
    )


def _cut(text: str, *, from_end: bool) -> str:
    if len(text) <= AROUND:
        return text
    return f"…{text[-AROUND:]}" if from_end else f"{text[:AROUND]}…"
