"""The rhythm of meetings and of the executive's editions: its chair decides it from a month on."""

import datetime as dt

from django.db import transaction

from governance import policies, selectors
from governance.models import RhythmDecision
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict
from hertsend.records import submissions
from plans.models import Plan
from plans.services.locking import lock_plan, unique_means_conflict

CHANGED = "The rhythm was decided after you opened the page. Read that decision first."


@unique_means_conflict
@transaction.atomic
def decide_rhythm(
    *,
    plan: Plan,
    rhythm: str,
    from_month: dt.date,
    reason: str,
    base_number: int,
    by: User,
    submission_key: str = "",
) -> RhythmDecision:
    """Decide how often the executive meets and is reported to from a month on.

    ``base_number`` is the number of decisions on the page that was read. Deciding to go on as before
    is a decision too. Raises ``NotAllowed``, ``RuleBroken``, ``Conflict`` when it was decided since.
    """
    row = lock_plan(plan)
    access.require(by, Permission.DECIDE_RHYTHM, partnership_id=row.partnership_id)
    sent = submissions.fingerprint_of(
        "decide_rhythm", {"values": [row.pk, rhythm, from_month, reason, base_number]}
    )
    earlier = submissions.earlier_result(person=by, key=submission_key, fingerprint=sent)
    if earlier is not None:
        return RhythmDecision.objects.get(pk=earlier)
    earliest, latest = selectors.months_to_decide(row, on=dates.today())
    policies.check_rhythm(
        rhythm=rhythm, from_month=from_month, reason=reason, earliest=earliest, latest=latest
    )
    number = RhythmDecision.objects.filter(plan=row).count()
    if number != base_number:
        raise Conflict(CHANGED)
    decision = RhythmDecision.add(
        plan=row,
        number=number + 1,
        rhythm=rhythm,
        from_month=from_month,
        reason=reason.strip(),
        by=by,
        at=dates.now(),
    )
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=decision.pk)
    return decision
