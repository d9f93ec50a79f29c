"""What is wrong with a plan file, and where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hertsend.errors import RuleBroken

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong; ``line`` counts from 1 and is None for the file as a whole."""

    sentence: str
    path: Path = ()
    line: int | None = None

    @property
    def place(self) -> str:
        """Where to look: ``line 7, areas[0].number``."""
        line = f"line {self.line}" if self.line else ""
        return ", ".join(filter(None, [line, printable(words_of(self.path))])) or "the file"

    def __str__(self) -> str:
        return f"{self.place}: {printable(self.sentence)}"


class BadPlanFile(RuleBroken):
    """A file that is not taken over; ``faults`` lists all that was found, in the file's order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(set(faults), key=lambda one: (one.line or 0, str(one)))
        errors: dict[str, list[str]] = {}
        for fault in self.faults:
            errors.setdefault(fault.place, []).append(printable(fault.sentence))
        super().__init__(errors)


def printable(text: str) -> str:
    """The text with halves of characters, which no terminal takes, written as escapes."""
    return text.encode("utf-8", "backslashreplace").decode()


def words_of(path: Path) -> str:
    """A path in words: ``("areas", 0, "number")`` is ``areas[0].number``."""
    words = ""
    for part in path:
        words += f"[{part}]" if isinstance(part, int) else f".{part}"
    return words.removeprefix(".")


def line_of(path: Path, lines: Mapping[Path, int]) -> int:
    """The line on which the thing at ``path`` stands, else the nearest thing that holds it."""
    holders = (path[:length] for length in range(len(path), -1, -1))
    return next(lines[holder] for holder in holders if holder in lines)
