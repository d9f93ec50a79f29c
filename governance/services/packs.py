"""Assembling board packs: once for each freeze of a month, however often and from wherever asked for."""

import logging

from django.db import transaction

from governance import selectors
from governance.boardpack import snapshot
from governance.boardpack.content import SCHEMA_VERSION, PackContent, UnreadablePack
from governance.boardpack.renderings import AT_FIRST, NotLaidOut, render_all
from governance.boardpack.snapshot import Snapshot
from governance.enums import Edition, PackAct, PackState
from governance.models import BoardPack, PackRun
from governance.permissions import words_of_packs
from governance.policies import packs as rules
from governance.selectors import packs as reads
from governance.selectors.wording import reopening_in_words
from governance.services import pack_runs
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict, RuleBroken
from hertsend.jobs.models import Job
from plans.models import ReportingPeriod
from plans.services import periods

logger = logging.getLogger(__name__)

ASSEMBLE_PACK = pack_runs.ASSEMBLE_PACK


def assemble(*, period: ReportingPeriod, edition: Edition, by: User) -> BoardPack:
    """The pack of a frozen month: planned, read, stored and laid out, each step once.

    Whatever was done before is found done. A month that was reopened and froze again has a further
    revision, which says why and what changed; the earlier ones stay as they were. Each step is a
    transaction of its own, which lets one of several through; the content is read in one that only
    reads (and keeps nobody waiting), and laid out in none. Call it outside a transaction. The
    cut-off is the month's freeze, whenever this runs.

    Raises ``NotAllowed``, ``RuleBroken`` for a month that is not frozen, and ``Conflict`` for one
    that was reopened meanwhile.
    """
    row = ReportingPeriod.objects.select_related("plan").get(pk=period.pk)
    access.require(by, Permission.ASSEMBLE_PACK, partnership_id=row.plan.partnership_id)
    if row.frozen_at is None:
        raise RuleBroken(f"{row.label} is not frozen yet, so there is no pack of it.")
    run = reads.run_of_freeze(period=row, edition=edition)
    if run is None:
        run = pack_runs.plan_run(period=row, edition=edition, by=by)
    pack = run.pack or store(period=row, edition=edition, taken=_taken(row, run), by=by)
    run = PackRun.objects.select_related("pack__period__plan").get(pack=pack)
    if run.state == PackState.SNAPSHOTTED:
        render_all(snapshot.shown(run), kinds=AT_FIRST)
        pack_runs.mark_rendered(run=run, by=by)
    return pack


def release(*, run: PackRun, base_version: int, by: User, submission_key: str = "") -> PackRun:
    """Hand a pack to the joint chairs once it was made in every format as they will read it.

    Making it takes some seconds, so it comes before the transaction; call it outside one. The version
    that was read is the one that was made: what changed meanwhile is a conflict, and so is a version
    that does not exist yet, which could come to exist without having been made.

    Raises what ``pack_runs.release`` raises, ``Conflict`` included, and ``RuleBroken`` for a pack that cannot be made.
    """
    row = PackRun.objects.select_related("period__plan", "pack__period__plan").get(pk=run.pk)
    access.require(by, Permission.RELEASE_PACK, partnership_id=row.partnership_id)
    if base_version > row.version:
        raise Conflict(pack_runs.CHANGED)
    if row.version == base_version and rules.may_act(PackAct.RELEASE, reads.standing_of(row)):
        _check_made(row)
    return pack_runs.release(
        run=row, base_version=base_version, by=by, submission_key=submission_key
    )


def _check_made(run: PackRun) -> None:
    """Refuse a pack that some format cannot be made of. Raises ``RuleBroken``."""
    try:
        render_all(snapshot.shown(run))
    except UnreadablePack:
        logger.exception("Pack %s cannot be shown.", run.pack_id)
        raise RuleBroken(
            "What is stored is not what was assembled, so it was not released. Tell whoever runs the site."
        ) from None
    except NotLaidOut as error:
        logger.exception("Pack %s cannot be made as %s.", run.pack_id, error.words)
        raise RuleBroken(
            f"This pack cannot be made as {error.words}, so it was not released. Take out of the "
            "foreword what was pasted in last, save it, and release again. If it is refused without "
            "a foreword too, tell whoever runs the site."
        ) from None


def _taken(period: ReportingPeriod, run: PackRun) -> Snapshot:
    edition = Edition(run.edition)
    before = selectors.latest_pack(period=period, edition=edition)
    return snapshot.take(
        period_id=period.pk,
        edition=edition,
        revision=run.revision,
        reason=_why_again(period, run, before) if before else "",
        before=_readable(before) if before else None,
    )


def _readable(before: BoardPack) -> PackContent | None:
    """The content of the version before; without it, nothing is said of what changed."""
    try:
        return snapshot.opened(before)
    except UnreadablePack:
        return None


def _why_again(period: ReportingPeriod, run: PackRun, before: BoardPack) -> str:
    """Why the office had it made again, and what happened to the month since, in sentences."""
    reopenings = selectors.reopenings_of(period, visible=words_of_packs(Edition(run.edition)))
    happened = [reopening_in_words(each) for each in reopenings if each.frozen_at >= before.cut_off]
    return " ".join([*([run.reason] if run.reason else []), *happened])


@transaction.atomic
def store(*, period: ReportingPeriod, edition: Edition, taken: Snapshot, by: User) -> BoardPack:
    """Store what was read as the month's pack and mark the month as reported, both or neither.

    The row of the period is locked first, so that of two at once the second finds the first's pack
    and answers with that. Raises ``NotAllowed``, and ``Conflict`` where what was read is of a freeze
    that has been undone.
    """
    access.require(by, Permission.ASSEMBLE_PACK, partnership_id=period.plan.partnership_id)
    row = periods.mark_reported(period=period, by=by)
    if row.frozen_at != taken.cut_off:
        raise Conflict(f"{row.label} was reopened while its pack was assembled.")
    run = reads.run_of_freeze(period=row, edition=edition)
    if run is None:
        run = pack_runs.plan_run(period=row, edition=edition, by=by)
    if run.pack is not None:
        return run.pack
    if run.revision != taken.revision:
        raise Conflict(f"{row.label} has another version since it was read.")
    pack = BoardPack.add(
        partnership=row.plan.partnership,
        period=row,
        edition=edition,
        revision=taken.revision,
        reason=taken.reason,
        schema_version=SCHEMA_VERSION,
        cut_off=taken.cut_off,
        content=taken.stored,
        sha256=taken.sha256,
        assembled_by=by,
        assembled_at=dates.now(),
    )
    pack_runs.mark_read(run=run, pack=pack, by=by)
    return pack


@transaction.atomic
def request_missing(*, by: User) -> list[Job]:
    """Ask for the packs of every closed month whose freeze lacks one, of every plan; answer the new jobs.

    One job row for each plan, month, edition and freeze, for ever: asking again, or twice at once,
    adds none.
    """
    asked = []
    for edition in Edition:
        for period in reads.periods_without_pack(edition):
            reopened: int = getattr(period, "reopened", 0)
            again = f"freeze {reopened + 1}" if reopened else ""
            job = pack_runs.ask_for(period=period, edition=edition, by=by, again=again)
            asked += [job] if job else []
    return asked
