"""The packs of the invented months: released, returned once, issued; the newest partly still wait."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from governance.boardpack import snapshot
from governance.enums import Edition
from governance.models import PackRun
from governance.selectors.packs import periods_without_pack
from governance.services import pack_runs, packs
from hertsend import dates
from hertsend.accounts.models import User
from hertsend.pages.demonstration.people import Cast
from plans.models import Plan, ReportingPeriod

SEPTEMBER = dt.date(2024, 9, 1)
FOREWORD = (
    "Most of what was due is done. Two things need the board this month: the exceptions that have no "
    "new date, and who acts on them."
)
MISSING = "The foreword does not say what the board is to decide. Please add a sentence."


def issue(plan: Plan, cast: Cast) -> None:
    """Assemble every pack, and take each as far as it is half way through the plan.

    All of the board's are issued. The Executive's newest waits for the office and the families' for
    a joint chair. In one transaction, as the whole demonstration is.
    """
    system = User.objects.system()
    for edition in Edition:
        months = [row for row in periods_without_pack(edition) if row.plan == plan]
        for period in months:
            _take(period, edition, cast, system, is_newest=period == months[-1])


def _take(
    period: ReportingPeriod, edition: Edition, cast: Cast, system: User, *, is_newest: bool
) -> None:
    frozen_at = period.frozen_at or dates.now()
    with dates.at(frozen_at + dt.timedelta(hours=1)):
        taken = snapshot.of(period, edition=edition, revision=1)
        pack = packs.store(period=period, edition=edition, taken=taken, by=system)
        run = pack_runs.mark_rendered(run=PackRun.objects.get(pack=pack), by=system)
    if is_newest and edition == Edition.EXECUTIVE:
        return
    with _later(frozen_at, hours=24):
        run = _release(run, cast, edition)
    if is_newest and edition == Edition.FAMILIES:
        return
    with _later(frozen_at, hours=28):
        pack_runs.issue(run=run, base_version=run.version, by=cast.people["chair"])


def _release(run: PackRun, cast: Cast, edition: Edition) -> PackRun:
    """The newest of the board had no foreword at first, and came back."""
    office = cast.people["office"]
    is_newest = run.period.month == SEPTEMBER and edition == Edition.BOARD
    if is_newest:
        run = pack_runs.release(run=run, base_version=run.version, by=office)
        run = pack_runs.send_back(
            run=run, reason=MISSING, base_version=run.version, by=cast.people["chair"]
        )
        run = pack_runs.prepare(run=run, foreword=FOREWORD, base_version=run.version, by=office)
    return pack_runs.release(run=run, base_version=run.version, by=office)


@contextmanager
def _later(moment: dt.datetime, *, hours: int) -> Iterator[None]:
    with dates.at(moment + dt.timedelta(hours=hours)):
        yield
