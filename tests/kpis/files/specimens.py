"""Files as they come and as they should not: tables of every kind, and what pretends to be one.

The large ones are made when they are asked for.
"""

from collections.abc import Callable

from tests.kpis.files.workbooks import SHEET_NS, ods, package, rows_of, xlsx

ROWS = [["Measure", "Period", "Value"], ["In time", "2024-08", 55.5], ["Waiting", "2024-08", 418]]
TEXT = [
    ["Measure", "Period", "Value"],
    ["In time", "2024-08", "55.5"],
    ["Waiting", "2024-08", "418"],
]
CSV = "Measure,Period,Value\nIn time,2024-08,55.5\nWaiting,2024-08,418\n"


def bomb(size: int = 300 * 1024 * 1024) -> bytes:
    """A sheet that unpacks to much more than it weighs."""
    return package({"xl/workbook.xml": "<x/>", "xl/worksheets/sheet1.xml": b"0" * size})


def lied_about(content: bytes) -> bytes:
    """A package whose directory says that its parts are small."""
    at = content.rfind(b"PK\x01\x02")
    return content[: at + 24] + (10).to_bytes(4, "little") + content[at + 28 :]


def encrypted() -> bytes:
    content = bytearray(xlsx(ROWS))
    place = 0
    while (place := content.find(b"PK\x01\x02", place)) >= 0:
        content[place + 8] |= 1
        place += 4
    return bytes(content)


ENTITY = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
REPEATED = (
    '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
    'table:number-columns-repeated="16000"{}/></table:table-row>'
)
MILLION = 1_000_000
SHEET = '<?xml version="1.0"?>{head}<worksheet {ns}><sheetData>{data}</sheetData></worksheet>'

GOOD: dict[str, bytes | Callable[[], bytes]] = {
    "csv": CSV.encode(),
    "csv with a mark": b"\xef\xbb\xbf" + CSV.encode(),
    "csv of windows": CSV.replace("\n", "\r\n").encode("cp1252"),
    "csv in utf-16": CSV.encode("utf-16"),
    "csv with semicolons": CSV.replace(",", ";").encode(),
    "csv with tabs": CSV.replace(",", "\t").encode(),
    "csv with bars": CSV.replace(",", "|").encode(),
    "csv without a last line break": CSV.strip().encode(),
    "csv with empty lines": CSV.replace("\n", "\n,,\n\n").encode(),
    "csv with blanks around": CSV.replace(",", " , ").encode(),
    "xlsx": xlsx(ROWS),
    "xlsx of text": xlsx(TEXT),
    "xlsx with empty rows": xlsx([ROWS[0], [], *ROWS[1:], [], [None, None]]),
    "xlsx with a hundred thousand empty rows": lambda: xlsx(
        rows_of(ROWS) + "".join(f'<row r="{number}"/>' for number in range(4, 100_000))
    ),
    "ods": ods(ROWS),
    "ods with a million empty rows": ods(ROWS, more=REPEATED.format("")),
    "csv with a million empty rows": lambda: CSV.encode() + b",,,\n" * MILLION,
    "xlsx with a million empty rows": lambda: xlsx(
        rows_of(ROWS) + "".join(f'<row r="{number}"/>' for number in range(4, MILLION))
    ),
    "xlsx with a million rows of empty cells": lambda: xlsx(
        rows_of(ROWS)
        + "".join(f'<row r="{at}"><c r="A{at}" s="1"/></row>' for at in range(4, MILLION))
    ),
}

