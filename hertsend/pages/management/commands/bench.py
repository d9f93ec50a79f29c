"""Counts the queries of the main pages and times them, on the database that is configured."""

import statistics
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.boardpack.files import FORMATS
from hertsend.accounts.models import RoleAssignment, User
from hertsend.accounts.roles import Role
from hertsend.pages.bench_of_large_packs import PAGES, cost_of_large_pack
from hertsend.pages.bench_of_measures import MEASURES, all_work
from hertsend.pages.bench_of_month_ends import ALL, WORKERS, month_end_of
from hertsend.pages.bench_of_month_ends import SECONDS as LIMIT
from hertsend.pages.bench_of_packs import MEGABYTES, QUERIES, SECONDS, Cost, cost_of
from hertsend.serve.preparation import prepare
from plans.models import Milestone, Plan

MILLISECONDS = 1000
FEW = 8
"""So many partnerships tell enough from day to day."""

LEAD, OFFICE, CHAIR = Role.WORKSTREAM_LEAD, Role.PROGRAMME_OFFICE, Role.JOINT_CHAIR
MEMBER, EXECUTIVE = Role.BOARD_MEMBER, Role.EXECUTIVE_CHAIR
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Command(BaseCommand):
    """``manage.py bench``."""

    help = "Count queries and time the main pages of the first plan, each as whoever works on it."

    def add_arguments(self, parser: CommandParser) -> None:
        """How often each page is asked for, and how many partnerships have a month's end."""
        parser.add_argument("--rounds", type=int, default=15)
        parser.add_argument(
            "--partnerships", type=int, default=FEW, help=f"{ALL} are all; they take some minutes"
        )

    def handle(self, *args: Any, rounds: int, partnerships: int, **options: Any) -> None:
        """Print one line for each page: as whom, queries, median, slowest."""
        prepare(self.stderr.write)
        plan, lead, milestone = self._subject()
        clients = {
            role: _client(_holder(plan, role)) for role in (OFFICE, CHAIR, MEMBER, EXECUTIVE)
        }
        clients[LEAD] = _client(lead)
        self.stdout.write(
            f"{'page':<22} {'as':<18} {'queries':>7} {'median ms':>10} {'slowest ms':>11}"
        )
        for name, role, url in _pages(plan, milestone):
            counted, times = self._measure(clients[role], url, rounds)
            median = statistics.median(times)
            self.stdout.write(
                f"{name:<22} {role.label:<18} {counted:>7} {median:>10.1f} {max(times):>11.1f}"
            )
        self.stdout.write(f"\n{'work':<22} {'CPU ms':>7} {'limit':>6}")
        for work in all_work():
            self.stdout.write(f"{work.name:<22} {work.cost(rounds):>7.1f} {work.limit:>6.0f}")
        self._packs()
        self._month_end(partnerships)

    def _packs(self) -> None:
        """Each file of the last frozen month's pack, then a PDF with many drawings; these have limits."""
        self.stdout.write(
            f"\n{'pack':<10} {'pages':>5} {'charts':>6} {'queries':>7} {'snapshot s':>10} {'file s':>7} "
            f"{'CPU s':>6} {'MB':>5} {'kB':>6}"
        )
        for kind in FORMATS:
            self._pack(cost_of(kind))
        self._pack(cost_of_large_pack(), "large pdf")
        self.stdout.write(
            f"limits: snapshot and PDF {SECONDS:g} s, {MEGABYTES:g} MB, {QUERIES} queries; "
            f"the large one with {PAGES} pages and {MEASURES} charts at least"
        )

    def _pack(self, cost: Cost, name: str = "") -> None:
        self.stdout.write(
            f"{name or cost.kind:<10} {cost.pages or '':>5} {cost.charts:>6} {cost.queries:>7} "
            f"{cost.snapshot:>10.2f} {cost.file:>7.2f} {cost.work:>6.2f} {cost.memory:>5.0f} "
            f"{cost.size:>6.0f}{_told(cost.over)}"
        )

    def _month_end(self, partnerships: int) -> None:
        """The packs of many partnerships at a month's end, by two workers; fewer stand for all."""
        took = month_end_of(partnerships)
        self.stdout.write(
            f"\nmonth's end of {took.partnerships} partnerships by {WORKERS} workers: {took.made} of "
            f"{took.asked} packs in {took.asking + took.making:.0f} s ({took.processor:.0f} s of processor, "
            f"{took.memory:.0f} MB; {took.copying:.0f} s to copy the plan beforehand)"
        )
        how = "measured" if partnerships == ALL else f"extrapolated from {partnerships}"
        self.stdout.write(
            f"{ALL} partnerships: {took.for_all:.0f} s, {how}; limit {LIMIT:g} s{_told(took.over)}"
        )

    def _subject(self) -> tuple[Plan, User, Milestone]:
        plan = Plan.objects.first()
        role = RoleAssignment.objects.filter(role=LEAD, user__is_active=True)
        if plan is None or (assignment := role.select_related("user").first()) is None:
            raise CommandError("Make the demonstration first: make run")
        milestone = plan.milestones.filter(
            action__workstream__key=assignment.scope_key, stage="in_progress"
        ).first()
        if milestone is None:
            raise CommandError("The lead's workstream has no open milestone.")
        return plan, assignment.user, milestone

    @staticmethod
    def _measure(client: Client, url: str, rounds: int) -> tuple[int, list[float]]:
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            status = client.get(url).status_code
        counted = len(queries)
        if status != HTTPStatus.OK:
            raise CommandError(f"{url} answered {status}.")
        times = []
        for _ in range(rounds):
            start = time.perf_counter()
            client.get(url)
            times.append((time.perf_counter() - start) * MILLISECONDS)
        return counted, times


