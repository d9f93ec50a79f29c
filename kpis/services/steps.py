"""Step changes: proposed by who enters the figures, decided by the programme office."""

import datetime as dt

from django.db import transaction
from django.db.models import Max

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from hertsend.records import submissions
from hertsend.records.bases import save_audited
from kpis import permissions
from kpis.enums import StepState
from kpis.models import Indicator, StepChange


def _lock(indicator: Indicator) -> Indicator:
    return (
        Indicator.objects.select_for_update(of=("self",))
        .select_related("plan", "workstream")
        .get(pk=indicator.pk)
    )


@transaction.atomic
def propose(
    *, indicator: Indicator, starts_on: dt.date, reason: str, by: User, submission_key: str = ""
) -> StepChange:
    """Propose that a measure has been at a new level since a period.

    Raises ``NotAllowed``, ``RuleBroken`` without a reason, or where no figure of that period stands.
    """
    row = _lock(indicator)
    access.require(by, Permission.ENTER_FIGURES, **permissions.scope_of(row))
    body = {"indicator": row.pk, "starts_on": starts_on, "reason": reason}
    fingerprint = submissions.fingerprint_of("propose_step", body)
    earlier = submissions.earlier_result(person=by, key=submission_key, fingerprint=fingerprint)
    if earlier is not None:
        return StepChange.objects.get(pk=earlier)
    errors: dict[str, list[str]] = {}
    if not reason.strip():
        errors["reason"] = [
            "Say what changed in how the work is done. A better figure is no reason."
        ]
    if not row.measurements.filter(starts_on=starts_on).exists():
        errors["starts_on"] = ["Choose a period that has a figure."]
    elif row.step_changes.exclude(state=StepState.REFUSED).filter(starts_on=starts_on).exists():
        errors["starts_on"] = ["A step change from this period is proposed already."]
    if errors:
        raise RuleBroken(errors)
    number = (row.step_changes.aggregate(last=Max("number"))["last"] or 0) + 1
    step = StepChange(
        indicator=row,
        number=number,
        starts_on=starts_on,
        reason=reason.strip(),
        proposed_by=by,
        proposed_at=dates.now(),
    )
    save_audited(step, by=by, reason="Step change proposed")
    submissions.remember(person=by, key=submission_key, fingerprint=fingerprint, result=step.pk)
    return step


@transaction.atomic
def decide(*, step: StepChange, approve: bool, decision: str, by: User) -> StepChange:
    """Approve a step change, or refuse it, with a reason. Nobody decides what they proposed.

    Sending the same decision again changes nothing. Raises ``NotAllowed``, ``RuleBroken`` without
    words, ``Conflict`` when it was decided otherwise meanwhile.
    """
    indicator = _lock(step.indicator)
    row = StepChange.objects.select_for_update().get(pk=step.pk)
    partnership = indicator.plan.partnership_id
    access.require(by, Permission.DECIDE_STEP_CHANGE, partnership_id=partnership)
    state = StepState.APPROVED if approve else StepState.REFUSED
    if (row.state, row.decided_by_id, row.decision) == (state, by.pk, decision.strip()):
        return row
    if row.proposed_by_id == by.pk:
        raise NotAllowed("Nobody decides their own proposal, in any role.")
    if row.state != StepState.PROPOSED:
        raise Conflict(f"This step change is {row.get_state_display().lower()} already.")
    if not decision.strip():
        raise RuleBroken({"decision": ["Say why. The reason is shown beside the chart."]})
    row.state, row.decision = state, decision.strip()
    row.decided_by, row.decided_at = by, dates.now()
    save_audited(
        row,
        by=by,
        reason=f"Step change {state.label.lower()}",
        fields=["state", "decision", "decided_by", "decided_at"],
    )
    return row
