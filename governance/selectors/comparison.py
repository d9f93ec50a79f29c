"""What changed between two moments: the plan then and now, milestone by milestone, in one sentence."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from governance.selectors import wording
from governance.selectors.change_words import added_in_words, change_groups
from governance.selectors.figures import Changes, Lines, changes_between
from governance.selectors.happenings import DateMove, moves_between
from governance.selectors.judgements import changed_judgements, rated_areas
from governance.selectors.packs import last_pack_before
from governance.selectors.reading import Reading, read_at
from governance.selectors.signing import actions_in_words, signed_actions
from governance.selectors.wording import ChangeLine, Sentence
from hertsend.errors import RuleBroken
from plans import selectors
from plans.enums import ImpactLevel
from plans.models import Plan
from plans.selectors import ActionImpact, MilestoneLine, Moment


@dataclass(frozen=True)
class Changed:
    """A milestone then and now; ``moves`` are the dates agreed in between."""

    then: MilestoneLine
    now: MilestoneLine
    moves: tuple[DateMove, ...]


@dataclass(frozen=True)
class ChangeGroup:
    """The milestones of which one thing changed; ``words`` follow their number."""

    key: str
    title: str
    words: str
    lines: tuple[Changed, ...]

    @property
    def count(self) -> int:
        """How many they are."""
        return len(self.lines)


@dataclass(frozen=True)
class ImpactChange:
    """An action whose confirmed impact is another; None where none was confirmed."""

    action_key: str
    then: ImpactLevel | None
    now: ImpactLevel | None
    words: str


@dataclass(frozen=True)
class Comparison:
    """Two moments of a plan side by side.

    ``others`` are the changes of no milestone that was there at both: what is new in the plan,
    whole actions signed off, and the assurance of areas.
    """

    plan: Plan
    since: Moment
    until: Moment
    sentence: Sentence
    groups: tuple[ChangeGroup, ...]
    impact: tuple[ImpactChange, ...]
    others: tuple[ChangeLine, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not self.groups and not self.impact and not self.others


def span_of(plan: Plan, since: str, until: str, *, today: dt.date) -> tuple[Moment, Moment] | None:
    """The two moments that an address asks for: by default since the last board pack, until now.

    None where nothing is asked for and there is no earlier moment to compare with. Raises
    ``RuleBroken`` for a moment that cannot be read, and for two that are not in order.
    """
    later = selectors.moment_of(plan, until, today=today, field="until")
    if not since:
        earlier = last_board(plan, before=later)
        return (earlier, later) if earlier else None
    earlier = selectors.moment_of(plan, since, today=today, field="since")
    if earlier.at is None or (later.at is not None and earlier.at >= later.at):
        raise RuleBroken({"since": ["Choose a moment before the one to compare it with."]})
    return earlier, later


def last_board(plan: Plan, *, before: Moment) -> Moment | None:
    """The moment at which the board's last pack before another moment was cut.

    Without a pack it is the last freeze before; without a freeze there is none.
    """
    pack = last_pack_before(plan, before.at)
    if pack is not None:
        month = pack.period if pack.period.frozen_at == pack.cut_off else None
        if month is not None:
            return selectors.frozen(month)
        return selectors.cut_off(pack.cut_off)
    closed = [row for row in plan.periods.closed() if _is_before(row.frozen_at, before.at)]
    return selectors.frozen(closed[0]) if closed else None


def _is_before(moment: dt.datetime | None, other: dt.datetime | None) -> bool:
    return moment is not None and (other is None or moment < other)


def comparison(
    plan: Plan,
    since: Moment,
    until: Moment,
    *,
    visible: Collection[str],
    visible_of_impact: Collection[str],
) -> Comparison:
    """What is otherwise at ``until`` than at ``since``.

    Two states are compared: what came and went in between is not counted. ``visible`` are the
    reader's fields of updates, acts and date changes, ``visible_of_impact`` those of impact
    ratings. A constant number of queries.
    """
    before, now = (read_at(plan, moment, visible=visible) for moment in (since, until))
    changes = changes_between(before, now)
    moves = moves_between(plan, since.at, until.at, visible=visible)
    groups = _groups(before, changes, moves)
    impact = _impact(
        *selectors.impacts_of_each(plan, [since.at, until.at], visible=visible_of_impact)
    )
    signed = signed_actions(plan, at=until.at, since=since.at, visible=visible)
    rated = rated_areas(plan, at=until.at, before=since.at, visible=visible)
    others = (
        *added_in_words(changes),
        *actions_in_words(signed),
        *changed_judgements({}, {}, rated.values()),
    )
    return Comparison(
        plan=plan,
        since=since,
        until=until,
        sentence=_sentence(groups, impact, others, since=since, until=until, total=len(now.lines)),
        groups=groups,
        impact=impact,
        others=others,
    )


def _groups(
    before: Reading, changes: Changes, moves: Mapping[int, tuple[DateMove, ...]]
) -> tuple[ChangeGroup, ...]:
    """The changes, the weightiest first; what did not happen is left out."""
    earlier = before.by_pk()

    def changed(lines: Lines) -> tuple[Changed, ...]:
        return tuple(Changed(earlier[line.pk], line, moves.get(line.pk, ())) for line in lines)

    return tuple(
        ChangeGroup(group.key, group.title, group.words, changed(group.lines))
        for group in change_groups(changes)
        if group.lines
    )


def _impact(
    then: Mapping[str, ActionImpact], now: Mapping[str, ActionImpact]
) -> tuple[ImpactChange, ...]:
    """The actions whose confirmed impact changed, in the order in which they were first rated."""
    found = []
    for key, impact in now.items():
        earlier = then.get(key, selectors.NO_IMPACT).confirmed
        later = impact.confirmed
        if (earlier and earlier.level) != (later and later.level):
            found.append(
                ImpactChange(
                    action_key=key,
                    then=earlier.level if earlier else None,
                    now=later.level if later else None,
                    words=later.words if later else "",
                )
            )
    return tuple(found)


def _sentence(
    groups: tuple[ChangeGroup, ...],
    impact: tuple[ImpactChange, ...],
    others: tuple[ChangeLine, ...],
    *,
    since: Moment,
    until: Moment,
    total: int,
) -> Sentence:
    span = f"between {_named(since)} and {_named(until)}"
    touched = {changed.now.pk for group in groups for changed in group.lines}
    if not touched and not impact and not others:
        return Sentence(headline=f"Nothing changed {span}.", rest="")
    parts = [f"{group.count} {group.words}" for group in groups]
    if impact:
        parts.append(
            wording.counted(len(impact), "impact rating is", "impact ratings are") + " other"
        )
    parts += [f"{line.count} {line.words}" for line in others]
    return Sentence(
        headline=f"{len(touched)} of {wording.counted(total, 'milestone', 'milestones')} changed {span}.",
        rest=f"{'; '.join(parts)}.",
    )


def _named(moment: Moment) -> str:
    """A moment in a sentence: "30 June 2024", "the freeze of June 2024", "now"."""
    if moment.is_cut_off:
        return moment.words
    if moment.period is not None:
        return f"the freeze of {moment.label} on {wording.day_in_words(moment.on)}"
    return f"the end of {moment.label}" if moment.is_past else "now"


CSV_HEADINGS = (
    "Change",
    "Number",
    "Milestone",
    "Lead",
    "Delivery then",
    "Delivery",
    "Date in force then",
    "Date in force",
    "Slip in days then",
    "Slip in days",
    "Days overdue then",
    "Days overdue",
    "Stage then",
    "Stage",
    "Dates agreed in between",
    "Agreed by",
)


def rows_of(found: Comparison) -> list[list[Any]]:
    """A row for each change of each milestone, then of anything else, under ``CSV_HEADINGS``.

    What is no milestone stands with its number alone: actions by theirs, areas within the words.
    """
    rows = [_row(group.title, changed) for group in found.groups for changed in group.lines]
    rows += [_short_row(_impact_in_words(change), change.action_key) for change in found.impact]
    for line in found.others:
        keys = (*line.keys, *line.actions) or ("",)
        words = f"{line.words[:1].upper()}{line.words[1:]}"
        rows += [_short_row(words, key) for key in keys]
    return rows


def _short_row(words: str, key: str) -> list[Any]:
    return [words, key, *("" for _ in CSV_HEADINGS[2:])]


def _impact_in_words(change: ImpactChange) -> str:
    then, now = (
        level.label if level is not None else "none" for level in (change.then, change.now)
    )
    return f"Impact, {then} to {now}"


def _row(title: str, changed: Changed) -> list[Any]:
    then, now = changed.then, changed.now
    return [
        title,
        now.key,
        now.text,
        now.lead_line,
        then.standing.label,
        now.standing.label,
        then.date_in_force,
        now.date_in_force,
        then.slip,
        now.slip,
        then.days_overdue or None,
        now.days_overdue or None,
        then.stage.label,
        now.stage.label,
        "; ".join(move.agreed_on.isoformat() for move in changed.moves),
        "; ".join(move.agreed_by for move in changed.moves if move.agreed_by),
    ]
