"""A document as PDF: tagged, PDF/UA-1 and PDF/A-2a in one file, with our own typeface and no other."""

import dataclasses
import json
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hertsend import dates
from hertsend.charts.png import FAMILY, FONTS
from hertsend.documents import characters
from hertsend.documents.blocks import Block, Chart, Document

TYPESETTER = Path(__file__).with_name("typesetter.py")
LONGEST = 120
"""In seconds; a pack takes about one."""

MEDIA_TYPE = "application/pdf"
FONT_OF_DRAWING = re.compile(r'font-family="[^"]*"')
BETWEEN_TAGS = re.compile(r">([^<]+)<")


class NotAsWritten(RuntimeError):
    """Something would look otherwise than it was meant, so nothing is handed out."""


def pdf_of(document: Document, *, fonts: Path = FONTS) -> bytes:
    """The document, whole; ``fonts`` is the folder of the only faces that it may use.

    Raises ``NotAsWritten`` where the typesetter refuses, or has anything to say.
    """
    told = json.dumps(_data(document), ensure_ascii=False)
    try:
        done = subprocess.run(  # noqa: S603 - our own file; the words come by standard input
            [sys.executable, "-I", str(TYPESETTER), str(fonts)],
            input=told.encode(),
            capture_output=True,
            timeout=LONGEST,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired:
        raise NotAsWritten(f"The typesetter took more than {LONGEST} seconds.") from None
    if done.returncode != 0 or done.stderr or not done.stdout:
        raise NotAsWritten(
            done.stderr.decode(errors="replace") or f"It ended with {done.returncode}."
        )
    return done.stdout


def _data(document: Document) -> dict[str, Any]:
    """The document as the template reads it."""
    day = dates.day_of(document.moment)
    return {
        "title": characters.shown(document.title),
        "subject": characters.shown(document.subject),
        "author": characters.shown(document.author),
        "marking": characters.shown(document.marking),
        "head": [characters.shown(words) for words in document.head],
        "foot": characters.shown(document.foot),
        "date": [day.year, day.month, day.day],
        "blocks": _blocks(document.blocks),
    }


def _blocks(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    return [_value(block) for block in blocks]


def _value(value: Any) -> Any:
    """A block, or anything in one, as JSON has it; a block says of which kind it is."""
    if isinstance(value, Chart):
        return _chart(value)
    if isinstance(value, str):
        return characters.shown(value)
    if dataclasses.is_dataclass(value):
        fields = {
            each.name: _value(getattr(value, each.name)) for each in dataclasses.fields(value)
        }
        return fields | {"block": type(value).__name__.lower()}
    if isinstance(value, tuple):
        return [_value(each) for each in value]
    return value


def _chart(chart: Chart) -> dict[str, Any]:
    """A drawing in the typeface of the document, with the words that stand for it."""
    drawing = FONT_OF_DRAWING.sub(f'font-family="{FAMILY}"', chart.svg)
    return {
        "block": "chart",
        "title": characters.shown(chart.title),
        "svg": BETWEEN_TAGS.sub(lambda found: f">{characters.shown(found[1])}<", drawing),
        "description": characters.shown(f"{chart.title}. {chart.description}"),
        "sentence": characters.shown(chart.sentence),
    }