BAD: dict[str, bytes | Callable[[], bytes]] = {
    "nothing": b"",
    "blanks": b"  \n \t\n",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "a photograph": b"\xff\xd8\xff\xe0" + bytes(100),
    "an animation": b"GIF89a" + bytes(100),
    "a PDF": b"%PDF-1.7\n" + bytes(100),
    "rich text": b"{\\rtf1 hello}",
    "a compressed file": b"\x1f\x8b\x08" + bytes(50),
    "another archive": b"Rar!\x1a\x07" + bytes(50),
    "a third archive": b"7z\xbc\xaf\x27\x1c" + bytes(50),
    "a program": b"MZ" + bytes(200),
    "another program": b"\x7fELF" + bytes(200),
    "old Excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "NUL at the start": b"\x00\x00\x00\x00Measure,Period",
    "NUL inside": CSV.replace("55.5", "5\x005").encode(),
    "only NUL": bytes(10_000),
    "half of UTF-16": CSV.encode("utf-16")[:-1],
    "no text of any kind": b"Measure\x81,Period\x8d\nx,\x9d\n",
    "an open quotation": b'Measure,Period\n"In time,2024-08\n',
    "a quotation inside": b'Measure,Period\nIn "time",2024-08\n"a"b,c\n',
    "a very long cell": b"Measure,Period\n" + b"x" * 9_000 + b",1\n",
    "a long cell": b"Measure,Period\n" + b"x" * 3_000 + b",1\n",
    "many columns": (
        ",".join(f"c{number}" for number in range(600)) + "\n" + "1," * 599 + "1"
    ).encode(),
    "many rows": lambda: b"a,b\n" + b"1,2\n" * 100_001,
    "many cells": lambda: b"a" + b",b" * 400 + b"\n" + (b"1" + b",2" * 400 + b"\n") * 1_200,
    "a million line breaks in a cell": b'a,b\n"' + b"\n" * 1_000_000 + b'",1\n',
    "a truncated package": xlsx(ROWS)[:700],
    "a package without its end": xlsx(ROWS)[:-30],
    "a package with another's beginning": b"PK\x03\x04" + bytes(500),
    "an empty package": package({}),
    "a package of something else": package({"hello.txt": "hello"}),
    "a text document": package({"word/document.xml": "<w/>", "[Content_Types].xml": "<Types/>"}),
    "an OpenDocument text": package(
        {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}
    ),
    "a bomb": bomb,
    "a bomb that lies": lambda: lied_about(bomb(80 * 1024 * 1024)),
    "a bomb of many parts": lambda: package(
        {f"xl/p{number}.xml": "<x/>" for number in range(3_000)}
    ),
    "nested bombs": lambda: package({"xl/workbook.xml": bomb(1024 * 1024)}),
    "an encrypted package": encrypted(),
    "macros": xlsx(ROWS, xl__vbaProject_bin=b"x").replace(b"vbaProject_bin", b"vbaProject.bin"),
    "old macros": package({"xl/workbook.xml": "<x/>", "xl/macrosheets/sheet1.xml": "<x/>"}),
    "entities in a sheet": xlsx(
        ROWS,
        **{
            "xl__worksheets__sheet1.xml": SHEET.format(head=ENTITY, ns=SHEET_NS, data=rows_of(ROWS))
        },
    ),
    "entities in the workbook": xlsx(
        ROWS, **{"xl__workbook.xml": f"<?xml version='1.0'?>{ENTITY}<workbook/>"}
    ),
    "an entity of the file system": xlsx(
        ROWS,
        **{"xl__styles.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'},
    ),
    "entities in ods": ods(ROWS, head=ENTITY),
    "no sheet": xlsx(ROWS, **{"xl__workbook.xml": f"<workbook {SHEET_NS}><sheets/></workbook>"}),
    "a sheet that is not there": xlsx(ROWS, **{"xl___rels__workbook.xml.rels": "<Relationships/>"}),
    "an empty sheet": xlsx([]),
    "a million empty rows and nothing else": lambda: xlsx(
        "".join(f'<row r="{number}"/>' for number in range(1, MILLION))
    ),
    "a sheet that is no XML": xlsx(
        ROWS, **{"xl__worksheets__sheet1.xml": "<worksheet><sheetData><row"}
    ),
    "a sheet in another alphabet": xlsx(
        ROWS, **{"xl__worksheets__sheet1.xml": b"\xff\xfe\x00\x01"}
    ),
    "a workbook that is no XML": xlsx(ROWS, **{"xl__workbook.xml": b"\x00\x01\x02"}),
    "a cell at the end of the world": xlsx(
        rows_of(ROWS) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    ),
    "a cell beyond it": xlsx('<row r="1"><c r="ZZZZZZ99999999999"><v>1</v></c></row>'),
    "a shared text that is not there": xlsx(
        '<row r="1"><c r="A1" t="s"><v>99</v></c><c r="B1" t="s"><v>-4</v></c></row>'
    ),
    "no content in ods": package(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ""},
        stored=("mimetype",),
    ),
    "repeated for ever in ods": ods(
        ROWS, more=REPEATED.format(' office:value-type="float" office:value="1"')
    ),
    "more than ten megabytes": lambda: b"a,b\n" * 3_000_000,
}

REFUSED_AS_TABLES: dict[str, bytes | Callable[[], bytes]] = {
    "a heading twice": b"Period,Value,value\n2024-08,1,2\n",
    "headings and nothing else": b"Measure,Period,Value\n",
    "one column": b"Measure\nIn time\n",
    "one cell": b"hello",
    "a list of words": b"one\ntwo\nthree\n",
}


def specimen(name: str) -> bytes:
    """The content of the file of that name."""
    found = (GOOD | BAD | REFUSED_AS_TABLES)[name]
    return found if isinstance(found, bytes) else found()
