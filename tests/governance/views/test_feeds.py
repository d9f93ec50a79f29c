"""A person's calendar: its address is shown once, and opens nothing a second after they left."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from governance.models import CalendarFeed, Membership
from governance.services import feeds, groups, meetings
from hertsend.accounts.models import RoleAssignment, User
from hertsend.errors import NotAllowed
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at
from tests.governance import sittings
from tests.governance.bodies import joined
from tests.governance.sittings import MEETING_DAY, office
from tests.journeys.office import browser_of, words_of

__all__ = ["built_world", "world"]
YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.fixture
def meeting(world):
    return sittings.planned(world, sittings.board_of(world))


def address(world, key):
    return reverse("governance:calendar-feed", args=[world.plan.slug, key])


def make(world, person):
    with at(TODAY):
        return feeds.make_feed(plan=world.plan, by=person)


def ask(world, key, *, on=TODAY):
    with at(on):
        return Client().get(address(world, key))


def events(answer):
    return [
        (str(each["summary"]), each.decoded("dtstart"), str(each["status"]), int(each["sequence"]))
        for each in Calendar.from_ical(answer.content).walk("VEVENT")
    ]


def leave(world, person):
    seat = Membership.objects.get(person=person, group__key="board")
    with at(TODAY):
        groups.leave(membership=seat, ends_on=YESTERDAY, reason="Left", by=office(world))


def test_a_program_reads_it_without_signing_in(world, meeting):
    answer = ask(world, make(world, sittings.member(world)))

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["Cache-Control"] == "private, no-store"
    starts = dt.datetime(2024, 9, 19, 13, tzinfo=dt.UTC)
    assert events(answer) == [("Board", starts, "CONFIRMED", 0)]


def test_what_it_says_of_a_meeting(world, meeting):
    sittings.own_item(world, meeting, title="Secret item")
    answer = ask(world, make(world, sittings.member(world)))
    event = Calendar.from_ical(answer.content).walk("VEVENT")[0]

    assert str(event["location"]) == "County Hall"
    assert str(event["description"]) == "Join at https://meet.example.org/board"
    assert str(event["url"]).endswith(meeting.get_absolute_url())
    assert "Secret item" not in answer.content.decode()
    assert office(world).email not in answer.content.decode()


def test_a_meeting_that_moves_or_is_cancelled_stays_the_same_event(world, meeting):
    key = make(world, sittings.member(world))
    before = Calendar.from_ical(ask(world, key).content).walk("VEVENT")[0]["uid"]
    with at(TODAY):
        meetings.cancel(meeting=meeting, reason="Snow", base_version=1, by=office(world))
    after = Calendar.from_ical(ask(world, key).content).walk("VEVENT")[0]

    assert after["uid"] == before
    assert (str(after["status"]), int(after["sequence"])) == ("CANCELLED", 1)
    assert str(after["summary"]) == "Board (cancelled)"
    assert "Snow" not in ask(world, key).content.decode()


def test_long_names_are_folded_and_separators_escaped(world, meeting):
    """RFC 5545: no line is longer than 75 octets; commas, semicolons and line ends are escaped."""
    meeting.place = "Room 1; first floor, " + "é" * 100
    meeting.save()
    body = ask(world, make(world, sittings.member(world))).content

    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    assert b"Room 1\\; first floor\\, " in body.replace(b"\r\n ", b"")
    assert str(Calendar.from_ical(body).walk("VEVENT")[0]["location"]) == meeting.place


def test_a_member_who_leaves_has_nothing_a_second_later(world, meeting):
    key = make(world, sittings.member(world))
    leave(world, sittings.member(world))

    assert ask(world, key).status_code == 404


def test_who_leaves_one_of_two_groups_keeps_the_other(world, meeting):
    executive = world.plan.groups.get(key="executive")
    joined(executive, sittings.member(world), by=office(world))
    sittings.planned(world, executive, day=MEETING_DAY)
    key = make(world, sittings.member(world))
    assert [name for name, *_ in events(ask(world, key))] == ["Board", "Executive"]
    leave(world, sittings.member(world))

    assert [name for name, *_ in events(ask(world, key))] == ["Executive"]


def test_without_a_role_or_an_account_it_opens_nothing(world, meeting):
    person = sittings.member(world)
    key = make(world, person)
    role = RoleAssignment.objects.filter(user=person)
    role.model._base_manager.filter(user=person).update(ends_on=YESTERDAY)
    assert ask(world, key).status_code == 404
    role.model._base_manager.filter(user=person).update(ends_on=None)
    assert ask(world, key).status_code == 200
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert ask(world, key).status_code == 404


def test_revoked_or_replaced_it_opens_nothing(world, meeting):
    person = sittings.member(world)
    first = make(world, person)
    second = make(world, person)
    assert (ask(world, first).status_code, ask(world, second).status_code) == (404, 200)
    with at(TODAY):
        assert feeds.revoke_feed(plan=world.plan, by=person) is True
        assert feeds.revoke_feed(plan=world.plan, by=person) is False
    assert ask(world, second).status_code == 404


def test_its_key_is_not_stored(world, meeting):
    key = make(world, sittings.member(world))
    row = CalendarFeed.objects.get()

    assert key not in {str(value) for value in vars(row).values()}
    assert len(key) >= 43


def test_no_key_and_no_other_plan(world, meeting):
    key = make(world, sittings.member(world))

    assert ask(world, "nonsense").status_code == 404
    with at(TODAY):
        assert Client().get(address(world.foreign, key)).status_code == 404


def test_the_office_has_all_meetings_and_outsiders_none(world, meeting):
    assert len(events(ask(world, make(world, office(world))))) == 1
    with at(TODAY), pytest.raises(NotAllowed, match="You sit in no group"):
        feeds.make_feed(plan=world.plan, by=sittings.outsider(world))


def test_the_page_shows_the_address_once(world, meeting):
    browser = browser_of(sittings.member(world))
    here = reverse("governance:meeting-feed", args=[world.plan.slug])
    with at(TODAY):
        assert "You have no calendar." in words_of(browser.get(here))
        made = browser.post(reverse("governance:meeting-feed-make", args=[world.plan.slug]))
        assert "/meetings/feed/" in words_of(made)
        again = words_of(browser.get(here))
        assert "/meetings/feed/" not in again
        assert "You have one, made on" in again
        revoke = reverse("governance:meeting-feed-revoke", args=[world.plan.slug])
        assert "Your calendar has ended" in browser.post(revoke, follow=True).content.decode()
        assert "You have no calendar." in browser.post(revoke, follow=True).content.decode()


def test_a_file_for_one_meeting(world, meeting):
    where = reverse("governance:meeting-file", args=[world.plan.slug, "board", meeting.number])
    with at(TODAY):
        answer = browser_of(sittings.family(world)).get(where)
        refused = browser_of(sittings.outsider(world)).get(where)

    assert answer.headers["Content-Disposition"] == 'attachment; filename="board-2024-09-19.ics"'
    assert [name for name, *_ in events(answer)] == ["Board"]
    assert refused.status_code == 403
