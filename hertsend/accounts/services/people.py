"""Inviting people, changing their name and address, closing and reopening their account."""

import datetime as dt
from collections.abc import Collection
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from knox.models import AuthToken

from hertsend import dates
from hertsend.accounts import permissions, policies
from hertsend.accounts.models import Partnership, RoleAssignment, User
from hertsend.accounts.roles import Role
from hertsend.accounts.services import guarding, roles
from hertsend.errors import NotAllowed, RuleBroken
from hertsend.jobs.services.messages import plan_message
from hertsend.records.bases import save_audited

INVITATION = "accounts.invitation"
PASSWORD_RESET = "accounts.password_reset"  # noqa: S105 - the kind of a message


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    partnership: Partnership,
    role: str,
    scope_key: str = "",
    known_scope_keys: Collection[str] = (),
    starts_on: dt.date,
    reason: str = "",
    by: User,
) -> User:
    """Open an account with its first role, and send a link by which the person sets a password.

    Someone who has an account through another partnership keeps it, with their own name, and gets
    the role. Raises ``NotAllowed`` for who does not manage people, ``RuleBroken`` for an address
    that is none, or that is on this partnership's list, and as ``roles.give_role`` does.
    """
    guarding.lock(partnership.pk)
    guarding.require_manager(by, partnership_id=partnership.pk)
    person = _known_or_new(email=email, name=name, partnership=partnership, by=by)
    roles.give_role(
        person=person,
        partnership=partnership,
        role=role,
        scope_key=scope_key,
        known_scope_keys=known_scope_keys,
        starts_on=starts_on,
        reason=reason.strip() or "Invited",
        by=by,
    )
    _plan_invitation(person, key=f"{person.pk}:{partnership.pk}")
    return person


@transaction.atomic
def add_first_administrator(*, email: str, name: str, partnership: Partnership, by: User) -> User:
    """Open the account of a partnership's first administrator, who then invites everybody else.

    Only for the system actor. Raises as ``roles.give_first_administrator`` does.
    """
    address = _checked_address(email)
    person = User.objects.filter(email=address).first() or _open_account(address, name, by=by)
    roles.give_first_administrator(person=person, partnership=partnership, by=by)
    _plan_invitation(person, key=f"{person.pk}:{uuid4().hex}")
    return person


@transaction.atomic
def invite_again(*, person: User, by: User) -> None:
    """Send the link to set a password once more, at most once an hour.

    Raises ``NotAllowed`` for who does not manage the person, ``RuleBroken`` for a closed account,
    somebody who has a password, or within the hour.
    """
    guarding.require_manager_everywhere(by, person)
    row = User.objects.select_for_update().get(pk=person.pk)
    if not row.is_active:
        raise RuleBroken("This account is closed.")
    if row.has_usable_password():
        raise RuleBroken("This person has a password. They can have a new one sent by signing in.")
    hour = dates.now().strftime("%Y-%m-%d-%H")
    if not _plan_invitation(row, key=f"{row.pk}:again:{hour}"):
        raise RuleBroken("An invitation was sent within the last hour.")


@transaction.atomic
def change_details(*, person: User, email: str, name: str, reason: str = "", by: User) -> User:
    """Change a person's name or address; by the old address nobody can sign in any more.

    Raises ``NotAllowed`` for who does not manage all of the person's partnerships, ``RuleBroken``
    for an address that is none or that another account has.
    """
    guarding.require_manager_everywhere(by, person)
    row = User.objects.select_for_update().get(pk=person.pk)
    policies.check_name(name)
    address = _checked_address(email)
    if User.objects.filter(email=address).exclude(pk=row.pk).exists():
        raise RuleBroken({"email": ["Another account has this address."]})
    if (row.name, row.email) == (name.strip(), address):
        return row
    if row.email != address:
        # allauth's own list would keep letting the old address in.
        EmailAddress.objects.filter(user=row).delete()
    row.name, row.email = name.strip(), address
    save_audited(row, by=by, reason=reason.strip() or "Details changed", fields=["name", "email"])
    return row


