"""Home as at a day gone by: how it stood, and nothing to do."""

import datetime as dt

import pytest

from hertsend.accounts.roles import Role
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at, noon
from tests.governance import steps
from tests.governance.views.test_dashboard import links_of, text_of

__all__ = ["built_world", "world"]

NOW = dt.date(2024, 10, 20)


@pytest.fixture
def told(world):
    """A step is off track on 3 September, and signed off in October."""
    steps.report(
        world, "PA1.1-1", moment=noon(TODAY), rating="red", sentence_for_families="It stalled."
    )
    steps.propose(world, "PA1.1-1", on=dt.date(2024, 9, 20))
    steps.sign(world, "PA1.1-1", on=dt.date(2024, 10, 4))
    return world


def get(client, query=""):
    with at(NOW):
        return client.get(f"/{query}")


@pytest.mark.parametrize(
    "role", [Role.WORKSTREAM_LEAD, Role.PROGRAMME_OFFICE, Role.JOINT_CHAIR, Role.BOARD_MEMBER]
)
def test_everyone_sees_how_the_plan_stood_and_nobody_what_to_do(told, as_role, role):
    page = get(as_role(role), f"?as_at={TODAY}")
    words = text_of(page)
    assert "How the plan stood" in words
    assert "1 milestone overdue or off track." in words
    for acting in ("What you owe", "Waiting for you", "For you to sign", "Who has not reported"):
        assert acting not in words
    one = f"/plans/{told.plan.slug}/milestones/PA1.1-1/"
    assert f"{one}?as_at={TODAY}" in links_of(page)


def test_today_the_same_people_have_something_to_do(told, as_role):
    assert "What you owe" in text_of(get(as_role(Role.WORKSTREAM_LEAD)))
    assert "For you to sign" in text_of(get(as_role(Role.JOINT_CHAIR)))
    assert "3 milestones overdue or off track." in text_of(get(as_role(Role.BOARD_MEMBER)))


def test_families_read_the_past_in_plain_words(told, as_role):
    families = as_role(Role.PARENT_CARER_REPRESENTATIVE)
    then = text_of(get(families, f"?as_at={TODAY}"))
    assert "0 of the 0 steps due by then were done. None was late." in then
    assert "It stalled." in then
    later = text_of(get(families, "?as_at=2024-10-05"))
    assert "1 of the 4 steps due by then were done. 3 were late." in later
    assert "1 of the 4 steps due by now are done. 3 are late." in text_of(get(families))
    assert steps.NOTE not in then + later
