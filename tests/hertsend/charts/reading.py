"""Reads a drawing back: its elements, and the room that its labels take."""

import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from hertsend.charts import palette

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Label:
    """One line of text and the box around it."""

    words: str
    left: float
    right: float
    base: float

    def touches(self, other: "Label") -> bool:
        beside = self.right <= other.left or other.right <= self.left
        return not beside and abs(self.base - other.base) < palette.LABEL_SIZE - 2


def parse(drawing: str) -> ET.Element:
    """The drawing as XML; fails when it is none."""
    return ET.fromstring(drawing)


def all_of(drawing: str, name: str) -> list[ET.Element]:
    return list(parse(drawing).iter(f"{SVG}{name}"))


def labels(drawing: str) -> list[Label]:
    """Every text of the drawing, with the room that it takes."""
    found = []
    for element in all_of(drawing, "text"):
        words = element.text or ""
        width = palette.width_of(words, bold=element.get("font-weight") == "bold")
        x = float(element.get("x", "0"))
        shift = {"middle": width / 2, "end": width}.get(element.get("text-anchor", ""), 0)
        found.append(Label(words, x - shift, x - shift + width, float(element.get("y", "0"))))
    return found


def texts(drawing: str) -> list[str]:
    return [label.words for label in labels(drawing)]


def collisions(drawing: str) -> list[tuple[str, str]]:
    """The pairs of labels that cover each other."""
    found = labels(drawing)
    return [
        (first.words, second.words)
        for index, first in enumerate(found)
        for second in found[index + 1 :]
        if first.touches(second)
    ]


def outside(drawing: str) -> list[str]:
    """The labels that leave the drawing by more than a pixel."""
    width = float(parse(drawing).get("width", "0"))
    return [label.words for label in labels(drawing) if label.left < -1 or label.right > width + 1]


def assert_stands_alone(drawing: str) -> None:
    """Named, described, and without anything that a strict policy refuses."""
    root = parse(drawing)
    title, description = all_of(drawing, "title")[0], all_of(drawing, "desc")[0]
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert (title.text or "").strip()
    assert (description.text or "").strip()
    assert re.search(r"\sstyle=|<style|<script|\son\w+=|url\(|href", drawing) is None
