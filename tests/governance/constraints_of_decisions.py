"""Illegal states of decisions, requests, log actions, and of what prompted them."""

import datetime as dt
from typing import Any

from governance import models
from governance.models.groups import Group
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.records.bases import save_audited
from tests.factories.measures import measure
from tests.factories.world import TODAY, World, noon
from tests.governance import constraints_of_groups as groups
from tests.refusals import Refusal

NOON = noon(TODAY)
YESTERDAY = TODAY - dt.timedelta(days=1)


def board(world: World) -> Group:
    """The group of all of them."""
    return groups.body(world)


def chair(world: World) -> User:
    """Who decides."""
    return world.people[Role.JOINT_CHAIR]


def office(world: World) -> User:
    """Who asks and raises."""
    return world.people[Role.PROGRAMME_OFFICE]


def request(world: World, number: int) -> dict[str, Any]:
    """An open request by its number."""
    return {
        "group": board(world),
        "number": number,
        "question": "Fund it?",
        "background": "Waits grow.",
        "asked_by": office(world),
        "asked_at": NOON,
    }


def plain_decision(world: World, number: int) -> dict[str, Any]:
    """A decision of the group's own."""
    return {
        "group": board(world),
        "number": number,
        "title": "A team",
        "decided": "It is funded.",
        "reasons": "Waits.",
        "taken_on": TODAY,
        "effective_on": TODAY,
        "taken_by": chair(world),
        "at": NOON,
    }


def decision(world: World, number: int) -> dict[str, Any]:
    """A decision that was asked for and that supersedes another, by its number."""
    return plain_decision(world, number) | {
        "request": kept(models.DecisionRequest, request(world, 10 + number)),
        "supersedes": kept(models.Decision, plain_decision(world, 10 + number)),
        "reason_for_change": "New.",
    }


def log_action(world: World, number: int) -> dict[str, Any]:
    """A log action by its number."""
    return {
        "group": board(world),
        "number": number,
        "task": "Recruit",
        "owner": chair(world),
        "due_on": TODAY,
        "raised_by": office(world),
        "raised_at": NOON,
    }


def kept(model: type, values: dict[str, Any]) -> Any:
    """The first stored row of those values."""
    row = model.objects.filter(group=values["group"], number=values["number"]).first()
    if row is None and model is models.Decision:
        return model.add(**values)
    if row is None:
        row = model(**values)
        save_audited(row, by=User.objects.system(), reason="Set up for a test")
    return row


def kept_decision(world: World) -> models.Decision:
    """A decision that something prompted."""
    return kept(models.Decision, plain_decision(world, 9))


def kept_request(world: World) -> models.DecisionRequest:
    """A request that something prompted."""
    return kept(models.DecisionRequest, request(world, 9))


def kept_action(world: World) -> models.LogAction:
    """A log action of which something is said."""
    return kept(models.LogAction, log_action(world, 9))


def note(world: World, number: int) -> dict[str, Any]:
    """An update by its number."""
    return {
        "log_action": kept_action(world),
        "number": number,
        "words": "Half done.",
        "by": chair(world),
        "at": NOON,
    }


def prompt(world: World, number: int) -> dict[str, Any]:
    """A milestone that prompted a decision."""
    return {
        "decision": kept_decision(world),
        "kind": "milestone",
        "milestone": world.milestones[f"PA1.1-{number}"],
    }


VALID = {
    models.DecisionRequest: request,
    models.Decision: decision,
    models.LogAction: log_action,
    models.LogActionNote: note,
    models.Prompt: prompt,
}

ENDED = {"ended_by": chair, "ended_at": NOON}
CLOSED = {"closing_note": "Done.", "closed_by": chair, "closed_at": NOON}
OF_REQUEST, OF_LOG = "decision_request_ended_by_and_when", "log_action_closed_with_note"
REQUEST, LOG = models.DecisionRequest, models.LogAction

REFUSALS = [
    Refusal("decision_request_number_once", REQUEST, same=("group", "number")),
    Refusal("decision_request_counted_from_one", REQUEST, {"number": 0}),
    Refusal("decision_request_has_words", REQUEST, {"question": ""}),
    Refusal("decision_request_has_words", REQUEST, {"background": ""}),
    Refusal(OF_REQUEST, REQUEST, {"state": "decided"}),
    Refusal(OF_REQUEST, REQUEST, ENDED),
    Refusal(OF_REQUEST, REQUEST, ENDED | {"state": "withdrawn"}),
    Refusal(OF_REQUEST, REQUEST, ENDED | {"state": "decided", "withdrawn_reason": "No."}),
    Refusal(OF_REQUEST, REQUEST, ENDED | {"state": "lost"}),
    Refusal(
        "decision_request_not_decided_by_asker",
        REQUEST,
        ENDED | {"state": "decided", "ended_by": office},
    ),
    Refusal("decision_number_once", models.Decision, same=("group", "number")),
    Refusal("decision_counted_from_one", models.Decision, {"number": 0}),
    Refusal("decision_has_words", models.Decision, {"title": ""}),
    Refusal("decision_has_words", models.Decision, {"decided": ""}),
    Refusal("decision_has_words", models.Decision, {"reasons": ""}),
    Refusal("decision_effective_once_taken", models.Decision, {"effective_on": YESTERDAY}),
    Refusal("decision_supersedes_with_reason", models.Decision, {"supersedes": None}),
    Refusal("decision_supersedes_with_reason", models.Decision, {"reason_for_change": ""}),
    Refusal("governance.decision.request", models.Decision, same=("request",)),
    Refusal("governance.decision.supersedes", models.Decision, same=("supersedes",)),
    Refusal("log_action_number_once", LOG, same=("group", "number")),
    Refusal("log_action_counted_from_one", LOG, {"number": 0}),
    Refusal("log_action_version_from_one", LOG, {"version": 0}),
    Refusal("log_action_has_task", LOG, {"task": ""}),
    Refusal(OF_LOG, LOG, {"closing_note": "Done."}),
    Refusal(OF_LOG, LOG, CLOSED | {"closing_note": ""}),
    Refusal(OF_LOG, LOG, CLOSED | {"closed_by": None}),
    Refusal(OF_LOG, LOG, CLOSED | {"closed_at": None}),
    Refusal("log_note_number_once", models.LogActionNote, same=("log_action", "number")),
    Refusal("log_note_counted_from_one", models.LogActionNote, {"number": 0}),
    Refusal("log_note_has_words", models.LogActionNote, {"words": ""}),
    Refusal("prompt_of_one_record", models.Prompt, {"decision": None}),
    Refusal("prompt_of_one_record", models.Prompt, {"request": kept_request}),
    Refusal("prompt_with_target_of_its_kind", models.Prompt, {"milestone": None}),
    Refusal("prompt_with_target_of_its_kind", models.Prompt, {"kind": "exception"}),
    Refusal("prompt_with_target_of_its_kind", models.Prompt, {"kind": "rumour"}),
    Refusal(
        "prompt_of_measure_says_what_it_showed",
        models.Prompt,
        {"kind": "indicator", "milestone": None, "indicator": measure},
    ),
]
