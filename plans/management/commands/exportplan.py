"""`manage.py exportplan`: print the plan file of a stored plan."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from plans.models import Plan
from plans.planfile.stored import document_in_database
from plans.planfile.writing import text_of


class Command(BaseCommand):
    help = "Print the plan file of a stored plan (docs/plan-file.md) on standard output."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="the plan's name in addresses")

    def handle(self, *args: Any, slug: str, **options: Any) -> None:
        plan = Plan.objects.select_related("partnership").filter(slug=slug).first()
        if plan is None:
            known = ", ".join(Plan.objects.values_list("slug", flat=True)) or "none"
            raise CommandError(f"There is no plan “{slug}”. Known: {known}.")
        self.stdout.write(text_of(document_in_database(plan)), ending="")
