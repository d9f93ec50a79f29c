"""What an impact rating must rest on, when a review is due, and when blue is earned."""

import datetime as dt

import pytest

from hertsend.errors import RuleBroken
from plans import definitions, policies
from plans.enums import EvidenceKind, ImpactLevel, MilestoneKind, Rating, Stage, Standing
from tests.plans.rules import TODAY

DATA, SURVEY, AUDIT = EvidenceKind.DATA, EvidenceKind.SURVEY, EvidenceKind.AUDIT
WORDS = "More families say so."
MONTH = dt.timedelta(days=30)
ONE_DAY = dt.timedelta(days=1)


def errors_of(**given) -> dict[str, list[str]]:
    """What is said of a rating that breaks a rule."""
    with pytest.raises(RuleBroken) as refused:
        policies.check_impact(**({"words": WORDS, "kinds": [], "earlier": []} | given))
    return refused.value.errors


@pytest.mark.parametrize(
    ("level", "kinds", "earlier"),
    [
        (0, [], []),
        (1, [], []),
        (2, [DATA], []),
        (2, [DATA, DATA], []),
        (3, [DATA, SURVEY], []),
        (3, [DATA, SURVEY, AUDIT], [0, 0]),
        (4, [DATA, SURVEY], [3, 3, 3]),
        (4, [DATA, SURVEY], [4, 3, 4, 1]),
    ],
)
def test_a_rating_that_its_evidence_carries(level, kinds, earlier):
    found = policies.check_impact(level=level, words=WORDS, kinds=kinds, earlier=earlier)
    assert found == ImpactLevel(level)


ONE = "2 needs at least one piece of dated evidence. Choose or add it."
TWO = (
    "{} needs evidence of two different kinds, such as data and a survey. Choose or add it.".format
)
SUSTAINED = (
    "4 means sustained: the last 3 periods before must have been confirmed at 3 or more. "
    "Rate it 3 until they are."
)


@pytest.mark.parametrize(
    ("level", "kinds", "earlier", "errors"),
    [
        (2, [], [], {"evidence": [ONE]}),
        (2, [EvidenceKind.DOCUMENT], [], {"evidence": [ONE]}),
        (3, [DATA], [], {"evidence": [TWO(3)]}),
        (3, [DATA, DATA], [], {"evidence": [TWO(3)]}),
        (3, [DATA, EvidenceKind.DOCUMENT], [], {"evidence": [TWO(3)]}),
        (4, [DATA], [3, 3, 3], {"evidence": [TWO(4)]}),
        (4, [DATA, SURVEY], [], {"level": [SUSTAINED]}),
        (4, [DATA, SURVEY], [3, 3], {"level": [SUSTAINED]}),
        (4, [DATA, SURVEY], [3, 2, 3, 3], {"level": [SUSTAINED]}),
        (4, [DATA, SURVEY], [2, 3, 3, 3], {"level": [SUSTAINED]}),
        (4, [], [], {"evidence": [TWO(4)], "level": [SUSTAINED]}),
        (5, [], [], {"level": ["Select the impact, from 0 to 4."]}),
        (None, [], [], {"level": ["Select the impact, from 0 to 4."]}),
    ],
)
def test_a_rating_that_its_evidence_does_not_carry(level, kinds, earlier, errors):
    assert errors_of(level=level, kinds=kinds, earlier=earlier) == errors


def test_all_faults_are_told_at_once():
    assert list(errors_of(level=2, words="  ")) == ["words", "evidence"]
    assert list(errors_of(level=None, words="")) == ["words", "level"]


