"""Pages as at a moment: the one that the address asks for, and the form that asks for another."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from hertsend import dates
from plans import permissions, selectors
from plans.models import Milestone, Plan
from plans.selectors import MilestoneLine, Moment
from plans.selectors.moments import PARAMETER
from plans.views.context import seen_of_updates

BESIDE = "beside"
NOT_KEPT = (PARAMETER, "page")


@dataclass(frozen=True)
class AsAtForm:
    """The form "Show as at": a day, or a frozen month; ``kept`` is the rest of the address.

    ``beside`` is the moment that stands beside the one that is shown, None on pages without such.
    """

    months: list[tuple[str, str]]
    kept: list[tuple[str, str]]
    kept_beside: list[tuple[str, str]]
    beside: str | None
    day: str
    month: str
    today: str


def moment_asked(request: HttpRequest, plan: Plan) -> Moment:
    """The moment of the address. Raises ``RuleBroken``, which the reader is shown as a page."""
    text = request.GET.get(PARAMETER, "")
    return selectors.moment_of(plan, text, today=dates.today())


def moment_beside(request: HttpRequest, plan: Plan) -> Moment | None:
    """The moment to stand beside the one that is shown, if the address asks for one."""
    text = request.GET.get(BESIDE, "")
    moment = selectors.moment_of(plan, text, today=dates.today(), field=BESIDE)
    return moment if moment.is_past else None


def lines_as_at(
    request: HttpRequest, plan: Plan, moment: Moment, rows: QuerySet[Milestone] | None = None
) -> list[MilestoneLine]:
    """The plan's milestones as at a moment, for this reader."""
    if rows is None:
        rows = permissions.visible_to(request.user, Milestone).filter(plan=plan)
    return selectors.lines_at(
        rows, plan=plan, moment=moment, visible=seen_of_updates(request, plan)
    )


def line_as_at(request: HttpRequest, milestone: Milestone, moment: Moment) -> MilestoneLine:
    """One milestone as at a moment, for this reader; before it was in the plan it is not there."""
    own = permissions.visible_to(request.user, Milestone).filter(pk=milestone.pk)
    found = lines_as_at(request, milestone.plan, moment, own)
    if not found:
        raise Http404
    return found[0]


def as_at_context(
    request: HttpRequest,
    plan: Plan,
    moment: Moment,
    *,
    instead_of: str = "",
    beside: str | None = None,
) -> dict[str, Any]:
    """What a page shows of the moment as at which it is: the band, the form, and its links' query.

    ``instead_of`` names a parameter that a moment takes the place of; ``beside`` is the moment
    beside it, None on pages that show only one.
    """
    months = [(f"{row.month:%Y-%m}", row.label) for row in plan.periods.closed()]
    dropped = {*NOT_KEPT, instead_of}
    given = list(request.GET.items())
    form = AsAtForm(
        months=months,
        kept=[(name, value) for name, value in given if name not in dropped],
        kept_beside=[(name, value) for name, value in given if name not in (BESIDE, "page")],
        beside=beside,
        day=moment.parameter if moment.period is None else "",
        month=moment.parameter if moment.period else "",
        today=dates.today().isoformat(),
    )
    return {"as_at": moment, "as_at_form": form}


def without_acts(context: dict[str, Any], moment: Moment) -> dict[str, Any]:
    """The context of a page; in a past view every right to do something is off."""
    if not moment.is_past:
        return context
    return {name: False if name.startswith("can_") else value for name, value in context.items()}
