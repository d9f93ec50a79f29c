"""Groups: taken over from the plan, added, ended; who joins and leaves; what they were set up to do."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from governance.enums import Capacity, GroupTier
from governance.models import Group, Membership, TermsOfReference
from governance.policies import groups as rules
from governance.services.locking import once
from hertsend import dates
from hertsend.accounts import access, permissions
from hertsend.accounts.models import User
from hertsend.accounts.policies import check_end, is_never_used
from hertsend.accounts.roles import Permission
from hertsend.accounts.services import roles
from hertsend.errors import RuleBroken
from hertsend.files import store
from hertsend.records.bases import save_audited
from plans.models import Plan, Workstream
from plans.services.evidence import stored_file

SECTION = "groups"
LONGEST_KEY = 100


def _require_manager(by: User, plan: Plan) -> None:
    access.require(by, Permission.MANAGE_GROUPS, partnership_id=plan.partnership_id)


def _lock(plan: Plan) -> Plan:
    """The plan, locked, so that changes of its groups queue up."""
    return Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)


@transaction.atomic
def take_over(*, plan: Plan, by: User) -> list[Group]:
    """Make the groups that the plan names and that are not kept yet; answer the new ones.

    Names, tiers and who reports to whom are the plan's; nothing that was kept here is changed.
    Safe to run twice.
    """
    _require_manager(by, plan)
    row = _lock(plan)
    section = row.sections.filter(key=SECTION).first()
    entries = section.content if section else []
    known = {group.key: group for group in row.groups.all()}
    made = []
    for position, entry in enumerate(entries, start=1):
        if entry["key"] not in known:
            known[entry["key"]] = _of_plan(row, entry, position, by=by)
            made.append(known[entry["key"]])
    new = {group.key for group in made}
    streams = {stream.key: stream for stream in row.workstreams.all()}
    for entry in entries:
        if entry["key"] in new:
            group = known[entry["key"]]
            _link(
                group,
                reports_to=[known[key] for key in entry.get("reports_to", [])],
                workstreams=[streams[key] for key in entry.get("workstreams", [])],
            )
            save_audited(group, by=by, reason="As the plan places it", fields=["place"])
    return made


def _of_plan(plan: Plan, entry: dict[str, Any], position: int, *, by: User) -> Group:
    group = Group(
        plan=plan,
        key=entry["key"],
        name=entry["name"],
        tier=entry["kind"],
        position=position,
        purpose=entry.get("description", ""),
        members_text=entry.get("members_text", ""),
        is_of_plan=True,
    )
    save_audited(group, by=by, reason="Taken over from the published plan")
    return group


@transaction.atomic
def add_group(
    *,
    plan: Plan,
    name: str,
    tier: str,
    purpose: str = "",
    reports_to: Collection[Group] = (),
    workstreams: Collection[Workstream] = (),
    by: User,
) -> Group:
    """Add a group that the plan does not name. Raises ``NotAllowed`` and ``RuleBroken``."""
    _require_manager(by, plan)
    row = _lock(plan)
    key = slugify(name)[:LONGEST_KEY]
    if not key:
        raise RuleBroken({"name": ["Enter the group's name."]})
    if row.groups.filter(key=key).exists():
        raise RuleBroken({"name": ["There is a group of that name already."]})
    group = Group(
        plan=row,
        key=key,
        name=name.strip(),
        tier=GroupTier(tier),
        position=row.groups.count() + 1,
        purpose=purpose.strip(),
    )
    save_audited(group, by=by, reason="Added")
    _place(group, reports_to=reports_to, workstreams=workstreams)
    save_audited(group, by=by, reason="Placed", fields=["place"])
    return group


@transaction.atomic
def place_group(
    *,
    group: Group,
    reports_to: Collection[Group],
    workstreams: Collection[Workstream],
    reason: str,
    by: User,
) -> Group:
    """Say to whom a group reports and which workstreams it delivers, with the reason.

    Raises ``NotAllowed``, and ``RuleBroken`` without a reason or for a group that would report to
    itself.
    """
    _require_manager(by, group.plan)
    _lock(group.plan)
    row = _open_group(group)
    if not reason.strip():
        raise RuleBroken({"reason": ["Enter the reason."]})
    _place(row, reports_to=reports_to, workstreams=workstreams)
    save_audited(row, by=by, reason=reason.strip(), fields=["place"])
    return row


def _open_group(group: Group) -> Group:
    row = Group.objects.select_for_update().get(pk=group.pk)
    if row.ended_on is not None and row.ended_on < dates.today():
        raise RuleBroken("This group has ended.")
    return row


def _place(
    group: Group, *, reports_to: Collection[Group], workstreams: Collection[Workstream]
) -> None:
    above = {
        each.key: [upper.key for upper in each.reports_to.all()]
        for each in Group.objects.filter(plan=group.plan).prefetch_related("reports_to")
    }
    above[group.key] = [upper.key for upper in reports_to]
    rules.check_reporting(own_key=group.key, above=above)
    plans = {each.plan_id for each in reports_to} | {each.plan_id for each in workstreams}
    if plans - {group.plan_id}:
        raise RuleBroken("Choose groups and workstreams of this plan.")
    _link(group, reports_to=reports_to, workstreams=workstreams)


def _link(
    group: Group, *, reports_to: Collection[Group], workstreams: Collection[Workstream]
) -> None:
    """Set both links, and their words, which the caller stores."""
    group.reports_to.set(reports_to)
    group.workstreams.set(workstreams)
    above = ", ".join(each.name for each in reports_to)
    streams = ", ".join(each.key for each in workstreams)
    group.place = "; ".join(
        words
        for words in (
            f"reports to {above}" if above else "reports to nobody here",
            f"delivers {streams}" if streams else "",
        )
        if words
    )


@transaction.atomic
def end_group(*, group: Group, ends_on: dt.date, reason: str, by: User) -> Group:
    """Set the last day of a group; its members' time ends with it.

    Raises ``NotAllowed``, and ``RuleBroken`` without a reason, for what has ended, or while other
    groups report to it.
    """
    _require_manager(by, group.plan)
    _lock(group.plan)
    row = _open_group(group)
    if not reason.strip():
        raise RuleBroken({"reason": ["Enter the reason."]})
    if ends_on < dates.today() - dt.timedelta(days=1):
        raise RuleBroken({"ends_on": ["The last day must be today or later."]})
    if row.reporting.filter(ended_on=None).exists():
        raise RuleBroken("Other groups report to it. Say first to whom they report from now on.")
    row.ended_on = ends_on
    save_audited(row, by=by, reason=reason.strip(), fields=["ended_on"])
    for membership in row.memberships.not_over(dates.today()).filter(ends_on=None):
        _end(membership, ends_on=ends_on, reason=f"The group ended: {reason.strip()}", by=by)
    return row


@transaction.atomic
def join(
    *,
    group: Group,
    person: User | None,
    name: str = "",
    capacity: str,
    organisation: str,
    sector: str,
    workstream: Workstream | None = None,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    by: User,
) -> Membership:
    """Note that somebody sits in a group from a day, which opens its meetings to who holds a role.

    Raises ``NotAllowed``, and ``RuleBroken`` for nobody, for days in disorder, for somebody outside
    the partnership, or who sits there already.
    """
    _require_manager(by, group.plan)
    _lock(group.plan)
    row = _open_group(group)
    rules.check_membership(
        has_person=person is not None,
        name=name,
        organisation=organisation,
        capacity=capacity,
        sector=sector,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    if person is not None:
        _check_person(row, person, capacity=capacity, starts_on=starts_on, ends_on=ends_on)
    membership = Membership(
        group=row,
        person=person,
        name=name.strip(),
        capacity=capacity,
        organisation=organisation.strip(),
        sector=sector,
        workstream=workstream,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    save_audited(membership, by=by, reason=f"{_who(membership)} joined")
    return membership


def _check_person(
    group: Group, person: User, *, capacity: str, starts_on: dt.date, ends_on: dt.date | None
) -> None:
    known = permissions.people_of([group.plan.partnership_id]).filter(pk=person.pk, is_active=True)
    if not known.exists():
        raise RuleBroken({"person": ["Select a person with an open account in this partnership."]})
    sitting = group.memberships.not_over(starts_on).filter(person=person, capacity=capacity)
    if ends_on is not None:
        sitting = sitting.filter(starts_on__lte=ends_on)
    if sitting.exists():
        raise RuleBroken({"person": ["This person sits in the group already on these days."]})


@transaction.atomic
def leave(
    *,
    membership: Membership,
    ends_on: dt.date,
    reason: str,
    ends_roles: bool = False,
    by: User,
) -> Membership:
    """Set the last day of somebody in a group; yesterday ends it at once.

    With ``ends_roles`` their roles in the partnership end on the same day, so that their next click
    is refused, and their tokens with it. Raises ``NotAllowed``, and ``RuleBroken`` without a
    reason, for what is over, or for an earlier day.
    """
    plan = membership.group.plan
    _require_manager(by, plan)
    _lock(plan)
    row = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if not reason.strip():
        raise RuleBroken({"reason": ["Enter the reason."]})
    check_end(
        ends_on=ends_on, ended_on=row.ends_on, is_cancelled=row.is_cancelled, on=dates.today()
    )
    _end(row, ends_on=ends_on, reason=f"{_who(row)} leaves: {reason.strip()}", by=by)
    if ends_roles and row.person is not None:
        roles.end_roles_of_leaver(
            person=row.person,
            partnership=plan.partnership,
            ends_on=ends_on,
            reason=f"Left {row.group.name}: {reason.strip()}",
            by=by,
        )
    return row


def _who(row: Membership) -> str:
    """Somebody in a group in words: name, capacity and for whom."""
    who = row.person.name if row.person else row.name
    return f"{who}, {Capacity(row.capacity).label.lower()} for {row.organisation},"


def _end(row: Membership, *, ends_on: dt.date, reason: str, by: User) -> None:
    row.is_cancelled = is_never_used(starts_on=row.starts_on, ends_on=ends_on)
    row.ends_on = row.starts_on if row.is_cancelled else ends_on
    save_audited(row, by=by, reason=reason, fields=["ends_on", "is_cancelled"])


@transaction.atomic
def add_terms(
    *,
    group: Group,
    title: str,
    link: str = "",
    file: store.ReceivedFile | None = None,
    approved_on: dt.date,
    review_on: dt.date,
    by: User,
    submission_key: str = "",
) -> TermsOfReference:
    """Note approved terms of reference, as a link or a file; the ones before stay on record.

    Raises ``NotAllowed``, and ``RuleBroken`` without a document or for days in disorder.
    """
    _require_manager(by, group.plan)
    _lock(group.plan)
    row = _open_group(group)
    rules.check_terms(
        title=title,
        has_link=bool(link.strip()),
        has_file=file is not None,
        approved_on=approved_on,
        review_on=review_on,
        on=dates.today(),
    )
    return once(
        lambda: TermsOfReference.add(
            group=row,
            number=row.terms.count() + 1,
            title=title.strip(),
            link=link.strip(),
            file=stored_file(plan=row.plan, file=file, by=by),
            approved_on=approved_on,
            review_on=review_on,
            by=by,
            at=dates.now(),
        ),
        model=TermsOfReference,
        what="groups.terms",
        values=[row.pk, title, link, file.sha256 if file else "", approved_on, review_on],
        submission_key=submission_key,
        by=by,
    )
