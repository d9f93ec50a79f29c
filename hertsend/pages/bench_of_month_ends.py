"""A month's end of many partnerships: their packs through the real jobs, by two workers, in a copy that is thrown away."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from governance.enums import Edition
from governance.models import BoardPack, Delivery, PackRun
from governance.selectors.packs import periods_without_pack
from governance.services.pack_runs import ASSEMBLE_PACK, ask_for
from hertsend.accounts.models import Partnership, Post, PostHolding, RoleAssignment, User
from hertsend.jobs.enums import JobState
from hertsend.jobs.models import Job, Message
from hertsend.jobs.services import run
from hertsend.pages.bench_copies import answer_of, ask, begin, copied
from hertsend.pages.bench_of_packs import memory, used

ALL, WORKERS = 153, 2
SECONDS = 600.0
"""The limit for the packs of the 153 local areas of England."""

APART = 10_000_000
"""How far the primary keys of one partnership's copy lie from those of the next."""

OF_PACKS: tuple[type[models.Model], ...] = (Delivery, PackRun.history.model, PackRun, BoardPack)
"""What is made anew: no copy of a plan comes with packs. In the order in which it can be taken away."""


@dataclass(frozen=True)
class MonthEnd:
    """What it took: seconds to copy, to ask and to make, how many packs were asked for and made.

    ``processor`` are the seconds of processor in the workers and their typesetters together: what remains of
    ``making`` for each worker, it waited for others. ``memory`` is that of the process that needs most.
    """

    partnerships: int
    copying: float
    asking: float
    making: float
    asked: int
    made: int
    processor: float
    memory: float

    @property
    def for_all(self) -> float:
        """Asking and making, for all local areas: in proportion where fewer were measured."""
        return (self.asking + self.making) * ALL / self.partnerships

    @property
    def over(self) -> str:
        """What is not as it must be, in words; "" where all is."""
        told = ((self.for_all > SECONDS, "time"), (self.made < self.asked, "packs missing"))
        return ", ".join(name for is_over, name in told if is_over)


def month_end_of(partnerships: int) -> MonthEnd:
    """Copy the plan for so many partnerships, ask for the packs of a month in all editions, and make them."""
    with copied() as environment:
        copying = ask(f"{__name__}.multiply", partnerships, environment=environment)
        asked = ask(f"{__name__}.ask_for_packs", environment=environment)
        workers = [
            begin(f"{__name__}.work", number, environment=environment) for number in range(WORKERS)
        ]
        done = [answer_of(each) for each in workers]
    return MonthEnd(
        partnerships=partnerships,
        copying=copying,
        asking=asked["seconds"],
        making=max(each["ended"] for each in done) - min(each["began"] for each in done),
        asked=asked["packs"],
        made=sum(each["made"] for each in done),
        processor=sum(each["processor"] for each in done),
        memory=max(each["memory"] for each in done),
    )


def multiply(partnerships: str) -> float:
    """Give each partnership its own copy of every row of the plan, told apart by keys; answer the seconds.

    By statements of the database itself: through the services it would take hours.
    """
    began = time.perf_counter()
    copies, more = list(_copied_models()), int(partnerships) - 1
    with transaction.atomic(), connection.cursor() as cursor:
        for model in (*OF_PACKS, Message, Job):
            cursor.execute(f'DELETE FROM "{model._meta.db_table}"')  # noqa: S608 - names of our own tables
        for model in copies:
            cursor.execute(_copying(model, set(copies)), [more, more])
        for statement in connection.ops.sequence_reset_sql(no_style(), copies):
            cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return time.perf_counter() - began


def _copied_models() -> Iterator[type[models.Model]]:
    """Everything of plans, measures and boards but packs, and what of partnerships they point to."""
    for model in (Partnership, Post, PostHolding, RoleAssignment):
        yield model
    for label in ("plans", "kpis", "governance"):
        for model in apps.get_app_config(label).get_models(include_auto_created=True):
            if model not in OF_PACKS:
                yield model


def _copying(model: type[models.Model], copies: set[type[models.Model]]) -> str:
    """The statement that copies the rows of a table once for each number from one to the parameter."""
    columns = {
        field.column: _value_of(field, copies) for field in model._meta.local_concrete_fields
    }
    names = ", ".join(f'"{name}"' for name in columns)
    return (  # the names are those of our own tables and columns
        f'INSERT INTO "{model._meta.db_table}" ({names}) '  # noqa: S608
        "WITH RECURSIVE copies(n) AS "
        "(SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n <= %s) "
        f'SELECT {", ".join(columns.values())} FROM "{model._meta.db_table}" AS t '
        "JOIN copies ON copies.n <= %s"
    )


def _value_of(field: "models.Field[Any, Any]", copies: set[type[models.Model]]) -> str:
    """A key moves on with its copy, a name that stands once in all gets the copy's number."""
    column = f't."{field.column}"'
    # The history of a row holds the row's own key under the name that it has there.
    is_key = field.primary_key or field.name == "id"
    if is_key or (field.is_relation and field.related_model in copies):
        return f"{column} + copies.n * {APART}"
    if field.unique and isinstance(field, models.CharField):
        return f"{column} || '-' || copies.n"
    return column


def ask_for_packs() -> dict[str, float]:
    """Ask for the packs of the newest month that goes to the Executive too, as the hourly task does."""
    began, by, packs = time.perf_counter(), User.objects.system(), 0
    with transaction.atomic():
        due = {edition: periods_without_pack(edition) for edition in Edition}
        month = max(period.month for period in due[Edition.EXECUTIVE])
        for edition, periods in due.items():
            for period in periods:
                if period.month == month:
                    packs += ask_for(period=period, edition=edition, by=by) is not None
    return {"seconds": time.perf_counter() - began, "packs": packs}


def work(number: str) -> dict[str, float]:
    """Do the jobs as a worker does; answer how many packs it made, and what that took.

    One worker begins at the first and one at the last, so that they meet half way: who comes second to
    a job finds it claimed. It tells when it began and ended, by a clock that both share: workers run long before
    a month ends.
    """
    began, worked = time.perf_counter(), used()
    jobs = list(Job.objects.filter(kind=ASSEMBLE_PACK).order_by("pk").values_list("pk", flat=True))
    done = 0
    for key in jobs if number == "0" else reversed(jobs):
        job = run(job_id=key)
        done += job is not None and job.state == JobState.DONE
    return {
        "made": done,
        "began": began,
        "ended": time.perf_counter(),
        "processor": used() - worked,
        "memory": memory(),
    }
