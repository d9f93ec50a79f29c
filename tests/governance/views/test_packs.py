"""A pack's page: from what was stored alone, for those who may read it, or refused."""

import csv
import datetime as dt
import html
import io
import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from governance.enums import Edition
from governance.models import BoardPack, PackRun
from governance.services import pack_runs
from governance.views.packs import MONTHS_A_PAGE
from hertsend.accounts.models import User
from hertsend.accounts.roles import MATRIX, Permission, Role
from hertsend.documents import sheets, word
from hertsend.records.bases import save_audited
from plans.services import periods
from tests.factories.world import at, noon
from tests.governance import steps
from tests.governance.steps import AUGUST, JULY
from tests.hertsend.documents.pdfs import pages_of

READERS = [role for role in Role if Permission.READ_BOARD_PACK in MATRIX[role].may]
NOW = dt.date(2024, 9, 12)


@pytest.fixture
def pack(packable):
    return steps.store_pack(packable, AUGUST, on=NOW)


def browser(person):
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def get(person, address):
    with at(NOW):
        return browser(person).get(address)


def main_of(response):
    """The pack itself, without the frame of the site."""
    page = response.content.decode()
    return page[page.index("<main") : page.index("</main>")]


def words_of(response):
    page = re.sub(r"<svg.*?</svg>", " ", main_of(response), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


@pytest.mark.parametrize("role", READERS)
def test_readers_of_the_boards_papers_open_a_pack(packable, pack, role):
    page = get(packable.people[role], pack.get_absolute_url())
    assert page.status_code == 200
    words = words_of(page)
    assert "Board pack August 2024" in words
    assert "Tuesday 10 September 2024, 12:00. Later changes are not in this pack." in words
    assert "Board, version 1" in words
    assert "It stalled." in words
    assert "Joint chair PA1" in words
    assert steps.NOTE not in page.content.decode()
    assert f"SHA-256 {steps.run_of(pack).shown_sha256}" in words


def test_parent_carer_representatives_do_not(packable, pack):
    person = packable.people[Role.PARENT_CARER_REPRESENTATIVE]
    assert get(person, pack.get_absolute_url()).status_code == 404
    listed = get(person, reverse("governance:pack-list", args=[packable.plan.slug]))
    assert "No pack has been issued yet." in words_of(listed)
    assert pack.get_absolute_url() not in listed.content.decode()


def test_the_neighbours_find_nothing(packable, pack):
    neighbour = packable.foreign.people[Role.BOARD_MEMBER]
    assert get(neighbour, pack.get_absolute_url()).status_code == 404


def test_a_neighbours_pack_is_not_found_under_the_own_plan(packable, pack):
    there = steps.store_pack(packable.foreign, JULY, on=NOW)
    person = packable.people[Role.BOARD_MEMBER]
    here = reverse("governance:pack-detail", args=[packable.plan.slug, "2024-07", "board", 1])
    assert get(person, here).status_code == 404
    assert get(person, there.get_absolute_url()).status_code == 404


def test_rights_are_asked_when_a_pack_is_opened(packable, pack):
    person = packable.people[Role.BOARD_MEMBER]
    assert get(person, pack.get_absolute_url()).status_code == 200
    role = person.role_assignments.get()
    role.ends_on = dt.date(2024, 9, 11)
    role.save()
    fresh = type(person).objects.get(pk=person.pk)
    assert get(fresh, pack.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    "parts",
    [
        ("2024-07", "board", 1),
        ("2024-08", "board", 2),
        ("2024-08", "families", 1),
        ("nonsense", "board", 1),
        ("2024-13", "board", 1),
    ],
)
def test_a_pack_that_is_not_there_is_not_found(packable, pack, parts):
    address = reverse("governance:pack-detail", args=[packable.plan.slug, *parts])
    assert get(packable.people[Role.BOARD_MEMBER], address).status_code == 404


def test_what_changes_afterwards_does_not_change_the_page(packable, pack):
    person = packable.people[Role.BOARD_MEMBER]
    before = main_of(get(person, pack.get_absolute_url()))
    steps.propose(packable, "AI1.1-1", on=NOW)
    steps.agree(packable, "PA1.1-2", dt.date(2025, 1, 31), on=NOW)
    milestone = packable.milestone("AI1.1-2")
    milestone.text = "Other words"
    milestone.save()
    workstream = packable.workstreams["AI1"]
    workstream.name = "Another name"
    workstream.save()
    packable.people[Role.JOINT_CHAIR].name = "Another chair"
    packable.people[Role.JOINT_CHAIR].save()
    assert main_of(get(person, pack.get_absolute_url())) == before
    assert "Complete step AI1.1-2." in before


def test_the_words_explained_are_those_of_the_pack(packable, pack):
    term = packable.plan.glossary_terms.model(
        plan=packable.plan, position=1, term="stalled", expansion="Added later"
    )
    term.save()
    page = get(packable.people[Role.BOARD_MEMBER], pack.get_absolute_url())
    assert "Added later" not in main_of(page)


FILES = {
    "pack-pdf": ("application/pdf", "pdf", b"%PDF-"),
    "pack-word": (word.MEDIA_TYPE, "docx", b"PK"),
    "pack-workbook": (sheets.WORKBOOK_TYPE, "xlsx", b"PK"),
    "pack-csv": (sheets.ARCHIVE_TYPE, "csv.zip", b"PK"),
}


def address_of(pack, name, *, world, revision=1):
    month = f"{pack.period.month:%Y-%m}"
    return reverse(f"governance:{name}", args=[world.plan.slug, month, "board", revision])


@pytest.mark.parametrize("name", FILES)
def test_a_pack_is_handed_out_as_a_file_never_to_be_opened_here(packable, pack, name):
    media_type, ending, beginning = FILES[name]
    answer = get(packable.people[Role.BOARD_MEMBER], address_of(pack, name, world=packable))
    body = answer.getvalue()
    assert answer.status_code == 200
    assert answer["Content-Type"] == media_type
    name_of_file = f"{packable.plan.slug}-board-pack-2024-08-v1.{ending}"
    assert answer["Content-Disposition"] == f'attachment; filename="{name_of_file}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert (answer["Cache-Control"], answer["Content-Length"]) == (
        "private, no-store",
        f"{len(body)}",
    )
    assert body.startswith(beginning)


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_for_those_who_may_open_the_page(packable, pack, name):
    address = address_of(pack, name, world=packable)
    assert get(packable.people[Role.PARENT_CARER_REPRESENTATIVE], address).status_code == 404
    assert get(packable.foreign.people[Role.BOARD_MEMBER], address).status_code == 404
    gone = address_of(pack, name, world=packable, revision=2)
    assert get(packable.people[Role.BOARD_MEMBER], gone).status_code == 404


