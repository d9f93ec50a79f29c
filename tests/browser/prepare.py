"""Fills a database for the browser, once: ``python -m tests.browser.prepare``.

Three partnerships stand in it: the demonstration on the real plan, a small one in which nothing has
been reported, and one whose plan is empty. The last line of the output is JSON: who is who, with an
open session each, and the rows that pages are asked for by.
"""

import json
import os
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hertsend.settings")
django.setup()

from allauth.account.forms import default_token_generator  # noqa: E402 - Django is set up first
from allauth.account.utils import user_pk_to_url_str  # noqa: E402
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes  # noqa: E402
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from governance.models import BoardPack, Delivery, Meeting, Membership  # noqa: E402
from governance.tasks import assemble_packs  # noqa: E402
from hertsend import dates  # noqa: E402
from hertsend.accounts.models import Deputyship, Post, PostHolding, RoleAssignment, User  # noqa: E402
from hertsend.accounts.roles import Role  # noqa: E402
from hertsend.accounts.services import people, tokens  # noqa: E402
from hertsend.jobs.enums import JobState, MessageState  # noqa: E402
from hertsend.jobs.models import Job, Message  # noqa: E402
from hertsend.jobs.services import run, send_message  # noqa: E402
from hertsend.pages.demonstration.people import PASSWORD  # noqa: E402
from hertsend.serve import preparation  # noqa: E402
from plans import tasks  # noqa: E402
from plans.enums import Stage  # noqa: E402
from plans.models import (  # noqa: E402
    DateChangeRequest,
    DeepDive,
    Escalation,
    ExceptionQuestion,
    ImpactRating,
    Milestone,
    Plan,
)
from tests.browser.prepare_measures import rows_of_files  # noqa: E402
from tests.factories import models as make  # noqa: E402
from tests.factories.world import World  # noqa: E402

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# As a time stamp of the real clock, by which the sign-in package judges how recent a sign-in is.
LONG_FROM_NOW = 4_000_000_000
DEMONSTRATION, QUIET, EMPTY = "demonstration", "quiet", "empty"


def main() -> None:
    """Make everything and say where it is."""
    if connection.introspection.table_names():
        raise SystemExit("This database holds something: name a new file in DATABASE_URL.")
    preparation.prepare(lambda words: None)
    plan = Plan.objects.get()
    _do_what_runs_by_itself()
    _add_what_the_demonstration_lacks(plan)
    quiet = World.build(on=dates.today())
    empty = _empty_plan()
    everyone = {
        DEMONSTRATION: _demonstration_people(plan),
        QUIET: {role.value: user for role, user in quiet.people.items()},
        EMPTY: {role.value: _person(role, empty) for role in Role},
    }
    everyone[DEMONSTRATION] |= {
        "stranger": make.UserFactory(name="Sandy Stranger"),
        "careful": User.objects.get(name="Careful Reader"),
        "invited": User.objects.get(name="Invited Person"),
    }
    answer = {
        "plans": {DEMONSTRATION: plan.slug, QUIET: quiet.plan.slug, EMPTY: empty.slug},
        "people": {
            place: {name: _who(user) for name, user in found.items()}
            for place, found in everyone.items()
        },
        "rows": {DEMONSTRATION: _rows(plan, everyone[DEMONSTRATION]), QUIET: _quiet_rows(quiet)},
    }
    print(json.dumps(answer))  # noqa: T201 - read by whoever started this process


def _do_what_runs_by_itself() -> None:
    """The calendar, the night and the packs, as the worker would, until nothing is left to do."""
    tasks.advance_periods()
    tasks.run_nightly()
    assemble_packs()
    for job in Job.objects.filter(state=JobState.QUEUED):
        run(job_id=job.pk)
    for message in Message.objects.filter(state=MessageState.PLANNED):
        send_message(message_id=message.pk)


