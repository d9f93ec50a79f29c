"""What waits for whom, over all sources and plans: what home shows and the daily digest tells."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Max

from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.jobs.enums import HANDED_OVER_MESSAGE_STATES
from hertsend.jobs.matters import DIGEST, Asked, Group, Matter, collect
from hertsend.jobs.models import Message
from plans.models import Plan


@dataclass(frozen=True)
class WaitingMatter:
    """A matter with the title of its plan."""

    plan: str
    matter: Matter


@dataclass(frozen=True)
class WaitingGroup:
    """A heading with what stands under it."""

    group: Group
    entries: tuple[WaitingMatter, ...]


@dataclass(frozen=True)
class Waiting:
    """One person's matters of one or several plans under headings, most pressing first."""

    groups: tuple[WaitingGroup, ...]

    @property
    def entries(self) -> list[WaitingMatter]:
        """All of them, in order."""
        return [entry for group in self.groups for entry in group.entries]

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.entries)

    @property
    def has_several_plans(self) -> bool:
        """Whether each matter needs its plan's name beside it."""
        return len({entry.plan for entry in self.entries}) > 1

    def tells(self, *, after: dt.date | None) -> bool:
        """Whether anything is to be told to who had their last digest on the day ``after``."""
        return any(entry.matter.is_told(after=after) for entry in self.entries)


def matters_by_person(plan: Plan, *, on: dt.date, held_on: dt.date) -> dict[int, list[Matter]]:
    """What waits in a plan as at the day ``on``, by the primary key of who may read the plan then."""
    held = access.everyone_in(plan.partnership_id, on=held_on)
    readers = access.who_may(held, Permission.READ_PLAN, partnership_id=plan.partnership_id)
    found = collect(Asked(plan, on=on, held_on=held_on, held=held))
    return {person: matters for person, matters in found.items() if person in readers}


def waiting_for(user: User, *, plans: Iterable[Plan], on: dt.date, held_on: dt.date) -> Waiting:
    """A person's part of ``matters_by_person`` in these plans, under headings."""
    found: dict[Group, list[WaitingMatter]] = {}
    waiting = [
        WaitingMatter(plan=plan.title, matter=matter)
        for plan in plans
        for matter in matters_by_person(plan, on=on, held_on=held_on).get(user.pk, [])
    ]
    for entry in sorted(waiting, key=lambda each: each.matter.order):
        found.setdefault(entry.matter.group, []).append(entry)
    return Waiting(tuple(WaitingGroup(group, tuple(rows)) for group, rows in found.items()))


def last_digests(people: Collection[int], *, before: dt.date) -> dict[int, dt.date]:
    """The day of the last digest before a day that may have reached each of these people.

    One that was never handed to the mail server told nobody anything; whoever has none is left out.
    """
    rows = Message.objects.filter(
        kind=DIGEST,
        recipient__in=people,
        day__lt=before,
        state__in=HANDED_OVER_MESSAGE_STATES,
    )
    return dict(rows.order_by().values_list("recipient").annotate(Max("day")))
