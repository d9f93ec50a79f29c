"""What the tests of the pages about people share: addresses, browsers, dates as typed."""

from django.test import Client
from django.urls import reverse


def url(name, *args):
    """The address of a page about people."""
    return reverse(f"accounts:{name}", args=args)


def signed_in(user):
    """A browser in which that person is signed in."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def day(prefix, value):
    """A date as the three boxes send it."""
    return {
        f"{prefix}_day": value.day,
        f"{prefix}_month": value.month,
        f"{prefix}_year": value.year,
    }
