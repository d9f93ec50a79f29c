"""The assurance programme: audits are planned, moved, cancelled, done, and reported to a group."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from django.db import transaction

from governance.enums import AuditState
from governance.models import Audit, AuditFinding, Group
from governance.policies import audits as rules
from governance.policies.audits import AuditWords, ReportWords
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import RuleBroken
from hertsend.records import submissions
from hertsend.records.bases import check_unchanged, save_audited, save_changed
from hertsend.records.words import stripped
from plans.models import Plan, Workstream
from plans.services.evidence import stored_file
from plans.services.locking import lock_plan, unique_means_conflict

CHANGED = "This audit changed after you opened the form. Read it again before you go on."


@unique_means_conflict
@transaction.atomic
def plan_audit(
    *,
    plan: Plan,
    words: AuditWords,
    workstream: Workstream | None,
    by: User,
    submission_key: str = "",
) -> Audit:
    """Put an audit or quality check into the programme; its day says of which financial year.

    Raises ``NotAllowed``, and ``RuleBroken`` for what is missing.
    """
    row = lock_plan(plan)
    access.require(by, Permission.MANAGE_AUDITS, partnership_id=row.partnership_id)
    body = asdict(words) | {"plan": row.pk, "workstream": workstream.pk if workstream else 0}
    sent, earlier = submissions.sent_before("plan_audit", body, person=by, key=submission_key)
    if earlier is not None:
        return Audit.objects.get(pk=earlier)
    rules.check_audit(words)
    _check_workstream(row, workstream)
    audit = Audit(
        plan=row,
        key=f"A{Audit.objects.filter(plan=row).count() + 1}",
        workstream=workstream,
        **stripped(words),
    )
    save_audited(audit, by=by, reason="Planned")
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=audit.pk)
    return audit


@unique_means_conflict
@transaction.atomic
def change_audit(
    *,
    audit: Audit,
    words: AuditWords,
    workstream: Workstream | None,
    reason: str,
    base_version: int,
    by: User,
    submission_key: str = "",
) -> Audit:
    """Change a planned audit, its day among the rest, with the reason.

    Raises ``NotAllowed``, ``RuleBroken`` for one that is over or without a reason, ``Conflict``.
    """
    row = _locked(audit, by=by)
    body = asdict(words) | {"workstream": workstream.pk if workstream else 0, "reason": reason}
    body |= {"audit": row.pk, "base": base_version}
    sent, earlier = submissions.sent_before("change_audit", body, person=by, key=submission_key)
    if earlier is not None:
        return row
    check_unchanged(row, base_version, told=CHANGED)
    rules.check_change(row.state, reason=reason)
    rules.check_audit(words)
    _check_workstream(row.plan, workstream)
    save_changed(row, by=by, reason=reason.strip(), workstream=workstream, **stripped(words))
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=row.pk)
    return row


@unique_means_conflict
@transaction.atomic
def cancel_audit(
    *, audit: Audit, reason: str, base_version: int, by: User, submission_key: str = ""
) -> Audit:
    """Cancel a planned audit with the reason; it stays in the programme of its year.

    Raises ``NotAllowed``, ``RuleBroken``, ``Conflict``.
    """
    row = _locked(audit, by=by)
    body = {"audit": row.pk, "reason": reason, "base": base_version}
    sent, earlier = submissions.sent_before("cancel_audit", body, person=by, key=submission_key)
    if earlier is not None:
        return row
    check_unchanged(row, base_version, told=CHANGED)
    rules.check_change(row.state, reason=reason)
    said = reason.strip()
    save_changed(row, by=by, reason=said, state=AuditState.CANCELLED, cancelled_reason=said)
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=row.pk)
    return row


@unique_means_conflict
@transaction.atomic
def report_audit(
    *, audit: Audit, words: ReportWords, base_version: int, by: User, submission_key: str = ""
) -> Audit:
    """Say that an audit is done, and what it showed, with its report as a link or a file.

    Raises ``NotAllowed``, ``RuleBroken`` for one that is over, a day to come, without words or for
    a file that was swept meanwhile, ``Conflict``.
    """
    row = _locked(audit, by=by)
    body: dict[str, Any] = asdict(words) | {"audit": row.pk, "base": base_version}
    sent, earlier = submissions.sent_before("report_audit", body, person=by, key=submission_key)
    if earlier is not None:
        return row
    check_unchanged(row, base_version, told=CHANGED)
    rules.check_report(words, state=row.state, on=dates.today())
    save_changed(
        row,
        by=by,
        reason="Done",
        state=AuditState.DONE,
        done_on=words.done_on,
        summary=words.summary.strip(),
        report_link=words.link.strip(),
        report_file=stored_file(plan=row.plan, file=words.file, by=by),
    )
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=row.pk)
    return row


@unique_means_conflict
@transaction.atomic
def add_finding(
    *, audit: Audit, kind: str, text: str, by: User, submission_key: str = ""
) -> AuditFinding:
    """Note one thing that an audit found; it stays as it was noted.

    Raises ``NotAllowed``, and ``RuleBroken`` before the audit is done or without words.
    """
    row = _locked(audit, by=by)
    body = {"audit": row.pk, "kind": kind, "text": text}
    sent, earlier = submissions.sent_before("add_finding", body, person=by, key=submission_key)
    if earlier is not None:
        return AuditFinding.objects.get(pk=earlier)
    rules.check_finding(state=row.state, kind=kind, text=text)
    finding = AuditFinding.add(
        audit=row,
        number=row.findings.count() + 1,
        kind=kind,
        text=text.strip(),
        by=by,
        at=dates.now(),
    )
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=finding.pk)
    return finding


@unique_means_conflict
@transaction.atomic
def tell_group(
    *,
    audit: Audit,
    group: Group,
    reported_on: dt.date,
    base_version: int,
    by: User,
    submission_key: str = "",
) -> Audit:
    """Note which group had the report of an audit, and on which day.

    Raises ``NotAllowed``, ``RuleBroken`` before it is done, twice, or for another day, ``Conflict``.
    """
    row = _locked(audit, by=by)
    body = {"audit": row.pk, "group": group.pk, "on": reported_on, "base": base_version}
    sent, earlier = submissions.sent_before("tell_group", body, person=by, key=submission_key)
    if earlier is not None:
        return row
    check_unchanged(row, base_version, told=CHANGED)
    if group.plan_id != row.plan_id:
        raise RuleBroken({"group": ["Choose a group of this plan."]})
    rules.check_told(
        state=row.state,
        done_on=row.done_on,
        reported_on=reported_on,
        was_told=row.reported_on is not None,
        on=dates.today(),
    )
    save_changed(
        row, by=by, reason=f"Reported to {group}", reported_to=group, reported_on=reported_on
    )
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=row.pk)
    return row


def _locked(audit: Audit, *, by: User) -> Audit:
    """The audit as it is stored now, for whoever keeps the programme."""
    row = Audit.objects.select_for_update(of=("self",)).select_related("plan").get(pk=audit.pk)
    access.require(by, Permission.MANAGE_AUDITS, partnership_id=row.plan.partnership_id)
    return row


def _check_workstream(plan: Plan, workstream: Workstream | None) -> None:
    if workstream is not None and workstream.plan_id != plan.pk:
        raise RuleBroken({"workstream": ["Choose a workstream of this plan."]})