def _add_what_the_demonstration_lacks(plan: Plan) -> None:
    """A closed account, a token, a second factor, and background work that needs a person."""
    administrator = _demonstration_people(plan)[Role.ADMINISTRATOR.value]
    for name, address in (("Closed Account", "closed"), ("Careful Reader", "careful")):
        user = User.objects.create_user(f"{address}@hertsend.invalid", PASSWORD, name=name)
        make.RoleAssignmentFactory(user=user, partnership=plan.partnership, role=Role.BOARD_MEMBER)
    people.deactivate(
        person=User.objects.get(name="Closed Account"), reason="Left in June", by=administrator
    )
    people.invite(
        email="invited@hertsend.invalid",
        name="Invited Person",
        role=Role.BOARD_MEMBER.value,
        partnership=plan.partnership,
        starts_on=dates.today(),
        by=administrator,
    )
    careful = User.objects.get(name="Careful Reader")
    TOTP.activate(careful, generate_totp_secret())
    RecoveryCodes.activate(careful)
    tokens.create(by=administrator)
    Job.objects.create(
        kind="governance.assemble_pack",
        key="given up",
        arguments={"period_id": plan.periods.first().pk, "edition": "board"},
        state=JobState.PARKED,
        attempts=3,
        error="OperationalError",
        created_at=dates.now(),
    )


def _demonstration_people(plan: Plan) -> dict[str, User]:
    """By role the person whose sign-in the demonstration prints, and others by name."""
    found = {}
    rows = RoleAssignment.objects.filter(partnership=plan.partnership, user__is_demonstration=True)
    for row in rows.select_related("user").order_by("user__pk"):
        found.setdefault(row.role, row.user)
    for user in User.objects.filter(is_demonstration=True):
        found[user.email.split("@")[0]] = user
    return found


def _empty_plan() -> Plan:
    """A plan of which nothing but one area and its workstream is known."""
    plan = make.PlanFactory(title="A plan without content")
    area = make.AreaFactory(plan=plan, key="PA1", kind="priority_action", number=1, position=1)
    make.WorkstreamFactory(plan=plan, key="PA1").areas.add(area)
    return plan


def _person(role: Role, plan: Plan) -> User:
    user = make.UserFactory(name=f"{role.label} of nothing")
    scope = {Role.WORKSTREAM_LEAD: "PA1", Role.JOINT_CHAIR: "PA1"}.get(role, "")
    make.RoleAssignmentFactory(user=user, partnership=plan.partnership, role=role, scope_key=scope)
    return user


