"""What the pages of governance share: the plan, the right to the board's papers, and links."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from governance import permissions
from plans.models import Plan
from plans.permissions import visible_to

SHORT_LIST = 6


@dataclass(frozen=True)
class ShortList:
    """A list of which the first rows stand on the page and the rest is folded away."""

    all: Sequence[Any]

    @property
    def first(self) -> Sequence[Any]:
        """The rows that always show; one left over is not worth folding away."""
        return self.all if len(self.all) <= SHORT_LIST + 1 else self.all[:SHORT_LIST]

    @property
    def rest(self) -> Sequence[Any]:
        """The rows behind "Show the others"."""
        return self.all[len(self.first) :]


def plan_of_board(request: HttpRequest, slug: str) -> Plan:
    """The plan of that name, for readers of the board's papers.

    404 for a plan that the reader may not see; ``NotAllowed`` (403) for one whose dashboard and
    packs are not for them.
    """
    plans = visible_to(request.user, Plan).select_related("partnership")
    plan = get_object_or_404(plans, slug=slug)
    permissions.require_board_papers(request.user, plan)
    return plan


def table_link(plan: Plan, **filters: str) -> str:
    """The table of milestones, filtered."""
    return f"{reverse('plans:milestone-list', args=[plan.slug])}?{urlencode(filters)}"
