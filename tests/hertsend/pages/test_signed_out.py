"""Words that arrive after the session ended are shown to whoever typed them, and to nobody else."""

import pytest
from django.test import Client
from django.urls import reverse

ADDRESS = reverse("plans:milestone-update", args=["some-plan", "PA1.1-1"])
SIGN_IN = f"{reverse('account_login')}?next={ADDRESS}"
TYPED = {
    "what_happened": "The offer is <b>drafted</b>.\nIt was long.",
    "rating": "red",
    "submission_key": "abc",
    "password": "half way there",
}

pytestmark = pytest.mark.django_db


def test_sentences_are_shown_with_the_way_back_and_kept_out_of_caches():
    page = Client().post(ADDRESS, TYPED)
    assert (page.status_code, page.headers["Cache-Control"]) == (403, "private, no-store")
    html = page.content.decode()
    assert "The offer is &lt;b&gt;drafted&lt;/b&gt;.<br>It was long." in html
    assert f'href="{SIGN_IN}"' in html
    assert page.context["typed"] == [("What happened", TYPED["what_happened"])]
    assert "half way there" not in html


@pytest.mark.parametrize("data", [{}, {"rating": "red"}, {"password": "half way there"}])
def test_without_a_sentence_the_way_leads_to_sign_in(data):
    answer = Client().post(ADDRESS, data)
    assert (answer.status_code, answer.headers["Location"]) == (302, SIGN_IN)


def test_a_page_that_is_only_asked_for_leads_to_sign_in():
    answer = Client().get(ADDRESS, {"what_happened": "Words of a link."})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))


def test_words_of_another_site_are_not_shown():
    page = Client(enforce_csrf_checks=True).post(ADDRESS, {"what_happened": "Words of others."})
    assert page.status_code == 403
    assert "Words of others." not in page.content.decode()


def test_the_interface_for_programs_answers_as_before():
    address = reverse("plans-api:plan-list")
    answer = Client().post(address, {"what_happened": "Words of others."})
    assert answer.status_code == 401
    assert "Words of others." not in answer.content.decode()
