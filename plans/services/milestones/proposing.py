"""What leads do beside reporting: propose complete with evidence, and take a proposal back."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict

from django.db import transaction

from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import RuleBroken
from hertsend.records import submissions
from plans import permissions, policies, selectors
from plans.enums import StageAct
from plans.models import Milestone, StageChange
from plans.policies import EvidenceWords
from plans.services import evidence as pieces
from plans.services import exceptions
from plans.services.locking import lock, unique_means_conflict
from plans.services.milestones.acting import (
    check_closed_by_rating,
    check_unchanged,
    earlier_act,
    sent,
    write_act,
)


@unique_means_conflict
@transaction.atomic
def propose_complete(
    *,
    milestone: Milestone,
    words: str,
    evidence: Sequence[EvidenceWords] = (),
    base_version: int,
    by: User,
    submission_key: str = "",
    by_rating: bool = False,
) -> StageChange:
    """Say that a milestone is done, with what shows it: evidence given now or added before.

    All or nothing: a piece of evidence that breaks a rule stops the proposal, and its faults stand
    under ``evidence.0.title``. A repeated submission answers with the act that it made the first
    time, as in all acts. ``by_rating`` says that a rating of impact does it: it is the evidence, and
    nothing else completes a review of impact. Raises ``NotAllowed``, ``RuleBroken``, ``Conflict``
    when the milestone changed since the page was opened.
    """
    row = lock(milestone)
    access.require(by, Permission.UPDATE_MILESTONE, **permissions.scope_of(row))
    check_closed_by_rating(row, by_rating=by_rating)
    given = [asdict(piece) for piece in evidence]
    request = sent(row, StageAct.PROPOSED, base_version, words, given)
    if earlier := earlier_act(request, key=submission_key, by=by):
        return earlier
    check_unchanged(row, base_version)
    policies.check_act(StageAct.PROPOSED, stage=row.stage)
    _keep_evidence(row, words, evidence, needs_evidence=not by_rating, by=by)
    change = write_act(row, StageAct.PROPOSED, by=by, words=words)
    exceptions.close_if_ended(milestone=row, by=by)
    submissions.remember(person=by, key=submission_key, fingerprint=request, result=change.pk)
    return change


def _keep_evidence(
    milestone: Milestone,
    words: str,
    evidence: Sequence[EvidenceWords],
    *,
    needs_evidence: bool,
    by: User,
) -> None:
    """Store what was given, and see that something shows it. Raises ``RuleBroken`` with all faults."""
    errors: dict[str, list[str]] = {}
    with _gathering(errors):
        policies.check_showing(words)
    for place, piece in enumerate(evidence):
        with _gathering(errors, f"evidence.{place}."):
            pieces.keep(action=milestone.action, milestone=milestone, words=piece, by=by)
    if needs_evidence and not evidence:
        with _gathering(errors):
            policies.check_has_evidence(selectors.standing_evidence(milestone))
    if errors:
        raise RuleBroken(errors)


@contextmanager
def _gathering(errors: dict[str, list[str]], place: str = "") -> Iterator[None]:
    """Note what a rule refuses instead of stopping at it."""
    try:
        yield
    except RuleBroken as error:
        errors |= {f"{place}{field}": told for field, told in error.errors.items()}


@unique_means_conflict
@transaction.atomic
def take_back(
    *,
    milestone: Milestone,
    words: str,
    base_version: int,
    by: User,
    submission_key: str = "",
    by_rating: bool = False,
) -> StageChange:
    """Take a proposal back before it was decided; a milestone past its date is overdue again.

    Whoever may propose may take back: a deputy, where the lead is away. Raises ``NotAllowed``,
    ``RuleBroken`` without a reason or from another stage, ``Conflict``.
    """
    row = lock(milestone)
    access.require(by, Permission.UPDATE_MILESTONE, **permissions.scope_of(row))
    check_closed_by_rating(row, by_rating=by_rating)
    request = sent(row, StageAct.TAKEN_BACK, base_version, words)
    if earlier := earlier_act(request, key=submission_key, by=by):
        return earlier
    check_unchanged(row, base_version)
    policies.check_act(StageAct.TAKEN_BACK, stage=row.stage)
    policies.check_reason(words)
    change = write_act(row, StageAct.TAKEN_BACK, by=by, words=words)
    exceptions.follow(milestone=row, by=by)
    submissions.remember(person=by, key=submission_key, fingerprint=request, result=change.pk)
    return change
