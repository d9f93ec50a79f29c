"""Requests for a new date: asked by the lead, decided by an accountable joint chair.

A grant goes through ``date_changes.agree_date``, the only way in which an agreed date moves. The
milestone is locked before its request, as in every act, so that of a grant, a refusal, a change and
a withdrawal at once exactly one comes first and the others learn of it.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from hertsend.records import submissions
from hertsend.records.bases import save_audited
from plans import permissions, policies, selectors
from plans.enums import DateRequestState
from plans.models import DateChange, DateChangeRequest, Milestone
from plans.policies import RequestWords
from plans.selectors.date_requests import requester_ids
from plans.selectors.single import post_stood_in_for
from plans.services import date_changes
from plans.services.locking import lock, unique_means_conflict

CHANGED = "This request changed after you opened it. Read it again before you go on."
ONLY_THE_REQUESTER = "Only the person who asked can change or withdraw this request."
ASKED_ALREADY = "A request for this milestone waits for a decision already. Read it first."


@unique_means_conflict
@transaction.atomic
def request_date(
    *,
    milestone: Milestone,
    words: RequestWords,
    base_version: int,
    by: User,
    submission_key: str = "",
) -> DateChangeRequest:
    """Ask for a new date, as the lead, or the programme office on their behalf.

    ``base_version`` is the number of the latest request that the author had before them, 0 for
    none. Raises ``NotAllowed``; ``RuleBroken`` with a part missing; ``Conflict`` when somebody else
    asked meanwhile or a request still waits.
    """
    row = lock(milestone)
    access.require(by, Permission.UPDATE_MILESTONE, **permissions.scope_of(row))
    sent = _sent("request_date", row, base_version, asdict(words))
    earlier = submissions.earlier_result(person=by, key=submission_key, fingerprint=sent)
    if earlier is not None:
        return DateChangeRequest.objects.get(pk=earlier)
    latest = row.date_requests.order_by("-number").first()
    number = latest.number if latest else 0
    is_current = policies.check_version(current=number, base=base_version)
    if not is_current or (latest and latest.state == DateRequestState.OPEN):
        raise Conflict(ASKED_ALREADY, submitted=asdict(words))
    request = _ask(row, words, number=number + 1, by=by)
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=request.pk)
    return request


@unique_means_conflict
@transaction.atomic
def change_request(
    *,
    request: DateChangeRequest,
    words: RequestWords,
    base_version: int,
    by: User,
    submission_key: str = "",
) -> DateChangeRequest:
    """Put another request in the place of an open one, as the person who made it; answers the new one.

    What was asked first stays as it was, withdrawn: who decides must read the new one. Raises
    ``NotAllowed`` for others, ``RuleBroken``, and ``Conflict`` when it was decided meanwhile.
    """
    row = _locked(request)
    _require_requester(row, by=by)
    sent = _sent("change_request", row, base_version, asdict(words))
    earlier = submissions.earlier_result(person=by, key=submission_key, fingerprint=sent)
    if earlier is not None:
        return DateChangeRequest.objects.get(pk=earlier)
    _check_unchanged(row, base_version, submitted=asdict(words))
    replaced_by = f"Replaced by request {row.number + 1}."
    _end(row, DateRequestState.WITHDRAWN, decision=replaced_by, by=by)
    new = _ask(row.milestone, words, number=row.number + 1, by=by)
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=new.pk)
    return new


@unique_means_conflict
@transaction.atomic
def decide_request(
    *,
    request: DateChangeRequest,
    becomes: str,
    decision: str,
    base_version: int,
    by: User,
    submission_key: str = "",
) -> DateChangeRequest:
    """Grant or refuse exactly the request that was shown, with the reason; a grant moves the date.

    Raises ``NotAllowed`` without accountability for the area, ``RuleBroken`` for a request of one's
    own or made on one's behalf, ``Conflict`` when it changed, was decided or withdrawn meanwhile.
    """
    row = _locked(request)
    access.require(by, Permission.DECIDE_DATE_CHANGE, **permissions.scope_of(row.milestone))
    sent = _sent("decide_request", row, base_version, {"becomes": becomes, "decision": decision})
    if submissions.earlier_result(person=by, key=submission_key, fingerprint=sent) is not None:
        return row
    _check_unchanged(row, base_version, submitted={"becomes": becomes, "decision": decision})
    policies.check_request_decision(
        decided_by_id=by.pk,
        requester_ids=requester_ids(row, on=dates.today()),
        becomes=becomes,
        decision=decision,
        asked_for_on=row.asked_for_on,
        on=dates.today(),
    )
    if becomes == DateRequestState.GRANTED:
        row.granted = _grant(row, decision=decision, by=by)
    _end(row, DateRequestState(becomes), decision=decision, by=by)
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=row.pk)
    return row


@unique_means_conflict
@transaction.atomic
def withdraw_request(
    *, request: DateChangeRequest, base_version: int, by: User, submission_key: str = ""
) -> DateChangeRequest:
    """Take an open request back, as the person who made it.

    Raises ``NotAllowed`` for others, ``Conflict`` when it changed or was decided meanwhile.
    """
    row = _locked(request)
    _require_requester(row, by=by)
    sent = _sent("withdraw_request", row, base_version, {})
    if submissions.earlier_result(person=by, key=submission_key, fingerprint=sent) is not None:
        return row
    _check_unchanged(row, base_version, submitted={})
    _end(row, DateRequestState.WITHDRAWN, decision="", by=by)
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=row.pk)
    return row


def _sent(act: str, row: Any, base_version: int, values: Mapping[str, Any]) -> str:
    """What a submission asked for, as its fingerprint."""
    return submissions.fingerprint_of(act, {"row": row.pk, "base": base_version, **values})


def _locked(request: DateChangeRequest) -> DateChangeRequest:
    """The request as it is stored now; its milestone first, as in every act."""
    milestone = lock(request.milestone)
    row = DateChangeRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    row.milestone = milestone
    return row


def _require_requester(row: DateChangeRequest, *, by: User) -> None:
    access.require(by, Permission.UPDATE_MILESTONE, **permissions.scope_of(row.milestone))
    if row.requested_by_id != by.pk:
        raise NotAllowed(ONLY_THE_REQUESTER)


def _check_unchanged(
    row: DateChangeRequest, base_version: int, *, submitted: Mapping[str, Any]
) -> None:
    """The version on the row's own columns; what is over can only be read."""
    if not policies.check_version(current=row.version, base=base_version):
        raise Conflict(CHANGED, submitted=submitted)
    policies.check_request_open(row.state)


