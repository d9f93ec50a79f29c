"""The page of what changed, its CSV and the endpoint: one comparison through three doors."""

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse

from hertsend.accounts.roles import Role
from tests.factories.shared import built_world, world
from tests.factories.world import at, noon
from tests.governance import steps
from tests.governance.views.test_dashboard import get, links_of, text_of

__all__ = ["built_world", "world"]

NOW = dt.date(2024, 9, 20)
SPAN = "?since=2024-09-03&until=2024-09-06"
CHANGES = "governance:changes"


@pytest.fixture
def told(world):
    """After 3 September one step is proposed and another is moved; August freezes."""
    steps.report(world, "PA1.1-1", moment=noon(dt.date(2024, 9, 3)))
    steps.propose(world, "PA1.1-1", on=dt.date(2024, 9, 5))
    steps.agree(world, "PA1.1-2", dt.date(2024, 12, 6), on=dt.date(2024, 9, 6))
    steps.advance(world, steps.AUGUST_FREEZES)
    return world


def test_the_page_says_in_a_sentence_what_changed_and_lists_it(told, as_role):
    page = get(as_role(Role.BOARD_MEMBER), told, SPAN, name=CHANGES, on=NOW)
    words = text_of(page)
    assert (
        "2 of 4 milestones changed between the end of 3 September 2024 and the end of "
        "6 September 2024. 1 completed; 1 moved to another date with approval." in words
    )
    assert "Completed 1" in words
    assert (
        "6 December 2024 agreed by Joint chair PA1 on 6 September 2024: The supplier is late."
        in words
    )
    one = reverse("plans:milestone-detail", args=[told.plan.slug, "PA1.1-1"])
    table = reverse("plans:milestone-list", args=[told.plan.slug])
    assert {
        f"{one}?as_at=2024-09-06",
        f"{table}?as_at=2024-09-06&beside=2024-09-03",
        "#completed",
        "#moved",
    } <= set(links_of(page))


def test_by_default_it_is_since_the_last_board_pack(told, as_role):
    client = as_role(Role.BOARD_MEMBER)
    words = text_of(get(client, told, name=CHANGES, on=NOW))
    assert "between the freeze of August 2024 on 10 September 2024 and now." in words
    steps.store_pack(told, steps.JULY, on=dt.date(2024, 9, 3))
    assert "the freeze of July 2024 on 3 September 2024" in text_of(
        get(client, told, name=CHANGES, on=NOW)
    )


def test_of_a_month_and_a_day_the_day_counts(told, as_role):
    query = "?since=2024-08&since=2024-09-05&until=2024-08&until="
    words = text_of(get(as_role(Role.BOARD_MEMBER), told, query, name=CHANGES, on=NOW))
    assert "between the end of 5 September 2024 and the freeze of August 2024" in words


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?since=2024-09-21", "21 September 2024 is still to come."),
        (
            "?since=2024-09-06&until=2024-09-05",
            "Choose a moment before the one to compare it with.",
        ),
        ("?until=nonsense", "“nonsense” is no date."),
    ],
)
def test_a_refusal_stands_at_the_field_and_what_was_typed_stays(
    told, as_role, api_as, query, sentence
):
    page = get(as_role(Role.BOARD_MEMBER), told, query, name=CHANGES, on=NOW)
    assert page.status_code == 400
    words, html = text_of(page), page.content.decode()
    assert words.count(sentence) == 2
    assert 'class="govuk-error-summary"' in html
    assert f'value="{query.split("=")[1].split("&")[0]}"' in html
    assert "changed between" not in words
    with at(NOW):
        answer = api_as(Role.BOARD_MEMBER).get(f"/api/v1/plans/{told.plan.slug}/changes/{query}")
    assert answer.status_code == 400
    (sentences,) = answer.json()["fields"].values()
    assert sentence in sentences[0]


