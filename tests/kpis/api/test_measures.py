"""Measures by API: what the pages show, and figures entered by the same service with the same words."""

import pytest
from django.urls import reverse

from hertsend.accounts.roles import Role
from kpis.models import Measurement
from tests.factories import measures as make
from tests.factories.world import TODAY, at

VALUES = [34, 31, 36, 33, 30, 35, 37, 32, 36, 38, 34, 39, 36, 41]
FAMILIES = Role.PARENT_CARER_REPRESENTATIVE


def url(name, world, *more):
    return reverse(f"kpis-api:{name}", args=[world.plan.slug, *more])


def get(client, address):
    with at(TODAY):
        response = client.get(address)
    return response.status_code, response.json()


def send(client, world, *figures, **headers):
    with at(TODAY):
        response = client.post(
            url("figures-enter", world, "in-time"),
            {"figures": list(figures)},
            format="json",
            **headers,
        )
    return response.status_code, response.json()


def test_a_measure_is_read_with_its_limits(world, indicator, api_as):
    make.enter(world, indicator, make.months("2023-07", VALUES))
    status, found = get(api_as(Role.BOARD_MEMBER), url("measure-detail", world, "in-time"))

    assert status == 200
    assert (found["status"], found["target_word"], found["legal_standard"]) == (
        *("missed", "interim milestone", 100),
    )
    assert [point["value"] for point in found["points"]] == VALUES
    # 492 in 14 months; the limits are 2.66 mean moving ranges (49 in 13 steps) away.
    assert found["points"][0]["mean"] == pytest.approx(492 / 14)
    assert found["points"][0]["upper_limit"] == pytest.approx(492 / 14 + 2.66 * 49 / 13)
    assert found["latest"]["period"] == "Aug 2024"
    assert get(api_as(Role.BOARD_MEMBER), url("measure-list", world))[1]["count"] == 1


def test_without_limits_there_are_none_in_the_answer(world, indicator, api_as):
    make.enter(world, indicator, make.months("2024-06", VALUES[:3]))
    _, found = get(api_as(Role.BOARD_MEMBER), url("measure-detail", world, "in-time"))

    assert "upper_limit" not in found["points"][0]
    assert found["no_limits_because"].startswith("There are 3 points.")


def test_families_are_answered_as_on_their_pages(world, indicator, api_as):
    make.enter(world, indicator, {"2024-07": (3, 90), "2024-08": (45, 90)})
    address = url("measure-detail", world, "in-time")
    assert get(api_as(FAMILIES), address)[0] == 404
    make.show_to_families(world, indicator)
    _, found = get(api_as(FAMILIES), address)

    assert [(point["value"], point["presence"]) for point in found["points"]] == [
        (None, "suppressed"),
        (50, "given"),
    ]
    assert found["points"][0]["numerator"] is None


def test_figures_are_entered(world, indicator, api_as):
    status, found = send(
        api_as(Role.WORKSTREAM_LEAD),
        world,
        {"period": "2024-07", "numerator": "82", "denominator": "164"},
        {"period": "Aug 2024", "presence": "suppressed"},
    )

    assert status == 201
    assert [(point["value"], point["presence"]) for point in found["points"]] == [
        (50, "given"),
        (None, "suppressed"),
    ]


def test_the_same_key_is_carried_out_once(world, indicator, api_as):
    client = api_as(Role.WORKSTREAM_LEAD)
    for _ in range(2):
        sent = send(client, world, {"period": "2024-07", "value": "50"}, HTTP_IDEMPOTENCY_KEY="k")
        assert sent[0] == 201

    assert Measurement.objects.count() == 1


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        ({"period": "soon", "value": "5"}, {"period": ["“soon” is no month."]}),
        ({"period": "2024-07", "value": "101"}, {"2024-07": ["Enter a percentage from 0 to 100."]}),
        ({"period": "2024-07"}, {"2024-07": ["Enter the figure, or say why there is none."]}),
        ({"period": "2024-09", "value": "5"}, {"2024-09": ["This period has not ended."]}),
    ],
)
def test_what_is_no_figure_is_refused_with_the_sentence_of_the_page(
    world, indicator, api_as, figure, told
):
    status, found = send(api_as(Role.WORKSTREAM_LEAD), world, figure)

    assert status == 400
    assert found["fields"] == told
    assert not Measurement.objects.exists()


def test_a_correction_knows_what_it_corrects(world, indicator, api_as):
    make.enter(world, indicator, {"2024-07": 50})
    client = api_as(Role.WORKSTREAM_LEAD)
    late = send(client, world, {"period": "2024-07", "value": "51"})
    wordless = send(client, world, {"period": "2024-07", "value": "51", "base_number": 1})
    right = send(
        client, world, {"period": "2024-07", "value": "51", "base_number": 1, "reason": "Late."}
    )

    assert (late[0], wordless[0], right[0]) == (409, 400, 201)


def test_only_who_enters_figures(world, indicator, api_as):
    figure = {"period": "2024-07", "value": "50"}

    assert send(api_as(Role.BOARD_MEMBER), world, figure)[0] == 403
    assert send(api_as(FAMILIES), world, figure)[0] == 404
