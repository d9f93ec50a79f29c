"""Decisions of a group: asked for, withdrawn, taken by a chair, and superseded by a further one.

The group is locked before its requests and decisions, so that of two chairs who decide at once, or of
a decision and a withdrawal, exactly one comes first and the other learns of it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction

from governance.enums import DecisionRequestState
from governance.models import Decision, DecisionRequest, Group, Meeting
from governance.permissions import records as rights
from governance.policies import decisions as rules
from governance.policies.decisions import DecisionWords, PromptWords, RequestWords
from governance.services.bodies import lock_group, require_open
from governance.services.prompting import attach, targets_of
from governance.services.taking import Taking, sent
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.records import submissions
from hertsend.records.bases import save_audited


@transaction.atomic
def ask(
    *,
    group: Group,
    words: RequestWords,
    prompts: Sequence[PromptWords] = (),
    by: User,
    submission_key: str = "",
) -> DecisionRequest:
    """Ask a group for a decision, with why and with what prompted it.

    Its chairs find it on their home page. Raises ``NotAllowed``, and ``RuleBroken`` for a group that
    has ended, with a part missing, or for a prompt that is not there.
    """
    row = lock_group(group)
    access.require(by, Permission.ASK_FOR_DECISION, partnership_id=row.plan.partnership_id)
    asked = sent("ask", prompts, group=row.pk, **asdict(words))
    if earlier := submissions.earlier_row(
        DecisionRequest, person=by, key=submission_key, fingerprint=asked
    ):
        return earlier
    require_open(row)
    rules.check_request(words, on=dates.today())
    targets = targets_of(prompts, plan=row.plan, by=by)
    request = DecisionRequest(
        group=row,
        number=row.decision_requests.count() + 1,
        question=words.question.strip(),
        background=words.background.strip(),
        wanted_by=words.wanted_by,
        asked_by=by,
        asked_at=dates.now(),
    )
    save_audited(request, by=by, reason="Asked for")
    attach(request, prompts, targets)
    submissions.remember(person=by, key=submission_key, fingerprint=asked, result=request.pk)
    return request


@transaction.atomic
def withdraw(*, request: DecisionRequest, reason: str, by: User) -> DecisionRequest:
    """Take a request back, as the person who asked or the programme office, with the reason.

    Raises ``NotAllowed``, ``RuleBroken`` without a reason, ``Conflict`` for what is over.
    """
    row = _locked(request)
    rights.require_withdrawer(by, row)
    rules.check_open(row.state)
    rules.check_withdrawal(reason)
    row.withdrawn_reason = reason.strip()
    _end(row, DecisionRequestState.WITHDRAWN, reason=row.withdrawn_reason, by=by)
    return row


@transaction.atomic
def take(
    *,
    group: Group,
    words: DecisionWords,
    meeting: Meeting | None = None,
    taken_on: dt.date | None = None,
    prompts: Sequence[PromptWords] = (),
    by: User,
    submission_key: str = "",
) -> Decision:
    """Record what a group decided that nobody had asked for here, as one of its chairs.

    In a meeting the day is the meeting's; without one, ``taken_on``. Raises ``NotAllowed`` for who
    does not chair the group, and ``RuleBroken``.
    """
    row = lock_group(group)
    given = Taking(row, words, meeting=meeting, taken_on=taken_on, prompts=prompts, by=by)
    act = given.fingerprint("take")
    if earlier := submissions.earlier_row(Decision, person=by, key=submission_key, fingerprint=act):
        return earlier
    require_open(row)
    decision = given.store()
    submissions.remember(person=by, key=submission_key, fingerprint=act, result=decision.pk)
    return decision


@transaction.atomic
def decide(
    *,
    request: DecisionRequest,
    words: DecisionWords,
    meeting: Meeting | None = None,
    taken_on: dt.date | None = None,
    prompts: Sequence[PromptWords] = (),
    by: User,
    submission_key: str = "",
) -> Decision:
    """Take the decision that was asked for; it inherits what prompted the request.

    Raises ``NotAllowed`` for who does not chair the group and for who asked for it, ``RuleBroken``,
    and ``Conflict`` when it was decided or withdrawn meanwhile.
    """
    row = _locked(request)
    given = Taking(row.group, words, meeting=meeting, taken_on=taken_on, prompts=prompts, by=by)
    act = given.fingerprint("decide", request=row.pk)
    if earlier := submissions.earlier_row(Decision, person=by, key=submission_key, fingerprint=act):
        return earlier
    rules.check_open(row.state)
    rules.check_not_asker(asked_by_id=row.asked_by_id, by_id=by.pk)
    decision = given.store(request=row, asked_on=dates.day_of(row.asked_at))
    _end(row, DecisionRequestState.DECIDED, reason=f"Decided: {decision.title}", by=by)
    submissions.remember(person=by, key=submission_key, fingerprint=act, result=decision.pk)
    return decision


@transaction.atomic
def supersede(
    *,
    decision: Decision,
    words: DecisionWords,
    reason_for_change: str,
    meeting: Meeting | None = None,
    taken_on: dt.date | None = None,
    prompts: Sequence[PromptWords] = (),
    by: User,
    submission_key: str = "",
) -> Decision:
    """Put a further decision in the place of one, with the reason; the earlier stays as it was.

    Raises ``NotAllowed`` for who does not chair the group, ``RuleBroken`` without a reason, and
    ``Conflict`` when somebody superseded it meanwhile.
    """
    group = lock_group(decision.group)
    given = Taking(group, words, meeting=meeting, taken_on=taken_on, prompts=prompts, by=by)
    act = given.fingerprint("supersede", decision=decision.pk, reason=reason_for_change)
    if earlier := submissions.earlier_row(Decision, person=by, key=submission_key, fingerprint=act):
        return earlier
    rules.check_supersession(
        is_superseded=Decision.objects.filter(supersedes=decision).exists(),
        reason=reason_for_change,
        taken_on=given.day,
        earlier_on=decision.taken_on,
    )
    further = given.store(supersedes=decision, reason_for_change=reason_for_change.strip())
    submissions.remember(person=by, key=submission_key, fingerprint=act, result=further.pk)
    return further


def _locked(request: DecisionRequest) -> DecisionRequest:
    """The request as it is stored now; its group first, as in every act."""
    group = lock_group(request.group)
    row = DecisionRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    row.group = group
    return row


def _end(row: DecisionRequest, state: DecisionRequestState, *, reason: str, by: User) -> None:
    row.state, row.ended_by, row.ended_at = state, by, dates.now()
    save_audited(
        row,
        by=by,
        reason=reason,
        fields=["state", "ended_by", "ended_at", "withdrawn_reason"],
    )