def test_the_download_has_a_row_for_each_change(told, as_role):
    page = get(as_role(Role.BOARD_MEMBER), told, SPAN, name="governance:changes-export", on=NOW)
    rows = list(csv.DictReader(io.StringIO(page.content.decode("utf-8-sig"))))
    assert [
        [row[name] for name in ("Change", "Number", "Date in force then", "Date in force", "Stage")]
        for row in rows
    ] == [
        ["Completed", "PA1.1-1", "2024-09-30", "2024-09-30", "Proposed complete"],
        ["Moved to another date", "PA1.1-2", "2024-09-30", "2024-12-06", "Not started"],
    ]
    assert rows[1]["Agreed by"] == "Joint chair PA1"
    assert page.headers["Content-Disposition"] == (
        f'attachment; filename="{told.plan.slug}-changes-2024-09-03-2024-09-06.csv"'
    )


def test_programs_read_the_same(told, api_as):
    with at(NOW):
        answer = api_as(Role.BOARD_MEMBER).get(f"/api/v1/plans/{told.plan.slug}/changes/{SPAN}")
    found = answer.json()
    assert [(group["change"], group["count"]) for group in found["changes"]] == [
        ("completed", 1),
        ("moved", 1),
    ]
    assert found["since"]["as_at"] == "2024-09-03"
    assert found["until"]["words"] == "6 September 2024, end of day"
    moved = found["changes"][1]["milestones"][0]
    assert (moved["key"], moved["then"]["date_in_force"], moved["now"]["date_in_force"]) == (
        "PA1.1-2",
        "2024-09-30",
        "2024-12-06",
    )
    assert moved["dates_agreed"][0]["agreed_by"] == "Joint chair PA1"
    assert found["impact"] == []


def test_families_read_it_without_names_and_officers_words(told, as_role, api_as):
    families = Role.PARENT_CARER_REPRESENTATIVE
    page = get(as_role(families), told, SPAN, name=CHANGES, on=NOW)
    export = get(as_role(families), told, SPAN, name="governance:changes-export", on=NOW)
    with at(NOW):
        answer = api_as(families).get(f"/api/v1/plans/{told.plan.slug}/changes/{SPAN}")
    for body in (page, export, answer):
        assert body.status_code == 200
        for hidden in ("Joint chair PA1", "The supplier is late.", "The board accepts it."):
            assert hidden not in body.content.decode()
    assert "6 December 2024 agreed on 6 September 2024" in text_of(page)
    move = answer.json()["changes"][1]["milestones"][0]["dates_agreed"][0]
    assert set(move) == {"before", "agreed_on", "at"}


def test_another_partnerships_changes_are_not_found(told, as_role):
    with at(NOW):
        for name in (CHANGES, "governance:changes-export"):
            address = reverse(name, args=[told.foreign.plan.slug])
            assert as_role(Role.BOARD_MEMBER).get(address).status_code == 404


def test_the_table_shows_what_each_milestone_was_at_the_moment_beside(told, as_role):
    client = as_role(Role.BOARD_MEMBER)
    page = get(client, told, "?beside=2024-09-03&sort=number", name="plans:milestone-list", on=NOW)
    words = text_of(page)
    assert "Beside: 3 September 2024" in words
    assert "Complete On track Proposed complete In progress" in words
    assert "6 Dec 2024 30 Sep 2024 67 –" in words
    export = get(client, told, "?beside=2024-09-03", name="plans:milestone-export", on=NOW)
    rows = list(csv.DictReader(io.StringIO(export.content.decode("utf-8-sig"))))
    found = {row["Number"]: row for row in rows}
    assert (found["PA1.1-1"]["Stage"], found["PA1.1-1"]["Stage then"]) == (
        "Proposed complete",
        "In progress",
    )
    assert (found["PA1.1-2"]["Agreed date"], found["PA1.1-2"]["Agreed date then"]) == (
        "2024-12-06",
        "",
    )
    refused = get(client, told, "?beside=nonsense", name="plans:milestone-list", on=NOW)
    assert refused.status_code == 400