def _told(over: str) -> str:
    return f"  over the limit: {over}" if over else ""


def _holder(plan: Plan, role: Role) -> User:
    """The first person of the plan's partnership who holds a role."""
    held = RoleAssignment.objects.filter(
        partnership=plan.partnership_id, role=role, user__is_active=True
    )
    found = held.select_related("user").order_by("pk").first()
    if found is None:
        raise CommandError(f"Nobody holds the role {role.label}.")
    return found.user


def _client(person: User) -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(person, backend=BACKEND)
    return client


def _pages(plan: Plan, milestone: Milestone) -> list[tuple[str, Role, str]]:
    """Each page with its name and as whom it is asked for."""
    one = [plan.slug, milestone.key]
    period = plan.periods.accepting_updates().first()
    month = f"{period.month:%Y-%m}" if period else ""
    own = [plan.slug, month, milestone.action.workstream.key]
    of_plan, of_board = _addresses("plans", plan), _addresses("governance", plan)
    return [
        ("home", LEAD, reverse("pages:home")),
        ("home", CHAIR, reverse("pages:home")),
        ("plan", LEAD, of_plan("plan-detail")),
        ("milestone table", LEAD, of_plan("milestone-list")),
        ("milestone", LEAD, reverse("plans:milestone-detail", args=one)),
        ("update form", LEAD, reverse("plans:milestone-update", args=one)),
        ("my return", LEAD, reverse("governance:return-detail", args=own)),
        ("returns and chasing", OFFICE, reverse("governance:return-list", args=own[:2])),
        ("returns to check", OFFICE, reverse("governance:return-check", args=own)),
        ("exceptions", CHAIR, of_plan("exception-list")),
        ("exceptions of one", CHAIR, reverse("plans:milestone-exceptions", args=one)),
        ("date changes", CHAIR, of_plan("date-request-list")),
        ("sign-off queue", CHAIR, of_plan("sign-off-queue")),
        ("impact", CHAIR, of_plan("impact-list")),
        ("assurance", EXECUTIVE, of_board("assurance-list")),
        ("what comes again", OFFICE, of_plan("commitment-list")),
        ("calendar", OFFICE, of_board("calendar")),
        ("rhythm", EXECUTIVE, of_board("rhythm")),
        ("dashboard", MEMBER, of_board("dashboard")),
        ("changes", MEMBER, of_board("changes")),
        ("stocktake", MEMBER, of_board("stocktake")),
        ("stocktake in Word", MEMBER, of_board("stocktake-document")),
        ("measures", MEMBER, reverse("kpis:indicator-list", args=[plan.slug])),
        ("enter figures", LEAD, reverse("kpis:figures-enter", args=[plan.slug])),
        ("deputies", OFFICE, reverse("accounts:deputy-list")),
    ]


def _addresses(app: str, plan: Plan) -> Callable[[str], str]:
    """A function from the name of one of the plan's own pages to its address."""
    return lambda name: reverse(f"{app}:{name}", args=[plan.slug])
