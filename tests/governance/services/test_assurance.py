"""The executive's chair rates the assurance of each area, with reasons that stay in its history."""

import datetime as dt

import pytest

from governance import selectors
from governance.definitions import ASSURANCE_DEFINITIONS
from governance.enums import AssuranceLevel
from governance.models import AssuranceRating
from governance.permissions import visible_of_assurance
from governance.services.assurance import set_assurance
from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from tests.factories.world import TODAY, at, noon

SEEN = frozenset({"level", "reasons", "by"})


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield


def rate(world, level="limited", *, area="PA1", by=Role.EXECUTIVE_CHAIR, **given):
    latest = world.areas[area].assurance_ratings.first()
    default = {"reasons": "Dates slip.", "base_number": latest.number if latest else 0}
    return set_assurance(
        area=world.areas[area], level=level, by=world.people[by], **(default | given)
    )


def test_a_rating_is_stored_with_its_reasons(world):
    rating = rate(world, reasons=" Dates slip. ")
    assert (rating.number, rating.level, rating.reasons, rating.by, rating.at) == (
        1,
        "limited",
        "Dates slip.",
        world.people[Role.EXECUTIVE_CHAIR],
        noon(TODAY),
    )


@pytest.mark.parametrize("role", set(Role) - {Role.EXECUTIVE_CHAIR})
def test_it_is_for_the_executives_chair(world, role):
    with pytest.raises(NotAllowed):
        rate(world, by=role)
    assert not AssuranceRating.objects.exists()


def test_another_partnerships_chair_rates_nothing_here(world):
    with pytest.raises(NotAllowed):
        set_assurance(
            area=world.areas["PA1"],
            level="limited",
            reasons="Dates slip.",
            base_number=0,
            by=world.foreign.people[Role.EXECUTIVE_CHAIR],
        )


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"level": ""}, {"level"}),
        ({"level": "perfect"}, {"level"}),
        ({"reasons": " "}, {"reasons"}),
        ({"level": "", "reasons": ""}, {"level", "reasons"}),
    ],
)
def test_without_a_word_or_reasons_it_is_refused(world, given, fields):
    with pytest.raises(RuleBroken) as refused:
        rate(world, **given)
    assert set(refused.value.errors) == fields
    assert not AssuranceRating.objects.exists()


def test_on_an_older_page_it_is_a_conflict(world):
    rate(world)
    with pytest.raises(Conflict):
        rate(world, "reasonable", base_number=0)
    assert AssuranceRating.objects.count() == 1


def test_the_second_press_of_a_button_is_the_first(world):
    given = {"base_number": 0, "submission_key": "once"}
    assert rate(world, **given) == rate(world, **given)
    assert AssuranceRating.objects.count() == 1


class TestReading:
    def read(self, world, **given):
        return {
            each.area.key: each
            for each in selectors.assurance_of(world.plan, **({"visible": SEEN} | given))
        }

    def test_the_latest_is_in_force_and_the_rest_is_history(self, world):
        rate(world)
        rate(world, reasons="Still.")
        rate(world, "reasonable", reasons="Better.")
        found = self.read(world)
        assert list(found) == ["PA1", "AI1"]
        area = found["PA1"]
        assert (area.current.level, area.current.label, area.number) == (
            AssuranceLevel.REASONABLE,
            "Reasonable",
            3,
        )
        assert [line.reasons for line in area.history] == ["Better.", "Still.", "Dates slip."]
        assert (area.before.level, area.before.number) == ("limited", 2)
        assert (found["AI1"].current, found["AI1"].before, found["AI1"].number) == (None, None, 0)
        assert set(selectors.assurance_in_force(world.plan, visible=SEEN)) == {"PA1"}

    def test_it_is_read_as_at_a_moment(self, world):
        rate(world)
        with at(TODAY + dt.timedelta(days=30)):
            rate(world, "reasonable")
        assert self.read(world)["PA1"].current.level == "reasonable"
        assert self.read(world, at=noon(TODAY))["PA1"].current.level == "limited"
        before = noon(TODAY - dt.timedelta(days=1))
        assert self.read(world, at=before)["PA1"].current is None

    @pytest.mark.parametrize("role", Role)
    def test_the_word_is_for_everyone_and_the_reasons_for_officers(self, world, role):
        rate(world)
        visible = visible_of_assurance(world.people[role], world.plan)
        line = self.read(world, visible=visible)["PA1"].current
        is_officer = role != Role.PARENT_CARER_REPRESENTATIVE
        assert line.level == "limited"
        assert line.reasons == ("Dates slip." if is_officer else "")
        assert line.by == ("Executive chair" if is_officer else "")

    def test_strangers_see_nothing_of_it(self, world):
        assert visible_of_assurance(world.stranger, world.plan) == frozenset()

    def test_queries_do_not_grow(self, world, django_assert_num_queries):
        for _ in range(3):
            rate(world)
            with django_assert_num_queries(2):
                self.read(world)


def test_every_level_is_defined():
    assert [each.value for each in ASSURANCE_DEFINITIONS] == list(AssuranceLevel)
