"""Puts labels where they cover nothing and stay on the drawing; one that fits nowhere is left out."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hertsend.charts import palette
from hertsend.charts.svg import label

LINE = 17
# Where the reader has none of our fonts, letters are up to so much wider than Arial's.
WIDEST = 1.2
ABOVE, BELOW = 12, 4
# How much of a label lies left of the place where it is held.
SHIFTS = {"start": 0.0, "middle": 0.5, "end": 1.0}


class Box(NamedTuple):
    """A part of the drawing that is taken."""

    left: float
    right: float
    top: float
    bottom: float


class Spot(NamedTuple):
    """Where a label may stand: its base line, and how it is held there."""

    x: float
    y: float
    anchor: str = "start"


class Words(NamedTuple):
    """A line of a label."""

    text: str
    bold: bool = False
    fill: str = palette.TEXT

    @property
    def width(self) -> float:
        """What is kept clear for it, in whichever font it will be shown."""
        wide = self.text.count("%") * "x"  # A sign for per cent takes the room of two letters.
        return palette.width_of(self.text + wide, bold=self.bold) * WIDEST


class Placer:
    """Remembers what is taken of a drawing of a size."""

    def __init__(self, width: float, height: float) -> None:
        self.frame = Box(0, width, 0, height)
        self.taken: list[Box] = []

    def take(self, box: Box) -> None:
        """Keep labels off a part of the drawing."""
        self.taken.append(box)

    def place(self, lines: Sequence[Words], spots: Iterable[Spot]) -> list[str]:
        """The label at the first spot where it covers nothing; nothing where there is none."""
        width = max([line.width for line in lines])
        for spot in spots:
            box = _box(width, len(lines), spot)
            if self._holds(box) and self._is_free(box):
                self.taken.append(box)
                return [
                    label(
                        line.text,
                        spot.x,
                        spot.y + number * LINE,
                        anchor=None if spot.anchor == "start" else spot.anchor,
                        fill=line.fill,
                        bold=line.bold,
                        haloed=True,
                    )
                    for number, line in enumerate(lines)
                ]
        return []

    def _is_free(self, box: Box) -> bool:
        left, right, top, bottom = box
        for other_left, other_right, other_top, other_bottom in self.taken:
            if (
                left < other_right
                and other_left < right
                and top < other_bottom
                and other_top < bottom
            ):
                return False
        return True

    def _holds(self, box: Box) -> bool:
        left, right, top, bottom = box
        frame_left, frame_right, frame_top, frame_bottom = self.frame
        across = left >= frame_left and right <= frame_right
        return across and top >= frame_top and bottom <= frame_bottom


def _box(width: float, lines: int, spot: Spot) -> Box:
    x, y, anchor = spot
    left = x - width * SHIFTS[anchor]
    return Box(left, left + width, y - ABOVE, y + (lines - 1) * LINE + BELOW)
