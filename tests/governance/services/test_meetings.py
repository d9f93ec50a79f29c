"""Meetings are planned for a year, moved, cancelled, held, and their minutes agreed."""

import datetime as dt

import pytest

from governance.enums import Rhythm
from governance.models import AgendaItem, Meeting
from governance.policies.meetings import DayRule, months_with_meetings
from governance.selectors import meetings as reads
from governance.services import attendance, groups, meetings
from governance.services.attendance import Mark
from governance.services.meetings import Sitting
from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at
from tests.governance import sittings
from tests.governance.sittings import AFTERWARDS, MEETING_DAY, TIMES, office

__all__ = ["built_world", "world"]

MONTHS = months_with_meetings(dt.date(2024, 9, 1), rhythm=Rhythm.QUARTERLY, spans=())
THIRD_THURSDAY = DayRule(3, 3)
LATER = Sitting(day=MEETING_DAY + dt.timedelta(days=7), place="Town Hall", **TIMES)


@pytest.fixture
def board(world):
    return sittings.board_of(world)


@pytest.fixture
def meeting(world, board):
    return sittings.planned(world, board)


def plan_year(world, board, *, by=None, **changed):
    given = {"months": MONTHS, "rule": THIRD_THURSDAY, "place": "County Hall"} | TIMES
    with at(TODAY):
        return meetings.plan_year(group=board, by=by or office(world), **(given | changed))


def not_office(world):
    return [person for role, person in world.people.items() if role != Role.PROGRAMME_OFFICE]


class TestPlanning:
    def test_a_year_has_its_days_and_standing_items(self, world, board):
        made = plan_year(world, board)

        assert [(row.number, sittings.when(row.starts_at).isoformat()) for row in made] == [
            (1, "2024-09-19"),
            (2, "2024-12-19"),
            (3, "2025-03-20"),
            (4, "2025-06-19"),
        ]
        assert [(item.position, item.kind, item.duration) for item in made[0].items.all()] == [
            (1, "dashboard", 15),
            (2, "exceptions", 20),
            (3, "action_log", 10),
            (4, "risks", 15),
            (5, "decisions_asked", 20),
            (6, "voice_of_families", 10),
        ]
        assert made[0].history.get().history_user == office(world)

    def test_again_plans_nothing_twice(self, world, board):
        first = plan_year(world, board)[0]
        with at(TODAY):
            meetings.move(
                meeting=first, sitting=LATER, reason="Room", base_version=1, by=office(world)
            )
            meetings.cancel(meeting=first, reason="Snow", base_version=2, by=office(world))

        assert plan_year(world, board) == []
        assert Meeting.objects.count() == 4

    def test_a_group_that_ends_has_no_meeting_after_its_end(self, world, board):
        delivery = world.plan.groups.get(key="delivery")
        with at(TODAY):
            groups.end_group(
                group=delivery, ends_on=dt.date(2024, 12, 31), reason="Done", by=office(world)
            )
        assert len(plan_year(world, delivery)) == 2

    def test_a_group_that_has_ended_has_none(self, world, board):
        delivery = world.plan.groups.get(key="delivery")
        with at(TODAY):
            groups.end_group(group=delivery, ends_on=TODAY, reason="Done", by=office(world))
        with at(AFTERWARDS), pytest.raises(RuleBroken, match="This group has ended"):
            meetings.add_meeting(group=delivery, sitting=LATER, by=office(world))

    def test_only_the_programme_office_plans(self, world, board):
        for person in not_office(world):
            with pytest.raises(NotAllowed, match="plan meetings"):
                plan_year(world, board, by=person)
            with at(TODAY), pytest.raises(NotAllowed):
                meetings.add_meeting(group=board, sitting=LATER, by=person)
        assert not Meeting.objects.exists()

    def test_times_in_disorder_plan_nothing(self, world, board):
        with pytest.raises(RuleBroken, match="The end must come after the start"):
            plan_year(world, board, ends=dt.time(13))
        assert not Meeting.objects.exists()

    def test_pressed_twice_it_is_one_meeting(self, world, board):
        with at(TODAY):
            one, two = (
                meetings.add_meeting(
                    group=board, sitting=LATER, by=office(world), submission_key="k"
                )
                for _ in range(2)
            )
        assert one == two
        assert (one.number, one.month, one.place) == (1, None, "Town Hall")
        assert AgendaItem.objects.count() == 6