def test_the_page_offers_its_files(packable, pack):
    page = main_of(get(packable.people[Role.BOARD_MEMBER], pack.get_absolute_url()))
    for name in FILES:
        assert f'href="{address_of(pack, name, world=packable)}" download' in page


@pytest.mark.parametrize("name", FILES)
def test_of_a_pack_that_was_altered_no_file_is_made(packable, pack, name):
    person = packable.people[Role.BOARD_MEMBER]
    address = address_of(pack, name, world=packable)
    assert get(person, address).status_code == 200
    tamper(pack, "sha256", "0" * 64)
    answer = get(person, address)
    assert answer.status_code == 500
    assert "It stalled." not in answer.content.decode()


def tamper(pack, column, value):
    """Change the stored row behind the application's back."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE governance_boardpack SET {column} = %s WHERE id = %s", [value, pack.pk]
        )


def changed_content(pack):
    content = json.loads(json.dumps(pack.content))
    content["summary"]["headline"] = "All is well."
    return json.dumps(content)


@pytest.mark.parametrize("column", ["content", "sha256", "schema_version"])
def test_a_pack_that_is_not_what_was_assembled_is_refused(packable, pack, column, caplog):
    value = {"content": changed_content(pack), "sha256": "0" * 64, "schema_version": 9}[column]
    tamper(pack, column, value)
    page = get(packable.people[Role.BOARD_MEMBER], pack.get_absolute_url())
    assert page.status_code == 500
    words = words_of(page)
    assert "What is stored is not what was assembled" in words
    assert "All is well." not in words
    assert f"Pack {pack.pk} cannot be shown." in caplog.text


def test_open_exceptions_are_shown_as_they_were_at_the_cut_off(packable):
    steps.flag(packable, on=dt.date(2024, 10, 1))
    steps.advance(packable, steps.SEPTEMBER_FREEZES)
    pack = steps.store_pack(packable, steps.SEPTEMBER, on=dt.date(2024, 10, 15))
    person = packable.people[Role.BOARD_MEMBER]
    address = reverse("governance:dashboard", args=[packable.plan.slug])
    steps.propose(packable, "AI1.1-1", on=dt.date(2024, 10, 16))
    assert words_of(get(person, pack.get_absolute_url())).count("Exception open") == 2
    assert words_of(get(person, address)).count("exception open") == 2
    assert words_of(get(person, f"{address}?month=2024-08")).count("exception open") == 0


def test_the_list_names_every_pack_latest_first(packable, pack):
    first = steps.store_pack(packable, JULY, on=NOW)
    address = reverse("governance:pack-list", args=[packable.plan.slug])
    page = get(packable.people[Role.BOARD_MEMBER], address)
    links = re.findall(r'href="([^"]*/packs/[^"]+)"', main_of(page))
    assert links == [pack.get_absolute_url(), first.get_absolute_url()]


def test_the_list_reads_no_contents_and_takes_the_same_queries(
    packable, pack, django_assert_num_queries
):
    address = reverse("governance:pack-list", args=[packable.plan.slug])
    client = browser(packable.people[Role.BOARD_MEMBER])

    def queries():
        with at(NOW), connection.execute_wrapper(count):
            seen.clear()
            assert client.get(address).status_code == 200
        assert not any('"governance_boardpack"."content"' in sql for sql in seen)
        return len(seen)

    seen: list[str] = []

    def count(execute, sql, params, many, context):
        seen.append(sql)
        return execute(sql, params, many, context)

    one = queries()
    steps.store_pack(packable, JULY, on=NOW)
    steps.advance(packable, dt.date(2024, 10, 9))
    steps.store_pack(packable, steps.SEPTEMBER, on=dt.date(2024, 10, 9))
    assert BoardPack.objects.filter(period__plan=packable.plan).count() == 3
    assert queries() == one


def test_the_list_shows_a_year_of_months_at_a_time(packable):
    system = User.objects.system()
    with at(NOW):
        periods.ensure_calendar(
            plan=packable.plan, first=dt.date(2025, 1, 1), last=dt.date(2026, 1, 1), by=system
        )
    months = list(packable.plan.periods.filter(month__year__gte=2025).order_by("month"))
    assert len(months) == MONTHS_A_PAGE + 1
    for month in months:
        planned = PackRun(
            partnership=packable.partnership,
            period=month,
            edition=Edition.BOARD,
            revision=1,
            planned_by=system,
            planned_at=noon(NOW),
        )
        save_audited(planned, by=system, reason="Set up for a test")
    address = reverse("governance:pack-list", args=[packable.plan.slug])
    office = packable.people[Role.PROGRAMME_OFFICE]

    def shown(page):
        words = main_of(get(office, f"{address}?page={page}"))
        return [month.label for month in reversed(months) if f">{month.label}<" in words], words

    latest, words = shown(1)
    assert latest == [month.label for month in reversed(months[1:])]
    assert "months, latest first" in words
    assert shown(2)[0] == [months[0].label]


def test_a_list_without_packs_says_when_the_first_comes(packable):
    address = reverse("governance:pack-list", args=[packable.plan.slug])
    words = words_of(get(packable.people[Role.PROGRAMME_OFFICE], address))
    assert "No pack has been assembled yet." in words
    assert "within the hour after a month is frozen" in words


def test_a_dashboard_leads_to_the_pack_of_its_month(packable, pack):
    address = reverse("governance:dashboard", args=[packable.plan.slug])
    page = get(packable.people[Role.BOARD_MEMBER], address)
    assert f'href="{pack.get_absolute_url()}"' in page.content.decode()
    july = get(packable.people[Role.BOARD_MEMBER], f"{address}?month=2024-07")
    assert "/packs/2024-07/" not in july.content.decode()


def test_every_anchor_of_a_pack_is_on_its_page(packable, pack):
    html = main_of(get(packable.people[Role.BOARD_MEMBER], pack.get_absolute_url()))
    anchors = set(re.findall(r'href="#([^"]+)"', html))
    missing = {anchor for anchor in anchors if html.count(f'id="{anchor}"') != 1}
    assert missing == set()


NUMBERS = re.compile(r'<a class="govuk-link" href="(/plans/[^"]*/milestones/\?[^"]*)">(\d+)</a>')


def test_each_number_leads_to_what_it_counts(packable, pack):
    reader = packable.people[Role.BOARD_MEMBER]
    found = NUMBERS.findall(main_of(get(reader, pack.get_absolute_url())))
    assert len(found) > 8
    for address, number in found:
        query = html.unescape(address).partition("?")[2]
        table = reverse("plans:milestone-export", args=[packable.plan.slug])
        rows = csv.DictReader(
            io.StringIO(get(reader, f"{table}?{query}").content.decode("utf-8-sig"))
        )
        assert len(list(rows)) == int(number), address


def test_the_numbers_of_a_version_that_was_corrected_lead_nowhere(packable, pack):
    run, office = steps.run_of(pack), packable.people[Role.PROGRAMME_OFFICE]
    with at(NOW):
        pack_runs.reissue(run=run, reason="A wrong date.", base_version=run.version, by=office)
    steps.store_pack(packable, AUGUST, on=NOW)
    page = main_of(get(packable.people[Role.BOARD_MEMBER], pack.get_absolute_url()))
    assert "There is a later version" in page
    assert NUMBERS.findall(page) == []


@pytest.mark.parametrize(("is_issued", "name"), [(False, "v1-preview"), (True, "v1")])
def test_a_file_of_what_is_not_issued_says_so_on_each_page_and_in_its_name(
    packable, is_issued, name
):
    pack = steps.read_pack(packable, AUGUST, on=NOW)
    (steps.issue if is_issued else steps.lay_out)(*([packable] if is_issued else []), pack, on=NOW)
    answer = get(packable.people[Role.PROGRAMME_OFFICE], f"{pack.get_absolute_url()}pack.pdf")
    body = b"".join(answer.streaming_content)
    assert f"-2024-08-{name}.pdf" in answer["Content-Disposition"]
    assert {"Preview: not issued" in page for page in pages_of(body)} == {not is_issued}
