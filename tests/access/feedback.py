"""What families said, in every state, entered by a parent carer representative and by the office."""

import datetime as dt
from typing import Any

from governance.models import FeedbackItem
from governance.services import feedback
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from tests.factories.world import TODAY, World

QUARTER, QUARTER_BEFORE = dt.date(2024, 7, 1), dt.date(2024, 4, 1)


def enter(world: World, *, by: User, **words: Any) -> FeedbackItem:
    """An entry as it comes in."""
    given = {
        "theme": "Waiting",
        "source": "Survey of the forum",
        "said_on": TODAY - dt.timedelta(days=60),
        "said": "We wait too long.",
    }
    return feedback.enter(plan=world.plan, by=by, **(given | words))


def answered(world: World, item: FeedbackItem) -> FeedbackItem:
    """The same with an answer of the lead that is part of an action."""
    return feedback.answer(
        item=item,
        will_do="Hire two more.",
        done="One began in June.",
        difference="Waits are shorter.",
        actions=[world.actions["PA1.1"]],
        base_version=item.version,
        by=world.people[Role.WORKSTREAM_LEAD],
    )


def approved(world: World, item: FeedbackItem) -> FeedbackItem:
    """The same, approved by the office."""
    row = answered(world, item)
    office = world.people[Role.PROGRAMME_OFFICE]
    return feedback.approve(item=row, base_version=row.version, by=office)


def published(world: World, item: FeedbackItem, quarter: dt.date = QUARTER) -> FeedbackItem:
    """The same, on the page of a quarter."""
    row = approved(world, item)
    office = world.people[Role.PROGRAMME_OFFICE]
    feedback.publish(item=row, quarter=quarter, base_version=row.version, by=office)
    return FeedbackItem.objects.get(pk=row.pk)


def stand(world: World) -> dict[str, Any]:
    """An entry of the parent carer representative that is published, changed and a draft again."""
    first = published(world, enter(world, by=world.people[Role.PARENT_CARER_REPRESENTATIVE]))
    answered(world, first)
    return {"entry": first.number, "quarter": "2024-q3"}


def grow(world: World) -> None:
    """One more in each state, of the representative and of the lead, in two quarters."""
    families = world.people[Role.PARENT_CARER_REPRESENTATIVE]
    lead, office = world.people[Role.WORKSTREAM_LEAD], world.people[Role.PROGRAMME_OFFICE]
    for person in (families, lead):
        enter(world, by=person)
        answered(world, enter(world, by=person))
        approved(world, enter(world, by=person))
        published(world, enter(world, by=person))
        published(world, enter(world, by=person), QUARTER_BEFORE)
        gone = published(world, enter(world, by=person))
        feedback.withdraw(
            item=gone, reason="It was told twice.", base_version=gone.version, by=office
        )
    first = FeedbackItem.objects.get(plan=world.plan, number=1)
    published(world, first)
