"""A small plan document in which every key of the format stands, and the first real one."""

import copy
import json
from pathlib import Path
from typing import Any

from django.conf import settings

FIXTURE = Path(settings.BASE_DIR) / "fixtures" / "hertfordshire-2023.json"

_SMALL: dict[str, Any] = {
    "format": 1,
    "partnership": {
        "key": "barset",
        "name": "Barset Local Area Partnership",
        "place": "Barset",
        "parent_carer_forum": {"name": "Barset Parents", "short_name": "BP"},
    },
    "plan": {
        "slug": "barset-2024",
        "title": "Barset SEND Plan",
        "subtitle": "A better start",
        "published": "2024-01",
        "published_text": "January 2024",
        "partnership": "barset",
        "inspection": {"from": "2023-07-10", "to": "2023-07-14", "text": "In July 2023."},
        "vision": "Every child thrives.",
        "monitoring": ["Monthly."],
        "reporting": {"rhythm": "monthly", "assessed_after_months": 3, "quote": "Monthly."},
        "signatories": [{"name": "A. Person", "text": "Chair"}, {"text": "For the board"}],
    },
    "ambitions": [
        {
            "key": "tailoring",
            "title": "Tailoring",
            "statement": "Support is tailored.",
            "areas": ["PA1"],
            "texts": [{"text": "Tailored support", "source": "cover"}],
        }
    ],
    "outcomes": [{"key": "happy", "text": "Be happy"}, {"key": "safe", "text": "Be safe"}],
    "family_priorities": [{"key": "listen", "text": "Listen to us"}],
    "areas": [
        {
            "key": "PA1",
            "kind": "priority_action",
            "number": 1,
            "statement": "Leaders should act.",
            "short_name": "Leadership",
            "responsible_bodies": ["Barset Council"],
            "accountable": ["director", "nurse"],
            "wordings": [{"text": "Act now", "source": "page 2"}],
        },
        {
            "key": "AI1",
            "kind": "area_for_improvement",
            "number": 1,
            "statement": "Leaders should improve.",
            "responsible_bodies": [],
            "accountable": [],
        },
    ],
    "workstreams": [
        {"key": "PA1", "name": "Leadership", "areas": ["PA1"]},
        {"key": "AI1", "name": "Health", "areas": ["PA1", "AI1"]},
    ],
    "leads": [
        {
            "key": "nurse",
            "post": "Lead Nurse",
            "organisation": None,
        },
        {
            "key": "director",
            "post": "Director",
            "organisation": "Barset Council",
            "source": "Director, Barset Council",
        },
    ],
    "actions": [
        {
            "key": "PA1.1",
            "number": "1.1",
            "workstream": "PA1",
            "areas": ["PA1"],
            "text": "We will act.",
            "meaning_for_families": "You wait less.",
            "impacts": ["Waits are shorter."],
            "leads": ["nurse", "director"],
            "note": "The row was read as one action.",
            "milestones": [
                {
                    "key": "PA1.1-1",
                    "text": "Agree the terms.",
                    "due_text": "31st January 2024",
                    "due_on": "2024-01-31",
                    "precision": "day",
                    "kind": "delivery",
                    "leads": ["nurse", "director"],
                    "leads_inherited": False,
                },
                {
                    "key": "PA1.1-2",
                    "text": "Review progress.",
                    "due_text": "from September 2024",
                    "due_on": None,
                    "precision": "ongoing",
                    "window": {"from": "2024-09-01", "text": "from September"},
                    "kind": "impact_review",
                    "leads": ["director"],
                    "leads_inherited": True,
                    "note": "A start is no deadline.",
                },
            ],
        },
        {
            "key": "AI1.1",
            "number": "1.1",
            "workstream": "AI1",
            "areas": ["PA1", "AI1"],
            "text": "We will improve.",
            "meaning_for_families": "",
            "impacts": [],
            "leads": [],
            "milestones": [
                {
                    "key": "AI1.1-1",
                    "text": "Improve.",
                    "due_text": "",
                    "due_on": None,
                    "precision": "none",
                    "kind": "delivery",
                    "leads": [],
                    "leads_inherited": False,
                }
            ],
        },
    ],
    "commitments": [
        {
            "key": "meetings",
            "title": "Meetings of the board",
            "quote": "We will meet monthly.",
            "source": "PA1.1",
            "rule": {"text": "monthly", "frequency": "monthly"},
        },
        {
            "key": "review-week",
            "title": "Week of reviews",
            "quote": "Review progress.",
            "source": "PA1.1-2",
            "owner": "director",
            "rule": {
                "text": "every September",
                "frequency": "yearly",
                "months": [9],
                "from": "2024-09-01",
                "to": "2026-09-30",
            },
        },
    ],
    "groups": [
        {
            "key": "board",
            "name": "Board",
            "kind": "board",
            "chairs": [{"name": "A. Person", "post": "Chair"}],
            "reports_to": [],
            "workstreams": ["PA1"],
            "note": "Its members are not named.",
        },
        {
            "key": "health",
            "name": "Health group",
            "kind": "workstream",
            "chairs": [],
            "reports_to": ["board"],
        },
    ],
    "glossary": [
        {"term": "SEND", "expansion": "special educational needs and disabilities"},
        {"term": "ICB", "expansion": "integrated care board", "added": True},
    ],
    "delivery_partners": ["Barset Council", "Barset NHS"],
    "topics": [{"key": "therapies", "text": "Therapies"}],
    "indicators": [
        {
            "key": "waits",
            "name": "Waits",
            "unit": "weeks",
            "direction": "down",
            "workstream": "PA1",
            "baseline": {"text": "18 weeks", "value": 18},
            "target": {"text": "12 to 13.5", "low": 12, "high": 13.5, "due_on": "2025-03-31"},
            "standard": {"text": "Within 12 weeks.", "value": 12, "source": "The law"},
            "actions": ["PA1.1"],
            "topics": ["therapies"],
            "quotes": [{"text": "Waits are shorter.", "source": "PA1.1"}],
            "note": "Weeks are those of the calendar.",
        },
        {
            "key": "complaints",
            "name": "Complaints",
            "baseline": {"text": "530", "value": 530},
            "target": {
                "text": "20% fewer",
                "value": 424,
                "due_text": "April 2025",
                "window": {"from": "2025-04-01", "to": "2025-04-30"},
                "arithmetic": "530 × 0.8 = 424",
            },
        },
    ],
    "notes": [
        {"key": "cover", "about": "plan.published", "text": "The cover gives a month."},
        {"key": "row", "about": "PA1.1", "text": "Two rows look like one."},
    ],
}


def small() -> dict[str, Any]:
    """A fresh copy that a test may change."""
    return copy.deepcopy(_SMALL)


def real() -> dict[str, Any]:
    """The first plan's document."""
    return json.loads(FIXTURE.read_text(encoding="utf-8"))


def text_of(document: Any) -> str:
    """The document as a file of two-space JSON, whatever is wrong with it."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def milestone(document: dict[str, Any], key: str = "PA1.1-1") -> dict[str, Any]:
    """The part of a document that is a milestone."""
    return next(
        one for action in document["actions"] for one in action["milestones"] if one["key"] == key
    )
