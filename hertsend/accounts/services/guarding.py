"""What the services for people share: the lock of a partnership, and who must stay in it."""

import datetime as dt
from collections.abc import Iterable

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import Partnership, PostHolding, RoleAssignment, User
from hertsend.accounts.roles import Permission, Role
from hertsend.errors import NotAllowed, RuleBroken

LAST_ADMINISTRATOR = (
    "This is the last administrator. Make someone else an administrator, without a last day, first."
)


def lock(partnership_id: int) -> Partnership:
    """The partnership, locked until the transaction ends, so that changes of its roles queue up.

    Without it two administrators could end each other's role at once and leave nobody.
    """
    return Partnership.objects.select_for_update().get(pk=partnership_id)


def require_manager(by: User, *, partnership_id: int) -> None:
    """Refuse whoever does not manage the people of that partnership."""
    access.require(by, Permission.MANAGE_PEOPLE, partnership_id=partnership_id)


def require_manager_everywhere(by: User, person: User) -> None:
    """Refuse a change of the account itself by who manages only some of what it opens.

    An account opens every partnership in which its person has a role: an administrator of one could
    otherwise take it over, by its address, and so reach the others. A technical administrator's
    opens Django's own admin, so no partnership manages it.
    """
    ids = partnership_ids(person)
    held = access.read(by, on=dates.today())
    managed = {pk for pk in ids if held.may(Permission.MANAGE_PEOPLE, partnership_id=pk)}
    if not managed:
        raise NotAllowed("Only administrators manage people and roles. Ask one of them.")
    if person.is_superuser or person.is_staff:
        raise NotAllowed(
            "This is an account of those who run the installation, so it is not yours to change. "
            "You can end the roles and posts that they hold here."
        )
    current = RoleAssignment.objects.not_over(dates.today()).filter(user=person)
    if set(current.values_list("partnership_id", flat=True)) - managed:
        raise NotAllowed(
            "This person also has a role that other administrators gave, so their account is not "
            "yours to change. You can end the roles and posts that they hold here."
        )


def partnership_ids(person: User) -> set[int]:
    """The partnerships in which the person has, had or will have a role or a post."""
    roles = RoleAssignment.objects.filter(user=person).values_list("partnership_id", flat=True)
    posts = PostHolding.objects.filter(user=person).values_list("post__partnership_id", flat=True)
    return {*roles, *posts}


def check_administrator_stays(
    *, partnership_ids: Iterable[int], leaving: User, first_day_without: dt.date
) -> None:
    """Refuse when nobody else would administer one of the partnerships from that day on, for good."""
    for partnership_id in partnership_ids:
        others = RoleAssignment.objects.not_over(first_day_without).filter(
            partnership_id=partnership_id,
            role=Role.ADMINISTRATOR,
            ends_on=None,
            starts_on__lte=first_day_without,
            user__is_active=True,
        )
        if not others.exclude(user=leaving).exists():
            raise RuleBroken(LAST_ADMINISTRATOR)
