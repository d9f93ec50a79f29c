"""The people of the fault test's partnerships: ``python -m tests.faults.people COMMAND …``.

``migrate`` makes the tables, ``prepare N`` N partnerships. ``act`` plays office, chair and lead until it is told
to stop. ``page MONTH`` reads the office's page of deliveries, fifteen minutes after. ``stored`` tells what
is stored in the end. Answers are one line of JSON.
"""

import datetime as dt
import json
import os
import re
import sys
import threading
from pathlib import Path
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - after the set-up that models need
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils.html import escape  # noqa: E402

from governance.boardpack import files, snapshot  # noqa: E402
from governance.enums import DeliveryState, Edition, PackState  # noqa: E402
from governance.models import BoardPack, Delivery, PackRun  # noqa: E402
from governance.policies.packs import delivery_state  # noqa: E402
from governance.services import deliveries, pack_runs, packs  # noqa: E402
from hertsend import dates  # noqa: E402
from hertsend.accounts.models import RoleAssignment, User  # noqa: E402
from hertsend.accounts.roles import Role  # noqa: E402
from hertsend.accounts.services import roles  # noqa: E402
from hertsend.errors import Conflict, RuleBroken  # noqa: E402
from hertsend.jobs import services  # noqa: E402
from hertsend.jobs.enums import JobState, MessageState  # noqa: E402
from hertsend.jobs.models import Job, Message  # noqa: E402
from plans.models import Plan, ReportingPeriod  # noqa: E402
from plans.policies import UpdateWords  # noqa: E402
from plans.services import milestones  # noqa: E402
from tests.factories import models as make  # noqa: E402
from tests.factories.world import World  # noqa: E402
from tests.faults import unguarded  # noqa: E402
from tests.faults.clock import Clock  # noqa: E402
from tests.hertsend.documents.pdfs import squeezed, words_of  # noqa: E402

FOLDER = Path(os.environ["FAULTS"])
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
CAST = {
    "admin": (Role.ADMINISTRATOR, ""),
    "office": (Role.PROGRAMME_OFFICE, ""),
    "chair": (Role.JOINT_CHAIR, "PA1"),
    "member": (Role.BOARD_MEMBER, ""),
    "leaver": (Role.BOARD_MEMBER, ""),
    "executive": (Role.EXECUTIVE_MEMBER, ""),
    "lead": (Role.WORKSTREAM_LEAD, "PA1"),
    "carer": (Role.PARENT_CARER_REPRESENTATIVE, ""),
}
SAID = re.compile(r"Said at (\S+) after the freeze of (\d{4}-\d{2})")
MONTHS_TO_LEAVE = 3
QUARTER = dt.timedelta(minutes=15)
"""After so long at most the office's page says that nobody knows of an e-mail."""

FOUR_WEEKS = dt.timedelta(days=28)
PAUSE = 0.3


def migrate() -> dict[str, Any]:
    """Make the tables."""
    call_command("migrate", verbosity=0)
    return {}


def prepare(number: str) -> dict[str, Any]:
    """Partnerships, each with its people; nothing but the place tells them apart."""
    places, left = [], {}
    for _ in range(int(number)):
        world = World.alone()
        slug = world.partnership.slug
        for name, (role, scope) in CAST.items():
            person = make.UserFactory(name=f"{name} of {slug}", email=f"{name}@{slug}.example.org")
            make.RoleAssignmentFactory(
                user=person, partnership=world.partnership, role=role, scope_key=scope
            )
            if name == "lead":
                make.PostHoldingFactory(post=world.posts["PA1"], user=person)
        places.append(slug)
        left[slug] = f"{_leaves(slug):%Y-%m}"
    if os.environ.get("WITHOUT") == "keys":
        unguarded.take_keys_away()
    return {"places": places, "left": left}


def of(name: str, slug: str) -> User:
    """A person by their part and place."""
    return User.objects.get(email=f"{name}@{slug}.example.org")


def act() -> dict[str, Any]:
    """Play until the folder says stop; how often somebody else was first."""
    overtaken, over = 0, set()
    while not (FOLDER / "stop").exists():
        threading.Event().wait(PAUSE)
        waiting = PackRun.objects.filter(state__in=[PackState.RENDERED, PackState.RELEASED])
        for run in waiting.select_related("period__plan", "partnership").order_by("?"):
            try:
                _step(run)
            except (Conflict, RuleBroken):
                overtaken += 1
        closed = ReportingPeriod.objects.closed().exclude(pk__in=over)
        over |= {each.pk for each in closed.select_related("plan__partnership") if _has_said(each)}
        for job in Job.objects.filter(state=JobState.PARKED):
            services.retry_parked_job(job_id=job.pk, by=User.objects.system())
    return {"overtaken": overtaken}


def _step(run: PackRun) -> None:
    slug = run.partnership.slug
    if run.state == PackState.RENDERED:
        packs.release(run=run, base_version=run.version, by=of("office", slug))
        return
    with transaction.atomic():
        pack_runs.issue(run=run, base_version=run.version, by=of("chair", slug))
        if run.edition == Edition.BOARD and _leaves(slug) == run.period.month:
            role = RoleAssignment.objects.get(user=of("leaver", slug))
            yesterday = dates.today() - dt.timedelta(days=1)
            roles.end_role(assignment=role, ends_on=yesterday, by=of("admin", slug))


def _leaves(slug: str) -> dt.date:
    """The month between whose issue and whose e-mails the place's leaver loses their role."""
    return dt.date(2024, 1 + int(slug.rsplit("-", 1)[-1]) % MONTHS_TO_LEAVE, 1)


