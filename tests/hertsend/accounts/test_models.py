"""What the database itself refuses about roles and posts."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from hertsend.accounts.models import PostHolding, RoleAssignment
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
