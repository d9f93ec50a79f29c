"""What every page shows around its content: plan, menu, person, demonstration line, words explained."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from plans import permissions
from plans.definitions import RATING_DEFINITIONS
from plans.models import GlossaryTerm, Plan

PRESENTED_ROLES = 2


@dataclass
class Site:
    """The frame of one page for one reader."""

    request: HttpRequest
    rating_definitions: tuple = field(default=RATING_DEFINITIONS)

    @cached_property
    def plan(self) -> Plan | None:
        """The plan that the address names, else the reader's first; None for strangers."""
        return current_plan(self.request)

    @property
    def title(self) -> str:
        """The plan's title, for the header and the page title."""
        return self.plan.title if self.plan else ""

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
    def navigation(self) -> list[dict[str, Any]]:
        """The menu: only pages that the reader may open."""
        if not isinstance(getattr(self.request, "user", None), User):
            return []
        entries = [("Home", reverse("pages:home")), *self._plan_entries()]
        held = access.of(self.request.user)
        manages_people = held.partnerships_where(Permission.MANAGE_PEOPLE)
        if manages_people:
            entries.append(("People", reverse("accounts:people-list")))
        if manages_people or held.partnerships_where(Permission.MANAGE_PERIODS):
            entries.append(("Jobs", reverse("pages:jobs")))
        entries.append(("My account", reverse("accounts:my-account")))
        here = self.request.path
        best = max(
            (url for _, url in entries if here == url or (url != "/" and here.startswith(url))),
            key=len,
            default="",
        )
        return [{"label": label, "url": url, "current": url == best} for label, url in entries]

    def _plan_entries(self) -> list[tuple[str, str]]:
        if self.plan is None:
            return []
        slug = [self.plan.slug]
        entries = [
            ("Plan", reverse("plans:plan-detail", args=slug)),
            ("Milestones", reverse("plans:milestone-list", args=slug)),
        ]
        held = access.of(self.request.user)
        if held.may(Permission.READ_BOARD_PACK, partnership_id=self.plan.partnership_id):
            entries += [
                ("Dashboard", reverse("governance:dashboard", args=slug)),
                ("Packs", reverse("governance:pack-list", args=slug)),
            ]
        return [*entries, ("Glossary", reverse("plans:glossary", args=slug))]

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
