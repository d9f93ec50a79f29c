"""The public pages: what was published of a plan, for everyone, without signing in.

Nothing on them depends on who asks: they are drawn without the request, so that no cookie is read
or set and a cache may keep them. They name no page that asks for a sign-in.
"""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from governance.selectors import public_summary as reads
from governance.selectors.public_summary import PublicMonth
from hertsend import dates
from hertsend.middleware import for_everyone
from plans.models import Plan


def _plan_or_404(slug: str) -> Plan:
    plan = reads.public_plan(slug, on=dates.today())
    if plan is None:
        raise Http404
    return plan


def _shown(name: str, context: dict[str, Any]) -> HttpResponse:
    return for_everyone(HttpResponse(render_to_string(f"public/{name}.html", context)))


@login_not_required
@require_safe
def public_plan(request: HttpRequest, plan: str) -> HttpResponse:  # noqa: ARG001 - drawn without it
    """The months that were published, the latest first; 404 while the summary is off."""
    row = _plan_or_404(plan)
    return _shown("plan", {"plan": row, "months": reads.public_months(row)})


@login_not_required
@require_safe
def public_month(request: HttpRequest, plan: str, month: str) -> HttpResponse:  # noqa: ARG001
    """One month as it was published; 404 while the summary is off, and for every other month."""
    row = _plan_or_404(plan)
    found = reads.public_month(row, month)
    if found is None:
        raise Http404
    return _shown("month", {"plan": row, "found": found, "content": found.content})


class PublicFeed(Feed):
    """The published months and their corrections, for feed readers."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, plan: str) -> Plan:
        """The plan of the address, while its summary is public."""
        return _plan_or_404(plan)

    def title(self, plan: Plan) -> str:
        """What the feed is called."""
        return f"SEND improvement in {plan.partnership.place}"

    def subtitle(self, plan: Plan) -> str:
        """What it holds."""
        return "What happened, what it means for families, and what comes next."

    def link(self, plan: Plan) -> str:
        """The page of all months."""
        return reverse("governance:public-plan", args=[plan.slug])

    def items(self, plan: Plan) -> list[tuple[Plan, PublicMonth]]:
        """The months, the latest first."""
        return [(plan, month) for month in reads.public_months(plan)]

    def item_title(self, item: tuple[Plan, PublicMonth]) -> str:
        """The month in words."""
        return item[1].content["label"]

    def item_description(self, item: tuple[Plan, PublicMonth]) -> str:
        """What happened in each area; what was corrected stands first."""
        month = item[1]
        corrected = [
            f"Corrected on {each.on.day} {each.on:%B %Y}: {each.words}"
            for each in month.corrections
        ]
        news = [f"{area['name']}: {area['progress']}" for area in month.content["areas"]]
        return "\n".join([*corrected, *news])

    def item_link(self, item: tuple[Plan, PublicMonth]) -> str:
        """The page of the month."""
        plan, month = item
        return reverse("governance:public-month", args=[plan.slug, month.month])

    def item_guid(self, item: tuple[Plan, PublicMonth]) -> str:
        """A name for the month that stays."""
        plan, month = item
        return f"urn:hertsend:{plan.slug}:{month.month}"

    def item_pubdate(self, item: tuple[Plan, PublicMonth]) -> Any:
        """When it was first published."""
        return item[1].published_at

    def item_updateddate(self, item: tuple[Plan, PublicMonth]) -> Any:
        """When it was last corrected."""
        return item[1].changed_at


@login_not_required
@require_safe
def public_feed(request: HttpRequest, plan: str) -> HttpResponse:
    """The feed of a plan; 404 while the summary is off."""
    return for_everyone(PublicFeed()(request, plan=plan))
