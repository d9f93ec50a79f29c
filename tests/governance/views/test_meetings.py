"""The pages of meetings: what each reader sees, and that nothing typed is lost."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from governance.models import AgendaItem, Attendance, Meeting, MeetingPaper
from governance.selectors import meetings as reads
from governance.services import agendas, meetings
from governance.services.meetings import Sitting
from hertsend.files import store
from hertsend.records.bases import save_audited
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at, noon
from tests.governance import sittings
from tests.governance.sittings import AFTERWARDS, MEETING_DAY, office
from tests.journeys.office import browser_of, words_of

__all__ = ["built_world", "world"]
RULE = {"week": "3", "weekday": "3", "starts": "14:00", "ends": "16.00", "place": "County Hall"}
DAY = {"day_day": "26", "day_month": "9", "day_year": "2024"}
ITEM = {"title": "Waiting times", "purpose": "decision", "duration": "15"}


@pytest.fixture
def board(world):
    return sittings.board_of(world)


@pytest.fixture
def meeting(world, board):
    return sittings.planned(world, board)


def address(meeting, name, *rest):
    group = meeting.group
    return reverse(f"governance:{name}", args=[group.plan.slug, group.key, meeting.number, *rest])


def get(person, where, *, on=TODAY):
    with at(on):
        return browser_of(person).get(where)


def post(person, where, /, *, on=TODAY, follow=True, **data):
    with at(on):
        return browser_of(person).post(where, data, follow=follow)


class TestTheCalendar:
    def test_the_year_is_shown_before_it_is_planned(self, world, board):
        here = reverse("governance:meeting-plan", args=[world.plan.slug, "board"])
        typed = RULE | {"rhythm": "quarterly", "first": "2024-09"}
        shown = words_of(post(office(world), here, **typed, show="yes"))

        assert "September 2024 Thursday 19 September 2024 – December 2024" in shown
        assert not Meeting.objects.exists()
        page = post(office(world), here, **typed, plan="yes")
        assert "4 meetings are planned for Board." in page.content.decode()
        assert "Thursday 19 December 2024" in words_of(page)
        again = words_of(post(office(world), here, **typed, show="yes"))
        assert "Every month of this year has its meeting." in again

    def test_the_executives_rhythm_and_what_is_before_a_freeze(self, world, board):
        here = reverse("governance:meeting-plan", args=[world.plan.slug, "executive"])
        assert "now: every month" in words_of(get(office(world), here))
        typed = RULE | {"rhythm": "plan", "first": "2024-09", "week": "1", "weekday": "0"}
        shown = words_of(post(office(world), here, **typed, show="yes"))
        assert "Before last month’s report is frozen, on 10 September" in shown

    def test_times_in_disorder_stand_beside_the_field(self, world, board):
        here = reverse("governance:meeting-plan", args=[world.plan.slug, "board"])
        typed = RULE | {"rhythm": "monthly", "first": "2024-09", "ends": "13:00"}
        page = post(office(world), here, **typed, plan="yes")
        assert "The end must come after the start." in words_of(page)
        assert 'value="County Hall"' in page.content.decode()
        nonsense = post(office(world), here, **(typed | {"starts": "noon"}), show="yes")
        assert "Enter a time from 0:00 to 23:59, for example 14:30." in words_of(nonsense)

    def test_members_see_where_and_others_only_when(self, world, meeting):
        here = reverse("governance:meeting-list", args=[world.plan.slug])
        for person, place in ((sittings.family(world), True), (sittings.outsider(world), False)):
            words = words_of(get(person, here))
            assert "Thursday 19 September 2024" in words
            assert ("County Hall" in words) is place

    def test_filters_and_what_is_past(self, world, meeting):
        here = reverse("governance:meeting-list", args=[world.plan.slug])
        assert "No meeting to come matches." in words_of(
            get(office(world), f"{here}?group=executive")
        )
        assert "No past meeting matches." in words_of(get(office(world), f"{here}?when=past"))
        past = words_of(get(office(world), f"{here}?when=past", on=AFTERWARDS))
        assert "Thursday 19 September 2024" in past

    def test_without_a_meeting_it_says_so(self, world, board):
        here = reverse("governance:meeting-list", args=[world.plan.slug])
        assert "No meeting is planned yet." in words_of(get(sittings.outsider(world), here))

    def test_one_more_meeting(self, world, board):
        here = reverse("governance:meeting-add", args=[world.plan.slug, "board"])
        assert "Add a meeting of Board" in words_of(get(office(world), here))
        page = post(
            office(world), here, **DAY, starts="9:30", ends="11:00", link="meet.example.org"
        )
        assert "The meeting is planned." in page.content.decode()
        row = Meeting.objects.get()
        assert (row.link, row.number) == ("https://meet.example.org", 1)


class TestOneMeeting:
    def test_standing_items_lead_to_what_each_reader_may_open(self, world, meeting):
        officer = words_of(get(sittings.member(world), meeting.get_absolute_url()))
        family = words_of(get(sittings.family(world), meeting.get_absolute_url()))

        assert "For assurance Exceptions (0 exceptions now)" in officer
        assert "Dashboard (0 overdue, 0 exceptions now)" in officer
        assert "Decisions (0 wait for this group) Date requests (0 wait now)" in officer
        assert "Action log (0 closed so far, 0 open, 0 overdue)" in officer
        assert "Risks (0 open risks)" in officer
        assert "You said, we did (0 published so far)" in officer
        assert "Decisions (0 wait for this group)" in family
        assert "Date requests" not in family
        assert "Dashboard (" not in family
        assert "2. Exceptions 14:15 · 20 minutes · For assurance 3. Action log" in family
        assert "exceptions now" not in family

    def test_others_see_the_date_and_nothing_else(self, world, meeting):
        with at(TODAY):
            meetings.move(
                meeting=meeting,
                sitting=Sitting(MEETING_DAY, dt.time(15), dt.time(16), "Town Hall"),
                reason="Room taken",
                base_version=1,
                by=office(world),
            )
        words = words_of(get(sittings.outsider(world), meeting.get_absolute_url()))
        assert "15:00 to 16:00" in words
        assert "Moved from Thursday 19 September 2024, 14:00" in words
        for hidden in ("Town Hall", "Room taken", "Dashboard", "Attendance"):
            assert hidden not in words
        member = words_of(get(sittings.member(world), meeting.get_absolute_url()))
        assert "Room taken" in member

    def test_families_see_no_officers_item_and_the_clock_still_fits(self, world, meeting):
        sittings.own_item(world, meeting, title="Staffing", is_officers_only=True)
        sittings.own_item(world, meeting, title="Waiting times")
        family = words_of(get(sittings.family(world), meeting.get_absolute_url()))
        member = words_of(get(sittings.member(world), meeting.get_absolute_url()))

        assert "Staffing" not in family
        assert "7. Waiting times 15:45" in family
        assert "7. Staffing 15:30" in member
        assert "Officers only" in member
        assert "8. Waiting times 15:45" in member

    def test_from_plan_to_agreed_minutes(self, world, meeting):
        chair, here = sittings.chair(world), meeting.get_absolute_url()
        page = post(chair, address(meeting, "meeting-send"), base_version="1")
        assert "The agenda is out." in page.content.decode()
        page = post(chair, address(meeting, "meeting-hold"), base_version="2", on=TODAY)
        assert "It has not begun yet" in page.content.decode()
        assert "The meeting is held" in words_of(get(chair, here, on=AFTERWARDS))
        post(chair, address(meeting, "meeting-hold"), base_version="2", on=AFTERWARDS)
        first, second = meeting.items.all()[:2]
        where = address(meeting, "item-minutes", first.pk)
        page = post(chair, where, minutes_text="Noted.", base_version="1", next="y", on=AFTERWARDS)
        assert f"Minutes of “{second.title}”" in words_of(page)
        sittings.minuted(world, meeting)
        words = words_of(get(sittings.member(world), here, on=AFTERWARDS))
        assert "Draft. These minutes are not agreed yet." in words
        shown = reads.minutes_fingerprint(meeting)
        agree = address(meeting, "meeting-agree")
        page = post(chair, agree, fingerprint=shown, on=AFTERWARDS)
        assert "Nobody is noted as present." in page.content.decode()
        seat = reads.members_on(meeting).get(person=chair).pk
        marks = {f"mark_{seat}": "present", "fingerprint": reads.attendance_fingerprint(meeting)}
        post(chair, address(meeting, "attendance-note"), **marks, on=AFTERWARDS)
        page = post(chair, agree, fingerprint=shown, on=AFTERWARDS)
        assert "were changed after you opened the page" in page.content.decode()
        page = post(chair, agree, fingerprint=reads.minutes_fingerprint(meeting), on=AFTERWARDS)
        assert "The minutes are agreed." in page.content.decode()
        assert f"Agreed on 20 September 2024 by {chair.name}." in words_of(page)
        assert "Change the minutes" not in words_of(page)

    @pytest.mark.parametrize(
        ("pressed", "says"),
        [
            ((), "Press “The agenda is out”, then “The meeting is held”"),
            (("meeting-send",), "Press “The meeting is held”, so that minutes can be written."),
        ],
    )
    def test_whose_time_has_passed_it_says_what_is_to_be_done(self, world, meeting, pressed, says):
        for act in pressed:
            post(office(world), address(meeting, act), base_version=meeting.version)
        here = meeting.get_absolute_url()
        for person, cancels in (
            (office(world), "Or cancel it, if it did not take place."),
            (sittings.chair(world), "The programme office cancels it, if it did not take place."),
        ):
            words = words_of(get(person, here, on=AFTERWARDS))
            assert f"Its time has passed {says}" in words
            assert cancels in words
            assert "Its time has passed" not in words_of(get(person, here))
        assert "Its time has passed" not in words_of(
            get(sittings.member(world), here, on=AFTERWARDS)
        )

    def test_agreed_minutes_are_reopened_with_a_reason(self, world, meeting):
        row = sittings.minuted(world, sittings.held(world, meeting))
        row.state, row.minutes_agreed_by = "minutes_agreed", sittings.chair(world)
        row.minutes_agreed_at = noon(AFTERWARDS)
        save_audited(row, by=sittings.chair(world), reason="Set up for a test")
        where = address(row, "meeting-reopen")
        opened = {
            person: where in get(person, row.get_absolute_url(), on=AFTERWARDS).content.decode()
            for person in (office(world), sittings.chair(world))
        }
        assert opened == {office(world): True, sittings.chair(world): False}
        version = row.version
        empty = post(office(world), where, on=AFTERWARDS, base_version=version, reason="")
        assert "There is a problem" in empty.content.decode()
        done = post(office(world), where, on=AFTERWARDS, base_version=version, reason="A slip.")
        assert "The minutes are a draft again." in done.content.decode()
        member = words_of(get(sittings.member(world), row.get_absolute_url(), on=AFTERWARDS))
        assert "Agreed minutes were reopened on 20 September 2024 A slip." in member

    def test_moved_cancelled_and_overtaken(self, world, meeting):
        move, cancel = address(meeting, "meeting-move"), address(meeting, "meeting-cancel")
        typed = DAY | {"starts": "14:00", "ends": "16:00", "reason": "Half term"}
        page = post(office(world), move, **typed, base_version="1")
        assert "It is moved." in page.content.decode()
        late = post(office(world), move, **(typed | {"place": "Mine"}), base_version="1")
        assert late.status_code == 409
        assert 'value="Mine"' in late.content.decode()
        assert "What is stored now beside what you typed" in words_of(late)
        page = post(office(world), cancel, base_version="1", reason="Snow")
        assert page.status_code == 409
        page = post(office(world), cancel, base_version="2", reason="Snow")
        assert "It does not take place Snow" in words_of(page)

    def test_the_neighbours_meetings_are_not_there(self, world, meeting):
        foreign = office(world.foreign)
        assert get(foreign, meeting.get_absolute_url()).status_code == 404
        assert get(office(world), address(meeting, "item-edit", 987_654)).status_code == 404
        assert Client().get(meeting.get_absolute_url()).status_code == 302


class TestTheAgenda:
    def test_an_item_is_added_changed_ordered_and_taken_off(self, world, meeting):
        chair = sittings.chair(world)
        page = post(chair, address(meeting, "item-add"), **ITEM, base_version="1")
        assert "7. Waiting times" in words_of(page)
        item = AgendaItem.objects.get(title="Waiting times")
        page = post(chair, address(meeting, "item-order", item.pk), earlier="yes")
        assert "6. Waiting times" in words_of(page)
        edit = address(meeting, "item-edit", item.pk)
        page = post(chair, edit, **(ITEM | {"presenter": "A. Lead"}), base_version="1")
        assert "A. Lead" in words_of(page)
        late = post(chair, edit, **(ITEM | {"title": "Mine"}), base_version="1")
        assert late.status_code == 409
        assert "Waiting times Mine" in words_of(late)
        assert "Presenter set to “A. Lead”." in words_of(get(chair, edit))
        page = post(chair, address(meeting, "item-withdraw", item.pk), reason="Next time")
        assert "1 item taken off Waiting times: Next time" in words_of(page)
        page = post(chair, address(meeting, "item-order", item.pk), earlier="yes")
        assert "This item was taken off the agenda." in page.content.decode()

    def test_what_is_wrong_stands_beside_the_field(self, world, meeting):
        page = post(
            office(world),
            address(meeting, "item-add"),
            title="Mine",
            duration="0",
            base_version="1",
        )
        words = words_of(page)
        assert "Enter at least 1 minute." in words
        assert "Select what the item is for." in words
        assert 'value="Mine"' in page.content.decode()

    def test_a_chair_who_is_a_parent_finds_no_officers_item(self, world, meeting):
        item = sittings.own_item(world, meeting, is_officers_only=True)
        seat = reads.members_on(meeting).get(person=sittings.family(world))
        seat.capacity = "chair"
        seat.save()
        family = sittings.family(world)
        assert get(family, address(meeting, "item-edit", item.pk)).status_code == 404
        assert get(family, address(meeting, "item-add")).status_code == 200

    def test_overtaken_minutes_stand_beside_the_others(self, world, meeting):
        sittings.held(world, meeting)
        item = meeting.items.first()
        where = address(meeting, "item-minutes", item.pk)
        post(office(world), where, minutes_text="First.", base_version="1", on=AFTERWARDS)
        late = post(
            sittings.chair(world), where, minutes_text="Second.", base_version="1", on=AFTERWARDS
        )
        assert late.status_code == 409
        assert "First. Second." in words_of(late)


class TestPapers:
    @pytest.fixture
    def item(self, world, meeting):
        return sittings.own_item(world, meeting)

    def test_it_is_handed_out_to_be_saved(self, world, meeting, item):
        where = address(meeting, "paper-add", item.pk)
        handed = SimpleUploadedFile("Figures.txt", b"12 weeks")
        page = post(office(world), where, title="Figures", file=handed)
        assert "Figures" in words_of(page)
        paper = MeetingPaper.objects.get()
        file = address(meeting, "paper-file", paper.pk)
        answer = get(sittings.family(world), file)
        assert b"".join(answer.streaming_content) == b"12 weeks"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="Figures.txt"'
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"].startswith("sandbox")
        assert get(sittings.outsider(world), file).status_code == 403
        post(office(world), address(meeting, "paper-withdraw", paper.pk), reason="Names a child")
        assert get(office(world), file).status_code == 404
        edit = words_of(get(office(world), address(meeting, "item-edit", item.pk)))
        assert "Names a child" in edit

    def test_a_paper_for_officers_is_not_there_for_families(self, world, meeting):
        item = sittings.own_item(world, meeting, is_officers_only=True)
        received = store.receive(SimpleUploadedFile("Staffing.txt", b"Vacancies"))
        with at(TODAY):
            paper = agendas.add_paper(item=item, title="S", file=received, by=office(world))
        file = address(meeting, "paper-file", paper.pk)
        assert get(sittings.family(world), file).status_code == 404
        assert get(sittings.member(world), file).getvalue() == b"Vacancies"
        store.place_of(received.sha256).unlink()
        assert get(sittings.member(world), file).status_code == 404

    def test_a_file_is_not_chosen_twice(self, world, meeting, item):
        where = address(meeting, "paper-add", item.pk)
        handed = SimpleUploadedFile("Figures.txt", b"13 weeks")
        page = post(office(world), where, title="", file=handed)
        assert "Chosen: Figures.txt" in words_of(page)
        again = post(office(world), where, title="F", ticket=page.context["form"].data["ticket"])
        assert "Attached: F." in again.content.decode()
        nothing = post(office(world), where, title="F")
        assert "Choose the file." in words_of(nothing)
        active = SimpleUploadedFile("run.exe", b"MZ\x90\x00")
        assert "not a kind of file" in words_of(post(office(world), where, title="F", file=active))


class TestAttendanceAndInterests:
    def test_who_came_and_in_whose_place(self, world, meeting):
        here = address(meeting, "attendance-note")
        assert sittings.family(world).name in words_of(get(office(world), here))
        chair, member = (
            reads.members_on(meeting).get(person=who(world)).pk
            for who in (sittings.chair, sittings.member)
        )
        typed = {
            f"mark_{chair}": "present",
            f"mark_{member}": "in_place",
            f"stand_in_{member}": "B. Deputy",
            "new_guests": "C. Guest\n\nD. Guest",
            "fingerprint": reads.attendance_fingerprint(meeting),
        }
        wrong = post(office(world), here, **(typed | {f"stand_in_{member}": ""}), on=AFTERWARDS)
        assert "Enter who came in their place." in words_of(wrong)
        assert "D. Guest" in wrong.content.decode()
        words = words_of(post(office(world), here, **typed, on=AFTERWARDS))
        assert "B. Deputy came in their place" in words
        assert "C. Guest" in words
        late = post(office(world), here, **(typed | {"new_guests": "E. Guest"}), on=AFTERWARDS)
        assert late.status_code == 409
        assert "E. Guest" in late.content.decode()
        again = {
            name: late.context["form"][name].value() or "" for name in late.context["form"].fields
        }
        assert again[f"stand_in_{member}"] == "B. Deputy"
        done = post(office(world), here, **again, on=AFTERWARDS)
        assert "The attendance is noted." in done.content.decode()
        assert Attendance.objects.filter(membership=None).count() == 3

    def test_an_interest_is_noted_and_withdrawn(self, world, meeting):
        chair = sittings.chair(world)
        typed = {"who": "A. Member", "interest": "Works there", "what_was_done": "Left"}
        page = post(chair, address(meeting, "interest-add"), **typed, item=meeting.items.first().pk)
        assert "A. Member Works there On: Dashboard Left" in words_of(page)
        row = meeting.interests.get()
        page = post(chair, address(meeting, "interest-withdraw", row.pk), reason="A slip")
        assert "None was declared." in words_of(page)
        wrong = post(chair, address(meeting, "interest-add"), who="A. Member")
        assert 'value="A. Member"' in wrong.content.decode()
