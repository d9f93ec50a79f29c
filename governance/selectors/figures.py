"""Counts over the lines of a month, and what changed since another; pure, so that sums can be proved.

Due means: due as published by the end of the month, and not withdrawn. What is due is complete,
overdue, or was moved with approval, and nothing else; so these three add up to it. More may be
overdue than that: what fell due between the month's end and its freeze, and what has only an
agreed date.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from governance.selectors.reading import Reading
from plans import policies
from plans.enums import Stage, Standing
from plans.selectors import MilestoneLine

Lines = tuple[MilestoneLine, ...]


def is_due(line: MilestoneLine, *, by: dt.date) -> bool:
    """Due as published by the end of the day ``by``, and not withdrawn."""
    return line.due_on is not None and line.due_on <= by and line.stage != Stage.WITHDRAWN


def needs_board(line: MilestoneLine) -> bool:
    """Overdue, or rated off track."""
    return line.is_overdue or line.standing == Standing.RED


def worst_first(lines: Iterable[MilestoneLine]) -> Lines:
    """The longest overdue first, then by standing; otherwise in the plan's order."""
    return tuple(
        sorted(
            lines,
            key=lambda line: (-line.days_overdue, policies.WORST_FIRST.index(line.standing)),
        )
    )


@dataclass(frozen=True)
class Figures:
    """How many of the plan's milestones are what, for one month."""

    due_by: dt.date
    total: int
    withdrawn: int
    dated: int
    undated: int
    due: int
    complete_of_due: int
    overdue_of_due: int
    moved_of_due: int
    complete: int
    complete_early: int
    signed_off: int
    overdue: int
    off_track: int
    no_update: int
    awaiting: int
    needing_board: int
    oldest_wait: int | None

    @property
    def behind(self) -> int:
        """How many are due as published and not complete."""
        return self.due - self.complete_of_due

    @property
    def overdue_besides(self) -> int:
        """Overdue, but not among those due by the month's end as published."""
        return self.overdue - self.overdue_of_due


def figures_of(reading: Reading) -> Figures:
    """Count a month's lines."""
    lines, by = reading.lines, reading.due_by
    going = [line for line in lines if line.stage != Stage.WITHDRAWN]
    due = [line for line in going if is_due(line, by=by)]
    waiting = [line for line in going if line.stage == Stage.PROPOSED_COMPLETE]
    since = [line.completed_on for line in waiting if line.completed_on]
    return Figures(
        due_by=by,
        total=len(lines),
        withdrawn=len(lines) - len(going),
        dated=_count(going, lambda line: line.due_on is not None),
        undated=_count(going, lambda line: line.due_on is None),
        due=len(due),
        complete_of_due=_count(due, lambda line: line.is_complete),
        overdue_of_due=_count(due, lambda line: line.is_overdue),
        moved_of_due=_count(due, lambda line: line.is_open and not line.is_overdue),
        complete=_count(going, lambda line: line.is_complete),
        complete_early=_count(
            going,
            lambda line: line.is_complete and line.due_on is not None and line.due_on > by,
        ),
        signed_off=_count(going, lambda line: line.stage == Stage.SIGNED_OFF),
        overdue=_count(going, lambda line: line.is_overdue),
        off_track=_count(going, lambda line: line.standing == Standing.RED),
        no_update=_count(going, lambda line: line.is_silent),
        awaiting=len(waiting),
        needing_board=_count(going, needs_board),
        oldest_wait=(reading.on - min(since)).days if since else None,
    )


def _count(lines: Iterable[MilestoneLine], fits: Callable[[MilestoneLine], bool]) -> int:
    return sum(map(fits, lines))


@dataclass(frozen=True)
class Changes:
    """What is otherwise than in the month compared with; each a list of the lines as they are now."""

    completed: Lines
    signed_off: Lines
    newly_overdue: Lines
    no_longer_overdue: Lines
    rated_worse: Lines
    rated_better: Lines
    fallen_silent: Lines
    moved: Lines
    returned: Lines
    reopened: Lines
    withdrawn: Lines
    added: Lines


def changes_between(before: Reading, now: Reading) -> Changes:
    """Compare two months or moments, milestone by milestone; what is new in the plan stands apart."""
    earlier = before.by_pk()
    pairs = [(earlier[line.pk], line) for line in now.lines if line.pk in earlier]

    def which(fits: Callable[[MilestoneLine, MilestoneLine], bool]) -> Lines:
        return tuple(line for old, line in pairs if fits(old, line))

    return Changes(
        completed=which(lambda old, line: line.is_complete and not old.is_complete),
        signed_off=which(
            lambda old, line: line.stage == Stage.SIGNED_OFF and old.stage != Stage.SIGNED_OFF
        ),
        newly_overdue=which(lambda old, line: line.is_overdue and not old.is_overdue),
        no_longer_overdue=which(lambda old, line: old.is_overdue and not line.is_overdue),
        rated_worse=which(lambda old, line: _is_better(old, than=line)),
        rated_better=which(lambda old, line: _is_better(line, than=old)),
        fallen_silent=which(
            lambda old, line: (
                bool(old.rating) and old.is_open and line.standing == Standing.NO_UPDATE
            )
        ),
        moved=which(lambda old, line: line.moves > old.moves),
        returned=which(lambda old, line: old.stage == Stage.PROPOSED_COMPLETE and line.is_open),
        reopened=which(lambda old, line: old.stage == Stage.SIGNED_OFF and not _is_signed(line)),
        withdrawn=which(
            lambda old, line: line.stage == Stage.WITHDRAWN and old.stage != Stage.WITHDRAWN
        ),
        added=tuple(line for line in now.lines if line.pk not in earlier),
    )


def _is_signed(line: MilestoneLine) -> bool:
    """Signed off; a withdrawal ends it otherwise."""
    return line.stage in (Stage.SIGNED_OFF, Stage.WITHDRAWN)


def _is_better(line: MilestoneLine, *, than: MilestoneLine) -> bool:
    """Rated in both months, both times open, and more hopeful here."""
    both_rated = bool(line.rating and than.rating) and line.is_open and than.is_open
    return both_rated and policies.is_better_than(line.rating, than.rating)
