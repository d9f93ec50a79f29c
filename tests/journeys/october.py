"""October: a date refused and granted, a completion returned and signed, and a return that never came."""

from plans.models import DateChange, StageChange
from tests.journeys.september import exceptions, milestone, typed
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

MOVED, DONE = "PA1.1-1", "PA1.1-2"


def play(town: Town) -> None:
    """From what is asked of a joint chair to a pack with a gap in it."""
    a_new_date_and_a_completion_are_asked_for(town)
    both_come_back(town)
    both_are_asked_for_again(town)
    the_date_is_granted(town)
    the_completion_is_signed(town)
    one_return_comes_and_one_does_not(town)
    the_ladder_goes_up(town)


def a_new_date_and_a_completion_are_asked_for(town: Town) -> None:
    """By the lead, who then finds no door to decide on either."""
    town.reach(day(10, 10))
    lead = exceptions(town, LEAD, MOVED).follow("Ask for a new date")
    lead.press(
        "Send the request",
        reason="The builder went bankrupt.",
        effect_on_others="None",
        **on_boxes("asked_for_on", day(20, 12)),
    )
    propose(town, "The schools agreed.")
    asked = town.url("plans:date-request-detail", MOVED, 1)
    assert {
        role: town.browser(role).open(asked).offers("Record my decision")
        for role in (LEAD, OFFICE, CHAIR, MEMBER)
    } == {LEAD: False, OFFICE: False, CHAIR: True, MEMBER: False}
    sign = town.url("plans:milestone-sign-off", DONE)
    everyone = (LEAD, OFFICE, MEMBER, EXECUTIVE, FORUM)
    assert refused(town, sign, by=everyone) == dict.fromkeys(everyone, 403)
    assert town.world.milestone(DONE).stage == "proposed_complete"


def propose(town: Town, words: str) -> None:
    """The lead proposes with one piece of evidence."""
    lead = milestone(town, LEAD, DONE).follow("Propose complete")
    lead.press(
        "Propose complete",
        words=words,
        evidence__0__kind="document",
        evidence__0__title="Minutes of the heads' meeting",
        evidence__0__what_it_shows="All heads agreed.",
        evidence__0__link="https://example.org/minutes",
        **{f"evidence__0__{box}": text for box, text in on_boxes("dated_on", day(27, 9)).items()},
    )


def both_come_back(town: Town) -> None:
    """The joint chair refuses the one and returns the other, each with a reason."""
    town.reach(day(14, 10))
    chair = town.browser(CHAIR)
    chair.follow(f"Decide on {MOVED}").press("Record my decision", becomes="refused", decision="")
    assert "There is a problem" in chair.words
    chair.press("Record my decision", becomes="refused", decision="Find another builder first.")
    chair = town.browser(CHAIR).follow(f"Review {DONE}")
    assert "All heads agreed." in chair.words
    chair.press(f"Record my decision on {DONE}", decision="return", words="Which schools?")
    assert town.world.milestone(DONE).stage == "in_progress"
    lead = exceptions(town, LEAD, MOVED)
    assert "Find another builder first." in lead.words
    assert "Overdue by 14 days" in lead.words
    assert "Which schools?" in milestone(town, LEAD, DONE).words
    assert list(DateChange.objects.filter(milestone__plan=town.world.plan)) == []


def both_are_asked_for_again(town: Town) -> None:
    """With what was missing."""
    town.reach(day(16, 10))
    lead = exceptions(town, LEAD, MOVED).follow("Ask for a new date")
    lead.press(
        "Send the request",
        reason="Another builder is found.",
        effect_on_others="None",
        **on_boxes("asked_for_on", day(20, 12)),
    )
    propose(town, "All forty schools agreed.")


def the_date_is_granted(town: Town) -> None:
    """It is in force from then on, stands as slipped, and is overdue no more."""
    town.reach(day(18, 10))
    chair = town.browser(CHAIR).follow(f"Decide on {MOVED}")
    chair.press("Record my decision", becomes="granted", decision="The builder has signed.")
    [moved] = DateChange.objects.filter(milestone__plan=town.world.plan)
    assert (moved.agreed_on, moved.decided_by) == (day(20, 12), town.someone(CHAIR))
    page = milestone(town, MEMBER, MOVED)
    assert "Overdue" not in page.words
    assert "Published 30 September 2024" in page.words
    assert "81 days" in page.words
    assert town.world.milestone(MOVED).due_on == day(30, 9)


