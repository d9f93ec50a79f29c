"""November: a month reopened, a signature taken back, and a post handed over."""

from hertsend.accounts.models import User
from plans.models import MilestoneException
from tests.journeys.browser import Browser
from tests.journeys.october import DONE, MOVED
from tests.journeys.september import EXPECTED, REPORT, milestone, report_on, typed
from tests.journeys.steps import (
    ADMINISTRATOR,
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

WHY = "The return of AI1 was not received."
NEWCOMER = "Noor Newcomer"


def play(town: Town) -> None:
    """From the reopening of October to the report of November."""
    october_is_reopened(town)
    the_missing_return_comes(town)
    a_further_revision_says_why(town)
    a_signature_is_taken_back(town)
    the_post_is_handed_over(town)
    the_new_lead_reports(town)
    november_is_reported(town)


def october_is_reopened(town: Town) -> None:
    """By the office alone, with a reason and a day on which it is frozen again."""
    reopen = town.url("governance:period-reopen", "2024-10")
    others = (LEAD, CHAIR, MEMBER, FORUM, ADMINISTRATOR)
    assert refused(town, reopen, by=others) == dict.fromkeys(others, 403)
    office = town.browser(OFFICE).follow("This month").follow("Calendar")
    assert not office.offers("Reopen September 2024")
    office.follow("Reopen October 2024")
    office.press("Reopen October 2024", **on_boxes("freezes_on", day(20, 11)))
    assert "There is a problem" in office.words
    office.press("Reopen October 2024", reason=WHY)
    assert state_of(town, 10) == "due"
    assert (
        WHY
        in town.browser(MEMBER).follow("This month").follow("Calendar").follow("October 2024").words
    )


def the_missing_return_comes(town: Town) -> None:
    """As October's, though November is open."""
    town.reach(day(15, 11))
    late = town.browser(town.world.other_lead)
    late.open(town.url("governance:return-detail", "2024-10", "AI1"))
    late.press("Save and open the next", **typed("Two nurses began.", **EXPECTED))
    late.press("Save this row : AI1.1-2", **typed("The room is painted.", **EXPECTED))
    for key in ("AI1.1-1", "AI1.1-2"):
        report_on(late, key, **REPORT | {"cause": "The room was late."})
    late.press("Check and submit")
    assert "The October 2024 return is submitted." in late.words
    accept(town, "AI1", "October 2024")
    assert returns_of(town, 10) == {"PA1": "accepted", "AI1": "accepted"}


def a_further_revision_says_why(town: Town) -> None:
    """The earlier one stays as the board was given it."""
    [before] = packs_of(town, 10)
    address = before.get_absolute_url()
    given = town.browser(MEMBER).open(address).words
    town.reach(day(20, 11))
    assert state_of(town, 10) == "reported"
    first, second = packs_of(town, 10)
    assert (first.pk, first.sha256) == (before.pk, before.sha256)
    assert second.revision == 2
    assert WHY in second.reason
    assert "board" in issue_packs(town, 10)
    member = town.browser(MEMBER).open(address)
    assert member.words.endswith(given)
    member.follow("Version 2")
    assert WHY in member.words
    assert "Two nurses began." in member.words
    assert "Two nurses began." not in given


def a_signature_is_taken_back(town: Town) -> None:
    """By a joint chair, with a reason; the milestone is overdue again from that moment."""
    town.reach(day(25, 11))
    reopen = town.url("plans:milestone-reopen", DONE)
    others = (LEAD, OFFICE, MEMBER, FORUM)
    assert refused(town, reopen, by=others) == dict.fromkeys(others, 403)
    chair = milestone(town, CHAIR, DONE).follow("Reopen with a reason")
    chair.press("Reopen it", words="Three schools withdrew.")
    assert town.world.milestone(DONE).stage == "in_progress"
    page = milestone(town, MEMBER, DONE).words
    assert "Overdue by 56 days" in page
    assert "Three schools withdrew." in page
    spells = MilestoneException.objects.filter(milestone=town.world.milestone(DONE))
    assert [each.closure for each in spells.order_by("pk")] == ["completed", "completed", ""]


def the_post_is_handed_over(town: Town) -> None:
    """The administrator invites the new lead, and ends the time of the old one."""
    town.reach(day(28, 11))
    old = town.browser(LEAD)
    assert old.offers("This month 2 (2 to do)")
    invite(town)
    new = User.objects.get(name=NEWCOMER)
    admin = (
        town.browser(ADMINISTRATOR)
        .follow("Office")
        .follow("People")
        .follow("Posts and who holds them")
    )
    admin.follow("Add a person to the post Head of PA1")
    admin.press("Put in this post", person=str(new.pk))
    admin.follow("People").follow("Workstream lead PA1")
    admin.follow("End the time in the post Head of PA1").press("End it", when="now")
    admin.follow("People").follow("Workstream lead PA1")
    (end,) = [link for link in admin.page.links if link.startswith("End the role")]
    admin.follow(end).press("End this role", when="now")
    # Signed in still, and seeing nothing any more
    own = town.url("governance:return-detail", "2024-11", "PA1")
    for address in (own, town.url("plans:milestone-detail", MOVED), town.url("plans:plan-detail")):
        assert old.open(address).status == 404
    assert Browser(new).open(own).status == 200


def invite(town: Town) -> None:
    """Not by the office; the invitation is one e-mail."""
    assert refused(town, "/people/invite/", by=[OFFICE, LEAD]) == {OFFICE: 403, LEAD: 403}
    admin = town.browser(ADMINISTRATOR).follow("Office").follow("People").follow("Invite a person")
    admin.press("Continue", role="workstream_lead")
    admin.press("Invite", name=NEWCOMER, email="noor@example.org", scope_key="PA1")
    town.work()
    assert [address for _, address, _ in town.mailed].count("noor@example.org") == 1


def the_new_lead_reports(town: Town) -> None:
    """With the words of the one before beside their own; what the old lead sends is not taken."""
    town.reach(day(5, 12))
    lead = town.browser(User.objects.get(name=NEWCOMER)).follow("Update 2 milestones")
    lead.press(f"Save this row : {DONE}", **typed("They are asked again.", **EXPECTED_LATER))
    report_on(lead, DONE, **REPORT_LATER)
    assert "The builder began." in lead.words
    lead.press(f"Save this row : {MOVED}", **typed("The roof is on."))
    lead.press("Check and submit")
    assert "The November 2024 return is submitted." in lead.words
    accept(town, "PA1", "November 2024")


EXPECTED_LATER = {"rating": "red"} | on_boxes("forecast_on", day(31, 12))
REPORT_LATER = REPORT | on_boxes("done_by", day(31, 12))


def november_is_reported(town: Town) -> None:
    """Three months, three reports, of which one was given twice."""
    town.reach(day(10, 12))
    assert {month: state_of(town, month) for month in (9, 10, 11)} == dict.fromkeys(
        (9, 10, 11), "reported"
    )
    assert {month: len(packs_of(town, month)) for month in (9, 10, 11)} == {9: 1, 10: 2, 11: 1}
    assert "board" in issue_packs(town, 11)
    packs = town.browser(MEMBER).follow("Governance").follow("Packs")
    page = packs.follow("Board pack of November 2024").words
    taken_back = "0 of 4 due are complete down 1 since October"
    for words in ("They are asked again.", "The roof is on.", taken_back):
        assert words in page
    # A newcomer is told at once of what waits, then by the ladder; the old lead hears no more
    both = "2 matters wait for you: 1 overdue milestone, 1 return to hand in"
    assert town.letters(User.objects.get(name=NEWCOMER), since=day(29, 11)) == [
        (11, 29, both),
        (12, 2, both),
        (12, 4, both),
        (12, 9, "1 matter waits for you: 1 overdue milestone"),
    ]
    assert town.letters(town.someone(LEAD), since=day(15, 11)) == [
        (11, 26, "1 matter waits for you: 1 overdue milestone"),
        (11, 27, both),
    ]
    assert town.letters(town.someone(OFFICE), since=day(15, 11)) == [
        (12, 10, "4 matters wait for you: 1 return not handed in, 3 packs to release")
    ]
    assert town.letters(town.someone(EXECUTIVE), since=day(15, 11)) == []
