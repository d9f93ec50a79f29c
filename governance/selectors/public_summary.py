"""The public summary: whether it is on, what is written of a month, and what the public is shown.

What is published is made here from the approved sentences, counts of steps, and published entries of
"You said, we did"; no other text of officers is read.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from governance.enums import FeedbackState, SummaryState
from governance.models import (
    AreaSummary,
    FeedbackItem,
    FeedbackPublication,
    PublicSetting,
    SummaryPublication,
)
from governance.models.public_summary import SENTENCES
from governance.policies import plain_english, small_numbers
from governance.policies.plain_english import PlainCheck
from governance.policies.public_summary import Decision, in_force
from governance.policies.quarters import label_of, quarter_of
from governance.selectors.feedback import Answered, published_in
from governance.selectors.figures import is_due
from governance.selectors.reading import last_day_of
from hertsend import dates
from plans.models import Area, Plan, ReportingPeriod
from plans.selectors import frozen, lines_at
from plans.selectors.lines import MilestoneLine

SCHEMA = 1
ANSWER = ("theme", "source", "said", "will_do", "done", "difference")


def setting_in_force(plan: Plan, *, on: dt.date) -> Decision | None:
    """The decision on the public summary that counts on a day; None where none was taken."""
    rows = PublicSetting.objects.filter(plan=plan).values_list(
        "number", "is_on", "from_on", "threshold"
    )
    return in_force([Decision(*row) for row in rows], on=on)


def settings_of(plan: Plan) -> QuerySet[PublicSetting]:
    """Every decision on the public summary, the latest first."""
    return PublicSetting.objects.filter(plan=plan).select_related("by")


@dataclass(frozen=True)
class AreaLine:
    """An area with its sentences for a month, if they are written, and what is to be told of them."""

    area: Area
    summary: AreaSummary | None
    check: PlainCheck | None
    small: tuple[str, ...]

    @property
    def is_approved(self) -> bool:
        """Whether somebody else approved the sentences."""
        return self.summary is not None and self.summary.state == SummaryState.APPROVED


def areas_of_month(period: ReportingPeriod, *, threshold: int) -> list[AreaLine]:
    """The areas with their sentences for a month, in the plan's order. Three queries."""
    written = {
        row.area_id: row for row in period.area_summaries.select_related("area", "approved_by")
    }
    terms = list(period.plan.glossary_terms.values_list("term", flat=True))
    return [_line(area, written.get(area.pk), terms, threshold) for area in period.plan.areas.all()]


def _line(
    area: Area, summary: AreaSummary | None, terms: Sequence[str], threshold: int
) -> AreaLine:
    text = " ".join(getattr(summary, name) for name in SENTENCES) if summary else ""
    return AreaLine(
        area=area,
        summary=summary,
        check=plain_english.check_of(text, terms=terms) if summary else None,
        small=small_numbers.small_numbers_in(text, threshold=threshold),
    )


def areas_not_approved(period: ReportingPeriod) -> list[str]:
    """The keys of the areas of which no sentences are approved for a month."""
    approved = period.area_summaries.filter(state=SummaryState.APPROVED)
    return list(
        period.plan.areas.exclude(pk__in=approved.values("area")).values_list("key", flat=True)
    )


def content_of(period: ReportingPeriod, *, threshold: int) -> dict[str, Any]:
    """What the public is shown of a frozen month: plain values that are stored as they are."""
    plan = period.plan
    quarter, answers = _answers(plan, quarter_of(period.month))
    body = {
        "areas": _areas(period, threshold),
        "answers": [_answer(each, threshold) for each in answers],
    }
    return {
        "schema": SCHEMA,
        "place": plan.partnership.place,
        "partnership": plan.partnership.name,
        "plan": plan.title,
        "month": f"{period.month:%Y-%m}",
        "label": period.label,
        "threshold": threshold,
        "quarter": label_of(quarter) if quarter else "",
        "words": _explained(plan, body),
    } | body


def preview_of(period: ReportingPeriod, *, threshold: int) -> dict[str, Any]:
    """What would be published now, as the page shows it."""
    content = content_of(period, threshold=threshold)
    return content | {"answers": [_dated(each) for each in content["answers"]]}


def _dated(answer: Mapping[str, Any]) -> dict[str, Any]:
    return {**answer, "said_on": dt.date.fromisoformat(answer["said_on"])}


def _areas(period: ReportingPeriod, threshold: int) -> list[dict[str, Any]]:
    plan, by = period.plan, last_day_of(period.month)
    # No field of any update is asked for: the lines carry dates, stages and no words of officers.
    lines = lines_at(plan.milestones.all(), plan=plan, moment=frozen(period), visible=frozenset())
    approved = period.area_summaries.filter(state=SummaryState.APPROVED).select_related("area")
    return [_area(row, _of_area(lines, row.area, by), threshold) for row in approved]


