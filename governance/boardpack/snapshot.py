"""Taking a pack's content at one moment, and opening it again only if nothing changed."""

from dataclasses import dataclass
from typing import Any

from governance.boardpack import content
from governance.boardpack.build import build
from governance.boardpack.content import PackContent, UnreadablePack
from governance.enums import Edition
from governance.models import BoardPack
from hertsend.records.snapshots import consistent_read
from plans.models import ReportingPeriod


@dataclass(frozen=True)
class Snapshot:
    """What is stored of a pack: the JSON form of its content and that form's SHA-256."""

    stored: dict[str, Any]
    sha256: str


def take(*, period_id: int, edition: Edition, revision: int) -> Snapshot:
    """Read everything a pack holds in one state of the database; the month comes from its row."""
    with consistent_read():
        period = ReportingPeriod.objects.select_related("plan__partnership").get(pk=period_id)
        return of(period, edition=edition, revision=revision)


def of(period: ReportingPeriod, *, edition: Edition, revision: int) -> Snapshot:
    """What would be stored of a month's pack, as the database is read now."""
    stored = content.to_json(build(period.plan, period, edition=edition, revision=revision))
    return Snapshot(stored=stored, sha256=content.digest(stored))


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
