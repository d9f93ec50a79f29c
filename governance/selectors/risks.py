"""Risks as the register shows them: scores with bands, trend, reviews owed, mitigations."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from governance.enums import Likelihood, ReviewStanding, RiskImpact, RiskScore, RiskState, Trend
from governance.models import Mitigation, Risk, RiskBands, RiskMove, RiskReview
from governance.policies import risks as rules
from governance.policies.risks import Band, Cycle, Score
from hertsend.records.trail import TrailEntry, merged, trail_of
from plans.models import Plan
from plans.policies import PERIODS_ACCEPTING_UPDATES


@dataclass(frozen=True)
class ScoreLine:
    """A score in words, with its band."""

    score: Score
    band: Band

    @property
    def value(self) -> int:
        """Likelihood times impact."""
        return self.score.value

    @property
    def words(self) -> str:
        """Both scales in words: "4 likely, 5 catastrophic"."""
        likely, bad = Likelihood(self.score.likelihood), RiskImpact(self.score.impact)
        return f"{likely.value} {likely.label.lower()}, {bad.value} {bad.label.lower()}"


@dataclass(frozen=True)
class RiskLine:
    """A risk as at a day."""

    risk: Risk
    inherent: ScoreLine
    current: ScoreLine
    target: ScoreLine
    trend: Trend
    reviewed_for: dt.date | None
    owed: Cycle | None
    standing: ReviewStanding
    mitigations: int
    open_mitigations: int
    overdue_mitigations: int

    @property
    def key(self) -> str:
        """Its number."""
        return self.risk.key

    @property
    def is_open(self) -> bool:
        """Whether it still counts."""
        return self.risk.state == RiskState.OPEN

    @property
    def is_unreviewed(self) -> bool:
        """Whether its review was not made in time."""
        return self.is_open and self.standing == ReviewStanding.UNREVIEWED

    def scored(self, which: str) -> ScoreLine:
        """Its inherent, current or target score."""
        return {
            RiskScore.INHERENT: self.inherent,
            RiskScore.CURRENT: self.current,
            RiskScore.TARGET: self.target,
        }[RiskScore(which)]


@dataclass(frozen=True)
class BandsInForce:
    """The bands that hold on a day: the partnership's own, or the usual ones (``row`` is None)."""

    bands: tuple[Band, ...]
    row: RiskBands | None


def bands_of(plan: Plan, *, on: dt.date) -> BandsInForce:
    """The bands in force on a day: those that begin last, of these the latest set. One query."""
    rows = RiskBands.objects.filter(partnership=plan.partnership_id, from_on__lte=on)
    row = rows.select_related("by").order_by("-from_on", "-number").first()
    return BandsInForce(rules.USUAL_BANDS if row is None else _bands(row), row)


def _bands(row: RiskBands) -> tuple[Band, ...]:
    starts = [
        (row.first_name, 1),
        (row.second_name, row.second_from),
        (row.third_name, row.third_from),
    ]
    if row.fourth_from is not None:
        starts.append((row.fourth_name, row.fourth_from))
    return rules.bands_from(starts)


def bands_set(plan: Plan) -> list[RiskBands]:
    """All bands that the partnership has set, the latest first."""
    return list(RiskBands.objects.filter(partnership=plan.partnership_id).select_related("by"))


def cycles_of(plan: Plan) -> tuple[list[Cycle], dt.date | None]:
    """The plan's months, and the first of that which is reported on now. One query."""
    rows = list(plan.periods.all())
    current = next((row.month for row in rows if row.state in PERIODS_ACCEPTING_UPDATES), None)
    return [Cycle(row.month, row.due_on) for row in rows], current


def risk_lines(risks: QuerySet[Risk], plan: Plan, *, on: dt.date) -> list[RiskLine]:
    """Risks of a plan, the highest current score first. Five queries, however many."""
    bands = bands_of(plan, on=on).bands
    cycles, current = cycles_of(plan)
    rows = (
        risks.select_related("workstream", "owner", "plan")
        .prefetch_related(Prefetch("reviews", queryset=RiskReview.objects.select_related("period")))
        .annotate(
            all_mitigations=Count("mitigations", distinct=True),
            open_ones=Count("mitigations", filter=Q(mitigations__state="open"), distinct=True),
            overdue_ones=Count(
                "mitigations",
                filter=Q(mitigations__state="open", mitigations__due_on__lt=on),
                distinct=True,
            ),
        )
    )
    found = [_line(row, bands, cycles, current, on=on) for row in rows]
    return sorted(found, key=_worst_first)


def _worst_first(line: RiskLine) -> tuple[bool, int, int, int]:
    return (not line.is_open, -line.current.value, -line.current.score.impact, line.risk.pk)


