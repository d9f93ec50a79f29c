"""From a pack's content to what its page shows: no database, nothing but the content."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from governance.boardpack.arranging import parts_of, templates_of, titles_left_out
from governance.boardpack.content import (
    FigureEntry,
    MilestoneEntry,
    PackContent,
    SlipEntry,
    StreamEntry,
)
from governance.boardpack.contents import Section, sections_of
from governance.boardpack.drawings import Drawing, draw_burn_up, draw_stages
from governance.boardpack.measured import MeasureEntry
from governance.boardpack.said import (
    DateRequestEntry,
    DeepDiveEntry,
    EscalationEntry,
    QuestionEntry,
    ReportEntry,
)
from governance.boardpack.signing import SignOffEntry, TakenBackEntry
from governance.policies.quarters import label_of, word_of
from hertsend.documents.wording import long_day
from kpis.enums import Status

LISTED_IN = {
    "complete": "workstreams",
    "overdue": "exceptions",
    "off-track": "exceptions",
    "no-update": "no-update",
    "awaiting": "awaiting",
}
"""For each big number, the part of the pack that lists what it counts."""


ASKS_NOTHING = "none"
"""What a report says that asks nothing of the board."""


@dataclass(frozen=True)
class FigureLine:
    """One of the big numbers and the part that lists what it counts, "" where that is empty."""

    figure: FigureEntry
    href: str


@dataclass(frozen=True)
class ExceptionPart:
    """An exception, or a milestone that was challenged and is none any more, with what was said."""

    milestone: MilestoneEntry
    report: ReportEntry | None
    questions: tuple[QuestionEntry, ...]
    deep_dives: tuple[DeepDiveEntry, ...]
    escalations: tuple[EscalationEntry, ...]

    @property
    def was_challenged(self) -> bool:
        """Whether anything was asked, looked into or escalated."""
        return bool(self.questions or self.deep_dives or self.escalations)


@dataclass(frozen=True)
class DateRequestLine:
    """A request for a new date with its milestone."""

    milestone: MilestoneEntry
    request: DateRequestEntry


@dataclass(frozen=True)
class EscalationLine:
    """An escalation to the Executive with its milestone."""

    milestone: MilestoneEntry
    escalation: EscalationEntry


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
class TakenBackLine:
    """A milestone whose signature was taken back."""

    milestone: MilestoneEntry
    entry: TakenBackEntry


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
class MeasuresPart:
    """One workstream and its measures."""

    stream: StreamEntry
    measures: tuple[MeasureEntry, ...]


@dataclass(frozen=True)
class PackPage:
    """All that the template needs; lists hold whole milestones instead of their keys."""

    content: PackContent
    month: str
    compared_with: str
    contents: tuple[Section, ...]
    empty: tuple[str, ...]
    left_out: tuple[str, ...]
    templates: tuple[str, ...]
    figures: tuple[FigureLine, ...]
    exceptions: tuple[ExceptionPart, ...]
    asking: tuple[ExceptionPart, ...]
    challenged: tuple[ExceptionPart, ...]
    date_requests: tuple[DateRequestLine, ...]
    refused_dates: tuple[DateRequestLine, ...]
    slips: tuple[SlipLine, ...]
    awaiting: tuple[SignOffLine, ...]
    signed_off: tuple[SignOffLine, ...]
    taken_back: tuple[TakenBackLine, ...]
    streams: tuple[StreamPart, ...]
    silent: tuple[SilentPart, ...]
    undated: tuple[MilestoneEntry, ...]
    due_soon: tuple[MilestoneEntry, ...]
    stage_chart: Drawing
    burn_up_chart: Drawing | None

    @property
    def escalations(self) -> tuple[EscalationLine, ...]:
        """Every escalation with its milestone."""
        by_key = {entry.key: entry for entry in self.content.milestones}
        return tuple(EscalationLine(by_key[row.key], row) for row in self.content.escalations)

    @property
    def measured(self) -> tuple[MeasuresPart, ...]:
        """The measures by workstream, in the plan's order; a workstream without any is left out."""
        found = ((row, _measures_of(self.content, row.key)) for row in self.content.streams)
        return tuple(MeasuresPart(row, measures) for row, measures in found if measures)

    @property
    def measured_in_words(self) -> str:
        """How many measures stand how, against what is expected of them by now."""
        counts = Counter(entry.status for entry in self.content.measures)
        words = {entry.status: entry.status_label.lower() for entry in self.content.measures}
        told = (f"{counts[each]} {words[each]}" for each in Status if each in words)
        return f"{'; '.join(told)}."

    @property
    def to_look_at(self) -> tuple[MeasureEntry, ...]:
        """The measures that need attention, with their drawings."""
        return tuple(entry for entry in self.content.measures if entry.chart)

    @property
    def risk_words(self) -> str:
        """How many risks are in which band, the highest first, and how many were not reviewed."""
        risks = self.content.risks
        counts = Counter(risk.band for risk in risks)
        unreviewed = sum(not risk.was_reviewed for risk in risks)
        told = ", ".join(f"{count} {band.lower()}" for band, count in counts.items())
        return f"{told}; {unreviewed} not reviewed for {self.month}."

    @property
    def log_words(self) -> str:
        """The counts of the log in a sentence."""
        counts = self.content.log_summary
        if counts is None:
            return ""
        since = f" since the cut-off of {long_day(counts.since)}" if counts.since else ""
        return f"{counts.closed} closed{since}, {counts.open} open, {counts.overdue} overdue."

    @property
    def voices_quarter(self) -> str:
        """The quarter in which the entries of You said, we did were published, "" without any."""
        voices = self.content.voices
        return label_of(voices[0].quarter) if voices else ""

    @property
    def voices_word(self) -> str:
        """The same quarter in addresses."""
        voices = self.content.voices
        return word_of(voices[0].quarter) if voices else ""

    @property
    def name(self) -> str:
        """What a pack of this edition is called."""
        return f"{self.content.cover.edition_label} pack"

    @property
    def is_judged(self) -> bool:
        """Whether areas carry impact and assurance: packs from before these do not."""
        return any(area.impact for area in self.content.areas)

    @property
    def has_workstreams(self) -> bool:
        """Whether the pack has the part on workstreams, with their stages; the burn-up stands without it."""
        return bool(self.streams) and "workstreams" in parts_of(self.content)

    @property
    def slipped_days(self) -> int:
        """The days of all slips in total; what came early takes nothing off."""
        return sum(max(line.milestone.slip or 0, 0) for line in self.slips)

    @property
    def glossary_terms(self) -> dict[str, str]:
        """The words explained, as they were when the pack was assembled."""
        return {term.term: term.expansion for term in self.content.glossary}