@transaction.atomic
def deactivate(*, person: User, reason: str, by: User) -> User:
    """Close an account: sessions and tokens end, what the person wrote keeps its author.

    The password goes too, so that no old session comes back when the account is reopened. Raises
    ``NotAllowed`` for who does not manage all of the person's partnerships, or for the own account,
    ``RuleBroken`` without a reason, for a closed account, or for the last administrator.
    """
    guarding.require_manager_everywhere(by, person)
    if by.pk == person.pk:
        raise NotAllowed("Nobody closes their own account. Ask another administrator.")
    if not reason.strip():
        raise RuleBroken({"reason": ["Enter why the account is closed."]})
    today = dates.today()
    administered = RoleAssignment.objects.not_over(today).filter(
        user=person, role=Role.ADMINISTRATOR
    )
    ids = sorted(administered.values_list("partnership_id", flat=True))
    for partnership_id in ids:
        guarding.lock(partnership_id)
    guarding.check_administrator_stays(partnership_ids=ids, leaving=person, first_day_without=today)
    row = User.objects.select_for_update().get(pk=person.pk)
    if not row.is_active:
        raise RuleBroken("This account is closed already.")
    AuthToken.objects.filter(user=row).delete()
    row.is_active, row.password = False, make_password(None)
    save_audited(row, by=by, reason=reason.strip(), fields=["is_active", "password"])
    return row


@transaction.atomic
def reactivate(*, person: User, reason: str = "", by: User) -> User:
    """Reopen an account and send a link to set a new password; roles that still run count again.

    Raises ``NotAllowed`` for who does not manage all of the person's partnerships, ``RuleBroken``
    for an account that is open.
    """
    guarding.require_manager_everywhere(by, person)
    row = User.objects.select_for_update().get(pk=person.pk)
    if row.is_active:
        raise RuleBroken("This account is open already.")
    row.is_active = True
    save_audited(row, by=by, reason=reason.strip() or "Account reopened", fields=["is_active"])
    _plan_invitation(row, key=f"{row.pk}:{uuid4().hex}")
    return row


@transaction.atomic
def send_password_reset(*, person: User, by: User) -> None:
    """Send the person a link to set a new password, as they asked themselves (``by`` is the person).

    Planned rather than sent, so that the page answers a known and an unknown address alike fast.
    """
    if by.pk != person.pk:
        raise NotAllowed("A new password is sent only to who asks for it.")
    plan_message(
        kind=PASSWORD_RESET,
        key=f"{person.pk}:{uuid4().hex}",
        recipient=person,
        day=dates.today(),
    )


def refusal_to_change_account(*, person: User, by: User) -> str:
    """Why ``by`` may not change the person's account itself, in a sentence; empty when they may."""
    try:
        guarding.require_manager_everywhere(by, person)
    except NotAllowed as refusal:
        return refusal.sentence
    return ""


def _known_or_new(*, email: str, name: str, partnership: Partnership, by: User) -> User:
    address = _checked_address(email)
    policies.check_name(name)
    known = User.objects.filter(email=address).first()
    if known is None:
        return _open_account(address, name, by=by)
    if permissions.people_of([partnership.pk]).filter(pk=known.pk).exists():
        raise RuleBroken(
            {
                "email": [
                    f"{known.name} has this address. Find them in the list, and give the role there."
                ]
            }
        )
    return known


def _open_account(address: str, name: str, *, by: User) -> User:
    policies.check_name(name)
    person = User(email=address, name=name.strip())
    person.set_unusable_password()
    save_audited(person, by=by, reason="Invited")
    return person


def _checked_address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise RuleBroken(
            {"email": ["Enter an e-mail address, such as name@example.org."]}
        ) from None
    if User.objects.filter(email=address, is_system=True).exists():
        raise RuleBroken({"email": ["Enter the address of a person."]})
    return address


def _plan_invitation(person: User, *, key: str) -> bool:
    """Plan the e-mail; False when it was planned before under this key."""
    message = plan_message(kind=INVITATION, key=key, recipient=person, day=dates.today())
    return message is not None
