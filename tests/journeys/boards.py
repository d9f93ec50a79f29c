"""The boards: who sits in them, their year, and a meeting of the board with all that belongs to it."""

from tests.journeys.quarter import (
    at_meeting,
    attended,
    dated,
    governance,
    group_of,
    meeting_of,
    minutes,
    on,
    paper,
    seat_of,
    sits,
)
from tests.journeys.steps import CHAIR, EXECUTIVE, FORUM, LEAD, MEMBER, OFFICE, day, refused
from tests.journeys.town import Town

BOARD_DAY, NEXT_BOARD_DAY = day(19, 9), day(17, 10)
QUESTION, TASK = "Fund a second team?", "Advertise the second team"


def play(town: Town) -> None:
    """From empty groups to agreed minutes, and to the meeting that has before it what was left open."""
    groups_are_filled(town)
    a_year_is_planned(town)
    an_agenda_goes_out(town)
    a_decision_is_asked_for_and_taken(town)
    an_action_is_raised(town)
    minutes_are_agreed(town)
    what_is_open_is_carried_on(town)


def groups_are_filled(town: Town) -> None:
    """Taken over from the plan; what is missing in them is said until it is there."""
    office = governance(town, OFFICE, "Groups")
    office.press("Take over from the plan")
    assert "Board : No joint chair sits for education." in office.words
    sits(town, "Board", CHAIR, "joint_chair", "education")
    sits(town, "Board", town.world.second_chair, "joint_chair", "health")
    sits(town, "Board", MEMBER, "member", "social_care")
    sits(town, "Board", FORUM, "parent_carer_representative", "families")
    sits(town, "Executive", EXECUTIVE, "chair", "other")
    sits(town, "Executive", CHAIR, "member", "education")
    office = governance(town, OFFICE, "Groups")
    assert "Board : No joint chair sits for education." not in office.words
    assert "Board : No joint chair sits for social care." in office.words
    assert not governance(town, CHAIR, "Groups").follow("Board").offers("Somebody joins")


def a_year_is_planned(town: Town) -> None:
    """The days are shown before they are planned; the Executive meets less often."""
    for group, rhythm, first, planned in (
        ("Board", "monthly", "2024-09", 12),
        ("Executive", "two_monthly", "2024-10", 6),
    ):
        office = governance(town, OFFICE, "Groups").follow(group).follow("Plan a year of meetings")
        days = {"rhythm": rhythm, "first": first, "starts": "14:00", "ends": "16:00"}
        third_thursday = {"week": "3", "weekday": "3", "place": "County Hall"}
        office.press("Show the days", **days, **third_thursday)
        assert "Thursday 17 October 2024" in office.words
        assert group_of(town, group.lower()).meetings.count() == 0
        office.press("Plan these meetings", **days, **third_thursday)
        assert f"{planned} meetings are planned for {group}." in office.words


def an_agenda_goes_out(town: Town) -> None:
    """The office adds an item and its paper; members read both, others only when it is."""
    meeting = meeting_of(town, "board", BOARD_DAY)
    office = at_meeting(town, OFFICE, meeting).follow("Add an item")
    office.press("Add it", title="Waiting times", purpose="decision", duration="15")
    office.follow("Attach a paper to Waiting times")
    office.press("Attach it", title="Waits in August", file=paper("waits.txt", "34% in time."))
    office.press("The agenda is out")
    assert "Agenda out" in office.words
    member = at_meeting(town, MEMBER, meeting)
    assert "7. Waiting times" in member.words
    member.open(member.page.links["Waits in August"])
    assert b"".join(member.response.streaming_content) == b"34% in time."
    lead = at_meeting(town, LEAD, meeting)
    assert "Thursday 19 September 2024" in lead.words
    assert "Waiting times" not in lead.words
    assert "County Hall" not in lead.words


