"""What differs between two versions of a pack, in sentences: pure, from the two contents.

Only of what the edition's parts tell; what the office leaves out is taken out when the pack is shown.
"""

import dataclasses
from collections.abc import Collection, Iterator

from governance.boardpack.content import MilestoneEntry, PackContent, Summary
from governance.boardpack.families import told_fields
from governance.boardpack.parts import fields_of
from governance.enums import Edition

FIELD_WORDS: dict[str, str] = {
    "text": "text",
    "workstream": "workstream",
    "areas": "areas",
    "leads": "lead",
    "leads_inherited": "lead",
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
"""The fields of a milestone whose change is told, in words."""

FOLLOWING: dict[str, str] = {
    "moves": "times moved",
    "slip": "slip",
    "window_passed": "window passed",
}
"""Fields that follow from others: their change is told where none of the others' is."""

PART_WORDS: dict[str, str] = {
    "summary": "summary",
    "burn_up": "due and complete by month",
    "streams": "counts of workstreams",
    "all_streams": "counts of workstreams",
    "exceptions": "exceptions",
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
    "window_passed": "windows that passed",
    "no_update": "who did not report",
    "reopened": "what was reopened",
    "decisions": "decisions",
    "waiting_for_decision": "what waits for a decision",
    "measures": "measures",
    "risks": "risks",
    "log_summary": "counts of the action log",
    "log": "action log",
    "voices": "you said, we did",
    "definitions": "what the words of ratings mean",
    "impact_definitions": "what the words of ratings mean",
    "assurance_definitions": "what the words of ratings mean",
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
    told = _told_of_milestones(after)
    for entry in after.milestones:
        if entry.key not in was:
            yield f"{entry.key}: new in this version."
        elif words := _differences(was[entry.key], entry, told):
            yield f"{entry.key}: {', '.join(words)}."
    now = {entry.key for entry in after.milestones}
    yield from (f"{key}: no longer in this version." for key in was if key not in now)


def _told_of_milestones(content: PackContent) -> tuple[str, ...]:
    """The fields of a milestone that the edition tells, in their order."""
    edition = Edition(content.cover.edition)
    return tuple(field.name for field in told_fields(MilestoneEntry, edition=edition))


def _differences(before: MilestoneEntry, after: MilestoneEntry, told: Collection[str]) -> list[str]:
    changed = [name for name in told if getattr(before, name) != getattr(after, name)]
    own = [FIELD_WORDS[name] for name in changed if name in FIELD_WORDS]
    return list(dict.fromkeys(own or [FOLLOWING[name] for name in changed if name in FOLLOWING]))


def _parts(before: PackContent, after: PackContent) -> Iterator[str]:
    told = fields_of(Edition(after.cover.edition))
    changed = [
        words
        for name, words in PART_WORDS.items()
        if name in told and _told_of(before, name) != _told_of(after, name)
    ]
    if changed:
        yield f"{ALSO}{', '.join(dict.fromkeys(changed))}."


def _told_of(content: PackContent, name: str) -> object:
    """A field of a content as the edition tells it, without what has a sentence of its own."""
    if name == "summary":
        return _words_of(content)
    return getattr(content, name)


def _words_of(content: PackContent) -> Summary:
    """The summary without its figures' values; where no burn-up is told, without its words."""
    told = content.summary
    figures = tuple(dataclasses.replace(figure, value=0) for figure in told.figures)
    is_told = "burn_up" in fields_of(Edition(content.cover.edition))
    by_month = told.burn_up_words if is_told else ""
    return dataclasses.replace(told, figures=figures, burn_up_words=by_month)


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
    head, _, rest = line.partition(": ")
    if head in {entry.key for entry in content.milestones}:
        # Earlier versions of this program also named fields that the edition does not tell.
        untold = _untold_words(content)
        words_left = [each for each in rest.removesuffix(".").split(", ") if each not in untold]
        return f"{head}: {', '.join(words_left)}." if words_left else ""
    is_shown = head in figures
    return line if is_shown or "workstreams" not in content.left_out or line == NOTHING else ""


def _untold_words(content: PackContent) -> set[str]:
    """The words for fields of a milestone that the edition does not tell."""
    told = {FIELD_WORDS[name] for name in _told_of_milestones(content) if name in FIELD_WORDS}
    return set(FIELD_WORDS.values()) - told


def _named_in(line: str) -> Iterator[str]:
    """The parts that a sentence names; the words for one may hold a comma themselves."""
    rest = line.removeprefix(ALSO).removesuffix(".")
    while rest:
        known = [words for words in PART_WORDS.values() if f"{rest}, ".startswith(f"{words}, ")]
        named = max(known, key=len, default=rest.partition(", ")[0])
        yield named
        rest = rest[len(named) :].removeprefix(", ")
