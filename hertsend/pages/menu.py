"""The menu: its sections, and one line for each page that stands in it.

A page gets into the menu by a line in its section below: its label, the name of its address, and who
is shown it. A section leads to the first of its pages that the reader may open, and shows all of
them in a second row on each of its pages. A page without a line belongs to the one whose address
its own begins with.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse

from governance.permissions.families import does_in_summary
from governance.permissions.records import reads_records
from hertsend.accounts import access
from hertsend.accounts import permissions as people
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission, Role
from plans.models import Plan


@dataclass(frozen=True)
class Reader:
    """A person before the menu, with the plan that the page is about."""

    user: User
    plan: Plan | None

    def may(self, permission: Permission) -> bool:
        """Whether the person holds the permission for the whole of the plan."""
        return self.plan is not None and access.of(self.user).may(
            permission, partnership_id=self.plan.partnership_id
        )

    def may_somewhere(self, permission: Permission) -> bool:
        """Whether the person holds the permission for some part of the plan."""
        held = access.of(self.user).partnerships_where(permission)
        return self.plan is not None and self.plan.partnership_id in held

    def may_anywhere(self, permission: Permission) -> bool:
        """Whether the person holds the permission in any partnership."""
        return bool(access.of(self.user).partnerships_where(permission))

    @property
    def leads(self) -> bool:
        """Whether the person leads a workstream of the plan."""
        return self.plan is not None and bool(
            access.of(self.user).scope_keys(
                Role.WORKSTREAM_LEAD, partnership_id=self.plan.partnership_id
            )
        )

    @cached_property
    def reads_records(self) -> bool:
        """Whether the person has the pages of decisions and of the log."""
        return self.plan is not None and reads_records(self.user, self.plan)


Shown = Callable[[Reader], bool]


def everybody(_: Reader) -> bool:
    """Whoever is signed in, to whom the plan is open."""
    return True


def whoever_may(permission: Permission) -> Shown:
    """Who holds a permission for the whole of the plan."""
    return lambda reader: reader.may(permission)


def _lead_alone(reader: Reader) -> bool:
    return reader.leads and not reader.may(Permission.READ_RETURNS)


def _enters_figures(reader: Reader) -> bool:
    return reader.may_somewhere(Permission.ENTER_FIGURES)


def _reads_records(reader: Reader) -> bool:
    return reader.reads_records


def _has_part_in_summary(reader: Reader) -> bool:
    return reader.plan is not None and any(does_in_summary(reader.user, reader.plan).values())


def _manages_people(reader: Reader) -> bool:
    return reader.may_anywhere(Permission.MANAGE_PEOPLE)


def _sees_deputies(reader: Reader) -> bool:
    return bool(people.sees_deputies_in(reader.user))


def _runs_the_site(reader: Reader) -> bool:
    return _manages_people(reader) or reader.may_anywhere(Permission.MANAGE_PERIODS)


@dataclass(frozen=True)
class Page:
    """One line of the menu.

    ``name`` is that of its address, which takes the plan unless ``of_plan`` says that it does not;
    ``count`` names the attribute of the request in which a page leaves how much waits there.
    """

    label: str
    name: str
    shown_to: Shown = everybody
    of_plan: bool = True
    count: str = ""


officers = whoever_may(Permission.READ_OFFICERS_WORDS)
board = whoever_may(Permission.READ_BOARD_PACK)
office = whoever_may(Permission.READ_RETURNS)

SECTIONS: dict[str, tuple[Page, ...]] = {
    "This month": (
        Page("My return", "governance:return-current", _lead_alone, count="return_left"),
        Page("Returns", "governance:return-current", office),
        Page("Sign-off", "plans:sign-off-queue", office),
        Page("Exceptions", "plans:exception-list", officers),
        Page("Date changes", "plans:date-request-list", officers),
        Page("What changed", "governance:changes"),
        Page("Calendar", "governance:calendar"),
    ),
    "Plan": (
        Page("The plan", "plans:plan-detail"),
        Page("Milestones", "plans:milestone-list"),
        Page("Impact", "plans:impact-list"),
        Page("What comes again", "plans:commitment-list"),
        Page("Readings", "plans:judgement-list", officers),
        Page("Glossary", "plans:glossary"),
    ),
    "Measures": (
        Page("All measures", "kpis:indicator-list"),
        Page("Enter figures", "kpis:figures-enter", _enters_figures),
        Page("Files", "kpis:file-list", _enters_figures),
    ),
    "Governance": (
        Page("Dashboard", "governance:dashboard", board),
        Page("Meetings", "governance:meeting-list"),
        Page("Decisions", "governance:decision-list", _reads_records),
        Page("Action log", "governance:log-list", _reads_records),
        Page("Risks", "governance:risk-list", whoever_may(Permission.READ_RISKS)),
        Page("Barriers", "governance:barrier-list", whoever_may(Permission.READ_RISKS)),
        Page("Audits", "governance:audit-list", whoever_may(Permission.READ_AUDITS)),
        Page("Packs", "governance:pack-list"),
        Page("Assurance", "governance:assurance-list"),
        Page("Stocktake", "governance:stocktake", board),
        Page("Groups", "governance:group-list"),
    ),
    "Families": (
        Page("You said, we did", "governance:feedback-list"),
        Page("Public summary", "governance:summary-list", _has_part_in_summary),
    ),
    "Office": (
        Page("People", "accounts:people-list", _manages_people, of_plan=False),
        Page("Posts", "accounts:post-list", _sees_deputies, of_plan=False),
        Page("Deputies", "accounts:deputy-list", _sees_deputies, of_plan=False),
        Page("Jobs", "pages:jobs", _runs_the_site, of_plan=False),
    ),
}
"""Every page of the menu, by section, each section's most wanted page first."""

