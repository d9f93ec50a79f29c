"""The public summary: switched on and off, written, approved by another, published and corrected."""

import datetime as dt
from typing import Any

from django.db import transaction

from governance.boardpack.content import digest
from governance.enums import SummaryState
from governance.models import AreaSummary, PublicSetting, SummaryPublication
from governance.models.public_summary import SENTENCES
from governance.policies import public_summary as rules
from governance.policies.personal_data import check_personal_data
from governance.selectors import public_summary as reads
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict, RuleBroken
from hertsend.records.bases import save_audited, save_changed
from plans.models import Area, Plan, ReportingPeriod
from plans.services.locking import lock_period, lock_plan, unique_means_conflict

OVERTAKEN = "Someone changed this after you opened the form. Read what is stored now first."


def _require(by: User, permission: Permission, plan: Plan) -> None:
    access.require(by, permission, partnership_id=plan.partnership_id)


@unique_means_conflict
@transaction.atomic
def switch(
    *,
    plan: Plan,
    is_on: bool,
    from_on: dt.date,
    threshold: int,
    reason: str,
    base_number: int,
    by: User,
) -> PublicSetting:
    """Decide that the summary is public from a day on, or no longer, and which numbers are small.

    Earlier decisions stay on record. Raises ``NotAllowed``, ``RuleBroken`` for a day gone by or
    without a reason, ``Conflict`` when another decision came first.
    """
    row = lock_plan(plan)
    _require(by, Permission.SWITCH_PUBLIC_SUMMARY, row)
    number = PublicSetting.objects.filter(plan=row).count()
    if number != base_number:
        raise Conflict(OVERTAKEN)
    rules.check_setting(from_on=from_on, threshold=threshold, reason=reason, on=dates.today())
    return PublicSetting.add(
        plan=row,
        number=number + 1,
        is_on=is_on,
        from_on=from_on,
        threshold=threshold,
        reason=reason.strip(),
        by=by,
        at=dates.now(),
    )


@transaction.atomic
def write(
    *,
    period: ReportingPeriod,
    area: Area,
    progress: str,
    meaning: str,
    next_step: str,
    is_checked: bool = False,
    base_version: int,
    by: User,
) -> AreaSummary:
    """Write an area's sentences for a month; they are a draft until somebody else approves them.

    ``base_version`` is that of the sentences which were shown, 0 for none. Raises ``NotAllowed``,
    ``RuleBroken`` for a missing sentence, what looks like personal data or another plan's area,
    ``Conflict`` when somebody else was first.
    """
    month = lock_period(period)
    _require(by, Permission.WRITE_SUMMARY, month.plan)
    if area.plan_id != month.plan_id:
        raise RuleBroken("Choose an area of this plan.")
    words = {"progress": progress, "meaning": meaning, "next_step": next_step}
    row = (
        AreaSummary.objects.select_for_update(of=("self",)).filter(period=month, area=area).first()
    )
    _check_version(row, base_version, words)
    rules.check_sentences(**words)
    check_personal_data(words, is_checked=is_checked)
    row = row or AreaSummary(period=month, area=area)
    is_new = row.pk is None
    for name, value in words.items():
        setattr(row, name, value.strip())
    row.state, row.approved_by, row.approved_at = SummaryState.DRAFT, None, None
    row.version += 1
    changed = [*SENTENCES, "state", "approved_by", "approved_at", "version"]
    save_audited(row, by=by, reason="Written", fields=None if is_new else changed)
    return row


def _check_version(row: AreaSummary | None, base_version: int, words: dict[str, Any]) -> None:
    if (row.version if row else 0) != base_version:
        stored = {name: getattr(row, name, "") for name in words}
        raise Conflict(OVERTAKEN, current=stored, submitted=words)


@transaction.atomic
def approve(*, summary: AreaSummary, base_version: int, by: User) -> AreaSummary:
    """Approve exactly the sentences that were read.

    Raises ``NotAllowed``, ``RuleBroken`` for what is approved already or for who wrote any of it,
    ``Conflict`` when the sentences changed since.
    """
    row = (
        AreaSummary.objects.select_for_update(of=("self",))
        .select_related("period__plan")
        .get(pk=summary.pk)
    )
    _require(by, Permission.APPROVE_SUMMARY, row.period.plan)
    _check_version(row, base_version, {})
    writers = row.history.filter(state=SummaryState.DRAFT).values_list("history_user", flat=True)
    is_draft = row.state == SummaryState.DRAFT
    rules.check_summary_approval(is_draft=is_draft, writers=set(writers), approver=by.pk)
    return save_changed(
        row,
        by=by,
        reason="Approved",
        state=SummaryState.APPROVED,
        approved_by=by,
        approved_at=dates.now(),
    )


@unique_means_conflict
@transaction.atomic
def publish(
    *, period: ReportingPeriod, correction: str = "", base_number: int, by: User
) -> SummaryPublication:
    """Show the public a month: a snapshot of the approved sentences that never changes.

    A further version of a month needs ``correction``, the sentence that says what changed. Raises
    ``NotAllowed``, ``RuleBroken`` while it is off, for a month that is not frozen, or with an area
    that is not approved, ``Conflict`` when another version came first.
    """
    month = lock_period(period)
    _require(by, Permission.WRITE_SUMMARY, month.plan)
    number = SummaryPublication.objects.filter(period=month).count() + 1
    if number - 1 != base_number:
        raise Conflict(OVERTAKEN)
    setting = reads.setting_in_force(month.plan, on=dates.today())
    rules.check_publication(
        is_on=setting is not None and setting.is_on,
        is_frozen=month.frozen_at is not None,
        missing=reads.areas_not_approved(month),
        number=number,
        correction=correction,
    )
    content = reads.content_of(month, threshold=setting.threshold if setting else 0)
    return SummaryPublication.add(
        period=month,
        number=number,
        content=content,
        sha256=digest(content),
        correction=correction.strip(),
        by=by,
        at=dates.now(),
    )
