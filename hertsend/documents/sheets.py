"""Data as a workbook and as CSV: the same tables, and nothing in them that a spreadsheet would calculate."""

import datetime as dt
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

from hertsend import dates
from hertsend.documents.characters import plain
from hertsend.documents.zipped import zipped
from hertsend.records.exports import csv_text

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ARCHIVE_TYPE = "application/zip"

Value = str | int | bool | dt.date | None

LONGEST_NAME, LONGEST_CELL, LONGEST_FOOT = 31, 32_767, 200
NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
NOT_IN_A_FILE = re.compile(r"[^a-z0-9]+")
NARROWEST, WIDEST = 10, 60
DATE_WIDTH = 18


@dataclass(frozen=True)
class Sheet:
    """A table of values with its name; every row is as long as the headings."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True)
class About:
    """What a workbook says of itself; ``moment`` is that of what it tells."""

    title: str
    subject: str
    author: str
    marking: str
    moment: dt.datetime


def workbook_of(about: About, sheets: Sequence[Sheet]) -> bytes:
    """The sheets as XLSX: a head that stays in sight and filters, dates as dates, words as words.

    On paper each page carries the marking.
    """
    file = io.BytesIO()
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, {**never, "in_memory": True})
    book.set_properties(
        {
            "title": plain(about.title),
            "subject": plain(about.subject),
            "author": plain(about.author),
            "keywords": plain(about.marking),
            "created": about.moment.astimezone(dt.UTC).replace(tzinfo=None),
        }
    )
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "words": book.add_format({"text_wrap": True, "valign": "top"}),
        "number": book.add_format({"valign": "top"}),
        "day": book.add_format({"num_format": "d mmm yyyy", "valign": "top", "align": "left"}),
        "moment": book.add_format(
            {"num_format": "d mmm yyyy hh:mm", "valign": "top", "align": "left"}
        ),
    }
    foot = f"&L{_in_foot(about.marking)}&R&P of &N"
    for sheet in sheets:
        page = book.add_worksheet(_sheet_name(sheet.name))
        page.set_footer(foot)
        _write(page, sheet, formats)
    book.close()
    return file.getvalue()


def _write(page: xlsxwriter.worksheet.Worksheet, sheet: Sheet, formats: dict[str, object]) -> None:
    for column, heading in enumerate(sheet.headings):
        page.write_string(0, column, plain(heading), formats["head"])
        page.set_column(column, column, _width(sheet, column))
    for number, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            _cell(page, number, column, value, formats)
    page.freeze_panes(1, 1)
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.headings) - 1)


def _cell(
    page: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    value: Value,
    formats: dict[str, object],
) -> None:
    """One value by its kind; a moment is told as the clock in London shows it."""
    if value is None or value == "":
        page.write_blank(row, column, None, formats["words"])
    elif isinstance(value, bool):
        page.write_string(row, column, _yes(value), formats["words"])
    elif isinstance(value, int):
        page.write_number(row, column, value, formats["number"])
    elif isinstance(value, dt.datetime):
        local = value.astimezone(dates.LONDON).replace(tzinfo=None)
        page.write_datetime(row, column, local, formats["moment"])
    elif isinstance(value, dt.date):
        page.write_datetime(row, column, value, formats["day"])
    else:
        page.write_string(row, column, plain(value)[:LONGEST_CELL], formats["words"])


def _yes(value: bool) -> str:  # noqa: FBT001 - a value to be said, not a switch
    return "Yes" if value else "No"


def _width(sheet: Sheet, column: int) -> float:
    """As wide as the longest line, within reason."""
    longest = len(sheet.headings[column])
    for row in sheet.rows:
        value = row[column]
        is_moment = isinstance(value, dt.date)
        longest = max(longest, DATE_WIDTH if is_moment else len(str(value or "")))
    return min(max(longest + 2, NARROWEST), WIDEST)


def _in_foot(words: str) -> str:
    """The words as a foot shows them, where a single "&" begins a code and a pair stands for itself.

    Cut before they are doubled, so that no pair is; with its pairs it fits, as a longer foot is none.
    """
    said = plain(words)[:LONGEST_FOOT]
    while len(said) + said.count("&") > LONGEST_FOOT:
        said = said[:-1]
    return said.replace("&", "&&")


def _sheet_name(name: str) -> str:
    return NOT_IN_A_NAME.sub(" ", name)[:LONGEST_NAME]


def archive_of(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as CSV files in one archive, numbered in their order."""
    return zipped(
        (_file_name(number, sheet), _csv(sheet)) for number, sheet in enumerate(sheets, 1)
    )


def _file_name(number: int, sheet: Sheet) -> str:
    return f"{number:02}-{NOT_IN_A_FILE.sub('-', sheet.name.lower()).strip('-')}.csv"


def _csv(sheet: Sheet) -> bytes:
    rows = (
        tuple(_yes(value) if isinstance(value, bool) else _said(value) for value in row)
        for row in sheet.rows
    )
    return csv_text(sheet.headings, rows).encode()


def _said(value: Value) -> Value:
    """Words that any program reads; a moment as the clock in London shows it."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dates.LONDON)
    return plain(value) if isinstance(value, str) else value
