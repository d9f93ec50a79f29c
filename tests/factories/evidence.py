"""Evidence as a lead gives it."""

import datetime as dt
from typing import Any

from plans.policies import EvidenceWords

MINUTES = "https://example.org/minutes"


def link(**changes: Any) -> EvidenceWords:
    """Minutes of the board, as a link, unless said otherwise."""
    given = {
        "kind": "document",
        "title": "Minutes of the board",
        "dated_on": dt.date(2023, 11, 30),
        "what_it_shows": "The board noted that it is done.",
        "link": "" if "file" in changes else MINUTES,
    }
    return EvidenceWords(**(given | changes))


def typed(number: int = 0, **changes: Any) -> dict[str, Any]:
    """The same as it is typed into the row of a form."""
    given = {
        "kind": "document",
        "title": "Minutes of the board",
        "dated_on_day": "30",
        "dated_on_month": "11",
        "dated_on_year": "2023",
        "what_it_shows": "The board noted that it is done.",
        "link": "" if "file" in changes or "ticket" in changes else MINUTES,
    } | changes
    return {f"evidence-{number}-{name}": value for name, value in given.items()} | {
        "rows": str(number + 1)
    }


def sent(**changes: Any) -> dict[str, Any]:
    """The same as a program sends it."""
    given = {
        "kind": "document",
        "title": "Minutes of the board",
        "dated_on": "2023-11-30",
        "what_it_shows": "The board noted that it is done.",
        "link": MINUTES,
    }
    return {name: value for name, value in (given | changes).items() if value is not None}
