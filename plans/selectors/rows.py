"""The rows of returns: each milestone beside what was written before and what is drafted now."""

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from plans import policies
from plans.enums import RowGroup, RowState
from plans.models import (
    Milestone,
    MilestoneUpdate,
    NothingToReport,
    ReportingPeriod,
    UpdateDraft,
)
from plans.policies import UpdateWords
from plans.selectors.lines import MilestoneLine, lines_of
from plans.selectors.measured import held_of

EXCEPTION = "exception"
"""Among the gaps of a row: the exception report, which stands in no field."""


@dataclass(frozen=True)
class ReturnRow:
    """A milestone in a month's return.

    ``before`` is the latest update for an earlier month, ``reported`` the one for this month.
    ``draft`` is what waits to be sent, None for whoever may not read drafts; ``draft_version``
    counts also those that were sent or thrown away. ``gaps`` say what keeps the row from being
    sent, by field; the key ``EXCEPTION`` stands for a missing exception report, ``""`` for a
    change that the row's author has not seen.
    """

    line: MilestoneLine
    group: RowGroup
    state: RowState
    before: MilestoneUpdate | None = None
    reported: MilestoneUpdate | None = None
    draft: UpdateDraft | None = None
    draft_version: int = 0
    gaps: dict[str, list[str]] = field(default_factory=dict)
    needs_exception: bool = False
    lacks_exception: bool = False

    @property
    def key(self) -> str:
        """The milestone's key."""
        return self.line.key

    @property
    def is_expected(self) -> bool:
        """Whether the month's return needs an update of it, or has one."""
        return self.group in policies.EXPECTED_GROUPS or self.reported is not None or self.has_draft

    @property
    def has_draft(self) -> bool:
        """Whether words wait to be sent."""
        return self.draft is not None and not self.draft.nothing_to_report

    @property
    def is_ready(self) -> bool:
        """Whether nothing of it is in the way of submitting."""
        return self.state in policies.READY_STATES

    @property
    def is_received(self) -> bool:
        """Whether an update for the month is recorded, whoever reads this."""
        return self.reported is not None

    @property
    def judged(self) -> dict[str, list[str]]:
        """Of the gaps, those that the draft's own words are to blame for."""
        return policies.judged_gaps(self.gaps, words_of(self.draft)) if self.draft else {}


def words_of(draft: UpdateDraft) -> UpdateWords:
    """What a draft says, as an update takes it."""
    return UpdateWords(**{name: getattr(draft, name) for name in UpdateWords.__dataclass_fields__})


def rows_of(
    milestones: QuerySet[Milestone],
    *,
    period: ReportingPeriod,
    on: dt.date,
    visible: Collection[str],
    drafts: QuerySet[UpdateDraft],
    reported_exceptions: Collection[int],
) -> list[ReturnRow]:
    """The rows of these milestones in a month's return, in the plan's order.

    A frozen month is read as at its freeze. ``drafts`` are those that the reader may see
    (``permissions.visible_to``), ``reported_exceptions`` the milestones of which a report was
    written for the month (``selectors.exceptions.reported``). Sixteen queries, however many rows.
    """
    at, day = (None, on) if period.frozen_at is None else (period.frozen_at, period.freezes_on)
    held = held_of(period.plan, on=day, at=at)
    lines = lines_of(milestones, periods=[period], at=at, on=day, visible=visible, held=held)
    keys = [line.pk for line in lines]
    before = _before(milestones, period, at)
    reported = _reported(keys, period, at)
    kept = drafts.filter(period=period, milestone__in=keys) if at is None else drafts.none()
    stored = {row.milestone_id: row for row in kept.select_related("saved_by")}
    silent = NothingToReport.objects.filter(period=period, milestone__in=keys)
    confirmed = set(silent.values_list("milestone_id", flat=True))
    return [
        _row(
            line,
            on=day,
            before=before.get(line.pk),
            reported=reported.get(line.pk),
            stored=stored.get(line.pk),
            is_confirmed=line.pk in confirmed,
            has_report=line.pk in reported_exceptions,
        )
        for line in lines
    ]


