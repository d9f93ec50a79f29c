"""One more row of every kind, so that lists grow."""

import datetime as dt
from typing import Any

from django.db import models

from governance.enums import Edition
from governance.models import Group
from governance.services import groups
from governance.services.assurance import set_assurance
from hertsend.accounts.models import Post, User
from hertsend.accounts.roles import Role
from hertsend.accounts.services import deputies, tokens
from hertsend.jobs.enums import JobState, MessageState
from hertsend.jobs.models import Job, Message
from hertsend.records.bases import save_audited
from plans.models import (
    ActionSignOff,
    Ambition,
    AreaAccountability,
    CommitmentDecision,
    Evidence,
    GlossaryTerm,
    ImpactDecision,
    ImpactEvidence,
    ImpactRating,
    OccurrenceRecord,
    PlanSection,
    RecurringCommitment,
    StoredFile,
    Workstream,
)
from plans.services import date_changes, exceptions
from plans.services.judgements import confirm
from tests.access import deciding, feedback, measures, meetings, public
from tests.access.challenging import challenge
from tests.access.growing_months import grow_months
from tests.access.growing_returns import grow_returns
from tests.access.growing_risks import grow_risks
from tests.access.packs import assemble
from tests.access.stage import JudgementFactory, Stage, clock
from tests.factories import models as make
from tests.factories.evidence import link
from tests.factories.world import TODAY, World, noon

PAST = dt.date(2024, 8, 20)
SECTIONS = ("delivery_partners", "ambitions", "vision", "approach")
LATER = dt.date(2024, 12, 6)
MOST_GROWN = 3


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
        grow_returns(world, stream, number)
        _bodies(world, stream, number)
        meetings.grow(world, number)
        grow_months(world, number)
        deciding.grow(world, number)
        _people(stage, post, number)
        _background(world, number)
        measures.grow(world, number)
        grow_risks(world, stream, number)
        feedback.grow(world)
        deciding.lead_on(world)
        public.grow(world)
        assemble(world, Edition.BOARD, revision=number + 1)


def _bodies(world: World, stream: Workstream, number: int) -> None:
    """A group that reports to the board, with members with and without an account, and its terms."""
    office = world.people[Role.PROGRAMME_OFFICE]
    board = Group.objects.get(plan=world.plan, key="board")
    group = groups.add_group(
        plan=world.plan,
        name=f"Group {number}",
        tier="workstream",
        purpose="To deliver.",
        reports_to=[board],
        workstreams=[stream],
        by=office,
    )
    for body in (board, group):
        given = {"group": body, "organisation": f"Office {number}", "by": office}
        later, before = TODAY + dt.timedelta(days=9), TODAY - dt.timedelta(days=9)
        for starts_on, ends_on in ((TODAY, None), (later, None), (PAST, before)):
            groups.join(
                person=None,
                name=f"Guest {number} from {starts_on:%d %B}",
                capacity="joint_chair",
                sector="health",
                starts_on=starts_on,
                ends_on=ends_on,
                **given,
            )
        groups.add_terms(
            group=body,
            title=f"Terms {number}",
            link="https://example.org/terms",
            approved_on=PAST,
            review_on=LATER,
            by=office,
        )


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
                world.propose(key, by=office, evidence=[link(is_shareable=parent is action)])
            elif kind == "moved" and parent.key == "PA1.1":
                _agree(row, requested_by=lead, by=chair)
    for rating in ("green", "amber"):
        world.update(
            "PA1.1-1", rating=rating, forecast_on=dt.date(2024, 9, 29), what_is_next="More."
        )
    _evidence(world, number)
    _impact(world, number)
    _commitments(world, post, number)
    _assurance(world)
    _agree(world.milestone("PA1.1-1"), requested_by=lead, by=chair, days=number)
    exceptions.flag_overdue(plan=world.plan, on=TODAY, by=User.objects.system())
    challenge(world, f"{action.key}-{10 * (number + 1) + 1}")
    challenge(world, "PA1.1-1")


