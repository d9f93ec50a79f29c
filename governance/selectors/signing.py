"""What awaits a signature, was signed, or lost its signature since an earlier month."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from governance.selectors.reading import Act, Reading, latest_acts
from governance.selectors.wording import ChangeLine
from plans import selectors
from plans.enums import Stage, StageAct
from plans.models import Action, Plan, StageChange
from plans.selectors import MilestoneLine
from plans.selectors.action_sheets import ActionStanding, standings_of


@dataclass(frozen=True)
class Waiting:
    """A milestone that awaits sign-off, or was signed, with the act and the proposal before it."""

    line: MilestoneLine
    proposal: Act | None
    signature: Act | None
    days: int


@dataclass(frozen=True)
class TakenBack:
    """A milestone whose signature was taken back, with the reopening that did it."""

    line: MilestoneLine
    reopening: Act


@dataclass(frozen=True)
class SignedAction:
    """A whole action whose signature holds; role and name are "" where they may not be seen."""

    key: str
    text: str
    area_keys: tuple[str, ...]
    at: dt.datetime
    by: str
    role: str


def awaiting(reading: Reading, acts: list[Act]) -> tuple[Waiting, ...]:
    """What awaits sign-off, the longest waiting first."""
    proposals = latest_acts(acts, "proposed")
    return tuple(
        Waiting(each.line, proposals.get(each.line.pk), signature=None, days=each.days)
        for each in selectors.waiting_lines(reading.lines, on=reading.on)
    )


def signed_off(reading: Reading, acts: list[Act], *, since: Reading | None) -> tuple[Waiting, ...]:
    """What was signed off after the month compared with was frozen, or ever if there is none."""
    proposals, signatures = latest_acts(acts, "proposed"), latest_acts(acts, "signed_off")
    earlier = since.by_pk() if since else {}
    return tuple(
        Waiting(line, proposals.get(line.pk), signatures.get(line.pk), days=0)
        for line in reading.lines
        if line.stage == Stage.SIGNED_OFF
        and not (line.pk in earlier and earlier[line.pk].stage == Stage.SIGNED_OFF)
    )


def taken_back(
    reading: Reading, acts: list[Act], *, since: Reading | None
) -> tuple[TakenBack, ...]:
    """What was reopened after the month compared with was frozen, or ever, and is not signed anew."""
    reopenings = latest_acts(acts, StageAct.REOPENED)
    return tuple(
        TakenBack(line, reopenings[line.pk])
        for line in reading.lines
        if line.pk in reopenings
        and (since is None or reopenings[line.pk].at > since.at)
        and line.stage not in (Stage.SIGNED_OFF, Stage.WITHDRAWN)
    )


def signed_actions(
    plan: Plan, *, at: dt.datetime | None, since: dt.datetime | None, visible: Collection[str]
) -> tuple[SignedAction, ...]:
    """The whole actions signed off after a moment, or ever, whose signature holds; in the plan's order.

    ``at`` is the moment at which it holds, None for now. Five queries, however many.
    """
    actions = list(plan.actions.prefetch_related("areas"))
    areas = {row.pk: tuple(area.key for area in row.areas.all()) for row in actions}
    standings = selectors.action_standings(actions, at=at)
    return _signed(actions, standings, areas, since=since, visible=visible)


def signed_actions_in(
    reading: Reading,
    actions: Sequence[Action],
    changes: Sequence[StageChange],
    *,
    since: dt.datetime | None,
    visible: Collection[str],
) -> tuple[SignedAction, ...]:
    """The same as at a reading, of the plan's actions and the acts up to then that were read. One query."""
    keys = {row.key: row.pk for row in actions}
    standings = standings_of(
        actions,
        at=reading.at,
        action_of={line.pk: keys[line.action_key] for line in reading.lines},
        changes=sorted(changes, key=attrgetter("pk")),
    )
    areas = {keys[line.action_key]: line.area_keys for line in reading.lines}
    return _signed(actions, standings, areas, since=since, visible=visible)


def _signed(
    actions: Iterable[Action],
    standings: Mapping[int, ActionStanding],
    areas: Mapping[int, tuple[str, ...]],
    *,
    since: dt.datetime | None,
    visible: Collection[str],
) -> tuple[SignedAction, ...]:
    found = []
    for action in actions:
        standing = standings[action.pk]
        row = standing.latest
        if row is None or not standing.is_signed_off or (since is not None and row.at <= since):
            continue
        found.append(
            SignedAction(
                key=action.key,
                text=action.text,
                area_keys=areas.get(action.pk, ()),
                at=row.at,
                by=row.by.name if "by" in visible else "",
                role=row.get_role_display() if "role" in visible else "",
            )
        )
    return tuple(found)


def actions_in_words(signed: Sequence[SignedAction]) -> tuple[ChangeLine, ...]:
    """The line of what changed that tells of whole actions, or none."""
    if not signed:
        return ()
    words = "whole action signed off" if len(signed) == 1 else "whole actions signed off"
    return (ChangeLine(len(signed), words, (), tuple(each.key for each in signed)),)
