"""What a lead reports of a milestone for a month."""

from dataclasses import asdict
from typing import Any

from django.db import transaction

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import Post, User
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict
from hertsend.records import submissions
from hertsend.records.bases import save_changed
from plans import permissions, policies, selectors
from plans.models import Milestone, MilestoneUpdate, ReportingPeriod
from plans.policies import UpdateWords
from plans.selectors.single import post_stood_in_for
from plans.services.locking import lock, unique_means_conflict


@unique_means_conflict
@transaction.atomic
def record_update(
    *,
    milestone: Milestone,
    period: ReportingPeriod,
    words: UpdateWords,
    base_version: int,
    by: User,
    submission_key: str = "",
    on_behalf_of: Post | None = None,
) -> MilestoneUpdate:
    """Store what a lead reports of a milestone for a period.

    ``base_version`` is the milestone's version when the form was opened. A repeated submission
    (same person, key and words) answers with the update that it made the first time.

    Raises ``NotAllowed`` outside the person's workstream, ``RuleBroken`` for words that break a
    rule or a month that is not open, ``Conflict`` when someone else was first.
    """
    row = lock(milestone)
    access.require(by, Permission.UPDATE_MILESTONE, **permissions.scope_of(row))
    body = {"milestone": row.pk, "period": period.pk, "base": base_version, **asdict(words)}
    fingerprint = submissions.fingerprint_of("record_update", body)
    earlier = submissions.earlier_result(person=by, key=submission_key, fingerprint=fingerprint)
    if earlier is not None:
        return MilestoneUpdate.objects.get(pk=earlier)
    current_period = ReportingPeriod.objects.select_for_update(no_key=True).get(
        pk=period.pk, plan=row.plan_id
    )
    policies.check_period_accepts(state=current_period.state, label=current_period.label)
    if not policies.check_version(current=row.version, base=base_version):
        raise _conflict(row, words, by=by)
    in_force = selectors.dates_of(row).in_force
    best = policies.check_update(
        words, stage_now=row.stage, date_in_force=in_force, on=dates.today()
    )
    update = MilestoneUpdate.add(
        milestone=row,
        period=current_period,
        version=row.version + 1,
        base_version=base_version,
        best_rating=best,
        by=by,
        on_behalf_of=on_behalf_of or post_stood_in_for(row, by=by),
        at=dates.now(),
        **_stored(words),
    )
    save_changed(
        row,
        by=by,
        reason=f"Update for {current_period.label}",
        stage=update.stage,
        rating=update.rating,
        forecast_on=update.forecast_on,
    )
    submissions.remember(person=by, key=submission_key, fingerprint=fingerprint, result=update.pk)
    return update


def _stored(words: UpdateWords) -> dict[str, Any]:
    """The words without blanks at their ends."""
    return {
        name: value.strip() if isinstance(value, str) else value
        for name, value in asdict(words).items()
    }


def _conflict(milestone: Milestone, words: UpdateWords, *, by: User) -> Conflict:
    """What is stored now beside what was typed, reduced to what the person may see."""
    latest = milestone.updates.select_related("by").order_by("-version").first()
    shown = permissions.visible_fields(
        by, MilestoneUpdate, partnership_id=milestone.plan.partnership_id
    )
    current: dict[str, Any] = {
        "stage": milestone.stage,
        "rating": milestone.rating,
        "forecast_on": milestone.forecast_on,
        "version": milestone.version,
    }
    if latest:
        names = set(asdict(words)) & shown
        current = {name: getattr(latest, name) for name in sorted(names)} | current
        current |= {"by": latest.by.name, "at": latest.at} if "people" in shown else {}
    return Conflict(
        "Someone else saved this milestone after you opened it. Nothing of yours is lost: compare "
        "the two texts, then save again.",
        current=current,
        submitted=asdict(words),
    )
