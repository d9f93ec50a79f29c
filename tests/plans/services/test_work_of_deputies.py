"""Nobody decides on what their deputy did, or the programme office for them, in any role."""

import datetime as dt

import pytest

from hertsend.accounts import access
from hertsend.accounts.roles import Role
from hertsend.accounts.services import deputies
from hertsend.errors import NotAllowed, RuleBroken
from plans import selectors
from plans.services import action_sign_off, milestones
from plans.services import evidence as pieces
from tests.factories import evidence
from tests.factories import models as make
from tests.factories.exceptions import Said
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, World, at, noon
from tests.plans import impact_rows, impact_steps, signing_rows

__all__ = ["built_world", "world"]

DAY = dt.timedelta(days=1)
NOT_YOUR_OWN = {"": ["Nobody decides their own request."]}
LEAD, CHAIR, OFFICE = Role.WORKSTREAM_LEAD, Role.JOINT_CHAIR, Role.PROGRAMME_OFFICE


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield


@pytest.fixture
def chair(world):
    """A joint chair who also leads the workstream, without holding the leading post."""
    person = world.people[CHAIR]
    make.RoleAssignmentFactory(
        user=person, partnership=world.partnership, role=LEAD, scope_key="PA1"
    )
    return person


@pytest.fixture
def deputy(world):
    return world.people[Role.BOARD_MEMBER]


def name(world: World, deputy, *, by, **days):
    given = {"starts_on": TODAY, "ends_on": TODAY + 13 * DAY} | days
    return deputies.name_deputy(partnership=world.partnership, deputy=deputy, by=by, **given)


def sign(world: World, *, by):
    row = world.milestone()
    return milestones.sign_off(milestone=row, fingerprint=selectors.fingerprint_of(row), by=by)


def test_a_lead_does_not_sign_what_their_deputy_proposed(world, chair, deputy):
    name(world, deputy, by=chair)
    world.propose(by=deputy)
    with pytest.raises(NotAllowed) as refusal:
        sign(world, by=chair)
    assert refusal.value.sentence == (
        f"You had a deputy, {deputy.name}, who added evidence (3 September 2024). Nobody decides on "
        "their own work, in any role: another accountable joint chair does."
    )
    with at(TODAY):
        able = selectors.people_who_can_sign(world.milestone(), on=TODAY)
    assert able == [world.second_chair]
    assert sign(world, by=world.second_chair).act == "signed_off"


def test_they_sign_what_somebody_else_proposed(world, chair, deputy):
    name(world, deputy, by=chair)
    world.propose(by=world.people[OFFICE])
    assert sign(world, by=chair).act == "signed_off"


def test_another_leads_deputy_is_nobody_elses(world, chair, deputy):
    name(world, deputy, by=world.people[LEAD])
    world.propose(by=deputy)
    assert sign(world, by=chair).act == "signed_off"


@pytest.mark.parametrize("ends", [deputies.end_deputyship_now, None])
def test_ending_the_time_as_deputy_at_once_does_not_undo_what_was_done(world, chair, deputy, ends):
    stands = name(world, deputy, by=chair)
    world.propose(by=deputy)
    if ends:
        ends(deputyship=stands, by=chair)
    with pytest.raises(NotAllowed):
        sign(world, by=chair)


@pytest.mark.parametrize(
    ("days_after", "is_theirs"), [(-1, False), (0, True), (13, True), (14, True), (15, False)]
)
def test_only_what_was_done_in_that_time_is_the_leads(world, chair, deputy, days_after, is_theirs):
    name(world, deputy, by=chair)
    day = TODAY + days_after * DAY
    signing_rows.evidence(world, added_by=deputy, added_at=noon(day))
    parts = selectors.parts_of(world.milestone())
    assert [part.what for part in parts[deputy.pk]] == ["added evidence"]
    theirs = [f"had a deputy, {deputy.name}, who added evidence"] if is_theirs else []
    assert [part.what for part in parts.get(chair.pk, [])] == theirs


def test_a_deputy_in_the_leading_post_of_another_workstream_counts_too(world, chair, deputy):
    """Rights come from the deputy's own role; the post that leads is the lead's."""
    row = world.milestone("AI1.1-1")
    make.PostHoldingFactory(post=world.posts["AI1"], user=chair)
    name(world, deputy, by=chair)
    signing_rows.evidence(world, milestone=row, action=row.action, added_by=deputy)
    parts = selectors.parts_of(row)
    assert f"had a deputy, {deputy.name}, who added evidence" in [
        part.what for part in parts[chair.pk]
    ]
    assert world.second_chair.pk not in parts


