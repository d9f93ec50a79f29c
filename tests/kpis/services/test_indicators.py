"""Indicators: taken over with the plan, counted by a definition, read by settings with a reason."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from kpis.models import Indicator, IndicatorDefinition
from kpis.services import indicators
from kpis.services.indicators import Reading
from plans.models import Plan
from plans.services import importing
from tests.factories import measures as make
from tests.factories.world import TODAY, at
from tests.plans.planfile.documents import real, small


def take(document, **more):
    return importing.import_plan(document=document, by=User.objects.system(), **more)


@pytest.mark.django_db
def test_the_measures_of_a_plan_file_are_taken_over_with_the_plan():
    take(small())
    waits, complaints = Indicator.objects.all()

    assert (waits.key, waits.name, waits.unit, waits.direction) == (
        *("waits", "Waits", "weeks", "down"),
    )
    assert (waits.baseline_low, waits.baseline_high) == (18, 18)
    assert (waits.target_low, waits.target_high) == (12, Decimal("13.5"))
    assert str(waits.target_due_on) == "2025-03-31"
    assert (waits.standard_value, waits.standard_source) == (12, "The law")
    assert [action.key for action in waits.actions.all()] == ["PA1.1"]
    assert (waits.workstream.key, waits.topics) == ("PA1", ["therapies"])
    assert (complaints.target_low, complaints.target_arithmetic) == (424, "530 × 0.8 = 424")
    assert (str(complaints.target_from), complaints.target_due_on) == ("2025-04-01", None)
    [entry] = waits.history.all()
    assert (entry.history_user.is_system, entry.history_change_reason) == (
        True,
        "Imported from the plan file",
    )


@pytest.mark.django_db
def test_the_same_file_again_changes_nothing():
    take(small())
    take(small())

    assert [row.history.count() for row in Indicator.objects.all()] == [1, 1]


@pytest.mark.django_db
def test_a_corrected_promise_keeps_its_reason_and_the_settings(world):
    take(small())
    row = Indicator.objects.get(key="waits")
    row.tolerance = Decimal(5)
    row.save_base(raw=True)
    document = small()
    document["indicators"][0]["target"]["high"] = 13
    document["indicators"][0]["actions"] = ["AI1.1"]
    take(document, correction="The printer erred")
    row.refresh_from_db()

    assert (row.target_high, row.tolerance) == (13, 5)
    assert [action.key for action in row.actions.all()] == ["AI1.1"]
    reasons = [entry.history_change_reason for entry in row.history.all()]
    assert reasons[0] == "Correction: The printer erred. actions: PA1.1 → AI1.1"


@pytest.mark.django_db
def test_a_fault_in_the_measures_undoes_the_whole_import():
    with pytest.raises(ValidationError):
        take(small() | {"indicators": [{"key": "k", "name": None}]})

    assert not Plan.objects.filter(slug="barset-2024").exists()


@pytest.mark.slow
@pytest.mark.django_db
def test_the_first_plan_has_all_its_measures():
    take(real())
    rows = Indicator.objects.all()

    assert len(rows) == len(real()["indicators"]) == 33
    assert rows.get(key="compliments").target_low == Decimal("248.4")
    assert rows.get(key="plans-audited-good-or-better").actions.count() == 7
    staff = rows.get(key="new-frontline-staff")
    assert (staff.target_text, staff.target_low, staff.target_high) == (
        "up to 80 new frontline staff",
        None,
        80,
    )


def test_only_who_imports_plans_takes_measures_over(world):
    with pytest.raises(NotAllowed):
        indicators.take_over(
            plan=world.plan, by=world.people[Role.WORKSTREAM_LEAD], reason="Just so"
        )


def test_a_definition_is_a_new_version(world, indicator):
    make.define(world, indicator, base=1, counting_rule="Movers are left out.", reason="Fairer")
    latest, first = IndicatorDefinition.objects.filter(indicator=indicator)

    assert (first.version, latest.version) == (1, 2)
    assert (latest.counting_rule, latest.reason) == ("Movers are left out.", "Fairer")
    assert latest.by == world.people[Role.PROGRAMME_OFFICE]


def test_the_second_of_two_definitions_is_told(world, indicator):
    make.define(world, indicator, base=1)
    with pytest.raises(Conflict) as refused:
        make.define(world, indicator, base=1, counting_rule="Other.")

    assert refused.value.current["version"] == 2
    assert refused.value.submitted["counting_rule"] == "Other."


@pytest.mark.parametrize(
    ("more", "fields"),
    [
        ({"counting_rule": " ", "source": "", "reason": ""}, {"counting_rule", "source", "reason"}),
        ({"denominator": ""}, {"denominator"}),
        ({"numerator": ""}, {"numerator"}),
        ({"period_kind": "year"}, {"period_kind"}),
        ({"period_kind": "decade"}, {"period_kind"}),
    ],
)
def test_what_is_no_definition(world, more, fields):
    row = make.measure(world)
    with pytest.raises(RuleBroken) as refused:
        make.define(world, row, **more)

    assert set(refused.value.errors) == fields
    assert not row.definitions.exists()


def test_the_kind_of_period_stays_once_figures_are_stored(world, indicator):
    make.enter(world, indicator, {"2024-07": 50})
    with pytest.raises(RuleBroken, match="cannot change"):
        make.define(world, indicator, base=1, period_kind="rolling")


def test_only_the_programme_office_defines_and_sets(world, indicator):
    lead = world.people[Role.WORKSTREAM_LEAD]
    with at(TODAY), pytest.raises(NotAllowed):
        indicators.define(indicator=indicator, words=make.words(), base_version=1, by=lead)
    with at(TODAY), pytest.raises(NotAllowed):
        indicators.set_reading(
            indicator=indicator, reading=Reading(), reason="So", base_version=0, by=lead
        )


def test_how_it_is_read_is_set_with_a_reason(world, indicator):
    beside = make.measure(world, "backlog", name="Backlog")
    row = make.show_to_families(
        world,
        indicator,
        plain_words="new plans were in time",
        companions=(beside,),
        trajectory=(("2024-09-30", "54"),),
        owner=world.posts["PA1"],
        outcomes=("be-happy",),
    )

    row.refresh_from_db()
    assert (row.plain_words, row.for_families, row.version) == ("new plans were in time", True, 1)
    assert row.trajectory == [["2024-09-30", "54"]]
    assert list(row.companions.all()) == [beside]
    assert row.history.first().history_change_reason == "Families asked. (beside it: backlog)"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"tolerance": Decimal(101)}, "tolerance"),
        ({"spc_shift": 5}, "spc_shift"),
        ({"spc_trend": 8}, "spc_trend"),
        ({"spc_minimum": 7}, "spc_minimum"),
        ({"spc_baseline": 3}, "spc_baseline"),
        ({"for_families": False, "for_public": True}, "for_public"),
        ({"plausible_low": Decimal(5), "plausible_high": Decimal(4)}, "plausible_high"),
        ({"trajectory": (("September", "54"),)}, "trajectory"),
        ({"trajectory": (("2024-09-30", "many"),)}, "trajectory"),
    ],
)
def test_settings_that_cannot_be(world, indicator, more, field):
    with pytest.raises(RuleBroken) as refused:
        make.show_to_families(world, indicator, **more)

    assert set(refused.value.errors) == {field}


def test_posts_and_measures_of_others_are_refused(world, indicator):
    foreign = make.measure(world.foreign, "theirs")
    with pytest.raises(RuleBroken) as refused:
        make.show_to_families(
            world, indicator, owner=world.foreign.posts["PA1"], companions=(foreign,)
        )

    assert set(refused.value.errors) == {"owner", "companions"}


def test_the_second_of_two_who_set_is_told(world, indicator):
    make.show_to_families(world, indicator)
    with pytest.raises(Conflict):
        make.show_to_families(world, indicator)
