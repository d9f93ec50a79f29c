"""September: one return in time, one late and chased, with exceptions that the board asks about."""

from typing import Any

from tests.journeys.browser import Browser
from tests.journeys.steps import (
    CHAIR,
    EXECUTIVE,
    FORUM,
    LEAD,
    MEMBER,
    OFFICE,
    accept,
    day,
    issue_packs,
    on_boxes,
    packs_of,
    refused,
    returns_of,
    state_of,
)
from tests.journeys.town import Town

EXPECTED = {"rating": "red"} | on_boxes("forecast_on", day(29, 11))
REPORT = {
    "cause": "Recruitment took longer.",
    "effect_on_families": "They wait longer.",
    "what_is_being_done": "The post is advertised again.",
    "ask": "help",
    "asked_of_board": "A higher grade.",
} | on_boxes("done_by", day(15, 11))


def play(town: Town) -> None:
    """From the month's opening to the pack that the board was given."""
    it_opens(town)
    a_return_in_time(town)
    the_late_one_is_chased(town)
    an_exception_is_reported_and_asked_about(town)
    a_late_return(town)
    it_is_frozen_and_reported(town)


def it_opens(town: Town) -> None:
    """The calendar says which days count; only the office finds a door to change those ahead."""
    calendar = town.browser(OFFICE).follow("This month").follow("Calendar")
    for words in ("September 2024 1 September 2024 7 October 2024 9 October 2024 Open",):
        assert words in calendar.words
    assert calendar.offers("Change the days of October 2024")
    assert not calendar.offers("Change the days of September 2024")
    assert (
        not town.browser(LEAD)
        .follow("This month")
        .follow("Calendar")
        .offers("Change the days of October 2024")
    )


def a_return_in_time(town: Town) -> None:
    """The lead of PA1 reports row by row from home's own link; the office accepts it."""
    town.reach(day(27, 9))
    lead = town.browser(LEAD)
    assert "The September 2024 return closes in 6 working days" in lead.words
    lead.follow("Update 2 milestones")
    assert "0 of 2 ready. 2 left, all yours." in lead.words
    lead.press("Save and open the next", **typed("The offer was drafted."))
    assert "1 of 2 ready. 1 left, all yours." in lead.words
    lead.press("Save this row : PA1.1-2", **typed("Schools were asked."))
    assert "2 of 2 ready." in lead.words
    # What is only drafted is nobody's but the workstream's and the office's
    assert "The offer was drafted." not in milestone(town, MEMBER, "PA1.1-1").words
    lead.press("Check and submit")
    assert "The September 2024 return is submitted." in lead.words
    assert "The offer was drafted." in milestone(town, MEMBER, "PA1.1-1").words
    # Nobody else accepts it
    check = town.url("governance:return-check", "2024-09", "PA1")
    assert refused(town, check) == {LEAD: 403, CHAIR: 403, MEMBER: 403, FORUM: 403}
    accept(town, "PA1")
    assert returns_of(town, 9) == {"PA1": "accepted", "AI1": "draft"}


def typed(words: str, **more: Any) -> dict[str, Any]:
    return {"stage": "in_progress", "rating": "green", "what_happened": words} | more


def report_on(browser: Browser, key: str, **words: str) -> Browser:
    """The report that a row of the return asks for."""
    if not browser.offers(f"write the exception report for {key}"):
        browser.follow(f"Update {key}" if browser.offers(f"Update {key}") else f"Change {key}")
    browser.follow(f"write the exception report for {key}")
    return browser.press("Save the report", **words)


def exceptions(town: Town, person: Any, key: str) -> Browser:
    return milestone(town, person, key).follow("Exceptions and dates")


def milestone(town: Town, person: Any, key: str) -> Browser:
    return town.browser(person).open(town.url("plans:milestone-detail", key))


def the_late_one_is_chased(town: Town) -> None:
    """By hand, once a day; who handed in is left alone."""
    town.reach(day(3, 10))
    assert state_of(town, 9) == "due"
    office = town.browser(OFFICE).follow("This month").follow("Returns").follow("September 2024")
    office.press("Send a reminder now for AI1")
    assert "A reminder of the return of AI1 goes to Workstream lead AI1." in office.words
    office.press("Send a reminder now for AI1")
    assert "Workstream lead AI1 had a reminder of this return today." in office.words
    assert not office.offers("Send a reminder now for PA1")
    assert refused(town, office.address) == {LEAD: 403, CHAIR: 200, MEMBER: 403, FORUM: 403}
    chair = town.browser(CHAIR).follow("This month").follow("Returns").follow("September 2024")
    assert not chair.offers("Send a reminder now for AI1")
    town.work()


