"""Groups as the pages show them: who reports to whom, who sits where, and what is missing."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from governance.enums import Capacity
from governance.models import Group, Membership, TermsOfReference
from governance.policies import groups as rules
from governance.policies.groups import Seat
from hertsend.accounts.models import RoleAssignment
from hertsend.records.trail import TrailEntry, merged, trail_of
from plans.models import Plan


@dataclass(frozen=True)
class SeatLine:
    """Somebody in a group; ``who`` is "" for readers who see no names."""

    pk: int
    who: str
    capacity: str
    organisation: str
    sector: str
    workstream: str
    starts_on: dt.date
    ends_on: dt.date | None
    has_account: bool


@dataclass(frozen=True)
class GroupLine:
    """A group as at a day: its place, its people, its terms of reference and what it lacks."""

    group: Group
    above: tuple[str, ...]
    above_keys: tuple[str, ...]
    below: tuple[str, ...]
    workstreams: tuple[str, ...]
    seats: tuple[SeatLine, ...]
    terms: TermsOfReference | None
    gaps: tuple[str, ...]

    @property
    def key(self) -> str:
        """Its name in addresses."""
        return self.group.key

    @property
    def name(self) -> str:
        """What it is called."""
        return self.group.name

    @property
    def chairs(self) -> tuple[SeatLine, ...]:
        """Those who chair it, alone or jointly."""
        chairing = (Capacity.CHAIR.label, Capacity.JOINT_CHAIR.label)
        return tuple(seat for seat in self.seats if seat.capacity in chairing)


def groups_of(plan: Plan, *, on: dt.date, with_names: bool) -> list[GroupLine]:
    """The groups that exist on a day, in the plan's order. Seven queries, however many."""
    return _lines(plan.groups.exclude(ended_on__lt=on), on=on, with_names=with_names)


def ended_groups(plan: Plan, *, on: dt.date) -> list[Group]:
    """The groups whose last day has passed, the latest first."""
    return list(plan.groups.filter(ended_on__lt=on).order_by("-ended_on", "pk"))


def group_line(group: Group, *, on: dt.date, with_names: bool) -> GroupLine:
    """One group, also after its end."""
    return _lines(Group.objects.filter(pk=group.pk), on=on, with_names=with_names)[0]


def past_and_future_seats(
    group: Group, *, on: dt.date, with_names: bool
) -> tuple[list[SeatLine], list[SeatLine]]:
    """Who sat in the group before, and who will; what was taken back before it began is left out."""
    rows = group.memberships.filter(is_cancelled=False).select_related("person", "workstream")
    before = rows.filter(ends_on__lt=on).order_by("-ends_on", "pk")
    later = rows.filter(starts_on__gt=on).order_by("starts_on", "pk")
    return (
        [_seat(row, with_names=with_names) for row in before],
        [_seat(row, with_names=with_names) for row in later],
    )


def roles_of_leaver(membership: Membership, *, on: dt.date) -> list[RoleAssignment]:
    """The roles that somebody who leaves still holds in the partnership."""
    if membership.person_id is None:
        return []
    return list(
        RoleAssignment.objects.not_over(on).filter(
            user=membership.person_id, partnership=membership.group.plan.partnership_id
        )
    )


def groups_not_taken_over(plan: Plan) -> int:
    """How many groups the plan names that are not kept here yet."""
    section = plan.sections.filter(key="groups").first()
    named = {entry["key"] for entry in section.content} if section else set()
    return len(named - set(plan.groups.values_list("key", flat=True)))


def history_of(group: Group, *, with_names: bool) -> list[TrailEntry]:
    """Every change of a group and of who sits in it, in sentences."""
    seats = Membership.objects.filter(group=group).values_list("pk", flat=True)
    return merged(
        trail_of(
            Group,
            about=Q(id=group.pk),
            wording={"place": "Place", "ended_on": "Last day"},
            created="The group is kept here.",
            show_people=with_names,
            show_reasons=with_names,
        ),
        trail_of(
            Membership,
            about=Q(id__in=seats),
            wording={"ends_on": "Last day of a member"},
            created="Somebody joined.",
            show_people=with_names,
            show_reasons=with_names,
        ),
    )


def _lines(rows: QuerySet[Group], *, on: dt.date, with_names: bool) -> list[GroupLine]:
    current = Membership.objects.current(on).select_related("person", "workstream")
    groups = rows.select_related("plan").prefetch_related(
        "reports_to",
        "reporting",
        "workstreams",
        "terms__file",
        Prefetch("memberships", queryset=current, to_attr="seated"),
    )
    return [_line(group, on=on, with_names=with_names) for group in groups]


def _line(group: Group, *, on: dt.date, with_names: bool) -> GroupLine:
    """The line of a group that carries its current members (``seated``)."""
    seated: Sequence[Membership] = group.seated
    streams = tuple(stream.key for stream in group.workstreams.all())
    terms = next(iter(group.terms.all()), None)
    return GroupLine(
        group=group,
        above=tuple(upper.name for upper in group.reports_to.all()),
        above_keys=tuple(upper.key for upper in group.reports_to.all()),
        below=tuple(lower.name for lower in group.reporting.all()),
        workstreams=streams,
        seats=tuple(_seat(row, with_names=with_names) for row in seated),
        terms=terms,
        gaps=rules.gaps_of(
            tier=group.tier,
            workstreams=streams,
            seats=[_of_rules(row) for row in seated],
            terms_review_on=terms.review_on if terms else None,
            has_terms=terms is not None,
            on=on,
        ),
    )


def _of_rules(row: Membership) -> Seat:
    sat_for = frozenset({row.workstream.key}) if row.workstream else frozenset()
    return Seat(capacity=row.capacity, sector=row.sector, workstreams=sat_for)


def _seat(row: Membership, *, with_names: bool) -> SeatLine:
    who = str(row.person) if row.person else row.name
    return SeatLine(
        pk=row.pk,
        who=who if with_names else "",
        capacity=row.get_capacity_display(),
        organisation=row.organisation,
        sector=row.get_sector_display(),
        workstream=row.workstream.key if row.workstream else "",
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        has_account=row.person_id is not None,
    )
