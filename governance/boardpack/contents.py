"""The list of contents of a pack: its sections in order, and how much is in each."""

from dataclasses import dataclass

from governance.boardpack.arranging import parts_of
from governance.boardpack.content import PackContent
from governance.enums import Edition

PART_OF: dict[str, str] = {
    "at-a-glance": "families/summary",
    "late": "families/late",
    "moved": "families/moved",
    "promised": "families/promised",
    "numbers": "families/measures",
    "assurance": "assurance",
    "escalations": "escalations",
    "summary": "summary",
    "reopened": "reopened",
    "asks": "asks",
    "decisions": "decisions",
    "exceptions": "exceptions",
    "challenged": "exceptions",
    "missed": "missed",
    "date-requests": "date_requests",
    "refused-dates": "date_requests",
    "slips": "slips",
    "no-update": "no_update",
    "awaiting": "sign_off",
    "signed-off": "sign_off",
    "taken-back": "sign_off",
    "signed-actions": "sign_off",
    "due-soon": "dates",
    "no-date": "dates",
    "impact": "impact",
    "workstreams": "workstreams",
    "measures": "measures",
    "risks": "risks",
    "log": "log",
    "voices": "voices",
    "key": "words",
    "glossary": "words",
}
"""For each section, by its anchor, the part in which it stands."""


VOICES = "You said, we did"
TAKEN_BACK = "Signed off before, and back with the lead"


@dataclass(frozen=True)
class Section:
    """A part of the pack: its place on the page, its heading, and how much is in it.

    ``count`` is None for a part that is always there and counts nothing.
    """

    anchor: str
    title: str
    count: int | None = None


def sections_of(content: PackContent, *, asking: int, challenged: int) -> tuple[Section, ...]:
    """The sections in the order in which the parts of this pack stand; one without content counts 0.

    What the office left out is not among them: the pack says so elsewhere.
    """
    if content.cover.edition == Edition.FAMILIES:
        found = _of_families(content)
    else:
        found = (*_of_executive(content), *_of_board(content, asking=asking, challenged=challenged))
    parts = parts_of(content)
    shown = [
        section
        for section in found
        if PART_OF[section.anchor] in parts and section.anchor not in content.left_out
    ]
    return tuple(sorted(shown, key=lambda section: parts.index(PART_OF[section.anchor])))


def _of_families(content: PackContent) -> tuple[Section, ...]:
    return (
        Section("at-a-glance", "At a glance"),
        Section("late", "Late or off track", len(content.exceptions)),
        Section("moved", "Dates that moved", len(content.slips)),
        Section("no-update", "Who did not report", len(content.no_update)),
        Section("promised", "What was promised, and how far it is"),
        *_if_any(Section("numbers", "What the numbers say", len(content.measures))),
        *_if_any(Section("voices", VOICES, len(content.voices))),
        Section("key", "Delivery rating key"),
        Section("glossary", "Glossary", len(content.glossary)),
    )


def _of_executive(content: PackContent) -> tuple[Section, ...]:
    return (
        Section("assurance", "Assurance"),
        Section("escalations", "Escalations to the Executive", len(content.escalations)),
    )


def _of_board(content: PackContent, *, asking: int, challenged: int) -> tuple[Section, ...]:
    """One without content is named as empty instead."""
    since = "Signed off since the last pack" if content.cover.compared_with else "Signed off"
    return (
        Section("summary", "Summary"),
        *_reopened(content),
        *_if_any(Section("asks", "Asked of the board", asking)),
        *_if_any(Section("decisions", "Decisions", _decisions(content))),
        Section("exceptions", "Exceptions", len(content.exceptions)),
        *_if_any(Section("challenged", "Challenged, and no exception any more", challenged)),
        Section("missed", "Comes again, and was missed", len(content.missed)),
        *_if_any(Section("date-requests", "Dates to decide", len(content.date_requests))),
        *_if_any(Section("refused-dates", "New dates refused", len(content.refused_dates))),
        Section("slips", "Slips and date changes", len(content.slips)),
        Section("awaiting", "Awaiting sign-off", len(content.awaiting)),
        Section("signed-off", since, len(content.signed_off)),
        *_if_any(Section("taken-back", TAKEN_BACK, len(content.taken_back))),
        *_if_any(
            Section("signed-actions", "Whole actions signed off", len(content.signed_actions))
        ),
        Section("due-soon", "Due in the next 30 days", len(content.due_soon)),
        Section("no-date", "No agreed date", len(content.undated)),
        Section("impact", "Impact", len(content.impacts)),
        Section("workstreams", "Workstreams", len(content.streams)),
        *_if_any(Section("measures", "Measures", len(content.measures))),
        *_if_any(Section("risks", "Risks", len(content.risks))),
        *_log(content),
        *_if_any(Section("voices", VOICES, len(content.voices))),
        Section("no-update", "Who did not report", len(content.no_update)),
        Section("key", "Delivery rating key"),
        Section("glossary", "Glossary", len(content.glossary)),
    )


def _reopened(content: PackContent) -> tuple[Section, ...]:
    """A part of packs in which something was reopened; elsewhere it is not even named as empty."""
    if not content.reopened:
        return ()
    since = (
        "What was reopened since the last pack"
        if content.cover.compared_with
        else "What was reopened"
    )
    return (Section("reopened", since, len(content.reopened)),)


def _decisions(content: PackContent) -> int:
    return len(content.decisions) + len(content.waiting_for_decision)


def _log(content: PackContent) -> tuple[Section, ...]:
    """The log is there also where everything in it was closed."""
    if content.log_summary is None:
        return ()
    return (Section("log", "Action log", len(content.log) or None),)


def _if_any(section: Section) -> tuple[Section, ...]:
    """A part that older packs do not have: where it is empty, nothing is said of it.

    Such a pack would otherwise say that nothing was asked for when nobody could ask yet.
    """
    return (section,) if section.count else ()
