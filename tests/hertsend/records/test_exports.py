"""CSV that a spreadsheet opens as text and never as a formula."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest

from hertsend.records.exports import csv_text, safe_cell


@pytest.mark.parametrize(
    "formula",
    [
        "=1+1",
        "+44 1992",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "＝1",
        "＋1",
        "－1",
        "＠A",
    ],
)
def test_what_a_spreadsheet_would_calculate_is_text(formula):
    assert safe_cell(formula) == f"'{formula}"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        ("", ""),
        (-3, "-3"),
        (0, "0"),
        (2.5, "2.5"),
        (True, "True"),
        (Decimal("-1.5"), "-1.5"),
        (dt.date(2024, 9, 30), "2024-09-30"),
        ("Board, 12 September", "Board, 12 September"),
        ("a=b", "a=b"),
        ("'quoted", "'quoted"),
    ],
)
def test_everything_else_stays_what_it_is(value, cell):
    assert safe_cell(value) == cell


def test_rows_come_back_as_they_were():
    rows = [["PA1.1-1", "Two\nlines, “quoted”", None], ["=A1", 'say "so"', 7]]
    text = csv_text(["Number", "=Milestone", "Days"], rows)
    assert text.startswith("\ufeffNumber,'=Milestone,Days\r\n")
    read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert read[1:] == [
        ["PA1.1-1", "Two\nlines, “quoted”", ""],
        ["'=A1", 'say "so"', "7"],
    ]
