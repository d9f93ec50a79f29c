"""A stocktake beside delivery: the three judgements, whole actions, and what comes again, by area."""

import datetime as dt

import pytest

from governance.stocktake import layout
from governance.stocktake.content import Again, Assured, Judgement
from governance.stocktake.document import words_of
from hertsend.accounts import access
from hertsend.accounts.roles import Role
from tests.factories.world import noon
from tests.governance.stocktake import judging
from tests.governance.stocktake.conftest import LATE
from tests.governance.stocktake.test_build import part, taken
from tests.plans import impact_rows


@pytest.fixture
def judged(told):
    judging.judge(told)
    judging.come_again(told)
    return told


def ends(found, kind):
    return [(each.area, each.then, each.now) for each in found.judged if each.kind == kind]


def test_the_three_judgements_stand_side_by_side(judged, reader):
    stocktake = taken(judged, reader)
    first, second = part(stocktake, "PA1"), part(stocktake, "AI1")
    assert ends(first, Judgement.DELIVERY) == [("", "no_update", "no_update")]
    assert ends(first, Judgement.IMPACT) == [("", None, 1)]
    assert ends(first, Judgement.ASSURANCE) == [("PA1", "limited", "reasonable")]
    assert ends(second, Judgement.ASSURANCE) == [("AI1", None, None)]
    overview = layout.overviews(stocktake)[0]
    assert [[words_of(cell) for cell in row] for row in overview.rows] == [
        [
            "PA1: Leaders should improve PA1.",
            "No update",
            "No update",
            "–",
            "1 No evidence of a difference",
            "Limited",
            "Reasonable",
        ],
        ["AI1: Leaders should improve AI1.", "No update", "Off track", "–", "–", "–", "–"],
    ]


def test_each_rating_of_assurance_with_its_reasons_from_that_in_force_at_the_start(judged, reader):
    assert part(taken(judged, reader), "PA1").assurance == (
        Assured(
            area="PA1",
            level="limited",
            label="Limited",
            at=noon(dt.date(2024, 9, 2)),
            reasons="Too early.",
            by="Executive chair",
        ),
        Assured(
            area="PA1",
            level="reasonable",
            label="Reasonable",
            at=noon(judging.RATED),
            reasons="The plan & its <b>evidence</b> hold.",
            by="Executive chair",
        ),
    )


def test_what_comes_again_is_done_or_missed_once_with_its_evidence(judged, reader):
    stocktake = taken(judged, reader)
    (done,) = part(stocktake, "PA1").again
    assert done == Again(
        key="meetings-1",
        title="Meetings of the teams",
        place="PA1.1",
        owner=judged.posts["PA1"].title,
        when="September 2024",
        is_done=True,
        said=True,
        done_on=dt.date(2024, 10, 2),
        days_late=2,
        note="Minutes of 2 October.",
        evidence="Survey of schools",
    )
    assert [(each.place, each.when, each.is_done, each.said) for each in stocktake.again] == [
        ("Monitoring", "September 2024", False, False)
    ]
    assert taken(judged, reader, area="PA1").again == ()
    words = [words_of(cell) for cell in layout.overviews(stocktake)[-1].rows[0]]
    assert words[:3] == [
        "Monitoring: Meetings of the teams",
        "September 2024",
        "Missed, nothing recorded",
    ]


def test_what_was_missed_before_the_start_counts_there_alone(judged, reader):
    """July and August went by before the rule was confirmed: no span has them as newly missed."""
    august = taken(judged, reader, since=dt.date(2024, 7, 30), until=dt.date(2024, 9, 21))
    assert [each.when for each in part(august, "PA1").again] == ["July 2024", "August 2024"]
    later = taken(judged, reader, since=dt.date(2024, 9, 21), until=LATE)
    assert [each.when for each in part(later, "PA1").again] == ["September 2024"]
    after = taken(judged, reader, since=LATE)
    assert part(after, "PA1").again == ()


def test_what_was_missed_on_the_day_between_two_spans_is_in_the_second_alone(judged, reader):
    """On 30 September the month is still due, so the span up to it has nothing and the next has it."""
    between = dt.date(2024, 9, 30)
    found = [
        [each.when for each in taken(judged, reader, **ends).again]
        for ends in (
            {"until": between},
            {"since": between, "until": LATE},
            {"since": dt.date(2024, 10, 1), "until": LATE},
        )
    ]
    assert found == [[], ["September 2024"], []]


def test_a_whole_action_that_was_signed_off_and_is_no_more(judged, reader):
    judging.sign_action(judged)
    (signed,) = part(taken(judged, reader), "PA1").signed_actions
    assert (signed.key, signed.signed_at, signed.signed_by, signed.role, signed.evidence) == (
        "PA1.1",
        noon(judging.SIGNED),
        "Joint chair PA1",
        "Joint chair",
        (),
    )
    before = taken(judged, reader, until=dt.date(2024, 10, 13))
    assert part(before, "PA1").signed_actions == ()
    judged.milestone("PA1.1-1").stage_changes.model.add(
        milestone=judged.milestone("PA1.1-1"),
        version=99,
        act="reopened",
        from_stage="signed_off",
        to_stage="in_progress",
        words="It was not so.",
        role=Role.JOINT_CHAIR,
        by=judged.people[Role.JOINT_CHAIR],
        at=noon(dt.date(2024, 10, 15)),
    )
    assert part(taken(judged, reader), "PA1").signed_actions == ()


def test_a_signed_milestone_names_what_stood_for_it(judged, reader):
    (signed,) = part(taken(judged, reader), "PA1").signed
    assert "Survey of schools" in signed.evidence
    assert "Old minutes" not in signed.evidence


def test_as_many_queries_with_more_of_everything(judged, reader, django_assert_num_queries):
    judging.sign_action(judged)
    access.of(reader)
    with django_assert_num_queries(40):
        taken(judged, reader)
    for number in (3, 4, 5):
        row = impact_rows.commitment(judged, number, state="confirmed", version=1)
        impact_rows.rule(judged, row)
        impact_rows.record(judged, row, at=noon(LATE))
        rated = impact_rows.rating(judged, number, at=noon(LATE))
        impact_rows.decision(judged, rated, at=noon(LATE))
    with django_assert_num_queries(40):
        taken(judged, reader)
