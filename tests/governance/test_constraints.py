"""Illegal states of returns, rhythm and packs cannot be stored: each constraint refuses what it is there for."""

from dataclasses import replace
from typing import Any

import pytest

from governance import models
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, World, noon
from tests.governance import (
    constraints_of_audits,
    constraints_of_barriers,
    constraints_of_decisions,
    constraints_of_feedback,
    constraints_of_groups,
    constraints_of_meetings,
    constraints_of_packs,
    constraints_of_risks,
    constraints_of_summary,
)
from tests.governance.steps import AUGUST, JULY
from tests.refusals import Refusal, check, constraints_of

__all__ = ["built_world", "world"]
NOON = noon(TODAY)


def lead(world: World) -> User:
    """The lead of PA1, who submits."""
    return world.people[Role.WORKSTREAM_LEAD]


def office(world: World) -> User:
    """The programme office, which decides."""
    return world.people[Role.PROGRAMME_OFFICE]


def month(world: World, number: int) -> Any:
    return world.period({1: AUGUST, 2: JULY}[number])


def submitted(world: World, number: int) -> dict[str, Any]:
    return {
        "period": month(world, number),
        "workstream": world.workstreams["PA1"],
        "state": "submitted",
        "version": 1,
        "submitted_by": lead(world),
        "submitted_at": NOON,
    }


def step(world: World, number: int) -> dict[str, Any]:
    parent, _ = models.Return.objects.get_or_create(**submitted(world, 1))
    return {
        "of_return": parent,
        "version": number,
        "act": "submitted",
        "by": lead(world),
        "at": NOON,
    }


def rhythm(world: World, number: int) -> dict[str, Any]:
    return {
        "plan": world.plan,
        "number": number,
        "rhythm": "quarterly",
        "from_month": AUGUST,
        "reason": "Delivery is steady.",
        "by": world.people[Role.EXECUTIVE_CHAIR],
        "at": NOON,
    }


def reminder(world: World, number: int) -> dict[str, Any]:
    return {
        "period": month(world, 1),
        "workstream": world.workstreams["PA1"],
        "person": lead(world) if number == 1 else office(world),
        "day": TODAY,
        "by": office(world),
        "at": NOON,
    }


VALID = (
    constraints_of_feedback.VALID
    | constraints_of_groups.VALID
    | constraints_of_meetings.VALID
    | constraints_of_risks.VALID
    | constraints_of_summary.VALID
    | constraints_of_decisions.VALID
    | constraints_of_barriers.VALID
    | constraints_of_audits.VALID
    | constraints_of_packs.VALID
    | {
        models.RhythmDecision: rhythm,
        models.Return: submitted,
        models.ReturnReminder: reminder,
        models.ReturnStep: step,
        models.AssuranceRating: lambda world, number: {
            "area": world.areas["PA1"],
            "number": number,
            "level": "limited",
            "reasons": "Dates slip.",
            "by": world.people[Role.EXECUTIVE_CHAIR],
            "at": NOON,
        },
        models.BoardPack: lambda world, number: {
            "partnership": world.partnership,
            "period": month(world, number),
            "edition": "board",
            "schema_version": 1,
            "cut_off": NOON,
            "content": {},
            "sha256": "0" * 64,
            "assembled_by": office(world),
            "assembled_at": NOON,
        },
    }
)
DECIDED = {"state": "accepted", "decided_by": office, "decided_at": NOON}

REFUSALS = [
    *constraints_of_feedback.REFUSALS,
    *constraints_of_summary.REFUSALS,
    *constraints_of_groups.REFUSALS,
    *constraints_of_meetings.REFUSALS,
    *constraints_of_risks.REFUSALS,
    *constraints_of_decisions.REFUSALS,
    *constraints_of_barriers.REFUSALS,
    *constraints_of_audits.REFUSALS,
    *constraints_of_packs.REFUSALS,
    Refusal("return_once_per_period_and_workstream", models.Return, same=("period", "workstream")),
    Refusal(
        "return_known_state", models.Return, {"state": "lost"}, also="return_decided_by_and_at"
    ),
    Refusal("return_submitted_by_and_at", models.Return, {"state": "draft"}),
    Refusal("return_submitted_by_and_at", models.Return, {"submitted_by": None}),
    Refusal("return_submitted_by_and_at", models.Return, {"submitted_at": None}),
    Refusal("return_decided_by_and_at", models.Return, {"state": "accepted"}),
    Refusal("return_decided_by_and_at", models.Return, DECIDED | {"decided_at": None}),
    Refusal("return_decided_by_and_at", models.Return, DECIDED | {"state": "submitted"}),
    Refusal("return_sent_back_with_comment", models.Return, DECIDED | {"state": "sent_back"}),
    Refusal("return_sent_back_with_comment", models.Return, {"comment": "Why?"}),
    Refusal("return_not_decided_by_submitter", models.Return, DECIDED | {"decided_by": lead}),
    Refusal("return_step_version_once", models.ReturnStep, same=("of_return", "version")),
    Refusal("return_step_known_act", models.ReturnStep, {"act": "lost"}),
    Refusal("return_step_sent_back_with_words", models.ReturnStep, {"act": "sent_back"}),
    Refusal("rhythm_number_once", models.RhythmDecision, same=("plan", "number")),
    Refusal("rhythm_counted_from_one", models.RhythmDecision, {"number": 0}),
    Refusal("rhythm_known", models.RhythmDecision, {"rhythm": "weekly"}),
    Refusal("rhythm_from_a_first", models.RhythmDecision, {"from_month": TODAY}),
    Refusal("rhythm_has_reason", models.RhythmDecision, {"reason": ""}),
    Refusal(
        "pack_once_per_period_edition_revision",
        models.BoardPack,
        same=("partnership", "period", "edition"),
    ),
    Refusal(
        "return_reminder_once_a_day",
        models.ReturnReminder,
        same=("period", "workstream", "person", "day"),
    ),
    Refusal("pack_known_edition", models.BoardPack, {"edition": "public"}),
    Refusal("pack_revision_has_reason", models.BoardPack, {"revision": 2}),
    Refusal("pack_revision_has_reason", models.BoardPack, {"reason": "A figure was wrong."}),
    Refusal("pack_counted_from_one", models.BoardPack, {"revision": 0}),
    Refusal("assurance_number_once", models.AssuranceRating, same=("area", "number")),
    Refusal("assurance_counted_from_one", models.AssuranceRating, {"number": 0}),
    Refusal("assurance_known_level", models.AssuranceRating, {"level": "perfect"}),
    Refusal("assurance_has_reasons", models.AssuranceRating, {"reasons": ""}),
]


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_the_database_refuses(world, refusal):
    values = {
        name: value(world) if callable(value) else value for name, value in refusal.values.items()
    }
    check(replace(refusal, values=values), lambda number: VALID[refusal.model](world, number))


def test_every_constraint_has_a_case():
    assert {refusal.name for refusal in REFUSALS} == constraints_of("governance")
