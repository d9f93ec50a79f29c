"""Reads one file into cells, in a process of its own: ``python -I child.py SHEET < file > cells``.

Standard library and the spreadsheet reader alone, so that it starts quickly and holds little. What
it cannot read it says in one sentence; where it is killed for what the file makes it do, its parent
says so.
"""

import codecs
import csv
import datetime as dt
import io
import json
import resource
import sys
import zipfile
from collections.abc import Iterable

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 100_000, 500, 400_000
LONGEST_CELL = 2_000
MOST_MEMORY, MOST_WRITTEN, MOST_SECONDS = 256 * 1024 * 1024, 40 * 1024 * 1024, 10
MOST_UNPACKED = 60 * 1024 * 1024
MOST_PARTS = 2_000
LONGEST_PART_HEAD = 65_536
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
BINARY = (
    b"%PDF",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"{\\rtf",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"MZ",
    b"\x7fELF",
)
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
DELIMITERS = ",;\t|"


class Refused(Exception):
    """The file is not read; the sentence says what to do."""


def limit() -> None:
    """What this process may use from now on, before it has seen a byte of the file."""
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Write {"cells": …, "sheets": …} or {"refused": sentence}."""
    limit()
    content = sys.stdin.buffer.read()
    try:
        answer = read(content, sheet=sys.argv[1] if len(sys.argv) > 1 else "")
    except Refused as refused:
        answer = {"refused": str(refused)}
    except MemoryError:
        answer = {"refused": "This file needs too much room when it is opened. Split it."}
    except Exception:  # noqa: BLE001 - whatever a broken file does to a reader is the file's fault
        answer = {"refused": "This file is damaged, or is no CSV, XLSX or ODS file."}
    json.dump(answer, sys.stdout)


def read(content: bytes, *, sheet: str = "") -> dict:
    """The cells of a file as text, by what it is and not by what it is called."""
    if not content.strip():
        raise Refused("This file is empty.")
    if content.startswith(OLD_EXCEL):
        raise Refused(
            "This is an old Excel file or one with a password. Save it as XLSX without a password."
        )
    if content.startswith(ZIP):
        _check_package(content)
        return _sheet(content, sheet)
    if content.startswith(BINARY) or (b"\x00" in content[:4] and not _is_utf16(content)):
        raise Refused("This is no CSV, XLSX or ODS file.")
    return {"cells": _trimmed(_csv(_text(content))), "sheets": []}


# --- spreadsheets --------------------------------------------------------------------------------


def _check_package(content: bytes) -> None:
    """Refuse a package that unpacks to too much, carries macros or declares entities."""
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
        parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Refused("This file is damaged, or is no CSV, XLSX or ODS file.") from error
    names = {part.filename for part in parts}
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused("This file needs too much room when it is opened. Split it.")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("This file has a password. Save it without one.")
    if any(
        name.lower().endswith(("vbaproject.bin", ".xlm")) or "macrosheets/" in name
        for name in names
    ):
        raise Refused("This file carries macros. Save it as XLSX without macros.")
    is_open = _start_of(package, "mimetype").startswith(OPEN_DOCUMENT)
    if "xl/workbook.xml" not in names and not (is_open and "content.xml" in names):
        raise Refused("This is no CSV, XLSX or ODS file.")
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            head = _start_of(package, part.filename)
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                raise Refused("This file declares entities, which no spreadsheet needs.")


def _start_of(package: zipfile.ZipFile, name: str) -> bytes:
    try:
        with package.open(name) as part:
            return part.read(LONGEST_PART_HEAD)
    except (KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        return b""


def _sheet(content: bytes, wanted: str) -> dict:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - a CSV file needs none of it

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = list(book.sheet_names)
    if wanted and wanted not in sheets:
        raise Refused(f"There is no sheet “{wanted}”. There is: {', '.join(sheets)[:300]}.")
    for name in [wanted] if wanted else sheets:
        sheet = book.get_sheet_by_name(name)
        if sheet.total_height * max(sheet.total_width, 1) > MOST_CELLS * 8:
            raise Refused("This file needs too much room when it is opened. Split it.")
        cells = _trimmed([_in_words(cell) for cell in row] for row in sheet.to_python())
        if cells or wanted:
            return {"cells": cells, "sheets": sheets}
    raise Refused("No sheet of this file holds anything.")


def _in_words(cell: object) -> str:
    """A cell as it would be typed; floats as spreadsheets show them."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if isinstance(cell, dt.datetime | dt.date):
        return cell.isoformat()[:10]
    return str(cell)


# --- text ----------------------------------------------------------------------------------------


def _is_utf16(content: bytes) -> bool:
    return content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def _text(content: bytes) -> str:
    if _is_utf16(content):
        return content.decode("utf-16")
    if b"\x00" in content:
        raise Refused("This file holds NUL characters. Export it again as CSV in UTF-8.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="strict")


def _csv(text: str) -> Iterable[list[str]]:
    """The rows one by one: a file may hold a million that are empty."""
    csv.field_size_limit(LONGEST_CELL * 4)
    first = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(DELIMITERS, key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise Refused(f"This CSV file cannot be read: {error}.") from error


def _trimmed(rows: Iterable[list[str]]) -> list[list[str]]:
    """The cells without empty rows, and no more of them than a file of figures has."""
    found: list[list[str]] = []
    count = 0
    for row in rows:
        if not any(row):
            continue
        cells = [cell.strip() for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        count += len(cells)
        if len(found) >= MOST_ROWS or len(cells) > MOST_COLUMNS or count > MOST_CELLS:
            raise Refused(
                f"This file holds more than {MOST_ROWS:,} rows, {MOST_COLUMNS} columns or "
                f"{MOST_CELLS:,} cells. Split it."
            )
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise Refused(f"A cell holds more than {LONGEST_CELL:,} characters.")
        found.append(cells)
    return found


if __name__ == "__main__":
    main()
