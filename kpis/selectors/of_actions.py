"""The measures of each action in a few words, for the pages of the plan: impact is judged beside them."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from kpis.enums import Status, Variation
from kpis.models import Indicator
from kpis.policies.trajectory import periods_held
from kpis.selectors import telling
from kpis.selectors.lines import measure_lines
from kpis.selectors.measure import MeasureLine


@dataclass(frozen=True)
class ActionMeasure:
    """A measure as a page of its action shows it.

    ``held`` is for how many periods in a row its target was held, None where there is no number.
    """

    name: str
    path: str
    says: str
    latest: str
    data_to: str
    is_old: bool
    status: Status
    variation: Variation
    change: str
    held: int | None


def measures_by_action(
    indicators: QuerySet[Indicator], *, on: dt.date, at: dt.datetime | None, exact: bool
) -> dict[str, list[ActionMeasure]]:
    """By the key of each action, the measures that it is meant to move, in the plan's order.

    ``indicators`` are those that the reader may see; ``exact`` shows small numbers. Five queries.
    """
    found: dict[str, list[ActionMeasure]] = defaultdict(list)
    for line in measure_lines(indicators, on=on, at=at, exact=exact, with_others=False):
        shown = _shown(line)
        for action in line.indicator.actions.all():
            found[action.key].append(shown)
    return dict(found)


def _shown(line: MeasureLine) -> ActionMeasure:
    has_number = line.promise.target.edge(line.promise.direction) is not None
    figures = [(point.period, point.figure) for point in line.points]
    held = 0 if line.is_old else periods_held(figures, line.promise, line.kind)
    return ActionMeasure(
        name=line.indicator.name,
        path=line.indicator.get_absolute_url(),
        says=telling.promise_line(line),
        latest=telling.latest_words(line),
        data_to=telling.age_words(line),
        is_old=line.is_old,
        status=line.status,
        variation=line.variation,
        change=telling.change_words(line)[0],
        held=held if has_number else None,
    )
