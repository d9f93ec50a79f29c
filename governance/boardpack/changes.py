"""What differs between two versions of a pack, in sentences: pure, from the two contents.

Only of what the edition's parts tell; what the office leaves out is taken out when the pack is shown.
"""

from collections.abc import Collection, Iterator
from dataclasses import fields

from governance.boardpack.content import MilestoneEntry, PackContent
from governance.boardpack.parts import fields_of
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
NOTHING_SHOWN = "Nothing of what it shows changed."
ALSO = "Also changed: "


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
    told = fields_of(Edition(after.cover.edition))
    changed = [
        words
        for name, words in PART_WORDS.items()
        if name in told and getattr(before, name) != getattr(after, name)
    ]
    if changed:
        yield f"{ALSO}{', '.join(changed)}."


def still_told(content: PackContent, *, untold: Collection[str]) -> tuple[str, ...]:
    """The sentences on what changed, without what the pack as it is arranged tells nowhere.

    ``untold`` are the fields that go with what the office left out; of milestones those sentences
    stay whose milestone is still in the content.
    """
    told = fields_of(Edition(content.cover.edition)) - frozenset(untold)
    words = {PART_WORDS[name] for name in PART_WORDS.keys() & told}
    figures = {figure.label for figure in content.summary.figures}
    kept = (_kept(line, words, figures, content) for line in content.changed)
    found = tuple(line for line in kept if line)
    return found or ((NOTHING_SHOWN,) if content.changed else ())


def _kept(line: str, words: Collection[str], figures: Collection[str], content: PackContent) -> str:
    """A sentence as far as it is told, "" where nothing of it is."""
    if line.startswith(ALSO):
        named = [each for each in _named_in(line) if each in words]
        return f"{ALSO}{', '.join(named)}." if named else ""
    head = line.partition(": ")[0]
    is_shown = head in figures or head in {entry.key for entry in content.milestones}
    return line if is_shown or "workstreams" not in content.left_out or line == NOTHING else ""


def _named_in(line: str) -> Iterator[str]:
    """The parts that a sentence names; the words for one may hold a comma themselves."""
    rest = line.removeprefix(ALSO).removesuffix(".")
    while rest:
        known = [words for words in PART_WORDS.values() if f"{rest}, ".startswith(f"{words}, ")]
        named = max(known, key=len, default=rest.partition(", ")[0])
        yield named
        rest = rest[len(named) :].removeprefix(", ")
