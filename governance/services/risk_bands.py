"""The bands of risk scores, as the programme office sets them from a day on."""

from dataclasses import asdict

from django.db import transaction

from governance.models import RiskBands
from governance.policies import risks as rules
from governance.policies.risks import BandWords
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict
from hertsend.records import submissions
from plans.models import Plan
from plans.services.locking import lock_plan, unique_means_conflict

OVERTAKEN = "The bands were set after you opened the form. Read them first."


@unique_means_conflict
@transaction.atomic
def set_bands(
    *,
    plan: Plan,
    words: BandWords,
    reason: str,
    base_number: int,
    by: User,
    submission_key: str = "",
) -> RiskBands:
    """Set the partnership's own bands from a day on; those before stay for the days before it.

    ``base_number`` is the number of the bands that were shown, 0 for the usual ones. Raises
    ``NotAllowed``, ``RuleBroken`` for bands out of order or without a reason, ``Conflict``.
    """
    row = lock_plan(plan)
    access.require(by, Permission.SET_RISK_BANDS, partnership_id=row.partnership_id)
    body = asdict(words) | {"plan": row.pk, "reason": reason, "base": base_number}
    sent, earlier = submissions.sent_before("set_bands", body, person=by, key=submission_key)
    if earlier is not None:
        return RiskBands.objects.get(pk=earlier)
    latest = RiskBands.objects.filter(partnership=row.partnership_id).first()
    number = latest.number if latest else 0
    if number != base_number:
        raise Conflict(OVERTAKEN)
    rules.check_bands(words, reason=reason, latest_from=latest.from_on if latest else None)
    given = {
        name: value.strip() if isinstance(value, str) else value
        for name, value in asdict(words).items()
    }
    bands = RiskBands.add(
        partnership_id=row.partnership_id,
        number=number + 1,
        reason=reason.strip(),
        by=by,
        at=dates.now(),
        **given,
    )
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=bands.pk)
    return bands
