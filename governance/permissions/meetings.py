"""Who may see when a group meets, who may read what it meets on, and who keeps it.

Everyone who reads the plan sees when its groups meet. What a meeting is about is for those who sit
in the group today and hold a role in its partnership, and for whoever keeps the meetings.
"""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from governance.enums import Capacity
from governance.models import (
    AgendaItem,
    Attendance,
    DeclaredInterest,
    Group,
    Meeting,
    MeetingPaper,
    Membership,
)
from governance.permissions import visible_groups
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import NotAllowed
from plans.models import Plan

CHAIRS = (Capacity.CHAIR, Capacity.JOINT_CHAIR)


@dataclass(frozen=True)
class MeetingRights:
    """What somebody may do with the meetings of a group."""

    sits: bool = False
    chairs: bool = False
    manages: bool = False
    reads_officers: bool = False
    reads_people: bool = False

    @property
    def reads(self) -> bool:
        """Whether they read agendas, papers and minutes, and not only the dates."""
        return self.sits or self.manages

    @property
    def edits_agenda(self) -> bool:
        """Whether they say what stands on an agenda."""
        return self.chairs or self.manages


def visible_meetings(user: Any) -> models.QuerySet[Meeting]:
    """The meetings of which the person may see the date, with the groups that they may see."""
    return Meeting.objects.filter(group__in=visible_groups(user))


def read_meetings(user: Any) -> models.QuerySet[Meeting]:
    """The meetings that the person may open: of groups in which they sit, or that they keep."""
    held = access.of(user)
    kept = Q(group__plan__partnership__in=held.partnerships_where(Permission.MANAGE_MEETINGS))
    return visible_meetings(user).filter(kept | Exists(_seats(user, OuterRef("group"))))


def visible_items(user: Any) -> models.QuerySet[AgendaItem]:
    """The items of meetings that the person may open; those for officers only to officers."""
    officers = access.of(user).partnerships_where(Permission.READ_OFFICERS_WORDS)
    for_reader = Q(is_officers_only=False) | Q(meeting__group__plan__partnership__in=officers)
    return AgendaItem.objects.filter(for_reader, meeting__in=read_meetings(user))


def visible_papers(user: Any) -> models.QuerySet[MeetingPaper]:
    """The papers of the items that the person may see."""
    return MeetingPaper.objects.filter(item__in=visible_items(user))


def standing_papers(user: Any) -> models.QuerySet[MeetingPaper]:
    """The papers whose files the person may have now: neither they nor their item was withdrawn."""
    return (
        visible_papers(user)
        .filter(withdrawn_reason="", item__withdrawn_reason="")
        .select_related("file", "item")
    )


def visible_attendance(user: Any) -> models.QuerySet[Attendance]:
    """Who came to the meetings that the person may open."""
    return Attendance.objects.filter(meeting__in=read_meetings(user))


def visible_interests(user: Any) -> models.QuerySet[DeclaredInterest]:
    """What was declared in meetings that the person may open, on items that they may see."""
    return DeclaredInterest.objects.filter(
        Q(item=None) | Q(item__in=visible_items(user)), meeting__in=read_meetings(user)
    )


def keeps_meetings(user: Any, plan: Plan) -> bool:
    """Whether the person plans the meetings of all groups of a plan."""
    return access.of(user).may(Permission.MANAGE_MEETINGS, partnership_id=plan.partnership_id)


def rights_in(user: Any, group: Group) -> MeetingRights:
    """What the person may do with a group's meetings, by the roles read for this page."""
    return _rights(user, access.of(user), group)


def rights_now(by: Any, group: Group) -> MeetingRights:
    """The same by the roles and seats as they are stored this moment, for services."""
    return _rights(by, access.read(by, on=dates.today()), group)


def require_reading(user: Any, group: Group) -> None:
    """Refuse whoever may know when a group meets and not on what. Raises ``NotAllowed``."""
    if not rights_in(user, group).reads:
        raise NotAllowed(
            "Agenda, papers and minutes are for the members of this group and the programme office."
        )


def require_manager(by: Any, group: Group) -> None:
    """Refuse whoever does not keep the meetings. Raises ``NotAllowed``."""
    access.require(by, Permission.MANAGE_MEETINGS, partnership_id=group.plan.partnership_id)


def require_agenda(by: Any, group: Group) -> None:
    """Refuse whoever neither chairs the group nor keeps its meetings. Raises ``NotAllowed``."""
    if not rights_now(by, group).edits_agenda:
        raise NotAllowed("Only the chairs of this group and the programme office edit its agendas.")


def require_chair(by: Any, group: Group) -> None:
    """Refuse whoever does not chair the group today. Raises ``NotAllowed``."""
    if not rights_now(by, group).chairs:
        raise NotAllowed("Only a chair of this group agrees its minutes.")


def _rights(user: Any, held: access.Access, group: Group) -> MeetingRights:
    place = group.plan.partnership_id
    if not held.may(Permission.READ_PLAN, partnership_id=place):
        return MeetingRights()
    capacities = set(_seats(user, group.pk).values_list("capacity", flat=True))
    return MeetingRights(
        sits=bool(capacities),
        chairs=not capacities.isdisjoint(CHAIRS),
        manages=held.may(Permission.MANAGE_MEETINGS, partnership_id=place),
        reads_officers=held.may(Permission.READ_OFFICERS_WORDS, partnership_id=place),
        reads_people=held.may(Permission.READ_PEOPLE, partnership_id=place),
    )


def _seats(user: Any, group: Any) -> models.QuerySet[Membership]:
    """The seats that the person has in a group today."""
    return _seats_of(user).filter(group=group)


def _seats_of(user: Any) -> models.QuerySet[Membership]:
    """The seats that the person has anywhere today."""
    person = user.pk if isinstance(user, User) else None
    return Membership.objects.current(dates.today()).filter(person=person, person__isnull=False)


def may_have_feed(by: Any, plan: Plan) -> bool:
    """Whether somebody has meetings of a plan to see now: a seat in a group, or all to keep."""
    held = access.read(by, on=dates.today())
    if not held.may(Permission.READ_PLAN, partnership_id=plan.partnership_id):
        return False
    keeps = held.may(Permission.MANAGE_MEETINGS, partnership_id=plan.partnership_id)
    return keeps or _seats_of(by).filter(group__plan=plan).exists()
