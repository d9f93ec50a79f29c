"""What a stocktake says: frozen, worded and ordered; the page, the document and the API show only this.

Words of people are plain text. Standings and levels are values, not labels.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Judgement(StrEnum):
    """Of what something is judged; the three stand side by side and are never made of one another."""

    DELIVERY = "Delivery"
    IMPACT = "Impact"
    ASSURANCE = "Assurance"


@dataclass(frozen=True)
class Cover:
    """Which plan, which areas, and between which moments."""

    partnership: str
    plan: str
    plan_slug: str
    published: str
    title: str
    since: str
    until: str
    since_words: str
    until_words: str
    made_on: dt.date
    classification: str = "OFFICIAL"


@dataclass(frozen=True)
class Count:
    """How many of the milestones were what, at the start and at the end."""

    label: str
    then: int
    now: int


@dataclass(frozen=True)
class Completed:
    """A milestone that was not complete at the start and is at the end."""

    key: str
    text: str
    in_force: dt.date | None
    completed_on: dt.date | None


@dataclass(frozen=True)
class Signed:
    """A milestone, or a whole action, that was not signed off at the start and is at the end.

    ``evidence`` are the titles of what stood for it at the end.
    """

    key: str
    text: str
    signed_at: dt.datetime | None
    signed_by: str
    role: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Overdue:
    """A milestone that is overdue at the end, with the lead's last words."""

    key: str
    text: str
    in_force: dt.date | None
    days: int
    standing: str
    what_happened: str
    what_is_next: str


@dataclass(frozen=True)
class Slipped:
    """An open milestone later than published at the end; ``slip_then`` is the slip at the start."""

    key: str
    text: str
    published: dt.date | None
    agreed: dt.date | None
    forecast: dt.date | None
    slip: int
    slip_then: int | None


@dataclass(frozen=True)
class Moved:
    """A date that was agreed, with who agreed it and why."""

    key: str
    text: str
    before: dt.date | None
    agreed_on: dt.date
    at: dt.datetime
    agreed_by: str
    reason: str
    decision: str


@dataclass(frozen=True)
class OverdueSpell:
    """An exception that was open at some time; ``closed_at`` is None for one open at the end."""

    key: str
    text: str
    overdue_since: dt.date
    closed_at: dt.datetime | None
    closure: str
    cause: str
    effect_on_families: str
    what_is_being_done: str
    done_by: dt.date | None
    asked_of_board: str


@dataclass(frozen=True)
class Shown:
    """A piece of evidence that was added and still stood at the end."""

    about: str
    kind: str
    title: str
    dated_on: dt.date
    what_it_shows: str


@dataclass(frozen=True)
class Impact:
    """An action's confirmed impact at the start and at the end, None where none was confirmed."""

    action: str
    text: str
    then: int | None
    then_label: str
    now: int | None
    now_label: str
    words: str
    decided_by: str
    decided_at: dt.datetime | None


@dataclass(frozen=True)
class Judged:
    """One of the judgements at the start and at the end; ``kind`` says of what its values are."""

    kind: Judgement
    then: str | int | None
    then_label: str
    now: str | int | None
    now_label: str
    area: str = ""


@dataclass(frozen=True)
class Assured:
    """A rating of an area's assurance that was in force at the start, or given in between."""

    area: str
    level: str
    label: str
    at: dt.datetime
    reasons: str
    by: str


@dataclass(frozen=True)
class Again:
    """An occurrence of what comes again that became done or missed; ``said`` whether it is recorded."""

    key: str
    title: str
    place: str
    owner: str
    when: str
    is_done: bool
    said: bool
    done_on: dt.date | None
    days_late: int
    note: str
    evidence: str


@dataclass(frozen=True)
class Decision:
    """What somebody decided about a milestone, in their own words."""

    at: dt.datetime
    what: str
    key: str
    words: str
    by: str


@dataclass(frozen=True)
class Said:
    """What families were told of a milestone for a month."""

    at: dt.datetime
    month: dt.date
    key: str
    sentence: str


@dataclass(frozen=True)
class AreaPart:
    """One area, or several whose milestones are the same: how it was, what happened, how it is."""

    keys: tuple[str, ...]
    names: tuple[str, ...]
    sentence: str
    total: int
    standing_then: str
    standing_now: str
    counts: tuple[Count, ...]
    judged: tuple[Judged, ...]
    completed: tuple[Completed, ...]
    signed: tuple[Signed, ...]
    signed_actions: tuple[Signed, ...]
    overdue: tuple[Overdue, ...]
    slipped: tuple[Slipped, ...]
    moved: tuple[Moved, ...]
    spells: tuple[OverdueSpell, ...]
    evidence: tuple[Shown, ...]
    impact: tuple[Impact, ...]
    assurance: tuple[Assured, ...]
    again: tuple[Again, ...]
    decisions: tuple[Decision, ...]
    said: tuple[Said, ...]

    @property
    def title(self) -> str:
        """The areas by their keys: "AI1 and AI4"."""
        *first, last = self.keys
        return f"{', '.join(first)} and {last}" if first else last

    @property
    def done_again(self) -> int:
        """How often was done what comes again."""
        return sum(each.is_done for each in self.again)

    @property
    def missed_again(self) -> int:
        """How often it was missed."""
        return len(self.again) - self.done_again

    def count(self, label: str) -> Count:
        """One of the counts by its label."""
        return next(each for each in self.counts if each.label == label)


@dataclass(frozen=True)
class Meaning:
    """A word by which progress is judged, and what it means."""

    label: str
    meaning: str


@dataclass(frozen=True)
class Stocktake:
    """A whole stocktake; ``again`` is what the plan as a whole promises again and again."""

    cover: Cover
    headline: str
    note: str
    areas: tuple[AreaPart, ...]
    again: tuple[Again, ...]
    meanings: tuple[Meaning, ...]
