"""Impact that waits: reviews to rate, for leads; ratings to decide on, for joint chairs."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.urls import reverse

from hertsend import dates
from hertsend.jobs.matters import (
    Asked,
    Group,
    Matter,
    Step,
    Urgency,
    asked_on,
    last_reached,
    source,
)
from hertsend.ui.templatetags.ui import long_date
from plans import policies, selectors
from plans.models import ImpactRating, Milestone
from plans.selectors import DueReview

RATINGS = Group(
    "Impact ratings for you to confirm or return",
    "impact rating to decide on",
    "impact ratings to decide on",
    Urgency.DECIDE,
)
REVIEWS = Group(
    f"Impact to rate in the next {policies.REVIEW_WITHIN_DAYS} days",
    "impact to rate",
    "impacts to rate",
    Urgency.SOON,
)


def rating_path(row: Milestone) -> str:
    """The form on which a review of impact closes."""
    here = reverse("plans:impact-rate", args=[row.plan.slug, row.action.key])
    return f"{here}?{urlencode({'review': row.key})}"


@source("plans.impact")
def impact(asked: Asked) -> Mapping[int, Sequence[Matter]]:
    """Reviews that come within thirty days, for leads; ratings that wait, for who may decide."""
    plan, on, held = asked.plan, asked.on, asked.held
    found: dict[int, list[Matter]] = defaultdict(list)
    for person, reviews in selectors.reviews_ahead(plan, on=on, held=held).items():
        found[person] += [_review(each, on=on) for each in reviews]
    to_decide = selectors.ratings_to_decide(plan, held_on=asked.held_on, held=held)
    for person, ratings in to_decide.items():
        found[person] += [_rating(each, on=on) for each in ratings]
    return dict(found)


def _review(due: DueReview, *, on: dt.date) -> Matter:
    row = due.milestone
    first = due.date_in_force - dt.timedelta(days=policies.REVIEW_WITHIN_DAYS)
    return Matter(
        group=REVIEWS,
        sentence=f"Rate the impact of {row.action.key}: {row.action.text}",
        detail=f"Its review {row.key} is due {long_date(due.date_in_force)}",
        path=rating_path(row),
        action=f"Rate the impact of {row.action.key}",
        day=due.date_in_force,
        step=last_reached([Step(first, "30 days before")], on=on),
    )


def _rating(row: ImpactRating, *, on: dt.date) -> Matter:
    action, asked = row.action, dates.day_of(row.at)
    return Matter(
        group=RATINGS,
        sentence=f"Impact of {action.key}: {action.text}",
        detail=f"Rated {row.level} for {row.period.label}, proposed {long_date(asked)}",
        path=reverse("plans:impact-decide", args=[action.plan.slug, action.key, row.number]),
        action=f"Decide on the impact of {action.key}",
        day=asked,
        step=asked_on(asked, on=on),
    )
