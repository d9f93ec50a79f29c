"""Step changes: proposed by one, decided by another, with reasons that stay."""

import pytest

from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from kpis.services import steps
from tests.factories import measures as make
from tests.factories.world import TODAY, at


def propose(world, indicator, text="2024-06", *, by=None, **more):
    with at(TODAY):
        return steps.propose(
            indicator=indicator,
            starts_on=make.month(text).starts_on,
            by=by or world.people[Role.WORKSTREAM_LEAD],
            **({"reason": "New staff began."} | more),
        )


def decide(world, step, *, by=None, **more):
    with at(TODAY):
        return steps.decide(
            step=step,
            by=by or world.people[Role.PROGRAMME_OFFICE],
            **({"approve": True, "decision": "The staffing list shows it."} | more),
        )


@pytest.fixture
def filled(world, indicator):
    make.enter(world, indicator, make.months("2024-01", [40, 41, 39, 42, 40, 50, 51]))
    return indicator


def test_proposed_by_the_lead_and_approved_by_the_programme_office(world, filled):
    step = decide(world, propose(world, filled))

    assert (step.state, step.decision, step.number) == (
        "approved",
        "The staffing list shows it.",
        1,
    )
    assert [entry.history_change_reason for entry in step.history.all()] == [
        "Step change approved",
        "Step change proposed",
    ]


def test_the_same_decision_again_changes_nothing(world, filled):
    step = propose(world, filled)
    decide(world, step)
    decide(world, step)

    assert step.history.count() == 2


def test_the_other_decision_comes_too_late(world, filled):
    step = propose(world, filled)
    decide(world, step)
    with pytest.raises(Conflict, match="approved already"):
        decide(world, step, approve=False)


def test_nobody_decides_their_own_proposal_in_any_role(world, filled):
    office = world.people[Role.PROGRAMME_OFFICE]
    with pytest.raises(NotAllowed, match="own proposal"):
        decide(world, propose(world, filled, by=office))


def test_who_may(world, filled):
    chair = world.people[Role.JOINT_CHAIR]
    with pytest.raises(NotAllowed):
        propose(world, filled, by=chair)
    step = propose(world, filled)
    with pytest.raises(NotAllowed):
        decide(world, step, by=chair)
    with pytest.raises(NotAllowed):
        decide(world, step, by=world.people[Role.WORKSTREAM_LEAD])


def test_what_is_no_step_change(world, filled):
    with pytest.raises(RuleBroken) as refused:
        propose(world, filled, "2023-06", reason=" ")
    propose(world, filled)
    with pytest.raises(RuleBroken) as again:
        propose(world, filled)
    with pytest.raises(RuleBroken) as wordless:
        decide(world, filled.step_changes.get(), decision=" ")

    assert set(refused.value.errors) == {"reason", "starts_on"}
    assert again.value.errors == {
        "starts_on": ["A step change from this period is proposed already."]
    }
    assert set(wordless.value.errors) == {"decision"}


def test_a_refused_one_may_be_proposed_again(world, filled):
    decide(world, propose(world, filled), approve=False)

    assert propose(world, filled).number == 2


def test_a_second_press_is_taken_for_the_first(world, filled):
    assert propose(world, filled, submission_key="p") == propose(world, filled, submission_key="p")
