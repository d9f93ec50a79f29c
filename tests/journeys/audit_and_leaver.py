"""An audit whose findings lead to the log and are told to the board, and a member who leaves."""

from governance.models import Audit
from tests.journeys.quarter import (
    at_meeting,
    calendar,
    dated,
    governance,
    group_of,
    meeting_of,
    on,
    seat_of,
    subscribed,
)
from tests.journeys.steps import CHAIR, FORUM, LEAD, MEMBER, OFFICE, day, refused
from tests.journeys.town import Town

FINDING = "Half of the plans name no outcome."


def play(town: Town) -> None:
    """The audit from plan to board, then the leaver's last and next click."""
    an_audit_is_done(town)
    a_finding_leads_to_an_action(town)
    a_member_leaves(town)


def an_audit_is_done(town: Town) -> None:
    """Planned, done with findings, and told to the board; families have no door to it."""
    on(town, day(4, 11))
    office = governance(town, OFFICE, "Audits").follow("Plan an audit")
    office.press(
        "Put it in",
        **dated("planned_on", day(4, 11), title="Plans of autumn", kind="audit"),
        focus="Whether outcomes can be measured.",
        auditor="Quality assurance team",
    )
    assert "A1 is in the programme." in office.words
    office.follow("It is done")
    office.press(
        "Save the report",
        **dated("done_on", day(4, 11), summary="Mixed.", link="https://example.org/a"),
    )
    office.follow("Note a finding").press("Note it", kind="to_improve", text=FINDING)
    assert "Not yet reported" in governance(town, MEMBER, "Audits").words
    assert refused(town, office.path) == {LEAD: 200, CHAIR: 200, MEMBER: 200, FORUM: 403}


def a_finding_leads_to_an_action(town: Town) -> None:
    """From its page into the board's log; each page leads to the other."""
    chair = governance(town, CHAIR, "Audits").follow("A1 Plans of autumn")
    chair.follow("Raise an action because of finding 1")
    assert "Prompted by An audit finding: A1/1" in chair.words
    owner = str(town.someone(MEMBER).pk)
    chair.press(
        "Raise it", **dated("due_on", day(13, 12), task="Train who writes plans", owner=owner)
    )
    assert "An audit finding: A1 Plans of autumn, finding 1" in chair.words
    chair.follow("A1 Plans of autumn, finding 1")
    assert "Train who writes plans Action of Board, open, due 13 December 2024" in chair.words
    office = governance(town, OFFICE, "Audits").follow("A1 Plans of autumn")
    office.follow("It was reported")
    office.press("Save", **dated("reported_on", day(4, 11), group=str(group_of(town, "board").pk)))
    assert Audit.objects.get(plan=town.world.plan).reported_to == group_of(town, "board")


def a_member_leaves(town: Town) -> None:
    """A second later nothing is theirs: no page that was open, no list, no paper, no calendar."""
    on(town, day(5, 11))
    meeting = meeting_of(town, "board", day(21, 11))
    path = calendar(town, MEMBER)
    stays = calendar(town, town.world.second_chair)
    status, events = subscribed(path)
    assert (status, events.count("BEGIN:VEVENT")) == (200, 12)
    member = at_meeting(town, MEMBER, meeting)
    own = group_of(town, "board").log_actions.get(task="Train who writes plans")
    before = [
        member.address,
        own.get_absolute_url(),
        town.url("governance:risk-detail", "R1"),
        town.url("governance:audit-detail", "A1"),
        town.url("governance:meeting-list"),
        town.url("governance:feedback-list"),
    ]
    assert [member.open(each).status for each in before] == [200] * len(before)
    office = governance(town, OFFICE, "Groups").follow("Board")
    office.follow("End the time of Board member")
    office.press("Note it", when="now", reason="Moved to another council.")
    assert "The end is noted." in office.words
    assert [member.open(each).status for each in before] == [404] * len(before)
    assert subscribed(path) == (404, "")
    assert subscribed(stays)[0] == 200
    assert seat_of(town, "board", MEMBER).ends_on == day(4, 11)
    assert "Board member" in at_meeting(town, CHAIR, meeting_of(town, "board", day(19, 9))).words
