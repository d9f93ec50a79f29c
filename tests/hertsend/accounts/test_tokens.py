"""Tokens: made, listed and revoked by their own person."""

import datetime as dt

import pytest
from knox.models import AuthToken

from hertsend.accounts.roles import Role
from hertsend.accounts.services import tokens
from hertsend.errors import NotAllowed, RuleBroken
from tests.factories.world import TODAY, at


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield


def test_a_token_is_shown_once_and_stored_as_a_digest(world):
    person = world.people[Role.BOARD_MEMBER]
    text = tokens.create(by=person)
    row = AuthToken.objects.get()
    assert row.user == person
    assert text not in {row.digest, row.token_key}
    assert row.expiry - row.created == pytest.approx(
        dt.timedelta(days=90), abs=dt.timedelta(minutes=1)
    )
    (shown,) = tokens.listed(by=person)
    assert (shown.begins, shown.reference) == (text[:8], row.digest[:16])
    assert (shown.made_at, shown.ends_at) == (row.created, row.expiry)


@pytest.mark.parametrize("who", ["stranger", "ended", "deactivated", "not yet"])
def test_nobody_without_a_current_role_gets_a_token(world, who):
    person = {
        "stranger": lambda: world.stranger,
        "ended": lambda: world.person(Role.ADVISER, ends_on=TODAY - dt.timedelta(days=1)),
        "deactivated": lambda: world.person(Role.ADVISER),
        "not yet": lambda: world.person(Role.ADVISER, starts_on=TODAY + dt.timedelta(days=1)),
    }[who]()
    if who == "deactivated":
        person.is_active = False
        person.save(update_fields=["is_active"])
    with pytest.raises(NotAllowed):
        tokens.create(by=person)
    assert not AuthToken.objects.exists()


def test_five_tokens_are_enough_and_ended_ones_do_not_count(world):
    person = world.people[Role.BOARD_MEMBER]
    for _ in range(tokens.MOST_TOKENS):
        tokens.create(by=person)
    with pytest.raises(RuleBroken):
        tokens.create(by=person)
    tokens.create(by=world.people[Role.ADVISER])
    oldest = AuthToken.objects.filter(user=person).earliest("created")
    oldest.expiry = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    oldest.save()
    assert len(tokens.listed(by=person)) == tokens.MOST_TOKENS - 1
    assert tokens.create(by=person)


def test_everyone_lists_and_revokes_their_own_only(world):
    mine, yours = world.people[Role.BOARD_MEMBER], world.people[Role.ADMINISTRATOR]
    tokens.create(by=mine)
    tokens.create(by=mine)
    tokens.create(by=yours)
    latest, earlier = tokens.listed(by=mine)
    assert latest.made_at >= earlier.made_at
    assert not tokens.revoke(reference=latest.reference, by=yours)
    assert len(tokens.listed(by=mine)) == 2
    assert tokens.revoke(reference=latest.reference, by=mine)
    assert not tokens.revoke(reference=latest.reference, by=mine)
    assert tokens.listed(by=mine) == [earlier]
    assert len(tokens.listed(by=yours)) == 1


@pytest.mark.parametrize("reference", ["", "a", "\x00", "%", "0" * 16])
def test_a_reference_that_is_none_revokes_nothing(world, reference):
    person = world.people[Role.BOARD_MEMBER]
    tokens.create(by=person)
    assert not tokens.revoke(reference=reference, by=person)
    assert len(tokens.listed(by=person)) == 1


def test_all_at_once_when_a_machine_is_lost(world):
    person, other = world.people[Role.BOARD_MEMBER], world.people[Role.ADVISER]
    for each in (person, person, other):
        tokens.create(by=each)
    assert tokens.revoke_all(by=person) == 2
    assert tokens.listed(by=person) == []
    assert len(tokens.listed(by=other)) == 1