def _has_said(period: ReportingPeriod) -> bool:
    """Let the lead say something as soon as a month is frozen, which belongs into the next; if they did."""
    slug = period.plan.partnership.slug
    words = f"Said at {slug} after the freeze of {period.month:%Y-%m}."
    milestone = period.plan.milestones.select_related("plan").get(key="PA1.1-1")
    later = period.plan.periods.filter(month=dates.next_month(period.month)).first()
    if later is None or milestone.updates.filter(what_happened=words).exists():
        return True
    said = UpdateWords(
        *("in_progress", "red", words),
        forecast_on=dates.today() + FOUR_WEEKS,
        sentence_for_families=words,
    )
    try:
        milestones.record_update(
            milestone=milestone,
            period=later,
            words=said,
            base_version=milestone.version,
            by=of("lead", slug),
        )
    except Conflict:
        return False
    return True


def page(month: str) -> dict[str, Any]:
    """What the office's pages do not say of e-mails that were not sent; then send what failed again."""
    runs = PackRun.objects.filter(period__month=f"{month}-01").select_related("period__plan")
    silent, unsent, again = [], 0, 0
    for run in runs.select_related("partnership"):
        office = of("office", run.partnership.slug)
        browser = Client(SERVER_NAME="127.0.0.1")
        browser.force_login(office, backend=BACKEND)
        answer = browser.get(f"{run.get_absolute_url()}deliveries/").content.decode()
        for row in Delivery.objects.filter(run=run).select_related("person", "message", "run"):
            state = delivery_state(row.message.state)
            if state in {DeliveryState.SENT, DeliveryState.REFUSED}:
                continue
            unsent += 1
            told = re.search(
                rf"<tr>\s*<th[^>]*>{escape(row.person.name)}</th>(.*?)</tr>", answer, re.DOTALL
            )
            if told is None or state.label not in told[1] or state == DeliveryState.SENDING:
                silent.append(f"{row.person.name}, {run}: {state.label}")
            if state == DeliveryState.FAILED:
                deliveries.send_again(delivery=row, by=office)
                again += 1
    return {"silent": silent, "unsent": unsent, "again": again}


def progress() -> dict[str, int]:
    """How far everything is."""
    jobs, mails = Job.objects.all(), Message.objects.all()
    unheard = mails.filter(state=MessageState.SENDING, sending_at__lt=dates.now() - QUARTER)
    return {
        "frozen": ReportingPeriod.objects.closed().count(),
        "packs": BoardPack.objects.count(),
        "issued": PackRun.objects.filter(state=PackState.ISSUED).count(),
        "jobs": jobs.exclude(state=JobState.DONE).count(),
        "mails": mails.filter(state__in=[MessageState.PLANNED, MessageState.SENDING]).count(),
        "unheard": unheard.count(),
        "moves": jobs.filter(state=JobState.DONE).count() + mails.exclude(sent_at=None).count(),
    }


def follow() -> None:
    """Answer how far everything is whenever a line is heard."""
    for _ in sys.stdin:
        sys.stdout.write(json.dumps(progress()) + "\n")
        sys.stdout.flush()


def stored(sample: str) -> dict[str, Any]:
    """Every pack, e-mail and job, in plain words; of every ``sample``-th pack the PDF, made twice."""
    runs = PackRun.objects.select_related("period__plan__partnership", "pack__period__plan")
    return {
        "packs": [
            _pack(run, with_file=number % int(sample) == 0)
            for number, run in enumerate(runs.order_by("pk"))
        ],
        "mails": [
            {
                "edition": row.run.edition,
                "month": f"{row.run.period.month:%Y-%m}",
                "place": row.run.partnership.slug,
                "recipient": row.person.email,
                "state": row.message.state,
                "message_id": row.message.header_message_id,
            }
            for row in Delivery.objects.select_related(
                "run__period", "run__partnership", "person", "message"
            )
        ],
        "waiting_jobs": [str(job) for job in Job.objects.exclude(state=JobState.DONE)],
        "plans": Plan.objects.count(),
    }


def _pack(run: PackRun, *, with_file: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "place": run.partnership.slug,
        "month": f"{run.period.month:%Y-%m}",
        "edition": run.edition,
        "revision": run.revision,
        "state": run.state,
        "is_of_place": run.period.plan.partnership_id == run.partnership_id,
    }
    if run.pack is None:
        return told
    content = snapshot.shown(run)
    pdf = files.FORMATS["pdf"].made_of
    made = pdf(content) if with_file else b""
    return told | {
        "is_at_freeze": run.pack.cut_off == run.period.frozen_at,
        "cover": [content.cover.plan_slug, f"{content.cover.month:%Y-%m}", content.cover.edition],
        "plan": run.period.plan.slug,
        "said": sorted(set(SAID.findall(json.dumps(run.pack.content)))),
        "is_same_again": made == pdf(content) if with_file else None,
        "printed": [words for words in _names(run) if squeezed(words) in words_of(made)]
        if with_file
        else None,
        "names": _names(run),
    }


def _names(run: PackRun) -> list[str]:
    """What the file of a pack must say of whose it is and of which month."""
    return [run.partnership.name, run.period.label]


COMMANDS = {
    "migrate": migrate,
    "prepare": prepare,
    "act": act,
    "page": page,
    "stored": stored,
}

if __name__ == "__main__":
    Clock(FOLDER).rule()
    if sys.argv[1] == "follow":
        follow()
    else:
        sys.stdout.write(json.dumps(COMMANDS[sys.argv[1]](*sys.argv[2:])) + "\n")
