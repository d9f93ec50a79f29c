"""`manage.py build_assets`: prepare the design systems' files again."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from hertsend.serve.assets import AssetsError, build


class Command(BaseCommand):
    help = "Prepare the design systems' styles and scripts from node_modules into static/build."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            written = build(
                settings.BASE_DIR / "node_modules", settings.BASE_DIR / "static" / "build"
            )
        except AssetsError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{len(written)} files in static/build")