def the_completion_is_signed(town: Town) -> None:
    """Not without the tick, and by nobody twice."""
    chair = town.browser(CHAIR).follow(f"Review {DONE}")
    chair.press(f"Record my decision on {DONE}", decision="sign")
    assert "Tick that you have read it before you sign." in chair.words
    chair.press(f"Record my decision on {DONE}", decision="sign", confirmed="on")
    assert town.world.milestone(DONE).stage == "signed_off"
    acts = StageChange.objects.filter(milestone=town.world.milestone(DONE)).order_by("pk")
    assert [(each.act, each.by.name, each.role) for each in acts] == [
        ("proposed", "Workstream lead PA1", ""),
        ("returned", "Joint chair PA1", "joint_chair"),
        ("proposed", "Workstream lead PA1", ""),
        ("signed_off", "Joint chair PA1", "joint_chair"),
    ]
    assert not milestone(town, LEAD, DONE).offers("Reopen with a reason")


def one_return_comes_and_one_does_not(town: Town) -> None:
    """PA1 has one milestone left to report on; AI1 says nothing until the month is frozen."""
    town.reach(day(5, 11))
    lead = town.browser(LEAD).follow("Update 1 milestone")
    assert "The offer was drafted." in lead.words
    lead.press(f"Save this row : {MOVED}", **typed("The builder began."))
    lead.press("Check and submit")
    accept(town, "PA1", "October 2024")
    assert returns_of(town, 10) == {"PA1": "accepted", "AI1": "draft"}
    town.reach(day(11, 11))
    assert state_of(town, 10) == "reported"
    assert [pack.revision for pack in packs_of(town, 10)] == [1]
    assert "board" in issue_packs(town, 10)
    packs = town.browser(MEMBER).follow("Governance").follow("Packs")
    page = packs.follow("Board pack of October 2024")
    for words in ("The builder began.", "The builder has signed.", "AI1.1-1"):
        assert words in page.words


def the_ladder_goes_up(town: Town) -> None:
    """Two working days late the office is told, five late the executive's chair; each once."""
    town.reach(day(14, 11))
    late, to_do, missing = (
        "2 overdue milestones",
        "1 return to hand in",
        "1 return not handed in",
    )
    assert town.letters(town.someone(OFFICE), since=day(1, 10)) == [
        (11, 11, f"4 matters wait for you: {missing}, 3 packs to release")
    ]
    assert town.letters(town.someone(EXECUTIVE), since=day(1, 10)) == [
        (11, 14, f"1 matter waits for you: {missing}")
    ]
    assert town.letters(town.world.other_lead, since=day(10, 10)) == [
        (10, 14, f"2 matters wait for you: {late}"),
        (10, 21, f"2 matters wait for you: {late}"),
        (10, 28, f"2 matters wait for you: {late}"),
        (10, 29, f"3 matters wait for you: {late}, {to_do}"),
        (11, 4, f"3 matters wait for you: {late}, {to_do}"),
        (11, 5, f"3 matters wait for you: {late}, {to_do}"),
        (11, 7, f"3 matters wait for you: {late}, {to_do}"),
        (11, 11, f"3 matters wait for you: {late}, {missing}"),
    ]
    # Who handed in, and who was granted a date and signed for, is left alone
    assert town.letters(town.someone(LEAD), since=day(10, 10)) == [
        (10, 14, "1 matter waits for you: 1 overdue milestone"),
        (
            *(10, 15),
            f"4 matters wait for you: {late}, 1 new date refused, 1 proposal sent back",
        ),
        (10, 29, f"1 matter waits for you: {to_do}"),
        (11, 5, f"1 matter waits for you: {to_do}"),
    ]
    # A request is told the next morning, then on Mondays
    assert town.letters(town.someone(CHAIR), since=day(2, 9)) == [
        (10, number, "2 matters wait for you: 1 date to decide, 1 proposal to sign")
        for number in (11, 14, 17)
    ]
