"""What the database refuses of drafts, and of what is said to be nothing to report."""

import datetime as dt
from typing import Any

from hertsend.accounts.roles import Role
from plans import models
from tests.factories.world import TODAY, World, noon
from tests.refusals import Refusal


def draft(world: World, number: int) -> dict[str, Any]:
    return {
        "milestone": world.milestones["PA1.1-1"],
        "period": world.period(dt.date(2024, 6 + number, 1)),
        "version": 1,
        "base_version": 0,
        "what_happened": "Work began.",
        "saved_by": world.people[Role.WORKSTREAM_LEAD],
        "saved_at": noon(TODAY),
    }


def nothing(world: World, number: int) -> dict[str, Any]:
    return {
        "milestone": world.milestones["PA1.1-1"],
        "period": world.period(dt.date(2024, 6 + number, 1)),
        "by": world.people[Role.WORKSTREAM_LEAD],
        "at": noon(TODAY),
    }


VALID = {models.UpdateDraft: draft, models.NothingToReport: nothing}

REFUSALS = [
    Refusal(
        "draft_once_per_milestone_and_period", models.UpdateDraft, same=("milestone", "period")
    ),
    Refusal("draft_counted_from_one", models.UpdateDraft, {"version": 0}),
    Refusal("draft_known_stage", models.UpdateDraft, {"stage": "done"}),
    Refusal("draft_known_rating", models.UpdateDraft, {"rating": "blue"}),
    Refusal("draft_words_only_while_it_waits", models.UpdateDraft, {"is_live": False}),
    Refusal("draft_words_only_while_it_waits", models.UpdateDraft, {"nothing_to_report": True}),
    Refusal(
        "draft_nothing_only_while_it_waits",
        models.UpdateDraft,
        {"is_live": False, "nothing_to_report": True, "what_happened": ""},
    ),
    Refusal("nothing_to_report_once_per_period", models.NothingToReport, same=("period",)),
]
