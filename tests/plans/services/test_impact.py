"""Impact is proposed with its evidence, and decided by a joint chair who had no part in it."""

import datetime as dt

import pytest

from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from plans import selectors
from plans.models import ImpactDecision, ImpactEvidence, ImpactRating
from plans.services import periods
from tests.factories import models as make
from tests.factories.world import TODAY, at, noon
from tests.plans.impact_steps import confirm, fresh, propose, send_back, shown_by

JULY = dt.date(2024, 7, 1)
SEPTEMBER = dt.date(2024, 9, 1)


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield


def decisions() -> list[tuple[int, str]]:
    rows = ImpactDecision.objects.order_by("rating__number")
    return [(row.rating.number, row.outcome) for row in rows]


class TestProposing:
    def test_a_rating_is_stored_with_what_it_rests_on(self, world):
        evidence = shown_by(world, "data", "survey")
        rating = propose(world, 3, words=" Both agree. ", evidence=evidence)
        assert (rating.number, rating.level, rating.words, rating.at) == (
            1,
            3,
            "Both agree.",
            noon(TODAY),
        )
        assert (rating.by, rating.on_behalf_of) == (world.people[Role.WORKSTREAM_LEAD], None)
        assert selectors.evidence_of(rating) == evidence

    def test_the_office_rates_on_behalf_of_the_leading_post(self, world):
        rating = propose(world, by=world.people[Role.PROGRAMME_OFFICE])
        assert rating.on_behalf_of == world.posts["PA1"]

    @pytest.mark.parametrize("role", set(Role) - {Role.WORKSTREAM_LEAD, Role.PROGRAMME_OFFICE})
    def test_others_do_not_rate(self, world, role):
        with pytest.raises(NotAllowed):
            propose(world, by=world.people[role])
        assert not ImpactRating.objects.exists()

    def test_another_workstreams_lead_does_not_rate(self, world):
        with pytest.raises(NotAllowed):
            propose(world, by=world.other_lead)
        assert not ImpactRating.objects.exists()

    def test_what_the_evidence_does_not_carry_is_refused(self, world):
        with pytest.raises(RuleBroken) as refused:
            propose(world, 3, evidence=shown_by(world, "data"))
        assert set(refused.value.errors) == {"evidence"}
        assert not ImpactRating.objects.exists()

    def test_withdrawn_evidence_and_that_of_other_actions_are_refused(self, world):
        withdrawn = {
            "withdrawn_at": noon(TODAY),
            "withdrawn_by": world.people[Role.WORKSTREAM_LEAD],
            "withdrawn_reason": "Old.",
        }
        for evidence in (
            shown_by(world, "data", **withdrawn),
            shown_by(world, "data", action=world.actions["AI1.1"]),
        ):
            with pytest.raises(RuleBroken) as refused:
                propose(world, 2, evidence=evidence)
            assert refused.value.errors == {
                "evidence": ["Choose evidence of this action that was not withdrawn."]
            }

    def test_a_month_that_is_frozen_takes_no_rating(self, world):
        with pytest.raises(RuleBroken) as refused:
            propose(world, period=world.period(JULY))
        assert set(refused.value.errors) == {"period"}

    def test_one_rating_waits_at_a_time(self, world):
        first = propose(world)
        with pytest.raises(RuleBroken, match="waits for a joint chair"):
            propose(world)
        send_back(world, first)
        assert propose(world).number == 2

    def test_on_an_older_page_it_is_a_conflict(self, world):
        send_back(world, propose(world))
        with pytest.raises(Conflict):
            propose(world, base_number=0)
        assert ImpactRating.objects.count() == 1

    def test_the_second_press_of_a_button_is_the_first(self, world):
        given = {"base_number": 0, "submission_key": "once"}
        first = propose(world, **given)
        assert propose(world, **given) == first
        assert ImpactRating.objects.count() == 1
        with pytest.raises(Conflict):
            propose(world, 0, **given)

    def test_sustained_needs_three_periods_before(self, world):
        evidence = shown_by(world, "data", "survey")
        action = world.actions["PA1.1"]
        for month in (JULY, dt.date(2024, 8, 1), SEPTEMBER):
            _confirmed(world, month, 3, evidence)
        october = world.period(dt.date(2024, 10, 1))
        with at(dt.date(2024, 10, 1)):
            periods.advance(plan=world.plan, on=dt.date(2024, 10, 1), by=_system())
            assert selectors.earlier_levels(action, month=october.month) == [3, 3, 3]
            assert propose(world, 4, period=october, evidence=evidence).level == 4

    def test_two_periods_before_are_not_enough(self, world):
        evidence = shown_by(world, "data", "survey")
        for month in (JULY, dt.date(2024, 8, 1)):
            _confirmed(world, month, 3, evidence)
        with pytest.raises(RuleBroken) as refused:
            propose(world, 4, period=world.period(SEPTEMBER), evidence=evidence)
        assert set(refused.value.errors) == {"level"}


def _system():
    return make.User.objects.system()


