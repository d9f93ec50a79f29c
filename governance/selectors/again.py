"""What the plan promises again and again: what became done or missed between two moments."""

from collections.abc import Collection
from dataclasses import dataclass

from plans import selectors
from plans.enums import OccurrenceState
from plans.models import Plan
from plans.selectors import CommitmentLine, Moment, Occurrence

JUDGED = (OccurrenceState.DONE, OccurrenceState.MISSED)


@dataclass(frozen=True)
class CameAgain:
    """A promise with one occurrence that is done or missed at the end and was not at the start."""

    line: CommitmentLine
    occurrence: Occurrence


def came_again(
    plan: Plan, since: Moment, until: Moment, *, visible: Collection[str]
) -> list[CameAgain]:
    """What became done or missed in between, in the plan's order, oldest first.

    What was missed before the start counts there, also where its rule was confirmed later. On its
    last day a window is still due: where the start is that day, what was missed counts here.
    ``visible`` are the reader's fields of ``OccurrenceRecord``. Six queries, however many.
    """
    then, now = (
        selectors.commitments_of(plan, at=end.at, on=end.on, visible=visible)
        for end in (since, until)
    )
    before = {
        (line.key, each.window.starts_on): each.state for line in then for each in line.occurrences
    }
    return [
        CameAgain(line, each)
        for line in now
        for each in reversed(line.occurrences)
        if each.state in JUDGED
        and each.state != before.get((line.key, each.window.starts_on))
        and not (each.is_missed and each.window.ends_on < since.on)
    ]
