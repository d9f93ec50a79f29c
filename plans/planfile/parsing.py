"""Reads JSON and remembers on which line each value stands.

Python's own reader forgets places, takes the last of two equal keys in silence, and accepts numbers
that JSON does not have. A plan file is small, so a reader in Python is quick enough.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from json.decoder import JSONDecodeError, scanstring
from math import isfinite
from typing import Any

from plans.planfile.faults import BadPlanFile, Fault, Path

DEEPEST = 30
LONGEST_NUMBER = 30
_BLANK = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_WORDS = {"true": True, "false": False, "null": None}


@dataclass
class Parsed:
    """A document, the line of each value by its path, and keys that an object holds twice."""

    document: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def parse(text: str) -> Parsed:
    """Read a JSON text. Raises ``BadPlanFile`` where it is no JSON."""
    reader = _Reader(text)
    try:
        reader.parsed.document, position = reader.value((), reader.skip(0))
        reader.end(position)
    except JSONDecodeError as error:
        sentence = f"This is not JSON: {error.msg}."
        raise BadPlanFile([*reader.parsed.faults, Fault(sentence, line=error.lineno)]) from error
    return reader.parsed


class _Reader:
    """Goes through the text once. Each method takes an offset and answers a value and the next."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.parsed = Parsed()
        self.starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))

    def refuse(self, reason: str, position: int) -> JSONDecodeError:
        return JSONDecodeError(reason, self.text, position)

    def skip(self, position: int) -> int:
        """The next offset that is not blank."""
        found = _BLANK.match(self.text, position)
        return found.end() if found else position

    def line(self, position: int) -> int:
        return bisect_right(self.starts, position)

    def end(self, position: int) -> None:
        """Refuse what follows after the one value."""
        position = self.skip(position)
        if position != len(self.text):
            raise self.refuse("something follows after its end", position)

    def value(self, path: Path, position: int) -> tuple[Any, int]:
        if len(path) > DEEPEST:
            raise self.refuse("it is nested too deeply", position)
        self.parsed.lines[path] = self.line(position)
        start = self.text[position : position + 1]
        if start == "{":
            return self.members(path, position + 1)
        if start == "[":
            return self.items(path, position + 1)
        if start == '"':
            return self.string(position)
        return self.scalar(position)

    def string(self, position: int) -> tuple[str, int]:
        return scanstring(self.text, position + 1)

    def members(self, path: Path, position: int) -> tuple[dict[str, Any], int]:
        found: dict[str, Any] = {}
        position = self.skip(position)
        if self.text.startswith("}", position):
            return found, position + 1
        while True:
            if not self.text.startswith('"', position):
                raise self.refuse("a key in double quotation marks is expected", position)
            key, after = self.string(position)
            if key in found:
                fault = Fault("This key stands here twice.", (*path, key), self.line(position))
                self.parsed.faults.append(fault)
            position = self.expect(":", after)
            found[key], position = self.value((*path, key), position)
            if self.text.startswith("}", self.skip(position)):
                return found, self.skip(position) + 1
            position = self.expect(",", position)

    def items(self, path: Path, position: int) -> tuple[list[Any], int]:
        found: list[Any] = []
        position = self.skip(position)
        if self.text.startswith("]", position):
            return found, position + 1
        while True:
            item, position = self.value((*path, len(found)), position)
            found.append(item)
            if self.text.startswith("]", self.skip(position)):
                return found, self.skip(position) + 1
            position = self.expect(",", position)

    def expect(self, sign: str, position: int) -> int:
        """The offset of what follows after a sign that must come next."""
        position = self.skip(position)
        if not self.text.startswith(sign, position):
            raise self.refuse(f"“{sign}” is expected", position)
        return self.skip(position + 1)

    def scalar(self, position: int) -> tuple[Any, int]:
        for word, meaning in _WORDS.items():
            if self.text.startswith(word, position):
                return meaning, position + len(word)
        found = _NUMBER.match(self.text, position)
        if found is None:
            raise self.refuse("a value is expected", position)
        digits = found.group()
        if len(digits) > LONGEST_NUMBER or not isfinite(float(digits)):
            raise self.refuse("this number is too long", position)
        whole = digits.lstrip("-").isdigit()
        return (int(digits) if whole else float(digits)), found.end()
