"""The pack's parts on impact, assurance and what comes again, from a month's dashboard."""

from collections.abc import Iterable

from governance.boardpack.content import (
    AreaEntry,
    AssuranceEntry,
    DefinitionEntry,
    ImpactEntry,
    ImpactOfArea,
    MissedEntry,
)
from governance.definitions import ASSURANCE_DEFINITIONS
from governance.selectors import Dashboard
from governance.selectors.judgements import JudgedRow, RatedArea
from plans.definitions import IMPACT_DEFINITIONS, Definition
from plans.selectors import ActionImpact, Missed, Occurrence


def areas_of(board: Dashboard) -> tuple[AreaEntry, ...]:
    """The areas with their three judgements."""
    return tuple(map(_area, board.judgements.rows))


def _area(each: JudgedRow) -> AreaEntry:
    row, impact = each.row, each.impact
    return AreaEntry(
        keys=row.keys,
        names=row.names,
        standing=row.standing.value,
        due=row.due,
        complete_of_due=row.complete_of_due,
        overdue=row.overdue,
        total=row.total,
        impact=ImpactOfArea(
            level=None if impact.level is None else impact.level.value,
            label=impact.label,
            rated=impact.rated,
            actions=impact.actions,
            proposed=impact.proposed,
        ),
        assurance=tuple(map(_assurance, each.assurance)),
    )


def _assurance(area: RatedArea) -> AssuranceEntry:
    line = area.line
    return AssuranceEntry(
        key=area.key,
        level=line.level.value if line else "",
        label=line.label if line else "",
        before=area.before.label if area.before else "",
        reasons=line.reasons if line else "",
        by=line.by if line else "",
        at=line.at if line else None,
    )


def impacts_of(board: Dashboard) -> tuple[ImpactEntry, ...]:
    """Every action with a confirmed impact, in the plan's order."""
    texts = {row.key: row.text for row in board.actions}
    impacts = board.judgements.impacts
    found = (_impact(key, text, impacts[key]) for key, text in texts.items() if key in impacts)
    return tuple(entry for entry in found if entry)


def _impact(key: str, text: str, impact: ActionImpact) -> ImpactEntry | None:
    confirmed, proposed = impact.confirmed, impact.proposed
    if confirmed is None or confirmed.decided_at is None:
        return None
    return ImpactEntry(
        action=key,
        text=text,
        level=confirmed.level.value,
        label=confirmed.label,
        month=confirmed.month,
        confirmed_at=confirmed.decided_at,
        words=confirmed.words,
        by=confirmed.by,
        confirmed_by=confirmed.decided_by,
        proposed=f"{proposed.level.value} {proposed.label}" if proposed else "",
    )


def missed_of(board: Dashboard) -> tuple[MissedEntry, ...]:
    """What comes again and was missed."""
    return tuple(map(_missed, board.judgements.missed))


def _missed(each: Missed) -> MissedEntry:
    line = each.line
    return MissedEntry(
        title=line.title,
        place=line.place,
        rule=line.rule,
        owner=line.owner,
        times=tuple(map(_time, each.occurrences)),
    )


def _time(occurrence: Occurrence) -> str:
    if not occurrence.is_recorded:
        return f"{occurrence.label}: nothing was recorded"
    return f"{occurrence.label}: {occurrence.note}" if occurrence.note else occurrence.label


def impact_definitions() -> tuple[DefinitionEntry, ...]:
    """The words by which impact is judged."""
    return _definitions(IMPACT_DEFINITIONS)


def assurance_definitions() -> tuple[DefinitionEntry, ...]:
    """The words by which assurance is judged."""
    return _definitions(ASSURANCE_DEFINITIONS)


def _definitions(rows: Iterable[Definition]) -> tuple[DefinitionEntry, ...]:
    return tuple(DefinitionEntry(str(each.value), each.label, each.meaning) for each in rows)
