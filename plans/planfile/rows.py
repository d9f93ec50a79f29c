"""A plan document as rows, and rows as a document: the form in which file and database are compared.

Field names are those of the models in ``plans.models.plan`` and ``plans.models.milestone``. A
reference is the key of what it refers to. ``rows_of`` and ``document_of`` undo each other, but for
two things of which the format says that they mean nothing: the order of areas in a list, and
whether an optional list is left out or empty.
"""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from plans.planfile.commitments import commitment_part, commitment_rows
from plans.planfile.notes import plan_notes

Document = dict[str, Any]
Fields = dict[str, Any]


class Kind(StrEnum):
    """The kinds of rows, in the order in which they are written."""

    PARTNERSHIP = "partnership"
    PLAN = "plan"
    POST = "post"
    AREA = "area"
    AMBITION = "ambition"
    WORKSTREAM = "workstream"
    ACTION = "action"
    MILESTONE = "milestone"
    COMMITMENT = "commitment"
    GLOSSARY_TERM = "glossary term"
    SECTION = "section"
    JUDGEMENT = "judgement"


Rows = dict[Kind, dict[str, Fields]]
"""Fields of each row by its key, in the plan's order."""

LISTS = ("outcomes", "family_priorities", "groups", "delivery_partners", "indicators")
"""Lists of the file that are kept as they are, one section each."""

OPTIONAL_LISTS = ("topics", "notes")
"""Lists that a file may leave out, kept in the same way."""

PARTS_OF_PLAN = ("inspection", "vision", "monitoring", "reporting", "signatories")
"""Keys of ``plan`` that are kept as they are, one section each."""

LEADS = "leads"
"""The section with the plan's leads in order; their words are in the posts."""


def rows_of(document: Document) -> Rows:
    """The rows that a document asks for."""
    order = [area["key"] for area in document["areas"]]
    actions = list(enumerate(document["actions"], start=1))
    return {
        Kind.PARTNERSHIP: _partnership(document["partnership"]),
        Kind.PLAN: _plan(document["plan"]),
        Kind.POST: {
            lead["key"]: {"title": lead["post"], "organisation": lead["organisation"] or ""}
            for lead in document["leads"]
        },
        Kind.AREA: _numbered(map(_area, document["areas"])),
        Kind.AMBITION: _numbered(_ambition(one, order) for one in document["ambitions"]),
        Kind.WORKSTREAM: _numbered(_workstream(one, order) for one in document["workstreams"]),
        Kind.ACTION: _numbered(_action(action, order) for _, action in actions),
        Kind.MILESTONE: {
            milestone["key"]: _milestone(milestone, action["key"], position)
            for _, action in actions
            for position, milestone in enumerate(action["milestones"], start=1)
        },
        Kind.COMMITMENT: commitment_rows(document),
        Kind.GLOSSARY_TERM: _numbered(
            (one["term"], {"expansion": one["expansion"], "added": one.get("added", False)})
            for one in document["glossary"]
        ),
        Kind.SECTION: _sections(document),
        Kind.JUDGEMENT: judgements_of(document),
    }


def judgements_of(document: Document) -> dict[str, Fields]:
    """The judgements of a document by their origin."""
    return _numbered(
        (note.origin, {"place": note.place, "text": note.text}) for note in plan_notes(document)
    )


def _numbered(rows: Iterable[tuple[str, Fields]]) -> dict[str, Fields]:
    return {
        key: fields | {"position": position} for position, (key, fields) in enumerate(rows, start=1)
    }


def _partnership(partnership: Fields) -> dict[str, Fields]:
    forum = partnership.get("parent_carer_forum", {})
    fields = {
        "name": partnership["name"],
        "place": partnership["place"],
        "parent_carer_forum": forum.get("name", ""),
        "parent_carer_forum_short": forum.get("short_name", ""),
    }
    return {partnership["key"]: fields}


def _plan(plan: Fields) -> dict[str, Fields]:
    fields = {
        "partnership": plan["partnership"],
        "title": plan["title"],
        "subtitle": plan.get("subtitle", ""),
        "published": plan["published"],
        "published_text": plan["published_text"],
    }
    return {plan["slug"]: fields}


def _area(area: Fields) -> tuple[str, Fields]:
    names = ("kind", "number", "statement", "responsible_bodies", "accountable")
    fields = {name: area[name] for name in names}
    optional = {"short_name": area.get("short_name", ""), "wordings": area.get("wordings", [])}
    return area["key"], fields | optional


def _ambition(ambition: Fields, order: list[str]) -> tuple[str, Fields]:
    fields = {
        "title": ambition["title"],
        "statement": ambition["statement"],
        "texts": ambition.get("texts", []),
        "areas": sorted(ambition["areas"], key=order.index),
    }
    return ambition["key"], fields


def _workstream(workstream: Fields, order: list[str]) -> tuple[str, Fields]:
    areas = sorted(workstream["areas"], key=order.index)
    return workstream["key"], {"name": workstream["name"], "areas": areas}


