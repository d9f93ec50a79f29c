"""Illegal states of people, roles, posts and submissions cannot be stored."""

import datetime as dt
from dataclasses import replace

import pytest

from hertsend.accounts import models
from hertsend.records.bases import save_audited
from hertsend.records.models import Submission
from tests.factories import models as make
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, noon
from tests.refusals import Refusal, check, constraints_of

__all__ = ["built_world", "world"]
NOON = noon(TODAY)
YESTERDAY = TODAY - dt.timedelta(days=1)


def stranger(world):
    """Who names the deputy."""
    return world.stranger


def deputyship(world):
    """That somebody stands in for another."""
    row = models.Deputyship(**VALID[models.Deputyship](world, 1))
    save_audited(row, by=models.User.objects.system(), reason="Set up for a test")
    return row


VALID = {
    models.Partnership: lambda _world, number: {
        "slug": f"numbered-{number}",
        "name": "A partnership",
        "place": "A place",
    },
    models.User: lambda _world, number: {
        "email": f"numbered-{number}@example.org",
        "name": "A person",
    },
    models.RoleAssignment: lambda world, number: {
        "user": world.stranger,
        "partnership": world.partnership,
        "role": "workstream_lead",
        "scope_key": f"W{number}",
        "starts_on": TODAY,
    },
    models.Post: lambda world, number: {
        "partnership": world.partnership,
        "key": f"numbered-{number}",
        "title": "A post",
    },
    models.PostHolding: lambda world, number: {
        "post": world.posts["PA1"],
        "user": world.stranger if number == 1 else world.second_chair,
        "starts_on": TODAY,
    },
    models.Deputyship: lambda world, number: {
        "partnership": world.partnership,
        "lead": world.stranger,
        "deputy": world.second_chair,
        "starts_on": TODAY,
        "ends_on": TODAY + dt.timedelta(days=number),
    },
    Submission: lambda world, number: {
        "person": world.stranger,
        "key": f"press-{number}",
        "fingerprint": "0" * 64,
        "result": 1,
        "at": NOON,
    },
}

REFUSALS = [
    Refusal("accounts.partnership.slug", models.Partnership, same=("slug",)),
    Refusal("accounts.user.email", models.User, same=("email",)),
    Refusal("user_system_cannot_sign_in", models.User, {"is_system": True}),
    Refusal("user_one_system", models.User, {"is_system": True, "is_active": False}),
    Refusal("role_assignment_known_role", models.RoleAssignment, {"role": "queen"}),
    Refusal("role_assignment_ends_after_start", models.RoleAssignment, {"ends_on": YESTERDAY}),
    Refusal("role_assignment_scope_fits_role", models.RoleAssignment, {"scope_key": ""}),
    Refusal("role_assignment_scope_fits_role", models.RoleAssignment, {"role": "board_member"}),
    Refusal("role_assignment_cancelled_has_no_days", models.RoleAssignment, {"is_cancelled": True}),
    Refusal(
        "role_assignment_once_while_open",
        models.RoleAssignment,
        same=("user", "partnership", "role", "scope_key"),
    ),
    Refusal("post_key_once", models.Post, same=("partnership", "key")),
    Refusal("post_holding_ends_after_start", models.PostHolding, {"ends_on": YESTERDAY}),
    Refusal("post_holding_cancelled_has_no_days", models.PostHolding, {"is_cancelled": True}),
    Refusal("post_holding_once_while_open", models.PostHolding, same=("post", "user")),
    Refusal("deputyship_of_another_person", models.Deputyship, {"deputy": stranger}),
    Refusal("deputyship_ends_after_start", models.Deputyship, {"ends_on": YESTERDAY}),
    Refusal("deputyship_cancelled_has_no_days", models.Deputyship, {"is_cancelled": True}),
    Refusal("role_assignment_as_deputy_ends", models.RoleAssignment, {"deputyship": deputyship}),
    Refusal("post_holding_as_deputy_ends", models.PostHolding, {"deputyship": deputyship}),
    Refusal("submission_once_per_person_and_key", Submission, same=("person", "key")),
    Refusal("submission_key_given", Submission, {"key": ""}),
]


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_the_database_refuses(world, refusal):
    models.User.objects.system()
    values = {
        name: value(world) if callable(value) else value for name, value in refusal.values.items()
    }
    check(replace(refusal, values=values), lambda number: VALID[refusal.model](world, number))


def test_every_constraint_has_a_case():
    assert {refusal.name for refusal in REFUSALS} == constraints_of("accounts", "records")


def test_a_role_may_be_held_again_once_it_ended(world):
    first = make.RoleAssignmentFactory(
        user=world.stranger, partnership=world.partnership, role="adviser", ends_on=TODAY
    )
    again = make.RoleAssignmentFactory(
        user=world.stranger, partnership=world.partnership, role="adviser", starts_on=TODAY
    )
    assert (first.ends_on, again.ends_on) == (TODAY, None)
