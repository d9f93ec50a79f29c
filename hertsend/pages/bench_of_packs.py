"""What a board pack costs: a snapshot, then its files, each in a process of its own so that memory is told apart."""

import resource
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.boardpack import content, snapshot
from governance.boardpack.files import FORMATS
from governance.enums import Edition
from hertsend.pages.bench_copies import Environment, ask
from plans.models import ReportingPeriod

KILOBYTES = 1024
SECONDS, MEGABYTES, QUERIES = 3.0, 200.0, 40
"""The limits of a pack of forty pages: snapshot and PDF together; memory of the process that needs most; queries."""


@dataclass(frozen=True)
class Cost:
    """What one file took: seconds for snapshot and file, of processor, kilobytes, megabytes at most.

    ``charts`` are the drawings of measures in the pack.
    """

    kind: str
    snapshot: float
    file: float
    work: float
    size: float
    memory: float
    queries: int
    pages: int
    charts: int

    @property
    def over(self) -> str:
        """Which limits it does not keep to, in words; "" where it keeps to all."""
        told = (
            (self.snapshot + self.file > SECONDS, "time"),
            (self.memory > MEGABYTES, "memory"),
            (self.queries > QUERIES, "queries"),
        )
        return ", ".join(name for is_over, name in told if is_over)


def cost_of(kind: str, environment: Environment | None = None) -> Cost:
    """The cost of the board's pack of the last frozen month in one of the formats."""
    found = ask(f"{__name__}.measured", kind, environment=environment or {})
    return Cost(kind=kind, **found)


def newest_month() -> ReportingPeriod:
    """The last month that was frozen."""
    frozen = ReportingPeriod.objects.filter(frozen_at__isnull=False)
    return frozen.select_related("plan__partnership").order_by("month", "-pk").last()


def measured(kind: str) -> dict[str, Any]:
    """Make the pack once, in this process."""
    period = newest_month()
    began, worked = time.perf_counter(), used()
    with CaptureQueriesContext(connection) as queries:
        taken = snapshot.of(period, edition=Edition.BOARD, revision=1)
    between = time.perf_counter()
    pack = content.from_json(taken.stored)
    body = FORMATS[kind].made_of(pack)
    ended, done = time.perf_counter(), used()
    return {
        "snapshot": between - began,
        "file": ended - between,
        "work": done - worked,
        "size": len(body) / KILOBYTES,
        "memory": memory(),
        "queries": len(queries),
        "pages": body.count(b"/Type/Page/") if kind == "pdf" else 0,
        "charts": sum(bool(each.chart) for each in pack.measures),
    }


def _usages() -> list[resource.struct_rusage]:
    return [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]


def memory() -> float:
    """The megabytes of whichever needed most, this process or one that it has waited for.

    What the system tells of a process counts from before it became ours, when it was a likeness of the
    bench itself; where the kernel tells of the memory of the program alone, that is taken.
    """
    own, waited_for = (each.ru_maxrss for each in _usages())
    status = Path("/proc/self/status")
    if status.exists():
        lines = (line.split() for line in status.read_text().splitlines())
        own = next((int(line[1]) for line in lines if line[0] == "VmHWM:"), own)
    return max(own, waited_for) / KILOBYTES


def used() -> float:
    """The seconds of processor of this process and of those that it has waited for."""
    return sum(each.ru_utime + each.ru_stime for each in _usages())