def _before(
    milestones: QuerySet[Milestone], period: ReportingPeriod, at: dt.datetime | None
) -> dict[int, MilestoneUpdate]:
    """The latest update of each milestone for an earlier month."""
    earlier = MilestoneUpdate.objects.filter(
        _until(at), milestone=OuterRef("pk"), period__month__lt=period.month
    ).order_by("-period__month", "-version")
    pointers = milestones.order_by().annotate(update=Subquery(earlier.values("pk")[:1]))
    keys = [key for key in pointers.values_list("update", flat=True) if key is not None]
    found = MilestoneUpdate.objects.filter(pk__in=keys).select_related("period")
    return {row.milestone_id: row for row in found}


def _reported(
    keys: Sequence[int], period: ReportingPeriod, at: dt.datetime | None
) -> dict[int, MilestoneUpdate]:
    """The latest update of each milestone for this month."""
    rows = MilestoneUpdate.objects.filter(_until(at), period=period, milestone__in=keys)
    rows = rows.select_related("by", "on_behalf_of", "period").order_by("version")
    return {row.milestone_id: row for row in rows}


def _until(at: dt.datetime | None) -> Q:
    return Q() if at is None else Q(at__lte=at)


def _row(
    line: MilestoneLine,
    *,
    on: dt.date,
    before: MilestoneUpdate | None,
    reported: MilestoneUpdate | None,
    stored: UpdateDraft | None,
    is_confirmed: bool,
    has_report: bool,
) -> ReturnRow:
    draft = stored if stored and stored.is_live else None
    last = reported or before
    group = policies.row_group(
        stage=line.stage,
        rating=last.rating if last else "",
        date_in_force=line.date_in_force,
        on=on,
        comes_again=line.comes_again is not None,
    )
    has_words = draft is not None and not draft.nothing_to_report
    is_nothing = (is_confirmed or (draft is not None and not has_words)) and not reported
    words = words_of(draft) if draft and has_words else UpdateWords(line.stage, "", "")
    rating = words.rating if has_words else (last.rating if last else "")
    needed = line.is_open and policies.needs_exception(rating=rating, is_overdue=line.is_overdue)
    gaps = {}
    if has_words or (reported is None and group in policies.EXPECTED_GROUPS):
        gaps = policies.gaps_of(
            words, stage_now=line.stage, date_in_force=line.date_in_force, on=on
        )
    state = policies.row_state(
        is_drafted=has_words,
        is_nothing=is_nothing and group == RowGroup.REST,
        is_overtaken=draft is not None and draft.base_version != line.version,
        is_reported=reported is not None,
        has_gaps=bool(gaps),
        lacks_exception=needed and not has_report,
    )
    return ReturnRow(
        line=line,
        group=group,
        state=state,
        before=before,
        reported=reported,
        draft=draft,
        draft_version=stored.version if stored else 0,
        gaps=_all_gaps(gaps, state, lacks_exception=needed and not has_report),
        needs_exception=needed,
        lacks_exception=needed and not has_report,
    )


def _all_gaps(
    gaps: dict[str, list[str]], state: RowState, *, lacks_exception: bool
) -> dict[str, list[str]]:
    """The gaps in the words, and what else keeps a row from being sent."""
    found = dict(gaps)
    if state == RowState.OVERTAKEN:
        found[""] = ["It changed after this row was saved. Look at it, then save the row again."]
    if lacks_exception and state != RowState.NOTHING:
        found[EXCEPTION] = ["Write the exception report."]
    return found


def shown_to_submit(rows: Iterable[ReturnRow]) -> str:
    """The SHA-256 of the versions of drafts and milestones that stand in a return."""
    return _fingerprint([row.key, row.line.version, row.draft_version] for row in rows)


def shown_to_decide(rows: Iterable[ReturnRow]) -> str:
    """The SHA-256 of the updates that were received; what is only drafted counts for nothing."""
    return _fingerprint([row.key, row.reported.version if row.reported else 0] for row in rows)


def _fingerprint(values: Iterable[list[Any]]) -> str:
    return hashlib.sha256(json.dumps(list(values)).encode()).hexdigest()
