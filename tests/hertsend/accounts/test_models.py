"""What the database itself refuses about roles and posts."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from hertsend.accounts.models import Deputyship, PostHolding, RoleAssignment
from hertsend.accounts.roles import Role

DAY, NEXT = dt.date(2024, 9, 3), dt.date(2024, 9, 4)


@pytest.mark.parametrize("ends_on", [None, NEXT])
def test_what_was_cancelled_ends_where_it_would_have_started(world, ends_on):
    person = world.people[Role.ADVISER]
    common = {"user": person, "starts_on": DAY, "is_cancelled": True}
    for row in (
        RoleAssignment(
            partnership=world.partnership, role=Role.BOARD_MEMBER, ends_on=ends_on, **common
        ),
        PostHolding(post=world.posts["PA1"], ends_on=ends_on, **common),
    ):
        with pytest.raises(IntegrityError, match="cancelled_has_no_days"), transaction.atomic():
            row.save()

        row.ends_on = DAY
        row.save()
        assert not type(row).objects.current(DAY).filter(pk=row.pk).exists()
        assert not type(row).objects.not_over(DAY).filter(pk=row.pk).exists()


def test_a_role_that_has_not_begun_is_not_current_and_not_over(world):
    row = world.person(Role.ADVISER, starts_on=NEXT).role_assignments.get()

    assert not RoleAssignment.objects.current(DAY).filter(pk=row.pk).exists()
    assert RoleAssignment.objects.not_over(DAY).filter(pk=row.pk).exists()
    assert RoleAssignment.objects.current(NEXT).filter(pk=row.pk).exists()


BROKEN_DEPUTYSHIPS = {
    "deputyship_of_another_person": {"is_own": True},
    "deputyship_ends_after_start": {"ends_on": DAY - dt.timedelta(days=1)},
    "deputyship_cancelled_has_no_days": {"is_cancelled": True},
}


def deputyship(world, **changes) -> Deputyship:
    lead, deputy = world.people[Role.WORKSTREAM_LEAD], world.people[Role.BOARD_MEMBER]
    if changes.pop("is_own", False):
        deputy = lead
    given = {"starts_on": DAY, "ends_on": NEXT} | changes
    return Deputyship(partnership=world.partnership, lead=lead, deputy=deputy, **given)


@pytest.mark.parametrize("name", BROKEN_DEPUTYSHIPS)
def test_a_deputyship_that_cannot_be_is_refused(world, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        deputyship(world, **BROKEN_DEPUTYSHIPS[name]).save()
    deputyship(world).save()


def test_what_is_held_as_deputy_is_a_leads_and_ends(world):
    given = deputyship(world)
    given.save()
    role = {"user": given.deputy, "partnership": world.partnership, "starts_on": DAY}
    post = {"user": given.deputy, "post": world.posts["PA1"], "starts_on": DAY}
    good = [
        RoleAssignment(role="workstream_lead", scope_key="PA1", ends_on=NEXT, **role),
        PostHolding(is_deputy=True, ends_on=NEXT, **post),
    ]
    broken = [
        RoleAssignment(role="workstream_lead", scope_key="PA1", **role),
        RoleAssignment(role="adviser", ends_on=NEXT, **role),
        PostHolding(is_deputy=True, **post),
        PostHolding(ends_on=NEXT, **post),
    ]
    for row in broken:
        row.deputyship = given
        with pytest.raises(IntegrityError, match="as_deputy_ends"), transaction.atomic():
            row.save()
    for row in good:
        row.deputyship = given
        row.save()
