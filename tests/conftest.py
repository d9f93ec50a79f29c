"""Fixtures for every test: the plan of a small partnership, and one signed-in person per role.

``world`` builds through the services, so that no impossible state can be tested by accident.
"""

import pytest
from django.conf import settings as django_settings
from django.test import Client
from hypothesis import settings as examples
from rest_framework.test import APIClient

from hertsend.accounts.roles import Role
from tests.factories.world import World

# How long an example takes says how busy the machine is; speed is measured by `make bench` alone.
examples.register_profile("hertsend", deadline=None)
examples.load_profile("hertsend")


@pytest.fixture(autouse=True, scope="session")
def _files_of_their_own(tmp_path_factory):
    """What tests hand in lies in a folder that goes with them."""
    django_settings.HERTSEND_FILES = tmp_path_factory.mktemp("files")


@pytest.fixture
def world(db) -> World:
    """A small plan, its September 2024 open, and a person for each role."""
    return World.build()


@pytest.fixture
def as_role(world):
    """Answer a browser that is signed in as the world's person with that role."""

    def signed_in(role: Role) -> Client:
        client = Client()
        client.force_login(
            world.people[role], backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        return client

    return signed_in


@pytest.fixture
def api_as(world):
    """Answer an API client that acts as the world's person with that role."""

    def acting(role: Role) -> APIClient:
        client = APIClient()
        client.force_authenticate(world.people[role])
        return client

    return acting
