"""From a pack's content to what its page shows: no database, nothing but the content."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from governance.boardpack.content import (
    FigureEntry,
    MilestoneEntry,
    PackContent,
    SignOffEntry,
    SlipEntry,
    StreamEntry,
)
from governance.boardpack.drawings import Drawing, draw_burn_up, draw_stages

LISTED_IN = {
    "complete": "workstreams",
    "overdue": "exceptions",
    "off-track": "exceptions",
    "no-update": "no-update",
    "awaiting": "awaiting",
}
"""For each big number, the part of the pack that lists what it counts."""


@dataclass(frozen=True)
class Section:
    """A part of the pack: its place on the page, its heading, and how much is in it.

    ``count`` is None for a part that is always there and counts nothing.
    """

    anchor: str
    title: str
    count: int | None = None


@dataclass(frozen=True)
class FigureLine:
    """One of the big numbers and the part that lists what it counts, "" where that is empty."""

    figure: FigureEntry
    href: str


@dataclass(frozen=True)
class SlipLine:
    """A milestone that moved."""

    milestone: MilestoneEntry
    slip: SlipEntry


@dataclass(frozen=True)
class SignOffLine:
    """A milestone that awaits sign-off or was signed."""

    milestone: MilestoneEntry
    sign_off: SignOffEntry


@dataclass(frozen=True)
class StreamPart:
    """One workstream with its milestones, worst-rated ones not moved: the plan's order."""

    stream: StreamEntry
    anchor: str
    milestones: tuple[MilestoneEntry, ...]


@dataclass(frozen=True)
class SilentPart:
    """A workstream and those of its milestones for which nothing was received."""

    stream: StreamEntry
    milestones: tuple[MilestoneEntry, ...]


@dataclass(frozen=True)
class PackPage:
    """All that the template needs; lists hold whole milestones instead of their keys."""

    content: PackContent
    month: str
    compared_with: str
    contents: tuple[Section, ...]
    empty: tuple[str, ...]
    figures: tuple[FigureLine, ...]
    exceptions: tuple[MilestoneEntry, ...]
    slips: tuple[SlipLine, ...]
    awaiting: tuple[SignOffLine, ...]
    signed_off: tuple[SignOffLine, ...]
    streams: tuple[StreamPart, ...]
    silent: tuple[SilentPart, ...]
    undated: tuple[MilestoneEntry, ...]
    due_soon: tuple[MilestoneEntry, ...]
    stage_chart: Drawing
    burn_up_chart: Drawing | None

    @property
    def glossary_terms(self) -> dict[str, str]:
        """The words explained, as they were when the pack was assembled."""
        return {term.term: term.expansion for term in self.content.glossary}


def page(content: PackContent) -> PackPage:
    """Lay the content out. Raises ``KeyError`` when a list names a milestone that is not there."""
    by_key = {entry.key: entry for entry in content.milestones}
    sections = _sections(content)
    return PackPage(
        content=content,
        month=_month(content.cover.month),
        compared_with=_month(content.cover.compared_with) if content.cover.compared_with else "",
        contents=tuple(section for section in sections if section.count != 0),
        empty=tuple(section.title for section in sections if section.count == 0),
        figures=_figures(content, sections),
        exceptions=_whole(by_key, content.exceptions),
        slips=tuple(SlipLine(by_key[slip.key], slip) for slip in content.slips),
        awaiting=tuple(SignOffLine(by_key[entry.key], entry) for entry in content.awaiting),
        signed_off=tuple(SignOffLine(by_key[entry.key], entry) for entry in content.signed_off),
        streams=tuple(
            StreamPart(stream, f"workstream-{number}", _of_stream(content.milestones, stream))
            for number, stream in enumerate(content.streams, start=1)
        ),
        silent=_silent(content, by_key),
        undated=_whole(by_key, content.undated),
        due_soon=_whole(by_key, content.due_soon),
        stage_chart=draw_stages(content.streams, month=_month(content.cover.month)),
        burn_up_chart=draw_burn_up(content.burn_up, sentence=content.summary.burn_up_words),
    )


def _figures(content: PackContent, sections: Sequence[Section]) -> tuple[FigureLine, ...]:
    there = {section.anchor for section in sections if section.count != 0}
    return tuple(
        FigureLine(figure, f"#{LISTED_IN[figure.key]}" if LISTED_IN[figure.key] in there else "")
        for figure in content.summary.figures
    )


def _month(month: dt.date) -> str:
    return f"{month:%B %Y}"


def _whole(by_key: dict[str, MilestoneEntry], keys: Sequence[str]) -> tuple[MilestoneEntry, ...]:
    return tuple(by_key[key] for key in keys)


def _of_stream(
    milestones: Sequence[MilestoneEntry], stream: StreamEntry
) -> tuple[MilestoneEntry, ...]:
    return tuple(entry for entry in milestones if entry.workstream == stream.key)


def _silent(content: PackContent, by_key: dict[str, MilestoneEntry]) -> tuple[SilentPart, ...]:
    silent = _whole(by_key, content.no_update)
    parts = [SilentPart(stream, _of_stream(silent, stream)) for stream in content.streams]
    return tuple(part for part in parts if part.milestones)


def _sections(content: PackContent) -> tuple[Section, ...]:
    """The parts in their order; one without content is named as empty instead."""
    since = "Signed off since the last pack" if content.cover.compared_with else "Signed off"
    return (
        Section("summary", "Summary"),
        Section("exceptions", "Exceptions", len(content.exceptions)),
        Section("slips", "Slips and date changes", len(content.slips)),
        Section("awaiting", "Awaiting sign-off", len(content.awaiting)),
        Section("signed-off", since, len(content.signed_off)),
        Section("due-soon", "Due in the next 30 days", len(content.due_soon)),
        Section("no-date", "No agreed date", len(content.undated)),
        Section("workstreams", "Workstreams", len(content.streams)),
        Section("no-update", "Who did not report", len(content.no_update)),
        Section("key", "Delivery rating key"),
        Section("glossary", "Glossary", len(content.glossary)),
    )
