"""A public summary of a plan: written, approved by another, published and corrected."""

import datetime as dt
from typing import Any

from governance.models import AreaSummary, PublicSetting, SummaryPublication
from governance.services import public_summary as services
from hertsend.accounts.roles import Role
from plans.models import Area, ReportingPeriod
from tests.factories.world import TODAY, World

JULY = dt.date(2024, 7, 1)
WORDS = {
    "progress": "The team has begun its work.",
    "meaning": "Families wait less for an answer.",
    "next_step": "We will open a second office in May.",
}


def switch(world: World, *, is_on: bool = True, **changed: Any) -> PublicSetting:
    """The executive chair decides."""
    given = {
        "is_on": is_on,
        "from_on": TODAY,
        "threshold": 5,
        "reason": "The board agreed.",
        "base_number": PublicSetting.objects.filter(plan=world.plan).count(),
        "by": world.people[Role.EXECUTIVE_CHAIR],
    }
    return services.switch(plan=world.plan, **(given | changed))


def written(world: World, period: ReportingPeriod, area: Area, **words: Any) -> AreaSummary:
    """The office writes an area's sentences."""
    stored = AreaSummary.objects.filter(period=period, area=area).first()
    given = WORDS | {
        "base_version": stored.version if stored else 0,
        "by": world.people[Role.PROGRAMME_OFFICE],
    }
    return services.write(period=period, area=area, **(given | words))


def approved(world: World, summary: AreaSummary) -> AreaSummary:
    """A joint chair approves them."""
    chair = world.people[Role.JOINT_CHAIR]
    return services.approve(summary=summary, base_version=summary.version, by=chair)


def all_approved(world: World, period: ReportingPeriod, **words: Any) -> None:
    """The sentences of every area that has none are written and approved."""
    for area in world.plan.areas.exclude(summaries__period=period):
        approved(world, written(world, period, area, **words))


def publish(world: World, period: ReportingPeriod, **changed: Any) -> SummaryPublication:
    """The office publishes, or corrects."""
    number = SummaryPublication.objects.filter(period=period).count()
    given = {"correction": "A date was wrong." if number else "", "base_number": number}
    given |= {"by": world.people[Role.PROGRAMME_OFFICE]}
    return services.publish(period=period, **(given | changed))


def stand(world: World) -> None:
    """July is public; of the other partnership it was, and is off again."""
    july = world.period(JULY)
    all_approved(world, july)
    switch(world)
    publish(world, july)
    if world.foreign is None:
        switch(world, is_on=False)


def grow(world: World) -> None:
    """One more correction, and one more decision."""
    july = world.period(JULY)
    all_approved(world, july)
    switch(world)
    publish(world, july)
    if world.foreign is None:
        switch(world, is_on=False)
