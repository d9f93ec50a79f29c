"""Who sits in the groups that the plan names; two things are missing, so that the page shows how it tells."""

import datetime as dt
from dataclasses import dataclass

from governance.enums import Capacity, Sector
from governance.models import Group
from governance.services import groups
from hertsend import dates
from hertsend.accounts.models import User
from hertsend.pages.demonstration.people import STARTS_ON, Cast
from plans.models import Plan, Workstream

SEATED_ON = dt.date(2024, 1, 16)
APPROVED_ON = dt.date(2024, 1, 31)
COUNCIL, ICB = "Hertfordshire County Council", "NHS Hertfordshire and West Essex ICB"
SECTORS = (Sector.EDUCATION, Sector.SOCIAL_CARE, Sector.HEALTH)
WITHOUT_PARENT_CARER = "AI5"


def seat(plan: Plan, cast: Cast) -> None:
    """Take over the plan's groups and seat the invented people in them."""
    office = cast.people["office"]
    with dates.at(dates.start_of(STARTS_ON)):
        groups.take_over(plan=plan, by=office)
    with dates.at(dates.start_of(SEATED_ON)):
        for group in plan.groups.prefetch_related("workstreams"):
            _seat(group, cast, office)
    with dates.at(dates.start_of(APPROVED_ON)):
        for group in plan.groups.filter(tier__in=["executive", "board"]):
            groups.add_terms(
                group=group,
                title=f"Terms of reference of the {group.name}",
                link=f"https://hertsend.invalid/terms/{group.key}",
                approved_on=APPROVED_ON,
                review_on=APPROVED_ON.replace(month=7 if group.tier == "board" else 12),
                by=office,
            )


def _seat(group: Group, cast: Cast, office: User) -> None:
    people, seat = cast.people, Seats(group, office)
    if group.tier == "executive":
        seat.add(people["executive-chair"], Capacity.CHAIR, Sector.OTHER, "Independent")
        seat.add(people["executive"], Capacity.MEMBER, Sector.HEALTH)
        seat.add(people["families"], Capacity.PARENT_CARER_REPRESENTATIVE, Sector.FAMILIES)
    if group.tier == "board":
        chairs = {chair.pk: chair for pair in cast.chairs.values() for chair in pair}
        for chair, sector in zip(chairs.values(), SECTORS, strict=False):
            seat.add(chair, Capacity.JOINT_CHAIR, sector)
        seat.add(people["board"], Capacity.MEMBER, Sector.EDUCATION)
        seat.add(people["families"], Capacity.PARENT_CARER_REPRESENTATIVE, Sector.FAMILIES)
    if group.tier == "workstream":
        for stream in group.workstreams.all():
            seat.add(cast.leads[stream.key], Capacity.MEMBER, Sector.EDUCATION, stream=stream)
            if stream.key != WITHOUT_PARENT_CARER:
                name = f"Parent carer for {stream.key} (demonstration)"
                seat.add(name, Capacity.PARENT_CARER_REPRESENTATIVE, Sector.FAMILIES, stream=stream)


@dataclass(frozen=True)
class Seats:
    """The seats of one group, given by the programme office."""

    group: Group
    office: User

    def add(
        self,
        who: User | str,
        capacity: Capacity,
        sector: Sector,
        organisation: str = "",
        *,
        stream: Workstream | None = None,
    ) -> None:
        """Seat a person, or somebody by name, from the first meeting on."""
        forum = self.group.plan.partnership.parent_carer_forum
        known = {Sector.HEALTH: ICB, Sector.FAMILIES: forum}
        groups.join(
            group=self.group,
            person=who if isinstance(who, User) else None,
            name=who if isinstance(who, str) else "",
            capacity=capacity,
            organisation=organisation or known.get(sector, COUNCIL),
            sector=sector,
            workstream=stream,
            starts_on=SEATED_ON,
            by=self.office,
        )
