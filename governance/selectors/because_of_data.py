"""Decisions and actions taken because of data: the report that action 1.3 of the plan asks for."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from governance.enums import PromptKind
from governance.permissions.records import Reader
from governance.policies.decisions import DATA
from governance.selectors.decisions import DecisionLine, decision_lines
from governance.selectors.log import LogLine, log_lines
from governance.selectors.prompts import PromptLine
from hertsend import dates

DECISION, ACTION = "Decision", "Action"

CSV_HEADINGS = (
    "What",
    "Group",
    "Number",
    "Date",
    "Decision or action",
    "Why",
    "Stands",
    "Prompted by",
    "What prompted it",
    "What it showed",
)


@dataclass(frozen=True)
class DataRow:
    """A decision or a log action that data prompted; ``why`` are a decision's reasons."""

    what: str
    group: str
    number: int
    on: dt.date
    title: str
    text: str
    why: str
    stands: str
    prompts: tuple[PromptLine, ...]
    path: str


@dataclass(frozen=True)
class DataReport:
    """What was decided and done because of data, beside all that was decided and raised."""

    rows: tuple[DataRow, ...]
    decisions: int
    actions: int
    since: dt.date | None
    until: dt.date | None

    @property
    def decisions_by_data(self) -> int:
        """How many of the decisions data prompted."""
        return sum(row.what == DECISION for row in self.rows)

    @property
    def actions_by_data(self) -> int:
        """How many of the log actions data prompted."""
        return sum(row.what == ACTION for row in self.rows)


def data_report(
    reader: Reader,
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    prompted_by: str = "",
    on: dt.date,
) -> DataReport:
    """What the reader may see of a span of days, both included, the latest first.

    ``prompted_by`` keeps what one kind of data prompted. A decision counts on the day on which it
    was taken, an action on the day on which it was raised.
    """
    kinds = {PromptKind(prompted_by)} if prompted_by else set(DATA)
    decisions = decision_lines(_between(reader.decisions, "taken_on", since, until), reader)
    raised = _between(reader.log_actions, "raised_at__date", since, until)
    actions = log_lines(raised, reader, on=on)
    rows = [_of_decision(line, kinds) for line in decisions]
    rows += [_of_action(line, kinds) for line in actions]
    prompted = [row for row in rows if row.prompts]
    return DataReport(
        rows=tuple(sorted(prompted, key=_latest_first)),
        decisions=len(decisions),
        actions=len(actions),
        since=since,
        until=until,
    )


def _between(
    rows: QuerySet[Any], field: str, since: dt.date | None, until: dt.date | None
) -> QuerySet[Any]:
    rows = rows.filter(**{f"{field}__gte": since}) if since else rows
    return rows.filter(**{f"{field}__lte": until}) if until else rows


def _latest_first(row: DataRow) -> tuple[int, str, str, int]:
    return (-row.on.toordinal(), row.group, row.what, row.number)


def _kept(prompts: Sequence[PromptLine], kinds: set[PromptKind]) -> tuple[PromptLine, ...]:
    return tuple(prompt for prompt in prompts if prompt.kind in kinds)


def _of_decision(line: DecisionLine, kinds: set[PromptKind]) -> DataRow:
    return DataRow(
        what=DECISION,
        group=line.group,
        number=line.number,
        on=line.taken_on,
        title=line.title,
        text=line.decided,
        why=line.reasons,
        stands="Superseded" if line.is_superseded else "In force",
        prompts=_kept(line.prompts, kinds),
        path=line.path,
    )


def _of_action(line: LogLine, kinds: set[PromptKind]) -> DataRow:
    return DataRow(
        what=ACTION,
        group=line.group,
        number=line.number,
        on=dates.day_of(line.raised_at),
        title=line.task,
        text="",
        why="",
        stands=line.standing.label,
        prompts=_kept(line.prompts, kinds),
        path=line.path,
    )


def csv_rows(report: DataReport) -> list[tuple[Any, ...]]:
    """A row for each thing that prompted each decision or action."""
    return [
        (
            *(row.what, row.group, row.number, row.on, row.text or row.title, row.why, row.stands),
            *(prompt.label, prompt.name, prompt.what_it_showed),
        )
        for row in report.rows
        for prompt in row.prompts
    ]
