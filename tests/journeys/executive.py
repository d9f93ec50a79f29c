"""The second board: the Priority Executive meets on the risk that the board escalated to it."""

from governance.models import Meeting
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
)
from tests.journeys.risk_and_voice import EVENT, EXECUTIVE_DAY, risk_page
from tests.journeys.steps import CHAIR, EXECUTIVE, LEAD, MEMBER, OFFICE, day, refused
from tests.journeys.town import Town

QUESTION, TASK = "Pay a supplement for two years?", "Agree the supplement with both employers"
NEXT_DAY = day(19, 12)


def play(town: Town) -> None:
    """From an agenda that its chair makes to minutes that its chair agrees, and to the next meeting."""
    its_chair_makes_the_agenda(town)
    the_risk_asks_for_a_decision(town)
    it_meets_and_decides(town)
    what_came_of_it_is_its_own(town)
    its_minutes_are_agreed(town)
    its_next_meeting_is_ready(town)


def meeting_now(town: Town) -> Meeting:
    """The Executive's meeting of the quarter."""
    return meeting_of(town, "executive", EXECUTIVE_DAY)


def its_chair_makes_the_agenda(town: Town) -> None:
    """Standing items tell of the risk; the own item has its paper. Members of the board alone get neither."""
    meeting = meeting_now(town)
    chair = at_meeting(town, EXECUTIVE, meeting)
    assert "5. Decisions asked for" in chair.words
    assert "Risks (1 open risk" in chair.words
    chair.follow("Add an item").press(
        "Add it", title="Supplement", purpose="decision", duration="20", presenter="Joint chair PA1"
    )
    chair.follow("Attach a paper to Supplement")
    chair.press("Attach it", title="What it costs", file=paper("cost.txt", "£40,000 a year."))
    assert not at_meeting(town, CHAIR, meeting).offers("Add an item")
    chair.press("The agenda is out")
    reader = at_meeting(town, CHAIR, meeting)
    assert "7. Supplement" in reader.words
    address = reader.page.links["What it costs"]
    reader.open(address)
    assert b"".join(reader.response.streaming_content) == "£40,000 a year.".encode()
    assert "Supplement" not in at_meeting(town, MEMBER, meeting).words
    assert refused(town, address, by=[MEMBER]) == {MEMBER: 403}


def the_risk_asks_for_a_decision(town: Town) -> None:
    """From its page: the Executive's chair finds the question at home and in the meeting."""
    lead = risk_page(town, LEAD).follow("Ask a group for a decision")
    assert "Prompted by" in lead.words
    lead.press(
        "Ask for it",
        group=str(group_of(town, "executive").pk),
        question=QUESTION,
        background="Both posts were advertised twice.",
    )
    assert QUESTION in town.browser(EXECUTIVE).words
    assert QUESTION not in town.browser(CHAIR).words


def it_meets_and_decides(town: Town) -> None:
    """A conflict of interest is noted; its chair decides and gives an action to a member."""
    meeting = meeting_now(town)
    town.at(meeting.ends_at.time())
    chair = at_meeting(town, EXECUTIVE, meeting).press("The meeting is held")
    attended(chair, seat_of(town, "executive", EXECUTIVE), seat_of(town, "executive", CHAIR))
    chair.follow("Note a conflict of interest").press(
        "Note it",
        who="Joint chair PA1",
        interest="Their employer pays.",
        what_was_done="Spoke and did not decide.",
    )
    assert not at_meeting(town, CHAIR, meeting).offers(f"Decide on {QUESTION}")
    chair = at_meeting(town, EXECUTIVE, meeting).follow(f"Decide on {QUESTION}")
    chair.press("Record the decision", decided="It is paid.", reasons="Posts stay empty.")
    assert "Decision 1 of Executive is recorded." in chair.words
    assert f"A risk: R1 {EVENT}" in chair.words
    chair = at_meeting(town, EXECUTIVE, meeting).follow("Raise an action of this meeting")
    owner = str(town.someone(CHAIR).pk)
    decision = str(group_of(town, "executive").decisions.get().pk)
    chair.press(
        "Raise it", **dated("due_on", day(30, 11), task=TASK, owner=owner), decision=decision
    )
    assert "Action 1 of Executive is raised." in chair.words


def what_came_of_it_is_its_own(town: Town) -> None:
    """The two boards keep a log each: who sits in the board alone finds nothing of the Executive's."""
    executive = group_of(town, "executive")
    own = [executive.decisions.get(), executive.log_actions.get()]
    for row in own:
        assert refused(town, row.get_absolute_url(), by=[CHAIR, MEMBER]) == {
            CHAIR: 200,
            MEMBER: 404,
        }
    assert TASK not in governance(town, MEMBER, "Action log").words
    log = governance(town, CHAIR, "Action log")
    assert TASK in log.words
    assert "Advertise the second team" in log.words
    log.press("Apply", group="executive")
    assert "0 closed since the last meeting 1 open 0 overdue" in log.words
    assert "Advertise the second team" not in log.words


def its_minutes_are_agreed(town: Town) -> None:
    """By its own chair, not by a chair of the board who is a member here."""
    meeting = meeting_now(town)
    on(town, day(24, 10))
    minutes(town, EXECUTIVE, meeting, {"Supplement": "Two years are paid."})
    assert not at_meeting(town, CHAIR, meeting).offers("Agree the minutes")
    assert not at_meeting(town, OFFICE, meeting).offers("Agree the minutes")
    chair = at_meeting(town, EXECUTIVE, meeting).press("Agree the minutes")
    assert "Agreed on 24 October 2024 by Executive chair." in chair.words
    reader = at_meeting(town, CHAIR, meeting)
    for words in ("Two years are paid.", "Their employer pays.", "It is paid."):
        assert words in reader.words
    assert reader.words.count(": present") == 2
    assert "Two years are paid." not in at_meeting(town, MEMBER, meeting).words


def its_next_meeting_is_ready(town: Town) -> None:
    """What is open stands before it by itself, not what the board has open; closed, it is counted."""
    chair = at_meeting(town, EXECUTIVE, meeting_of(town, "executive", NEXT_DAY))
    assert "Action log 1" in chair.words
    assert TASK in chair.words
    assert "Advertise the second team" not in chair.words
    owner = town.browser(CHAIR).open(
        group_of(town, "executive").log_actions.get().get_absolute_url()
    )
    owner.follow("Close this action").press("Close it", closing_note="Both employers agree.")
    log = governance(town, CHAIR, "Action log").press("Apply", group="executive")
    assert "1 closed since the last meeting 0 open 0 overdue" in log.words
