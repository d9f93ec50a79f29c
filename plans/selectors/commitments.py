"""Recurring commitments and how each occurrence stands, as at a moment."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from hertsend import dates
from plans import policies
from plans.enums import CommitmentAct, CommitmentState, OccurrenceState
from plans.models import (
    CommitmentDecision,
    OccurrenceRecord,
    Plan,
    RecurringCommitment,
)
from plans.policies import Rule, Window
from plans.selectors.past import until


@dataclass(frozen=True)
class Occurrence:
    """One occurrence on a day. ``number`` is that of its latest record, 0 without one."""

    window: Window
    state: OccurrenceState
    number: int = 0
    done_on: dt.date | None = None
    days_late: int = 0
    recorded_at: dt.datetime | None = None
    note: str = ""
    link: str = ""
    evidence_pk: int | None = None
    by: str = ""

    @property
    def label(self) -> str:
        """Its days in words."""
        return policies.window_in_words(self.window)

    @property
    def is_recorded(self) -> bool:
        """Whether somebody said what happened."""
        return self.number > 0

    @property
    def is_missed(self) -> bool:
        """Recorded as missed, or gone by without a word."""
        return self.state == OccurrenceState.MISSED

    @property
    def awaits_record(self) -> bool:
        """Due or gone by, and nobody has said yet what happened."""
        return not self.is_recorded and self.state != OccurrenceState.NOT_DUE


@dataclass(frozen=True)
class CommitmentLine:
    """A commitment as at a moment; ``occurrences`` are those that have begun, the latest first."""

    pk: int
    key: str
    title: str
    quote: str
    source: str
    note: str
    action_key: str
    workstream_key: str
    milestone_key: str
    stated: str
    state: CommitmentState
    rule: str
    owner: str
    owner_key: str
    version: int
    occurrences: tuple[Occurrence, ...]
    coming: Occurrence | None

    @property
    def place(self) -> str:
        """Where in the plan it stands: the key of a milestone or an action, else the part's name."""
        if self.action_key:
            return self.source
        return self.source.rpartition(".")[2].replace("-", " ").capitalize()

    @property
    def is_confirmed(self) -> bool:
        """Whether the programme office confirmed its rule, and it has not ended."""
        return self.state == CommitmentState.CONFIRMED

    @property
    def missed(self) -> tuple[Occurrence, ...]:
        """All occurrences that were missed."""
        return tuple(each for each in self.occurrences if each.is_missed)

    @property
    def open(self) -> tuple[Occurrence, ...]:
        """Occurrences that are due or have gone by, and of which nothing was recorded."""
        return tuple(each for each in self.occurrences if each.awaits_record)

    @property
    def latest(self) -> Occurrence | None:
        """The one that is due now, else the last that was."""
        return next(iter(self.occurrences), None)

    def missed_since(self, first: dt.date) -> tuple[Occurrence, ...]:
        """What counts as an exception: missed with its end on or after a day, or missed last."""
        over = [each for each in self.occurrences if each.state != OccurrenceState.DUE]
        return tuple(
            each
            for place, each in enumerate(over)
            if each.is_missed and (place == 0 or each.window.ends_on >= first)
        )


def commitments_of(
    plan: Plan,
    *,
    of: QuerySet[RecurringCommitment] | None = None,
    at: dt.datetime | None = None,
    on: dt.date,
    visible: Collection[str],
    decided: Iterable[CommitmentDecision] | None = None,
) -> list[CommitmentLine]:
    """The commitments of a plan in its order, as at a moment; all that is stored without one.

    ``of`` picks some of them, ``on`` is the day on which occurrences are judged, ``visible`` the
    reader's fields of ``OccurrenceRecord``, ``decided`` all that was ever decided on them, for who has read
    it (``decisions_of``). Three queries, or two, however many.
    """
    chosen = plan.commitments.all() if of is None else of
    rows = chosen.select_related("action__workstream", "milestone", "owner")
    return _lines(list(rows), decided, at=at, on=on, visible=visible)


def decisions_of(plan: Plan) -> list[CommitmentDecision]:
    """All that was ever decided on the commitments of a plan. One query."""
    return in_order(CommitmentDecision.objects.filter(commitment__plan=plan))


def in_order(decisions: QuerySet[CommitmentDecision]) -> list[CommitmentDecision]:
    """Decisions by their commitment's place in the plan, of each the first first."""
    rows = decisions.select_related("commitment", "owner")
    return list(rows.order_by("commitment__position", "number"))


@dataclass(frozen=True)
class Missed:
    """A commitment with those of its occurrences that count as exceptions."""

    line: CommitmentLine
    occurrences: tuple[Occurrence, ...]


