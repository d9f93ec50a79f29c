"""The judgements made in reading a published plan, gathered from its plan file.

A plan file (``docs/plan-file.md``) carries a note wherever its reading of the plan could be doubted.
This module lists them in the plan's order and writes them as a page for the programme office.
It works on the parsed file alone: no database, no clock, no files.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

HEADER = """# Notes on the plan

<!-- Generated from the plan file. Change the notes there, not on this page. -->

{title}, {published}. The plan was read as `docs/plan-file.md` says. Where its words left a choice, the
choice is noted here, {count} in all, for the programme office to confirm or reject.
"""


MEASURES = ("indicators", "topics")
"""The parts of a plan file that judgements on its measures are about."""


@dataclass(frozen=True)
class PlanNote:
    """One judgement.

    ``place`` is the key of the milestone or action, or the place in the plan file, that it is about;
    ``origin`` tells several judgements about one place apart; ``words`` is the published date where
    the judgement is about a milestone.
    """

    place: str
    origin: str
    text: str
    words: str = ""


def plan_notes(document: dict[str, Any]) -> list[PlanNote]:
    """Every judgement of a plan file: on the whole, groups, measures, actions, what comes again."""
    notes = [
        *_notes_on_parts(document),
        *_notes_on_groups(document),
        *_notes_on_measures(document),
    ]
    for action in document["actions"]:
        notes.extend(_notes_on_action(action))
    return [*notes, *_notes_on_commitments(document)]


def render_notes(document: dict[str, Any]) -> str:
    """The judgements of a plan file as a page of Markdown, ending in one newline."""
    sections = [
        _section("The plan as a whole", _notes_on_parts(document)),
        _section("Groups", _notes_on_groups(document)),
        _section("Measures", _notes_on_measures(document)),
    ]
    for workstream in document["workstreams"]:
        notes = [
            note
            for action in document["actions"]
            if action["workstream"] == workstream["key"]
            for note in _notes_on_action(action)
        ]
        heading = f"{workstream['key']}: {workstream['name']}"
        sections.append(_section(heading, notes, with_date=True))
    sections.append(_section("Recurring commitments", _notes_on_commitments(document)))
    header = HEADER.format(
        title=document["plan"]["title"],
        published=document["plan"]["published_text"],
        count=len(plan_notes(document)),
    )
    return "\n".join([header, *filter(None, sections)])


def _notes_on_parts(document: dict[str, Any]) -> list[PlanNote]:
    return [
        PlanNote(place=note["about"], origin=f"notes.{note['key']}", text=note["text"])
        for note in document.get("notes", [])
        if note["about"] not in MEASURES
    ]


def _notes_on_groups(document: dict[str, Any]) -> list[PlanNote]:
    return [
        PlanNote(place=group["name"], origin=f"groups.{group['key']}", text=group["note"])
        for group in document["groups"]
        if "note" in group
    ]


def _notes_on_measures(document: dict[str, Any]) -> list[PlanNote]:
    """How the plan's measures were read, and what it names without giving a number."""
    return [
        *(
            PlanNote(place=one["name"], origin=f"indicators.{one['key']}", text=one["note"])
            for one in document["indicators"]
            if "note" in one
        ),
        *(
            PlanNote(place="measures", origin=f"notes.{note['key']}", text=note["text"])
            for note in document.get("notes", [])
            if note["about"] in MEASURES
        ),
    ]


def _notes_on_commitments(document: dict[str, Any]) -> list[PlanNote]:
    return [
        PlanNote(
            place=f"{commitment['source']}: {commitment['title']}",
            origin=f"commitments.{commitment['key']}",
            text=commitment["note"],
        )
        for commitment in document.get("commitments", [])
        if "note" in commitment
    ]


def _notes_on_action(action: dict[str, Any]) -> Iterator[PlanNote]:
    if "note" in action:
        yield PlanNote(place=action["key"], origin=action["key"], text=action["note"])
    for milestone in action["milestones"]:
        if "note" in milestone:
            yield PlanNote(
                place=milestone["key"],
                origin=milestone["key"],
                text=milestone["note"],
                words=milestone["due_text"] or "no date",
            )


def _section(heading: str, notes: list[PlanNote], *, with_date: bool = False) -> str:
    """A heading and a table of notes, or nothing where there are none."""
    if not notes:
        return ""
    columns = ["Place", "Date as published", "Judgement"] if with_date else ["Place", "Judgement"]
    rows = [
        [note.place, note.words, note.text] if with_date else [note.place, note.text]
        for note in notes
    ]
    lines = [_row(columns), _row(["---"] * len(columns)), *map(_row, rows)]
    return "\n".join([f"## {heading}", "", *lines, ""])


def _row(cells: list[str]) -> str:
    """A row of a Markdown table; a stroke or a line break in a cell would end the cell."""
    escaped = (" ".join(cell.split()).replace("|", "\\|") for cell in cells)
    return "| " + " | ".join(escaped) + " |"
