"""From a file to a plan document without faults, or to the list of all its faults."""

from pathlib import Path
from typing import Any

from plans.planfile import checks
from plans.planfile.faults import BadPlanFile, Fault, line_of
from plans.planfile.parsing import Parsed, parse
from plans.planfile.schema import schema_faults

MEGABYTE = 1024 * 1024
LARGEST = 5 * MEGABYTE
"""Thirty times the first plan; what is larger is not a plan, and is not read."""


def read(path: Path) -> dict[str, Any]:
    """The document in a file. Raises ``BadPlanFile`` with every fault and its place."""
    return parsed_document(read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that is not too large; a large one is refused unread."""
    try:
        if path.stat().st_size > LARGEST:
            raise _too_large()
        with path.open("rb") as file:
            # A pipe does not say how much it holds.
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise BadPlanFile([Fault(f"It cannot be read: {error.strerror}.")]) from error
    if len(content) > LARGEST:
        raise _too_large()
    return content


def _too_large() -> BadPlanFile:
    return BadPlanFile([Fault(f"It is larger than {LARGEST // MEGABYTE} MB, so it is not read.")])


def parsed_document(content: bytes) -> dict[str, Any]:
    """The document in the bytes of a plan file. Raises ``BadPlanFile`` with every fault."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadPlanFile([Fault("This is not text in UTF-8.", line=line)]) from error
    parsed = parse(text)
    faults = [*parsed.faults, *_faults(parsed)]
    if faults:
        raise BadPlanFile(faults)
    document: dict[str, Any] = parsed.document
    return document


def _faults(parsed: Parsed) -> list[Fault]:
    found = list(schema_faults(parsed.document))
    if isinstance(parsed.document, dict):
        found += checks.check(parsed.document)
    return [Fault(sentence, path, line_of(path, parsed.lines)) for path, sentence in found]
