"""Exception reports: why a milestone is overdue or off track, said anew for each period."""

from dataclasses import asdict
from typing import Any

from django.db import transaction

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict
from hertsend.records import submissions
from plans import permissions, policies
from plans.models import ExceptionReport, Milestone, ReportingPeriod
from plans.policies import ReportWords
from plans.selectors.single import post_stood_in_for
from plans.services.locking import lock, unique_means_conflict


@unique_means_conflict
@transaction.atomic
def write_report(
    *,
    milestone: Milestone,
    period: ReportingPeriod,
    words: ReportWords,
    base_version: int,
    by: User,
    submission_key: str = "",
) -> ExceptionReport:
    """Store what the lead, or the programme office on their behalf, says of an exception for a period.

    ``base_version`` is the number of the period's report that the author had before them, 0 for
    none. A repeated submission answers with the report that it made the first time.

    Raises ``NotAllowed`` outside the person's workstream, ``RuleBroken`` with a part missing or for
    a month that takes nothing more, ``Conflict`` when somebody else reported meanwhile.
    """
    row = lock(milestone)
    access.require(by, Permission.UPDATE_MILESTONE, **permissions.scope_of(row))
    body = {"milestone": row.pk, "period": period.pk, "base": base_version, **asdict(words)}
    sent = submissions.fingerprint_of("write_report", body)
    earlier = submissions.earlier_result(person=by, key=submission_key, fingerprint=sent)
    if earlier is not None:
        return ExceptionReport.objects.get(pk=earlier)
    month = ReportingPeriod.objects.select_for_update(no_key=True).get(
        pk=period.pk, plan=row.plan_id
    )
    policies.check_period_accepts(state=month.state, label=month.label)
    policies.check_report(words, stage=row.stage, on=dates.today())
    latest = row.exception_reports.filter(period=month).select_related("by").first()
    number = latest.number if latest else 0
    if not policies.check_version(current=number, base=base_version):
        raise _conflict(latest, words, by=by, milestone=row)
    report = ExceptionReport.add(
        milestone=row,
        period=month,
        number=number + 1,
        by=by,
        on_behalf_of=post_stood_in_for(row, by=by),
        at=dates.now(),
        **_stored(words),
    )
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=report.pk)
    return report


def _stored(words: ReportWords) -> dict[str, Any]:
    """The words without blanks at their ends."""
    return {
        name: value.strip() if isinstance(value, str) else value
        for name, value in asdict(words).items()
    }


def _conflict(
    latest: ExceptionReport | None, words: ReportWords, *, by: User, milestone: Milestone
) -> Conflict:
    """What is stored now beside what was typed, reduced to what the person may see."""
    current: dict[str, Any] = {"version": latest.number if latest else 0}
    if latest:
        shown = permissions.visible_fields(
            by, ExceptionReport, partnership_id=milestone.plan.partnership_id
        )
        current |= {name: getattr(latest, name) for name in asdict(words) if name in shown}
        current |= {"by": latest.by.name, "at": latest.at} if "people" in shown else {}
    return Conflict(
        "Someone else reported on this exception after you opened it. Nothing of yours is lost: "
        "compare the two texts, then save again.",
        current=current,
        submitted=asdict(words),
    )
