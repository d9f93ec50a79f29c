"""The pages of barriers: what waits for help, and the forms of who asks and who answers."""

import pytest
from django.urls import reverse

from governance import matters
from governance.models import Barrier
from hertsend.accounts.roles import Role
from tests.factories.matters import asked
from tests.factories.world import TODAY, at
from tests.governance.barriers import IN_A_WEEK, WORDS, answered, closed, raised
from tests.journeys.office import browser_of, words_of
from tests.plans.api.calls import address as api_address

DAY = {"needed_by_day": "10", "needed_by_month": "9", "needed_by_year": "2024"}


def address(world, name, *rest):
    return reverse(f"governance:{name}", args=[world.plan.slug, *rest])


def get(person, where):
    with at(TODAY):
        return browser_of(person).get(where)


def post(person, where, /, **data):
    with at(TODAY):
        return browser_of(person).post(where, data, follow=True)


def lead(world):
    return world.people[Role.WORKSTREAM_LEAD]


def chair(world):
    return world.people[Role.JOINT_CHAIR]


def test_a_barrier_is_raised_answered_and_closed(world):
    typed = {name: value for name, value in WORDS.items() if name != "needed_by"} | DAY
    asked = {"workstream": world.workstreams["PA1"].pk, "owner": chair(world).pk}
    page = post(lead(world), address(world, "barrier-add"), **typed, **asked)
    assert "B1 is raised." in words_of(page)
    sent = {"answer": "Room 4.", "base_version": 1}
    page = post(chair(world), address(world, "barrier-answer", "B1"), **sent)
    assert "B1 is answered." in words_of(page)
    assert "Room 4." in words_of(page)
    sent = {"outcome": "The clinic is held.", "base_version": 2}
    page = post(lead(world), address(world, "barrier-close", "B1"), **sent)
    assert "Closed on 3 September 2024" in words_of(page)
    assert Barrier.objects.get().state == "closed"


def test_what_was_typed_stays_beside_what_is_wrong(world):
    typed = WORDS | DAY | {"needed_by_year": "2023", "workstream": world.workstreams["PA1"].pk}
    page = post(lead(world), address(world, "barrier-add"), **typed | {"owner": chair(world).pk})
    assert "today or later" in words_of(page)
    assert WORDS["title"] in page.content.decode()


def test_who_was_overtaken_keeps_what_they_typed(world):
    answered(raised(world), by=chair(world))
    sent = {"answer": "My own words.", "base_version": 1}
    page = post(world.people[Role.PROGRAMME_OFFICE], address(world, "barrier-answer", "B1"), **sent)
    assert page.status_code == 409
    assert "My own words." in page.content.decode()


def test_another_is_asked(world):
    raised(world)
    sent = DAY | {"owner": world.people[Role.BOARD_MEMBER].pk, "reason": "On leave."}
    page = post(chair(world), address(world, "barrier-assign", "B1"), **sent, base_version=1)
    assert "Who sees to B1 is noted." in words_of(page)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Open one", "Answered one"]),
        ("?state=closed", ["Closed one"]),
        ("?state=all", ["Open one", "Answered one", "Closed one"]),
        ("?state=open", ["Open one"]),
        ("?workstream=AI1", []),
    ],
)
def test_the_list_shows_what_waits_first_and_closed_ones_when_asked(world, query, titles):
    closed(raised(world, title="Closed one"), by=lead(world))
    answered(raised(world, title="Answered one"), by=chair(world))
    raised(world, title="Open one")
    words = words_of(get(world.people[Role.ADVISER], address(world, "barrier-list") + query))
    found = [name for name in ("Open one", "Answered one", "Closed one") if name in words]
    assert found == titles
    assert found == sorted(found, key=words.index)
    assert "1 barrier waits for help." in words


def test_families_and_neighbours_find_none(world):
    raised(world)
    families = world.people[Role.PARENT_CARER_REPRESENTATIVE]
    foreign = world.foreign.people[Role.PROGRAMME_OFFICE]
    for where in (address(world, "barrier-list"), address(world, "barrier-detail", "B1")):
        assert get(families, where).status_code == 403
        assert get(foreign, where).status_code == 404


def test_it_waits_for_who_was_asked_until_it_is_answered(world):
    barrier = raised(world)
    found = matters.barriers(asked(world.plan, on=TODAY, held_on=TODAY))
    assert list(found) == [chair(world).pk]
    (matter,) = found[chair(world).pk]
    assert (matter.sentence, matter.day) == ("B1 No room for the clinic", IN_A_WEEK)
    answered(barrier, by=chair(world))
    assert matters.barriers(asked(world.plan, on=TODAY, held_on=TODAY)) == {}


def test_programs_read_the_same(world, api_as):
    raised(world)
    with at(TODAY):
        many = api_as(Role.ADVISER).get(api_address(world, "barriers")).json()
        one = api_as(Role.ADVISER).get(api_address(world, "barriers", "B1")).json()
    assert (many["count"], many["results"]) == (1, [one])
    assert (one["workstream"], one["state"], one["needed_by"], one["is_late"]) == (
        "PA1",
        "open",
        "2024-09-10",
        False,
    )