def _confirmed(world, month, level, evidence) -> None:
    """A confirmed rating of a month, whether it takes ratings still or not."""
    latest = ImpactRating.objects.filter(action=world.actions["PA1.1"]).first()
    rating = ImpactRating.add(
        action=world.actions["PA1.1"],
        period=world.period(month),
        number=(latest.number if latest else 0) + 1,
        level=level,
        words="Both agree.",
        by=world.people[Role.WORKSTREAM_LEAD],
        at=noon(TODAY),
    )
    for each in evidence:
        ImpactEvidence.add(rating=rating, evidence=each)
    confirm(world, rating)


class TestConfirming:
    def test_it_becomes_the_impact_of_the_action(self, world):
        decision = confirm(world, propose(world, 1))
        chair = world.people[Role.JOINT_CHAIR]
        assert (decision.outcome, decision.by, decision.role, decision.at) == (
            "confirmed",
            chair,
            "joint_chair",
            noon(TODAY),
        )
        assert len(decision.fingerprint) == 64
        assert selectors.has_been_reviewed(world.actions["PA1.1"])

    @pytest.mark.parametrize("role", set(Role) - {Role.JOINT_CHAIR})
    def test_only_a_joint_chair_decides(self, world, role):
        rating = propose(world)
        for decide in (confirm, send_back):
            with pytest.raises(NotAllowed):
                decide(world, rating, by=world.people[role])
        assert decisions() == []

    def test_a_chair_of_another_area_does_not_decide(self, world):
        other = world.person(Role.JOINT_CHAIR, "AI1")
        rating = propose(world)
        for decide in (confirm, send_back):
            with pytest.raises(NotAllowed):
                decide(world, rating, by=other)
        assert decisions() == []

    def test_nobody_decides_on_what_they_proposed_in_any_role(self, world):
        chair = world.people[Role.JOINT_CHAIR]
        make.RoleAssignmentFactory(
            user=chair,
            partnership=world.partnership,
            role=Role.WORKSTREAM_LEAD,
            scope_key="PA1",
        )
        rating = propose(world, by=chair)
        for decide in (confirm, send_back):
            with pytest.raises(NotAllowed, match="another accountable joint chair"):
                decide(world, rating)
        assert confirm(world, rating, by=world.second_chair).by == world.second_chair

    def test_nobody_confirms_evidence_of_their_own(self, world):
        evidence = shown_by(world, "data", added_by=world.people[Role.JOINT_CHAIR])
        rating = propose(world, 2, evidence=evidence)
        with pytest.raises(NotAllowed, match="another accountable joint chair"):
            confirm(world, rating)
        assert confirm(world, rating, by=world.second_chair).outcome == "confirmed"

    def test_what_changed_since_it_was_read_is_not_confirmed(self, world):
        first, second = shown_by(world, "data", "survey")
        rating = propose(world, 2, evidence=[first, second])
        read = selectors.fingerprint_of_rating(rating)
        _withdraw(second, world)
        with pytest.raises(Conflict, match="changed after you opened it"):
            confirm(world, rating, fingerprint=read)
        assert decisions() == []
        assert confirm(world, rating).outcome == "confirmed"

    def test_what_its_evidence_no_longer_carries_is_not_confirmed(self, world):
        (only,) = shown_by(world, "data")
        rating = propose(world, 2, evidence=[only])
        _withdraw(only, world)
        with pytest.raises(RuleBroken) as refused:
            confirm(world, rating)
        assert set(refused.value.errors) == {"evidence"}
        assert decisions() == []

    def test_it_is_decided_once(self, world):
        rating = propose(world)
        confirm(world, rating)
        for decide in (confirm, send_back):
            with pytest.raises(Conflict, match="was confirmed before"):
                decide(world, rating, by=world.second_chair)
        assert decisions() == [(1, "confirmed")]

    def test_the_second_press_of_a_button_is_the_first(self, world):
        rating = propose(world)
        read = selectors.fingerprint_of_rating(rating)
        first = confirm(world, rating, fingerprint=read, submission_key="once")
        assert confirm(world, rating, fingerprint=read, submission_key="once") == first
        assert decisions() == [(1, "confirmed")]


def _withdraw(evidence, world) -> None:
    evidence.withdrawn_at, evidence.withdrawn_reason = noon(TODAY), "Old."
    evidence.withdrawn_by = world.people[Role.WORKSTREAM_LEAD]
    evidence.save()


class TestReturning:
    def test_it_goes_back_with_its_reason(self, world):
        decision = send_back(world, propose(world), words=" Ask the families. ")
        assert (decision.outcome, decision.words) == ("returned", "Ask the families.")
        assert not selectors.has_been_reviewed(world.actions["PA1.1"])

    def test_without_a_reason_it_does_not(self, world):
        with pytest.raises(RuleBroken) as refused:
            send_back(world, propose(world), words=" ")
        assert set(refused.value.errors) == {"words"}
        assert decisions() == []


def test_a_decision_is_refused_for_a_rating_of_another_time(world):
    """The rating is read again under the lock: what was handed in does not count."""
    rating = propose(world)
    rating.level = 0
    assert confirm(world, rating).rating.level == fresh(rating).level == 1
