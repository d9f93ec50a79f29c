"""Escalations of exceptions to the Executive, answered by it or withdrawn by who escalated."""

from django.db import transaction

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict, NotAllowed
from hertsend.records import submissions
from hertsend.records.bases import save_audited
from plans import permissions, policies
from plans.enums import EscalationState
from plans.models import Escalation, Milestone
from plans.selectors.exceptions import is_exception
from plans.services.locking import lock, unique_means_conflict

ONLY_WHO_ESCALATED = "Only the person who escalated this can withdraw it."
CHANGED = "This escalation changed after you opened it. Read it again before you go on."


@unique_means_conflict
@transaction.atomic
def escalate(
    *, milestone: Milestone, reason: str, by: User, submission_key: str = ""
) -> Escalation:
    """Bring an exception before the Executive, with the reason; one at a time for a milestone.

    Raises ``NotAllowed``; ``RuleBroken`` without a reason or where nothing is late or off track;
    ``Conflict`` when it is with the Executive already.
    """
    row = lock(milestone)
    access.require(by, Permission.CHALLENGE_EXCEPTION, **permissions.scope_of(row))
    sent = submissions.fingerprint_of("escalate", {"milestone": row.pk, "reason": reason})
    earlier = submissions.earlier_result(person=by, key=submission_key, fingerprint=sent)
    if earlier is not None:
        return Escalation.objects.get(pk=earlier)
    if row.escalations.filter(state=EscalationState.OPEN).exists():
        raise Conflict("This milestone is with the Executive already. Read its escalation first.")
    policies.check_challengeable(stage=row.stage, is_exception=is_exception(row, on=dates.today()))
    policies.check_escalation(reason)
    escalation = Escalation(
        milestone=row,
        number=row.escalations.count() + 1,
        reason=reason.strip(),
        escalated_by=by,
        escalated_at=dates.now(),
    )
    save_audited(escalation, by=by, reason=f"Escalated to the Executive: {reason.strip()}")
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=escalation.pk)
    return escalation


@unique_means_conflict
@transaction.atomic
def answer_escalation(
    *,
    escalation: Escalation,
    response: str,
    who_acts: str,
    base_version: int,
    by: User,
    submission_key: str = "",
) -> Escalation:
    """Answer for the Executive, and say who acts.

    Raises ``NotAllowed`` outside the Executive, ``RuleBroken`` without words or for an escalation
    of one's own, ``Conflict`` when it was answered or withdrawn meanwhile.
    """
    row = _locked(escalation)
    access.require(by, Permission.ANSWER_ESCALATION, **permissions.scope_of(row.milestone))
    body = {"escalation": row.pk, "words": [response, who_acts], "base": base_version}
    sent = submissions.fingerprint_of("answer_escalation", body)
    if submissions.earlier_result(person=by, key=submission_key, fingerprint=sent) is not None:
        return row
    _check_unchanged(row, base_version)
    policies.check_response(
        response=response,
        who_acts=who_acts,
        escalated_by_id=row.escalated_by_id,
        answered_by_id=by.pk,
    )
    row.who_acts = who_acts.strip()
    _end(row, EscalationState.ANSWERED, words=response, by=by)
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=row.pk)
    return row


@unique_means_conflict
@transaction.atomic
def withdraw_escalation(
    *, escalation: Escalation, words: str, base_version: int, by: User, submission_key: str = ""
) -> Escalation:
    """Take an escalation back with the reason, as the person who escalated.

    Raises ``NotAllowed`` for others, ``RuleBroken`` without words, ``Conflict`` when it was
    answered meanwhile.
    """
    row = _locked(escalation)
    access.require(by, Permission.CHALLENGE_EXCEPTION, **permissions.scope_of(row.milestone))
    if row.escalated_by_id != by.pk:
        raise NotAllowed(ONLY_WHO_ESCALATED)
    body = {"escalation": row.pk, "words": words, "base": base_version}
    sent = submissions.fingerprint_of("withdraw_escalation", body)
    if submissions.earlier_result(person=by, key=submission_key, fingerprint=sent) is not None:
        return row
    _check_unchanged(row, base_version)
    policies.check_reason(words)
    _end(row, EscalationState.WITHDRAWN, words=words, by=by)
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=row.pk)
    return row


def _locked(escalation: Escalation) -> Escalation:
    """The escalation as it is stored now; its milestone first, as in every act."""
    milestone = lock(escalation.milestone)
    row = Escalation.objects.select_for_update(of=("self",)).get(pk=escalation.pk)
    row.milestone = milestone
    return row


def _check_unchanged(row: Escalation, base_version: int) -> None:
    if not policies.check_version(current=row.version, base=base_version):
        raise Conflict(CHANGED)
    policies.check_escalation_open(row.state)


def _end(row: Escalation, state: EscalationState, *, words: str, by: User) -> None:
    row.state, row.response = state, words.strip()
    row.ended_by, row.ended_at, row.version = by, dates.now(), row.version + 1
    save_audited(
        row,
        by=by,
        reason=row.response,
        fields=["state", "response", "who_acts", "ended_by", "ended_at", "version"],
    )
