"""The one path of a milestone: updated, proposed complete, signed off, returned, withdrawn.

Order in each: lock, permit, check, write, record, and only then enqueue. The form and the API are
doors to the same functions.
"""

from dataclasses import asdict
from typing import Any

from django.db import transaction

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import Post, User
from hertsend.accounts.roles import Permission, Role
from hertsend.errors import Conflict, NotAllowed
from hertsend.records import submissions
from plans import permissions, policies, selectors
from plans.enums import StageAct
from plans.models import Milestone, MilestoneUpdate, ReportingPeriod, StageChange
from plans.policies import UpdateWords
from plans.services import exceptions
from plans.services.locking import lock, store_state, unique_means_conflict


@unique_means_conflict
@transaction.atomic
def record_update(
    *,
    milestone: Milestone,
    period: ReportingPeriod,
    words: UpdateWords,
    base_version: int,
    by: User,
    submission_key: str = "",
    on_behalf_of: Post | None = None,
) -> MilestoneUpdate:
    """Store what a lead reports of a milestone for a period.

    ``base_version`` is the milestone's version when the form was opened. A repeated submission
    (same person, key and words) answers with the update that it made the first time.

    Raises ``NotAllowed`` outside the person's workstream, ``RuleBroken`` for words that break a
    rule or a month that is not open, ``Conflict`` when someone else was first.
    """
    row = lock(milestone)
    access.require(by, Permission.UPDATE_MILESTONE, **permissions.scope_of(row))
    body = {"milestone": row.pk, "period": period.pk, "base": base_version, **asdict(words)}
    fingerprint = submissions.fingerprint_of("record_update", body)
    earlier = submissions.earlier_result(person=by, key=submission_key, fingerprint=fingerprint)
    if earlier is not None:
        return MilestoneUpdate.objects.get(pk=earlier)
    current_period = ReportingPeriod.objects.select_for_update().get(pk=period.pk, plan=row.plan_id)
    policies.check_period_accepts(state=current_period.state, label=current_period.label)
    if not policies.check_version(current=row.version, base=base_version):
        raise _conflict(row, words, by=by)
    in_force = selectors.dates_of(row).in_force
    best = policies.check_update(
        words, stage_now=row.stage, date_in_force=in_force, on=dates.today()
    )
    update = MilestoneUpdate.add(
        milestone=row,
        period=current_period,
        version=row.version + 1,
        base_version=base_version,
        best_rating=best,
        by=by,
        on_behalf_of=on_behalf_of or _post_reported_for(row, by=by),
        at=dates.now(),
        **_stored(words),
    )
    store_state(
        row,
        by=by,
        reason=f"Update for {current_period.label}",
        stage=update.stage,
        rating=update.rating,
        forecast_on=update.forecast_on,
    )
    submissions.remember(person=by, key=submission_key, fingerprint=fingerprint, result=update.pk)
    return update


def _stored(words: UpdateWords) -> dict[str, Any]:
    """The words without blanks at their ends."""
    return {
        name: value.strip() if isinstance(value, str) else value
        for name, value in asdict(words).items()
    }


def _post_reported_for(milestone: Milestone, *, by: User) -> Post | None:
    """The leading post for which the programme office records; None for the workstream's lead."""
    held = access.of(by).scope_keys(
        Role.WORKSTREAM_LEAD, partnership_id=milestone.plan.partnership_id
    )
    if milestone.action.workstream.key in held:
        return None
    lead = milestone.milestone_leads.select_related("post").first()
    return lead.post if lead else None


def _conflict(milestone: Milestone, words: UpdateWords, *, by: User) -> Conflict:
    """What is stored now beside what was typed, reduced to what the person may see."""
    latest = milestone.updates.select_related("by").order_by("-version").first()
    shown = permissions.visible_fields(
        by, MilestoneUpdate, partnership_id=milestone.plan.partnership_id
    )
    current: dict[str, Any] = {
        "stage": milestone.stage,
        "rating": milestone.rating,
        "forecast_on": milestone.forecast_on,
        "version": milestone.version,
    }
    if latest:
        names = set(asdict(words)) & shown
        current = {name: getattr(latest, name) for name in sorted(names)} | current
        current |= {"by": latest.by.name, "at": latest.at} if "people" in shown else {}
    return Conflict(
        "Someone else saved this milestone after you opened it. Nothing of yours is lost: compare "
        "the two texts, then save again.",
        current=current,
        submitted=asdict(words),
    )


@unique_means_conflict
@transaction.atomic
def propose_complete(
    *,
    milestone: Milestone,
    words: str,
    evidence_link: str = "",
    evidence_shareable: bool = False,
    base_version: int,
    by: User,
    submission_key: str = "",
) -> StageChange:
    """Say that a milestone is done, with a note or a link that shows it.

    A repeated submission answers with the act that it made the first time, as in all acts. Raises ``NotAllowed``, ``RuleBroken`` without evidence or from a stage that does not allow it,
    ``Conflict`` when the milestone changed since the page was opened.
    """
    row = lock(milestone)
    access.require(by, Permission.UPDATE_MILESTONE, **permissions.scope_of(row))
    sent = _sent(row, StageAct.PROPOSED, base_version, words, evidence_link, evidence_shareable)
    if earlier := _earlier_act(sent, key=submission_key, by=by):
        return earlier
    _check_unchanged(row, base_version)
    policies.check_evidence(words=words, link=evidence_link)
    change = _act(
        row,
        StageAct.PROPOSED,
        by=by,
        words=words,
        evidence_link=evidence_link,
        evidence_shareable=evidence_shareable,
    )
    exceptions.close_if_ended(milestone=row, by=by)
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=change.pk)
    return change


