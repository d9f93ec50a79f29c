"""A small partnership with a plan, in which every role has a person.

Two areas (PA1, AI1), two workstreams with one action and two milestones each, a lead post for each
workstream, reporting periods from July to December 2024 with September open and August due, on
Tuesday 3 September 2024. A second partnership stands beside it, to be invisible.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from hertsend import dates
from hertsend.accounts.models import Partnership, Post, User
from hertsend.accounts.roles import Role
from plans.models import Action, Area, Milestone, Plan, ReportingPeriod, Workstream
from plans.policies import UpdateWords
from plans.services import milestones, periods
from tests.factories import models as make
from tests.factories.evidence import link

TODAY = dt.date(2024, 9, 3)


def noon(day: dt.date) -> dt.datetime:
    """Noon of a day in London."""
    return dt.datetime.combine(day, dt.time(12), tzinfo=dates.LONDON)


@dataclass
class World:
    """What a test may need, by name; ``people`` by role."""

    partnership: Partnership
    plan: Plan
    areas: dict[str, Area]
    workstreams: dict[str, Workstream]
    actions: dict[str, Action]
    milestones: dict[str, Milestone]
    posts: dict[str, Post]
    people: dict[Role, User] = field(default_factory=dict)
    other_lead: User | None = None
    second_chair: User | None = None
    stranger: User | None = None
    foreign: "World | None" = None

    @classmethod
    def build(cls, *, on: dt.date = TODAY, first: dt.date = dt.date(2024, 7, 1)) -> "World":
        """The world as at a day, with its neighbour; its calendar begins with the month ``first``."""
        with at(make.START):
            world = cls._partnership()
            world._people()
            world.foreign = cls._partnership()
            world.foreign._people()
            world.stranger = make.UserFactory(name="Sandy Stranger")
        for each in (world, world.foreign):
            with at(on):
                system = User.objects.system()
                periods.ensure_calendar(
                    plan=each.plan,
                    first=first,
                    last=dt.date(2024, 12, 1),
                    by=system,
                )
                periods.advance(plan=each.plan, on=on, by=system)
        return world

    @classmethod
    def alone(cls) -> "World":
        """A partnership with its plan, without people, months or a neighbour."""
        with at(make.START):
            return cls._partnership()

    @classmethod
    def _partnership(cls) -> "World":
        plan = make.PlanFactory()
        areas = {
            "PA1": make.AreaFactory(
                plan=plan, key="PA1", kind="priority_action", number=1, position=1
            ),
            "AI1": make.AreaFactory(plan=plan, key="AI1", number=1, position=2),
        }
        streams, actions, steps, posts = {}, {}, {}, {}
        for position, key in enumerate(areas, start=1):
            stream = make.WorkstreamFactory(plan=plan, key=key, position=position)
            stream.areas.add(areas[key])
            action = make.ActionFactory(
                workstream=stream, key=f"{key}.1", number="1.1", position=position
            )
            action.areas.add(areas[key])
            post = make.PostFactory(partnership=plan.partnership, title=f"Head of {key}")
            for number in (1, 2):
                step = make.MilestoneFactory(
                    action=action, key=f"{key}.1-{number}", position=number
                )
                make.MilestoneLeadFactory(milestone=step, post=post)
                steps[step.key] = step
            streams[key], actions[action.key], posts[key] = stream, action, post
        return cls(plan.partnership, plan, areas, streams, actions, steps, posts)

    def _people(self) -> None:
        """One person for each role: the lead of PA1, the joint chair of PA1; and an AI1 pair."""
        scope = {Role.WORKSTREAM_LEAD: "PA1", Role.JOINT_CHAIR: "PA1"}
        for role in Role:
            self.people[role] = self.person(role, scope.get(role, ""))
        make.PostHoldingFactory(post=self.posts["PA1"], user=self.people[Role.WORKSTREAM_LEAD])
        self.other_lead = self.person(Role.WORKSTREAM_LEAD, "AI1")
        make.PostHoldingFactory(post=self.posts["AI1"], user=self.other_lead)
        self.second_chair = self.person(Role.JOINT_CHAIR, "PA1")

    def person(self, role: Role, scope_key: str = "", **dates_held: Any) -> User:
        """A new person with one role here."""
        user = make.UserFactory(name=f"{role.label} {scope_key}".strip())
        make.RoleAssignmentFactory(
            user=user,
            partnership=self.partnership,
            role=role,
            scope_key=scope_key,
            **dates_held,
        )
        return user

    def period(self, month: dt.date = dt.date(2024, 8, 1)) -> ReportingPeriod:
        """The period of a month, by default August, which is due."""
        return self.plan.periods.get(month=month)

    def milestone(self, key: str = "PA1.1-1") -> Milestone:
        """A milestone as it is stored now."""
        return Milestone.objects.get(plan=self.plan, key=key)

    def update(
        self, key: str = "PA1.1-1", *, by: User | None = None, on: dt.date = TODAY, **words: Any
    ):
        """Record an update through the service, as the lead unless said otherwise."""
        milestone = self.milestone(key)
        default = {"stage": "in_progress", "rating": "green", "what_happened": "Work began."}
        with at(on):
            return milestones.record_update(
                milestone=milestone,
                period=self.period(),
                words=UpdateWords(**(default | words)),
                base_version=milestone.version,
                by=by or self.people[Role.WORKSTREAM_LEAD],
            )

    def propose(self, key: str = "PA1.1-1", *, by: User | None = None, **details: Any):
        """Propose a milestone complete through the service."""
        milestone = self.milestone(key)
        with at(TODAY):
            return milestones.propose_complete(
                milestone=milestone,
                **({"words": "Minutes of the board", "evidence": [link()]} | details),
                base_version=milestone.version,
                by=by or self.people[Role.WORKSTREAM_LEAD],
            )


@contextmanager
def at(day: dt.date) -> Iterator[None]:
    """Let the clock stand at noon of a day."""
    with dates.at(noon(day)):
        yield
