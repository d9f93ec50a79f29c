"""What the tests of policies share: days, stages, a sound update, and how a refusal is read."""

import datetime as dt

import pytest

from hertsend.errors import RuleBroken
from plans.enums import Stage
from plans.policies import UpdateWords

TODAY = dt.date(2024, 9, 3)
YESTERDAY, TOMORROW = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)
DUE = dt.date(2024, 9, 30)
OPEN = [Stage.NOT_STARTED, Stage.IN_PROGRESS]
DONE = [Stage.PROPOSED_COMPLETE, Stage.SIGNED_OFF, Stage.WITHDRAWN]

SOUND = UpdateWords(stage="in_progress", rating="green", what_happened="Work began.")


def refused(check, *arguments, **values) -> dict[str, list[str]]:
    """The sentences with which a check refuses, by field."""
    with pytest.raises(RuleBroken) as refusal:
        check(*arguments, **values)
    return refusal.value.errors


def faults(check, *arguments, **values) -> dict[str, list[str]]:
    """The same, and nothing where the check lets it pass."""
    try:
        check(*arguments, **values)
    except RuleBroken as refusal:
        return refusal.errors
    return {}
