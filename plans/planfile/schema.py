"""The published schema of plan files: what breaks it, in sentences, and the order of keys in it."""

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from django.conf import settings
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from plans.planfile.faults import Path

FILE = "fixtures/plan-file.schema.json"

TYPES = {
    "array": "a list",
    "object": "an object",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}
SENTENCES = {
    "minLength": "Must not be empty.",
    "minItems": "Must not be empty.",
    "minProperties": "Must not be empty.",
    "maxLength": "Must have at most {} characters.",
    "uniqueItems": "Holds the same entry twice.",
    "not": "Give either one value, or both the low and the high one.",
    "dependentRequired": "Give either one value, or both the low and the high one.",
}
PRECISION = (
    "Does not fit the milestone's precision: only “day” has a due_on, only “none” has an empty "
    "due_text, and neither has a window."
)


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """The schema of format 1, from the file that is published beside the plans."""
    return json.loads((settings.BASE_DIR / FILE).read_text(encoding="utf-8"))


def schema_faults(document: Any) -> Iterator[tuple[Path, str]]:
    """The path and the sentence of everything in a document that breaks the schema."""
    validator = Draft202012Validator(schema(), format_checker=FormatChecker(["date"]))
    for error in validator.iter_errors(document):
        yield from _told(error)


def _told(error: ValidationError) -> Iterator[tuple[Path, str]]:
    path: Path = tuple(error.absolute_path)
    rule, value = error.validator, error.validator_value
    if {"then", "else"} & set(error.absolute_schema_path):
        # Told once for the milestone, whichever of its fields the rule was tried on.
        yield path[:-1] if isinstance(path[-1], str) else path, PRECISION
    elif rule == "additionalProperties":
        for key in sorted(set(error.instance) - set(error.schema["properties"])):
            yield (*path, key), "This key is unknown."
    elif rule == "required":
        for key in (one for one in value if one not in error.instance):
            yield path, f"The key “{key}” is missing."
    elif rule == "format":
        # Where the pattern is broken too, that sentence says it all.
        if re.search(error.schema.get("pattern", ""), error.instance):
            yield path, f"“{error.instance}” is a day that does not exist."
    else:
        yield path, _sentence(error, rule, value)


def _sentence(error: ValidationError, rule: str, value: Any) -> str:
    """What a value must be instead, for the rules that say it with one value."""
    match rule:
        case "type":
            kinds = [value] if isinstance(value, str) else value
            sentence = f"Must be {' or '.join(TYPES[kind] for kind in kinds)}."
        case "enum":
            sentence = f"Must be one of {', '.join(map(str, value))}."
        case "const":
            sentence = f"Must be {json.dumps(value)}."
        case "pattern":
            about = error.schema.get("description", "").rstrip(".")
            sentence = f"“{error.instance}” does not have the form that is asked for ({about})."
        case "minimum" | "maximum":
            sentence = f"Must be {'at least' if rule == 'minimum' else 'at most'} {value}."
        case _:
            sentence = SENTENCES[rule].format(value) if rule in SENTENCES else f"{error.message}."
    return sentence


def in_order(document: dict[str, Any]) -> dict[str, Any]:
    """The document with the keys of every object in the order in which the schema has them.

    A database need not keep the order of keys, and a file is easier to compare when it is fixed.
    """
    return _ordered(document, schema())


def _ordered(value: Any, part: dict[str, Any]) -> Any:
    if "$ref" in part:
        name = part["$ref"].rpartition("/")[2]
        part = schema()["$defs"][name]
    if isinstance(value, dict):
        properties = part["properties"]
        return {key: _ordered(value[key], properties[key]) for key in _known(properties, value)}
    if isinstance(value, list):
        return [_ordered(item, part["items"]) for item in value]
    return value


def _known(properties: Iterable[str], value: dict[str, Any]) -> list[str]:
    return [key for key in properties if key in value]
