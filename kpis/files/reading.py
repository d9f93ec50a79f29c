"""From the bytes of a file to its cells, whatever the file tries: a child process with limits reads."""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hertsend.errors import RuleBroken

MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE
MOST_SECONDS = 10
MOST_ANSWERED = 40 * MEGABYTE
CHILD = Path(__file__).with_name("child.py")


class BadFile(RuleBroken):
    """A file that is not taken over, with what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__({"file": [sentence]})


@dataclass(frozen=True)
class Cells:
    """A table of text: the headings, and the rows below them with their lines."""

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    sheets: tuple[str, ...] = ()


def read_cells(content: bytes, *, sheet: str = "") -> list[list[str]]:
    """The cells of a file. Raises ``BadFile`` with one sentence, for any file that there can be."""
    if len(content) > LARGEST:
        raise BadFile(f"This file is larger than {LARGEST // MEGABYTE} MB. Split it.")
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(content)
        given.seek(0)
        try:
            done = subprocess.run(  # noqa: S603 - our own file, nothing of the reader's but a word
                [sys.executable, "-I", str(CHILD), sheet],
                stdin=given,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                timeout=MOST_SECONDS,
                check=False,
                env={"PYTHONIOENCODING": "utf-8"},
            )
        except subprocess.TimeoutExpired:
            raise BadFile("This file takes too long to read. Split it.") from None
        answer.seek(0)
        return _cells(done.returncode, answer.read(MOST_ANSWERED + 1))


def _cells(code: int, answered: bytes) -> list[list[str]]:
    if code != 0 or len(answered) > MOST_ANSWERED:
        raise BadFile("This file is damaged, or needs too much room when it is opened.")
    try:
        told = json.loads(answered)
    except ValueError:
        raise BadFile("This file is damaged, or needs too much room when it is opened.") from None
    if "refused" in told:
        raise BadFile(told["refused"])
    cells: list[list[str]] = [[_clean(cell) for cell in row] for row in told["cells"]]
    return cells


def _clean(text: str) -> str:
    """The text without what no database keeps: NUL and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def table_of(cells: list[list[str]]) -> Cells:
    """The headings and the rows below them: the first row with two cells or more is the heading.

    Raises ``BadFile`` where there is none, or where two columns have one name.
    """
    start = next((place for place, row in enumerate(cells) if sum(map(bool, row)) > 1), None)
    if start is None or start + 1 >= len(cells):
        raise BadFile("This file has no table: a row of headings and rows below it are needed.")
    width = max(len(row) for row in cells[start:])
    headings = [*cells[start], *[""] * (width - len(cells[start]))]
    named = [name.casefold() for name in headings if name]
    twice = sorted({name for name in named if named.count(name) > 1})
    if twice:
        raise BadFile(f"Two columns are called “{twice[0]}”. Give each a name of its own.")
    rows = tuple(
        (number, (*row, *[""] * (width - len(row))))
        for number, row in enumerate(cells[start + 1 :], start=start + 2)
    )
    return Cells(tuple(headings), rows)
