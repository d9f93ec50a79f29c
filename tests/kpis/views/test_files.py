"""A file's way through the pages: read, columns, names, every row, stored, taken back."""

import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hertsend.accounts.roles import Role
from kpis.models import FigureImport, Measurement
from tests.factories import measures as make
from tests.factories.world import TODAY, at
from tests.kpis.files.specimens import BAD, REFUSED_AS_TABLES, specimen

CSV = b"Measure,Place,Month,Figure\nIn time,Barset,2024-07,50\nIn time,England,2023,49.1\n"


def upload(client, world, content=CSV, name="figures.csv"):
    with at(TODAY):
        return client.post(
            reverse("kpis:file-list", args=[world.plan.slug]),
            {"source": "Case system", "file": SimpleUploadedFile(name, content)},
        )


def post(client, address, data):
    with at(TODAY):
        return client.post(address, data)


def get(client, address):
    with at(TODAY):
        return client.get(address)


def text_of(response):
    return " ".join(response.content.decode().split())


@pytest.mark.slow
def test_a_file_from_reading_to_taking_back(world, indicator, as_role):
    client = as_role(Role.WORKSTREAM_LEAD)
    columns = upload(client, world)["Location"]
    assert columns.endswith("/columns/")
    assert "<td>In time</td>" in text_of(get(client, columns))
    names = post(
        client,
        columns,
        {
            "layout": "tidy",
            "measure": ["Measure"],
            "place": "Place",
            "period": "Month",
            "value": "Figure",
        },
    )["Location"]
    assert names.endswith("/names/")
    chosen = {"place-0": "ours", "place-1": "england", "series-0": "in-time"}
    detail = post(client, names, chosen)["Location"]
    preview = text_of(get(client, detail))
    assert "<strong>2</strong> new" in preview
    assert not Measurement.objects.exists()
    post(client, detail, {"reason": ""})
    [row] = Measurement.objects.all()
    assert (row.figure, row.imported_by.file_name) == (50, "figures.csv")
    stored = text_of(get(client, detail))
    assert "2 figures came from it" in stored
    assert "Take this file back" in stored
    post(client, detail, {"reason": "Wrong month."})

    assert "Wrong month." in text_of(get(client, detail))
    assert FigureImport.objects.get().state == "reversed"
    # The next file of the source is read the same way, without asking.
    again = upload(client, world)
    assert again["Location"].endswith(f"/{FigureImport.objects.latest('pk').pk}/")


@pytest.mark.slow
def test_a_file_that_is_none_is_refused_and_what_was_typed_is_kept(world, indicator, as_role):
    response = upload(as_role(Role.WORKSTREAM_LEAD), world, b"%PDF-1.7", "plan.pdf")
    body = text_of(response)

    assert response.status_code == 200
    assert "This is no CSV, XLSX or ODS file." in body
    assert 'value="Case system"' in body
    assert not FigureImport.objects.exists()


@pytest.mark.slow
@pytest.mark.parametrize("name", [*BAD, *REFUSED_AS_TABLES])
def test_no_bad_file_breaks_the_page_or_leaves_anything(world, indicator, as_role, name):
    response = upload(as_role(Role.WORKSTREAM_LEAD), world, specimen(name), "figures.xlsx")

    assert response.status_code == 200
    assert "There is a problem" in text_of(response)
    assert not FigureImport.objects.exists()
    assert not Measurement.objects.exists()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_a_broken_file_is_asked_about_or_refused_and_stores_no_figure(
    world, indicator, as_role, kind
):
    chance, client = random.Random(f"broken {kind}"), as_role(Role.WORKSTREAM_LEAD)
    for _ in range(8):
        broken = bytearray(specimen(kind))
        for _ in range(chance.randint(1, 12)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        assert upload(client, world, bytes(broken)).status_code in {200, 302}

    assert not Measurement.objects.exists()


@pytest.mark.slow
def test_what_is_missing_in_the_columns_is_asked_for(world, indicator, as_role):
    client = as_role(Role.WORKSTREAM_LEAD)
    columns = upload(client, world)["Location"]
    body = text_of(post(client, columns, {"layout": "tidy"}))

    for sentence in (
        "Choose the columns that name the measure, or the measure.",
        "Choose the column of the period.",
        "Choose the column of the figure, or those of both parts.",
    ):
        assert sentence in body


@pytest.mark.slow
def test_a_rejected_row_stops_the_file_and_is_told_first(world, indicator, as_role):
    client = as_role(Role.WORKSTREAM_LEAD)
    content = b"Month,Figure\n2024-07,50\n2024-08,many\n"
    columns = upload(client, world, content)["Location"]
    chosen = {"layout": "tidy", "only": "in-time", "period": "Month", "value": "Figure"}
    detail = post(client, columns, chosen)["Location"]
    body = text_of(post(client, detail, {"reason": ""}))

    assert "1 rows are rejected." in body
    assert body.index("“many” is no number.") < body.index('<td data-label="Becomes">New</td>')
    assert not Measurement.objects.exists()


def test_nobody_else_sees_the_files(world, indicator, as_role):
    address = reverse("kpis:file-list", args=[world.plan.slug])

    assert get(as_role(Role.BOARD_MEMBER), address).status_code == 403
    assert get(as_role(Role.PARENT_CARER_REPRESENTATIVE), address).status_code == 403
    assert "No file has been read yet." in text_of(get(as_role(Role.WORKSTREAM_LEAD), address))


@pytest.mark.parametrize("page", ["file-columns", "file-names", "file-detail"])
@pytest.mark.parametrize("ask", [get, lambda client, address: post(client, address, {})])
def test_a_kept_file_that_cannot_be_read_says_what_to_do(world, indicator, as_role, page, ask):
    file = make.kept_file(world, [["Month", "Figure", "figure"], ["2024-07", "1", "2"]])
    address = reverse(f"kpis:{page}", args=[world.plan.slug, file.pk])
    response = ask(as_role(Role.PROGRAMME_OFFICE), address)

    assert response.status_code == 200
    assert "Two columns are called “figure”." in text_of(response)
    assert "import it again" in text_of(response)
