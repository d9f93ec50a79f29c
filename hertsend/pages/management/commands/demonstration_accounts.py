"""Prints the demonstration's sign-ins."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from hertsend.pages.demonstration.people import PASSWORD, SIGN_INS


class Command(BaseCommand):
    """``manage.py demonstration_accounts --list``."""

    help = "List the demonstration's sign-ins, one for each role."

    def add_arguments(self, parser: CommandParser) -> None:
        """``--list`` is what ``manage.py serve`` asks for."""
        parser.add_argument("--list", action="store_true", help="print the sign-ins")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each role, then the password that they share."""
        width = max(len(each.email) for each in SIGN_INS)
        for each in SIGN_INS:
            self.stdout.write(f"  {each.email:<{width}}  {each.role.label}")
        self.stdout.write(f"  Password for all: {PASSWORD}")