def _who(user: User) -> dict[str, Any]:
    """A person with a session that is open, and in which the password was given just now."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": LONG_FROM_NOW, "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    key = client.cookies["sessionid"].value
    return {"pk": user.pk, "name": user.name, "email": user.email, "session": key}


def _rows(plan: Plan, known: dict[str, User]) -> dict[str, Any]:
    """The rows that the pages of the demonstration are asked for by."""
    lead = known[Role.WORKSTREAM_LEAD.value]
    chair = known[Role.JOINT_CHAIR.value]
    own = RoleAssignment.objects.get(user=lead, role=Role.WORKSTREAM_LEAD)
    areas = RoleAssignment.objects.filter(user=chair, role=Role.JOINT_CHAIR)
    steps = plan.milestones.order_by("pk")
    mine = steps.filter(action__workstream__key=own.scope_key)
    overdue = mine.filter(stage=Stage.IN_PROGRESS, exceptions__opened_at__isnull=False)
    proposed = steps.filter(
        stage=Stage.PROPOSED_COMPLETE, action__areas__key__in=areas.values("scope_key")
    )
    reopenable = steps.filter(
        stage=Stage.SIGNED_OFF, action__areas__key__in=areas.values("scope_key")
    ).first()
    stranger = User.objects.get(name="Careful Reader")
    said = _rows_of_exceptions(mine, areas, lead, chair)
    waiting = ImpactRating.objects.filter(decision=None).select_related("action").first()
    seat = Membership.objects.filter(group__plan=plan, group__tier="board").first()
    return {
        "overdue": overdue.filter(exceptions__closed_at__isnull=True).first().key,
        "proposed": proposed.first().key,
        "signed": steps.filter(stage=Stage.SIGNED_OFF).first().key,
        "reopenable": reopenable.key,
        "signable": reopenable.action.key,
        "fingerprint": reopenable.stage_changes.filter(act="signed_off").first().fingerprint,
        "evidence": proposed.first().evidence.standing().first().pk,
        "undated": steps.filter(due_on__isnull=True, stage=Stage.IN_PROGRESS).first().key,
        "action": mine.first().action.key,
        "late": overdue.filter(date_requests=None).first().key,
        **said,
        **rows_of_files(plan, by=known[Role.PROGRAMME_OFFICE.value]),
        "rated": waiting.action.key,
        "rating": waiting.number,
        "judgement": plan.judgements.order_by("pk").first().pk,
        "person": stranger.pk,
        "closed": User.objects.get(name="Closed Account").pk,
        "role": RoleAssignment.objects.get(user=stranger).pk,
        "group": seat.group.key,
        "stream": own.scope_key,
        "seat": seat.pk,
        "bare": plan.groups.filter(memberships=None).first().key,
        **_rows_of_meetings(plan),
        **_rows_of_records(plan, chair),
        "post": Post.objects.filter(partnership=plan.partnership).order_by("title").first().pk,
        "holding": PostHolding.objects.filter(user=lead).first().pk,
        "deputyship": Deputyship.objects.get(lead=lead).pk,
        **_rows_of_packs(plan),
        "token": tokens.listed(by=known[Role.ADMINISTRATOR.value])[0].reference,
        "reset": f"{user_pk_to_url_str(stranger)}-{default_token_generator.make_token(stranger)}",
    }


def _rows_of_packs(plan: Plan) -> dict[str, Any]:
    """The months of the newest packs of the Board and of the Executive."""
    packs = BoardPack.objects.filter(period__plan=plan)
    months = {
        edition: packs.filter(edition=edition).latest("period__month").period.month
        for edition in ("board", "executive")
    }
    return {
        "month": f"{months['board']:%Y-%m}",
        "executive_month": f"{months['executive']:%Y-%m}",
        "unsure": _delivery_of_which_nobody_knows(plan).pk,
    }


def _delivery_of_which_nobody_knows(plan: Plan) -> Delivery:
    """One e-mail of the newest pack stands where a worker died while it was sending."""
    told = Delivery.objects.filter(run__period__plan=plan, run__edition="board")
    row = told.order_by("-run__period__month", "pk")[0]
    Message.objects.filter(pk=row.message_id).update(
        state=MessageState.UNKNOWN, sending_at=dates.now(), sent_at=None, error="", attempts=1
    )
    return row


def _rows_of_meetings(plan: Plan) -> dict[str, Any]:
    """A meeting to come whose agenda is out, and one whose minutes are agreed."""
    coming = Meeting.objects.get(group__plan=plan, state="agenda_out")
    agreed = Meeting.objects.get(group__plan=plan, group__tier="board", state="minutes_agreed")
    item = coming.items.get(kind="own")
    return {
        "convened": coming.group.key,
        "convening": coming.number,
        "agenda_item": item.pk,
        "paper": item.papers.get().pk,
        "agreed_by": agreed.group.key,
        "interest": agreed.interests.get().pk,
    }


def _rows_of_records(plan: Plan, chair: User) -> dict[str, Any]:
    """A decision, a request and a log action that are open, of a group that the chair chairs."""
    seats = Membership.objects.filter(group__plan=plan, person=chair)
    group = seats.get(capacity__in=["chair", "joint_chair"]).group
    return {
        "chaired": group.key,
        "decision": group.decisions.filter(superseded_by=None).first().number,
        "request": group.decision_requests.filter(state="open").first().number,
        "logged": group.log_actions.filter(closed_at=None).first().number,
    }


def _rows_of_exceptions(mine: Any, areas: Any, lead: User, chair: User) -> dict[str, Any]:
    """What was asked, escalated and wished, and waits for somebody."""
    waiting = ExceptionQuestion.objects.filter(answers=None, milestone__in=mine).first()
    escalation = Escalation.objects.filter(state="open").first()
    dive = DeepDive.objects.filter(state="planned").first()
    requests = DateChangeRequest.objects.filter(state="open")
    to_decide = requests.filter(
        milestone__action__areas__key__in=areas.values("scope_key")
    ).exclude(requested_by__in=[lead, chair])
    wish = requests.filter(requested_by=lead).first()
    return {
        "asked": waiting.milestone.key,
        "question": waiting.number,
        "escalated": escalation.milestone.key,
        "escalation": escalation.number,
        "dived": dive.milestone.key,
        "dive": dive.number,
        "requested": to_decide.first().milestone.key,
        "request": to_decide.first().number,
        "wished": wish.milestone.key,
        "wish": wish.number,
    }


def _quiet_rows(quiet: World) -> dict[str, Any]:
    """The rows of the small partnership: nothing was ever reported of them."""
    milestone: Milestone = quiet.milestones["PA1.1-1"]
    stranger = quiet.second_chair
    return {
        "milestone": milestone.key,
        "action": milestone.action.key,
        "person": stranger.pk,
        "role": RoleAssignment.objects.get(user=stranger).pk,
        "post": quiet.posts["PA1"].pk,
        "holding": PostHolding.objects.get(post=quiet.posts["PA1"]).pk,
    }


if __name__ == "__main__":
    main()
