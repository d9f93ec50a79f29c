"""What the database refuses of months that were reopened."""

import datetime as dt
from typing import Any

from hertsend.accounts.roles import Role
from plans import models
from tests.factories.world import TODAY, World, noon
from tests.refusals import Refusal

BEFORE = TODAY - dt.timedelta(days=1)


def unfreezing(world: World, number: int) -> dict[str, Any]:
    return {
        "period": world.period(dt.date(2024, 7, 1)),
        "frozen_at": noon(BEFORE - dt.timedelta(days=number)),
        "freezes_on": TODAY,
        "reason": "A figure was wrong.",
        "role": "programme_office",
        "by": world.people[Role.PROGRAMME_OFFICE],
        "at": noon(BEFORE),
    }


VALID = {models.PeriodUnfreezing: unfreezing}

REFUSALS = [
    Refusal("unfreezing_once_per_freeze", models.PeriodUnfreezing, same=("period", "frozen_at")),
    Refusal("unfreezing_after_freeze", models.PeriodUnfreezing, {"frozen_at": noon(TODAY)}),
    Refusal("unfreezing_has_reason", models.PeriodUnfreezing, {"reason": ""}),
    Refusal("unfreezing_known_role", models.PeriodUnfreezing, {"role": "clerk"}),
]
