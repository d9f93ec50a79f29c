"""The stocktake's page, its document and its endpoint: for whom, which span, and the same content."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from docx import Document

from hertsend.accounts.roles import MATRIX, Permission, Role
from tests.factories.world import at
from tests.governance.stocktake.conftest import CAUSE, END, told
from tests.governance.stocktake.test_document import rows_of
from tests.governance.views.test_dashboard import get, links_of, text_of

__all__ = ["told"]

PAGE, FILE = "governance:stocktake", "governance:stocktake-document"
SPAN = "?since=2024-09-03"
READERS = [role for role in Role if Permission.READ_BOARD_PACK in MATRIX[role].may]


@pytest.mark.parametrize("role", READERS)
def test_readers_of_the_boards_papers_read_it_without_internal_notes(told, as_role, role):
    page = get(as_role(role), told, SPAN, name=PAGE, on=END)
    words = text_of(page)
    assert "Stocktake of all areas, 3 September 2024 to 20 October 2024" in words
    assert (
        "Of 4 milestones, 0 were complete at the start and 1 at the end: 1 was completed, 1 was "
        "signed off and 2 are overdue." in words
    )
    assert "It stalled." in words
    file = get(as_role(role), told, SPAN, name=FILE, on=END)
    cells = str([rows_of(table) for table in Document(io.BytesIO(file.content)).tables])
    assert "It stalled." in cells
    assert "QX-INTERNAL" not in words + cells


@pytest.mark.parametrize("name", [PAGE, FILE])
def test_it_is_not_for_families_and_not_there_for_strangers(told, as_role, name):
    page = get(as_role(Role.PARENT_CARER_REPRESENTATIVE), told, SPAN, name=name, on=END)
    assert page.status_code == 403
    with at(END):
        address = reverse(name, args=[told.foreign.plan.slug])
        assert as_role(Role.BOARD_MEMBER).get(address + SPAN).status_code == 404


def test_by_default_it_is_the_review_that_runs(told, as_role):
    page = get(as_role(Role.BOARD_MEMBER), told, name=PAGE, on=END)
    words = text_of(page)
    assert "Stocktake of all areas, 30 June 2024 to 20 October 2024" in words
    assert "6 months 12 months so far" in words
    here = reverse(PAGE, args=[told.plan.slug])
    assert {
        f"{here}?since=2023-12-01&until=2024-06-30",
        f"{here}?since=2024-06-30",
        f"{reverse(FILE, args=[told.plan.slug])}?since=2024-06-30",
    } <= set(links_of(page))


def test_one_area_is_shown_unfolded_and_downloads_alone(told, as_role):
    client = as_role(Role.BOARD_MEMBER)
    page = get(client, told, f"{SPAN}&area=AI1", name=PAGE, on=END)
    words, html = text_of(page), page.content.decode()
    assert "Stocktake of AI1, 3 September 2024 to 20 October 2024" in words
    assert "PA1.1-1" not in words
    assert '<details class="govuk-details hs-details" open>' in html
    assert "The supplier &lt;b&gt;left&lt;/b&gt; &amp; took the data." in html
    file = get(client, told, f"{SPAN}&area=AI1", name=FILE, on=END)
    assert file.headers["Content-Disposition"] == (
        f'attachment; filename="{told.plan.slug}-stocktake-AI1-2024-09-03-today.docx"'
    )
    assert CAUSE in str([rows_of(table) for table in Document(io.BytesIO(file.content)).tables])


def test_a_past_end_keeps_its_links_there(told, as_role):
    page = get(as_role(Role.BOARD_MEMBER), told, f"{SPAN}&until=2024-10-10", name=PAGE, on=END)
    one = reverse("plans:milestone-detail", args=[told.plan.slug, "PA1.1-1"])
    assert f"{one}?as_at=2024-10-10" in links_of(page)
    assert one not in links_of(page)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?since=2024-10-21", "21 October 2024 is still to come."),
        (
            "?since=2024-10-05&until=2024-10-05",
            "Choose a moment before the one to compare it with.",
        ),
        ("?since=2024-09-03&area=XX", "This plan has no area “XX”."),
    ],
)
def test_refusals_stand_at_their_fields_and_are_the_same_everywhere(
    told, as_role, api_as, query, sentence
):
    client = as_role(Role.BOARD_MEMBER)
    page = get(client, told, query, name=PAGE, on=END)
    assert page.status_code == 400
    assert sentence in text_of(page)
    assert 'class="govuk-error-summary"' in page.content.decode()
    assert sentence in text_of(get(client, told, query, name=FILE, on=END))
    with at(END):
        answer = api_as(Role.BOARD_MEMBER).get(f"/api/v1/plans/{told.plan.slug}/stocktake/{query}")
    assert answer.status_code == 400
    (sentences,) = answer.json()["fields"].values()
    assert sentence in sentences[0]


def test_programs_read_the_same(told, api_as):
    address = f"/api/v1/plans/{told.plan.slug}/stocktake/{SPAN}"
    with at(END):
        found = api_as(Role.ADVISER).get(address).json()
        refused = api_as(Role.PARENT_CARER_REPRESENTATIVE).get(address)
    first, second = found["parts"]
    assert (first["areas"], first["milestones"], len(first["completed"])) == (["PA1"], 2, 1)
    assert first["signed_off"][0]["signed_by"] == "Joint chair PA1"
    assert first["dates_agreed"][0]["agreed_on"] == "2024-12-06"
    assert second["exceptions"][0]["cause"] == CAUSE
    assert [each["days_overdue"] for each in second["overdue"]] == [20, 20]
    assert "QX-INTERNAL" not in str(found)
    assert refused.status_code == 403


def test_before_there_is_anything_to_look_back_on_it_says_so(world, as_role):
    from tests.factories import models as make  # noqa: PLC0415 - beside its only use

    with at(dt.date(2024, 9, 3)):
        plan = make.PlanFactory(partnership=world.partnership, published="2023")
        client = as_role(Role.BOARD_MEMBER)
        page = client.get(reverse(PAGE, args=[plan.slug]))
        file = client.get(reverse(FILE, args=[plan.slug]))
    assert "There is nothing to take stock of yet." in text_of(page)
    assert (page.status_code, file.status_code) == (200, 400)
