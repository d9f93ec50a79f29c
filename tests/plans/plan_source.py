"""A reader of the published plan's text, for the proof that the plan file is complete.

It shares nothing with whatever wrote the plan file: it knows lines, tabs and page breaks, and
nothing about milestones. Lines that hold a tab are table rows; a blank line followed by another
row of the same width is a page break, with or without a repeated header row.
"""

import csv
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
SOURCE = FIXTURES / "source" / "december-2023-plan.txt"
PLAN_FILE = FIXTURES / "hertfordshire-2023.json"
READING = Path(__file__).parent / "data" / "expected-milestones.csv"

TAG = re.compile(r"<[^>]+>")
DASHED_LIST = re.compile(r"<ul[^>]*>((?= *-)[^<]*)")
CONTENTS_LINE = re.compile(r"^[^\t]+\t\d+$")
RULE_CELL = re.compile(r"^-*$")
LINE_BULLET = re.compile(r"^[ \t]*[-•][ \t]+", re.MULTILINE)
CLINGING_BULLET = re.compile(r"^[-•](?=\w)")
ORDINAL_GAP = re.compile(r"\b(\d{1,2}) (st|nd|rd|th)\b")

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|March|April|May|June|July|Aug(?:ust)?|Sept(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
DATE = re.compile(
    rf"\d{{1,2}}(?:st|nd|rd|th) {MONTH}(?: (?:\d{{4}}|\d{{2}})(?!\d))?"
    rf"|{MONTH} \d{{4}}"
    r"|\b\d{4}/\d{2,4}\b"
    r"|\b(?:19|20)\d{2}\b"
)

HEADER_STARTS = ("Ref", "Areas for Priority Action", "Our Strategic Ambitions (", "Glossary")
AREA_BOX = "<p>Priority Action "

PRIORITY_COLUMNS = ("ref", "action", "leads", "dates", "milestones", "impacts")
IMPROVEMENT_COLUMNS = ("ref", "action", "meaning", "milestones", "dates", "leads", "impacts")


@dataclass(frozen=True)
class Row:
    """One row of one page: the line it stands on, its page within the table, its raw cells."""

    line: int
    page: int
    cells: tuple[str, ...]


@dataclass
class Table:
    """A table over all its pages; repeated header rows and ruled lines are left out."""

    header: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)

    def continued_by(self, cells: tuple[str, ...], *, header: bool) -> bool:
        """Tell whether a row that follows belongs to this table, also over a page break."""
        if cells[0].startswith(AREA_BOX):
            return False
        if header:
            return self.header[:1] == cells[:1] and len(self.header) == len(cells)
        return len(self.header or self.rows[0].cells) == len(cells)


@dataclass
class ActionSource:
    """All cells of one numbered row of the plan, column by column, in reading order."""

    key: str
    columns: dict[str, list[str]] = field(default_factory=dict)

    def words(self, column: str) -> list[str]:
        """Give the column's words in order; cells that a page break cut are joined by this."""
        return [word for cell in self.columns.get(column, []) for word in words(cell)]

    def text(self, column: str) -> str:
        """Give the column as one line."""
        return " ".join(self.words(column))


def read(path: Path = SOURCE) -> str:
    """Read the source text."""
    return path.read_text(encoding="utf-8")


def read_plan_file() -> dict:
    """Read the plan file that is held against the source, anew for each caller to change."""
    return json.loads(PLAN_FILE.read_text(encoding="utf-8"))


def read_reading() -> list[dict[str, str]]:
    """Read the milestones as another reader of the source found them by eye."""
    with READING.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def plain(text: str) -> str:
    """Strip tags, join ordinals ("31 st" is "31st") and reduce white space to single spaces."""
    return ORDINAL_GAP.sub(r"\1\2", " ".join(TAG.sub(" ", text).split()))


def words(text: str) -> list[str]:
    """Split into words with their punctuation; bullets are no words ("-Quality" is "Quality").

    A bullet is a "•" anywhere, a dash that clings to the front of a word, or a dash of its own in
    a list of dashes: after <ul> in the source, at the start of a line in a plan file. Other dashes
    count.
    """
    without_lists = DASHED_LIST.sub(lambda body: body[1].replace(" - ", " "), text)
    without_bullets = LINE_BULLET.sub("", without_lists)
    stripped = (CLINGING_BULLET.sub("", token) for token in plain(without_bullets).split())
    return [token for token in stripped if token != "•"]


def dates(text: str) -> list[str]:
    """Give the dates of a cell in order: days, months, years and the like, as they are written."""
    return DATE.findall(plain(text))


def paragraphs(cell: str) -> list[str]:
    """Split a cell at its <p> marks; what stands outside of them is a paragraph too."""
    parts = (plain(part) for part in re.split(r"</?p>", cell))
    return [part for part in parts if part]


def tables(text: str) -> list[Table]:
    """Give all tables of the text in order, the list of contents left out."""
    found: list[Table] = []
    page, is_open, after_blank = 0, False, False
    for number, line in enumerate(text.split("\n"), 1):
        if "\t" not in line or CONTENTS_LINE.match(line):
            after_blank = not line.strip()
            # Prose ends a table; a blank line may be a page break.
            is_open = is_open and after_blank
            continue
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if all(RULE_CELL.match(cell) for cell in cells):
            continue
        header = cells[0].startswith(HEADER_STARTS)
        if not is_open or not found[-1].continued_by(cells, header=header):
            found.append(Table(header=cells if header else ()))
            page, is_open = 0, True
        elif after_blank:
            page += 1
        if not header:
            found[-1].rows.append(Row(line=number, page=page, cells=cells))
        after_blank = False
    return found


def actions(text: str) -> dict[str, ActionSource]:
    """Give the cells of every numbered row, keyed as the plan file keys actions."""
    found: dict[str, ActionSource] = {}
    for table in tables(text):
        if table.header[:1] != ("Ref",):
            continue
        priority = len(table.header) == len(PRIORITY_COLUMNS)
        names = PRIORITY_COLUMNS if priority else IMPROVEMENT_COLUMNS
        key = ""
        for row in table.rows:
            if row.cells[0]:
                key = ("PA" if priority else "AI") + row.cells[0]
                found[key] = ActionSource(key)
            for name, cell in zip(names[1:], row.cells[1:], strict=True):
                if cell:
                    found[key].columns.setdefault(name, []).append(cell)
    return found