def a_decision_is_asked_for_and_taken(town: Town) -> None:
    """A lead asks because of a milestone; a chair decides from the page of the meeting."""
    on(town, day(10, 9))
    lead = governance(town, LEAD, "Decisions").follow("Ask for a decision")
    lead.press(
        "Ask for it",
        group=str(group_of(town, "board").pk),
        question=QUESTION,
        background="Families wait a year.",
        milestone="PA1.1-1",
        what_it_showed="Late since July.",
    )
    assert "Board is asked." in lead.words
    assert QUESTION in town.browser(CHAIR).words
    on(town, BOARD_DAY)
    meeting = meeting_of(town, "board", BOARD_DAY)
    assert not at_meeting(town, CHAIR, meeting).offers(f"Decide on {QUESTION}")
    town.at(meeting.ends_at.time())
    assert not at_meeting(town, MEMBER, meeting).offers(f"Decide on {QUESTION}")
    chair = at_meeting(town, CHAIR, meeting).follow(f"Decide on {QUESTION}")
    assert "Families wait a year." in chair.words
    chair.press("Record the decision", decided="It is funded.", reasons="Waits grow.")
    assert "Decision 1 of Board is recorded." in chair.words
    assert "meeting of 19 September 2024" in chair.words
    assert "PA1.1-1" in chair.words


def an_action_is_raised(town: Town) -> None:
    """For the decision, in the meeting, and its page says so to everybody who sits in it."""
    meeting = meeting_of(town, "board", BOARD_DAY)
    chair = at_meeting(town, CHAIR, meeting).follow("Raise an action of this meeting")
    decision = group_of(town, "board").decisions.get()
    chair.press(
        "Raise it",
        **dated("due_on", day(10, 10), task=TASK, owner=str(town.someone(LEAD).pk)),
        decision=str(decision.pk),
    )
    member = at_meeting(town, MEMBER, meeting)
    assert "Raised in this meeting 1" in member.words
    assert "No open action stands before it." in member.words
    family = governance(town, FORUM, "Action log").follow(TASK)
    assert town.someone(LEAD).name not in family.words


def minutes_are_agreed(town: Town) -> None:
    """Not while an item has none, and by nobody but a chair; then nothing of them changes."""
    meeting = meeting_of(town, "board", BOARD_DAY)
    at_meeting(town, CHAIR, meeting).press("The meeting is held")
    attended(
        at_meeting(town, OFFICE, meeting),
        seat_of(town, "board", CHAIR),
        seat_of(town, "board", MEMBER),
    )
    chair = at_meeting(town, CHAIR, meeting).press("Agree the minutes")
    assert "There are no minutes yet of “Dashboard”" in chair.words
    assert not minutes(town, OFFICE, meeting, {"Waiting times": "A team is funded."}).offers(
        "Agree the minutes"
    )
    on(town, day(20, 9))
    chair = at_meeting(town, CHAIR, meeting).press("Agree the minutes")
    assert "Agreed on 20 September 2024 by Joint chair PA1." in chair.words
    assert not chair.offers("Change the minutes of Waiting times")
    family = at_meeting(town, FORUM, meeting)
    assert "A team is funded." in family.words
    assert "Joint chair PA1" not in family.words
    assert refused(town, family.address, by=[LEAD]) == {LEAD: 200}
    assert "A team is funded." not in at_meeting(town, LEAD, meeting).words


def what_is_open_is_carried_on(town: Town) -> None:
    """Its owner is told, the next meeting has it before it, overdue; closed, the counts say so."""
    on(town, NEXT_BOARD_DAY)
    town.beat()
    told = [subject for _, _, subject in town.letters(town.someone(LEAD), since=NEXT_BOARD_DAY)]
    assert any("overdue log action" in subject for subject in told), told
    meeting = meeting_of(town, "board", NEXT_BOARD_DAY)
    member = at_meeting(town, MEMBER, meeting)
    assert f"{TASK} Board Number 1 Workstream lead PA1" in member.words
    assert "7 days overdue" in member.words
    lead = town.browser(LEAD).open(group_of(town, "board").log_actions.get().get_absolute_url())
    lead.follow("Close this action").press("Close it", closing_note="Two people start in May.")
    counts = governance(town, MEMBER, "Action log").words
    assert "1 closed since the last meeting 0 open 0 overdue" in counts
