"""The two charts of dashboard and pack, each wide and narrow: values in, SVG text out."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from governance.enums import Likelihood, RiskImpact
from governance.policies.risks import Band, Score
from hertsend.charts import (
    BurnUpPoint,
    MatrixCell,
    StackedBar,
    TierBox,
    burn_up,
    risk_matrix,
    stacked_bars,
    tiers,
)

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


class Body(Protocol):
    """A group with its place; ``above_keys`` are those to which it reports."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def workstreams(self) -> tuple[str, ...]: ...
    @property
    def above_keys(self) -> tuple[str, ...]: ...


def draw_groups(groups: Sequence[Body]) -> str:
    """Who reports to whom; those above that are not among the groups are left out."""
    known = {group.key for group in groups}
    return tiers(
        [
            TierBox(
                key=group.key,
                label=group.name,
                note=f"Delivers {', '.join(group.workstreams)}" if group.workstreams else "",
                above=tuple(key for key in group.above_keys if key in known),
            )
            for group in groups
        ],
        title="Who reports to whom",
        description="Each group stands below those to which it reports. The list says the same.",
        identifier="groups",
    )


class Counted(Protocol):
    """A cell of the matrix of risks."""

    @property
    def score(self) -> Score: ...
    @property
    def band(self) -> Band: ...
    @property
    def count(self) -> int: ...


def draw_matrix(
    cells: Sequence[Counted], *, hrefs: Mapping[Score, str], chosen: Score | None, which: str
) -> Drawing:
    """How many risks have which score; ``hrefs`` lead to the lists of cells."""
    total = sum(cell.count for cell in cells)
    entries = [
        MatrixCell(
            row=cell.score.likelihood,
            column=cell.score.impact,
            score=cell.score.value,
            band=cell.band.name,
            rank=cell.band.rank,
            count=cell.count,
            href=hrefs.get(cell.score, ""),
            is_chosen=cell.score == chosen,
        )
        for cell in cells
    ]
    draw = partial(
        risk_matrix,
        entries,
        rows=[each.label for each in Likelihood],
        columns=[each.label for each in RiskImpact],
        axes=("Likelihood", "Impact"),
        title=f"Risks by {which} score",
        description=f"{total} risks in a matrix of likelihood and impact. The table says the same.",
    )
    return Drawing(
        wide=draw(identifier="matrix"), narrow=draw(identifier="matrix-narrow", width=NARROW)
    )
