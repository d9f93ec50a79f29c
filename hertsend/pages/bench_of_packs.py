"""What a board pack costs: a snapshot, then its files, each in a process of its own so that memory is told apart."""

import json
import subprocess
import sys
from dataclasses import dataclass

from django.conf import settings

KILOBYTES = 1024
SECONDS, MEGABYTES = 3.0, 200.0
"""The limits of a pack of forty pages: snapshot and PDF together; of memory for the process that needs most."""

IN_A_PROCESS = """
import json, resource, sys, time
import django
django.setup()
from django.db import connection
from django.test.utils import CaptureQueriesContext
from governance.boardpack import content, snapshot
from governance.boardpack.files import FORMATS
from governance.enums import Edition
from plans.models import ReportingPeriod

kind = sys.argv[1]
period = ReportingPeriod.objects.select_related("plan__partnership").filter(frozen_at__isnull=False).latest("month")
def used():
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
began, worked = time.perf_counter(), used()
with CaptureQueriesContext(connection) as queries:
    taken = snapshot.of(period, edition=Edition.BOARD, revision=1)
between = time.perf_counter()
body = FORMATS[kind].made_of(content.from_json(taken.stored))
ended, done = time.perf_counter(), used()
print(json.dumps({
    "snapshot": between - began, "file": ended - between, "work": done - worked, "size": len(body),
    "memory": max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)),
    "queries": len(queries),
    "pages": body.count(b"/Type/Page/") if kind == "pdf" else 0,
}))
"""


@dataclass(frozen=True)
class Cost:
    """What one file took: seconds for snapshot and file, of processor, kilobytes, megabytes at most."""

    kind: str
    snapshot: float
    file: float
    work: float
    size: float
    memory: float
    queries: int
    pages: int

    @property
    def is_within(self) -> bool:
        """Whether snapshot and file together keep to the limits."""
        return self.snapshot + self.file <= SECONDS and self.memory <= MEGABYTES


def cost_of(kind: str) -> Cost:
    """The cost of the pack of the last frozen month in one of the formats."""
    told = subprocess.run(  # noqa: S603 - our own words, nothing of a user's
        [sys.executable, "-c", IN_A_PROCESS, kind],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(told.stdout)
    return Cost(
        kind=kind,
        snapshot=found["snapshot"],
        file=found["file"],
        work=found["work"],
        size=found["size"] / KILOBYTES,
        memory=found["memory"] / KILOBYTES,
        queries=found["queries"],
        pages=found["pages"],
    )
