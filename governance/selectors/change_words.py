"""The changes between two months or moments: each kind with its words."""

from dataclasses import dataclass

from governance.selectors.figures import Changes, Lines
from governance.selectors.wording import ChangeLine


@dataclass(frozen=True)
class ChangedLines:
    """The milestones of which one thing changed; ``words`` follow their number in a sentence."""

    key: str
    title: str
    words: str
    lines: Lines


def change_groups(changes: Changes) -> tuple[ChangedLines, ...]:
    """Each kind of change with its lines, the weightiest first: the one list for every comparison."""
    signed = len([line for line in changes.completed if line in changes.signed_off])
    completed = f"completed, {signed} of them signed off" if signed else "completed"
    signed_later = tuple(line for line in changes.signed_off if line not in changes.completed)
    return (
        ChangedLines("completed", "Completed", completed, changes.completed),
        ChangedLines("signed-off", "Signed off", "signed off, complete before", signed_later),
        ChangedLines("newly-overdue", "Newly overdue", "newly overdue", changes.newly_overdue),
        ChangedLines(
            "no-longer-overdue", "No longer overdue", "no longer overdue", changes.no_longer_overdue
        ),
        ChangedLines("rated-worse", "Rated worse", "rated worse", changes.rated_worse),
        ChangedLines("rated-better", "Rated better", "rated better", changes.rated_better),
        ChangedLines(
            "no-update-any-more",
            "No update any more",
            "without an update, rated before",
            changes.fallen_silent,
        ),
        ChangedLines(
            "moved", "Moved to another date", "moved to another date with approval", changes.moved
        ),
        ChangedLines("returned", "Back with the lead", "back with the lead", changes.returned),
        ChangedLines("reopened", "Reopened", "reopened after sign-off", changes.reopened),
        ChangedLines("withdrawn", "Withdrawn", "withdrawn by the board", changes.withdrawn),
    )


def changes_in_words(changes: Changes) -> tuple[ChangeLine, ...]:
    """The changes since the month before; what did not happen is left out."""
    groups = tuple(
        ChangeLine(len(group.lines), group.words, tuple(line.key for line in group.lines))
        for group in change_groups(changes)
        if group.lines
    )
    return (*groups, *added_in_words(changes))


def added_in_words(changes: Changes) -> tuple[ChangeLine, ...]:
    """The line of what is new in the plan, or none."""
    keys = tuple(line.key for line in changes.added)
    return (ChangeLine(len(keys), "added to the plan", keys),) if keys else ()
