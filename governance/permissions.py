"""Who may see which packs, and which words a dashboard or a pack may show."""

from typing import Any

from django.db import models

from governance.models import BoardPack
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from plans import permissions
from plans.models import DateChange, MilestoneUpdate, Plan, StageChange

WORDED: tuple[type[models.Model], ...] = (MilestoneUpdate, StageChange, DateChange)
"""The records whose words a dashboard shows; the names of their fields do not clash in meaning."""


def visible_packs(user: Any) -> models.QuerySet[BoardPack]:
    """The packs that the person may open: those of partnerships where they read the board's papers."""
    partnerships = access.of(user).partnerships_where(Permission.READ_BOARD_PACK)
    return BoardPack.objects.filter(partnership__in=partnerships)


def require_board_papers(user: Any, plan: Plan) -> None:
    """Refuse whoever may read the plan but not the board's papers. Raises ``NotAllowed``."""
    access.require(user, Permission.READ_BOARD_PACK, partnership_id=plan.partnership_id)


def visible_words(user: Any, plan: Plan) -> frozenset[str]:
    """The fields of updates, acts and date changes that the person may see."""
    return frozenset().union(
        *(
            permissions.visible_fields(user, model, partnership_id=plan.partnership_id)
            for model in WORDED
        )
    )


def words_of_packs() -> frozenset[str]:
    """The fields that go into a pack: what a board member sees, without internal notes.

    A pack is handed on to advisers, for whom internal notes are closed, so they never go in.
    """
    kinds = (permissions.PLAIN_FIELDS, permissions.OFFICER_FIELDS, permissions.PEOPLE_FIELDS)
    return frozenset().union(*(fields[model] for fields in kinds for model in WORDED))
