"""Barriers: raised by a workstream, given to who sees to it, answered, and closed with what came of it."""

import datetime as dt
from dataclasses import asdict

from django.db import transaction

from governance.enums import BarrierState
from governance.models import Barrier
from governance.permissions import barriers as rights
from governance.permissions.risks import scope_of_risk
from governance.policies import barriers as rules
from governance.policies.barriers import BarrierWords
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.access import Access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import NotAllowed, RuleBroken
from hertsend.records import submissions
from hertsend.records.bases import check_unchanged, save_audited, save_changed
from plans.models import Plan, Workstream
from plans.services.locking import lock_plan, unique_means_conflict

CHANGED = "This barrier changed after you opened the form. Read it again before you go on."


@unique_means_conflict
@transaction.atomic
def raise_barrier(
    *,
    plan: Plan,
    workstream: Workstream,
    words: BarrierWords,
    owner: User,
    by: User,
    submission_key: str = "",
) -> Barrier:
    """Ask for help with what stands in a workstream's way.

    Raises ``NotAllowed`` outside the person's workstream, and ``RuleBroken`` for what is missing or
    for an owner who cannot see to it.
    """
    row = lock_plan(plan)
    access.require(by, Permission.RAISE_BARRIER, **scope_of_risk(row, workstream))
    body = asdict(words) | {"plan": row.pk, "workstream": workstream.pk, "owner": owner.pk}
    sent, earlier = submissions.sent_before("raise_barrier", body, person=by, key=submission_key)
    if earlier is not None:
        return Barrier.objects.get(pk=earlier)
    if workstream.plan_id != row.pk:
        raise RuleBroken({"workstream": ["Choose a workstream of this plan."]})
    rules.check_barrier(words, on=dates.today())
    _check_owner(row, owner)
    barrier = Barrier(
        plan=row,
        workstream=workstream,
        key=f"B{Barrier.objects.filter(plan=row).count() + 1}",
        title=words.title.strip(),
        effect=words.effect.strip(),
        help_wanted=words.help_wanted.strip(),
        needed_by=words.needed_by,
        owner=owner,
        raised_by=by,
        raised_at=dates.now(),
    )
    save_audited(barrier, by=by, reason=f"Raised. Asked of: {owner}")
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=barrier.pk)
    return barrier


@unique_means_conflict
@transaction.atomic
def assign_barrier(
    *,
    barrier: Barrier,
    owner: User,
    needed_by: dt.date,
    reason: str,
    base_version: int,
    by: User,
    submission_key: str = "",
) -> Barrier:
    """Say who sees to a barrier from now on, and by when, with the reason.

    Raises ``NotAllowed``, ``RuleBroken`` for a closed one, without a reason or for an owner who
    cannot see to it, ``Conflict`` when it was changed meanwhile.
    """
    row = _locked(barrier)
    if not rights.assigns_barriers(_held(by), row.plan):
        raise NotAllowed("Your role does not let you say who sees to barriers.")
    body = {"barrier": row.pk, "owner": owner.pk, "needed_by": needed_by, "reason": reason}
    sent, earlier = submissions.sent_before(
        "assign_barrier", body | {"base": base_version}, person=by, key=submission_key
    )
    if earlier is not None:
        return row
    check_unchanged(row, base_version, told=CHANGED)
    rules.check_owner_change(state=row.state, reason=reason)
    _check_owner(row.plan, owner)
    told = f"{reason.strip()} Asked of: {owner}"
    save_changed(row, by=by, reason=told, owner=owner, needed_by=needed_by)
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=row.pk)
    return row


@unique_means_conflict
@transaction.atomic
def answer_barrier(
    *, barrier: Barrier, answer: str, base_version: int, by: User, submission_key: str = ""
) -> Barrier:
    """Answer a barrier; a later answer takes the place of the earlier, which stays in the history.

    Raises ``NotAllowed`` for who neither owns it nor answers all, and for who raised it,
    ``RuleBroken`` without words or for a closed one, ``Conflict``.
    """
    row = _locked(barrier)
    if not rights.answers_barrier(_held(by), row, person_id=by.pk):
        raise NotAllowed(
            "Only who was asked, a chair or the programme office answers, never who asked."
        )
    body = {"barrier": row.pk, "answer": answer, "base": base_version}
    sent, earlier = submissions.sent_before("answer_barrier", body, person=by, key=submission_key)
    if earlier is not None:
        return row
    check_unchanged(row, base_version, told=CHANGED)
    rules.check_answer(
        state=row.state, answer=answer, raised_by_id=row.raised_by_id, answered_by_id=by.pk
    )
    save_changed(
        row,
        by=by,
        reason="Answered",
        state=BarrierState.ANSWERED,
        answer=answer.strip(),
        answered_by=by,
        answered_at=dates.now(),
    )
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=row.pk)
    return row


@unique_means_conflict
@transaction.atomic
def close_barrier(
    *, barrier: Barrier, outcome: str, base_version: int, by: User, submission_key: str = ""
) -> Barrier:
    """Close a barrier with what came of it, or why help is no longer needed.

    Raises ``NotAllowed`` outside its workstream, ``RuleBroken`` without words or for a closed one,
    ``Conflict``.
    """
    row = _locked(barrier)
    access.require(by, Permission.RAISE_BARRIER, **scope_of_risk(row.plan, row.workstream))
    body = {"barrier": row.pk, "outcome": outcome, "base": base_version}
    sent, earlier = submissions.sent_before("close_barrier", body, person=by, key=submission_key)
    if earlier is not None:
        return row
    check_unchanged(row, base_version, told=CHANGED)
    rules.check_close(state=row.state, outcome=outcome)
    said = outcome.strip()
    save_changed(
        row, by=by, reason=said, state=BarrierState.CLOSED, outcome=said, closed_at=dates.now()
    )
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=row.pk)
    return row


def _held(by: User) -> Access:
    return access.read(by, on=dates.today())


def _locked(barrier: Barrier) -> Barrier:
    return (
        Barrier.objects.select_for_update(of=("self",))
        .select_related("plan", "workstream")
        .get(pk=barrier.pk)
    )


def _check_owner(plan: Plan, owner: User) -> None:
    if not rights.may_own_barrier(_held(owner), plan):
        raise RuleBroken({"owner": ["Select a person whose role lets them see to it."]})
