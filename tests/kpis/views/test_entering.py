"""The grid of figures: typed, told what is odd, corrected with a reason, kept when somebody was first."""

import pytest
from django.urls import reverse

from hertsend.accounts.roles import Role
from kpis.models import Measurement
from tests.factories import measures as make
from tests.factories.world import TODAY, at

CONFLICT = 409


@pytest.fixture
def counted(world):
    """A measure that is entered as one number."""
    row = make.measure(world, "waiting", name="Waiting", unit="children", direction="down")
    make.define(world, row, numerator="", denominator="")
    return row


@pytest.fixture
def page(world):
    return reverse("kpis:figures-enter", args=[world.plan.slug])


def cell(month, field="value", key="waiting"):
    return f"{key}.{month}.{field}"


def post(client, page, data):
    with at(TODAY):
        return client.post(page, {"submission_key": "one"} | data)


def stored(row):
    rows = Measurement.objects.filter(indicator=row).in_order()
    return [(f"{one.ends_on:%Y-%m}", one.number, one.presence, one.figure) for one in rows]


def text_of(response):
    return " ".join(response.content.decode().split())


def test_what_is_typed_is_stored(world, counted, page, as_role):
    response = post(
        as_role(Role.WORKSTREAM_LEAD),
        page,
        {cell("2024-06"): "1,418", cell("2024-07"): "c", cell("2024-08"): "0"},
    )

    assert response.status_code == 302
    assert stored(counted) == [
        ("2024-06", 1, "given", 1418),
        ("2024-07", 1, "suppressed", None),
        ("2024-08", 1, "given", 0),
    ]


def test_the_grid_shows_the_latest_periods_that_have_ended(world, counted, page, as_role):
    make.enter(world, counted, {"2024-08": 7})
    with at(TODAY):
        body = text_of(as_role(Role.WORKSTREAM_LEAD).get(page))

    for month in ("2024-05", "2024-06", "2024-07", "2024-08"):
        assert f'name="{cell(month)}"' in body
    assert cell("2024-09") not in body
    assert 'autocomplete="off" value="7"' in body


def test_parts_are_typed_as_parts(world, indicator, page, as_role):
    data = {
        cell("2024-08", "part", "in-time"): "82",
        cell("2024-08", "whole", "in-time"): "164",
    }
    post(as_role(Role.WORKSTREAM_LEAD), page, data)

    assert stored(indicator) == [("2024-08", 1, "given", 50)]


def test_what_is_wrong_is_told_beside_its_cell_and_everything_is_kept(
    world, counted, page, as_role
):
    data = {cell("2024-07"): "many", cell("2024-08"): "12"}
    response = post(as_role(Role.WORKSTREAM_LEAD), page, data)
    body = text_of(response)

    assert response.status_code == 200
    assert 'href="#id_waiting.2024-07"' in body
    assert "Enter a number, or c, low, z or missing." in body
    assert 'value="many"' in body
    assert 'value="12"' in body
    assert stored(counted) == []


def test_a_correction_asks_for_its_reason(world, counted, page, as_role):
    make.enter(world, counted, {"2024-08": 7})
    client = as_role(Role.WORKSTREAM_LEAD)
    refused = post(client, page, {cell("2024-08"): "8"})
    with_reason = {cell("2024-08"): "8", cell("2024-08", "reason"): "One came late."}
    accepted = post(client, page, with_reason)

    assert "Say why the figure changes" in text_of(refused)
    assert accepted.status_code == 302
    assert [row[3] for row in stored(counted)] == [7, 8]


def test_an_odd_figure_is_asked_about_once(world, counted, page, as_role):
    make.enter(world, counted, make.months("2023-08", [10, 11, 10, 12, 11] * 2 + [10, 12]))
    client, data = as_role(Role.WORKSTREAM_LEAD), {cell("2024-08"): "1100"}
    asked = post(client, page, data)
    kept = stored(counted)[-1]
    post(client, page, data | {"confirmed": "yes"})

    assert "Far outside what this measure has done so far." in text_of(asked)
    assert kept[0] == "2024-07"
    assert stored(counted)[-1] == ("2024-08", 1, "given", 1100)


def test_when_somebody_else_was_first_both_are_shown(world, counted, page, as_role):
    """The page was opened before the other's figure came: its form knows of none."""
    client = as_role(Role.WORKSTREAM_LEAD)
    make.enter(world, counted, {"2024-08": 7})
    response = post(client, page, {cell("2024-08"): "9", cell("2024-08", "base"): "0"})
    body = text_of(response)

    assert response.status_code == CONFLICT
    assert "Someone else was first" in body
    assert "<strong>Stored now:</strong> 7" in body
    assert 'value="9"' in body
    assert len(stored(counted)) == 1


def test_another_workstreams_measures_are_not_in_the_grid(world, counted, page, as_role):
    make.define(world, make.measure(world, "theirs", stream="AI1", name="Theirs"))
    with at(TODAY):
        lead = text_of(as_role(Role.WORKSTREAM_LEAD).get(page))
        office = text_of(as_role(Role.PROGRAMME_OFFICE).get(page))

    assert "Theirs" not in lead
    assert "Theirs" in office


def test_only_who_enters_figures_opens_the_grid(world, counted, page, as_role):
    with at(TODAY):
        response = as_role(Role.BOARD_MEMBER).get(page)

    assert response.status_code == 403
    assert "does not let you enter the figures of measures" in text_of(response)


def test_nothing_to_enter_says_why(world, page, as_role):
    with at(TODAY):
        body = text_of(as_role(Role.WORKSTREAM_LEAD).get(page))

    assert "There is no measure for you to enter." in body
