"""Boxes in tiers, joined from each to those it reports to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hertsend.charts import palette
from hertsend.charts.svg import drawing, label, line, tag

WIDTH = 960
BOX, GAP, LINES = 88, 44, 3
LINE_HEIGHT, MARGIN, BETWEEN = 18, 18, 20
MOST_BOX_WIDTH = 290


@dataclass(frozen=True, kw_only=True)
class TierBox:
    """One box: its key, its name, a line in smaller words, and the keys of those above it."""

    key: str
    label: str
    note: str = ""
    above: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Placed:
    x: float
    y: float
    width: float

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


def tiers(
    boxes: Sequence[TierBox], *, title: str, description: str, identifier: str, width: float = WIDTH
) -> str:
    """The drawing for `boxes`: those that report to nobody on top, all others below those above them.

    Raises ValueError for a box above that is not there, or for boxes that stand above each other.
    """
    depths = _depths({box.key: box.above for box in boxes})
    rows: dict[int, list[TierBox]] = {}
    for box in boxes:
        rows.setdefault(depths[box.key], []).append(box)
    placed = {
        box.key: place
        for depth, row in rows.items()
        for box, place in zip(row, _places(len(row), depth, width), strict=True)
    }
    joints = [
        part
        for box in boxes
        for above in box.above
        for part in _joint(placed[above], placed[box.key])
    ]
    return drawing(
        *joints,
        *(_box(box, placed[box.key]) for box in boxes),
        identifier=identifier,
        title=title,
        description=description,
        width=width,
        height=max(len(rows), 1) * (BOX + GAP) - GAP + 2,
        kind="tiers",
        readable=bool(boxes),
    )


def _depths(above: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """How many tiers stand above each box."""
    found: dict[str, int] = {}
    waiting = dict(above)
    while waiting:
        ready = [key for key, uppers in waiting.items() if all(each in found for each in uppers)]
        if not ready:
            raise ValueError(f"These stand above each other or miss one above: {sorted(waiting)}")
        for key in ready:
            uppers = waiting.pop(key)
            found[key] = max((found[each] + 1 for each in uppers), default=0)
    return found


def _places(number: int, depth: int, width: float) -> list[_Placed]:
    """Where the boxes of a tier stand: side by side, in the middle."""
    size = min(MOST_BOX_WIDTH, (width - (number - 1) * BETWEEN) / number)
    left = (width - number * size - (number - 1) * BETWEEN) / 2
    y = depth * (BOX + GAP) + 1
    return [_Placed(left + index * (size + BETWEEN), y, size) for index in range(number)]


def _joint(upper: _Placed, lower: _Placed) -> list[str]:
    """Down from the upper box, across, and down to the lower one."""
    bend = lower.y - GAP / 2
    corners = (
        (upper.middle, upper.y + BOX, upper.middle, bend),
        (upper.middle, bend, lower.middle, bend),
        (lower.middle, bend, lower.middle, lower.y),
    )
    return [line(*ends, stroke=palette.GREY, width=1.5) for ends in corners if ends[:2] != ends[2:]]


def _box(box: TierBox, place: _Placed) -> str:
    room = place.width - 2 * MARGIN
    note = palette.fitted(box.note, room) if box.note else ""
    words = _wrapped(box.label, room, lines=LINES if not note else LINES - 1)
    y = place.y + (BOX - LINE_HEIGHT * (len(words) + bool(note))) / 2 + 14
    written = [
        label(each, place.middle, y + index * LINE_HEIGHT, anchor="middle", bold=True)
        for index, each in enumerate(words)
    ]
    if note:
        below = y + len(words) * LINE_HEIGHT
        written.append(label(note, place.middle, below, anchor="middle", fill=palette.SECONDARY))
    frame = tag(
        "rect",
        x=place.x + 0.5,
        y=place.y,
        width=place.width - 1,
        height=BOX,
        fill=palette.WHITE,
        stroke=palette.BRAND,
        stroke_width=1.5,
    )
    return tag("g", frame, *written, data_reading=f"{box.label}. {box.note}".strip())


def _wrapped(words: str, width: float, *, lines: int) -> list[str]:
    """The words in at most so many lines; the last is cut where there is more."""
    found: list[str] = []
    left = words.split()
    while left and len(found) < lines - 1:
        taken = [left.pop(0)]
        while left and palette.width_of(" ".join([*taken, left[0]]), bold=True) <= width:
            taken.append(left.pop(0))
        found.append(palette.fitted(" ".join(taken), width, bold=True))
    return [*found, palette.fitted(" ".join(left), width, bold=True)] if left else found
