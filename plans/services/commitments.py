"""Recurring commitments: the programme office confirms the rule or ends it, owners say what was done."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import Post, User
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict, RuleBroken
from hertsend.records import submissions
from hertsend.records.bases import save_audited
from plans import permissions, policies, selectors
from plans.enums import CommitmentAct, CommitmentState
from plans.models import CommitmentDecision, Evidence, OccurrenceRecord, RecurringCommitment
from plans.policies import Rule, Window
from plans.selectors.commitments import rules_of
from plans.services.locking import unique_means_conflict


@unique_means_conflict
@transaction.atomic
def confirm_commitment(
    *,
    commitment: RecurringCommitment,
    frequency: str,
    months: Sequence[int] = (),
    first_on: dt.date | None,
    ends_on: dt.date | None = None,
    owner: Post | None,
    words: str = "",
    base_version: int,
    by: User,
    submission_key: str = "",
) -> CommitmentDecision:
    """Say how a commitment comes again and who answers for it: from then on it has occurrences.

    Confirmed anew, the new rule counts from its first day and the old one until then. Raises
    ``NotAllowed``, ``RuleBroken`` for a rule by which nothing can be counted or beside which
    something recorded would be lost, ``Conflict`` when someone else decided meanwhile.
    """
    row = _lock(commitment)
    access.require(by, Permission.CONFIRM_COMMITMENT, partnership_id=row.plan.partnership_id)
    values = [row.pk, frequency, sorted(months), first_on, ends_on, owner and owner.pk, words]
    sent = submissions.fingerprint_of("confirm_commitment", {"values": [*values, base_version]})
    if earlier := submissions.earlier_row(
        CommitmentDecision, person=by, key=submission_key, fingerprint=sent
    ):
        return earlier
    _check_unchanged(row, base_version)
    rule = policies.check_rule(
        frequency=frequency,
        months=months,
        first_on=first_on,
        ends_on=ends_on,
        has_owner=owner is not None and owner.partnership_id == row.plan.partnership_id,
    )
    _check_records_kept(row, rule)
    decision = _decide(
        row,
        CommitmentAct.CONFIRMED,
        by=by,
        words=words,
        reason=f"Rule confirmed: {policies.rule_in_words(rule)}. {words.strip()}",
        frequency=rule.frequency,
        months=list(rule.months),
        first_on=rule.first_on,
        ends_on=rule.ends_on,
        owner=owner,
    )
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=decision.pk)
    return decision


@unique_means_conflict
@transaction.atomic
def end_commitment(
    *,
    commitment: RecurringCommitment,
    words: str,
    base_version: int,
    by: User,
    submission_key: str = "",
) -> CommitmentDecision:
    """End a commitment, or say that it is none, with the reason; what was owed until then stays.

    Raises ``NotAllowed``, ``RuleBroken`` without a reason or after its end, ``Conflict``.
    """
    row = _lock(commitment)
    access.require(by, Permission.CONFIRM_COMMITMENT, partnership_id=row.plan.partnership_id)
    sent = submissions.fingerprint_of("end_commitment", {"values": [row.pk, words, base_version]})
    if earlier := submissions.earlier_row(
        CommitmentDecision, person=by, key=submission_key, fingerprint=sent
    ):
        return earlier
    _check_unchanged(row, base_version)
    if row.state == CommitmentState.ENDED:
        raise RuleBroken("It has ended already.")
    policies.check_reason(words)
    decision = _decide(
        row, CommitmentAct.ENDED, by=by, words=words, reason=f"Ended: {words.strip()}"
    )
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=decision.pk)
    return decision


@unique_means_conflict
@transaction.atomic
def record_occurrence(
    *,
    commitment: RecurringCommitment,
    window_from: dt.date,
    outcome: str,
    done_on: dt.date | None = None,
    note: str = "",
    link: str = "",
    evidence: Evidence | None = None,
    base_number: int,
    by: User,
    submission_key: str = "",
) -> OccurrenceRecord:
    """Say whether one occurrence was done or missed; said again, the last word counts.

    ``window_from`` is the first day of its window, ``base_number`` the number of the record that
    was shown, 0 for none. Raises ``NotAllowed``, ``RuleBroken``, ``Conflict`` when someone else
    recorded it meanwhile.
    """
    row = _lock(commitment)
    access.require(by, Permission.UPDATE_MILESTONE, **permissions.scope_of_commitment(row))
    chosen = evidence and evidence.pk
    values = [row.pk, window_from, outcome, done_on, note, link, chosen, base_number]
    sent = submissions.fingerprint_of("record_occurrence", {"values": values})
    if earlier := submissions.earlier_row(
        OccurrenceRecord, person=by, key=submission_key, fingerprint=sent
    ):
        return earlier
    window = _window_of(row, window_from)
    _check_belongs(evidence, row)
    policies.check_occurrence(
        window=window,
        outcome=outcome,
        done_on=done_on,
        note=note,
        has_evidence=bool(link.strip() or evidence),
        on=dates.today(),
    )
    if row.records.filter(window_from=window_from).count() != base_number:
        raise Conflict("Someone else recorded this a moment before you. Look at it again.")
    record = OccurrenceRecord.add(
        commitment=row,
        window_from=window.starts_on,
        window_to=window.ends_on,
        number=base_number + 1,
        outcome=outcome,
        done_on=done_on,
        note=note.strip(),
        link=link.strip(),
        evidence=evidence,
        by=by,
        at=dates.now(),
    )
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=record.pk)
    return record


def _lock(commitment: RecurringCommitment) -> RecurringCommitment:
    return (
        RecurringCommitment.objects.select_for_update(of=("self",))
        .select_related("plan", "action__plan", "action__workstream")
        .prefetch_related("action__areas")
        .get(pk=commitment.pk)
    )


def _check_unchanged(row: RecurringCommitment, base_version: int) -> None:
    if not policies.check_version(current=row.version, base=base_version):
        raise Conflict("Someone else decided on this after you opened it. Look at it again.")


def _check_records_kept(row: RecurringCommitment, rule: Rule) -> None:
    recorded = set(row.records.values_list("window_from", flat=True))
    policies.check_records_kept(
        rules_of(row.decisions.order_by("number")),
        rule,
        recorded=recorded,
        until=max({dates.today(), *recorded}),
    )


def _window_of(row: RecurringCommitment, starts_on: dt.date) -> Window:
    window = selectors.window_from(row, starts_on, on=dates.today())
    if window is None:
        raise RuleBroken({"window_from": ["The rule owes nothing there. Choose another one."]})
    return window


def _check_belongs(evidence: Evidence | None, row: RecurringCommitment) -> None:
    if evidence and (evidence.action_id != row.action_id or evidence.withdrawn_at is not None):
        raise RuleBroken({"evidence": ["Choose evidence of its action that was not withdrawn."]})


def _decide(
    row: RecurringCommitment,
    act: CommitmentAct,
    *,
    by: User,
    words: str,
    reason: str,
    **rule: Any,
) -> CommitmentDecision:
    """Write the decision, then the state and version that follow it."""
    decision = CommitmentDecision.add(
        commitment=row,
        number=row.version + 1,
        act=act,
        words=words.strip(),
        by=by,
        at=dates.now(),
        **rule,
    )
    row.state, row.version = CommitmentState(act.value), row.version + 1
    save_audited(row, by=by, reason=reason.strip(), fields=["state", "version"])
    return decision
