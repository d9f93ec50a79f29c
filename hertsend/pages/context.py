"""What every page shows around its content: plan, menu, person, demonstration line, words explained."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from governance.definitions import ASSURANCE_DEFINITIONS
from governance.permissions import visible_of_assurance
from governance.permissions.records import may_ask
from governance.selectors import AreaAssurance, assurance_in_force
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.errors import RuleBroken
from hertsend.pages.menu import Menu, menu_of
from hertsend.ui import typed
from kpis import permissions as measure_permissions
from kpis.models import Indicator
from kpis.selectors import ActionMeasure, measures_by_action
from plans import permissions
from plans.definitions import IMPACT_DEFINITIONS, RATING_DEFINITIONS
from plans.models import GlossaryTerm, Plan
from plans.selectors.moments import PARAMETER, Moment, moment_of

PRESENTED_ROLES = 2


@dataclass
class Site:
    """The frame of one page for one reader."""

    request: HttpRequest
    rating_definitions: tuple = field(default=RATING_DEFINITIONS)
    impact_definitions: tuple = field(default=IMPACT_DEFINITIONS)
    assurance_definitions: tuple = field(default=ASSURANCE_DEFINITIONS)

    @cached_property
    def plan(self) -> Plan | None:
        """The plan that the address names, else the reader's first; None for strangers."""
        return current_plan(self.request)

    @property
    def title(self) -> str:
        """The plan's title, for the header and the page title."""
        return self.plan.title if self.plan else ""

    @cached_property
    def words_back(self) -> list[tuple[str, str]]:
        """What the reader sent from this page when signed out, where its form did not take it back."""
        session = getattr(self.request, "session", None)
        if session is None or not session.accessed or not self.request.user.is_authenticated:
            return []
        back = typed.take_back(self.request)
        return typed.sentences(back) if back is not None else []

    @property
    def ratings_url(self) -> str:
        """Where the full definitions stand."""
        return reverse("pages:ratings")

    @property
    def demonstration(self) -> str:
        """The sentence of the banner in demonstration mode, else ""."""
        if not settings.HERTSEND_DEMONSTRATION:
            return ""
        today = dates.today()
        return (
            f"The clock is set to {today:%A} {today.day} {today:%B %Y}. "
            "The plan is real; all progress and all people are invented."
        )

    @cached_property
    def moment(self) -> Moment | None:
        """The moment that the page is of; None without a plan, or where it cannot be read."""
        if self.plan is None:
            return None
        text = self.request.GET.get(PARAMETER, "")
        try:
            return moment_of(self.plan, text, today=dates.today())
        except RuleBroken:
            return None

    @cached_property
    def assurance(self) -> dict[str, AreaAssurance]:
        """The assurance in force of each area that was rated, as at the moment that the page is of.

        For pages of the plan, which know nothing of boards: read only where a page shows it.
        """
        if self.plan is None or self.moment is None:
            return {}
        visible = visible_of_assurance(self.request.user, self.plan)
        return assurance_in_force(self.plan, at=self.moment.at, visible=visible)

    @cached_property
    def measures(self) -> dict[str, list[ActionMeasure]]:
        """By action, the measures that it is meant to move, as the reader may see them at the moment.

        For pages of the plan, which know nothing of measures: read only where a page shows it.
        """
        if self.plan is None or self.moment is None:
            return {}
        reader = self.request.user
        return measures_by_action(
            measure_permissions.visible_to(reader, Indicator).filter(plan=self.plan),
            on=self.moment.on,
            at=self.moment.at,
            exact=measure_permissions.reads_officers_words(
                reader, partnership_id=self.plan.partnership_id
            ),
        )

    @cached_property
    def person(self) -> dict[str, str] | None:
        """The signed-in person's name and roles; None where nobody was asked who they are yet."""
        user = getattr(self.request, "user", None)
        if not isinstance(user, User):
            return None
        roles = access.of(user).roles_in(self.plan.partnership_id) if self.plan else ()
        return {
            "name": user.name,
            "post_line": ", ".join(role.label for role in roles[:PRESENTED_ROLES]),
        }

    @cached_property
    def menu(self) -> Menu | None:
        """The menu: only pages that the reader may open."""
        return menu_of(self.request, self.plan)

    @cached_property
    def may_ask_for_decisions(self) -> bool:
        """Whether pages of the plan and of measures lead to asking a group for a decision."""
        return self.plan is not None and may_ask(self.request.user, self.plan)

    @cached_property
    def footer(self) -> list[dict[str, str]]:
        """Links at the foot of every page."""
        entries = [
            ("Who can do what", "pages:roles"),
            ("Ratings", "pages:ratings"),
            ("Accessibility", "pages:accessibility"),
            ("Privacy", "pages:privacy"),
        ]
        return [{"label": label, "url": reverse(name)} for label, name in entries]


def current_plan(request: HttpRequest) -> Plan | None:
    """The plan that the page is about: from the address if the reader may see it, else the first."""
    if not isinstance(getattr(request, "user", None), User):
        return None
    plans = permissions.visible_to(request.user, Plan).select_related("partnership")
    match = getattr(request, "resolver_match", None)
    slug = match.kwargs.get("plan") if match else None
    found = getattr(request, "plan_found", None)
    if slug and found is not None and found.slug == slug:
        return found
    if slug and (named := plans.filter(slug=slug).first()):
        return named
    return plans.first()


def site(request: HttpRequest) -> dict[str, Any]:
    """Add ``site`` and the words explained to every page."""
    frame = Site(request)
    terms: dict[str, str] = {}
    if frame.plan is not None:
        rows = permissions.visible_to(request.user, GlossaryTerm).filter(plan=frame.plan)
        terms = dict(rows.values_list("term", "expansion"))
    return {"site": frame, "glossary_terms": terms}