def _action(action: Fields, order: list[str]) -> tuple[str, Fields]:
    names = ("workstream", "number", "text", "meaning_for_families", "impacts")
    fields = {name: action[name] for name in names}
    areas = sorted(action["areas"], key=order.index)
    return action["key"], fields | {"areas": areas, "note": action.get("note", "")}


def _milestone(milestone: Fields, action: str, position: int) -> Fields:
    names = ("text", "due_text", "precision", "kind", "leads", "leads_inherited")
    window = milestone.get("window", {})
    return {name: milestone[name] for name in names} | {
        "action": action,
        "position": position,
        "due_on": _day(milestone["due_on"]),
        "window_from": _day(window.get("from")),
        "window_to": _day(window.get("to")),
        "window_text": window.get("text", ""),
        "note": milestone.get("note", ""),
    }


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _sections(document: Document) -> dict[str, Fields]:
    held = {name: document[name] for name in LISTS}
    held |= {name: document["plan"][name] for name in PARTS_OF_PLAN if name in document["plan"]}
    held |= {name: document[name] for name in OPTIONAL_LISTS if name in document}
    held[LEADS] = [
        {name: lead[name] for name in ("key", "source") if name in lead}
        for lead in document["leads"]
    ]
    return {name: {"content": content} for name, content in held.items()}


# --- and back ------------------------------------------------------------------------------------


def document_of(rows: Rows) -> Document:
    """The document that asks for these rows; keys are not yet in the order of the schema."""
    sections = {key: fields["content"] for key, fields in rows[Kind.SECTION].items()}
    [(partnership, about_partnership)] = rows[Kind.PARTNERSHIP].items()
    [(slug, plan)] = rows[Kind.PLAN].items()
    document = {
        "format": 1,
        "partnership": _partnership_part(partnership, about_partnership),
        "plan": _without_empty({"slug": slug} | plan, "subtitle")
        | {name: sections[name] for name in PARTS_OF_PLAN if name in sections},
        "areas": [_entry(*row, "short_name", "wordings") for row in rows[Kind.AREA].items()],
        "ambitions": [_entry(*row, "texts") for row in rows[Kind.AMBITION].items()],
        "workstreams": [_entry(*row) for row in rows[Kind.WORKSTREAM].items()],
        "leads": _leads(rows[Kind.POST], sections.get(LEADS, [])),
        "actions": _actions(rows),
        "glossary": [
            _without_empty(
                {"term": term} | {name: row[name] for name in ("expansion", "added")}, "added"
            )
            for term, row in rows[Kind.GLOSSARY_TERM].items()
        ],
    }
    if rows[Kind.COMMITMENT]:
        document["commitments"] = [commitment_part(*row) for row in rows[Kind.COMMITMENT].items()]
    document |= {name: sections.get(name, []) for name in LISTS}
    return document | {name: sections[name] for name in OPTIONAL_LISTS if name in sections}


def _entry(key: str, fields: Fields, *optional: str) -> Fields:
    held = {name: value for name, value in fields.items() if name != "position"}
    return _without_empty({"key": key} | held, *optional)


def _without_empty(fields: Fields, *optional: str) -> Fields:
    return {name: value for name, value in fields.items() if value or name not in optional}


def _partnership_part(key: str, fields: Fields) -> Fields:
    part = {"key": key, "name": fields["name"], "place": fields["place"]}
    if fields["parent_carer_forum"]:
        part["parent_carer_forum"] = {
            "name": fields["parent_carer_forum"],
            "short_name": fields["parent_carer_forum_short"],
        }
    return part


def _leads(posts: dict[str, Fields], listed: list[Fields]) -> list[Fields]:
    sources = {entry["key"]: entry for entry in listed}
    return [
        {"key": key, "post": post["title"], "organisation": post["organisation"] or None}
        | sources.get(key, {})
        for key, post in posts.items()
    ]


def _actions(rows: Rows) -> list[Fields]:
    milestones: dict[str, list[Fields]] = {key: [] for key in rows[Kind.ACTION]}
    for key, fields in rows[Kind.MILESTONE].items():
        milestones[fields["action"]].append(_milestone_part(key, fields))
    return [
        _entry(key, fields, "note")
        | {
            "leads": list(dict.fromkeys(lead for one in milestones[key] for lead in one["leads"])),
            "milestones": milestones[key],
        }
        for key, fields in rows[Kind.ACTION].items()
    ]


def _milestone_part(key: str, fields: Fields) -> Fields:
    names = ("text", "due_text", "precision", "kind", "leads", "leads_inherited", "note")
    window = {
        "from": _text(fields["window_from"]),
        "to": _text(fields["window_to"]),
        "text": fields["window_text"],
    }
    part = {"key": key, "due_on": _text(fields["due_on"])}
    part |= {name: fields[name] for name in names}
    part["window"] = _without_empty(window, "from", "to", "text")
    return _without_empty(part, "window", "note")


def _text(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
