"""`manage.py importplan`: take over a plan file, all of it or nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hertsend.accounts.models import User
from hertsend.errors import HertsendError, RuleBroken
from plans.planfile import reading
from plans.planfile.differences import Differences
from plans.planfile.faults import BadPlanFile
from plans.planfile.report import report
from plans.planfile.stored import differences_from
from plans.services import importing


class Command(BaseCommand):
    help = "Take over a plan file (docs/plan-file.md): show what it creates and changes, then store all or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="the plan file")
        parser.add_argument(
            "--dry-run", action="store_true", help="show what would happen, and store nothing"
        )
        parser.add_argument(
            "--correction",
            default="",
            metavar="REASON",
            help="why a published date or wording is changed; it goes into the history",
        )

    def handle(
        self, *args: Any, file: Path, dry_run: bool, correction: str, **options: Any
    ) -> None:
        try:
            document = reading.read(file)
            differences = differences_from(document)
            self.show(differences, correction=correction)
            if dry_run:
                self.stdout.write("A dry run: nothing was stored.")
            else:
                importing.import_plan(
                    document=document, correction=correction, by=User.objects.system()
                )
                if not differences.is_empty:
                    self.stdout.write("Stored.")
        except BadPlanFile as error:
            faults = [f"  {fault}" for fault in error.faults]
            raise CommandError(
                "\n".join([f"{file} is not taken over; nothing was stored.", *faults])
            ) from error
        except RuleBroken as error:
            raise CommandError(f"Nothing was stored. {self.with_option(error)}") from error
        except HertsendError as error:
            raise CommandError(f"Nothing was stored. {error.sentence}") from error

    def show(self, differences: Differences, *, correction: str) -> None:
        """Print what the file creates and changes, before anything is stored."""
        self.stdout.write("\n".join(report(differences)))
        if differences.corrections and not correction.strip():
            self.stdout.write("Published dates or wording change: --correction REASON is needed.")

    @staticmethod
    def with_option(error: RuleBroken) -> str:
        """The error's sentence, with the option that would put it right."""
        return (
            f"{error.sentence} (--correction REASON)"
            if "correction" in error.errors
            else error.sentence
        )
