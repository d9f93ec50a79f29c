"""The workbook and the CSV read back by other readers: values keep their kind, nothing is calculated."""

import csv
import dataclasses
import datetime as dt
import io
import zipfile
from xml.etree import ElementTree as ET

import pytest
from python_calamine import CalamineWorkbook

from hertsend.documents.sheets import About, Sheet, archive_of, workbook_of
from tests.hertsend.documents.samples import MOMENT

ABOUT = About("Data", "Of a plan", "A partnership", "OFFICIAL", MOMENT)
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "{=1}", "https://example.org", "007", "＝1")
SHEET = Sheet(
    "Milestones [all]: 1/2",
    ("Words", "Count", "Day", "When", "Yes or no"),
    (
        *((words, 1, dt.date(2024, 6, 30), MOMENT, True) for words in FORMULAS),
        ("", None, None, None, False),
    ),
)


@pytest.fixture(scope="module")
def book():
    return workbook_of(ABOUT, [SHEET, Sheet("Empty", ("Head",), ())])


def test_every_value_comes_back_as_what_it_is(book):
    read = CalamineWorkbook.from_filelike(io.BytesIO(book))
    assert read.sheet_names == ["Milestones  all   1 2", "Empty"]
    head, *rows = read.get_sheet_by_index(0).to_python()
    assert head == list(SHEET.headings)
    assert [row[0] for row in rows] == [*FORMULAS, ""]
    assert rows[0][1:] == [
        1,
        dt.date(2024, 6, 30),
        dt.datetime(2024, 10, 9, 17, 0),  # noqa: DTZ001 - a spreadsheet knows no zone; London's clock
        "Yes",
    ]
    assert rows[-1] == ["", "", "", "", "No"]
    assert read.get_sheet_by_index(1).to_python() == [["Head"]]


def test_nothing_in_it_is_calculated_or_leads_away(book):
    with zipfile.ZipFile(io.BytesIO(book)) as file:
        names = file.namelist()
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert not [name for name in names if "external" in name.lower()]


@pytest.mark.parametrize(
    ("marking", "shown"),
    [
        ("Plans & Partners", "Plans & Partners"),
        ("x" * 300, "x" * 200),
        ("x" * 199 + "&D", "x" * 199),
        ("x" * 198 + "&D", "x" * 198 + "&"),
        ("x" * 197 + "&D", "x" * 197 + "&D"),
        ("&" * 300, "&" * 100),
    ],
)
def test_a_foot_says_the_marking_and_holds_no_code_of_it(marking, shown):
    made = workbook_of(dataclasses.replace(ABOUT, marking=marking), [SHEET])
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        sheet = ET.fromstring(file.read("xl/worksheets/sheet1.xml"))
    foot = sheet.find(".//{*}oddFooter").text
    assert foot == f"&L{shown.replace('&', '&&')}&R&P of &N"


def test_the_same_values_are_the_same_files(book):
    assert workbook_of(ABOUT, [SHEET, Sheet("Empty", ("Head",), ())]) == book
    assert archive_of([SHEET]) == archive_of([SHEET])


def test_csv_is_text_for_every_spreadsheet():
    with zipfile.ZipFile(io.BytesIO(archive_of([SHEET, SHEET]))) as file:
        assert file.namelist() == ["01-milestones-all-1-2.csv", "02-milestones-all-1-2.csv"]
        text = file.read("01-milestones-all-1-2.csv").decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    assert head == list(SHEET.headings)
    guarded = [words for words in FORMULAS if words not in {"{=1}", "https://example.org", "007"}]
    assert [row[0] for row in rows if row[0].startswith("'")] == [f"'{words}" for words in guarded]
    assert rows[0][1:] == ["1", "2024-06-30", "2024-10-09T17:00:00+01:00", "Yes"]
    assert rows[-1] == ["", "", "", "", "No"]
