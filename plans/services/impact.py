"""Impact: proposed by the workstream, or taken back; confirmed or returned by a joint chair.

A rating that answers a review of impact moves that milestone along with it, in one transaction: the
review is proposed complete, taken back, signed off or returned by the services of milestones and by their rules.
Locked in one order: the action, then the review, then the month.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import Post, User
from hertsend.accounts.roles import Permission, Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from hertsend.records import submissions
from plans import permissions, policies, selectors
from plans.enums import ImpactLevel, ImpactOutcome, MilestoneKind, Stage
from plans.models import (
    Action,
    Evidence,
    ImpactDecision,
    ImpactEvidence,
    ImpactRating,
    Milestone,
    MilestoneLead,
    ReportingPeriod,
)
from plans.services import milestones
from plans.services.locking import lock, lock_action, unique_means_conflict


@unique_means_conflict
@transaction.atomic
def propose_impact(
    *,
    action: Action,
    period: ReportingPeriod,
    level: int | None,
    words: str,
    evidence: Sequence[Evidence] = (),
    review: Milestone | None = None,
    base_number: int,
    by: User,
    submission_key: str = "",
) -> ImpactRating:
    """Rate what difference an action makes, with what shows it; a joint chair decides on it.

    ``base_number`` is the number of the action's latest rating when the form was opened. With
    ``review`` that milestone is proposed complete, the rating being its evidence.

    Raises ``NotAllowed`` outside the person's workstream, ``RuleBroken`` for what the evidence does
    not carry, a month that is not open or a rating that still waits, ``Conflict`` when someone else
    was first.
    """
    row = lock_action(action)
    access.require(by, Permission.UPDATE_MILESTONE, **permissions.scope_of_action(row))
    chosen = sorted({each.pk for each in evidence})
    body = [row.pk, period.pk, level, words, chosen, review and review.pk, base_number]
    sent = submissions.fingerprint_of("propose_impact", {"values": body})
    earlier = submissions.earlier_result(person=by, key=submission_key, fingerprint=sent)
    if earlier is not None:
        return ImpactRating.objects.get(pk=earlier)
    closing = _lock_review(row, review) if review is not None else None
    months = ReportingPeriod.objects.select_for_update(no_key=True)
    current = months.get(pk=period.pk, plan=row.plan_id)
    policies.check_period_accepts(state=current.state, label=current.label)
    latest = row.impact_ratings.order_by("-number").first()
    number = latest.number if latest else 0
    _check_free(row, number=number, base_number=base_number)
    standing = list(selectors.evidence_for_impact(row).filter(pk__in=chosen))
    found = _checked(
        row, period=current, level=level, words=words, evidence=standing, asked=len(chosen)
    )
    rating = ImpactRating.add(
        action=row,
        period=current,
        number=number + 1,
        level=found,
        words=words.strip(),
        review_milestone=review,
        by=by,
        on_behalf_of=_post_rated_for(row, review, by=by),
        at=dates.now(),
    )
    for each in standing:
        ImpactEvidence.add(rating=rating, evidence=each)
    if closing is not None:
        _propose_review(rating, closing, by=by)
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=rating.pk)
    return rating


@unique_means_conflict
@transaction.atomic
def confirm_impact(
    *, rating: ImpactRating, fingerprint: str, by: User, submission_key: str = ""
) -> ImpactDecision:
    """Confirm exactly what was shown: it becomes the action's impact, and its review is signed off.

    Raises ``NotAllowed`` for own work or without accountability for the area, ``RuleBroken`` when the
    evidence that stands carries it no longer, ``Conflict`` when anything shown has changed since.
    """
    row = _for_decision(rating, by=by)
    sent = _sent(row, ImpactOutcome.CONFIRMED, fingerprint)
    if earlier := submissions.earlier_row(
        ImpactDecision, person=by, key=submission_key, fingerprint=sent
    ):
        return earlier
    _check_undecided(row)
    evidence = [each for each in selectors.evidence_of(row) if each.withdrawn_at is None]
    _checked(row.action, period=row.period, level=row.level, words=row.words, evidence=evidence)
    if fingerprint != selectors.fingerprint_of_rating(row):
        raise Conflict("This changed after you opened it. Read it again before you confirm.")
    decision = _decide(row, ImpactOutcome.CONFIRMED, by=by, fingerprint=fingerprint)
    if review := _review_waiting(row):
        milestones.sign_off(
            milestone=review, fingerprint=selectors.fingerprint_of(review), by=by, by_rating=True
        )
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=decision.pk)
    return decision


@unique_means_conflict
@transaction.atomic
def return_impact(
    *, rating: ImpactRating, words: str, by: User, submission_key: str = ""
) -> ImpactDecision:
    """Send a rating back with a reason, and the review of impact that it answers with it.

    Raises ``NotAllowed``, ``RuleBroken`` without a reason, ``Conflict`` when it was decided before.
    """
    row = _for_decision(rating, by=by)
    return _give_back(row, ImpactOutcome.RETURNED, words, by=by, key=submission_key)


@unique_means_conflict
@transaction.atomic
def take_back_impact(
    *, rating: ImpactRating, words: str, by: User, submission_key: str = ""
) -> ImpactDecision:
    """Take a rating back before a joint chair decided, and the review that it answers with it.

    Whoever may propose may take back. Raises ``NotAllowed``, ``RuleBroken`` without a reason,
    ``Conflict`` when it was decided before.
    """
    row = _locked_with_action(rating)
    access.require(by, Permission.UPDATE_MILESTONE, **permissions.scope_of_action(row.action))
    return _give_back(row, ImpactOutcome.TAKEN_BACK, words, by=by, key=submission_key)


def _give_back(
    rating: ImpactRating, outcome: ImpactOutcome, words: str, *, by: User, key: str
) -> ImpactDecision:
    """End a rating without confirming it: its workstream can propose another."""
    sent = _sent(rating, outcome, words)
    if earlier := submissions.earlier_row(ImpactDecision, person=by, key=key, fingerprint=sent):
        return earlier
    _check_undecided(rating)
    policies.check_impact_decision(outcome=outcome, words=words)
    decision = _decide(rating, outcome, by=by, words=words)
    if review := _review_waiting(rating):
        is_returned = outcome == ImpactOutcome.RETURNED
        act = milestones.return_proposal if is_returned else milestones.take_back
        act(milestone=review, words=words, base_version=review.version, by=by, by_rating=True)
    submissions.remember(person=by, key=key, fingerprint=sent, result=decision.pk)
    return decision


def _check_free(action: Action, *, number: int, base_number: int) -> None:
    if number != base_number:
        raise Conflict(
            "Someone else rated this action after you opened the form. Nothing of yours is lost: "
            "read what they said, then decide whether to send yours."
        )
    if selectors.waiting_rating(action) is not None:
        raise RuleBroken(
            "A rating of this action waits for a joint chair. Once they have confirmed or returned "
            "it, you can propose another."
        )


def _checked(
    action: Action,
    *,
    period: ReportingPeriod,
    level: int | None,
    words: str,
    evidence: Sequence[Evidence],
    asked: int = 0,
) -> ImpactLevel:
    if len(evidence) < asked:
        raise RuleBroken({"evidence": ["Choose evidence of this action that was not withdrawn."]})
    return policies.check_impact(
        level=level,
        words=words,
        kinds=selectors.kinds_of(evidence),
        earlier=selectors.earlier_levels(action, month=period.month),
    )


def _lock_review(action: Action, review: Milestone) -> Milestone:
    """The review of impact as it is stored now, if it can be closed with a rating of the action."""
    row = lock(review)
    if row.action_id != action.pk or row.kind != MilestoneKind.IMPACT_REVIEW:
        raise RuleBroken({"review": ["Choose a review of this action’s impact, or none."]})
    policies.check_review_stage(row.stage)
    return row


def _propose_review(rating: ImpactRating, review: Milestone, *, by: User) -> None:
    """The review of impact is proposed complete: what shows it is the rating."""
    level = ImpactLevel(rating.level)
    milestones.propose_complete(
        milestone=review,
        words=f"Impact rated {level.value}, {level.label.lower()}.",
        base_version=review.version,
        by=by,
        by_rating=True,
    )


def _post_rated_for(action: Action, review: Milestone | None, *, by: User) -> Post | None:
    """The leading post for which the programme office rates; None for the workstream's lead."""
    held = access.of(by).scope_keys(Role.WORKSTREAM_LEAD, partnership_id=action.plan.partnership_id)
    if action.workstream.key in held:
        return None
    steps = action.milestones.filter(pk=review.pk) if review else action.milestones.all()
    lead = (
        MilestoneLead.objects.filter(milestone__in=steps)
        .select_related("post")
        .order_by("milestone__position", "position")
        .first()
    )
    return lead.post if lead else None