def missed_in(lines: Iterable[CommitmentLine], *, since: dt.date) -> list[Missed]:
    """What was missed in the time since a day, or last, most occurrences first."""
    found = [
        Missed(line, missed)
        for line in lines
        if line.is_confirmed and (missed := line.missed_since(since))
    ]
    return sorted(found, key=lambda each: (-len(each.occurrences), each.line.title))


def commitment_line(
    row: RecurringCommitment, *, on: dt.date, visible: Collection[str]
) -> CommitmentLine:
    """One commitment as it is stored now. Two queries."""
    (line,) = _lines([row], None, at=None, on=on, visible=visible)
    return line


def rules_of(decisions: Iterable[CommitmentDecision]) -> list[tuple[Rule | None, dt.date]]:
    """The rules of a commitment in order, each with the day from which it holds; None is the end."""
    return [
        (rule, rule.first_on if rule else dates.day_of(row.at))
        for row in decisions
        for rule in [rule_of(row)]
    ]


def rule_of(decision: CommitmentDecision) -> Rule | None:
    """The rule that a decision confirmed; None where it ended the commitment."""
    if decision.act == CommitmentAct.ENDED or decision.first_on is None:
        return None
    return Rule(decision.frequency, decision.first_on, tuple(decision.months), decision.ends_on)


def window_from(row: RecurringCommitment, starts_on: dt.date, *, on: dt.date) -> Window | None:
    """The window of a commitment that begins on a day; None where its rule owes none there."""
    rules = rules_of(row.decisions.order_by("number"))
    recorded = set(row.records.values_list("window_from", flat=True))
    found = policies.owed(rules, until=max(on, starts_on), recorded=recorded)
    return next((each for each in found if each.starts_on == starts_on), None)


def _lines(
    rows: Sequence[RecurringCommitment],
    decided: Iterable[CommitmentDecision] | None,
    *,
    at: dt.datetime | None,
    on: dt.date,
    visible: Collection[str],
) -> list[CommitmentLine]:
    keys = [row.pk for row in rows]
    decisions: dict[int, list[CommitmentDecision]] = defaultdict(list)
    if decided is None:
        decided = in_order(CommitmentDecision.objects.filter(commitment__in=keys))
    for decision in decided:
        if at is None or decision.at <= at:
            decisions[decision.commitment_id].append(decision)
    records: dict[int, dict[dt.date, OccurrenceRecord]] = defaultdict(dict)
    recorded = OccurrenceRecord.objects.filter(commitment__in=keys).select_related("by")
    for record in until(at, recorded).order_by("number"):
        records[record.commitment_id][record.window_from] = record
    return [_line(row, decisions[row.pk], records[row.pk], on=on, visible=visible) for row in rows]


def _line(
    row: RecurringCommitment,
    decisions: Sequence[CommitmentDecision],
    records: dict[dt.date, OccurrenceRecord],
    *,
    on: dt.date,
    visible: Collection[str],
) -> CommitmentLine:
    last = decisions[-1] if decisions else None
    rules = rules_of(decisions)
    rule = rules[-1][0] if rules else None
    following = policies.next_window(rule, after=on) if rule else None
    owner = last.owner if last and last.owner else row.owner
    return CommitmentLine(
        pk=row.pk,
        key=row.key,
        title=row.title,
        quote=row.quote,
        source=row.source,
        note=row.note,
        action_key=row.action.key if row.action else "",
        workstream_key=row.action.workstream.key if row.action else "",
        milestone_key=row.milestone.key if row.milestone else "",
        stated=row.stated_text,
        state=CommitmentState(last.act) if last else CommitmentState.PROPOSED,
        rule=policies.rule_in_words(rule) if rule else "",
        owner=owner.title if owner else "",
        owner_key=owner.key if owner else "",
        version=row.version,
        occurrences=tuple(
            _occurrence(window, records.get(window.starts_on), on=on, visible=visible)
            for window in reversed(policies.owed(rules, until=on, recorded=records))
        ),
        coming=_occurrence(following, None, on=on, visible=visible) if following else None,
    )


def _occurrence(
    window: Window, record: OccurrenceRecord | None, *, on: dt.date, visible: Collection[str]
) -> Occurrence:
    outcome = record.outcome if record else ""
    state = policies.occurrence_state(window, outcome=outcome, on=on)
    if record is None:
        return Occurrence(window, state)
    return Occurrence(
        window,
        state,
        number=record.number,
        done_on=record.done_on,
        days_late=policies.days_late(window, done_on=record.done_on),
        recorded_at=record.at,
        note=record.note if "note" in visible else "",
        link=record.link if "link" in visible else "",
        evidence_pk=record.evidence_id if "evidence" in visible else None,
        by=record.by.name if "by" in visible else "",
    )
