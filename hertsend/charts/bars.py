"""Bars made of parts, one below the other: how many of each stage there are by workstream."""

from collections.abc import Sequence
from dataclasses import dataclass

from hertsend.charts import palette
from hertsend.charts.svg import drawing, label, tag

ROW, BAR, LEGEND_LINE, GAP = 46, 24, 24, 10
LABEL_COLUMN, TOTAL_COLUMN = 224, 36
# Below this the labels stand above their bars.
NARROW = 440
NARROW_ROOM = 320
SWATCH = 13
LABEL_ABOVE = 38


@dataclass(frozen=True, kw_only=True)
class StackedBar:
    """One bar: its name, a line in smaller words below it, and the size of each part in order."""

    label: str
    note: str = ""
    values: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.values)


def stacked_bars(
    bars: Sequence[StackedBar],
    *,
    parts: Sequence[str],
    title: str,
    description: str,
    identifier: str,
    width: float = 580,
) -> str:
    """The drawing for `bars`; `parts` names up to four parts, the most finished first.

    Raises ValueError when a bar has another number of values than there are parts, or one below zero.
    """
    if len(parts) > len(palette.STAGE_FILLS):
        raise ValueError(
            f"At most {len(palette.STAGE_FILLS)} parts can be told apart, not {len(parts)}."
        )
    for bar in bars:
        if len(bar.values) != len(parts) or min(bar.values, default=0) < 0:
            raise ValueError(
                f"{bar.label!r} needs {len(parts)} values of zero or more: {bar.values}"
            )
    legend, top = _legend(bars, parts, width)
    narrow = width < NARROW
    row = ROW + LABEL_ABOVE if narrow else ROW
    left = 0 if narrow else LABEL_COLUMN
    longest = max((bar.total for bar in bars), default=0)
    scale = (width - left - TOTAL_COLUMN) / longest if longest else 0
    rows = []
    for index, bar in enumerate(bars):
        y = top + index * row
        rows.append(_row(bar, parts, left=left, y=y, scale=scale, narrow=narrow))
    return drawing(
        *legend,
        *rows,
        identifier=identifier,
        title=title,
        description=description,
        width=width,
        height=top + len(bars) * row,
        kind="bars",
        readable=bool(bars),
    )


def _legend(
    bars: Sequence[StackedBar], parts: Sequence[str], width: float
) -> tuple[list[str], float]:
    """The names of the parts with their sums, in as many lines as they need, and where the bars begin."""
    written: list[str] = []
    x, y = 0.0, 0.0
    for index, part in enumerate(parts):
        words = f"{part} {sum(bar.values[index] for bar in bars)}"
        needed = SWATCH + 7 + palette.width_of(words)
        if x and x + needed > width:
            x, y = 0.0, y + LEGEND_LINE
        written.append(
            tag(
                "rect",
                x=x + 0.5,
                y=y + 3.5,
                width=SWATCH - 1,
                height=SWATCH - 1,
                fill=palette.STAGE_FILLS[index],
                stroke=palette.BRAND,
            )
        )
        written.append(label(words, x + SWATCH + 7, y + 15))
        x += needed + 16
    return written, y + LEGEND_LINE + GAP


def _row(
    bar: StackedBar, parts: Sequence[str], *, left: float, y: float, scale: float, narrow: bool
) -> str:
    bar_y = y + LABEL_ABOVE if narrow else y
    room = NARROW_ROOM if narrow else LABEL_COLUMN - 8
    written = [label(palette.fitted(bar.label, room, bold=True), 0, y + 12, bold=True)]
    if bar.note:
        note = palette.fitted(bar.note, room)
        written.append(label(note, 0, y + 29, fill=palette.SECONDARY))
    x = left
    for index, value in enumerate(bar.values):
        if value:
            written.extend(_part(value, index, x=x, y=bar_y, size=value * scale))
            x += value * scale
    written.append(label(bar.total, x + 8, bar_y + 17, fill=palette.SECONDARY))
    counted = ", ".join(
        f"{part.lower()} {value}" for part, value in zip(parts, bar.values, strict=True)
    )
    return tag("g", *written, data_reading=f"{bar.label}: {counted}, in all {bar.total}")


def _part(value: int, index: int, *, x: float, y: float, size: float) -> list[str]:
    """One part, with its number where there is room for it; the table beside the chart has them all."""
    written = [
        tag(
            "rect",
            x=x,
            y=y + 0.5,
            width=size,
            height=BAR - 1,
            fill=palette.STAGE_FILLS[index],
            stroke=palette.BRAND,
        )
    ]
    if palette.width_of(str(value)) <= size - 2:
        ink = palette.STAGE_INKS[index]
        written.append(label(value, x + size / 2, y + 17, anchor="middle", fill=ink))
    return written
