"""Recurring commitments of a plan document as rows, and back.

A commitment that stands in a milestone belongs to it and to its action; one that stands in an
action's other words belongs to the action; any other is the whole plan's.
"""

import datetime as dt
from typing import Any

Document = dict[str, Any]
Fields = dict[str, Any]


def commitment_rows(document: Document) -> dict[str, Fields]:
    """The fields of each commitment of a document by its key, in the plan's order."""
    actions = {action["key"] for action in document["actions"]}
    action_of = {
        milestone["key"]: action["key"]
        for action in document["actions"]
        for milestone in action["milestones"]
    }
    return {
        one["key"]: _fields(one, actions, action_of) | {"position": position}
        for position, one in enumerate(document.get("commitments", []), start=1)
    }


def _fields(one: Fields, actions: set[str], action_of: dict[str, str]) -> Fields:
    source, rule = one["source"], one["rule"]
    return {
        "title": one["title"],
        "quote": one["quote"],
        "source": source,
        "action": action_of.get(source) or (source if source in actions else None),
        "milestone": source if source in action_of else None,
        "owner": one.get("owner"),
        "stated_text": rule["text"],
        "stated_frequency": rule.get("frequency", ""),
        "stated_months": rule.get("months", []),
        "stated_from": _day(rule.get("from")),
        "stated_to": _day(rule.get("to")),
        "note": one.get("note", ""),
    }


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def commitment_part(key: str, fields: Fields) -> Fields:
    """The entry of a document that asks for a commitment."""
    rule = {
        "text": fields["stated_text"],
        "frequency": fields["stated_frequency"],
        "months": fields["stated_months"],
        "from": fields["stated_from"] and fields["stated_from"].isoformat(),
        "to": fields["stated_to"] and fields["stated_to"].isoformat(),
    }
    entry = {"key": key} | {name: fields[name] for name in ("title", "quote", "source")}
    optional = {"owner": fields["owner"], "note": fields["note"]}
    held = {name: value for name, value in optional.items() if value}
    return entry | held | {"rule": {name: value for name, value in rule.items() if value}}
