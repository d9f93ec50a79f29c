"""Build the part of a pack that was said of exceptions and dates, from the dashboard."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from governance.boardpack.said import (
    DateRequestEntry,
    DeepDiveEntry,
    EscalationEntry,
    QuestionEntry,
    ReportEntry,
    SaidEntry,
)
from governance.selectors.heard import Case, Dated, Heard
from plans.selectors.challenges import DeepDiveLine, EscalationLine, QuestionLine, ReportLine, Said


@dataclass(frozen=True)
class Voices:
    """The entries, by the name of the pack's part that holds them."""

    reports: tuple[ReportEntry, ...]
    questions: tuple[QuestionEntry, ...]
    deep_dives: tuple[DeepDiveEntry, ...]
    escalations: tuple[EscalationEntry, ...]
    date_requests: tuple[DateRequestEntry, ...]
    refused_dates: tuple[DateRequestEntry, ...]


def voices_of(heard: Heard) -> Voices:
    """All that was said, worded and in order: the exceptions first, as they stand in the pack."""
    cases = (*heard.cases, *heard.others)
    return Voices(
        reports=tuple(_reports(heard.cases)),
        questions=tuple(_question(case.line.key, one) for case in cases for one in case.questions),
        deep_dives=tuple(_dive(case.line.key, one) for case in cases for one in case.deep_dives),
        escalations=tuple(
            _escalation(case.line.key, one) for case in cases for one in case.escalations
        ),
        date_requests=tuple(map(_request, heard.requests)),
        refused_dates=tuple(map(_request, heard.refused)),
    )


def _said(said: Said) -> SaidEntry:
    return SaidEntry(said.words, said.by, said.at)


def _reports(cases: Iterable[Case]) -> Iterator[ReportEntry]:
    return (_report(case.line.key, case.report) for case in cases if case.report)


def _report(key: str, line: ReportLine) -> ReportEntry:
    return ReportEntry(
        key=key,
        month=line.month,
        cause=line.cause,
        effect_on_families=line.effect_on_families,
        what_is_being_done=line.what_is_being_done,
        done_by=line.done_by,
        ask=line.ask.value,
        ask_label=line.ask.label,
        asked_of_board=line.asked_of_board,
        by=line.by,
        at=line.at,
    )


def _question(key: str, line: QuestionLine) -> QuestionEntry:
    return QuestionEntry(key, line.number, _said(line.asked), tuple(map(_said, line.answers)))


def _dive(key: str, line: DeepDiveLine) -> DeepDiveEntry:
    return DeepDiveEntry(
        key=key,
        planned_on=line.planned_on,
        state_label=line.state.label,
        asked=_said(line.asked),
        ended=_said(line.ended) if line.ended else None,
    )


def _escalation(key: str, line: EscalationLine) -> EscalationEntry:
    return EscalationEntry(
        key=key,
        state_label=line.state.label,
        raised=_said(line.raised),
        ended=_said(line.ended) if line.ended else None,
        who_acts=line.who_acts,
    )


def _request(dated: Dated) -> DateRequestEntry:
    line = dated.request
    return DateRequestEntry(
        key=dated.line.key,
        number=line.number,
        in_force=dated.line.date_in_force,
        asked_for_on=line.asked_for_on,
        reason=line.reason,
        effect_on_others=line.effect_on_others,
        affected=line.affected,
        requested_by=line.requested_by,
        requested_at=line.requested_at,
        state_label=line.state.label,
        decision=line.decision,
        decided_by=line.decided_by,
        decided_at=line.decided_at,
    )
