"""What of the measures is found by words."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from hertsend.records.search import Found, Searched
from kpis import permissions
from kpis.models import Indicator
from plans.models import Plan

TEXTS = ("name", "plain_words", "target_text", "note")


def _measures(user: Any, plan: Plan) -> Iterable[Found]:
    for row in permissions.visible_to(user, Indicator).filter(plan=plan):
        yield Found(
            title=row.name,
            url=reverse("kpis:indicator-detail", args=[plan.slug, row.key]),
            texts={name: getattr(row, name) for name in TEXTS},
        )


SEARCHED: tuple[Searched, ...] = (
    Searched("measures", "Measures", _measures, lambda _user, _plan: frozenset(TEXTS)),
)
"""The kinds of the measures, in the order in which they are listed."""