def _for_decision(rating: ImpactRating, *, by: User) -> ImpactRating:
    """The rating, its action locked, for an accountable joint chair who had no part in it."""
    row = _locked_with_action(rating)
    access.require(by, Permission.CONFIRM_IMPACT, **permissions.scope_of_action(row.action))
    authors = selectors.author_ids_of_rating(row, on=dates.today())
    if policies.is_own_work(signer_id=by.pk, author_ids=authors):
        raise NotAllowed(
            "This rating or its evidence comes from you, from your deputy, or from the programme "
            "office on your behalf, so another accountable joint chair decides."
        )
    return row


def _locked_with_action(rating: ImpactRating) -> ImpactRating:
    """The rating as it is stored, once its action is locked."""
    action = lock_action(rating.action)
    row = ImpactRating.objects.select_related("period", "review_milestone", "by").get(pk=rating.pk)
    row.action = action
    return row


def _sent(rating: ImpactRating, outcome: ImpactOutcome, *values: Any) -> str:
    return submissions.fingerprint_of(
        f"impact_{outcome.value}", {"rating": rating.pk, "values": values}
    )


def _check_undecided(rating: ImpactRating) -> None:
    decision = ImpactDecision.objects.filter(rating=rating).first()
    if decision is not None:
        raise Conflict(
            f"This rating was {decision.get_outcome_display().lower()} before you decided."
        )


def _review_waiting(rating: ImpactRating) -> Milestone | None:
    """The review that waits together with the rating; None where it has ended some other way."""
    review = rating.review_milestone
    return review if review and review.stage == Stage.PROPOSED_COMPLETE else None


def _decide(
    rating: ImpactRating, outcome: ImpactOutcome, *, by: User, words: str = "", **details: Any
) -> ImpactDecision:
    permission = (
        Permission.UPDATE_MILESTONE
        if outcome == ImpactOutcome.TAKEN_BACK
        else Permission.CONFIRM_IMPACT
    )
    scope = permissions.scope_of_action(rating.action)
    return ImpactDecision.add(
        rating=rating,
        outcome=outcome,
        words=words.strip(),
        role=access.of(by).role_for(permission, **scope),
        by=by,
        at=dates.now(),
        **details,
    )
