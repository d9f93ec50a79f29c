"""The programme office's word on how the plan was read."""

import pytest

from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from hertsend.records.bases import save_audited
from plans.models import Judgement
from plans.services import judgements
from tests.factories.world import TODAY, at, noon


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield


@pytest.fixture
def officer(world):
    return world.people[Role.PROGRAMME_OFFICE]


@pytest.fixture
def judgement(world, officer):
    row = Judgement(
        plan=world.plan, place="PA1.1-1", origin="PA1.1-1", position=1, text="No deadline."
    )
    save_audited(row, by=officer, reason="Set up for a test")
    return row


def stored(judgement) -> tuple:
    row = Judgement.objects.get(pk=judgement.pk)
    return row.state, row.comment, row.decided_by, row.decided_at


def test_the_programme_office_confirms(judgement, officer):
    judgements.confirm(judgement=judgement, by=officer)
    assert stored(judgement) == ("confirmed", "", officer, noon(TODAY))
    entry = judgement.history.latest()
    assert (entry.history_user, entry.history_change_reason) == (officer, "Confirmed")


def test_the_programme_office_disputes_with_a_comment(judgement, officer):
    judgements.dispute(judgement=judgement, comment=" It is a deadline. ", by=officer)
    assert stored(judgement) == ("disputed", "It is a deadline.", officer, noon(TODAY))
    entry = judgement.history.latest()
    assert entry.history_change_reason == "Disputed: It is a deadline."


def test_a_dispute_needs_a_comment(judgement, officer):
    with pytest.raises(RuleBroken) as refused:
        judgements.dispute(judgement=judgement, comment="  ", by=officer)
    assert refused.value.errors == {"comment": ["Enter how the plan should be read instead."]}
    assert stored(judgement) == ("open", "", None, None)


@pytest.mark.parametrize("role", set(Role) - {Role.PROGRAMME_OFFICE})
@pytest.mark.parametrize("decide", [judgements.confirm, judgements.dispute])
def test_other_roles_may_not_decide(world, judgement, role, decide):
    with pytest.raises(NotAllowed):
        decide(judgement=judgement, comment="A reason", by=world.people[role])
    assert stored(judgement) == ("open", "", None, None)


def test_the_office_of_another_partnership_may_not_decide(world, judgement):
    with pytest.raises(NotAllowed):
        judgements.confirm(judgement=judgement, by=world.foreign.people[Role.PROGRAMME_OFFICE])
    assert stored(judgement) == ("open", "", None, None)


def test_the_decision_may_change_and_each_is_in_the_history(judgement, officer):
    judgements.confirm(judgement=judgement, by=officer)
    judgements.dispute(judgement=judgement, comment="On second thoughts.", by=officer)
    judgements.confirm(judgement=judgement, comment="After all.", by=officer)
    assert [entry.state for entry in judgement.history.all()] == [
        "confirmed",
        "disputed",
        "confirmed",
        "open",
    ]
    assert stored(judgement)[:2] == ("confirmed", "After all.")


def test_the_same_decision_again_writes_nothing(judgement, officer):
    judgements.confirm(judgement=judgement, comment="Yes.", by=officer)
    judgements.confirm(judgement=judgement, comment="Yes.", by=officer)
    assert judgement.history.count() == 2


def test_a_text_that_changed_since_it_was_shown_is_not_decided_on(judgement, officer):
    with pytest.raises(Conflict):
        judgements.confirm(judgement=judgement, shown="Another text.", by=officer)
    assert stored(judgement) == ("open", "", None, None)
    judgements.confirm(judgement=judgement, shown="No deadline.", by=officer)
    assert stored(judgement)[0] == "confirmed"
