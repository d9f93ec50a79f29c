"""What measures show of actions. Measures stand above plans, so their app answers through here.

It registers its source when the process starts (``kpis.selectors.held``); without one nothing is
measured and nothing is shown as embedded.
"""

import datetime as dt
from collections.abc import Callable, Mapping

from plans.models import Plan

HeldSource = Callable[..., Mapping[str, int]]

_sources: list[HeldSource] = []


def held_source(function: HeldSource) -> HeldSource:
    """Register the decorated ``function(plan, *, on, at)`` as what knows of targets held.

    It answers, by the key of each action with linked measures, for how many periods in a row their
    targets were held, read on the day ``on`` from the rows up to ``at``, in a constant number of
    queries. Raises ``ValueError`` for a second source: two could contradict each other.
    """
    if _sources and _sources != [function]:
        raise ValueError(f"{_sources[0]!r} answers for targets held already.")
    _sources[:] = [function]
    return function


def held_of(plan: Plan, *, on: dt.date, at: dt.datetime | None) -> Mapping[str, int]:
    """By action, for how many periods in a row its measures' targets were held; what ``lines_of`` takes."""
    return _sources[0](plan, on=on, at=at) if _sources else {}
