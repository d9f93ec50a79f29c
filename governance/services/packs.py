"""Assembling board packs: each month's once, however often and from wherever it is asked for."""

from django.db import transaction

from governance import selectors
from governance.boardpack import snapshot
from governance.boardpack.content import SCHEMA_VERSION
from governance.boardpack.snapshot import Snapshot
from governance.enums import Edition
from governance.models import BoardPack
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import RuleBroken
from hertsend.jobs.models import Job
from hertsend.jobs.services import enqueue_on_commit
from plans.models import ReportingPeriod
from plans.services import periods

ASSEMBLE_PACK = "governance.assemble_pack"
FIRST_REVISION = 1


def assemble(*, period: ReportingPeriod, edition: Edition, by: User) -> BoardPack:
    """The pack of a frozen month: assembled and stored, or the one that was stored before.

    Two steps, so not one transaction: the content is read in a transaction that only reads (and
    keeps nobody waiting), then stored in another, which lets one of several through.
    Call it outside a transaction. The cut-off is the month's freeze, whenever this runs.

    Raises ``NotAllowed``, and ``RuleBroken`` for a month that is not frozen.
    """
    row = ReportingPeriod.objects.select_related("plan").get(pk=period.pk)
    access.require(by, Permission.ASSEMBLE_PACK, partnership_id=row.plan.partnership_id)
    if row.frozen_at is None:
        raise RuleBroken(f"{row.label} is not frozen yet, so there is no pack of it.")
    existing = selectors.latest_pack(period=row, edition=edition)
    if existing is not None:
        return existing
    taken = snapshot.take(period_id=row.pk, edition=edition, revision=FIRST_REVISION)
    return store(period=row, edition=edition, taken=taken, by=by)


@transaction.atomic
def store(*, period: ReportingPeriod, edition: Edition, taken: Snapshot, by: User) -> BoardPack:
    """Store what was read as the month's pack and mark the month as reported, both or neither.

    The row of the period is locked first, so that of two at once the second finds the first's pack
    and answers with that. Raises ``NotAllowed``.
    """
    access.require(by, Permission.ASSEMBLE_PACK, partnership_id=period.plan.partnership_id)
    row = periods.mark_reported(period=period, by=by)
    existing = selectors.latest_pack(period=row, edition=edition)
    if existing is not None:
        return existing
    return BoardPack.add(
        partnership=row.plan.partnership,
        period=row,
        edition=edition,
        revision=FIRST_REVISION,
        schema_version=SCHEMA_VERSION,
        cut_off=row.frozen_at,
        content=taken.stored,
        sha256=taken.sha256,
        assembled_by=by,
        assembled_at=dates.now(),
    )


@transaction.atomic
def request_missing(*, by: User) -> list[Job]:
    """Ask for the pack of every closed month that has none, of every plan; answer the new jobs.

    One job row for each plan and month, for ever: asking again, or twice at once, adds none.
    """
    asked = []
    for period in selectors.periods_without_pack(Edition.BOARD):
        access.require(by, Permission.ASSEMBLE_PACK, partnership_id=period.plan.partnership_id)
        job = enqueue_on_commit(
            kind=ASSEMBLE_PACK,
            key=f"{period.plan.slug} {period.month:%Y-%m} {Edition.BOARD}",
            arguments={"period_id": period.pk, "edition": Edition.BOARD.value},
        )
        asked += [job] if job else []
    return asked
