"""What people do again and again in a month, and what is stored afterwards."""

import datetime as dt
from collections.abc import Iterable

from governance.models import BoardPack, PackRun, Return
from hertsend.accounts.roles import Role
from tests.journeys.browser import Browser
from tests.journeys.town import Town

LEAD, OFFICE, MEMBER = Role.WORKSTREAM_LEAD, Role.PROGRAMME_OFFICE, Role.BOARD_MEMBER
CHAIR, EXECUTIVE = Role.JOINT_CHAIR, Role.EXECUTIVE_CHAIR
FORUM, ADMINISTRATOR = Role.PARENT_CARER_REPRESENTATIVE, Role.ADMINISTRATOR


def day(number: int, month: int) -> dt.date:
    """A day of 2024."""
    return dt.date(2024, month, number)


def on_boxes(name: str, date: dt.date) -> dict[str, str]:
    """A date as it is typed into its three boxes."""
    return {
        f"{name}_day": str(date.day),
        f"{name}_month": str(date.month),
        f"{name}_year": str(date.year),
    }


def refused(
    town: Town, address: str, *, by: Iterable[Role] = (LEAD, CHAIR, MEMBER, FORUM)
) -> dict[Role, int]:
    """How a page answers those whom it is not for."""
    return {role: town.browser(role).open(address).status for role in by}


def accept(town: Town, key: str, month: str = "September 2024") -> Browser:
    """The office checks what was handed in and accepts it."""
    office = (
        town.browser(OFFICE)
        .follow("This month")
        .follow("Returns")
        .follow(month)
        .follow(f"Check {key}")
    )
    return office.press("Accept this return")


def returns_of(town: Town, month: int) -> dict[str, str]:
    """The stored state of each return of a month."""
    rows = Return.objects.filter(period__plan=town.world.plan, period__month=day(1, month))
    return dict(rows.values_list("workstream__key", "state"))


def state_of(town: Town, month: int) -> str:
    """The stored state of a month."""
    return town.world.period(day(1, month)).state


def packs_of(town: Town, month: int) -> list[BoardPack]:
    """The board's packs of a month, in the order of their revisions."""
    rows = BoardPack.objects.filter(partnership=town.world.partnership, period__month=day(1, month))
    return list(rows.filter(edition="board").order_by("revision"))


def issue_packs(town: Town, month: int) -> list[str]:
    """The office releases every pack of a month that waits, and the chair issues it; its editions."""
    runs = PackRun.objects.filter(
        partnership=town.world.partnership, period__month=day(1, month), state="rendered"
    )
    found = list(runs.select_related("period__plan").order_by("edition"))
    for run in found:
        office = town.browser(OFFICE).open(run.get_absolute_url()).follow("Release it")
        assert "Released." in office.press("Release it").words
        chair = town.browser(CHAIR).open(run.get_absolute_url()).follow("Issue it")
        assert "Issued." in chair.press("Issue it").words
    return [run.edition for run in found]
