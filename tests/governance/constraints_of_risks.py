"""Illegal states of risks, reviews, moves, mitigations and bands."""

from typing import Any

from governance import models
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.records.bases import save_audited
from tests.factories.world import TODAY, World, noon
from tests.refusals import Refusal


def risk(world: World, number: int) -> dict[str, Any]:
    """A risk by its number."""
    return {
        "plan": world.plan,
        "key": f"R{number}",
        "workstream": world.workstreams["PA1"],
        "level": "workstream",
        "event": "It may happen.",
        "cause": "Because.",
        "effect": "It would be bad.",
        "inherent_likelihood": 4,
        "inherent_impact": 4,
        "target_likelihood": 2,
        "target_impact": 2,
        "owner": world.people[Role.WORKSTREAM_LEAD],
    }


def stored(world: World) -> models.Risk:
    """A risk that other rows are about."""
    row = models.Risk.objects.filter(plan=world.plan, key="R9").first()
    if row is None:
        row = models.Risk(**risk(world, 9))
        save_audited(row, by=User.objects.system(), reason="Set up for a test")
    return row


def _by(world: World) -> dict[str, Any]:
    return {"by": world.people[Role.PROGRAMME_OFFICE], "at": noon(TODAY)}


def review(world: World, number: int) -> dict[str, Any]:
    """A review by its number."""
    given = {"likelihood": 3, "impact": 3, "words": "As before."}
    return {"risk": stored(world), "number": number, **given, **_by(world)}


def move(world: World, number: int) -> dict[str, Any]:
    """A move by its number."""
    given = {"from_level": "workstream", "to_level": "board", "reason": "Beyond us."}
    return {"risk": stored(world), "number": number, **given, **_by(world)}


def mitigation(world: World, number: int) -> dict[str, Any]:
    """A mitigation by its number."""
    return {
        "risk": stored(world),
        "number": number,
        "text": "Fill both posts.",
        "owner": world.people[Role.WORKSTREAM_LEAD],
        "due_on": TODAY,
    }


def bands(world: World, number: int) -> dict[str, Any]:
    """Bands by their number."""
    return {
        "partnership": world.partnership,
        "number": number,
        "from_on": TODAY,
        "first_name": "Low",
        "second_name": "Moderate",
        "second_from": 4,
        "third_name": "High",
        "third_from": 8,
        "fourth_name": "Extreme",
        "fourth_from": 15,
        "reason": "As the council has them.",
        **_by(world),
    }


VALID = {
    models.Risk: risk,
    models.RiskReview: review,
    models.RiskMove: move,
    models.Mitigation: mitigation,
    models.RiskBands: bands,
}

_CLOSED = {"state": "closed", "closed_at": noon(TODAY)}
_DONE = {"state": "done", "ended_at": noon(TODAY)}

REFUSALS = [
    Refusal("risk_key_once", models.Risk, same=("plan", "key")),
    Refusal("risk_known_level_and_state", models.Risk, {"level": "street"}),
    Refusal("risk_has_words", models.Risk, {"event": ""}),
    Refusal("risk_has_words", models.Risk, {"cause": ""}),
    Refusal("risk_has_words", models.Risk, {"effect": ""}),
    Refusal("risk_scores_in_matrix", models.Risk, {"inherent_likelihood": 6}),
    Refusal("risk_scores_in_matrix", models.Risk, {"target_impact": 0}),
    Refusal("risk_of_workstream_names_it", models.Risk, {"workstream": None}),
    Refusal("risk_closed_when_and_why", models.Risk, {"closed_reason": "Over."}),
    Refusal("risk_closed_when_and_why", models.Risk, _CLOSED),
    Refusal("risk_review_number_once", models.RiskReview, same=("risk", "number")),
    Refusal("risk_review_counted_from_one", models.RiskReview, {"number": 0}),
    Refusal("risk_review_in_matrix", models.RiskReview, {"likelihood": 6}),
    Refusal("risk_review_in_matrix", models.RiskReview, {"impact": 0}),
    Refusal("risk_review_has_words", models.RiskReview, {"words": ""}),
    Refusal("risk_move_number_once", models.RiskMove, same=("risk", "number")),
    Refusal("risk_move_counted_from_one", models.RiskMove, {"number": 0}),
    Refusal("risk_move_between_levels", models.RiskMove, {"to_level": "workstream"}),
    Refusal("risk_move_between_levels", models.RiskMove, {"to_level": "street"}),
    Refusal("risk_move_has_reason", models.RiskMove, {"reason": ""}),
    Refusal("mitigation_number_once", models.Mitigation, same=("risk", "number")),
    Refusal("mitigation_has_words", models.Mitigation, {"number": 0}),
    Refusal("mitigation_has_words", models.Mitigation, {"text": ""}),
    Refusal(
        "mitigation_known_state", models.Mitigation, _DONE | {"state": "gone", "ended_words": "So."}
    ),
    Refusal("mitigation_ended_when_and_how", models.Mitigation, {"ended_words": "So."}),
    Refusal("mitigation_ended_when_and_how", models.Mitigation, _DONE),
    Refusal("risk_bands_number_once", models.RiskBands, same=("partnership", "number")),
    Refusal("risk_bands_counted_from_one", models.RiskBands, {"number": 0}),
    Refusal("risk_bands_have_words", models.RiskBands, {"first_name": ""}),
    Refusal("risk_bands_have_words", models.RiskBands, {"reason": ""}),
    Refusal("risk_bands_in_order", models.RiskBands, {"second_from": 1}),
    Refusal("risk_bands_in_order", models.RiskBands, {"second_from": 8}),
    Refusal("risk_bands_fourth_in_order", models.RiskBands, {"fourth_from": 8}),
    Refusal("risk_bands_fourth_in_order", models.RiskBands, {"fourth_name": ""}),
    Refusal("risk_bands_fourth_in_order", models.RiskBands, {"fourth_from": 26}),
]
