"""Words that were sent after the session had ended come back to their author, page by page."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from hertsend.accounts.roles import Role
from hertsend.ui import typed
from plans.models import DateChangeRequest
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at

__all__ = ["built_world", "world"]

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LEAD, OFFICE = Role.WORKSTREAM_LEAD, Role.PROGRAMME_OFFICE
WORDS = {
    "asked_for_on_day": "20",
    "asked_for_on_month": "12",
    "asked_for_on_year": "2024",
    "reason": "The supplier came late.",
    "effect_on_others": "None that we know.",
    "affected": "",
}


@pytest.fixture(autouse=True)
def today():
    with at(TODAY):
        yield


def address(world, key: str, page: str = "date-request-ask") -> str:
    return reverse(f"plans:{page}", args=[world.plan.slug, key])


def signed_in(person) -> Client:
    """A browser that opened a page, so that it knows its person."""
    client = Client()
    client.force_login(person, backend=BACKEND)
    client.get("/")
    return client


def session_ends(client: Client) -> None:
    """The session is over; the browser's other cookies stay."""
    client.session.flush()
    del client.cookies["sessionid"]


def hidden(page) -> dict[str, str]:
    """What the page's form knows from its opening."""
    html = page.content.decode()
    names = ("base_version", "submission_key")
    return {name: re.search(rf'name="{name}" value="([^"]*)"', html)[1] for name in names}


def test_a_form_opens_again_with_its_words_and_can_be_sent(world):
    lead = world.people[LEAD]
    client, where = signed_in(lead), address(world, "PA1.1-1")
    sent = WORDS | hidden(client.get(where))
    session_ends(client)
    told = client.post(where, sent)
    assert told.status_code == 403
    assert told.context["comes_back"] is True
    client.force_login(lead, backend=BACKEND)
    page = client.get(where)
    assert typed.BACK in [str(message) for message in page.context["messages"]]
    assert page.context["form"]["reason"].value() == WORDS["reason"]
    assert not DateChangeRequest.objects.exists()
    assert client.post(where, WORDS | hidden(page)).status_code == 302
    assert DateChangeRequest.objects.get().reason == WORDS["reason"]
    assert client.get(where).context["form"]["reason"].value() != WORDS["reason"]


def test_two_pages_that_ended_both_come_back(world):
    lead = world.people[LEAD]
    client = signed_in(lead)
    pages = {address(world, key): f"Late because of {key}." for key in ("PA1.1-1", "PA1.1-2")}
    kept = {where: hidden(client.get(where)) for where in pages}
    session_ends(client)
    for where, reason in pages.items():
        client.post(where, WORDS | kept[where] | {"reason": reason})
    client.force_login(lead, backend=BACKEND)
    assert {where: client.get(where).context["form"]["reason"].value() for where in pages} == pages


def test_an_act_without_a_page_of_its_own_leads_to_the_page_it_stood_on(world):
    lead = world.people[LEAD]
    client = signed_in(lead)
    stood_on, act = address(world, "PA1.1-1", "milestone-detail"), address(world, "PA1.1-1")
    session_ends(client)
    referer = f"http://testserver{stood_on}?show=updates"
    told = client.post(act, {"reason": "Words with a blank."}, headers={"referer": referer})
    assert told.context["sign_in_url"].endswith(f"{stood_on}%3Fshow%3Dupdates")
    client.force_login(lead, backend=BACKEND)
    page = client.get(stood_on)
    assert page.context["site"].words_back == [("Reason", "Words with a blank.")]
    assert "You sent this after you had been signed out" in page.content.decode()
    assert client.get(stood_on).context["site"].words_back == []


@pytest.mark.parametrize("referer", ["", "https://elsewhere.example/page/", "javascript:alert(1)"])
def test_nobody_is_led_to_another_site(world, referer):
    client, where = signed_in(world.people[LEAD]), address(world, "PA1.1-1")
    session_ends(client)
    told = client.post(where, {"reason": "Two words."}, headers={"referer": referer})
    assert told.context["sign_in_url"] == f"{reverse('account_login')}?next={where}"


def test_words_are_nobodys_after_signing_out_and_never_somebody_elses(world):
    lead, office = world.people[LEAD], world.people[OFFICE]
    where = address(world, "PA1.1-1")
    client = signed_in(lead)
    assert client.cookies[typed.AUTHOR].value
    session_ends(client)
    client.post(where, WORDS)
    client.force_login(office, backend=BACKEND)
    assert WORDS["reason"] not in client.get(where).content.decode()
    client.post(reverse("account_logout"))
    assert client.cookies[typed.AUTHOR].value == ""
    assert client.post(where, WORDS).context["comes_back"] is False
