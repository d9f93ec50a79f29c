"""Checks that hold a plan file against the published text; each gives a list of sentences.

A check that finds nothing wrong gives an empty list. The joins that a comparison forgives are
those of `plan_source.words`: ordinals, white space, bullets, tags and page breaks.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator

from tests.plans.plan_source import MONTH, ActionSource, dates, plain, words

Document = dict
# What a note says of words or a date that the plan has once and the plan file several times.
SHARING_NOTE = re.compile(r"\bshared?\b|\bheld twice\b")
IMPACT_REVIEW = "Review progress in achieving the anticipated impact"
DAY_IN_TEXT = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th) ({MONTH}) (\d{{4}}|\d{{2}})(?!\d)")
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
# The last number of each section of the plan, read by eye: one action for each numbered row.
ACTION_COUNTS = {"PA1": 6, "PA2": 4, "AI1": 10, "AI2": 6, "AI3": 5, "AI5": 5}
EXPECTED_ACTION_KEYS = [
    f"{section}.{number}"
    for section, count in ACTION_COUNTS.items()
    for number in range(1, count + 1)
]


def shares(item: dict) -> bool:
    """Tell whether an item's note says that its words or date are shared or repeated."""
    return bool(SHARING_NOTE.search(item.get("note", "")))


def milestones(document: Document) -> Iterator[dict]:
    """Give every milestone of the plan in order."""
    for action in document["actions"]:
        yield from action["milestones"]


# --- Dates -----------------------------------------------------------------------------------


def check_dates(document: Document, source: dict[str, ActionSource]) -> list[str]:
    """Hold the dates of each action's date cells against those of its due texts, both ways."""
    problems = []
    for action in document["actions"]:
        published = Counter(dates(source[action["key"]].text("dates")))
        carried = Counter(date for one in action["milestones"] for date in dates(one["due_text"]))
        for date in sorted(published.keys() | carried.keys()):
            place = f"{action['key']}: {date}"
            surplus = carried[date] - published[date]
            if surplus < 0:
                problems.append(f"{place} is in the date cell {-surplus} times more")
            elif not published[date]:
                problems.append(f"{place} is not in the date cell")
            elif surplus:
                noted = sum(
                    shares(one) for one in action["milestones"] if date in dates(one["due_text"])
                )
                # As many as share one date: the surplus and the one it was taken from.
                if noted < surplus + 1:
                    problems.append(f"{place} is shared by milestones without a note")
    return problems


def check_due_on(document: Document) -> list[str]:
    """Hold each due date against the day in its due text; only precision "day" has one."""
    problems = []
    for one in milestones(document):
        days = days_in(one["due_text"])
        if (one["precision"] == "day") != (one["due_on"] is not None):
            problems.append(f"{one['key']}: precision {one['precision']}, due on {one['due_on']}")
        elif one["due_on"] is not None and one["due_on"] not in days:
            problems.append(f"{one['key']}: {one['due_on']} is not a day of {one['due_text']!r}")
    return problems


def days_in(text: str) -> list[str]:
    """Give the real days of a due text as ISO dates; "31st Sept 2024" is none."""
    found = []
    for day, month, year in DAY_IN_TEXT.findall(plain(text)):
        number = int(year) if len(year) == 4 else 2000 + int(year)
        try:
            found.append(dt.date(number, MONTHS.index(month[:3]) + 1, int(day)).isoformat())
        except ValueError:
            continue
    return found


# --- Words -----------------------------------------------------------------------------------


def compare_words(place: str, published: list[str], carried: list[str]) -> list[str]:
    """Name every word that is missing, in it too often, or (if none is) the first out of order."""
    missing = Counter(published) - Counter(carried)
    surplus = Counter(carried) - Counter(published)
    problems = [f"{place}: {word!r} is missing {count} times" for word, count in missing.items()]
    problems += [
        f"{place}: {word!r} is there {count} times too often" for word, count in surplus.items()
    ]
    if not problems:
        pairs = enumerate(zip(published, carried, strict=True), 1)
        problems = [
            f"{place}: word {number} is {after!r}, published {before!r}"
            for number, (before, after) in pairs
            if before != after
        ][:1]
    return problems


def check_action_words(document: Document, source: dict[str, ActionSource]) -> list[str]:
    """Hold the words of every cell of the action tables against the plan file, by column."""
    problems = []
    for action in document["actions"]:
        key, cells = action["key"], source[action["key"]]
        carried = {
            "action": words(action["text"]),
            "meaning": words(action["meaning_for_families"]),
            "impacts": [word for impact in action["impacts"] for word in words(impact)],
            "milestones": distinct_words(action, "text"),
            "dates": distinct_words(action, "due_text"),
        }
        for column, found in carried.items():
            problems += compare_words(f"{key} {column}", cells.words(column), found)
    return problems


def distinct_words(action: dict, name: str) -> list[str]:
    """Give the words of a milestone field over an action, shared words once.

    Words count once for several milestones only where each of those carries a note that says so,
    and only as whole lines from the first on: a whole text, or the words that lead in to a list. A
    milestone that has the action's own words, and says so, has none of its own.
    """
    found: list[str] = []
    earlier: list[list[str]] = []
    for one in action["milestones"]:
        lines = one[name].split("\n")
        if name == "text" and shares(one) and words(one[name]) == words(action["text"]):
            continue
        repeated = 0
        if shares(one):
            repeated = max((common_start(lines, others) for others in earlier), default=0)
            earlier.append(lines)
        found += words("\n".join(lines[repeated:]))
    return found


