"""The pages of "You said, we did": by quarter, as it is worked on, and its forms."""

import pytest
from django.urls import reverse

from governance.models import FeedbackItem
from hertsend.accounts.roles import Role
from tests.access.feedback import QUARTER_BEFORE, answered, approved, enter, published
from tests.factories.world import TODAY, at
from tests.journeys.office import browser_of, words_of

FAMILIES, LEAD = Role.PARENT_CARER_REPRESENTATIVE, Role.WORKSTREAM_LEAD
OFFICE = Role.PROGRAMME_OFFICE
TYPED = {
    "theme": "Transport",
    "source": "Drop-in for families",
    "said_on_day": "1",
    "said_on_month": "7",
    "said_on_year": "2024",
    "said": "The bus came late each day.",
}


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield


def address(world, name, *rest):
    return reverse(f"governance:feedback-{name}", args=[world.plan.slug, *rest])


def get(world, role, name, *rest):
    return browser_of(world.people[role]).get(address(world, name, *rest))


def post(world, role, name, *rest, **data):
    return browser_of(world.people[role]).post(address(world, name, *rest), data, follow=True)


def test_with_nothing_published_the_page_says_what_comes(world):
    words = words_of(get(world, FAMILIES, "list"))
    assert "Nothing has been published for this quarter yet." in words
    assert "July to September 2024 0" in words


def test_the_page_of_a_quarter_says_what_was_said_and_done(world):
    published(world, enter(world, by=world.people[FAMILIES]), QUARTER_BEFORE)
    words = words_of(get(world, FAMILIES, "quarter", "2024-q2"))
    for part in (
        "You said We wait too long. Survey of the forum, 5 July 2024",
        "What we will do Hire two more.",
        "What we did One began in June.",
        "What difference it made Waits are shorter.",
        "Part of PA1.1",
    ):
        assert part in words
    assert get(world, FAMILIES, "quarter", "2024-q3").status_code == 200
    for unknown in ("2024-q1", "2024-q9", "soon"):
        assert get(world, FAMILIES, "quarter", unknown).status_code == 404


def test_the_home_of_families_shows_the_latest_quarter(world):
    home = reverse("pages:home")
    assert "Nothing has been published yet." in words_of(
        browser_of(world.people[FAMILIES]).get(home)
    )
    published(world, enter(world, by=world.people[LEAD]))
    words = words_of(browser_of(world.people[FAMILIES]).get(home))
    assert "You said, we did July to September 2024 Waiting You said We wait too long." in words
    past = words_of(browser_of(world.people[FAMILIES]).get(home, {"as_at": "2024-08-30"}))
    assert "We wait too long." not in past


def test_a_representative_enters_what_was_said(world):
    page = post(world, FAMILIES, "enter", **TYPED)
    item = FeedbackItem.objects.get()
    assert (item.said, item.entered_by) == (TYPED["said"], world.people[FAMILIES])
    assert "Saved. The programme office and the leads can answer it now." in page.content.decode()
    assert "Transport" in words_of(page)


def test_personal_data_is_pointed_at_and_nothing_typed_is_lost(world):
    page = post(world, FAMILIES, "enter", **TYPED | {"said": "Ring 07700 900123."})
    words = words_of(page)
    assert "Write nothing that tells who a child, young person or parent is" in words
    assert "“07700 900123” looks like a telephone number." in words
    assert 'value="Transport"' in page.content.decode()
    post(world, FAMILIES, "enter", **TYPED | {"said": "Ring 07700 900123.", "is_checked": "on"})
    assert FeedbackItem.objects.get().said == "Ring 07700 900123."


def test_a_representative_sees_no_answer_before_it_is_published(world):
    item = answered(world, enter(world, by=world.people[FAMILIES]))
    words = words_of(get(world, FAMILIES, "detail", item.number))
    assert "We wait too long." in words
    assert "Hire two more." not in words
    assert "Hire two more." in words_of(get(world, OFFICE, "detail", item.number))


def test_from_entry_to_page_through_the_forms(world):
    item = enter(world, by=world.people[FAMILIES])
    said = words_of(get(world, LEAD, "answer", item.number))
    assert "You said We wait too long." in said
    action = str(world.actions["PA1.1"].pk)
    typed = {"will_do": "Hire.", "done": "", "difference": "", "actions": [action]}
    post(world, LEAD, "answer", item.number, base_version="0", **typed)
    post(world, OFFICE, "approve", item.number, base_version="1")
    page = post(world, OFFICE, "publish", item.number, base_version="2", quarter="2024-q3")
    assert "Published. Everyone who reads the plan sees it now." in page.content.decode()
    assert "What we did Nothing yet." in words_of(get(world, FAMILIES, "list"))
    post(world, OFFICE, "withdraw", item.number, base_version="3", reason="It names a school.")
    assert "We wait too long." not in words_of(get(world, FAMILIES, "list"))
    assert "It names a school." in words_of(get(world, OFFICE, "detail", item.number))


def test_who_approves_is_shown_what_looks_like_personal_data(world):
    item = enter(world, by=world.people[LEAD], said="Ring 07700 900123.", is_checked=True)
    item = answered(world, item)
    words = words_of(get(world, OFFICE, "approve", item.number))
    assert "Look again: this may tell who somebody is" in words
    assert "“07700 900123” looks like a telephone number." in words


def test_who_wrote_is_told_that_another_approves(world):
    item = answered(world, enter(world, by=world.people[OFFICE]))
    page = post(world, OFFICE, "approve", item.number, base_version=str(item.version))
    assert "You wrote some of these words." in words_of(page)
    assert FeedbackItem.objects.get().state == "draft"


def test_who_is_overtaken_sees_both_and_loses_nothing(world):
    item = enter(world, by=world.people[FAMILIES])
    post(world, LEAD, "said", item.number, base_version="0", **TYPED)
    mine = TYPED | {"said": "The taxi came late."}
    page = post(world, FAMILIES, "said", item.number, base_version="0", **mine)
    words = words_of(page)
    assert page.status_code == 409
    assert "What is stored now" in words
    assert "The bus came late each day." in words
    assert "The taxi came late." in words
    again = page.context["form"]["base_version"].value()
    post(world, FAMILIES, "said", item.number, base_version=str(again), **mine)
    assert FeedbackItem.objects.get().said == "The taxi came late."


def test_a_form_opens_with_what_is_stored(world):
    item = answered(world, enter(world, by=world.people[FAMILIES]))
    assert "Hire two more." in get(world, LEAD, "answer", item.number).content.decode()
    assert "We wait too long." in get(world, FAMILIES, "said", item.number).content.decode()


def test_the_list_of_entries(world):
    assert "Nothing has been entered yet." in words_of(get(world, OFFICE, "work"))
    approved(world, enter(world, by=world.people[LEAD]))
    words = words_of(get(world, OFFICE, "work"))
    assert "Waiting We wait too long. Survey of the forum" in words
    assert "Approved" in words
    assert "Nothing has been entered yet." in words_of(get(world, FAMILIES, "work"))
    assert get(world, Role.BOARD_MEMBER, "work").status_code == 403
