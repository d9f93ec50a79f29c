"""What of impact and of recurring commitments waits for whom; each in a constant number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.access import Access
from hertsend.accounts.models import PostHolding
from hertsend.accounts.roles import Permission, Role
from plans import policies
from plans.enums import MilestoneKind, OccurrenceState
from plans.models import Action, ImpactRating, Milestone, Plan
from plans.selectors.commitments import CommitmentLine, Occurrence, commitments_of
from plans.selectors.impact import authors_of_ratings


@dataclass(frozen=True)
class DueReview:
    """A review of impact whose date comes within thirty days."""

    milestone: Milestone
    date_in_force: dt.date


def reviews_ahead(
    plan: Plan, *, on: dt.date, held: Mapping[int, Access]
) -> dict[int, list[DueReview]]:
    """Reviews due in the next thirty days but later than milestones are reminded of, by lead.

    Nearer ones are duties like every milestone's. Where nobody leads the workstream, the programme
    office is told. Two queries.
    """
    first = on + dt.timedelta(days=policies.REMINDED_DAYS_AHEAD + 1)
    last = on + dt.timedelta(days=policies.REVIEW_WITHIN_DAYS)
    rows = plan.milestones.with_dates().filter(
        kind=MilestoneKind.IMPACT_REVIEW,
        stage__in=policies.OPEN_STAGES,
        date_in_force__range=(first, last),
    )
    found: dict[int, list[DueReview]] = defaultdict(list)
    for row in _with_places(rows):
        for person in _leads_of(row.action, plan, held):
            found[person].append(DueReview(row, row.date_in_force))
    return dict(found)


def _with_places(rows: Any) -> Iterable[Any]:
    placed: Iterable[Any] = rows.select_related(
        "plan", "action__workstream", "action__plan"
    ).order_by("date_in_force")
    return placed


def _leads_of(action: Action, plan: Plan, held: Mapping[int, Access]) -> set[int]:
    """Who leads the action's workstream; without anybody the programme office."""
    return _leading(plan, held, action.workstream.key) or set(
        access.in_role(held, Role.PROGRAMME_OFFICE)
    )


def _leading(plan: Plan, held: Mapping[int, Access], key: str) -> set[int]:
    return set(access.leads_of(held, key, partnership_id=plan.partnership_id))


def ratings_to_decide(
    plan: Plan, *, held_on: dt.date, held: Mapping[int, Access]
) -> dict[int, list[ImpactRating]]:
    """The ratings that wait, by who may decide on them: accountable, and without a part in them.

    Nine queries.
    """
    rows = list(
        ImpactRating.objects.filter(action__plan=plan, decision=None)
        .select_related("action__workstream", "action__plan", "period")
        .prefetch_related("action__areas")
        .order_by("at")
    )
    authors = authors_of_ratings(rows, on=held_on)
    found: dict[int, list[ImpactRating]] = defaultdict(list)
    for row in rows:
        areas = [area.key for area in row.action.areas.all()]
        for person, each in held.items():
            may = each.may(
                Permission.CONFIRM_IMPACT, partnership_id=plan.partnership_id, area_keys=areas
            )
            if may and person not in authors[row.pk]:
                found[person].append(row)
    return dict(found)


@dataclass(frozen=True)
class OpenCommitment:
    """A commitment of which something is to be recorded; the latest occurrence, and how many.

    ``may_record``: whether the person who is told may record it, or can only read it.
    """

    line: CommitmentLine
    occurrence: Occurrence
    count: int
    may_record: bool = True

    @property
    def is_missed(self) -> bool:
        """Whether its window has gone by."""
        return self.occurrence.state == OccurrenceState.MISSED


CLOSING_DAYS = 14
"""So long before its window ends an occurrence without a record becomes a task."""


def occurrences_to_record(
    plan: Plan, *, on: dt.date, held_on: dt.date, held: Mapping[int, Access]
) -> dict[int, list[OpenCommitment]]:
    """What was not recorded and ends soon or has ended, by who answers for it.

    That is whoever holds the owner's post, with whoever leads the workstream. A post gives no right
    to record: where none of them may, the programme office is told too. Only people with a role
    count. Four queries.
    """
    holders: dict[str, set[int]] = defaultdict(set)
    current = PostHolding.objects.current(held_on).filter(post__partnership=plan.partnership_id)
    for key, person in current.values_list("post__key", "user_id"):
        holders[key].add(person)
    found: dict[int, list[OpenCommitment]] = defaultdict(list)
    for line in commitments_of(plan, on=on, visible=()):
        waiting = _to_record(line, on=on)
        if waiting is None:
            continue
        own = _leading(plan, held, line.workstream_key) if line.workstream_key else set()
        people = (holders[line.owner_key] & set(held)) | own
        recording = set(_who_may_record(plan, line, held))
        if not people & recording:
            people |= set(access.in_role(held, Role.PROGRAMME_OFFICE)) & recording
        for person in people:
            found[person].append(replace(waiting, may_record=person in recording))
    return dict(found)


def _who_may_record(plan: Plan, line: CommitmentLine, held: Mapping[int, Access]) -> list[int]:
    """Who may say what was done; the rule of ``permissions.may_record_occurrence`` for all at once."""
    return access.who_may(
        held,
        Permission.UPDATE_MILESTONE,
        partnership_id=plan.partnership_id,
        workstream_key=line.workstream_key or None,
    )


def _to_record(line: CommitmentLine, *, on: dt.date) -> OpenCommitment | None:
    if not line.is_confirmed:
        return None
    pressing = [
        each
        for each in line.open
        if each.state == OccurrenceState.MISSED or (each.window.ends_on - on).days <= CLOSING_DAYS
    ]
    return OpenCommitment(line, pressing[0], len(pressing)) if pressing else None


def commitments_to_confirm(plan: Plan) -> tuple[int, dt.date | None]:
    """How many rules the programme office has not confirmed, and since when. Two queries."""
    rows = plan.commitments.filter(state="proposed")
    count = rows.count()
    if not count:
        return 0, None
    first = rows.model.history.filter(id__in=rows.values("pk")).order_by("history_id").first()
    return count, dates.day_of(first.history_date) if first else None