BESIDE_THE_NAME: tuple[Page, ...] = (
    Page("Search", "governance:search"),
    Page("My account", "accounts:my-account", of_plan=False),
)
"""What stands in the header for everybody who is signed in."""


REGISTERS = {
    "meetings": "meetings",
    "decisions": "decisions",
    "decision-requests": "decisions",
    "log": "log",
}
OF_A_GROUP = re.compile(
    rf"(?P<plan>/plans/[^/]+/)groups/[^/]+/(?P<kept>{'|'.join(REGISTERS)})/(?P<rest>.+)"
)
"""What is kept of a group has its address below the group and its place in the register of all groups."""


@dataclass(frozen=True)
class Entry:
    """A link as the page shows it; ``pages`` are those of a section.

    ``current`` is "page" for the page itself, "true" for what it is a part of, else "".
    """

    label: str
    url: str
    count: int = 0
    current: str = ""
    pages: tuple["Entry", ...] = field(default=())


@dataclass(frozen=True)
class Menu:
    """The menu of one page for one reader."""

    sections: tuple[Entry, ...]
    beside_the_name: tuple[Entry, ...]

    @property
    def section(self) -> Entry | None:
        """The section in which the page stands, where it has other pages too."""
        found = next((entry for entry in self.sections if entry.current), None)
        return found if found and len(found.pages) > 1 else None


def menu_of(request: HttpRequest, plan: Plan | None) -> Menu | None:
    """Only what the reader may open, with the page's place marked; None for who is not signed in."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return None
    reader = Reader(user, plan)
    sections = tuple(
        Entry(label, pages[0].url, count=sum(page.count for page in pages), pages=pages)
        for label, lines in SECTIONS.items()
        if (pages := _entries(lines, reader, request))
    )
    beside = _entries(BESIDE_THE_NAME, reader, request)
    here = _register_of(request.path)
    nearest = _nearest([*(page for each in sections for page in each.pages), *beside], here)
    home = Entry("Home", reverse("pages:home"))
    return Menu(
        sections=(
            replace(home, current="page" if here == home.url else ""),
            *(_marked_section(each, nearest, here) for each in sections),
        ),
        beside_the_name=tuple(_marked(each, nearest, here) for each in beside),
    )


def _entries(lines: Iterable[Page], reader: Reader, request: HttpRequest) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            line.label,
            reverse(line.name, args=[reader.plan.slug] if line.of_plan and reader.plan else []),
            count=getattr(request, line.count, 0) if line.count else 0,
        )
        for line in lines
        if (reader.plan or not line.of_plan) and line.shown_to(reader)
    )


def _register_of(path: str) -> str:
    """The address by which a page has its place: what is kept of a group belongs to its register."""
    found = OF_A_GROUP.match(path)
    if found is None:
        return path
    return f"{found['plan']}{REGISTERS[found['kept']]}/{found['rest']}"


def _nearest(entries: Iterable[Entry], here: str) -> str:
    """The longest address of the menu with which the page's own begins; "" without one."""
    return max((entry.url for entry in entries if here.startswith(entry.url)), key=len, default="")


def _marked(entry: Entry, nearest: str, here: str) -> Entry:
    if entry.url != nearest:
        return entry
    return replace(entry, current="page" if entry.url == here else "true")


def _marked_section(section: Entry, nearest: str, here: str) -> Entry:
    pages = tuple(_marked(page, nearest, here) for page in section.pages)
    return replace(section, pages=pages, current="true" if any(p.current for p in pages) else "")