def _evidence(world: World, number: int) -> None:
    """Links and files of a milestone, shared and not, and one that was withdrawn; a signed action."""
    lead, chair = world.people[Role.WORKSTREAM_LEAD], world.people[Role.JOINT_CHAIR]
    row = world.milestone("PA1.1-1")
    shared = {"action": row.action, "dated_on": PAST, "added_by": lead, "added_at": noon(TODAY)}
    for kind, is_shareable in (("survey", True), ("audit", False)):
        file = StoredFile.add(
            plan=world.plan,
            name=f"{kind}-{number}.pdf",
            media_type="application/pdf",
            size=9,
            sha256=f"{number:064}",
            by=lead,
            at=noon(TODAY),
        )
        for given in ({"file": file}, {"link": f"https://example.org/{kind}"}):
            words = {"kind": kind, "title": f"{kind} {number}", "what_it_shows": "Shorter waits."}
            added(Evidence, milestone=row, is_shareable=is_shareable, **shared, **words, **given)
    withdrawn = {"withdrawn_by": lead, "withdrawn_at": noon(TODAY), "withdrawn_reason": "Old."}
    added(
        Evidence,
        kind="data",
        title="Old",
        what_it_shows="A",
        link="https://example.org/",
        is_shareable=True,
        **shared,
        **withdrawn,
    )
    ActionSignOff.add(
        action=row.action,
        number=number,
        act="reopened",
        role=Role.JOINT_CHAIR,
        words="A milestone came back.",
        by=chair,
        at=noon(TODAY),
    )


def _impact(world: World, number: int) -> None:
    """A rating that was returned, one that was confirmed, and the last one, which waits."""
    lead, chair = world.people[Role.WORKSTREAM_LEAD], world.people[Role.JOINT_CHAIR]
    action = world.actions["PA1.1"]
    for place, outcome in enumerate(("returned", "confirmed", ""), start=1):
        rating = ImpactRating.add(
            action=action,
            period=world.period(),
            number=10 * number + place,
            level=place,
            words="Families say so.",
            by=lead,
            at=noon(TODAY),
        )
        for evidence in action.evidence.all():
            ImpactEvidence.add(rating=rating, evidence=evidence)
        if outcome or number < MOST_GROWN:
            ImpactDecision.add(
                rating=rating,
                outcome=outcome or "taken_back",
                words="Look again.",
                fingerprint="f" * 64,
                role=Role.JOINT_CHAIR,
                by=chair,
                at=noon(TODAY),
            )


def _commitments(world: World, post: Post, number: int) -> None:
    """One to confirm, one that has ended, and one of a milestone with what was recorded of it."""
    lead, office = world.people[Role.WORKSTREAM_LEAD], world.people[Role.PROGRAMME_OFFICE]
    milestone = world.milestone("PA1.1-1")
    for place, state in enumerate(("proposed", "ended", "confirmed"), start=1):
        row = added(
            RecurringCommitment,
            plan=world.plan,
            key=f"commitment-{number}-{place}",
            position=10 * number + place,
            title=f"Meet again {number}",
            quote="We will meet monthly.",
            source=milestone.key,
            action=milestone.action,
            milestone=milestone,
            owner=post,
            stated_text="monthly",
            state=state,
            version=place - 1,
        )
        acts = {"proposed": (), "ended": ("confirmed", "ended"), "confirmed": ("confirmed",)}
        for count, act in enumerate(acts[state], start=1):
            rule = {"frequency": "monthly", "first_on": dt.date(2024, 6, 1), "owner": post}
            CommitmentDecision.add(
                commitment=row,
                number=count,
                act=act,
                words="So it was decided.",
                by=office,
                at=noon(TODAY),
                **(rule if act == "confirmed" else {}),
            )
        if state == "confirmed":
            OccurrenceRecord.add(
                commitment=row,
                window_from=dt.date(2024, 6, 1),
                window_to=dt.date(2024, 6, 30),
                number=1,
                outcome="done",
                done_on=dt.date(2024, 6, 12),
                note="Minutes.",
                link="https://example.org/minutes",
                evidence=world.actions["PA1.1"].evidence.first(),
                by=lead,
                at=noon(TODAY),
            )


def _assurance(world: World) -> None:
    for area in world.plan.areas.all():
        latest = area.assurance_ratings.first()
        set_assurance(
            area=area,
            level="limited",
            reasons="Dates slip.",
            base_number=latest.number if latest else 0,
            by=world.people[Role.EXECUTIVE_CHAIR],
        )


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
    deputies.name_deputy(
        partnership=stage.world.partnership,
        deputy=stage.world.person(Role.BOARD_MEMBER),
        starts_on=TODAY + dt.timedelta(days=50 * number),
        ends_on=TODAY + dt.timedelta(days=50 * number + 9),
        by=lead,
    )


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
        kind="matters.digest",
        key=f"{number}",
        recipient=world.people[Role.WORKSTREAM_LEAD],
        day=TODAY,
        state=MessageState.PARKED,
        header_message_id=f"<{number}@example.org>",
        planned_at=now,
        error="Refused",
    )
