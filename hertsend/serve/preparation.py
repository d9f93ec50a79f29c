"""What a site needs before it answers: static files, tables, the plan, and the demonstration.

Everything here does nothing when it was done before, so that starting again is quick and keeps the data.
"""

import datetime as dt
import hashlib
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from hertsend import dates

PLAN_FILE = "fixtures/hertfordshire-2023.json"
PLAN_TAKEN_OVER_ON = dt.date(2023, 12, 18)

Report = Callable[[str], None]


def prepare(report: Report) -> None:
    """Collect static files, migrate, import the plan, and make the demonstration where it is switched on."""
    collect_static_files(report)
    migrate(report)
    if settings.HERTSEND_DEMONSTRATION:
        # Before the first invented month, so that no history begins after what it tells.
        with dates.at(dates.start_of(PLAN_TAKEN_OVER_ON)):
            call_command("importplan", str(settings.BASE_DIR / PLAN_FILE))
        call_command("load_demonstration")


def collect_static_files(report: Report) -> None:
    """Copy static files to where they are served from, if one of them or a package changed."""
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    current = static_fingerprint(settings.BASE_DIR)
    if stamp.exists() and stamp.read_text() == current:
        return
    report("Collecting static files ...")
    call_command("collectstatic", "--no-input", "--clear", verbosity=0)
    stamp.write_text(current)


def static_fingerprint(root: Path) -> str:
    """One hash over our static files, their names, and the lock file of the packages that bring others."""
    digest = hashlib.sha256((root / "requirements.txt").read_bytes())
    digest.update(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for path in sorted((root / "static").rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(root)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def migrate(report: Report) -> None:
    """Bring the tables up to date, if they are not."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    report("Preparing the database ...")
    call_command("migrate", "--no-input", verbosity=0)


def show_sign_ins() -> None:
    """Print the demonstration's sign-ins on standard output."""
    if settings.HERTSEND_DEMONSTRATION and "demonstration_accounts" in get_commands():
        call_command("demonstration_accounts", "--list")
