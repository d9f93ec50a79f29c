"""Counts the queries of the main pages and times them, on the database that is configured."""

import statistics
import time
from http import HTTPStatus
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hertsend.accounts.models import RoleAssignment, User
from hertsend.accounts.roles import Role
from hertsend.serve.preparation import prepare
from plans.models import Milestone, Plan

MILLISECONDS = 1000


class Command(BaseCommand):
    """``manage.py bench``."""

    help = "Count queries and time the main pages as a workstream lead of the first plan."

    def add_arguments(self, parser: CommandParser) -> None:
        """How often each page is asked for."""
        parser.add_argument("--rounds", type=int, default=15)

    def handle(self, *args: Any, rounds: int, **options: Any) -> None:
        """Print one line for each page: queries, median, slowest."""
        prepare(self.stderr.write)
        plan, lead, milestone = self._subject()
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(lead, backend="allauth.account.auth_backends.AuthenticationBackend")
        self.stdout.write(f"{'page':<18} {'queries':>7} {'median ms':>10} {'slowest ms':>11}")
        for name, url in self._pages(plan, milestone).items():
            counted, times = self._measure(client, url, rounds)
            median = statistics.median(times)
            self.stdout.write(f"{name:<18} {counted:>7} {median:>10.1f} {max(times):>11.1f}")

    def _subject(self) -> tuple[Plan, User, Milestone]:
        plan = Plan.objects.first()
        role = RoleAssignment.objects.filter(role=Role.WORKSTREAM_LEAD, user__is_active=True)
        if plan is None or (assignment := role.select_related("user").first()) is None:
            raise CommandError("Make the demonstration first: make run")
        milestone = plan.milestones.filter(
            action__workstream__key=assignment.scope_key, stage="in_progress"
        ).first()
        if milestone is None:
            raise CommandError("The lead's workstream has no open milestone.")
        return plan, assignment.user, milestone

    @staticmethod
    def _pages(plan: Plan, milestone: Milestone) -> dict[str, str]:
        one = [plan.slug, milestone.key]
        return {
            "home": reverse("pages:home"),
            "plan": reverse("plans:plan-detail", args=[plan.slug]),
            "dashboard": reverse("governance:dashboard", args=[plan.slug]),
            "milestone table": reverse("plans:milestone-list", args=[plan.slug]),
            "milestone": reverse("plans:milestone-detail", args=one),
            "update form": reverse("plans:milestone-update", args=one),
        }

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
