"""Deep dives into exceptions: asked for on a day, then held or cancelled."""

import datetime as dt

from django.db import transaction

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict, NotAllowed
from hertsend.records import submissions
from hertsend.records.bases import save_audited, save_changed
from plans import permissions, policies, selectors
from plans.models import DeepDive, Milestone
from plans.selectors.exceptions import exception_author_ids, is_exception
from plans.services.locking import lock, unique_means_conflict


@unique_means_conflict
@transaction.atomic
def ask_deep_dive(
    *,
    milestone: Milestone,
    planned_on: dt.date | None,
    reason: str,
    by: User,
    submission_key: str = "",
) -> DeepDive:
    """Ask for a deep dive into an exception on a day, as a member of board or Executive.

    Raises ``NotAllowed``, and ``RuleBroken`` without a day to come or what it should look into.
    """
    row = lock(milestone)
    access.require(by, Permission.CHALLENGE_EXCEPTION, **permissions.scope_of(row))
    body = {"milestone": row.pk, "planned_on": planned_on, "reason": reason}
    sent = submissions.fingerprint_of("ask_deep_dive", body)
    earlier = submissions.earlier_result(person=by, key=submission_key, fingerprint=sent)
    if earlier is not None:
        return DeepDive.objects.get(pk=earlier)
    policies.check_challengeable(stage=row.stage, is_exception=is_exception(row, on=dates.today()))
    policies.check_deep_dive(planned_on=planned_on, reason=reason, on=dates.today())
    assert planned_on is not None
    dive = DeepDive(
        milestone=row,
        number=row.deep_dives.count() + 1,
        planned_on=planned_on,
        reason=reason.strip(),
        asked_by=by,
        asked_at=dates.now(),
    )
    save_audited(dive, by=by, reason=f"Deep dive asked for: {reason.strip()}")
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=dive.pk)
    return dive


@unique_means_conflict
@transaction.atomic
def end_deep_dive(
    *,
    deep_dive: DeepDive,
    becomes: str,
    outcome: str,
    base_version: int,
    by: User,
    submission_key: str = "",
) -> DeepDive:
    """Record that a deep dive was held, and what it found, or that it is cancelled, and why.

    Raises ``NotAllowed``, also for whoever reported on the milestone (unless they asked for it);
    ``RuleBroken`` without words or before its day; ``Conflict`` when somebody else was first.
    """
    milestone = lock(deep_dive.milestone)
    row = DeepDive.objects.select_for_update(of=("self",)).get(pk=deep_dive.pk)
    access.require(by, Permission.RECORD_DEEP_DIVE, **permissions.scope_of(milestone))
    _require_no_part(row, milestone, by=by)
    body = {"dive": row.pk, "becomes": becomes, "outcome": outcome, "base": base_version}
    sent = submissions.fingerprint_of("end_deep_dive", body)
    if submissions.earlier_result(person=by, key=submission_key, fingerprint=sent) is not None:
        return row
    if not policies.check_version(current=row.version, base=base_version):
        raise Conflict("Somebody recorded this deep dive after you opened it. Look at it again.")
    policies.check_deep_dive_end(
        state=row.state,
        becomes=becomes,
        outcome=outcome,
        planned_on=row.planned_on,
        on=dates.today(),
    )
    said = outcome.strip()
    save_changed(
        row,
        by=by,
        reason=said,
        state=becomes,
        outcome=said,
        ended_by=by,
        ended_at=dates.now(),
    )
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=row.pk)
    return row


def _require_no_part(row: DeepDive, milestone: Milestone, *, by: User) -> None:
    """Nobody ends a deep dive into what they reported themselves, in any role."""
    authors = selectors.author_ids(milestone) | exception_author_ids(milestone)
    if row.asked_by_id != by.pk and policies.is_own_work(signer_id=by.pk, author_ids=authors):
        raise NotAllowed(
            "You reported on this milestone, so somebody else records what became of the deep dive."
        )
