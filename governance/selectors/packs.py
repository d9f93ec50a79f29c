"""Which packs there are, and which are still to be assembled."""

import datetime as dt

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from governance.enums import Edition, PackState
from governance.models import BoardPack, PackRun
from governance.policies.packs import Standing
from governance.selectors.rhythm import rhythm_of
from plans.models import Plan, ReportingPeriod


def latest_pack(*, period: ReportingPeriod, edition: Edition) -> BoardPack | None:
    """The newest revision of a month's pack, if it has been assembled."""
    packs = BoardPack.objects.filter(period=period, edition=edition)
    return packs.order_by("-revision").first()


def last_pack_before(plan: Plan, at: dt.datetime | None) -> BoardPack | None:
    """The board's pack that was cut last before a moment; the last of all without one."""
    packs = BoardPack.objects.filter(period__plan=plan, edition=Edition.BOARD)
    if at is not None:
        packs = packs.filter(cut_off__lt=at)
    return packs.select_related("period").defer("content").order_by("-cut_off").first()


def pack_of_freeze(*, period: ReportingPeriod, edition: Edition) -> BoardPack | None:
    """The newest pack of a month's present freeze; a pack from before it was reopened is none."""
    if period.frozen_at is None:
        return None
    packs = BoardPack.objects.filter(period=period, edition=edition, cut_off=period.frozen_at)
    return packs.order_by("-revision").first()


def cut_offs_before(
    plan: Plan, *, edition: Edition, at: dt.datetime, month: dt.date
) -> tuple[dt.datetime | None, dt.datetime | None]:
    """The cut-off of the last pack of an edition before a moment, None for the first; and that of the last
    pack of an earlier month that readers had, None before the first. One query.
    """
    packs = BoardPack.objects.filter(period__plan=OuterRef("pk"), edition=edition, cut_off__lt=at)
    issued = PackRun.objects.filter(
        period__plan=OuterRef("pk"),
        period__month__lt=month,
        edition=edition,
        state=PackState.ISSUED,
    )
    newest = issued.order_by("-period__month", "-revision")
    last, given = Plan.objects.values_list(
        Subquery(packs.order_by("-cut_off").values("cut_off")[:1]),
        Subquery(newest.values("pack__cut_off")[:1]),
    ).get(pk=plan.pk)
    return last, given


def latest_run(*, period: ReportingPeriod, edition: Edition | str) -> PackRun | None:
    """The newest revision of a month's pack, on whatever way it is."""
    runs = PackRun.objects.filter(period=period, edition=edition).select_related("pack")
    return runs.defer("pack__content").order_by("-revision").first()


def run_of_freeze(*, period: ReportingPeriod, edition: Edition) -> PackRun | None:
    """The newest run of a month's present freeze: one that is planned, or whose content is of it."""
    run = latest_run(period=period, edition=edition)
    if run is None or run.pack is None or run.pack.cut_off == period.frozen_at:
        return run
    return None


def standing_of(run: PackRun) -> Standing:
    """What the policies ask of a run; one query. Its month is the one that was loaded with it."""
    later = PackRun.objects.filter(
        period=run.period_id, edition=run.edition, revision__gt=run.revision
    )
    frozen_at = run.period.frozen_at
    return Standing(
        state=run.state,
        label=label_of(run),
        is_latest=not later.exists(),
        is_of_freeze=run.pack is None or run.pack.cut_off == frozen_at,
    )


def label_of(run: PackRun) -> str:
    """How a run is called: "Board pack of September 2024, version 2"."""
    return (
        f"{Edition(run.edition).label} pack of {run.period.label}"
        f"{f', version {run.revision}' if run.revision > 1 else ''}"
    )


def periods_without_pack(edition: Edition) -> list[ReportingPeriod]:
    """The closed months of every plan whose freeze has no pack of the edition yet, oldest first.

    Each with ``reopened``, how often it was reopened before. The Executive has an edition in the
    months of its rhythm. Months from before packs had several editions get no further ones.
    """
    packed = BoardPack.objects.filter(
        edition=edition, period=OuterRef("pk"), cut_off=OuterRef("frozen_at")
    )
    closed = ReportingPeriod.objects.closed().filter(~Exists(packed))
    if edition != Edition.BOARD:
        closed = closed.filter(~Exists(_before_editions()))
    counted = closed.annotate(reopened=Count("unfreezings"))
    rows = list(counted.select_related("plan").order_by("month", "pk"))
    return [row for row in rows if edition != Edition.EXECUTIVE or _goes_to_executive(row)]


def _before_editions() -> QuerySet[PackRun]:
    return PackRun.objects.filter(period=OuterRef("pk"), edition=Edition.BOARD, is_taken_over=True)


def _goes_to_executive(period: ReportingPeriod) -> bool:
    return rhythm_of(period.plan, at=period.frozen_at).carries_meeting(period.month)
