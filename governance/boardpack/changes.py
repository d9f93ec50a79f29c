"""What differs between two versions of a pack, in sentences: pure, from the two contents."""

from collections.abc import Iterator
from dataclasses import fields

from governance.boardpack.content import MilestoneEntry, PackContent
from governance.enums import Edition

FIELD_WORDS: dict[str, str] = {
    "text": "text",
    "leads": "lead",
    "due_text": "published date",
    "due_on": "published date",
    "agreed_on": "agreed date",
    "forecast_on": "forecast",
    "stage": "stage",
    "standing": "rating",
    "days_overdue": "days overdue",
    "has_exception": "exception",
    "completed_on": "day of completion",
    "what_happened": "what happened",
    "what_is_next": "what is next",
    "reason_for_rating": "reason for the rating",
    "sentence_for_families": "sentence for families",
}
"""The fields of a milestone whose change is told, in words; the others follow from these."""

PART_WORDS: dict[str, str] = {
    "reports": "exception reports",
    "questions": "questions",
    "deep_dives": "deep dives",
    "escalations": "escalations",
    "date_requests": "dates to decide",
    "refused_dates": "new dates refused",
    "awaiting": "awaiting sign-off",
    "signed_off": "signed off",
    "signed_actions": "whole actions signed off",
    "impacts": "impact",
    "areas": "judgements of areas",
    "missed": "what comes again",
    "taken_back": "signatures taken back",
    "slips": "slips",
    "due_soon": "due in the next 30 days",
    "undated": "no agreed date",
    "no_update": "who did not report",
    "reopened": "what was reopened",
    "decisions": "decisions",
    "waiting_for_decision": "what waits for a decision",
    "measures": "measures",
    "risks": "risks",
    "log_summary": "counts of the action log",
    "log": "action log",
    "voices": "you said, we did",
    "glossary": "glossary",
}
"""The parts of a pack of which it is only said that they changed."""

NOTHING = "Nothing in its figures, milestones or sections changed."


NOT_TOLD_TO_FAMILIES = frozenset(
    {"awaiting", "signed_off", "signed_actions", "impacts", "reopened"}
)
"""Parts that the families' edition stores and does not show, so that nothing is said of them."""


def changes_between(before: PackContent, after: PackContent) -> tuple[str, ...]:
    """Figures with their old value, milestones with what changed of them, and the other parts."""
    told = (*_figures(before, after), *_milestones(before, after), *_parts(before, after))
    return told or (NOTHING,)


def _figures(before: PackContent, after: PackContent) -> Iterator[str]:
    was = {figure.key: figure.value for figure in before.summary.figures}
    for figure in after.summary.figures:
        if figure.key in was and was[figure.key] != figure.value:
            yield f"{figure.label}: {figure.value}, was {was[figure.key]}."


def _milestones(before: PackContent, after: PackContent) -> Iterator[str]:
    was = {entry.key: entry for entry in before.milestones}
    for entry in after.milestones:
        if entry.key not in was:
            yield f"{entry.key}: new in this version."
        elif words := _differences(was[entry.key], entry):
            yield f"{entry.key}: {', '.join(words)}."
    now = {entry.key for entry in after.milestones}
    yield from (f"{key}: no longer in this version." for key in was if key not in now)


def _differences(before: MilestoneEntry, after: MilestoneEntry) -> list[str]:
    changed = [
        FIELD_WORDS[field.name]
        for field in fields(MilestoneEntry)
        if field.name in FIELD_WORDS and getattr(before, field.name) != getattr(after, field.name)
    ]
    return list(dict.fromkeys(changed))


def _parts(before: PackContent, after: PackContent) -> Iterator[str]:
    is_for_families = after.cover.edition == Edition.FAMILIES
    changed = [
        words
        for name, words in PART_WORDS.items()
        if getattr(before, name) != getattr(after, name)
        and not (is_for_families and name in NOT_TOLD_TO_FAMILIES)
    ]
    if changed:
        yield f"Also changed: {', '.join(changed)}."
