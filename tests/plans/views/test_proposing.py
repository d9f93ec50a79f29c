"""Proposing with evidence on one page: rows grow, files are kept between tries, faults stand in place."""

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hertsend.accounts.roles import Role
from hertsend.files import store, tickets
from hertsend.files.uploads import LARGEST_FILE
from plans.models import Evidence, StageChange, StoredFile
from tests.factories import evidence
from tests.factories.world import TODAY, at
from tests.hertsend.files.samples import HOSTILE, SOUND, pdf
from tests.hertsend.files.test_store import everything_in
from tests.plans.api.calls import milestone_address

KEY = "PA1.1-1"


@pytest.fixture(autouse=True)
def _today():
    with at(TODAY):
        yield


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.HERTSEND_FILES = tmp_path / "files"
    return settings.HERTSEND_FILES


@pytest.fixture
def lead(world, as_role):
    return as_role(Role.WORKSTREAM_LEAD)


def address(world, name="milestone-propose", key=KEY):
    return reverse(f"plans:{name}", args=[world.plan.slug, key])


def opened(browser, url) -> dict:
    """What the hidden fields of the opened form hold."""
    form = browser.get(url).context["form"]
    return {
        field.name: "" if field.value() is None else field.value() for field in form.hidden_fields()
    }


def handed(name="Minutes.pdf", content=None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf() if content is None else content)


def errors_in(response) -> list[tuple[str, str]]:
    return [(each["text"], each["href"]) for each in response.context["errors"]]


def test_a_link_and_a_file_are_sent_at_once(world, lead):
    sent = opened(lead, address(world)) | {"words": "Done."}
    sent |= evidence.typed(0) | evidence.typed(1, title="Register", file=handed())
    answer = lead.post(address(world), sent)
    assert answer.status_code == 302
    assert [str(each) for each in get_messages(answer.wsgi_request)] == [
        f"{KEY} is proposed complete."
    ]
    assert list(Evidence.objects.values_list("title", "link", "file__name")) == [
        ("Minutes of the board", evidence.MINUTES, None),
        ("Register", "", "Minutes.pdf"),
    ]


def test_without_evidence_it_says_so_beside_the_first_row(world, lead):
    sent = opened(lead, address(world)) | {"words": "Done.", "rows": "1"}
    answer = lead.post(address(world), sent)
    assert answer.status_code == 200
    assert errors_in(answer) == [
        ("Add at least one piece of evidence: a link or a file.", "#id_evidence-0-link")
    ]
    assert not StageChange.objects.exists()


def test_evidence_added_before_is_enough(world, lead):
    sent = opened(lead, address(world, "evidence-add"))
    typed = {key.removeprefix("evidence-0-"): value for key, value in evidence.typed().items()}
    assert lead.post(address(world, "evidence-add"), sent | typed).status_code == 302
    page = lead.get(address(world))
    assert "Minutes of the board" in page.content.decode()
    sent = opened(lead, address(world)) | {"words": "Done.", "rows": "1"}
    assert lead.post(address(world), sent).status_code == 302
    assert Evidence.objects.count() == 1


def test_room_for_another_piece_keeps_what_was_typed_and_what_was_chosen(world, lead):
    sent = opened(lead, address(world)) | {"words": "Done.", "more": "1"}
    page = lead.post(address(world), sent | evidence.typed(0, file=handed()))
    rows = page.context["rows"]
    assert (rows.count, page.context["form"]["words"].value()) == (2, "Done.")
    first = rows.forms[0]
    assert (first["title"].value(), first.received.name) == ("Minutes of the board", "Minutes.pdf")
    assert not StageChange.objects.exists()
    again = opened(lead, address(world)) | {"words": "Done."}
    again |= evidence.typed(0, ticket=first["ticket"].value()) | evidence.typed(1, title="Second")
    assert lead.post(address(world), again).status_code == 302
    assert sorted(Evidence.objects.values_list("title", "file__name")) == [
        ("Minutes of the board", "Minutes.pdf"),
        ("Second", None),
    ]


def test_rows_end_at_five(world, lead):
    sent = opened(lead, address(world)) | {"more": "1", "rows": "5"}
    rows = lead.post(address(world), sent).context["rows"]
    assert (rows.count, rows.may_grow) == (5, False)


@pytest.mark.parametrize("rows", ["", "0", "-3", "99", "many", "1" * 400])
def test_a_count_of_rows_that_makes_no_sense_is_put_right(world, lead, rows):
    sent = opened(lead, address(world)) | {"words": "", "rows": rows}
    answer = lead.post(address(world), sent)
    assert (answer.status_code, 1 <= answer.context["rows"].count <= 5) == (200, True)


