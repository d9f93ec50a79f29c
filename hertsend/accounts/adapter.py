"""Sign-in by django-allauth, closed to strangers: administrators make the accounts."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Local accounts by e-mail address; nobody can sign themselves up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always closed."""
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Sign-in through an organisation (OpenID Connect), for accounts that exist already."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Always closed."""
        return False
