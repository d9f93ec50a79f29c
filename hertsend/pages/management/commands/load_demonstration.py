"""Invents people and nine months of progress on the imported plan, in demonstration mode only."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from hertsend.pages.demonstration.loading import load
from plans.models import Plan


class Command(BaseCommand):
    """``manage.py load_demonstration``."""

    help = "Invent people and progress for the demonstration (HERTSEND_DEMONSTRATION=1); once."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it, or say why not."""
        if not settings.HERTSEND_DEMONSTRATION:
            raise CommandError("The demonstration is off: set HERTSEND_DEMONSTRATION=1.")
        plan = Plan.objects.first()
        if plan is None:
            raise CommandError("Import a plan first: manage.py importplan fixtures/<plan>.json")
        made = load(plan)
        self.stderr.write("Demonstration made." if made else "The demonstration is there already.")
