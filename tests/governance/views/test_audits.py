"""The pages of the assurance programme, its report as a file, and its interface."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from governance.models import Audit
from hertsend.accounts.roles import Role
from tests.factories.world import TODAY, at
from tests.governance.audits import WORDS, board, found, office, planned, reported, told
from tests.journeys.office import browser_of, words_of
from tests.plans.api.calls import address as api_address


def split(name, day=3, month=9, year=2024):
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}


def address(world, name, *rest):
    return reverse(f"governance:{name}", args=[world.plan.slug, *rest])


def get(person, where):
    with at(TODAY):
        return browser_of(person).get(where)


def post(person, where, /, **data):
    with at(TODAY):
        return browser_of(person).post(where, data, follow=True)


def test_the_year_says_what_is_due_done_and_not_yet_reported(world):
    assert "No audit is planned for 2024/25." in words_of(
        get(office(world), address(world, "audit-list"))
    )
    planned(world)
    reported(planned(world, title="Letters"), by=office(world))
    told(reported(planned(world), by=office(world)), board(world), by=office(world))
    words = words_of(get(world.people[Role.BOARD_MEMBER], address(world, "audit-list")))
    assert "1 audit is due, 2 done. 1 past its day. 1 not yet reported to a board." in words
    assert "Multi-agency" in words
    other = get(office(world), address(world, "audit-list") + "?year=2023")
    assert "No audit is planned for 2023/24." in words_of(other)
    assert get(office(world), address(world, "audit-list") + "?year=x").status_code == 404


def test_an_audit_is_planned_done_with_findings_and_told(world):
    group = board(world)
    typed = {name: value for name, value in WORDS.items() if name != "planned_on"}
    page = post(office(world), address(world, "audit-add"), **typed, **split("planned_on"))
    assert "A1 is in the programme." in words_of(page)
    sent = {"summary": "A quarter is good.", "base_version": 1}
    page = post(office(world), address(world, "audit-report", "A1"), **sent, **split("done_on"))
    assert "A1 is done. Note now what it found." in words_of(page)
    sent = {"kind": "works", "text": "Children are heard."}
    page = post(office(world), address(world, "finding-add", "A1"), **sent)
    assert "Works well Children are heard." in words_of(page)
    sent = {"group": group.pk, "base_version": 2}
    page = post(office(world), address(world, "audit-tell", "A1"), **sent, **split("reported_on"))
    assert "Board, 3 September 2024" in words_of(page)


def test_it_is_changed_and_cancelled(world):
    planned(world)
    typed = {name: value for name, value in WORDS.items() if name != "planned_on"}
    change = typed | split("planned_on", day=9) | {"reason": "Ill.", "base_version": 1}
    assert "A1 is changed." in words_of(
        post(office(world), address(world, "audit-change", "A1"), **change)
    )
    sent = {"reason": "No staff.", "base_version": 2}
    page = post(office(world), address(world, "audit-cancel", "A1"), **sent)
    assert "Cancelled No staff." in words_of(page)
    assert Audit.objects.get().planned_on.day == 9


def test_a_file_that_was_taken_once_is_not_asked_for_again(world):
    planned(world)
    where = address(world, "audit-report", "A1")
    handed = SimpleUploadedFile("Report.txt", b"A quarter is good.")
    page = post(office(world), where, summary="", base_version=1, file=handed, **split("done_on"))
    assert "The file Report.txt is kept" in words_of(page)
    ticket = page.context["form"]["ticket"].value()
    sent = {"summary": "So.", "base_version": 1, "ticket": ticket}
    post(office(world), where, **sent, **split("done_on"))
    answer = get(world.people[Role.ADVISER], address(world, "audit-file", "A1"))
    assert b"".join(answer.streaming_content) == b"A quarter is good."
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Report.txt"'


@pytest.mark.parametrize("has_report", [False, True])
def test_without_a_file_there_is_nothing_to_save(world, has_report):
    audit = planned(world)
    if has_report:
        reported(audit, by=office(world))
    assert get(office(world), address(world, "audit-file", "A1")).status_code == 404


def test_who_was_overtaken_keeps_what_they_typed(world):
    reported(planned(world), by=office(world))
    sent = {"summary": "My own words.", "base_version": 1}
    page = post(office(world), address(world, "audit-report", "A1"), **sent, **split("done_on"))
    assert page.status_code == 409
    assert "My own words." in page.content.decode()


def test_families_and_neighbours_find_none(world):
    planned(world)
    families = world.people[Role.PARENT_CARER_REPRESENTATIVE]
    foreign = world.foreign.people[Role.PROGRAMME_OFFICE]
    for where in (address(world, "audit-list"), address(world, "audit-detail", "A1")):
        assert get(families, where).status_code == 403
        assert get(foreign, where).status_code == 404


def test_programs_read_the_same(world, api_as):
    audit = reported(planned(world), by=office(world))
    found(audit, by=office(world))
    planned(world, title="Another year", planned_on=TODAY.replace(year=2025))
    with at(TODAY):
        client = api_as(Role.ADVISER)
        many = client.get(api_address(world, "audits"), {"year": "2024"}).json()
        one = client.get(api_address(world, "audits", "A1")).json()
        wrong = client.get(api_address(world, "audits"), {"year": "x"})
    assert (many["count"], many["results"][0]["standing"]) == (1, "not_reported")
    assert one["financial_year"] == "2024/25"
    assert one["findings"] == [
        {"number": 1, "kind": "to_improve", "text": "Outcomes name no change."}
    ]
    assert wrong.status_code == 400
