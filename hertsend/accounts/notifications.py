"""The words of the e-mails about an account; the links in them are made at the moment of sending."""

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.template.loader import render_to_string
from django.urls import reverse

from hertsend import dates
from hertsend.accounts import selectors
from hertsend.accounts.models import User
from hertsend.accounts.services.deputies import DEPUTY_NAMED
from hertsend.accounts.services.people import INVITATION, PASSWORD_RESET
from hertsend.jobs.mail import one_line
from hertsend.jobs.registry import Mail, absolute_link, renderer


@renderer(INVITATION)
def invitation(*, recipient: User, **_: object) -> Mail | None:
    """Who has no password gets a link to set one; who has one is told of the role and signs in."""
    roles = selectors.roles_not_over(recipient)
    if not roles:
        return None
    return Mail(
        subject=f"Your account for the SEND improvement plan of {roles[0].place}",
        text=render_to_string(
            "emails/accounts/invitation.txt",
            {
                "person": recipient,
                "roles": roles,
                "set_password_link": None if recipient.has_usable_password() else _link(recipient),
                "sign_in_link": absolute_link(reverse("account_login")),
                "ask_again_link": absolute_link(reverse("account_reset_password")),
            },
        ),
    )


@renderer(PASSWORD_RESET)
def password_reset(*, recipient: User, **_: object) -> Mail:
    """A link to set a new password, as somebody asked for who knows the address."""
    return Mail(
        subject="Set a new password",
        text=render_to_string(
            "emails/accounts/password_reset.txt",
            {"person": recipient, "set_password_link": _link(recipient)},
        ),
    )


@renderer(DEPUTY_NAMED)
def deputy_named(*, recipient: User, **_: object) -> Mail | None:
    """For whom a person stands in, from when until when, and what for; withheld once that is over."""
    lines = selectors.deputyships_held(recipient, on=dates.today())
    if not lines:
        return None
    leads = one_line(" and ".join(dict.fromkeys(line.lead for line in lines)))
    context = {
        "name": one_line(recipient.name),
        "leads": leads,
        "lines": [(one_line(line.lead), one_line(line.words), line) for line in lines],
        "home": absolute_link(reverse("pages:home")),
    }
    return Mail(
        subject=f"You stand in for {leads}",
        text=render_to_string("emails/accounts/deputy_named.txt", context),
    )


def _link(person: User) -> str:
    """The page on which the person sets a password; good for 24 hours, and once."""
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(person), "key": token},
    )
    return absolute_link(path)
