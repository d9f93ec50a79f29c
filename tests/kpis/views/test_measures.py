"""The pages of measures: what is shown to whom, and the files that leave them."""

import csv
import io
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse

from hertsend.accounts.roles import Role
from kpis.enums import Presence
from plans.models import PlanSection
from tests.access.growing import added
from tests.factories import measures as make
from tests.factories.world import TODAY, at

FAMILIES = Role.PARENT_CARER_REPRESENTATIVE
VALUES = [34, 31, 36, 33, 30, 35, 37, 32, 36, 38, 34, 39, 36, 41]


@pytest.fixture
def filled(world, indicator):
    make.enter(world, indicator, make.months("2023-07", VALUES))
    return indicator


def url(name, world, *more):
    return reverse(f"kpis:{name}", args=[world.plan.slug, *more])


def get(client, address):
    with at(TODAY):
        response = client.get(address)
    assert response.status_code == 200, address
    return response


def text_of(response):
    return " ".join(response.content.decode().split())


def test_the_board_sees_how_many_are_where(world, filled, as_role):
    make.measure(world, "empty", name="Nothing yet")
    body = text_of(get(as_role(Role.BOARD_MEMBER), url("indicator-list", world)))

    assert "0 of 1 measures with a number and a figure are where they should be." in body
    assert "New plans in time" in body
    assert "Interim milestone 60% by April 2025, from 33% in 2022" in body
    assert "41%" in body
    assert "59 points" in body
    assert body.count('class="hs-sparkline"') == 2


def test_filters_show_what_they_name(world, filled, as_role):
    make.measure(world, "empty", name="Nothing yet", stream="AI1")
    client = as_role(Role.BOARD_MEMBER)

    def found(query):
        body = text_of(get(client, f"{url('indicator-list', world)}?{query}"))
        table = body.partition("<table")[2].partition("</table>")[0]
        return {name for name in ("New plans in time", "Nothing yet") if name in table}

    assert found("") == {"New plans in time", "Nothing yet"}
    assert found("show=old") == {"Nothing yet"}
    assert found("show=missed") == {"New plans in time"}
    assert found("area=AI1") == {"Nothing yet"}
    assert found("show=nonsense&area=%00") == {"New plans in time", "Nothing yet"}
    assert found("show=met") == set()


def test_the_rows_leave_as_csv(world, filled, as_role):
    response = get(as_role(Role.BOARD_MEMBER), url("indicator-export", world))
    [row] = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))

    assert (row["key"], row["latest"], row["latest_period"], row["status"]) == (
        *("in-time", "41", "Aug 2024", "missed"),
    )
    assert row["what_the_plan_says"].startswith("Interim milestone 60%")


def test_one_measure_says_where_it_is(world, filled, as_role):
    make.show_to_families(world, filled, plain_words="new plans were in time")
    body = text_of(get(as_role(Role.BOARD_MEMBER), url("indicator-detail", world, "in-time")))

    assert "41 in 100 new plans were in time in August 2024." in body
    assert "It is still 59 points short of the legal standard." in body
    assert "interim milestone" in body
    assert "Limits from 13 points" in body
    assert "“60% within 20 weeks”" in body
    assert 'role="img"' in body
    assert body.count("data-reading=") > len(VALUES)


def test_few_points_have_no_limits_and_say_why(world, indicator, as_role):
    make.enter(world, indicator, make.months("2024-01", VALUES[:8]))
    client, address = as_role(Role.BOARD_MEMBER), url("indicator-detail", world, "in-time")
    refused, trial = (text_of(get(client, f"{address}{query}")) for query in ("", "?limits=trial"))

    assert "There are 8 points. Limits are drawn from 13 points on" in refused
    assert "Show trial limits" in refused
    assert "upper limit" not in refused
    assert "Trial limits." in trial
    assert "upper limit" in trial


def test_a_measure_without_figures_says_what_comes_next(world, as_role):
    make.measure(world)
    body = text_of(get(as_role(Role.BOARD_MEMBER), url("indicator-detail", world, "in-time")))

    assert "No figure has been received." in body
    assert "First the programme office says how it is counted." in body


def test_a_corrected_figure_stays_to_be_seen(world, filled, as_role):
    make.enter(world, filled, {"2024-07": 99}, base_number=1, reason="Movers were missing.")
    body = text_of(get(as_role(Role.BOARD_MEMBER), url("indicator-detail", world, "in-time")))

    assert "<del>36%</del>" in body
    assert "Movers were missing." in body


def test_families_read_the_measure_without_officers_words(world, filled, as_role):
    address = url("indicator-detail", world, "in-time")
    client = as_role(FAMILIES)
    with at(TODAY):
        assert client.get(address).status_code == 404
    make.enter(world, filled, {"2024-07": 99}, base_number=1, reason="Movers were missing.")
    make.show_to_families(world, filled)
    body = text_of(get(client, address))

    assert "99%" in body
    for hidden in ("Movers were missing", "Corrected figures", "36%</del>", "Enter figures"):
        assert hidden not in body


def test_families_are_shown_no_small_number_in_any_file(world, as_role):
    row = make.measure(world, "waiting", unit="children", direction="down")
    make.define(world, row, numerator="", denominator="")
    make.enter(world, row, {"2024-07": 40, "2024-08": 3})
    make.show_to_families(world, row)
    client = as_role(FAMILIES)
    for name in ("indicator-figures", "indicator-drawing"):
        body = get(client, url(name, world, "waiting")).content.decode()
        assert "40" in body
        assert "suppressed" in body
        assert ",3," not in body
        assert ": 3" not in body


def test_the_chart_leaves_the_page_as_table_drawing_and_picture(world, filled, as_role):
    client = as_role(Role.BOARD_MEMBER)
    figures = get(client, url("indicator-figures", world, "in-time"))
    rows = list(csv.DictReader(io.StringIO(figures.content.decode("utf-8-sig"))))
    drawing = get(client, url("indicator-drawing", world, "in-time"))
    picture = get(client, url("indicator-picture", world, "in-time"))

    assert [float(row["value"]) for row in rows] == VALUES
    assert rows[0]["upper_limit"]
    root = ET.fromstring(drawing.content)
    assert "New plans in time, per cent, Jul 2023 to Aug 2024" in [
        one.text for one in root.iter("{http://www.w3.org/2000/svg}text")
    ]
    assert picture.content.startswith(b"\x89PNG")
    for response, name in ((figures, "in-time.csv"), (drawing, "in-time.svg")):
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'


def test_topics_without_a_measure_say_so(world, filled, as_role):
    added(
        PlanSection,
        plan=world.plan,
        key="topics",
        content=[
            {"key": "timeliness", "text": "Timeliness"},
            {"key": "hearing", "text": "Hearing"},
        ],
    )
    filled.topics = ["timeliness"]
    filled.save_base(raw=True)
    body = text_of(get(as_role(Role.BOARD_MEMBER), url("indicator-list", world)))
    topics = body.partition('id="topics"')[2]

    assert topics.count("Nothing measures this yet.") == 1
    assert topics.index("Timeliness") < topics.index("Hearing") < topics.index("Nothing measures")


def test_an_absent_figure_is_told_by_its_kind(world, indicator, as_role):
    make.enter(
        world,
        indicator,
        {"2024-06": 50, "2024-07": Presence.NOT_APPLICABLE, "2024-08": Presence.SUPPRESSED},
    )
    body = text_of(get(as_role(Role.BOARD_MEMBER), url("indicator-detail", world, "in-time")))

    assert "<strong>not applicable</strong>" in body
    assert "<strong>suppressed</strong>" in body
