"""The pack's parts on risks, the log, decisions and voices of families, and its meeting, as at the cut-off."""

import datetime as dt
from dataclasses import dataclass

from governance.boardpack.kept import (
    DecisionEntry,
    LogEntry,
    LogSummary,
    QuestionForGroup,
    RiskEntry,
    VoiceEntry,
)
from governance.enums import Edition
from governance.permissions import in_packs
from governance.selectors import as_tabled
from governance.selectors.as_tabled import RiskAt
from governance.selectors.reading import Reading
from hertsend import dates
from hertsend.documents.wording import clock, full_day
from plans.models import Plan


@dataclass(frozen=True)
class Kept:
    """What boards keep, by the name of the pack's part that holds it."""

    decisions: tuple[DecisionEntry, ...]
    waiting_for_decision: tuple[QuestionForGroup, ...]
    risks: tuple[RiskEntry, ...]
    log_summary: LogSummary | None
    log: tuple[LogEntry, ...]
    voices: tuple[VoiceEntry, ...]


def kept_of(plan: Plan, reading: Reading, edition: Edition, *, since: dt.datetime | None) -> Kept:
    """All of it as at the cut-off; ``since`` is that of the last pack that readers had, None for the first."""
    taken, waiting = decisions_of(plan, reading, edition, since=since)
    summary, log = log_of(plan, reading, edition, since=since)
    return Kept(
        decisions=taken,
        waiting_for_decision=waiting,
        risks=risks_of(plan, reading, edition),
        log_summary=summary,
        log=log,
        voices=voices_of_families(plan, reading),
    )


def risks_of(plan: Plan, reading: Reading, edition: Edition) -> tuple[RiskEntry, ...]:
    """The open risks that are not restricted; none for families."""
    if edition == Edition.FAMILIES:
        return ()
    rows = in_packs.risks_in_packs(plan)
    found = as_tabled.open_risks_at(rows, plan, at=reading.at, on=reading.on)
    return tuple(_risk(each, reading.month) for each in found)


def _risk(each: RiskAt, month: dt.date) -> RiskEntry:
    current = each.current
    return RiskEntry(
        key=each.key,
        event=each.event,
        cause=each.cause,
        effect=each.effect,
        workstream=each.workstream,
        score=current.value,
        score_words=current.words,
        band=current.band.name,
        target_score=each.target.value,
        trend=each.trend.value,
        trend_label=each.trend.label,
        owner=each.owner,
        was_reviewed=month in each.months,
        reviewed_at=each.reviewed_at,
        open_mitigations=each.open_mitigations,
        overdue_mitigations=each.overdue_mitigations,
    )


def log_of(
    plan: Plan, reading: Reading, edition: Edition, *, since: dt.datetime | None
) -> tuple[LogSummary | None, tuple[LogEntry, ...]]:
    """The counts of the log and its open actions, overdue ones first; nothing where no log is kept."""
    if edition == Edition.FAMILIES:
        return None, ()
    log = as_tabled.log_at(in_packs.groups_in_packs(plan, edition), since=since, at=reading.at)
    if not log.open and not log.closed:
        return None, ()
    entries = tuple(
        LogEntry(
            group=row.group,
            group_key=row.group_key,
            number=row.number,
            task=row.task,
            owner=row.owner,
            due_on=row.due_on,
            days_overdue=as_tabled.days_overdue(row, on=reading.on),
        )
        for row in log.open
    )
    late = sum(bool(entry.days_overdue) for entry in entries)
    return LogSummary(since, log.closed, len(entries), late), entries


def decisions_of(
    plan: Plan, reading: Reading, edition: Edition, *, since: dt.datetime | None
) -> tuple[tuple[DecisionEntry, ...], tuple[QuestionForGroup, ...]]:
    """What was decided since the last pack, and what waits for a decision; nothing for families."""
    if edition == Edition.FAMILIES:
        return (), ()
    groups = in_packs.groups_in_packs(plan, edition)
    taken = as_tabled.decisions_between(groups, since=since, at=reading.at)
    waiting = as_tabled.requests_waiting_at(groups, at=reading.at)
    return (
        tuple(
            DecisionEntry(
                group=row.group.name,
                group_key=row.group.key,
                number=row.number,
                title=row.title,
                decided=row.decided,
                reasons=row.reasons,
                taken_on=row.taken_on,
                effective_on=row.effective_on,
                taken_by=row.taken_by.name,
                is_superseded=vars(row)["is_superseded"],
            )
            for row in taken
        ),
        tuple(
            QuestionForGroup(
                group=row.group.name,
                group_key=row.group.key,
                number=row.number,
                question=row.question,
                wanted_by=row.wanted_by,
                asked_by=row.asked_by.name,
                asked_at=row.asked_at,
                days=(reading.on - dates.day_of(row.asked_at)).days,
            )
            for row in waiting
        ),
    )


def meeting_of(plan: Plan, reading: Reading, edition: Edition) -> str:
    """The meeting before which the edition is laid, in words; "" where none was planned.

    That of the Executive for its own edition, that of the board for the others: when it meets, everybody
    who reads the plan may know, where is for its members.
    """
    found = as_tabled.next_meeting_at(in_packs.meeting_in_packs(plan, edition), at=reading.at)
    if found is None:
        return ""
    return f"{found.group}, {full_day(found.starts_at)}, {clock(found.starts_at)}"


def voices_of_families(plan: Plan, reading: Reading) -> tuple[VoiceEntry, ...]:
    """What families said and what became of it, as it was published."""
    rows = as_tabled.answers_at(
        in_packs.published_in_packs(plan), month=reading.month, at=reading.at
    )
    return tuple(
        VoiceEntry(
            number=row.item.number,
            quarter=row.quarter,
            theme=row.theme,
            source=row.source,
            said_on=row.said_on,
            said=row.said,
            will_do=row.will_do,
            done=row.done,
            difference=row.difference,
            actions=tuple(row.actions),
        )
        for row in rows
    )
