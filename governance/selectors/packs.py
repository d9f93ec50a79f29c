"""Which packs there are, and which are still to be assembled."""

from governance.enums import Edition
from governance.models import BoardPack
from plans.models import ReportingPeriod


def latest_pack(*, period: ReportingPeriod, edition: Edition) -> BoardPack | None:
    """The newest revision of a month's pack, if it has been assembled."""
    packs = BoardPack.objects.filter(period=period, edition=edition)
    return packs.order_by("-revision").first()


def periods_without_pack(edition: Edition) -> list[ReportingPeriod]:
    """The closed months of every plan that have no pack of the edition yet, oldest first."""
    packed = BoardPack.objects.filter(edition=edition).values("period")
    closed = ReportingPeriod.objects.closed().exclude(pk__in=packed)
    return list(closed.select_related("plan").order_by("month", "pk"))
