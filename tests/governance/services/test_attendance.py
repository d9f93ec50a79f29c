"""Who came, who sent apologies, who came in whose place; and interests that were declared."""

import pytest

from governance.models import Attendance, DeclaredInterest
from governance.selectors import meetings as reads
from governance.services import attendance
from governance.services.attendance import Mark
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at
from tests.governance import sittings
from tests.governance.bodies import joined
from tests.governance.sittings import AFTERWARDS, office

__all__ = ["built_world", "world"]
PRESENT, APOLOGIES = Mark("present"), Mark("apologies")


@pytest.fixture
def board(world):
    return sittings.board_of(world)


@pytest.fixture
def meeting(world, board):
    return sittings.planned(world, board)


def seat(meeting, person):
    return reads.members_on(meeting).get(person=person).pk


def note(meeting, by, *, on=AFTERWARDS, members=None, guests=None, new=(), fingerprint=None):
    with at(on):
        return attendance.note_attendance(
            meeting=meeting,
            members=members or {},
            guests=guests or {},
            new_guests=list(new),
            fingerprint=fingerprint or reads.attendance_fingerprint(meeting),
            by=by,
        )


def noted(meeting):
    return {
        (each.who, each.mark, each.stand_in)
        for each in reads.attendance_of(meeting, with_names=True)
    }


class TestAttendance:
    def test_members_guests_and_stand_ins(self, world, meeting):
        chair, member = sittings.chair(world), sittings.member(world)
        marks = {
            seat(meeting, chair): PRESENT,
            seat(meeting, member): Mark("in_place", " B. Deputy "),
        }
        note(meeting, chair, members=marks, new=[" C. Guest "])

        assert noted(meeting) == {
            (chair.name, "present", ""),
            (member.name, "in_place", "B. Deputy"),
            (sittings.family(world).name, "", ""),
            ("C. Guest", "present", ""),
        }
        assert reads.present_at(meeting) == 3

    def test_what_was_noted_is_changed_and_not_deleted(self, world, meeting):
        chair = seat(meeting, sittings.chair(world))
        note(meeting, office(world), members={chair: PRESENT}, new=["C. Guest"])
        guest = Attendance.objects.get(name="C. Guest")
        note(
            meeting,
            office(world),
            members={chair: APOLOGIES},
            guests={guest.pk: Mark("noted_in_error")},
        )
        assert reads.present_at(meeting) == 0
        assert Attendance.objects.get(membership=chair).history.count() == 2
        assert guest.history.count() == 2

    def test_the_same_again_leaves_no_trace(self, world, meeting):
        chair = seat(meeting, sittings.chair(world))
        for _ in range(2):
            note(meeting, office(world), members={chair: PRESENT})
        assert Attendance.objects.get().history.count() == 1

    def test_before_the_meeting_only_apologies(self, world, meeting):
        chair = seat(meeting, sittings.chair(world))
        with pytest.raises(RuleBroken) as refused:
            note(meeting, office(world), on=TODAY, members={chair: PRESENT}, new=["C. Guest"])
        assert refused.value.errors == {
            f"mark_{chair}": ["Nobody is present yet: the meeting has not begun."],
            "new_guests": ["Guests are noted once the meeting has begun."],
        }
        note(meeting, office(world), on=TODAY, members={chair: APOLOGIES})
        assert Attendance.objects.get().mark == "apologies"

    def test_the_second_of_two_overwrites_nothing(self, world, meeting):
        shown = reads.attendance_fingerprint(meeting)
        chair = seat(meeting, sittings.chair(world))
        note(meeting, office(world), members={chair: PRESENT})
        with pytest.raises(Conflict, match="Somebody noted the attendance"):
            note(meeting, sittings.chair(world), members={chair: APOLOGIES}, fingerprint=shown)
        assert Attendance.objects.get().mark == "present"

    def test_a_guest_is_noted_once(self, world, meeting):
        note(meeting, office(world), new=["C. Guest"])
        with pytest.raises(RuleBroken, match=r"Noted already: C\. Guest"):
            note(meeting, office(world), new=["C. Guest"])
        with pytest.raises(RuleBroken, match=r"Noted already: D\. Guest"):
            note(meeting, office(world), new=["D. Guest", "D. Guest"])

    def test_somebody_of_another_group_is_not_noted(self, world, meeting):
        elsewhere = joined(
            world.plan.groups.get(key="executive"), sittings.outsider(world), by=office(world)
        )
        with pytest.raises(RuleBroken, match="does not sit in the group on that day"):
            note(meeting, office(world), members={elsewhere.pk: PRESENT})

    def test_members_and_outsiders_note_nothing(self, world, meeting):
        for person in (sittings.member(world), sittings.family(world), sittings.outsider(world)):
            with pytest.raises(NotAllowed):
                note(meeting, person, new=["C. Guest"])


class TestInterests:
    def declare(self, meeting, by, **changed):
        given = {
            "item": None,
            "who": "A. Member",
            "interest": "Works there",
            "what_was_done": "Left",
        }
        with at(AFTERWARDS):
            return attendance.declare_interest(meeting=meeting, by=by, **(given | changed))

    def test_on_an_item_or_the_whole_meeting(self, world, meeting):
        item = sittings.own_item(world, meeting)
        one = self.declare(meeting, sittings.chair(world), item=item)
        two = self.declare(meeting, office(world), who=" B. Member ")

        assert (one.item, two.item, two.who) == (item, None, "B. Member")

    def test_pressed_twice_it_is_one(self, world, meeting):
        for _ in range(2):
            self.declare(meeting, office(world), submission_key="k")
        assert DeclaredInterest.objects.count() == 1

    def test_words_left_out_and_items_of_other_meetings(self, world, board, meeting):
        other = sittings.own_item(world, sittings.planned(world, board))
        with pytest.raises(RuleBroken) as refused:
            self.declare(meeting, office(world), item=other, who=" ", interest="", what_was_done="")
        assert set(refused.value.errors) == {"item", "who", "interest", "what_was_done"}

    def test_withdrawn_it_stays_on_record(self, world, meeting):
        row = self.declare(meeting, office(world))
        with at(AFTERWARDS):
            with pytest.raises(RuleBroken, match="Enter why"):
                attendance.withdraw_interest(interest=row, reason=" ", by=office(world))
            attendance.withdraw_interest(interest=row, reason="A slip", by=office(world))
            with pytest.raises(RuleBroken, match="withdrawn already"):
                attendance.withdraw_interest(interest=row, reason="A slip", by=office(world))
        assert DeclaredInterest.objects.get().withdrawn_reason == "A slip"

    def test_members_and_outsiders_note_nothing(self, world, meeting):
        row = self.declare(meeting, office(world))
        for person in (sittings.member(world), sittings.family(world), sittings.outsider(world)):
            with pytest.raises(NotAllowed):
                self.declare(meeting, person)
            with at(AFTERWARDS), pytest.raises(NotAllowed):
                attendance.withdraw_interest(interest=row, reason="A", by=person)
