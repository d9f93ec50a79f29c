"""The two charts of dashboard and pack, each wide and narrow: values in, SVG text out."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from hertsend.charts import BurnUpPoint, StackedBar, burn_up, stacked_bars

NARROW = 330
STAGE_PARTS = {
    "signed_off": "Signed off",
    "proposed_complete": "Proposed complete",
    "in_progress": "In progress",
    "not_started": "Not started",
}


class Point(Protocol):
    """A month of the burn-up, of a dashboard or of a pack."""

    @property
    def month(self) -> dt.date: ...
    @property
    def due(self) -> int: ...
    @property
    def complete(self) -> int | None: ...


class Stream(Protocol):
    """A workstream's counts, of a dashboard or of a pack; keys of ``stages`` are their values."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def stages(self) -> Mapping[str, int]: ...


@dataclass(frozen=True)
class Drawing:
    """One chart in two sizes."""

    wide: str
    narrow: str


def draw_burn_up(points: Sequence[Point], *, sentence: str) -> Drawing | None:
    """Due and complete by month; None where no milestone has a day."""
    if not points:
        return None
    first, last = points[0].month, points[-1].month
    title = f"Milestones due and complete by month, {first:%B %Y} to {last:%B %Y}"
    entries = [
        BurnUpPoint(month=point.month, due=point.due, complete=point.complete) for point in points
    ]
    return Drawing(
        wide=burn_up(entries, title=title, description=sentence, identifier="due"),
        narrow=burn_up(
            entries, title=title, description=sentence, identifier="due-narrow", width=NARROW
        ),
    )


def draw_stages(streams: Sequence[Stream], *, month: str) -> Drawing:
    """How many milestones of each workstream are at each stage; withdrawn ones are left out."""
    title = f"Milestones by stage in each workstream, {month}"
    description = "; ".join(
        f"{stream.key}: "
        + ", ".join(f"{label.lower()} {stream.stages[part]}" for part, label in STAGE_PARTS.items())
        for stream in streams
    )
    bars = [
        StackedBar(
            label=stream.key,
            note=stream.name,
            values=tuple(stream.stages[part] for part in STAGE_PARTS),
        )
        for stream in streams
    ]
    parts = tuple(STAGE_PARTS.values())
    return Drawing(
        wide=stacked_bars(
            bars, parts=parts, title=title, description=description, identifier="stages"
        ),
        narrow=stacked_bars(
            bars,
            parts=parts,
            title=title,
            description=description,
            identifier="stages-narrow",
            width=NARROW,
        ),
    )
