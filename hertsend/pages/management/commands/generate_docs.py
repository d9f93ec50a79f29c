"""`manage.py generate_docs`: write the pages of docs/reference/, or prove that they are current."""

import difflib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from hertsend.pages.generated import GENERATED


class Command(BaseCommand):
    help = "Write the pages of docs/reference/ that are made from the code and the plan file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="write nothing; fail with the difference where a page is not current",
        )
        parser.add_argument(
            "--root", type=Path, default=settings.BASE_DIR, help="where docs/ stands"
        )

    def handle(self, *args: Any, check: bool, root: Path, **options: Any) -> None:
        pages = {name: make() for name, make in GENERATED.items()}
        stale = {name: text for name, text in pages.items() if stored(root / name) != text}
        if check and stale:
            differences = [
                line for name, text in stale.items() for line in difference(root, name, text)
            ]
            raise CommandError("\n".join(["Run `make docs`:", *differences]))
        for name, text in stale.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
            self.stdout.write(f"Written: {name}")
        if not stale:
            self.stdout.write("All pages are current.")


def stored(path: Path) -> str:
    """What a page holds now; nothing where it is not there yet."""
    return path.read_text(encoding="utf-8") if path.exists() else ""


def difference(root: Path, name: str, text: str) -> list[str]:
    """The lines in which a page is not what it should be."""
    return list(
        difflib.unified_diff(
            stored(root / name).splitlines(),
            text.splitlines(),
            fromfile=f"{name} (now)",
            tofile=f"{name} (generated)",
            lineterm="",
        )
    )
