"""Impact and assurance beside delivery: for each row of areas, and what changed since a month."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from governance.enums import AssuranceLevel
from governance.selectors.assurance import AreaAssurance, AssuranceLine, assurance_of
from governance.selectors.outline import Outline
from governance.selectors.tables import AreaRow
from governance.selectors.wording import ChangeLine
from plans import selectors
from plans.enums import ImpactLevel
from plans.models import Area, Plan
from plans.selectors import ActionImpact, MilestoneLine, Missed, Moment

BETTER: tuple[AssuranceLevel, ...] = (
    AssuranceLevel.NONE,
    AssuranceLevel.LIMITED,
    AssuranceLevel.REASONABLE,
    AssuranceLevel.SUBSTANTIAL,
)
"""The levels of assurance from the worst to the best."""


@dataclass(frozen=True)
class AreaImpact:
    """The impact of an area: the lowest confirmed of its actions, and how many were rated.

    Actions of which it is too early to say count only where nothing else can be said.
    """

    level: ImpactLevel | None
    rated: int
    actions: int
    proposed: int

    @property
    def label(self) -> str:
        """The words of the level, "" where nothing was confirmed."""
        return str(self.level.label) if self.level is not None else ""


@dataclass(frozen=True)
class RatedArea:
    """The assurance of one area, and what it was in the month compared with."""

    key: str
    line: AssuranceLine | None
    before: AssuranceLine | None

    @property
    def is_changed(self) -> bool:
        """Whether the word is another than before."""
        return _level(self.line) != _level(self.before)


def _level(line: AssuranceLine | None) -> str:
    return str(line.level) if line else ""


@dataclass(frozen=True)
class JudgedRow:
    """A row of areas with its three judgements side by side."""

    row: AreaRow
    impact: AreaImpact
    assurance: tuple[RatedArea, ...]


@dataclass(frozen=True)
class Judgements:
    """What a month shows beside delivery; ``missed`` is what comes again and did not."""

    rows: tuple[JudgedRow, ...]
    impacts: Mapping[str, ActionImpact]
    missed: tuple[Missed, ...]
    change_lines: tuple[ChangeLine, ...]

    @property
    def missed_times(self) -> int:
        """How many occurrences were missed."""
        return sum(len(each.occurrences) for each in self.missed)


def judgements_of(
    plan: Plan,
    lines: Sequence[MilestoneLine],
    rows: Sequence[AreaRow],
    *,
    moment: Moment,
    since: dt.date,
    before: dt.datetime | None = None,
    visible: Collection[str],
    outline: Outline | None = None,
) -> Judgements:
    """Impact and assurance as at a moment, and as at an earlier one for what changed.

    ``since`` is the day from which on what was missed counts, ``visible`` are the reader's fields
    of ``governance.permissions.visible_words``, ``outline`` is what the plan itself
    holds, for who has read it. Six queries, or four.
    """
    moments = [moment.at] if before is None else [moment.at, before]
    impacts, *earlier = selectors.impacts_of_each(plan, moments, visible=visible)
    rated = rated_areas(
        plan, at=moment.at, before=before, visible=visible, areas=outline.areas if outline else None
    )
    again = selectors.commitments_of(
        plan,
        at=moment.at,
        on=moment.on,
        visible=visible,
        decided=outline.decided if outline else None,
    )
    return Judgements(
        rows=tuple(_judged(row, lines, impacts, rated) for row in rows),
        impacts=impacts,
        missed=tuple(selectors.missed_in(again, since=since)),
        change_lines=changed_judgements(impacts, earlier[0], rated.values()) if earlier else (),
    )


def rated_areas(
    plan: Plan,
    *,
    at: dt.datetime | None,
    before: dt.datetime | None,
    visible: Collection[str],
    areas: Sequence[Area] | None = None,
) -> dict[str, RatedArea]:
    """The assurance of each area by its key, as at a moment and as at an earlier one, if any.

    Two queries, or one with the plan's areas. The earlier moment may be the later one, where a month was frozen a second time.
    """
    latest = None if at is None else max(at, before or at)
    return {
        each.area.key: RatedArea(
            each.area.key,
            _in_force(each, at),
            _in_force(each, before) if before is not None else None,
        )
        for each in assurance_of(plan, at=latest, visible=visible, areas=areas)
    }


def _in_force(area: AreaAssurance, at: dt.datetime | None) -> AssuranceLine | None:
    """The rating of an area that was in force at a moment; the last one without one."""
    return next((line for line in area.history if at is None or line.at <= at), None)


def _judged(
    row: AreaRow,
    lines: Sequence[MilestoneLine],
    impacts: Mapping[str, ActionImpact],
    areas: Mapping[str, RatedArea],
) -> JudgedRow:
    keys = set(row.keys)
    actions = {line.action_key for line in lines if set(line.area_keys) == keys}
    found = [impacts[key] for key in sorted(actions) if key in impacts]
    return JudgedRow(
        row,
        impact=AreaImpact(
            level=lowest_impact(each.level for each in found),
            rated=sum(each.confirmed is not None for each in found),
            actions=len(actions),
            proposed=sum(each.proposed is not None for each in found),
        ),
        assurance=tuple(areas[key] for key in row.keys),
    )


def lowest_impact(levels: Iterable[int | None]) -> ImpactLevel | None:
    """The lowest of what was confirmed; "too early to say" only where nothing else was said."""
    said = [level for level in levels if level is not None]
    if not said:
        return None
    return ImpactLevel(min((level for level in said if level), default=ImpactLevel.TOO_EARLY))


def changed_judgements(
    impacts: Mapping[str, ActionImpact],
    earlier: Mapping[str, ActionImpact],
    areas: Iterable[RatedArea],
) -> tuple[ChangeLine, ...]:
    """What was judged otherwise: for actions by their keys, for areas with the words."""
    higher: list[str] = []
    lower: list[str] = []
    for key, now in impacts.items():
        old = earlier[key].level if key in earlier else None
        if now.level is None or old == now.level:
            continue
        (lower if old is not None and now.level < old else higher).append(key)
    found = [("impact confirmed higher or for the first time", higher), ("impact lowered", lower)]
    lines = [ChangeLine(len(keys), words, (), tuple(keys)) for words, keys in found if keys]
    return (*lines, *_changed_assurance(areas))


def _changed_assurance(areas: Iterable[RatedArea]) -> Iterable[ChangeLine]:
    raised: list[str] = []
    lowered: list[str] = []
    for area in areas:
        if area.line is None or not area.is_changed:
            continue
        is_worse = area.before is not None and _rank(area.line) < _rank(area.before)
        was = f"{area.before.label} to " if area.before else ""
        (lowered if is_worse else raised).append(f"{area.key}, {was}{area.line.label}")
    for words, entries in (("assurance lowered", lowered), ("assurance raised or new", raised)):
        if entries:
            yield ChangeLine(len(entries), f"{words}: {'; '.join(entries)}", ())


def _rank(line: AssuranceLine) -> int:
    return BETTER.index(line.level)