def _ask(milestone: Milestone, words: RequestWords, *, number: int, by: User) -> DateChangeRequest:
    """Store a request that keeps all rules. Raises ``RuleBroken``."""
    named = {row.key: row for row in milestone.plan.milestones.filter(key__in=words.affected)}
    policies.check_date_request(
        words,
        stage=milestone.stage,
        own_key=milestone.key,
        known_keys=named,
        date_in_force=selectors.dates_of(milestone).in_force,
        on=dates.today(),
    )
    assert words.asked_for_on is not None
    request = DateChangeRequest(
        milestone=milestone,
        number=number,
        asked_for_on=words.asked_for_on,
        reason=words.reason.strip(),
        effect_on_others=words.effect_on_others.strip(),
        requested_by=by,
        on_behalf_of=post_stood_in_for(milestone, by=by),
        requested_at=dates.now(),
    )
    save_audited(request, by=by, reason=request.reason)
    request.affected.set(named.values())
    return request


def _grant(row: DateChangeRequest, *, decision: str, by: User) -> DateChange:
    """Move the date in force. Raises ``RuleBroken`` for a milestone that has ended meanwhile."""
    try:
        return date_changes.agree_date(
            milestone=row.milestone,
            agreed_on=row.asked_for_on,
            reason=row.reason,
            requested_by=row.requested_by,
            decision=decision,
            by=by,
        )
    except RuleBroken as error:
        raise RuleBroken(error.sentence) from error


def _end(row: DateChangeRequest, state: DateRequestState, *, decision: str, by: User) -> None:
    """Write how the request ended, count the version, and keep who and why in the history."""
    row.state, row.decision = state, decision.strip()
    row.decided_by, row.decided_at, row.version = by, dates.now(), row.version + 1
    save_audited(
        row,
        by=by,
        reason=row.decision or "Withdrawn by who asked",
        fields=["state", "decision", "decided_by", "decided_at", "granted", "version"],
    )
