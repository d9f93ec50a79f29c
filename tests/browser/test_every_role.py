"""Every page as every role, in full: what each of them is shown, refusals too, breaks no rule."""

import pytest

from hertsend.accounts.roles import Role
from tests.browser.pages import NORMAL, TABLE, Shown
from tests.browser.people import DEMONSTRATION, DESKTOP, NARROWEST, PHONE, People
from tests.browser.rules import violations
from tests.browser.served import Served
from tests.browser.watching import TITLE, too_wide

pytestmark = pytest.mark.browser_full

OPEN, REFUSED = 200, (403, 404)
ADDRESSES = sorted(
    {
        (shown.name, shown.address)
        for shown in TABLE
        if shown.state == NORMAL and shown.place == DEMONSTRATION and shown.step is None
    }
)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("name", "address"), ADDRESSES)
def test_page(name: str, address: str, role: Role, people: People, served: Served):
    shown = Shown(name, role.value, address)
    for size in (DESKTOP, PHONE):
        page = people.window(role.value, size=size, statuses=REFUSED)
        response = page.goto(shown.path(served))
        assert response is not None
        assert response.status in {OPEN, *REFUSED}
        assert TITLE.match(page.title()), page.title()
        assert page.locator("h1").count() == 1
        assert violations(page) == []
        page.set_viewport_size(NARROWEST)
        assert too_wide(page) == []
