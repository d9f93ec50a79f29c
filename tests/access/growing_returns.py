"""One more draft, and one more return with what was said of it, so that lists of them grow."""

import datetime as dt

from governance.models import Return, ReturnReminder, ReturnStep
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.records.bases import save_audited
from plans.models import (
    Milestone,
    NothingToReport,
    ReportingPeriod,
    UpdateDraft,
    Workstream,
)
from tests.factories.world import TODAY, World, noon


def grow_returns(world: World, stream: Workstream, number: int) -> None:
    """Drafts in PA1 and in the new workstream, and the return of both, which was sent back."""
    lead, office = world.people[Role.WORKSTREAM_LEAD], world.people[Role.PROGRAMME_OFFICE]
    silent = Milestone.objects.filter(plan=world.plan, key__endswith=f".1-{10 * (number + 1) + 3}")
    for period in world.plan.periods.accepting_updates():
        for row in silent:
            _draft(row, period, by=lead)
        for each in (world.workstreams["PA1"], stream):
            _send_back(each, period, number, submitted_by=lead, by=office)
        ReturnReminder.add(
            period=period,
            workstream=stream,
            person=lead,
            day=TODAY,
            by=office,
            at=noon(TODAY),
        )
    NothingToReport.add(
        milestone=silent[0],
        period=world.period(dt.date(2024, 7, 1)),
        by=lead,
        at=noon(TODAY),
    )


def _draft(row: Milestone, period: ReportingPeriod, *, by: User) -> None:
    draft = UpdateDraft.objects.create(
        milestone=row,
        period=period,
        version=1,
        base_version=row.version,
        stage="in_progress",
        what_happened="Work began.",
        what_is_next="More.",
        reason_for_rating="It is nearly done.",
        internal_note="Between us.",
        sentence_for_families="Work began.",
        saved_by=by,
        saved_at=noon(TODAY),
    )
    draft.writers.add(by)


def _send_back(
    stream: Workstream, period: ReportingPeriod, number: int, *, submitted_by: User, by: User
) -> None:
    existing = Return.objects.filter(period=period, workstream=stream).first()
    row = existing or Return(period=period, workstream=stream)
    row.state, row.version, row.comment = "sent_back", 2 * number, "How many schools?"
    row.submitted_by, row.submitted_at = submitted_by, noon(TODAY)
    row.decided_by, row.decided_at = by, noon(TODAY)
    save_audited(row, by=by, reason="Set up for a test")
    for place, (act, words, who) in enumerate(
        (("submitted", "Words", submitted_by), ("sent_back", "How many schools?", by))
    ):
        ReturnStep.add(
            of_return=row,
            version=2 * number - 1 + place,
            act=act,
            words=words,
            by=who,
            at=noon(TODAY),
        )
