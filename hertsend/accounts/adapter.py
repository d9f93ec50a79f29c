"""Sign-in by django-allauth, closed to strangers: administrators make the accounts."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from hertsend.accounts.models import User
from hertsend.accounts.services import people

TO_STRANGERS = frozenset({"account/email/unknown_account", "account/email/account_already_exists"})
"""Letters of allauth to an address that somebody typed into a public form."""


class AccountAdapter(DefaultAccountAdapter):
    """Local accounts by e-mail address; nobody can sign themselves up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always closed."""
        return False

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Plan the e-mail instead of sending it.

        The page then answers a known and an unknown address in the same time, and the link carries
        the configured address of the site and never a request's.
        """
        people.send_password_reset(person=user, by=user)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write to people with an account only: strangers' addresses get nothing from this site."""
        if template_prefix not in TO_STRANGERS:
            super().send_mail(template_prefix, email, context)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Sign-in through an organisation (OpenID Connect), for accounts that exist already."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Always closed."""
        return False
