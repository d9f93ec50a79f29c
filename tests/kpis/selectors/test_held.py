"""Blue: signed off, and the target of a linked measure held for three periods, on every page alike."""

import datetime as dt

import pytest
from django.urls import reverse

from governance import permissions as board_permissions
from governance.selectors import read_at
from hertsend import dates
from hertsend.accounts.roles import Role
from kpis.selectors import held_periods
from kpis.selectors.delivery import delivery_of
from plans import selectors
from plans.enums import Standing
from plans.selectors.measured import held_source
from plans.services import milestones
from tests.factories import measures as make
from tests.factories.world import TODAY, at

HELD = {"2024-04": 60, "2024-05": 59, "2024-06": 61, "2024-07": 60, "2024-08": 75}


def sign(world, key):
    """Sign a proposed milestone off, exactly as it is shown."""
    row = world.milestone(key)
    return milestones.sign_off(
        milestone=row,
        fingerprint=selectors.fingerprint_of(row),
        by=world.people[Role.JOINT_CHAIR],
    )


@pytest.fixture
def signed(world):
    """A milestone of PA1.1 that is signed off."""
    world.propose("PA1.1-1")
    with at(TODAY):
        return sign(world, "PA1.1-1")


def standing_in(world, moment=None):
    lines = selectors.lines_at(
        world.plan.milestones.filter(key="PA1.1-1"),
        plan=world.plan,
        moment=moment or selectors.Moment(on=TODAY),
        visible=frozenset(),
    )
    return lines[0].standing


def test_targets_held_are_counted_back_by_action(world, indicator):
    make.enter(world, indicator, HELD)

    assert held_periods(world.plan, on=TODAY) == {"PA1.1": 3}
    other = make.measure(world, "silent")
    make.define(world, other)
    assert held_periods(world.plan, on=TODAY) == {"PA1.1": 0}


def test_a_month_left_out_ends_the_row(world, indicator):
    make.enter(world, indicator, {"2024-05": 60, "2024-06": 60, "2024-08": 60})

    assert held_periods(world.plan, on=TODAY) == {"PA1.1": 1}


def test_old_figures_hold_nothing(world, indicator):
    make.enter(world, indicator, {"2024-03": 60, "2024-04": 60, "2024-05": 60})

    assert held_periods(world.plan, on=TODAY) == {"PA1.1": 0}


def test_held_as_it_stood_at_a_moment(world):
    indicator = make.measure(world)
    make.define(world, indicator, on=dt.date(2024, 8, 1))
    make.enter(world, indicator, {"2024-06": 60, "2024-07": 60}, on=dt.date(2024, 8, 5))
    make.enter(world, indicator, {"2024-08": 60}, on=dt.date(2024, 9, 3))
    then = dates.start_of(dt.date(2024, 9, 1))

    assert held_periods(world.plan, on=dt.date(2024, 9, 4)) == {"PA1.1": 3}
    assert held_periods(world.plan, on=dt.date(2024, 9, 1), at=then) == {"PA1.1": 2}


def test_what_is_signed_off_turns_blue_where_its_measure_shows_it(world, indicator, signed):
    assert standing_in(world) == Standing.COMPLETE
    make.enter(world, indicator, HELD)
    assert standing_in(world) == Standing.EMBEDDED
    # Each page reads the same: the board's dashboard, measures, and a past day.
    [line] = [
        one
        for one in read_at(
            world.plan, selectors.Moment(on=TODAY), visible=board_permissions.words_of_packs()
        ).lines
        if one.key == "PA1.1-1"
    ]
    assert line.standing == Standing.EMBEDDED
    yesterday = selectors.day_gone_by(TODAY - dt.timedelta(days=1))
    assert standing_in(world, yesterday) != Standing.EMBEDDED


def test_blue_is_lost_when_the_measure_falls_back(world, indicator, signed):
    make.enter(world, indicator, HELD)
    make.enter(world, indicator, {"2024-08": 59}, base_number=1, reason="Counted twice.")

    assert standing_in(world) == Standing.COMPLETE


def test_delivery_beside_measures_is_what_the_live_pages_show(world, indicator):
    world.propose("PA1.1-1")
    world.propose("PA1.1-2")
    with at(TODAY):
        sign(world, "PA1.1-1")
        sign(world, "PA1.1-2")
    make.enter(world, indicator, HELD)

    assert delivery_of(world.plan, on=TODAY).actions["PA1.1"] == Standing.EMBEDDED


def test_the_page_of_an_action_says_embedded(world, indicator, signed, as_role):
    make.enter(world, indicator, HELD)
    address = reverse("plans:action-detail", args=[world.plan.slug, "PA1.1"])
    with at(TODAY):
        body = as_role(Role.BOARD_MEMBER).get(address).content.decode()

    assert "Embedded" in body.partition('id="main-content"')[2].partition("<h2")[2]


@pytest.mark.parametrize(
    ("page", "role"),
    [
        ("plans:action-detail", Role.BOARD_MEMBER),
        ("plans:impact-rate", Role.WORKSTREAM_LEAD),
    ],
)
def test_the_measures_of_an_action_stand_beside_its_impact(world, indicator, as_role, page, role):
    make.enter(world, indicator, HELD)
    address = reverse(page, args=[world.plan.slug, "PA1.1"])
    with at(TODAY):
        response = as_role(role).get(address)
    body = " ".join(response.content.decode().split())

    assert response.status_code == 200
    shown = body.partition('id="measures"')[2]
    for words in ("New plans in time", "Interim milestone 60%", "75%", "for 3 periods", "Aug 2024"):
        assert words in shown


def test_families_see_beside_an_action_what_is_for_families(world, indicator, as_role):
    make.enter(world, indicator, HELD)
    address = reverse("plans:action-detail", args=[world.plan.slug, "PA1.1"])
    client = as_role(Role.PARENT_CARER_REPRESENTATIVE)
    with at(TODAY):
        assert "New plans in time" not in client.get(address).content.decode()
        make.show_to_families(world, indicator)
        assert "New plans in time" in client.get(address).content.decode()


def test_an_action_as_at_a_past_day_shows_the_figures_of_that_day(world, as_role):
    indicator = make.measure(world)
    make.define(world, indicator, on=dt.date(2024, 8, 1))
    make.enter(world, indicator, {"2024-07": 41}, on=dt.date(2024, 8, 5))
    make.enter(world, indicator, {"2024-08": 77}, on=TODAY)
    past = TODAY - dt.timedelta(days=1)
    address = reverse("plans:action-detail", args=[world.plan.slug, "PA1.1"])
    with at(TODAY):
        body = as_role(Role.BOARD_MEMBER).get(f"{address}?as_at={past}").content.decode()

    assert "41%" in body
    assert "77%" not in body


def test_four_queries_however_many_measures(world, django_assert_num_queries):
    for number in range(3):
        row = make.measure(world, f"measure-{number}")
        make.define(world, row)
        make.enter(world, row, {"2024-08": 60})
        with django_assert_num_queries(4):
            held_periods(world.plan, on=TODAY)


def test_two_sources_could_contradict_each_other():
    assert held_source(held_periods) is held_periods
    with pytest.raises(ValueError, match="answers for targets held already"):
        held_source(lambda plan, *, on, at: {})
