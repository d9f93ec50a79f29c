"""One page in one state for one person, and the words by which pages are listed."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Page

from hertsend.accounts.roles import Role
from tests.browser.people import DEMONSTRATION, People
from tests.browser.served import Served

LEAD, OFFICE, CHAIR = (
    Role.WORKSTREAM_LEAD.value,
    Role.PROGRAMME_OFFICE.value,
    Role.JOINT_CHAIR.value,
)
ADMINISTRATOR, FAMILIES = Role.ADMINISTRATOR.value, Role.PARENT_CARER_REPRESENTATIVE.value
EXECUTIVE = Role.EXECUTIVE_CHAIR.value
STRANGER, CAREFUL, INVITED = "stranger", "careful", "invited"
OK, REFUSED, UNKNOWN = 200, 400, 401
NORMAL, EMPTY_STATE, ERROR, NOT_SHOWN = "normal", "empty", "error", "not shown"

Step = Callable[[Page], None]


@dataclass(frozen=True)
class Shown:
    """One page in one state, for one person.

    ``name`` is that of the URLconf, ``address`` may name rows of the preparation in braces, and
    ``step`` is what is done on the page before it is looked at.
    """

    name: str
    who: str | None
    address: str
    state: str = NORMAL
    place: str = DEMONSTRATION
    step: Step | None = None
    status: int = OK

    def __str__(self) -> str:
        where = "" if self.place == DEMONSTRATION else f" {self.place}"
        return f"{self.name} {self.state}{where} {self.who}"

    def path(self, served: Served) -> str:
        """The address with its rows filled in."""
        known = served.known
        rows = known["rows"].get(self.place, {})
        return self.address.format(plan=known["plans"][self.place], **rows)

    def open(self, people: People, served: Served, size: dict[str, int], **more: object) -> Page:
        """A window that shows it."""
        page = people.window(self.who, place=self.place, size=size, statuses=(self.status,), **more)
        response = page.goto(self.path(served))
        if self.step is None:
            assert response is not None
            assert response.status == self.status
            assert urlsplit(page.url).path == urlsplit(self.path(served)).path, page.url
        else:
            self.step(page)
        return page
