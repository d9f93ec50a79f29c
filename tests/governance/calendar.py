"""What tests of the calendar's doors share: its months in the world, and asking as somebody."""

import datetime as dt
from typing import Any

from django.urls import reverse

from hertsend.accounts.models import User
from tests.factories.world import World, at
from tests.journeys.office import browser_of

FREEZES = dt.date(2024, 9, 10)
REOPENED = dt.date(2024, 9, 16)
AGAIN = dt.date(2024, 9, 20)
WHY = "PA1 counted one service twice."


def address(world: World, name: str, *rest: str) -> str:
    """A page of governance."""
    return reverse(f"governance:{name}", args=[world.plan.slug, *rest])


def boxes(**days: dt.date) -> dict[str, str]:
    """Days as the three boxes of a form."""
    return {
        f"{name}_{part}": str(getattr(day, part))
        for name, day in days.items()
        for part in ("day", "month", "year")
    }


def get(person: User, where: str, *, on: dt.date) -> Any:
    """A page as somebody sees it on a day."""
    with at(on):
        return browser_of(person).get(where)


def post(person: User, where: str, /, *, on: dt.date, **typed: Any) -> Any:
    """A form as somebody sends it on a day."""
    with at(on):
        return browser_of(person).post(where, typed, follow=True)
