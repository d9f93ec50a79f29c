"""Whose act it is beside the person's who did it: for whom a deputy stood in, for whom the office acted.

Nobody decides on such an act either: it is also theirs (design §1, nobody decides what they wrote).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from hertsend.accounts.models import PostHolding, RoleAssignment
from hertsend.accounts.roles import Role
from plans.models import Action, Milestone, MilestoneLead

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class StoodIn:
    """That somebody stood in for a lead, with a role or a post that reaches the work in question."""

    deputy: int
    deputy_name: str
    lead: int
    starts_on: dt.date
    ends_on: dt.date

    def covers(self, day: dt.date) -> bool:
        """Whether an act of that day may have been done in the lead's place.

        What is ended at once has yesterday as its last day, or is cancelled on its first: so the day
        after the last one counts, and what was cancelled too. Ending it does not undo what was done.
        """
        return self.starts_on <= day <= self.ends_on + ONE_DAY


class StandIns:
    """Who stood in for whom, by what they worked on; read once, to be asked often."""

    def __init__(self, found: Mapping[int, Sequence[StoodIn]]) -> None:
        """``found`` by the primary key of the milestone or the action."""
        self._found = found

    def behind(self, key: int, *, person: int, day: dt.date) -> list[StoodIn]:
        """In whose place the person may have acted there on that day, each lead once."""
        leads = {
            each.lead: each
            for each in self._found.get(key, ())
            if each.deputy == person and each.lead != person and each.covers(day)
        }
        return list(leads.values())

    def leads_behind(self, key: int, *, person: int, day: dt.date) -> set[int]:
        """The leads in whose place the person may have acted there on that day."""
        return {each.lead for each in self.behind(key, person=person, day=day)}


def stand_ins_on(milestones: Collection[int]) -> StandIns:
    """Who stood in for whom on these milestones. Four queries, however many."""
    places = Milestone.objects.filter(pk__in=milestones).values_list(
        "pk", "plan__partnership", "action__workstream__key"
    )
    leads = MilestoneLead.objects.filter(milestone__in=milestones)
    return _found(places, leads.values_list("milestone", "post"))


def stand_ins_in(actions: Collection[int]) -> StandIns:
    """Who stood in for whom in these actions. Four queries, however many."""
    places = Action.objects.filter(pk__in=actions).values_list(
        "pk", "plan__partnership", "workstream__key"
    )
    leads = MilestoneLead.objects.filter(milestone__action__in=actions)
    return _found(places, leads.values_list("milestone__action", "post"))


def _found(places: Iterable[tuple[int, int, str]], leads: Iterable[tuple[int, int]]) -> StandIns:
    """Deputies by role, which reaches a whole workstream, and by post, which reaches what it leads."""
    of_stream: dict[tuple[int, str], list[StoodIn]] = defaultdict(list)
    as_deputy = Q(deputyship__isnull=False)
    stands = list(places)
    for role in RoleAssignment.objects.filter(
        as_deputy, role=Role.WORKSTREAM_LEAD, partnership__in={each[1] for each in stands}
    ).select_related("deputyship", "user"):
        of_stream[role.partnership_id, role.scope_key].append(_stood_in(role))
    found: dict[int, list[StoodIn]] = defaultdict(list)
    for key, partnership, stream in stands:
        found[key] += of_stream.get((partnership, stream), ())
    of_post: dict[int, list[StoodIn]] = defaultdict(list)
    led = list(leads)
    for holding in PostHolding.objects.filter(
        as_deputy, post__in={post for _, post in led}
    ).select_related("deputyship", "user"):
        of_post[holding.post_id].append(_stood_in(holding))
    for key, post in led:
        found[key] += of_post.get(post, ())
    return StandIns(found)


def _stood_in(held: Any) -> StoodIn:
    return StoodIn(
        deputy=held.user_id,
        deputy_name=held.user.name,
        lead=held.deputyship.lead_id,
        starts_on=held.starts_on,
        ends_on=held.ends_on,
    )


@dataclass(frozen=True)
class ForPost:
    """That the programme office acted for a post, and on which days it matters who held it."""

    key: int
    post: int
    partnership: int
    workstream: str
    days: tuple[dt.date, ...]


def people_meant(acts: Sequence[ForPost]) -> dict[int, set[int]]:
    """On whose behalf the office acted, by ``key``: who held the post, and who led the workstream.

    Two queries, or none.
    """
    if not acts:
        return {}
    holdings = list(PostHolding.objects.filter(post__in={each.post for each in acts}))
    leads = list(
        RoleAssignment.objects.filter(
            partnership__in={each.partnership for each in acts}, role=Role.WORKSTREAM_LEAD
        )
    )
    found: dict[int, set[int]] = defaultdict(set)
    for act in acts:
        meant: list[Any] = [each for each in holdings if each.post_id == act.post]
        meant += [
            each
            for each in leads
            if (each.partnership_id, each.scope_key) == (act.partnership, act.workstream)
        ]
        found[act.key] |= {each.user_id for each in meant if _held_on_one_of(each, act.days)}
    return found


def _held_on_one_of(holding: PostHolding | RoleAssignment, days: Iterable[dt.date]) -> bool:
    return not holding.is_cancelled and any(
        holding.starts_on <= day and (holding.ends_on is None or day <= holding.ends_on)
        for day in days
    )
