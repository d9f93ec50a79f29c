"""Factories that surprise nobody: each makes the smallest valid row."""

import datetime as dt

import factory

from hertsend import dates
from hertsend.accounts.models import (
    Partnership,
    Post,
    PostHolding,
    RoleAssignment,
    User,
)
from hertsend.records.bases import save_audited
from plans.models import Action, Area, Milestone, MilestoneLead, Plan, Workstream

START = dt.date(2023, 12, 1)


class AuditedFactory(factory.django.DjangoModelFactory):
    """Stores rows as the application does: with a person, a reason and the clock's date."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **values):
        row = model_class(*args, **values)
        save_audited(row, by=User.objects.system(), reason="Set up for a test")
        return row


class UserFactory(factory.django.DjangoModelFactory):
    """A person without roles."""

    class Meta:
        model = User

    name = factory.Sequence(lambda number: f"Person {number}")
    email = factory.Sequence(lambda number: f"person{number}@example.org")


class PartnershipFactory(AuditedFactory):
    """A partnership."""

    class Meta:
        model = Partnership

    slug = factory.Sequence(lambda number: f"place-{number}")
    name = factory.LazyAttribute(lambda row: f"{row.place} Local Area Partnership")
    place = factory.Sequence(lambda number: f"Place {number}")
    parent_carer_forum = "Place Parent Carer Forum"
    parent_carer_forum_short = "PPCF"


class RoleAssignmentFactory(AuditedFactory):
    """A role from the start of the plan, without an end."""

    class Meta:
        model = RoleAssignment

    user = factory.SubFactory(UserFactory)
    partnership = factory.SubFactory(PartnershipFactory)
    starts_on = START


class PostFactory(AuditedFactory):
    """A post that a plan names."""

    class Meta:
        model = Post

    partnership = factory.SubFactory(PartnershipFactory)
    key = factory.Sequence(lambda number: f"post-{number}")
    title = factory.Sequence(lambda number: f"Head of Service {number}")


class PostHoldingFactory(AuditedFactory):
    """A person in a post, from the start of the plan."""

    class Meta:
        model = PostHolding

    post = factory.SubFactory(PostFactory)
    user = factory.SubFactory(UserFactory)
    starts_on = START


class PlanFactory(AuditedFactory):
    """A plan without content."""

    class Meta:
        model = Plan

    partnership = factory.SubFactory(PartnershipFactory)
    slug = factory.Sequence(lambda number: f"plan-{number}")
    title = "SEND Improvement Plan"
    published = "2023-12"
    published_text = "December 2023"


class AreaFactory(AuditedFactory):
    """An area for improvement."""

    class Meta:
        model = Area

    plan = factory.SubFactory(PlanFactory)
    position = factory.Sequence(lambda number: number + 1)
    number = factory.LazyAttribute(lambda row: row.position)
    kind = "area_for_improvement"
    key = factory.LazyAttribute(lambda row: f"AI{row.position}")
    statement = factory.LazyAttribute(lambda row: f"Leaders should improve {row.key}.")


class WorkstreamFactory(AuditedFactory):
    """A workstream; give it areas afterwards."""

    class Meta:
        model = Workstream

    plan = factory.SubFactory(PlanFactory)
    position = factory.Sequence(lambda number: number + 1)
    key = factory.LazyAttribute(lambda row: f"W{row.position}")
    name = factory.LazyAttribute(lambda row: f"Workstream {row.position}")


class ActionFactory(AuditedFactory):
    """An action of a workstream; give it areas afterwards."""

    class Meta:
        model = Action

    workstream = factory.SubFactory(WorkstreamFactory)
    plan = factory.LazyAttribute(lambda row: row.workstream.plan)
    position = factory.Sequence(lambda number: number + 1)
    key = factory.LazyAttribute(lambda row: f"{row.workstream.key}.{row.position}")
    number = factory.LazyAttribute(lambda row: f"1.{row.position}")
    text = factory.LazyAttribute(lambda row: f"We will do {row.key}.")
    meaning_for_families = "Families wait less."
    impacts = factory.LazyFunction(lambda: ["Families report shorter waits."])


class MilestoneFactory(AuditedFactory):
    """A milestone that has not started, due on 30 September 2024.

    It came with the plan, whatever the clock says; ``added_at`` is when a later edition added it.
    """

    class Meta:
        model = Milestone

    action = factory.SubFactory(ActionFactory)
    plan = factory.LazyAttribute(lambda row: row.action.plan)
    position = factory.Sequence(lambda number: number + 1)
    key = factory.LazyAttribute(lambda row: f"{row.action.key}-{row.position}")
    text = factory.LazyAttribute(lambda row: f"Complete step {row.key}.")
    due_text = "30th September 2024"
    due_on = dt.date(2024, 9, 30)
    precision = "day"

    @classmethod
    def _create(cls, model_class, *args, added_at=None, **values):
        with dates.at(added_at or dates.start_of(START)):
            return super()._create(model_class, *args, **values)


class MilestoneLeadFactory(AuditedFactory):
    """A post that leads a milestone."""

    class Meta:
        model = MilestoneLead

    milestone = factory.SubFactory(MilestoneFactory)
    post = factory.SubFactory(PostFactory)
    position = 1