def common_start(lines: list[str], others: list[str]) -> int:
    """Count the first lines that two texts have in common."""
    count = 0
    for line, other in zip(lines, others, strict=False):
        if line != other:
            break
        count += 1
    return count


# --- Leads -----------------------------------------------------------------------------------


def lead_wordings(lead: dict) -> list[str]:
    """Give the ways in which the plan may print a lead: post, then organisation."""
    if not lead["organisation"]:
        return [lead["post"]]
    return [f"{lead['post']}{mark} {lead['organisation']}" for mark in ("", ",", " –", " -")]


def check_lead_words(document: Document, source: dict[str, ActionSource]) -> list[str]:
    """Hold each action's lead cells against its leads: the cells are those posts and no more."""
    leads = {lead["key"]: lead for lead in document["leads"]}
    problems = []
    for action in document["actions"]:
        cell = source[action["key"]].text("leads")
        if not tiled(cell, [leads[key] for key in action["leads"]]):
            problems.append(f"{action['key']} leads: {cell!r} is not {action['leads']}")
    for action in document["actions"]:
        stated = dict.fromkeys(key for one in action["milestones"] for key in one["leads"])
        if list(stated) != action["leads"]:
            problems.append(f"{action['key']} leads are not those of its milestones")
    return problems


def tiled(cell: str, leads: list[dict], used: frozenset[int] = frozenset()) -> bool:
    """Tell whether the leads, each at least once, make up the cell word for word.

    Between two of them the plan has nothing, "&" or "/"; "and" only where the lead says so by
    quoting the cell as its source.
    """
    if not cell:
        return len(used) == len(leads)
    for index, lead in enumerate(leads):
        for wording in lead_wordings(lead):
            if not cell.startswith(wording):
                continue
            marks = ["", "&", "/"]
            if f"{wording} and " in lead.get("source", ""):
                marks.append("and ")
            rest = cell[len(wording) :].lstrip()
            starts = [rest[len(mark) :].lstrip() for mark in marks if rest.startswith(mark)]
            if any(tiled(start, leads, used | {index}) for start in starts):
                return True
    return False


# --- Shape -----------------------------------------------------------------------------------


def check_keys(document: Document) -> list[str]:
    """Hold the keys of actions against the plan's numbers and those of milestones against both."""
    problems = []
    keys = [action["key"] for action in document["actions"]]
    if keys != EXPECTED_ACTION_KEYS:
        problems.append(f"actions are {keys}")
    for action in document["actions"]:
        found = [one["key"] for one in action["milestones"]]
        expected = [f"{action['key']}-{number}" for number in range(1, len(found) + 1)]
        if found != expected or not found:
            problems.append(f"{action['key']}: milestones are {found}")
    return problems


def check_kinds(document: Document) -> list[str]:
    """Hold each kind against the words that make a milestone a review of impact."""
    return [
        f"{one['key']}: kind {one['kind']} for {one['text']!r}"
        for one in milestones(document)
        if (one["kind"] == "impact_review") != (IMPACT_REVIEW in plain(one["text"]))
    ]


# --- An independent reading ------------------------------------------------------------------


def check_against_reading(document: Document, reading: list[dict[str, str]]) -> list[str]:
    """Hold each milestone against a row of a reading made by eye, field by field.

    A row has key, due_text, due_on, precision, kind, leads (posts joined by " | "), inherited
    (yes or no) and first_words (of the milestone's text).
    """
    carried = {one["key"]: read_milestone(document, one) for one in milestones(document)}
    expected = {row["key"]: row for row in reading}
    problems = [f"{key}: not in the plan file" for key in expected if key not in carried]
    problems += [f"{key}: not in the reading" for key in carried if key not in expected]
    for key, row in expected.items():
        for name, value in carried.get(key, {}).items():
            if name == "first_words":
                if value[: len(words(row[name]))] != words(row[name]):
                    problems.append(f"{key} begins {' '.join(value[:5])!r}, read {row[name]!r}")
            elif name == "leads":
                if not same_leads(value, row[name].split(" | ")):
                    shown = " | ".join(wordings[0] for wordings in value)
                    problems.append(f"{key} leads: {shown!r}, read {row[name]!r}")
            elif value != row[name]:
                problems.append(f"{key} {name}: {value!r}, read {row[name]!r}")
    return problems


def same_leads(carried: list[list[str]], reading: list[str]) -> bool:
    """Tell whether each lead, in one of its wordings, is the one that was read, in order."""
    return len(carried) == len(reading) and all(
        post in wordings for wordings, post in zip(carried, reading, strict=True)
    )


def read_milestone(document: Document, one: dict) -> dict:
    """Give a milestone in the columns of a reading; leads and first_words as lists."""
    leads = {lead["key"]: lead for lead in document["leads"]}
    return {
        "due_text": one["due_text"],
        "due_on": one["due_on"] or "",
        "precision": one["precision"],
        "kind": one["kind"],
        "leads": [lead_wordings(leads[key]) for key in one["leads"]],
        "inherited": "yes" if one["leads_inherited"] else "no",
        "first_words": words(one["text"]),
    }
