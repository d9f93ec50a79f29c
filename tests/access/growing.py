"""One more row of every kind, so that lists grow."""

import datetime as dt
from typing import Any

from django.db import models

from governance.enums import Edition
from hertsend.accounts.models import Post, User
from hertsend.accounts.roles import Role
from hertsend.accounts.services import tokens
from hertsend.jobs.enums import JobState, MessageState
from hertsend.jobs.models import Job, Message
from hertsend.records.bases import save_audited
from plans.models import Ambition, AreaAccountability, GlossaryTerm, PlanSection, Workstream
from plans.services import date_changes, exceptions
from plans.services.judgements import confirm
from tests.access.stage import JudgementFactory, Stage, assemble, clock
from tests.factories import models as make
from tests.factories.world import TODAY, World, noon

PAST = dt.date(2024, 8, 20)
SECTIONS = ("delivery_partners", "ambitions", "vision", "approach")
LATER = dt.date(2024, 12, 6)


def added(model: type[models.Model], **values: Any) -> Any:
    """A stored row of an audited model that has no factory of its own."""
    row = model(**values)
    save_audited(row, by=User.objects.system(), reason="Set up for a test")
    return row


def grow(stage: Stage, number: int) -> None:
    """Add the ``number``-th row of every kind to the stage's own partnership."""
    world = stage.world
    with clock():
        post = make.PostFactory(partnership=world.partnership)
        _words(world, number)
        stream = _plan(world, post, number)
        _progress(world, stream, post, number)
        _people(stage, post, number)
        _background(world, number)
        assemble(world, Edition.BOARD, revision=number + 1)


def _words(world: World, number: int) -> None:
    added(
        GlossaryTerm,
        plan=world.plan,
        position=number,
        term=f"T{number}",
        expansion=f"Term {number}",
    )
    added(
        PlanSection,
        plan=world.plan,
        key=SECTIONS[number % len(SECTIONS)],
        content=[f"Words {number}"],
    )
    office = world.people[Role.PROGRAMME_OFFICE]
    JudgementFactory(plan=world.plan, origin=f"open-{number}", position=number)
    decided = JudgementFactory(plan=world.plan, origin=f"decided-{number}", position=number)
    confirm(judgement=decided, comment="So it is.", by=office)


def _plan(world: World, post: Post, number: int) -> Workstream:
    place = 10 + number
    area = make.AreaFactory(plan=world.plan, key=f"AI{place}", number=place, position=place)
    added(AreaAccountability, area=area, post=post, position=1)
    stream = make.WorkstreamFactory(plan=world.plan, key=f"AI{place}", position=place)
    ambition = added(
        Ambition,
        plan=world.plan,
        key=f"a{number}",
        position=number,
        title=f"Ambition {number}",
        statement="Better.",
    )
    for row in (stream, ambition):
        row.areas.add(area)
    make.PlanFactory(partnership=world.partnership, slug=f"zz-plan-{number}")
    return stream


def _progress(world: World, stream: Workstream, post: Post, number: int) -> None:
    """An action with milestones of every standing, and more of each in the action that all look at."""
    area = stream.areas.get()
    office, chair = world.people[Role.PROGRAMME_OFFICE], world.people[Role.JOINT_CHAIR]
    lead = world.people[Role.WORKSTREAM_LEAD]
    action = make.ActionFactory(workstream=stream, key=f"{stream.key}.1", position=10 + number)
    action.areas.add(area)
    for parent in (action, world.actions["PA1.1"]):
        for place, kind in enumerate(("late", "undated", "silent", "proposed", "moved"), start=1):
            key = f"{parent.key}-{10 * (number + 1) + place}"
            dates = {"due_on": None, "precision": "tbd"} if kind == "undated" else {"due_on": PAST}
            row = make.MilestoneFactory(
                action=parent, key=key, position=10 * number + place, **dates
            )
            make.MilestoneLeadFactory(milestone=row, post=post)
            if kind != "silent":
                world.update(
                    key, by=office, rating="red", forecast_on=LATER, internal_note="Between us."
                )
            if kind == "proposed":
                world.propose(key, by=office, evidence_shareable=parent is action)
            elif kind == "moved" and parent.key == "PA1.1":
                _agree(row, requested_by=lead, by=chair)
    for rating in ("green", "amber"):
        world.update(
            "PA1.1-1", rating=rating, forecast_on=dt.date(2024, 9, 29), what_is_next="More."
        )
    _agree(world.milestone("PA1.1-1"), requested_by=lead, by=chair, days=number)
    exceptions.flag_overdue(plan=world.plan, on=TODAY, by=User.objects.system())


def _agree(milestone, *, requested_by: User, by: User, days: int = 0) -> None:
    date_changes.agree_date(
        milestone=milestone,
        agreed_on=LATER + dt.timedelta(days=days),
        reason="Recruitment.",
        requested_by=requested_by,
        decision="Agreed.",
        by=by,
    )


def _people(stage: Stage, post: Post, number: int) -> None:
    lead = stage.world.people[Role.WORKSTREAM_LEAD]
    for person in (lead, stage.world.person(Role.BOARD_MEMBER)):
        make.PostHoldingFactory(post=post, user=person)
    make.RoleAssignmentFactory(
        user=lead,
        partnership=stage.world.partnership,
        role=Role.WORKSTREAM_LEAD,
        scope_key=f"AI{10 + number}",
    )
    tokens.create(by=lead)


def _background(world: World, number: int) -> None:
    now = noon(TODAY)
    Job.objects.create(
        kind="plans.nightly",
        key=f"{world.plan.slug}:{number}",
        state=JobState.PARKED,
        created_at=now,
        error="Fault",
    )
    Message.objects.create(
        kind="plans.lead_digest",
        key=f"{number}",
        recipient=world.people[Role.WORKSTREAM_LEAD],
        day=TODAY,
        state=MessageState.PARKED,
        header_message_id=f"<{number}@example.org>",
        planned_at=now,
        error="Refused",
    )
