"""Assurance: the executive's chair says how sure one may be of an area, and why."""

from django.db import transaction

from governance import policies
from governance.models import AssuranceRating
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict
from hertsend.records import submissions
from plans.models import Area
from plans.services.locking import unique_means_conflict


@unique_means_conflict
@transaction.atomic
def set_assurance(
    *,
    area: Area,
    level: str,
    reasons: str,
    base_number: int,
    by: User,
    submission_key: str = "",
) -> AssuranceRating:
    """Rate the assurance of an area; the earlier ratings stay in its history.

    ``base_number`` is the number of the rating that was shown, 0 for none. A repeated submission
    answers with the rating that it made the first time.

    Raises ``NotAllowed``, ``RuleBroken`` without a level or reasons, ``Conflict`` when it was rated
    meanwhile.
    """
    row = Area.objects.select_for_update(of=("self",)).select_related("plan").get(pk=area.pk)
    access.require(by, Permission.SET_ASSURANCE, partnership_id=row.plan.partnership_id)
    sent = submissions.fingerprint_of(
        "set_assurance", {"values": [row.pk, level, reasons, base_number]}
    )
    earlier = submissions.earlier_result(person=by, key=submission_key, fingerprint=sent)
    if earlier is not None:
        return AssuranceRating.objects.get(pk=earlier)
    policies.check_assurance(level=level, reasons=reasons)
    latest = row.assurance_ratings.order_by("-number").first()
    number = latest.number if latest else 0
    if number != base_number:
        raise Conflict("This area was rated after you opened the form. Read that first.")
    rating = AssuranceRating.add(
        area=row,
        number=number + 1,
        level=level,
        reasons=reasons.strip(),
        by=by,
        at=dates.now(),
    )
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=rating.pk)
    return rating
