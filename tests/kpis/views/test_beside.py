"""What stands beside a measure: other places, companions, outcomes, and how it was counted before."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from django.urls import reverse

from hertsend.accounts.roles import Role
from kpis.enums import ComparatorKind
from kpis.policies.periods import read_period
from kpis.services import comparators
from plans.models import PlanSection
from tests.access.growing import added
from tests.factories import measures as make
from tests.factories.world import TODAY, at

VALUES = [34, 31, 36, 33, 30, 35, 37, 32, 36, 38, 34, 39, 36, 41]
PLACES = (
    (ComparatorKind.ENGLAND, "England", {"2022": "49.1", "2023": "50.3"}),
    (ComparatorKind.REGION, "East of England", {"2023": "34.2"}),
    (ComparatorKind.NEIGHBOURS, "Statistical neighbours", {"2023": "47"}),
)


@pytest.fixture
def filled(world, indicator):
    make.enter(world, indicator, make.months("2023-07", VALUES))
    return indicator


@pytest.fixture
def compared(world, filled):
    for kind, place, values in PLACES:
        for year, value in values.items():
            with at(TODAY):
                comparators.record_elsewhere(
                    indicator=filled,
                    kind=kind,
                    place=place,
                    period=read_period(year, "year"),
                    value=Decimal(value),
                    source="Published statistics",
                    by=world.people[Role.WORKSTREAM_LEAD],
                )
    return filled


def read(client, name, world, *more, query=""):
    with at(TODAY):
        response = client.get(f"{reverse(f'kpis:{name}', args=[world.plan.slug, *more])}{query}")
    assert response.status_code == 200
    return response.content.decode("utf-8-sig")


def detail(client, world, key="in-time"):
    return " ".join(read(client, "indicator-detail", world, key).split())


def test_england_region_and_neighbours_stand_on_the_chart_and_in_its_table(
    world, compared, as_role
):
    body = detail(as_role(Role.BOARD_MEMBER), world)
    table = body.partition("The same measure in other places")[2].partition("</table>")[0]
    words = [part.partition("<")[0].strip() for part in table.split(">")]

    assert [word for word in words if word] == [
        *("Period", "England", "Statistical neighbours", "East of England"),
        *("2023", "50.3%", "47%", "34.2%"),
        *("2022", "49.1%", "–", "–"),
    ]
    for dashes in ("7 4 1 4", "1 5", "4 3"):  # One line for each, and again on the narrow drawing.
        assert body.count(f'stroke-dasharray="{dashes}" stroke-linecap="round"') == 2
    for named in ("England 50.3%", "Statistical neighbours 47%", "East of England 34.2%"):
        assert (
            body.count(f">{named}</text>") >= 2
        )  # In the key of both, if there is no room beside it.


def test_a_measure_without_comparators_has_no_such_table(world, filled, as_role):
    assert "The same measure in other places" not in detail(as_role(Role.BOARD_MEMBER), world)


def test_the_files_carry_what_others_have_in_columns_of_their_own(world, compared, as_role):
    text = read(as_role(Role.BOARD_MEMBER), "indicator-figures", world, "in-time")
    rows = {row["period"]: row for row in csv.DictReader(io.StringIO(text))}

    assert (rows["Dec 2023"]["England"], rows["Dec 2023"]["East of England"]) == ("50.3", "34.2")
    assert rows["Jan 2024"]["England"] == ""


def test_companions_are_shown_with_their_figure_and_why(world, filled, as_role):
    waiting = make.measure(world, "waiting", name="Children waiting", unit="children")
    make.define(world, waiting, numerator="", denominator="")
    make.enter(world, waiting, {"2024-08": 406})
    client = as_role(Role.BOARD_MEMBER)
    assert "Read together with" not in detail(client, world)
    make.show_to_families(
        world, filled, companions=(waiting,), companion_reason="Clearing old cases lowers it."
    )
    body = detail(client, world)
    beside = body.partition("Read together with")[2]

    assert "Children waiting" in beside
    assert "406" in beside
    assert "Clearing old cases lowers it." in beside
    # Families see a companion only where it is for them, too.
    assert "Children waiting" not in detail(as_role(Role.PARENT_CARER_REPRESENTATIVE), world)


def test_a_changed_definition_draws_a_line_and_says_what_changed(world, filled, as_role):
    client = as_role(Role.BOARD_MEMBER)
    assert "Counted anew" not in detail(client, world)
    make.define(
        world,
        filled,
        base=1,
        starts_on=dt.date(2024, 3, 1),
        counting_rule="Movers are left out.",
        reason="As the department counts.",
    )
    body = detail(client, world)

    assert body.count("Counted anew, Mar 2024</text>") == 1  # The narrow drawing breaks it in two.
    assert body.count('stroke-dasharray="3 3"') == 2
    assert "Definition version 2, since March 2024." in body
    assert "As the department counts. “Movers are left out.”" in body


def test_progress_is_read_by_outcome(world, filled, as_role):
    added(
        PlanSection,
        plan=world.plan,
        key="outcomes",
        content=[
            {"key": "be-happy", "text": "Be Happy"},
            {"key": "be-healthy", "text": "Be Healthy"},
            {"key": "be-safe", "text": "Be Safe"},
        ],
    )
    other = make.measure(world, "waiting", name="Children waiting", unit="children")
    make.show_to_families(world, filled, outcomes=("be-happy",))
    make.show_to_families(world, other, outcomes=("be-healthy",))
    client = as_role(Role.BOARD_MEMBER)
    body = " ".join(read(client, "indicator-list", world).split())
    outcomes = body.partition('id="outcomes"')[2]
    happy, healthy, safe = (outcomes.index(f"Be {name}") for name in ("Happy", "Healthy", "Safe"))

    assert happy < outcomes.index("New plans in time") < healthy
    assert healthy < outcomes.index("Children waiting") < safe
    assert outcomes.count("No measure is tied to it.") == 1
    found = read(client, "indicator-list", world, query="?outcome=be-healthy")
    rows = found.partition("<table")[2].partition("</table>")[0]
    assert ("Children waiting" in rows, "New plans in time" in rows) == (True, False)