def an_exception_is_reported_and_asked_about(town: Town) -> None:
    """Without reports the late return is not taken; the board asks, the lead answers."""
    late = town.browser(town.world.other_lead).follow("Update 2 milestones")
    late.press("Save and open the next", **typed("Nurses were sought.", **EXPECTED))
    late.press("Save this row : AI1.1-2", **typed("A room was found.", **EXPECTED))
    late.press("Check and submit")
    assert sorted(link for link in late.page.links if "exception report." in link) == [
        "AI1.1-1: Write the exception report.",
        "AI1.1-2: Write the exception report.",
    ]
    assert returns_of(town, 9)["AI1"] == "draft"
    report_on(late, "AI1.1-1", **REPORT)
    assert late.path.endswith("/returns/2024-09/AI1/")
    member = exceptions(town, MEMBER, "AI1.1-1")
    assert "Recruitment took longer." in member.words
    member.follow("Ask a question").press("Ask", words="Why not agency nurses?")
    assert "Why not agency nurses?" in member.words
    # Who asked does not answer, nor does the other workstream; families read nothing of it
    answer = town.url("plans:question-answer", "AI1.1-1", 1)
    assert refused(town, answer) == {LEAD: 403, CHAIR: 403, MEMBER: 403, FORUM: 403}
    assert refused(town, member.address, by=[FORUM]) == {FORUM: 403}
    town.reach(day(4, 10))
    lead = exceptions(town, town.world.other_lead, "AI1.1-1").follow("Answer question 1")
    lead.press("Answer", words="There are none to be had.")
    assert "There are none to be had." in exceptions(town, MEMBER, "AI1.1-1").words


def a_late_return(town: Town) -> None:
    """It is handed in a day after it was due, and says so."""
    town.reach(day(8, 10))
    late = town.browser(town.world.other_lead).follow("Update 1 milestone")
    report_on(late, "AI1.1-2", **REPORT)
    late.press("Check and submit")
    assert "The September 2024 return is submitted." in late.words
    office = town.browser(OFFICE).follow("This month").follow("Returns").follow("September 2024")
    assert "late" in office.words
    accept(town, "AI1")
    assert returns_of(town, 9) == {"PA1": "accepted", "AI1": "accepted"}
    # What it cost in e-mails: the ladder by day, the plan's own dates, the office's own press
    soon, late, to_do = "2 milestones due soon", "2 overdue milestones", "1 return to hand in"
    assert town.letters(town.world.other_lead, since=day(2, 9)) == [
        (9, 23, f"2 matters wait for you: {soon}"),
        (9, 26, f"3 matters wait for you: {to_do}, {soon}"),
        (9, 30, f"3 matters wait for you: {to_do}, {soon}"),
        (10, 1, f"3 matters wait for you: {late}, {to_do}"),
        (10, 3, f"3 matters wait for you: {late}, {to_do}"),
        (10, 3, "Reminder: September 2024 return of AI1"),
        (10, 4, f"4 matters wait for you: {late}, {to_do}, 1 question to answer"),
        (10, 7, f"3 matters wait for you: {late}, {to_do}"),
    ]
    assert town.letters(town.someone(LEAD), since=day(2, 9)) == [
        (9, 23, f"2 matters wait for you: {soon}"),
        (9, 26, f"3 matters wait for you: {to_do}, {soon}"),
        (9, 30, f"2 matters wait for you: {soon}"),
        (10, 1, f"2 matters wait for you: {late}"),
        (10, 7, f"2 matters wait for you: {late}"),
    ]
    for watcher in (OFFICE, CHAIR, EXECUTIVE, MEMBER):
        assert town.letters(town.someone(watcher), since=day(2, 9)) == []


def it_is_frozen_and_reported(town: Town) -> None:
    """The pack says what each of them said, and the thread with it; nobody else hands it out."""
    town.reach(day(9, 10))
    assert state_of(town, 9) == "reported"
    [pack] = packs_of(town, 9)
    assert (pack.revision, pack.reason) == (1, "")
    # The office releases and the chair issues it: until then a member finds nothing
    member = town.browser(MEMBER).follow("Governance").follow("Packs")
    assert "No pack has been issued yet." in member.words
    assert refused(town, pack.get_absolute_url(), by=(MEMBER,)) == {MEMBER: 404}
    assert issue_packs(town, 9) == ["board", "executive", "families"]
    packs = town.browser(CHAIR).follow("Governance").follow("Packs")
    chair = packs.follow("Board pack of September 2024")
    for words in (
        "The offer was drafted.",
        "Nurses were sought.",
        "Recruitment took longer.",
        "Why not agency nurses?",
        "There are none to be had.",
    ):
        assert words in chair.words
    # Nothing more is taken for September
    own = town.browser(LEAD).open(town.url("governance:return-detail", "2024-09", "PA1"))
    assert not own.offers("Check and submit")
    assert refused(town, chair.path) == {LEAD: 200, CHAIR: 200, MEMBER: 200, FORUM: 404}
    families = town.browser(FORUM).follow("Governance").follow("Packs")
    assert "The offer was drafted." not in families.follow("Families pack of September 2024").words
