"""Makes the first administrator of a partnership, who then invites everybody else."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hertsend.accounts.models import Partnership, User
from hertsend.accounts.services import people
from hertsend.errors import HertsendError


class Command(BaseCommand):
    """``manage.py add_administrator name@example.org --name "Full name" --partnership slug``."""

    help = "Make the first administrator of a partnership; they get a link to set a password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, and where."""
        parser.add_argument("email")
        parser.add_argument("--name", required=True, help="The person's full name")
        parser.add_argument("--partnership", required=True, help="The partnership's short name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Open the account; refuse where an administrator exists."""
        partnership = Partnership.objects.filter(slug=options["partnership"]).first()
        if partnership is None:
            known = ", ".join(Partnership.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(
                f"There is no partnership {options['partnership']!r}. Known: {known}. "
                "A partnership comes with its plan: import the plan file first."
            )
        try:
            person = people.add_first_administrator(
                email=options["email"],
                name=options["name"],
                partnership=partnership,
                by=User.objects.system(),
            )
        except HertsendError as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(
            f"{person.name} is an administrator of {partnership.name} and gets an e-mail."
        )
