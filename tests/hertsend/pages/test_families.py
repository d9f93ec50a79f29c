"""The families' home: its figures count what is still promised."""

import datetime as dt

from hertsend.accounts.roles import Role
from plans.services import milestones
from tests.factories.world import at

PAST_THE_DATE = dt.date(2024, 10, 2)


def figures(as_role):
    """Due, done and late, as the page says them."""
    page = as_role(Role.PARENT_CARER_REPRESENTATIVE).get("/")
    view = page.context["families"]
    assert f"{view.complete} of the {view.due} steps due by now are done." in (
        page.content.decode()
    )
    return view.due, view.complete, view.late


def test_a_withdrawn_step_is_no_longer_due(world, as_role):
    world.propose("PA1.1-2")
    with at(PAST_THE_DATE):
        assert figures(as_role) == (4, 1, 3)
        milestones.withdraw(
            milestone=world.milestone(),
            words="Decided on 2 October",
            base_version=0,
            by=world.people[Role.JOINT_CHAIR],
        )
        assert figures(as_role) == (3, 1, 2)