@unique_means_conflict
@transaction.atomic
def sign_off(
    *, milestone: Milestone, fingerprint: str, by: User, submission_key: str = ""
) -> StageChange:
    """Sign exactly what was shown; ``fingerprint`` is the one of the page that was read.

    Raises ``NotAllowed`` for own work or without accountability for the area, ``RuleBroken`` from
    another stage, ``Conflict`` when anything shown has changed since.
    """
    row = lock(milestone)
    _require_signer(row, by=by)
    sent = _sent(row, StageAct.SIGNED_OFF, fingerprint)
    if earlier := _earlier_act(sent, key=submission_key, by=by):
        return earlier
    policies.check_act(StageAct.SIGNED_OFF, stage=row.stage)
    if fingerprint != selectors.fingerprint_of(row):
        raise Conflict("This changed after you opened it. Read it again before you sign.")
    change = _act(row, StageAct.SIGNED_OFF, by=by, fingerprint=fingerprint)
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=change.pk)
    return change


@unique_means_conflict
@transaction.atomic
def return_proposal(
    *, milestone: Milestone, words: str, base_version: int, by: User, submission_key: str = ""
) -> StageChange:
    """Send a proposal back with a reason; a milestone past its date is overdue again.

    Raises ``NotAllowed``, ``RuleBroken`` without a reason or from another stage, ``Conflict``.
    """
    row = lock(milestone)
    _require_signer(row, by=by)
    sent = _sent(row, StageAct.RETURNED, base_version, words)
    if earlier := _earlier_act(sent, key=submission_key, by=by):
        return earlier
    _check_unchanged(row, base_version)
    policies.check_act(StageAct.RETURNED, stage=row.stage)
    policies.check_reason(words)
    change = _act(row, StageAct.RETURNED, by=by, words=words)
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=change.pk)
    return change


@unique_means_conflict
@transaction.atomic
def withdraw(
    *, milestone: Milestone, words: str, base_version: int, by: User, submission_key: str = ""
) -> StageChange:
    """Withdraw a milestone by a decision of the board, with its reason.

    Raises ``NotAllowed``, ``RuleBroken`` without a reason or after the end, ``Conflict``.
    """
    row = lock(milestone)
    access.require(by, Permission.WITHDRAW_MILESTONE, **permissions.scope_of(row))
    sent = _sent(row, StageAct.WITHDRAWN, base_version, words)
    if earlier := _earlier_act(sent, key=submission_key, by=by):
        return earlier
    _check_unchanged(row, base_version)
    policies.check_act(StageAct.WITHDRAWN, stage=row.stage)
    policies.check_reason(words)
    change = _act(row, StageAct.WITHDRAWN, by=by, words=words)
    exceptions.close_if_ended(milestone=row, by=by)
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=change.pk)
    return change


def _sent(milestone: Milestone, act: StageAct, *values: Any) -> str:
    """What a submission asked for, as its fingerprint."""
    return submissions.fingerprint_of(act.value, {"milestone": milestone.pk, "values": values})


def _earlier_act(sent: str, *, key: str, by: User) -> StageChange | None:
    """The act that this submission made before. Raises ``Conflict`` for a key used for another."""
    earlier = submissions.earlier_result(person=by, key=key, fingerprint=sent)
    return None if earlier is None else StageChange.objects.get(pk=earlier)


def _check_unchanged(milestone: Milestone, base_version: int) -> None:
    if not policies.check_version(current=milestone.version, base=base_version):
        raise Conflict("This changed after you opened it. Look at it again, then decide.")


def _require_signer(milestone: Milestone, *, by: User) -> None:
    """An accountable joint chair who neither updated nor proposed it (8)."""
    access.require(by, Permission.SIGN_OFF_MILESTONE, **permissions.scope_of(milestone))
    if policies.is_own_work(signer_id=by.pk, author_ids=selectors.author_ids(milestone)):
        raise NotAllowed(
            "You updated or proposed this milestone, so another accountable joint chair decides."
        )


def _act(
    milestone: Milestone, act: StageAct, *, by: User, words: str = "", **details: Any
) -> StageChange:
    """Check, write the append-only row, then the milestone's stage."""
    to_stage = policies.check_act(act, stage=milestone.stage)
    change = StageChange.add(
        milestone=milestone,
        version=milestone.version + 1,
        act=act,
        from_stage=milestone.stage,
        to_stage=to_stage,
        words=words.strip(),
        by=by,
        at=dates.now(),
        **details,
    )
    store_state(milestone, by=by, reason=words.strip() or act.label, stage=to_stage)
    return change