def _line(
    risk: Risk,
    bands: Sequence[Band],
    cycles: Iterable[Cycle],
    current: dt.date | None,
    *,
    on: dt.date,
) -> RiskLine:
    reviews = list(risk.reviews.all())
    scores = [Score(row.likelihood, row.impact) for row in reviews]
    reviewed_for = max((row.period.month for row in reviews if row.period), default=None)
    owed = None
    if risk.state == RiskState.OPEN:
        owed = rules.owed_cycle(reviewed_for, cycles, current=current)

    def scored(score: Score) -> ScoreLine:
        return ScoreLine(score, rules.band_of(score.value, bands))

    return RiskLine(
        risk=risk,
        inherent=scored(Score(risk.inherent_likelihood, risk.inherent_impact)),
        current=scored(scores[0]),
        target=scored(Score(risk.target_likelihood, risk.target_impact)),
        trend=rules.trend_of(scores),
        reviewed_for=reviewed_for,
        owed=owed,
        standing=rules.review_standing(owed, on=on),
        mitigations=risk.all_mitigations,
        open_mitigations=risk.open_ones,
        overdue_mitigations=risk.overdue_ones,
    )


# --- the matrix -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """One cell of the matrix: its score, its band and how many of the risks have that score."""

    score: Score
    band: Band
    count: int


def matrix_of(lines: Sequence[RiskLine], *, which: str, bands: Sequence[Band]) -> list[list[Cell]]:
    """The matrix as rows, the most likely first; each row from the least to the worst impact."""
    counted: dict[Score, int] = {}
    for line in lines:
        score = line.scored(which).score
        counted[score] = counted.get(score, 0) + 1
    scale = range(1, rules.MOST + 1)
    return [
        [
            Cell(score, rules.band_of(score.value, bands), counted.get(score, 0))
            for score in (Score(likelihood, impact) for impact in scale)
        ]
        for likelihood in reversed(scale)
    ]


# --- one risk -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ReviewLine:
    """A review with the band of its day."""

    review: RiskReview
    scored: ScoreLine


def reviews_of(risk: Risk, *, bands: Sequence[Band]) -> list[ReviewLine]:
    """The reviews of a risk, the latest first, in the bands that are in force."""
    rows = risk.reviews.select_related("period", "by")
    return [
        ReviewLine(row, ScoreLine(score, rules.band_of(score.value, bands)))
        for row in rows
        for score in (Score(row.likelihood, row.impact),)
    ]


def moves_of(risk: Risk) -> list[RiskMove]:
    """Where the risk went, the latest first."""
    return list(risk.moves.select_related("by"))


@dataclass(frozen=True)
class MitigationLine:
    """A mitigation as at a day."""

    mitigation: Mitigation
    is_overdue: bool


def mitigations_of(risk: Risk, *, on: dt.date) -> list[MitigationLine]:
    """What is done against a risk: open ones first, by date."""
    rows = sorted(risk.mitigations.select_related("owner"), key=lambda row: row.state != "open")
    return [
        MitigationLine(row, rules.is_overdue(state=row.state, due_on=row.due_on, on=on))
        for row in rows
    ]


WORDING = {
    "event": "Event",
    "cause": "Cause",
    "effect": "Effect",
    "controls": "Controls",
    "gaps": "Gaps",
    "inherent_likelihood": "Inherent likelihood",
    "inherent_impact": "Inherent impact",
    "target_likelihood": "Target likelihood",
    "target_impact": "Target impact",
    "level": "Level",
    "links": "Linked with",
    "state": "State",
}


def history_of(risk: Risk, *, with_names: bool) -> list[TrailEntry]:
    """Every change of a risk and of its mitigations, in sentences."""
    own = Mitigation.objects.filter(risk=risk).values_list("pk", flat=True)
    shown = {"show_people": with_names, "show_reasons": with_names}
    return merged(
        trail_of(
            Risk,
            about=Q(id=risk.pk),
            wording=WORDING,
            created="The risk was raised.",
            **shown,
        ),
        trail_of(
            Mitigation,
            about=Q(id__in=own),
            wording={"due_on": "Date of a mitigation", "state": "State of a mitigation"},
            created="A mitigation was added.",
            **shown,
        ),
    )


def owed_in_words(line: RiskLine) -> str:
    """What is owed of a review: "Not reviewed for August 2024"; "" when nothing is."""
    if not line.is_open or line.owed is None:
        return ""
    month = f"{line.owed.month:%B %Y}"
    if line.standing == ReviewStanding.UNREVIEWED:
        return f"Not reviewed for {month}"
    return f"To be reviewed for {month}"
