"""Taking a pack's content at one moment, and opening it again only if nothing changed."""

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import Any

from governance.boardpack import content
from governance.boardpack.arranging import arranged
from governance.boardpack.build import build
from governance.boardpack.changes import changes_between
from governance.boardpack.content import PackContent, UnreadablePack
from governance.boardpack.families import plain
from governance.boardpack.said import SaidEntry
from governance.enums import Edition
from governance.models import BoardPack, PackRun
from governance.models.pack_runs import HANDED_ON
from hertsend.records.snapshots import consistent_read
from plans.models import ReportingPeriod


@dataclass(frozen=True)
class Snapshot:
    """What is stored of a pack: the JSON form of its content, that form's SHA-256, and what it is."""

    stored: dict[str, Any]
    sha256: str
    cut_off: dt.datetime
    revision: int
    reason: str


def take(
    *,
    period_id: int,
    edition: Edition,
    revision: int,
    reason: str = "",
    before: PackContent | None = None,
) -> Snapshot:
    """Read everything a pack holds in one state of the database; the month comes from its row."""
    with consistent_read():
        period = ReportingPeriod.objects.select_related("plan__partnership").get(pk=period_id)
        return of(period, edition=edition, revision=revision, reason=reason, before=before)


def of(
    period: ReportingPeriod,
    *,
    edition: Edition,
    revision: int,
    reason: str = "",
    before: PackContent | None = None,
) -> Snapshot:
    """What would be stored of a month's pack, as the database is read now.

    ``before`` is the content of the version before, from which the pack says what changed.
    """
    pack = build(period.plan, period, edition=edition, revision=revision, reason=reason)
    if edition == Edition.FAMILIES:
        pack = plain(pack)
    if before is not None:
        pack = dataclasses.replace(pack, changed=changes_between(before, pack))
    stored = content.to_json(pack)
    return Snapshot(
        stored=stored,
        sha256=content.digest(stored),
        cut_off=pack.cover.cut_off,
        revision=revision,
        reason=reason,
    )


def opened(pack: BoardPack) -> PackContent:
    """The content of a stored pack. Raises ``UnreadablePack`` if it is not what was assembled.

    The digest covers the content, and the content says which month, edition and revision it is of,
    so a row that was given another month is refused too.
    """
    if pack.schema_version != content.SCHEMA_VERSION:
        raise UnreadablePack(f"The pack is of schema {pack.schema_version}, which is not known.")
    if content.digest(pack.content) != pack.sha256:
        raise UnreadablePack("The stored pack does not fit its SHA-256.")
    read = content.from_json(pack.content)
    cover = read.cover
    is_of_row = (
        cover.plan_slug == pack.period.plan.slug
        and cover.month == pack.period.month
        and (cover.edition, cover.revision) == (pack.edition, pack.revision)
        and cover.cut_off == pack.cut_off
    )
    if not is_of_row:
        raise UnreadablePack("The stored pack is of another month, edition or revision.")
    return read


def shown(run: PackRun) -> PackContent:
    """What a run shows: the stored content under the office's words and in its order.

    The families' edition names no people. Raises ``UnreadablePack`` as ``opened`` does, for a run
    whose content was not read yet, and for a released or issued one whose foreword, order or omissions
    are not those that were released.
    """
    if run.pack is None:
        raise UnreadablePack("The content of this pack was not read yet.")
    proof = run.pack.sha256 if run.is_taken_over else digest_of_shown(run)
    # From the release on the digest is kept, but for what was taken over.
    is_kept = run.state in HANDED_ON and not run.is_taken_over
    if is_kept and run.shown_sha256 != proof:
        raise UnreadablePack("What the office wrote or ordered does not fit its SHA-256.")
    return arranged(
        opened(run.pack),
        foreword=_foreword(run),
        order=run.order,
        left_out=run.left_out,
        proof=proof,
    )


def digest_of_shown(run: PackRun) -> str:
    """The SHA-256 of all that readers are shown: the content's own, the foreword, order and omissions.

    Raises ``UnreadablePack`` for a run whose content was not read yet.
    """
    if run.pack is None:
        raise UnreadablePack("The content of this pack was not read yet.")
    said = _foreword(run)
    told = [said.words, said.by, said.at.astimezone(dt.UTC).isoformat()] if said else []
    return content.digest(
        {
            "content": run.pack.sha256,
            "foreword": told,
            "order": [*run.order],
            "left_out": [*run.left_out],
        }
    )


def _foreword(run: PackRun) -> SaidEntry | None:
    """The office's words, under the name that their author had when they were written."""
    if not run.foreword or run.foreword_at is None:
        return None
    by = "" if run.edition == Edition.FAMILIES else run.foreword_by_name
    return SaidEntry(run.foreword, by, run.foreword_at)
