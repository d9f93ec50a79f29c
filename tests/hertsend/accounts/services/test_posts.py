"""Putting people in posts and ending it."""

import datetime as dt

import pytest

from hertsend.accounts.models import PostHolding
from hertsend.accounts.roles import Role
from hertsend.accounts.services import posts
from hertsend.errors import NotAllowed, RuleBroken
from tests.factories.world import TODAY, at

YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _today():
    with at(TODAY):
        yield


@pytest.fixture
def administrator(world):
    return world.people[Role.ADMINISTRATOR]


def put(world, person, *, by, **changes):
    given = {"starts_on": TODAY}
    return posts.put_in_post(post=world.posts["PA1"], person=person, by=by, **(given | changes))


def trail(row):
    return [
        (
            entry.history_type,
            entry.ends_on,
            entry.is_cancelled,
            entry.history_user,
            entry.history_change_reason,
        )
        for entry in row.history.order_by("history_id")
    ]


def test_a_person_is_put_in_a_post_as_deputy_with_who_and_why(world, administrator):
    person = world.people[Role.BOARD_MEMBER]

    row = put(
        world,
        person,
        by=administrator,
        is_deputy=True,
        starts_on=dt.date(2024, 1, 8),
        reason="Maternity cover",
    )

    assert (row.post, row.user, row.is_deputy, row.starts_on, row.ends_on) == (
        world.posts["PA1"],
        person,
        True,
        dt.date(2024, 1, 8),
        None,
    )
    assert trail(row) == [("+", None, False, administrator, "Maternity cover")]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_put_in_posts_and_end_it(world, role):
    holding = PostHolding.objects.get(post=world.posts["PA1"])
    by = world.people[role]

    with pytest.raises(NotAllowed):
        put(world, world.people[Role.BOARD_MEMBER], by=by)
    with pytest.raises(NotAllowed):
        posts.end_holding_now(holding=holding, by=by)

    assert PostHolding.objects.filter(post=world.posts["PA1"], ends_on=None).count() == 1


def test_a_person_of_another_partnership_or_with_a_closed_account_gets_no_post(
    world, administrator
):
    closed = world.people[Role.ADVISER]
    closed.is_active = False
    closed.save()

    for person in (world.foreign.people[Role.ADVISER], world.stranger, closed):
        with pytest.raises(RuleBroken) as refused:
            put(world, person, by=administrator)
        assert refused.value.errors == {
            "person": ["Select a person with an open account in this partnership."]
        }


def test_nobody_is_in_a_post_twice_at_a_time(world, administrator):
    with pytest.raises(RuleBroken) as refused:
        put(world, world.people[Role.WORKSTREAM_LEAD], by=administrator)

    assert refused.value.errors == {
        "person": ["This person is in that post already for some of these days."]
    }


def test_the_same_person_comes_back_to_a_post(world, administrator):
    person = world.people[Role.BOARD_MEMBER]
    put(world, person, by=administrator, starts_on=dt.date(2024, 10, 1))

    put(world, person, by=administrator, ends_on=dt.date(2024, 9, 30))

    assert PostHolding.objects.filter(user=person).count() == 2


def test_a_time_in_a_post_ends_at_once_or_after_a_day(world, administrator):
    first = PostHolding.objects.get(post=world.posts["PA1"])
    second = PostHolding.objects.get(post=world.posts["AI1"])

    posts.end_holding_now(holding=first, reason="Moved", by=administrator)
    posts.end_holding(holding=second, ends_on=dt.date(2024, 9, 30), by=administrator)

    assert trail(first)[1:] == [("~", YESTERDAY, False, administrator, "Moved")]
    assert trail(second)[1:] == [
        ("~", dt.date(2024, 9, 30), False, administrator, "Time in post ended")
    ]
    current = PostHolding.objects.current(TODAY)
    assert list(current.filter(post__partnership=world.partnership)) == [second]


def test_a_time_that_has_not_begun_is_cancelled(world, administrator):
    row = put(
        world, world.people[Role.BOARD_MEMBER], by=administrator, starts_on=dt.date(2024, 10, 1)
    )

    ended = posts.end_holding_now(holding=row, by=administrator)

    assert (ended.ends_on, ended.is_cancelled) == (dt.date(2024, 10, 1), True)
    with pytest.raises(RuleBroken):
        posts.end_holding_now(holding=ended, by=administrator)