class TestMoving:
    def test_it_says_from_when_and_why(self, world, meeting):
        first = meeting.starts_at
        with at(TODAY):
            row = meetings.move(
                meeting=meeting,
                sitting=LATER,
                reason=" Half term ",
                base_version=1,
                by=office(world),
            )
            again = meetings.move(
                meeting=row,
                sitting=Sitting(day=MEETING_DAY + dt.timedelta(days=9), **TIMES),
                reason="Election",
                base_version=2,
                by=office(world),
            )
        assert (again.moved_from, again.moved_reason, again.version) == (first, "Election", 3)
        assert (again.place, again.link) == ("", "")
        reasons = list(again.history.values_list("history_change_reason", flat=True))
        assert reasons == ["Election", "Half term", "Added"]

    def test_another_place_is_no_move(self, world, meeting):
        here = Sitting(day=MEETING_DAY, place="Town Hall", **TIMES)
        with at(TODAY):
            row = meetings.move(
                meeting=meeting, sitting=here, reason="Bigger", base_version=1, by=office(world)
            )
        assert (row.place, row.moved_from, row.moved_reason) == ("Town Hall", None, "")

    def test_a_reason_is_needed(self, world, meeting):
        with at(TODAY), pytest.raises(RuleBroken, match="Enter the reason"):
            meetings.move(
                meeting=meeting, sitting=LATER, reason=" ", base_version=1, by=office(world)
            )

    def test_the_second_of_two_is_told_what_is_stored(self, world, meeting):
        with at(TODAY):
            meetings.move(
                meeting=meeting, sitting=LATER, reason="A", base_version=1, by=office(world)
            )
            with pytest.raises(Conflict) as refused:
                meetings.move(
                    meeting=meeting,
                    sitting=Sitting(day=MEETING_DAY, **TIMES),
                    reason="B",
                    base_version=1,
                    by=office(world),
                )
        assert refused.value.current == {
            "day": LATER.day,
            "starts": dt.time(14),
            "ends": dt.time(16),
            "place": "Town Hall",
            "link": "",
        }
        assert refused.value.submitted["day"] == MEETING_DAY

    def test_only_what_is_to_come_moves(self, world, meeting):
        row = sittings.held(world, meeting)
        with at(AFTERWARDS), pytest.raises(RuleBroken, match="stays as it is"):
            meetings.move(
                meeting=row, sitting=LATER, reason="A", base_version=row.version, by=office(world)
            )

    def test_only_the_programme_office_moves_and_cancels(self, world, meeting):
        for person in not_office(world):
            with at(TODAY), pytest.raises(NotAllowed):
                meetings.move(meeting=meeting, sitting=LATER, reason="A", base_version=1, by=person)
            with at(TODAY), pytest.raises(NotAllowed):
                meetings.cancel(meeting=meeting, reason="A", base_version=1, by=person)


class TestCancelling:
    def test_it_says_why_and_stays(self, world, meeting):
        with at(TODAY):
            row = meetings.cancel(meeting=meeting, reason="Snow", base_version=1, by=office(world))
            assert (row.state, row.cancelled_reason) == ("cancelled", "Snow")
            with pytest.raises(RuleBroken, match="This meeting is “cancelled”"):
                meetings.cancel(meeting=row, reason="Snow", base_version=2, by=office(world))

    def test_a_reason_is_needed(self, world, meeting):
        with at(TODAY), pytest.raises(RuleBroken, match="Enter the reason"):
            meetings.cancel(meeting=meeting, reason="", base_version=1, by=office(world))


class TestTheAgendaOutAndTheMeetingHeld:
    def test_a_chair_sends_it_out_and_notes_it_as_held(self, world, meeting):
        with at(TODAY):
            out = meetings.send_agenda(meeting=meeting, base_version=1, by=sittings.chair(world))
        assert out.state == "agenda_out"
        with at(TODAY), pytest.raises(RuleBroken, match="It has not begun yet"):
            meetings.hold(meeting=out, base_version=2, by=sittings.chair(world))
        with at(AFTERWARDS):
            held = meetings.hold(meeting=out, base_version=2, by=sittings.chair(world))
        assert (held.state, held.version) == ("held", 3)

    def test_members_do_not(self, world, meeting):
        for person in (sittings.member(world), sittings.family(world), sittings.outsider(world)):
            with at(TODAY), pytest.raises(NotAllowed, match="Only the chairs of this group"):
                meetings.send_agenda(meeting=meeting, base_version=1, by=person)

    def test_an_older_page_sends_nothing(self, world, meeting):
        with at(TODAY), pytest.raises(Conflict, match="Somebody changed this meeting"):
            meetings.send_agenda(meeting=meeting, base_version=9, by=office(world))

    def test_an_empty_agenda_does_not_go_out(self, world, meeting):
        for item in meeting.items.all():
            item.withdrawn_reason = "Not this time"
            item.save()
        with at(TODAY), pytest.raises(RuleBroken, match="Nothing stands on the agenda"):
            meetings.send_agenda(meeting=meeting, base_version=1, by=office(world))


