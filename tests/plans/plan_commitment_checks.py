"""Checks of the plan file's recurring commitments against the published text.

Like those of `plan_checks`, each gives a list of sentences, empty when nothing is wrong. Which words
of the plan speak of something that comes again is found here a second time, by the words alone.
"""

import re
from collections.abc import Iterator

from tests.plans.plan_checks import Document, milestones
from tests.plans.plan_source import plain

RHYTHM = re.compile(
    r"\b(week(?:ly)|month(?:ly)|quarter(?:ly)|annual(?:ly)?|each (?:year|meeting)|every \d+ weeks"
    r"|regular(?:ly)?|routinely|board meeting cycle|throughout the year|ongoing)\b",
    re.IGNORECASE,
)

NOT_KEPT = (
    "weekly youth projects",  # what there was while the plan was made
    "updated guidance to support the tracking",
    "annual review",  # of each child's plan
    "annual health",  # of each young person
    "ongoing commitment to recognise",
    "leaders regularly attend",  # what there is already
    "regularly asked for their views",
    "partners meet regularly",
    "regularly learns from",
    "regularly uses a number",
    "routinely uses the above tools",
    "routinely access data",
    "receive regular communication",  # to each family
    "more regularly to improve services",
    "ongoing evaluation",  # work of a milestone, without occasions of its own
    "ongoing audiology",
    "recruitment ongoing",
    "- ongoing",
    "ongoing, timeline",
    "ongoing support and advice",
    "independent chair and chief executives of hcc and icb monthly meeting",  # the picture of the groups
    "chair of this group monthly",  # the same promise as PA2.1-4, as its note says
)
"""Words of rhythm that promise nothing to be done again by the partnership, or nothing new."""


def check_quotes(document: Document, text: str) -> list[str]:
    """Hold each quotation, and the words of each rule, against the source, word for word."""
    source = plain(text)
    problems = []
    for one in document["commitments"]:
        for name, words in (("quote", one["quote"]), ("rule", one["rule"]["text"])):
            if plain(words) not in source:
                problems.append(f"{one['key']}: the {name} is not in the source")
    return problems


def check_sources(document: Document) -> list[str]:
    """Hold each quotation against the place in the plan file that it is said to stand in."""
    places = {one["key"]: f"{one['text']} {one['due_text']}" for one in milestones(document)}
    places |= {
        action["key"]: " ".join([action["text"], *action["impacts"]])
        for action in document["actions"]
    }
    places["plan.monitoring"] = " ".join(document["plan"]["monitoring"])
    problems = []
    for one in document["commitments"]:
        place = plain(places.get(one["source"], ""))
        for name, words in (("quote", one["quote"]), ("rule", one["rule"]["text"])):
            if plain(words) not in place:
                problems.append(f"{one['key']}: the {name} is not in {one['source']}")
    return problems


FREQUENCIES = {
    "weekly": "weekly",
    "three_weekly": "every 3 weeks",
    "monthly": "monthly",
    "quarterly": "quarter",
    "yearly": "annual|february and march",
}


def check_rules(document: Document) -> list[str]:
    """Tell of a rule that says more, or less, than its words."""
    problems = []
    for one in document["commitments"]:
        rule, words = one["rule"], one["rule"]["text"].casefold()
        said = {name for name, mark in FREQUENCIES.items() if re.search(mark, words)}
        if said != ({rule["frequency"]} if "frequency" in rule else set()):
            problems.append(f"{one['key']}: its words say {sorted(said) or 'no frequency'}")
        if "from" in rule and not _is_in_date(document, one):
            problems.append(f"{one['key']}: its first day is not that of its milestone")
    return problems


def _is_in_date(document: Document, commitment: Document) -> bool:
    """Whether the days of a rule are those that the milestone's date gives."""
    (window,) = (
        one["window"] for one in milestones(document) if one["key"] == commitment["source"]
    )
    rule = commitment["rule"]
    return (window.get("from"), window.get("to")) == (rule.get("from"), rule.get("to"))


def check_recurring_milestones(document: Document) -> list[str]:
    """Tell of a milestone whose date comes again, and which no commitment refers to."""
    sources = {one["source"] for one in document["commitments"]}
    return [
        f"{one['key']}: “{one['due_text']}” has no commitment"
        for one in milestones(document)
        if one["precision"] == "recurring" and one["key"] not in sources
    ]


def check_nothing_is_left_out(document: Document, text: str) -> list[str]:
    """Tell of words of rhythm in the source that no commitment quotes and no reason sets aside."""
    quoted = [plain(one["quote"]) for one in document["commitments"]]
    quoted += [plain(one["rule"]["text"]) for one in document["commitments"]]
    return [
        context for context, core in _contexts(plain(text)) if not _is_known(context, core, quoted)
    ]


def _contexts(source: str) -> Iterator[tuple[str, str]]:
    """What stands around each word of rhythm, widely and closely."""
    for found in RHYTHM.finditer(source):
        first, last = found.span()
        yield source[max(0, first - 90) : last + 60], source[max(0, first - 8) : last + 8]


def _is_known(context: str, core: str, quoted: list[str]) -> bool:
    if any(words in context.casefold() for words in NOT_KEPT):
        return True
    return any(
        quote.casefold() in context.casefold() or core.casefold() in quote.casefold()
        for quote in quoted
    )
