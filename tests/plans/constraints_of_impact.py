"""Illegal states of impact ratings and recurring commitments: valid rows, and what is refused."""

import datetime as dt
from typing import Any

from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from plans import models
from tests.factories.world import TODAY, World, noon
from tests.plans import impact_rows, signing_rows
from tests.refusals import Refusal

NOON = noon(TODAY)
ONE_DAY = dt.timedelta(days=1)


def lead(world: World) -> User:
    """The lead of PA1."""
    return world.people[Role.WORKSTREAM_LEAD]


def office(world: World) -> User:
    """The programme office."""
    return world.people[Role.PROGRAMME_OFFICE]


def impact_evidence(world: World, number: int) -> dict[str, Any]:
    return {
        "rating": impact_rows.rating(world, number + 20),
        "evidence": signing_rows.evidence(world, title=f"Evidence {number}"),
    }


def impact_decision(world: World, number: int) -> dict[str, Any]:
    return {
        "rating": impact_rows.rating(world, number + 20),
        "outcome": "confirmed",
        "fingerprint": f"{number:064}",
        "role": "joint_chair",
        "by": world.people[Role.JOINT_CHAIR],
        "at": NOON,
    }


def of_commitment(world: World, number: int) -> dict[str, Any]:
    """What decisions and records of one commitment share."""
    row = models.RecurringCommitment.objects.filter(plan=world.plan).first()
    row = row or impact_rows.commitment(world)
    return {"commitment": row, "number": number, "by": office(world), "at": NOON}


def commitment_decision(world: World, number: int) -> dict[str, Any]:
    rule = {"frequency": "monthly", "first_on": TODAY, "owner": world.posts["PA1"]}
    return of_commitment(world, number) | {"act": "confirmed"} | rule


def occurrence(world: World, number: int) -> dict[str, Any]:
    window = {"window_from": TODAY, "window_to": TODAY + ONE_DAY}
    done = {"outcome": "done", "done_on": TODAY, "note": "Minutes."}
    return of_commitment(world, number) | window | done


VALID = {
    models.ImpactRating: lambda world, number: {
        "action": world.actions["PA1.1"],
        "period": world.period(),
        "number": number,
        "level": 2,
        "words": "Some families say so.",
        "by": lead(world),
        "at": NOON,
    },
    models.ImpactEvidence: impact_evidence,
    models.ImpactDecision: impact_decision,
    models.RecurringCommitment: lambda world, number: {
        "plan": world.plan,
        "key": f"K{number}",
        "position": number,
        "title": "A",
        "quote": "Monthly.",
        "source": "PA1.1",
        "stated_text": "Monthly",
    },
    models.CommitmentDecision: commitment_decision,
    models.OccurrenceRecord: occurrence,
}
"""The values of a valid row of each model, by its number."""

REFUSALS = [
    Refusal("impact_number_once", models.ImpactRating, same=("action", "number")),
    Refusal("impact_counted_from_one", models.ImpactRating, {"number": 0}),
    Refusal("impact_known_level", models.ImpactRating, {"level": 5}),
    Refusal("impact_has_words", models.ImpactRating, {"words": ""}),
    Refusal("impact_evidence_once", models.ImpactEvidence, same=("rating", "evidence")),
    Refusal("plans.impactdecision.rating", models.ImpactDecision, same=("rating",)),
    Refusal(
        "impact_decision_known_outcome", models.ImpactDecision, {"outcome": "so", "words": "A"}
    ),
    Refusal("impact_decision_has_reason", models.ImpactDecision, {"outcome": "returned"}),
    Refusal("impact_decision_has_reason", models.ImpactDecision, {"outcome": "taken_back"}),
    Refusal(
        "impact_decision_confirmed_has_fingerprint", models.ImpactDecision, {"fingerprint": ""}
    ),
    Refusal("impact_decision_known_role", models.ImpactDecision, {"role": "king"}),
    Refusal("commitment_key_once", models.RecurringCommitment, same=("plan", "key")),
    Refusal("commitment_known_state", models.RecurringCommitment, {"state": "perhaps"}),
    Refusal(
        "commitment_known_frequency", models.RecurringCommitment, {"stated_frequency": "often"}
    ),
    Refusal(
        "commitment_stated_in_order",
        models.RecurringCommitment,
        {"stated_from": TODAY, "stated_to": TODAY - ONE_DAY},
    ),
    Refusal("commitment_has_quote", models.RecurringCommitment, {"quote": ""}),
    Refusal(
        "commitment_decision_number_once",
        models.CommitmentDecision,
        same=("commitment", "number"),
    ),
    Refusal("commitment_decision_counted_from_one", models.CommitmentDecision, {"number": 0}),
    Refusal("commitment_decision_rule_or_reason", models.CommitmentDecision, {"act": "waved"}),
    Refusal("commitment_decision_rule_or_reason", models.CommitmentDecision, {"frequency": ""}),
    Refusal("commitment_decision_rule_or_reason", models.CommitmentDecision, {"first_on": None}),
    Refusal("commitment_decision_rule_or_reason", models.CommitmentDecision, {"owner": None}),
    Refusal(
        "commitment_decision_rule_or_reason",
        models.CommitmentDecision,
        {"act": "ended", "frequency": "", "first_on": None, "words": ""},
    ),
    Refusal(
        "commitment_decision_in_order", models.CommitmentDecision, {"ends_on": TODAY - ONE_DAY}
    ),
    Refusal(
        "occurrence_number_once",
        models.OccurrenceRecord,
        same=("commitment", "window_from", "number"),
    ),
    Refusal("occurrence_counted_from_one", models.OccurrenceRecord, {"number": 0}),
    Refusal("occurrence_window_in_order", models.OccurrenceRecord, {"window_to": TODAY - ONE_DAY}),
    Refusal("occurrence_done_has_day", models.OccurrenceRecord, {"done_on": None}),
    Refusal("occurrence_done_has_day", models.OccurrenceRecord, {"outcome": "missed"}),
    Refusal("occurrence_done_has_day", models.OccurrenceRecord, {"outcome": "waved"}),
    Refusal("occurrence_has_note_or_evidence", models.OccurrenceRecord, {"note": ""}),
]