def _of_area(lines: Sequence[MilestoneLine], area: Area, by: dt.date) -> list[MilestoneLine]:
    return [line for line in lines if area.key in line.area_keys and is_due(line, by=by)]


def _area(row: AreaSummary, due: Sequence[MilestoneLine], threshold: int) -> dict[str, Any]:
    done = sum(line.is_complete for line in due)
    total, part = small_numbers.shown_counts(total=len(due), part=done, threshold=threshold)
    words = {
        name: small_numbers.without_small_numbers(getattr(row, name), threshold=threshold)
        for name in SENTENCES
    }
    return {"key": row.area.key, "name": row.area.name, "due": total, "done": part} | words


def _answers(plan: Plan, quarter: dt.date) -> tuple[dt.date | None, list[Answered]]:
    """What was said and done, of the month's quarter or of the last one before that has any."""
    rows = FeedbackPublication.objects.filter(item__plan=plan, quarter__lte=quarter).exclude(
        item__state=FeedbackState.WITHDRAWN
    )
    latest = rows.order_by("-quarter").values_list("quarter", flat=True).first()
    return latest, published_in(plan, rows, latest) if latest else []


def _answer(answer: Answered, threshold: int) -> dict[str, Any]:
    words = {
        name: small_numbers.without_small_numbers(getattr(answer, name), threshold=threshold)
        for name in ANSWER
    }
    return {"number": answer.number, "said_on": answer.said_on.isoformat()} | words


def _explained(plan: Plan, body: Mapping[str, Any]) -> list[list[str]]:
    """The terms of the glossary that occur, with what they stand for."""
    text = str(body)
    terms = plan.glossary_terms.values_list("term", "expansion")
    return [[term, meaning] for term, meaning in terms if plain_english.occurs(term, text)]


@dataclass(frozen=True)
class Correction:
    """A later version of a month, and what it changed."""

    on: dt.date
    words: str


@dataclass(frozen=True)
class PublicMonth:
    """What the public sees of a month: the latest version, and what was corrected when.

    ``withdrawn`` counts the entries of "You said, we did" that were taken off since.
    """

    month: str
    content: Mapping[str, Any]
    number: int
    published_at: dt.datetime
    changed_at: dt.datetime
    corrections: tuple[Correction, ...]
    withdrawn: int

    @property
    def published_on(self) -> dt.date:
        """The day of the first version."""
        return dates.day_of(self.published_at)


def public_plan(slug: str, *, on: dt.date) -> Plan | None:
    """The plan of that name whose summary is public on a day; None for every other name."""
    plan = Plan.objects.select_related("partnership").filter(slug=slug).first()
    setting = setting_in_force(plan, on=on) if plan else None
    return plan if setting is not None and setting.is_on else None


def public_months(plan: Plan) -> list[PublicMonth]:
    """Every published month of a plan, the latest first. Two queries."""
    gone = set(
        FeedbackItem.objects.filter(plan=plan, state=FeedbackState.WITHDRAWN).values_list(
            "number", flat=True
        )
    )
    rows = SummaryPublication.objects.filter(period__plan=plan).select_related("period")
    versions: dict[dt.date, list[SummaryPublication]] = {}
    for row in rows.order_by("-period__month", "number"):
        versions.setdefault(row.period.month, []).append(row)
    return [_month(each, gone) for each in versions.values()]


def public_month(plan: Plan, month: str) -> PublicMonth | None:
    """One published month; None where nothing was published of it."""
    return next((each for each in public_months(plan) if each.month == month), None)


def _month(versions: Sequence[SummaryPublication], gone: set[int]) -> PublicMonth:
    first, latest = versions[0], versions[-1]
    answers = latest.content["answers"]
    shown = [_dated(each) for each in answers if each["number"] not in gone]
    return PublicMonth(
        month=latest.content["month"],
        content=latest.content | {"answers": shown},
        number=latest.number,
        published_at=first.at,
        changed_at=latest.at,
        corrections=tuple(Correction(dates.day_of(row.at), row.correction) for row in versions[1:]),
        withdrawn=len(answers) - len(shown),
    )


def publications_of_month(period: ReportingPeriod) -> QuerySet[SummaryPublication]:
    """Every version of a month that the public was shown, the latest first."""
    rows = SummaryPublication.objects.filter(period=period)
    return rows.select_related("by").order_by("-number")


def months_of(plan: Plan, *, on: dt.date) -> list[ReportingPeriod]:
    """The months of which a summary may be written: those that have begun, the latest first."""
    rows = plan.periods.filter(month__lte=on).prefetch_related(
        "area_summaries", "summary_publications"
    )
    return list(rows.order_by("-month"))