class TestAgreeing:
    @pytest.fixture
    def ready(self, world, meeting):
        row = sittings.minuted(world, sittings.held(world, meeting))
        with at(AFTERWARDS):
            seat = reads.members_on(row).get(person=sittings.chair(world))
            attendance.note_attendance(
                meeting=row,
                members={seat.pk: Mark("present")},
                guests={},
                new_guests=[],
                fingerprint=reads.attendance_fingerprint(row),
                by=office(world),
            )
        return row

    def agree(self, meeting, *, by, fingerprint=None):
        shown = fingerprint or reads.minutes_fingerprint(meeting)
        with at(AFTERWARDS):
            return meetings.agree_minutes(meeting=meeting, fingerprint=shown, by=by)

    def test_a_chair_agrees_them_as_shown(self, world, ready):
        row = self.agree(ready, by=sittings.chair(world))

        assert (row.state, row.minutes_agreed_by) == ("minutes_agreed", sittings.chair(world))
        assert row.minutes_agreed_at.date() == AFTERWARDS

    def test_nobody_else_does(self, world, ready):
        for person in (office(world), sittings.member(world), sittings.outsider(world)):
            with pytest.raises(NotAllowed, match="Only a chair of this group"):
                self.agree(ready, by=person)

    def test_not_what_was_changed_since(self, world, ready):
        shown = reads.minutes_fingerprint(ready)
        sittings.minuted(world, ready)
        with pytest.raises(Conflict, match="were changed after you opened the page"):
            self.agree(ready, by=sittings.chair(world), fingerprint=shown)

    def test_not_without_an_item(self, world, ready):
        sittings.own_item(world, ready)
        with pytest.raises(RuleBroken, match="There are no minutes yet of “Waiting times”"):
            self.agree(ready, by=sittings.chair(world))

    def reopen(self, meeting, *, by, reason="The wrong figure stands there.", version=None):
        with at(AFTERWARDS):
            return meetings.reopen_minutes(
                meeting=meeting, reason=reason, base_version=version or meeting.version, by=by
            )

    def test_the_office_reopens_them_and_they_are_agreed_again(self, world, ready):
        agreed = self.agree(ready, by=sittings.chair(world))
        row = self.reopen(agreed, by=office(world))
        assert (row.state, row.minutes_agreed_by, row.minutes_agreed_at) == ("held", None, None)
        assert row.reopened_reason == "The wrong figure stands there."
        trail = list(row.history.values_list("state", "history_change_reason")[:2])
        assert trail == [
            ("held", "The wrong figure stands there."),
            ("minutes_agreed", "The minutes are agreed"),
        ]
        sittings.minuted(world, row)
        again = self.agree(row, by=sittings.chair(world))
        assert (again.state, again.reopened_reason) == ("minutes_agreed", row.reopened_reason)

    def test_nobody_else_reopens_and_a_chair_does_not_hold_it_anew(self, world, ready):
        agreed = self.agree(ready, by=sittings.chair(world))
        for person in (sittings.chair(world), sittings.member(world), sittings.outsider(world)):
            with pytest.raises(NotAllowed):
                self.reopen(agreed, by=person)
        with at(AFTERWARDS), pytest.raises(RuleBroken, match="cannot become “held”"):
            meetings.hold(meeting=agreed, base_version=agreed.version, by=sittings.chair(world))
        assert Meeting.objects.get(pk=agreed.pk).state == "minutes_agreed"

    def test_not_without_a_reason_nor_from_an_older_page_nor_what_is_a_draft(self, world, ready):
        with pytest.raises(RuleBroken, match="there is nothing to reopen"):
            self.reopen(ready, by=office(world))
        agreed = self.agree(ready, by=sittings.chair(world))
        with pytest.raises(RuleBroken, match="Enter the reason"):
            self.reopen(agreed, by=office(world), reason=" ")
        with pytest.raises(Conflict, match="Somebody changed this meeting"):
            self.reopen(agreed, by=office(world), version=agreed.version - 1)

    def test_a_chair_who_left_agrees_nothing(self, world, ready):
        seat = reads.members_on(ready).get(person=sittings.chair(world))
        with at(AFTERWARDS):
            groups.leave(membership=seat, ends_on=MEETING_DAY, reason="Moved", by=office(world))
        with pytest.raises(NotAllowed):
            self.agree(ready, by=sittings.chair(world))
