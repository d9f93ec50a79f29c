"""Impact and assurance beside delivery, what was missed, and what was judged otherwise than before."""

import datetime as dt

import pytest

from governance import selectors
from governance.selectors.judgements import lowest_impact
from governance.services.assurance import set_assurance
from hertsend.accounts.roles import Role
from plans.models import ImpactRating
from tests.factories.world import at, noon
from tests.governance.steps import SEPTEMBER
from tests.plans import impact_rows, impact_steps, signing_rows

LATER = dt.date(2024, 10, 10)
SEEN = frozenset({"words", "note", "by", "reasons", "level"})


@pytest.mark.parametrize(
    ("levels", "lowest"),
    [
        ([], None),
        ([None, None], None),
        ([0], 0),
        ([0, None], 0),
        ([0, 3], 3),
        ([2, 1, 4], 1),
        ([None, 4], 4),
    ],
)
def test_an_area_shows_the_lowest_of_what_can_be_said(levels, lowest):
    assert lowest_impact(levels) == lowest


def confirmed(world, level, *, on, kinds=()):
    """An impact of PA1.1 that was confirmed on a day."""
    latest = ImpactRating.objects.filter(action=world.actions["PA1.1"]).first()
    with at(on):
        rating = impact_rows.rating(
            world, (latest.number if latest else 0) + 1, level=level, at=noon(on)
        )
        for kind in kinds:
            piece = signing_rows.evidence(world, milestone=None, kind=kind, title=kind)
            rating.rests_on.model.add(rating=rating, evidence=piece)
        impact_steps.confirm(world, rating)


def assured(world, level, *, on, area="PA1"):
    with at(on):
        set_assurance(
            area=world.areas[area],
            level=level,
            reasons="Seen by the executive.",
            base_number=world.areas[area].assurance_ratings.count(),
            by=world.people[Role.EXECUTIVE_CHAIR],
        )


def judged(world, month=SEPTEMBER):
    board = selectors.dashboard(world.plan, world.period(month), visible=SEEN)
    return board.judgements


def row(judgements, key="PA1"):
    return next(each for each in judgements.rows if each.row.keys == (key,))


def told(judgements):
    return [(line.count, line.words) for line in judgements.change_lines]


def test_the_three_stand_side_by_side(september):
    confirmed(september, 1, on=dt.date(2024, 9, 12))
    assured(september, "limited", on=dt.date(2024, 9, 13))
    found = row(judged(september))
    assert found.row.standing
    assert (found.impact.level, found.impact.rated, found.impact.actions) == (1, 1, 1)
    assert [(each.key, each.line.label) for each in found.assurance] == [("PA1", "Limited")]
    other = row(judged(september), "AI1")
    assert (other.impact.level, other.impact.label, other.impact.rated) == (None, "", 0)
    assert [each.line for each in other.assurance] == [None]


def test_a_rating_that_waits_is_counted_apart(september):
    with at(LATER):
        impact_rows.rating(september, at=noon(dt.date(2024, 9, 12)))
    found = row(judged(september)).impact
    assert (found.level, found.rated, found.proposed) == (None, 0, 1)


def test_what_was_judged_after_the_cut_off_is_not_in_the_month(september):
    confirmed(september, 1, on=LATER)
    assured(september, "limited", on=LATER + dt.timedelta(days=1))
    with at(LATER + dt.timedelta(days=2)):
        found = row(judged(september))
    assert found.impact.level is None
    assert found.assurance[0].line is None


def test_changes_since_the_month_before_are_told(september):
    confirmed(september, 2, on=dt.date(2024, 9, 6), kinds=["data"])
    assured(september, "reasonable", on=dt.date(2024, 9, 6))
    confirmed(september, 1, on=dt.date(2024, 9, 20))
    assured(september, "limited", on=dt.date(2024, 9, 20))
    assured(september, "limited", on=dt.date(2024, 9, 20), area="AI1")
    assert told(judged(september)) == [
        (1, "impact lowered"),
        (1, "assurance lowered: PA1, Reasonable to Limited"),
        (1, "assurance raised or new: AI1, Limited"),
    ]


def test_nothing_is_told_where_nothing_changed(september):
    confirmed(september, 1, on=dt.date(2024, 9, 6))
    assured(september, "limited", on=dt.date(2024, 9, 6))
    confirmed(september, 1, on=dt.date(2024, 9, 20))
    assured(september, "limited", on=dt.date(2024, 9, 20))
    assert told(judged(september)) == []


def test_what_was_missed_stands_beside(september):
    commitment = impact_rows.commitment(september)
    impact_rows.rule(september, commitment, at=noon(dt.date(2024, 6, 3)))
    impact_rows.record(september, commitment)
    impact_rows.record(
        september, commitment, window_from=dt.date(2024, 7, 1), window_to=dt.date(2024, 7, 31)
    )
    impact_rows.record(
        september,
        commitment,
        window_from=dt.date(2024, 9, 1),
        window_to=dt.date(2024, 9, 30),
        outcome="missed",
        done_on=None,
        note="Called off.",
        at=noon(dt.date(2024, 10, 1)),
    )
    found = judged(september)
    (missed,) = found.missed
    assert [(each.label, each.note) for each in missed.occurrences] == [
        ("September 2024", "Called off.")
    ]
    assert found.missed_times == 1