def page(content: PackContent) -> PackPage:
    """Lay the content out. Raises ``KeyError`` when a list names a milestone that is not there."""
    by_key = {entry.key: entry for entry in content.milestones}
    exceptions = tuple(_part(content, by_key[key]) for key in content.exceptions)
    challenged = _challenged(content, by_key)
    asking = tuple(part for part in exceptions if part.report and part.report.ask != ASKS_NOTHING)
    sections = sections_of(content, asking=len(asking), challenged=len(challenged))
    return PackPage(
        content=content,
        month=_month(content.cover.month),
        compared_with=_month(content.cover.compared_with) if content.cover.compared_with else "",
        contents=tuple(section for section in sections if section.count != 0),
        empty=tuple(section.title for section in sections if section.count == 0),
        left_out=titles_left_out(content),
        templates=templates_of(content),
        figures=_figures(content, sections),
        exceptions=exceptions,
        asking=asking,
        challenged=challenged,
        date_requests=_requests(by_key, content.date_requests),
        refused_dates=_requests(by_key, content.refused_dates),
        slips=tuple(SlipLine(by_key[slip.key], slip) for slip in content.slips),
        awaiting=tuple(SignOffLine(by_key[entry.key], entry) for entry in content.awaiting),
        signed_off=tuple(SignOffLine(by_key[entry.key], entry) for entry in content.signed_off),
        taken_back=tuple(TakenBackLine(by_key[each.key], each) for each in content.taken_back),
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


def _measures_of(content: PackContent, workstream: str) -> tuple[MeasureEntry, ...]:
    return tuple(entry for entry in content.measures if entry.workstream == workstream)


def _part(content: PackContent, milestone: MilestoneEntry) -> ExceptionPart:
    """A milestone with everything of the pack that was said of its exception."""
    key = milestone.key
    return ExceptionPart(
        milestone=milestone,
        report=next((each for each in content.reports if each.key == key), None),
        questions=tuple(each for each in content.questions if each.key == key),
        deep_dives=tuple(each for each in content.deep_dives if each.key == key),
        escalations=tuple(each for each in content.escalations if each.key == key),
    )


def _challenged(
    content: PackContent, by_key: dict[str, MilestoneEntry]
) -> tuple[ExceptionPart, ...]:
    """What was challenged and is no exception any more, in the order in which it is told."""
    keys = dict.fromkeys(
        (
            *(each.key for each in content.questions),
            *(each.key for each in content.deep_dives),
            *(each.key for each in content.escalations),
        )
    )
    return tuple(_part(content, by_key[key]) for key in keys if key not in content.exceptions)


def _requests(
    by_key: dict[str, MilestoneEntry], requests: Sequence[DateRequestEntry]
) -> tuple[DateRequestLine, ...]:
    return tuple(DateRequestLine(by_key[each.key], each) for each in requests)


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
