"""The worker's application and its timetable.

A task only wakes work up. What there is to do, and whether it was done, stands in rows of the database, so
each entry may run twice, late, or after a kill without harm.
"""

import logging.config
import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import setup_logging
from django.conf import settings
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hertsend.settings")

# The jobs decide for themselves what is due, once each; hourly, so that a machine that slept is late but not silent.
SCHEDULE: dict[str, dict[str, Any]] = {
    "requeue forgotten jobs": {"task": "hertsend.jobs.tasks.sweep", "schedule": crontab()},
    "open and freeze reporting periods": {
        "task": "plans.tasks.advance_periods",
        "schedule": crontab(minute=2),
    },
    "nightly exceptions and digests": {
        "task": "plans.tasks.run_nightly",
        "schedule": crontab(minute=7),
    },
    "returns of open periods": {
        "task": "governance.tasks.make_returns",
        "schedule": crontab(minute=4),
    },
    "uploads that nobody claimed": {
        "task": "plans.tasks.sweep_files",
        "schedule": crontab(minute=37),
    },
    "board packs of frozen periods": {
        "task": "governance.tasks.assemble_packs",
        "schedule": crontab(minute=12),
    },
}

app = Celery("hertsend")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = SCHEDULE
app.steps["worker"].add(DjangoStructLogInitStep)
app.autodiscover_tasks()


@setup_logging.connect
def use_the_settings_logging(**_: Any) -> None:
    """Keep Celery from replacing the log format, which also takes secrets out."""
    logging.config.dictConfig(settings.LOGGING)
