"""Who may read which pack, before and after it is issued, and who has which part in issuing it."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Q

from governance.enums import Edition, PackState
from governance.models import BoardPack, PackRun
from governance.policies.packs import PREVIEWED
from hertsend.accounts import access
from hertsend.accounts.access import Access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import NotAllowed
from plans.models import Plan

READERS: dict[Edition, Permission] = {
    Edition.BOARD: Permission.READ_BOARD_PACK,
    Edition.EXECUTIVE: Permission.READ_EXECUTIVE_PACK,
    Edition.FAMILIES: Permission.READ_PLAIN_ENGLISH,
}
"""What the readers of each edition hold."""


def visible_runs(user: Any) -> models.QuerySet[PackRun]:
    """The packs that the person may open: issued ones of their editions, and previews for some.

    The programme office, joint chairs and the executive's chair see each from the moment at which
    its content is fixed.
    """
    held = access.of(user)
    previewed = held.partnerships_where(Permission.PREVIEW_PACK)
    readable = Q(pk__in=())
    for edition, needs in READERS.items():
        places = held.partnerships_where(needs)
        of_edition = Q(edition=edition)
        readable |= of_edition & Q(partnership__in=places, state=PackState.ISSUED)
        readable |= of_edition & Q(partnership__in=places & previewed, state__in=PREVIEWED)
    return PackRun.objects.filter(readable)


def visible_packs(user: Any) -> models.QuerySet[BoardPack]:
    """The contents of the packs that the person may open."""
    return BoardPack.objects.filter(run__in=visible_runs(user))


def runs_in_preparation(user: Any) -> models.QuerySet[PackRun]:
    """Every pack, planned ones too, of the partnerships in which the person prepares or issues them."""
    places = access.of(user).partnerships_where(Permission.PREVIEW_PACK)
    return PackRun.objects.filter(partnership__in=places)


def may_read(held: Access, run: PackRun) -> bool:
    """Whether a person with these rights may open an issued pack: asked again when it is sent."""
    needs = READERS[Edition(run.edition)]
    return run.state == PackState.ISSUED and held.may(needs, partnership_id=run.partnership_id)


def addressees(run: PackRun, *, on: dt.date) -> list[User]:
    """Who is told of a pack: the readers of its edition on that day.

    The families' edition is told to those who have no other: everybody may read it.
    """
    place = run.partnership_id
    holders = access.holders_in(place, on=on)
    readers = holders.of(READERS[Edition(run.edition)], partnership_id=place)
    if run.edition != Edition.FAMILIES:
        return readers
    others = set(holders.of(Permission.READ_BOARD_PACK, partnership_id=place))
    return [person for person in readers if person not in others]


def does_in_packs(user: Any, plan: Plan) -> dict[str, bool]:
    """Which parts the person has in the making of packs, for buttons."""
    held, place = access.of(user), plan.partnership_id
    return {
        "previews": held.may(Permission.PREVIEW_PACK, partnership_id=place),
        "releases": held.may(Permission.RELEASE_PACK, partnership_id=place),
        "issues": held.may(Permission.ISSUE_PACK, partnership_id=place),
    }


def require_releasing(user: Any, plan: Plan) -> None:
    """Refuse whoever may see a pack being made but does not make it. Raises ``NotAllowed``."""
    if not does_in_packs(user, plan)["releases"]:
        raise NotAllowed("Only the programme office prepares and releases packs. Ask one of them.")


def require_issuing(user: Any, plan: Plan) -> None:
    """Refuse whoever may see a pack being made but does not issue it. Raises ``NotAllowed``."""
    if not does_in_packs(user, plan)["issues"]:
        raise NotAllowed("Only a joint chair issues packs or returns them. Ask one of them.")
