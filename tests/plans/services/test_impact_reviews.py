"""A review of impact is opened, proposed, signed and returned by its rating, and by nothing else."""

import pytest

from hertsend.accounts.roles import Role
from hertsend.errors import NotAllowed, RuleBroken
from plans import selectors
from plans.models import ImpactDecision, ImpactRating, StageChange
from plans.services import milestones
from tests.factories import models as make
from tests.factories.world import TODAY, at
from tests.plans.impact_steps import (
    REVIEW,
    confirm,
    make_review,
    propose,
    send_back,
    take_back,
)

SENTENCE = (
    "This is a review of impact: it is completed by rating the impact of PA1.1, and decided "
    "together with that rating."
)


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield


@pytest.fixture
def review(world):
    return make_review(world)


def stage(world) -> str:
    return world.milestone(REVIEW).stage


def acts() -> list[str]:
    return list(StageChange.objects.order_by("version").values_list("act", flat=True))


def test_proposing_its_rating_proposes_it_complete(world, review):
    rating = propose(world, 1, review=review)
    assert stage(world) == "proposed_complete"
    assert rating.review_milestone == review
    change = StageChange.objects.get()
    assert (change.act, change.words) == (
        "proposed",
        "Impact rated 1, no evidence of a difference.",
    )


def test_confirming_its_rating_signs_it_off(world, review):
    rating = propose(world, review=review)
    decision = confirm(world, rating)
    assert (decision.outcome, stage(world)) == ("confirmed", "signed_off")
    signature = StageChange.objects.get(act="signed_off")
    assert (signature.by, signature.role) == (world.people[Role.JOINT_CHAIR], "joint_chair")


def test_returning_its_rating_returns_it(world, review):
    send_back(world, propose(world, review=review))
    assert (stage(world), acts()) == ("in_progress", ["proposed", "returned"])
    propose(world, review=world.milestone(REVIEW))
    assert stage(world) == "proposed_complete"


def test_a_rating_between_reviews_moves_none(world, review):
    confirm(world, propose(world))
    assert (stage(world), acts()) == ("not_started", [])


def test_it_is_no_tick_box(world, review):
    lead, chair = world.people[Role.WORKSTREAM_LEAD], world.people[Role.JOINT_CHAIR]
    with pytest.raises(RuleBroken) as refused:
        milestones.propose_complete(milestone=review, words="Done.", base_version=0, by=lead)
    assert refused.value.sentence == SENTENCE
    assert stage(world) == "not_started"
    propose(world, review=review)
    row = world.milestone(REVIEW)
    with pytest.raises(RuleBroken) as refused:
        milestones.sign_off(milestone=row, fingerprint=selectors.fingerprint_of(row), by=chair)
    assert refused.value.sentence == SENTENCE
    with pytest.raises(RuleBroken) as refused:
        milestones.return_proposal(
            milestone=row, words="Look again.", base_version=row.version, by=chair
        )
    assert refused.value.sentence == SENTENCE
    assert (stage(world), ImpactDecision.objects.count()) == ("proposed_complete", 0)


def test_who_updated_the_review_does_not_confirm_its_rating(world, review):
    """The rules of signing a milestone hold for its rating too, and both fall or stand together."""
    chair = world.people[Role.JOINT_CHAIR]
    make.RoleAssignmentFactory(
        user=chair, partnership=world.partnership, role=Role.WORKSTREAM_LEAD, scope_key="PA1"
    )
    world.update(REVIEW, by=chair)
    rating = propose(world, review=world.milestone(REVIEW))
    with pytest.raises(NotAllowed):
        confirm(world, rating)
    assert (stage(world), ImpactDecision.objects.count()) == ("proposed_complete", 0)
    confirm(world, rating, by=world.second_chair)
    assert stage(world) == "signed_off"


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("PA1.1-1", "Choose a review of this action’s impact, or none."),
        ("AI1.1-3", "Choose a review of this action’s impact, or none."),
    ],
)
def test_a_rating_answers_a_review_of_its_own_action_only(world, key, sentence):
    make_review(world, "AI1.1-3", action=world.actions["AI1.1"])
    with pytest.raises(RuleBroken) as refused:
        propose(world, review=world.milestone(key))
    assert refused.value.errors == {"review": [sentence]}
    assert not ImpactRating.objects.exists()


def test_a_review_that_has_ended_is_not_answered_again(world, review):
    confirm(world, propose(world, review=review))
    with pytest.raises(RuleBroken) as refused:
        propose(world, review=world.milestone(REVIEW))
    assert refused.value.errors == {
        "review": ["That review is signed off. Choose another, or none."]
    }


def test_a_withdrawn_review_takes_nothing_from_its_rating(world, review):
    rating = propose(world, review=review)
    row = world.milestone(REVIEW)
    milestones.withdraw(
        milestone=row,
        words="Decided on 3 September.",
        base_version=row.version,
        by=world.second_chair,
    )
    assert confirm(world, rating).outcome == "confirmed"
    assert (stage(world), acts()) == ("withdrawn", ["proposed", "withdrawn"])


def test_taking_its_rating_back_takes_it_back(world, review):
    decision = take_back(world, propose(world, review=review))
    assert (decision.outcome, decision.role) == ("taken_back", "workstream_lead")
    assert (stage(world), acts()) == ("in_progress", ["proposed", "taken_back"])
    propose(world, review=world.milestone(REVIEW))
    assert stage(world) == "proposed_complete"


def test_a_proposal_of_it_is_not_taken_back_without_its_rating(world, review):
    propose(world, review=review)
    row = world.milestone(REVIEW)
    with pytest.raises(RuleBroken) as refused:
        milestones.take_back(
            milestone=row,
            words="Too soon.",
            base_version=row.version,
            by=world.people[Role.WORKSTREAM_LEAD],
        )
    assert refused.value.sentence == SENTENCE
    assert stage(world) == "proposed_complete"