def test_a_file_stays_chosen_while_something_else_is_put_right(world, lead, folder):
    sent = opened(lead, address(world)) | {"words": ""}
    page = lead.post(address(world), sent | evidence.typed(0, title="", file=handed()))
    assert [text for text, _ in errors_in(page)] == [
        "Say what shows that it is complete.",
        "Enter a title, such as “Survey of parents, spring 2024”.",
    ]
    assert "Minutes.pdf" in page.content.decode()
    assert not StoredFile.objects.exists()
    ticket = page.context["rows"].forms[0]["ticket"].value()
    again = opened(lead, address(world)) | {"words": "Done."} | evidence.typed(0, ticket=ticket)
    assert lead.post(address(world), again).status_code == 302
    assert StoredFile.objects.get().name == "Minutes.pdf"
    assert len(everything_in(folder)) == 1


def test_a_ticket_is_its_holders_alone_and_cannot_be_made_up(world, lead):
    for ticket in (
        "made up",
        tickets.ticket_for(store.receive(handed()), holder=world.stranger.pk),
    ):
        sent = opened(lead, address(world)) | {"words": "Done."} | evidence.typed(0, ticket=ticket)
        answer = lead.post(address(world), sent)
        assert [text for text, _ in errors_in(answer)] == ["Give a link, or choose a file."]
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_by_every_door(world, lead, api_as, folder, case):
    name, content = HOSTILE[case]
    sent = opened(lead, address(world)) | {"words": "Done."}
    page = lead.post(address(world), sent | evidence.typed(0, file=handed(name, content)))
    body = evidence.sent(link=None) | {"file": handed(name, content)}
    answer = api_as(Role.WORKSTREAM_LEAD).post(
        milestone_address(world, "evidence"), body, format="multipart"
    )
    assert (page.status_code, answer.status_code) == (200, 400)
    assert page.context["rows"].forms[0].errors["file"] == answer.json()["fields"]["file"]
    assert "Minutes of the board" in page.content.decode()
    assert (Evidence.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert everything_in(folder) == []


@pytest.mark.parametrize("case", SOUND)
def test_a_sound_file_is_taken_by_the_interface_and_handed_out_to_be_saved(world, api_as, case):
    name, content, media_type = SOUND[case]
    office = api_as(Role.PROGRAMME_OFFICE)
    body = evidence.sent(link=None) | {"file": handed(name, content)}
    answer = office.post(milestone_address(world, "evidence"), body, format="multipart")
    assert (answer.status_code, answer.json()["file"]["media_type"]) == (201, media_type)
    given = office.get(answer.json()["file_url"])
    assert given.getvalue() == content
    assert given.headers["Content-Type"] == media_type
    assert given.headers["Content-Disposition"].startswith("attachment; filename")
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert given.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert given.headers["Cache-Control"] == "private, no-store"


def test_a_file_of_21_megabytes_is_refused_and_what_was_typed_stays(world, lead, folder):
    sent = opened(lead, address(world)) | {"words": "Done."}
    large = handed("Large.txt", b"x" * (LARGEST_FILE + 1024 * 1024))
    page = lead.post(address(world), sent | evidence.typed(0, file=large))
    assert (page.status_code, page.context["form"]["words"].value()) == (200, "Done.")
    assert [text for text, _ in errors_in(page)] == ["The file must be 20 MB or smaller."]
    assert everything_in(folder) == []
    assert not StoredFile.objects.exists()


def test_more_files_than_any_form_has_are_refused(world, lead):
    sent = opened(lead, address(world)) | {f"extra-{number}": handed() for number in range(11)}
    assert lead.post(address(world), sent).status_code == 400


def test_somebody_who_was_first_leaves_all_that_was_typed_and_chosen(world, lead):
    sent = opened(lead, address(world)) | {"words": "Done."}
    world.update()
    page = lead.post(address(world), sent | evidence.typed(0, file=handed()))
    assert page.status_code == 409
    again = {field.name: field.value() for field in page.context["form"].hidden_fields()}
    again |= {"words": page.context["form"]["words"].value()}
    ticket = page.context["rows"].forms[0]["ticket"].value()
    answer = lead.post(address(world), again | evidence.typed(0, ticket=ticket))
    assert answer.status_code == 302
    assert Evidence.objects.get().file.name == "Minutes.pdf"