def test_every_level_and_kind_has_its_place():
    assert set(policies.KINDS_NEEDED) == set(ImpactLevel)
    assert set(EvidenceKind) - set(policies.IMPACT_EVIDENCE_KINDS) == {EvidenceKind.DOCUMENT}
    assert [each.value for each in definitions.IMPACT_DEFINITIONS] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("outcome", "words", "is_refused"),
    [
        ("confirmed", "", False),
        ("returned", "Too few answers.", False),
        ("returned", " ", True),
        ("taken_back", "", True),
    ],
)
def test_who_sends_back_says_why(outcome, words, is_refused):
    if not is_refused:
        policies.check_impact_decision(outcome=outcome, words=words)
        return
    with pytest.raises(RuleBroken, match=r"Enter the reason\."):
        policies.check_impact_decision(outcome=outcome, words=words)


@pytest.mark.parametrize(
    ("kind", "stage", "date", "due"),
    [
        (MilestoneKind.IMPACT_REVIEW, Stage.NOT_STARTED, TODAY + MONTH, True),
        (MilestoneKind.IMPACT_REVIEW, Stage.NOT_STARTED, TODAY + MONTH + ONE_DAY, False),
        (MilestoneKind.IMPACT_REVIEW, Stage.IN_PROGRESS, TODAY - MONTH, True),
        (MilestoneKind.IMPACT_REVIEW, Stage.IN_PROGRESS, None, False),
        (MilestoneKind.IMPACT_REVIEW, Stage.PROPOSED_COMPLETE, TODAY, False),
        (MilestoneKind.IMPACT_REVIEW, Stage.SIGNED_OFF, TODAY, False),
        (MilestoneKind.IMPACT_REVIEW, Stage.WITHDRAWN, TODAY, False),
        (MilestoneKind.DELIVERY, Stage.IN_PROGRESS, TODAY, False),
    ],
)
def test_a_review_becomes_a_task_thirty_days_before_its_date(kind, stage, date, due):
    found = policies.is_review_due(kind=kind, stage=stage, date_in_force=date, on=TODAY)
    assert found is due


@pytest.mark.parametrize("stage", Stage)
def test_a_rating_answers_an_open_review_only(stage):
    if stage in policies.OPEN_STAGES:
        policies.check_review_stage(stage)
        return
    with pytest.raises(RuleBroken) as refused:
        policies.check_review_stage(stage)
    assert refused.value.errors == {
        "review": [f"That review is {stage.label.lower()}. Choose another, or none."]
    }


def test_a_review_is_no_tick_box():
    given = {"action_key": "PA1.2"}
    policies.check_closed_by_rating(kind="delivery", by_rating=False, **given)
    policies.check_closed_by_rating(kind="impact_review", by_rating=True, **given)
    with pytest.raises(RuleBroken) as refused:
        policies.check_closed_by_rating(kind="impact_review", by_rating=False, **given)
    assert refused.value.sentence == (
        "This is a review of impact: it is completed by rating the impact of PA1.2, and decided "
        "together with that rating."
    )


@pytest.mark.parametrize(
    ("stage", "held", "embedded"),
    [
        (Stage.SIGNED_OFF, 3, True),
        (Stage.SIGNED_OFF, 12, True),
        (Stage.SIGNED_OFF, 2, False),
        (Stage.SIGNED_OFF, 0, False),
        (Stage.SIGNED_OFF, None, False),
        (Stage.PROPOSED_COMPLETE, 3, False),
        (Stage.IN_PROGRESS, 3, False),
        (Stage.NOT_STARTED, 3, False),
        (Stage.WITHDRAWN, 3, False),
    ],
)
def test_blue_is_earned(stage, held, embedded):
    assert policies.is_embedded(stage=stage, held_periods=held) is embedded
    shown = policies.standing(
        stage=stage,
        rating_of_period=None,
        best=Rating.GREEN,
        is_owed=False,
        held_periods=held,
    )
    assert (shown == Standing.EMBEDDED) is embedded


def test_signed_off_without_a_measure_stays_complete():
    shown = policies.standing(
        stage=Stage.SIGNED_OFF, rating_of_period=None, best=Rating.GREEN, is_owed=False
    )
    assert shown == Standing.COMPLETE
