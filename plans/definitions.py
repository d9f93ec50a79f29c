"""The words by which progress is judged, shown as a legend wherever they are used.

Wording after the definitions that improvement boards use; the rules behind them are in
``plans.policies``.
"""

from dataclasses import dataclass

from plans.enums import ImpactLevel, Standing


@dataclass(frozen=True)
class Definition:
    """A word, its mark, and what it means: for officers, and in plain English for families."""

    value: str | int
    label: str
    meaning: str
    plain_label: str
    plain_meaning: str


RATING_DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        Standing.GREEN,
        "On track",
        "forecast on or before the agreed date",
        "On track",
        "expected on or before the date",
    ),
    Definition(
        Standing.AMBER,
        "At risk",
        "forecast after the agreed date, or a risk to it, with a plan",
        "Late, with a plan",
        "expected after the date, and there is a plan",
    ),
    Definition(
        Standing.RED,
        "Off track",
        "past its date and not complete, or no credible plan",
        "Late or behind",
        "past its date, or no plan that works",
    ),
    Definition(
        Standing.COMPLETE,
        "Complete",
        "lead says done, awaiting sign-off, or signed off",
        "Done",
        "the work is done; the board checks it",
    ),
    Definition(
        Standing.EMBEDDED,
        "Embedded",
        "signed off, and the linked measure held its target for 3 periods",
        "Done, and it lasts",
        "the work is done, and the figures show that it lasts",
    ),
    Definition(
        Standing.NOT_STARTED,
        "Not started",
        "work has not begun",
        "Not started",
        "work has not begun",
    ),
    Definition(
        Standing.NO_UPDATE,
        "No update",
        "nothing received this month",
        "No update",
        "nobody told us this month",
    ),
)

STAGE_MEANINGS: tuple[tuple[str, str], ...] = (
    ("Not started", "Work has not begun."),
    ("In progress", "Work has begun."),
    (
        "Proposed complete",
        "The lead says that it is done and gives evidence. It is no longer overdue.",
    ),
    (
        "Signed off",
        (
            "A joint chair accountable for the area, who did no part of it, has read the evidence "
            "and signed."
        ),
    ),
    ("Withdrawn", "The board decided, with a reason, that it is no longer to be done."),
)

IMPACT_DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        ImpactLevel.TOO_EARLY,
        ImpactLevel.TOO_EARLY.label,
        "nothing can be said yet",
        "Too early to say",
        "we do not yet know whether it helps families",
    ),
    Definition(
        ImpactLevel.NO_EVIDENCE,
        ImpactLevel.NO_EVIDENCE.label,
        "looked for, and not found",
        "No difference yet",
        "we looked, and found no difference for families",
    ),
    Definition(
        ImpactLevel.EARLY,
        ImpactLevel.EARLY.label,
        "at least one piece of dated evidence",
        "Some families notice a difference",
        "there are first signs, but not everywhere",
    ),
    Definition(
        ImpactLevel.CONSISTENT,
        ImpactLevel.CONSISTENT.label,
        "data and lived experience agree: evidence of two different kinds",
        "Most families notice a difference",
        "the figures and what families say agree",
    ),
    Definition(
        ImpactLevel.SUSTAINED,
        ImpactLevel.SUSTAINED.label,
        "consistent in the last three periods before, and still",
        "The difference lasts",
        "it has helped for three reports or longer",
    ),
)