def test_a_lead_does_not_decide_a_date_for_which_their_deputy_asked(world, chair, deputy):
    said = Said(world)
    name(world, deputy, by=chair)
    asked = said.request(deputy)
    for becomes in ("granted", "refused"):
        with pytest.raises(RuleBroken) as refusal:
            said.decide(asked, chair, becomes=becomes)
        assert refusal.value.errors == NOT_YOUR_OWN
    assert said.decide(asked, world.second_chair).state == "granted"


def test_they_decide_a_date_for_which_another_lead_asked(world, chair, deputy):
    said = Said(world)
    name(world, deputy, by=chair)
    assert said.decide(said.request(), chair).state == "granted"


class TestImpact:
    def test_a_lead_does_not_decide_on_what_their_deputy_rated(self, world, chair, deputy):
        name(world, deputy, by=chair)
        rating = impact_steps.propose(world, by=deputy)
        for decide in (impact_steps.confirm, impact_steps.send_back):
            with pytest.raises(NotAllowed, match="another accountable joint chair"):
                decide(world, rating, by=chair)
        assert impact_steps.confirm(world, rating, by=world.second_chair).outcome == "confirmed"

    def test_nor_on_evidence_that_their_deputy_added(self, world, chair, deputy):
        name(world, deputy, by=chair)
        rests_on = impact_steps.shown_by(world, "data", added_by=deputy)
        rating = impact_steps.propose(world, 2, evidence=rests_on)
        with pytest.raises(NotAllowed):
            impact_steps.confirm(world, rating, by=chair)
        assert impact_steps.confirm(world, rating, by=world.second_chair).outcome == "confirmed"

    def test_nor_on_what_the_office_rated_for_their_workstream(self, world, chair):
        rating = impact_steps.propose(world, by=world.people[OFFICE])
        for decide in (impact_steps.confirm, impact_steps.send_back):
            with pytest.raises(NotAllowed, match="on your behalf"):
                decide(world, rating, by=chair)
        assert impact_steps.confirm(world, rating, by=world.second_chair).outcome == "confirmed"

    @pytest.mark.parametrize(
        ("holding", "is_barred"),
        [
            ({}, True),
            ({"is_deputy": True}, True),
            ({"ends_on": TODAY - DAY}, False),
            ({"starts_on": TODAY + DAY}, False),
            ({"ends_on": make.START, "is_cancelled": True}, False),
        ],
    )
    def test_nor_on_what_it_rated_for_their_post(self, world, holding, is_barred):
        holder = world.people[CHAIR]
        make.PostHoldingFactory(post=world.posts["PA1"], user=holder, **holding)
        rating = impact_steps.propose(world, by=world.people[OFFICE])
        authors = selectors.author_ids_of_rating(rating, on=TODAY)
        expected = {world.people[OFFICE].pk, world.people[LEAD].pk}
        assert authors == expected | ({holder.pk} if is_barred else set())
        if is_barred:
            with pytest.raises(NotAllowed):
                impact_steps.confirm(world, rating, by=holder)
        else:
            assert impact_steps.confirm(world, rating, by=holder).outcome == "confirmed"

    def test_what_another_lead_rated_they_decide(self, world, chair):
        assert impact_steps.confirm(world, impact_steps.propose(world), by=chair).by == chair

    def test_in_an_action_it_is_the_leads_as_well(self, world, chair, deputy):
        name(world, deputy, by=chair)
        action = world.actions["PA1.1"]
        impact_steps.propose(world, by=deputy)
        pieces.add_to_action(action=action, words=evidence.link(), by=deputy)
        parts = selectors.action_parts(action)
        assert [part.what for part in parts[chair.pk]] == [
            f"had a deputy, {deputy.name}, who added evidence",
            f"had a deputy, {deputy.name}, who rated its impact",
        ]
        assert world.second_chair.pk not in parts
        with pytest.raises(NotAllowed, match="You had a deputy"):
            action_sign_off.sign_action(action=action, fingerprint="f" * 64, by=chair)


class TestWhoIsTold:
    """A task goes only to who can do it."""

    def told(self, world) -> set[int]:
        held = access.everyone_in(world.partnership.pk, on=TODAY)
        return set(selectors.ratings_to_decide(world.plan, held_on=TODAY, held=held))

    def test_of_a_rating_for_their_workstream_a_chair_is_not_told(self, world, chair):
        impact_rows.rating(world, by=world.people[OFFICE], on_behalf_of=world.posts["PA1"])
        assert self.told(world) == {world.second_chair.pk}

    def test_of_another_leads_rating_they_are(self, world, chair):
        impact_rows.rating(world)
        assert self.told(world) == {chair.pk, world.second_chair.pk}
