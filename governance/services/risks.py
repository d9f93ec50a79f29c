"""Risks: raised, changed, reviewed each cycle, escalated and handed back, closed with a reason."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from django.db import transaction

from governance.enums import RiskLevel, RiskState
from governance.models import Risk, RiskMove, RiskReview
from governance.permissions import risks as permissions
from governance.policies import risks as rules
from governance.policies.risks import RiskWords, Score
from governance.services.risk_locking import (
    check_risk_unchanged,
    held_by,
    lock_risk,
    require_manager,
    require_reviewer,
)
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import RuleBroken
from hertsend.records import submissions
from hertsend.records.bases import save_audited, save_changed
from hertsend.records.words import stripped
from kpis.models import Indicator
from plans.models import Action, Plan, Workstream
from plans.selectors import default_period
from plans.services.locking import lock_plan, unique_means_conflict

OPEN_SERIES, RESTRICTED_SERIES = "R", "X"


@unique_means_conflict
@transaction.atomic
def raise_risk(
    *,
    plan: Plan,
    workstream: Workstream | None,
    words: RiskWords,
    current: Score,
    owner: User,
    seen_by: Collection[str] = (),
    actions: Collection[Action] = (),
    indicators: Collection[Indicator] = (),
    by: User,
    submission_key: str = "",
) -> Risk:
    """Note a risk with its three scores; of a workstream it starts there, else with the board.

    Raises ``NotAllowed``, and ``RuleBroken`` for what is missing, for an owner who may not own or
    see it, for roles among which is none of the person's own, or for links into another plan.
    """
    row = lock_plan(plan)
    access.require(by, Permission.MANAGE_RISK, **permissions.scope_of_risk(row, workstream))
    body = asdict(words) | _linked_body(owner, seen_by, actions, indicators)
    body |= {"plan": row.pk, "workstream": workstream.pk if workstream else 0} | asdict(current)
    sent, earlier = submissions.sent_before("raise_risk", body, person=by, key=submission_key)
    if earlier is not None:
        return Risk.objects.get(pk=earlier)
    rules.check_risk(words)
    _check_current(current)
    risk = Risk(
        plan=row,
        workstream=workstream,
        level=RiskLevel.WORKSTREAM if workstream else RiskLevel.BOARD,
        owner=owner,
        seen_by=rules.seen_by_words(list(seen_by)),
        **stripped(words),
    )
    _check_named(risk, by=by)
    risk.key = _next_key(risk)
    risk.links = _links_in_words(risk, actions, indicators)
    save_audited(risk, by=by, reason=f"Raised. Owner: {owner}")
    _link(risk, actions, indicators)
    _add_review(risk, current, words="Scored when it was raised.", by=by)
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=risk.pk)
    return risk


@unique_means_conflict
@transaction.atomic
def change_risk(
    *,
    risk: Risk,
    words: RiskWords,
    owner: User,
    seen_by: Collection[str],
    actions: Collection[Action],
    indicators: Collection[Indicator],
    reason: str,
    base_version: int,
    by: User,
    submission_key: str = "",
) -> Risk:
    """Change what is said of a risk, its owner, who sees it and its links, with the reason.

    Raises ``NotAllowed``, ``RuleBroken`` as for a new one and without a reason, ``Conflict`` when
    it was changed meanwhile.
    """
    row = lock_risk(risk)
    require_manager(by, row)
    body = asdict(words) | _linked_body(owner, seen_by, actions, indicators)
    body |= {"risk": row.pk, "reason": reason, "base": base_version}
    sent, earlier = submissions.sent_before("change_risk", body, person=by, key=submission_key)
    if earlier is not None:
        return row
    check_risk_unchanged(row, base_version)
    rules.check_open(row.state)
    rules.check_risk(words)
    if not reason.strip():
        raise RuleBroken({"reason": ["Enter the reason for the change."]})
    new_owner = f" Owner: {owner}." if owner.pk != row.owner_id else ""
    row.owner, row.seen_by = owner, rules.seen_by_words(list(seen_by))
    _check_named(row, by=by)
    save_changed(
        row,
        by=by,
        reason=f"{reason.strip()}{new_owner}",
        owner=row.owner,
        seen_by=row.seen_by,
        links=_links_in_words(row, actions, indicators),
        **stripped(words),
    )
    _link(row, actions, indicators)
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=row.pk)
    return row


@unique_means_conflict
@transaction.atomic
def review_risk(
    *, risk: Risk, score: Score, words: str, base_version: int, by: User, submission_key: str = ""
) -> RiskReview:
    """Score a risk anew for the month that is reported on, also when nothing changed.

    Raises ``NotAllowed`` for all but its owner and who manages it, ``RuleBroken`` without words or
    for a closed risk, ``Conflict`` when it was changed or reviewed meanwhile.
    """
    row = lock_risk(risk)
    require_reviewer(by, row)
    body = asdict(score) | {"risk": row.pk, "words": words, "base": base_version}
    sent, earlier = submissions.sent_before("review_risk", body, person=by, key=submission_key)
    if earlier is not None:
        return RiskReview.objects.get(pk=earlier)
    check_risk_unchanged(row, base_version)
    rules.check_review(score, words=words, state=row.state)
    review = _add_review(row, score, words=words.strip(), by=by)
    save_changed(row, by=by, reason=f"Reviewed: {score.value}")
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=review.pk)
    return review


@unique_means_conflict
@transaction.atomic
def move_risk(
    *,
    risk: Risk,
    to_level: str,
    reason: str,
    base_version: int,
    by: User,
    submission_key: str = "",
) -> RiskMove:
    """Escalate a risk to the next level, or hand it back, with the reason.

    Raises ``NotAllowed``, ``RuleBroken`` over a level or without a reason, ``Conflict``.
    """
    row = lock_risk(risk)
    held = held_by(by, row)
    permissions.require_mover(held, row, person_id=by.pk)
    body = {"risk": row.pk, "to": to_level, "reason": reason, "base": base_version}
    sent, earlier = submissions.sent_before("move_risk", body, person=by, key=submission_key)
    if earlier is not None:
        return RiskMove.objects.get(pk=earlier)
    # First what changed: who was overtaken is told that, not that they may not move it from there.
    check_risk_unchanged(row, base_version)
    rules.check_open(row.state)
    permissions.require_mover_from_here(held, row, person_id=by.pk)
    rules.check_move(
        state=row.state,
        from_level=row.level,
        to_level=to_level,
        has_workstream=row.workstream is not None,
        roles=row.roles,
        reason=reason,
    )
    move = RiskMove.add(
        risk=row,
        number=row.moves.count() + 1,
        from_level=row.level,
        to_level=to_level,
        reason=reason.strip(),
        by=by,
        at=dates.now(),
    )
    save_changed(row, by=by, reason=reason.strip(), level=to_level)
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=move.pk)
    return move


@unique_means_conflict
@transaction.atomic
def close_risk(
    *, risk: Risk, reason: str, base_version: int, by: User, submission_key: str = ""
) -> Risk:
    """Close a risk with the reason; its open mitigations stay as they were.

    Raises ``NotAllowed``, ``RuleBroken`` without a reason or for a closed one, ``Conflict``.
    """
    row = lock_risk(risk)
    require_manager(by, row)
    body = {"risk": row.pk, "reason": reason, "base": base_version}
    sent, earlier = submissions.sent_before("close_risk", body, person=by, key=submission_key)
    if earlier is not None:
        return row
    check_risk_unchanged(row, base_version)
    rules.check_open(row.state)
    if not reason.strip():
        raise RuleBroken({"reason": ["Enter why it is closed."]})
    said = reason.strip()
    save_changed(
        row, by=by, reason=said, state=RiskState.CLOSED, closed_at=dates.now(), closed_reason=said
    )
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=row.pk)
    return row


def _add_review(risk: Risk, score: Score, *, words: str, by: User) -> RiskReview:
    return RiskReview.add(
        risk=risk,
        number=risk.reviews.count() + 1,
        period=default_period(risk.plan),
        likelihood=score.likelihood,
        impact=score.impact,
        words=words,
        by=by,
        at=dates.now(),
    )


def _check_current(score: Score) -> None:
    try:
        rules.check_review(score, words="-", state=RiskState.OPEN)
    except RuleBroken as error:
        raise RuleBroken(
            {f"current_{name}": sentences for name, sentences in error.errors.items()}
        ) from error


def _check_named(risk: Risk, *, by: User) -> None:
    """Its owner may own it and sees it, and so does who writes; else nobody could go on with it."""
    rules.check_restriction(risk.roles, allowed=permissions.restrictable_roles())
    place, today = risk.plan.partnership_id, dates.today()
    held = access.read(risk.owner, on=today)
    if not held.may(Permission.OWN_RISK, partnership_id=place):
        raise RuleBroken({"owner": ["Select a person whose role lets them own risks."]})
    if not permissions.sees_risk(held, risk):
        raise RuleBroken({"owner": ["Select an owner whose role is among those who see it."]})
    if not permissions.sees_risk(access.read(by, on=today), risk):
        raise RuleBroken({"seen_by": ["Add a role of your own, or you could not open it again."]})


def _next_key(risk: Risk) -> str:
    """The next number of its series; the plan is locked."""
    series = RESTRICTED_SERIES if risk.is_restricted else OPEN_SERIES
    count = Risk.objects.filter(plan=risk.plan, key__startswith=series).count()
    return f"{series}{count + 1}"


def _linked_body(
    owner: User,
    seen_by: Collection[str],
    actions: Collection[Action],
    indicators: Collection[Indicator],
) -> dict[str, Any]:
    return {
        "owner": owner.pk,
        "seen_by": sorted(seen_by),
        "actions": sorted(each.pk for each in actions),
        "indicators": sorted(each.pk for each in indicators),
    }


def _links_in_words(
    risk: Risk, actions: Collection[Action], indicators: Collection[Indicator]
) -> str:
    """What it is linked with. Raises ``RuleBroken`` for what is in another plan."""
    plans = {each.plan_id for each in actions} | {each.plan_id for each in indicators}
    if plans - {risk.plan_id}:
        raise RuleBroken("Choose actions and measures of this plan.")
    return "; ".join([*(each.key for each in actions), *(each.name for each in indicators)])


def _link(risk: Risk, actions: Collection[Action], indicators: Collection[Indicator]) -> None:
    risk.actions.set(actions)
    risk.indicators.set(indicators)
