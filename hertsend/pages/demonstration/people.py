"""Invented people, one sign-in for each role, and who holds which post.

Names are neutral and end in "(demonstration)"; posts and organisations are the plan's own.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count

from hertsend.accounts.models import Post, PostHolding, RoleAssignment, User
from hertsend.accounts.roles import Role
from hertsend.records.bases import save_audited
from plans.models import Plan

PASSWORD = "half way through the plan"  # noqa: S105 - printed for everyone; refused in production
STARTS_ON = dt.date(2024, 1, 1)
REASON = "Invented for the demonstration"


@dataclass(frozen=True)
class Invented:
    """An invented person: sign-in name, name and role."""

    address: str
    name: str
    role: Role

    @property
    def email(self) -> str:
        """An address that can never receive post."""
        return f"{self.address}@hertsend.invalid"


MAIN_LEAD = Invented("lead", "Alex Morgan", Role.WORKSTREAM_LEAD)
MAIN_CHAIR = Invented("chair", "Robin Ashby", Role.JOINT_CHAIR)

SIGN_INS: tuple[Invented, ...] = (
    MAIN_LEAD,
    Invented("office", "Sam Okoro", Role.PROGRAMME_OFFICE),
    MAIN_CHAIR,
    Invented("board", "Chris Patel", Role.BOARD_MEMBER),
    Invented("executive-chair", "Jamie Brook", Role.EXECUTIVE_CHAIR),
    Invented("executive", "Lee Fraser", Role.EXECUTIVE_MEMBER),
    Invented("adviser", "Kit Rowan", Role.ADVISER),
    Invented("families", "Jo Bell", Role.PARENT_CARER_REPRESENTATIVE),
    Invented("administrator", "Pat Quinn", Role.ADMINISTRATOR),
)
"""One sign-in for each role, in the order in which they are printed."""

OTHER_LEADS = ("Ashley Stone", "Morgan Hale", "Taylor Reed", "Jordan Vale", "Casey Lane")
OTHER_CHAIRS = ("Drew Marsh", "Noor Field")
CHAIRS_OF_AN_AREA = 2


@dataclass(frozen=True)
class Cast:
    """Everyone invented for a plan: who leads each workstream, who chairs for each area."""

    people: dict[str, User]
    leads: dict[str, User]
    chairs: dict[str, list[User]]


def make_people(plan: Plan, *, by: User) -> Cast:
    """Make every invented person with roles and posts."""
    leads, chairs = _leads(plan), _chairs(plan)
    everyone = {each.address: each for each in (*SIGN_INS, *leads.values(), *chairs)}
    people = {address: _person(each) for address, each in everyone.items()}
    for each in SIGN_INS:
        if each not in (MAIN_LEAD, MAIN_CHAIR):
            _give_role(people[each.address], each.role, "", plan, by=by)
    for key, each in leads.items():
        _give_role(people[each.address], Role.WORKSTREAM_LEAD, key, plan, by=by)
    for each, keys in chairs.items():
        for key in keys:
            _give_role(people[each.address], Role.JOINT_CHAIR, key, plan, by=by)
    for key, each in leads.items():
        for post in _own_posts(plan, key):
            if not post.holdings.exists():
                _put_in_post(post, people[each.address], by=by)
    return Cast(
        people=people,
        leads={key: people[each.address] for key, each in leads.items()},
        chairs={
            area.key: [people[each.address] for each, keys in chairs.items() if area.key in keys]
            for area in plan.areas.all()
        },
    )


def _leads(plan: Plan) -> dict[str, Invented]:
    """A lead for each workstream; the main sign-in leads the one with most milestones."""
    streams = plan.workstreams.annotate(size=Count("actions__milestones")).order_by(
        "-size", "position"
    )
    names = iter(OTHER_LEADS)
    found: dict[str, Invented] = {}
    for number, stream in enumerate(streams):
        found[stream.key] = (
            MAIN_LEAD
            if number == 0
            else Invented(f"lead-{number + 1}", next(names, "Ari Wood"), Role.WORKSTREAM_LEAD)
        )
    return found


def _chairs(plan: Plan) -> dict[Invented, list[str]]:
    """Three joint chairs, two of them accountable for each area, dealt in turn."""
    chairs = [
        MAIN_CHAIR,
        *(
            Invented(f"chair-{number}", name, Role.JOINT_CHAIR)
            for number, name in enumerate(OTHER_CHAIRS, start=2)
        ),
    ]
    dealt: dict[Invented, list[str]] = {each: [] for each in chairs}
    for position, area in enumerate(plan.areas.all()):
        for step in range(CHAIRS_OF_AN_AREA):
            dealt[chairs[(position + step) % len(chairs)]].append(area.key)
    return dealt


def _person(invented: Invented) -> User:
    return User.objects.create_user(
        invented.email,
        PASSWORD,
        name=f"{invented.name} (demonstration)",
        is_demonstration=True,
    )


def _give_role(person: User, role: Role, key: str, plan: Plan, *, by: User) -> None:
    assignment = RoleAssignment(
        user=person,
        partnership=plan.partnership,
        role=role,
        scope_key=key,
        starts_on=STARTS_ON,
    )
    save_audited(assignment, by=by, reason=REASON)


MOST_POSTS = 3


def _own_posts(plan: Plan, workstream_key: str) -> list[Post]:
    """The posts that lead most dated milestones of a workstream: the lead's own."""
    counted: dict[Post, int] = {}
    rows = plan.milestones.filter(
        action__workstream__key=workstream_key, due_on__isnull=False, leads_inherited=False
    )
    for milestone in rows.prefetch_related("milestone_leads__post"):
        for lead in milestone.milestone_leads.all():
            counted[lead.post] = counted.get(lead.post, 0) + 1
    return sorted(counted, key=lambda post: (-counted[post], post.key))[:MOST_POSTS]


def _put_in_post(post: Post, person: User, *, by: User) -> None:
    holding = PostHolding(post=post, user=person, starts_on=STARTS_ON)
    save_audited(holding, by=by, reason=REASON)
