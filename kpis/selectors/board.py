"""The measures of a plan side by side: counts, areas, topics, and what contradicts what."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, QuerySet

from kpis.enums import Status
from kpis.models import Indicator
from kpis.selectors.delivery import delivery_of
from kpis.selectors.held import held_in
from kpis.selectors.lines import lines_of_rows, measure_rows
from kpis.selectors.measure import MeasureLine
from plans.enums import Standing
from plans.models import Plan

COUNTED: tuple[tuple[Status, str], ...] = (
    (Status.MET, "where they should be by now"),
    (Status.WITHIN_TOLERANCE, "close to it"),
    (Status.MISSED, "not where they should be"),
    (Status.NO_DATA, "no figure, or an old one"),
    (Status.NO_NUMBER, "a direction or a ceiling"),
)


@dataclass(frozen=True)
class Group:
    """A workstream's measures, with how its delivery stands."""

    key: str
    name: str
    standing: Standing
    lines: tuple[MeasureLine, ...]


@dataclass(frozen=True)
class Topic:
    """A topic that the plan wants covered; without lines nothing measures it yet."""

    key: str
    text: str
    lines: tuple[MeasureLine, ...]


@dataclass(frozen=True)
class MeasureBoard:
    """All measures of a plan as at a moment."""

    lines: tuple[MeasureLine, ...]
    groups: tuple[Group, ...]
    topics: tuple[Topic, ...]
    outcomes: tuple[Topic, ...]

    @property
    def counts(self) -> dict[Status, int]:
        """How many measures are of each status."""
        return {status: sum(line.status == status for line in self.lines) for status in Status}

    @property
    def with_number(self) -> int:
        """How many have a number to be held against, due or not."""
        return sum(line.status != Status.NO_NUMBER for line in self.lines)

    @property
    def improving(self) -> tuple[MeasureLine, ...]:
        return tuple(line for line in self.lines if line.is_improving)

    @property
    def worsening(self) -> tuple[MeasureLine, ...]:
        return tuple(line for line in self.lines if line.is_worsening)

    @property
    def contradicting(self) -> tuple[MeasureLine, ...]:
        return tuple(line for line in self.lines if line.contradicts)

    @property
    def old(self) -> tuple[MeasureLine, ...]:
        return tuple(line for line in self.lines if line.is_old or line.latest is None)

    @property
    def missing_targets(self) -> tuple[MeasureLine, ...]:
        return tuple(line for line in self.lines if line.will_miss)

    @property
    def sentence(self) -> tuple[str, str]:
        """The state in a bold sentence and one more."""
        counts = self.counts
        judged = sum(
            counts[status] for status in (Status.MET, Status.WITHIN_TOLERANCE, Status.MISSED)
        )
        bold = f"{counts[Status.MET]} of {judged} measures with a number and a figure are where they should be."
        better, worse = len(self.improving), len(self.worsening)
        told = [f"{better} {_verb(better, 'improves', 'improve')} beyond chance"]
        told.append(f"{worse} {_verb(worse, 'gets', 'get')} worse")
        more = f"{' and '.join(told)}."
        look = len(self.contradicting)
        if look:
            more += (
                f" For {look} of them delivery is on track while the measure that it should move is "
                "not moving."
            )
        return bold, more


def _verb(count: int, one: str, many: str) -> str:
    return one if count == 1 else many


def measure_board(
    plan: Plan,
    indicators: QuerySet[Indicator],
    *,
    on: dt.date,
    exact: bool = True,
) -> MeasureBoard:
    """Those of the plan's measures that are among ``indicators``, in its order, by workstream and topic.

    All of the plan's are read once, since delivery asks of each whether its target is held.
    """
    seen = Exists(indicators.filter(pk=OuterRef("pk")))
    read = measure_rows(Indicator.objects.filter(plan=plan).annotate(is_seen=seen))
    delivery = delivery_of(plan, on=on, held_already=held_in(read, on=on))
    lines = lines_of_rows(
        replace(read, rows=[row for row in read.rows if vars(row)["is_seen"]]),
        on=on,
        exact=exact,
        standings=delivery.actions,
        with_others=False,
    )
    sections = {
        section.key: section.content
        for section in plan.sections.filter(key__in=["topics", "outcomes"])
    }
    return MeasureBoard(
        lines=tuple(lines),
        groups=_groups(lines, delivery.streams),
        topics=_topics(sections.get("topics", []), lines, "topics"),
        outcomes=_topics(sections.get("outcomes", []), lines, "outcomes"),
    )


def _groups(lines: Sequence[MeasureLine], streams: Mapping[str, Standing]) -> tuple[Group, ...]:
    """The measures of each workstream, in the plan's order."""
    rows = {line.indicator.workstream.key: line.indicator.workstream for line in lines}
    return tuple(
        Group(
            key=row.key,
            name=row.name,
            standing=streams.get(row.key, Standing.NO_UPDATE),
            lines=tuple(line for line in lines if line.indicator.workstream_id == row.pk),
        )
        for row in sorted(rows.values(), key=lambda one: one.position)
    )


def _topics(entries: Sequence, lines: Sequence[MeasureLine], field: str) -> tuple[Topic, ...]:
    return tuple(
        Topic(
            key=entry["key"],
            text=entry["text"],
            lines=tuple(line for line in lines if entry["key"] in getattr(line.indicator, field)),
        )
        for entry in entries
        if isinstance(entry, dict) and {"key", "text"} <= set(entry)
    )
