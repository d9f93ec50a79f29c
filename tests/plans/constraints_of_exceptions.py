"""Valid rows of exception reports, challenges and date requests, and what the database refuses."""

import datetime as dt
from typing import Any

from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from plans import models
from tests.factories.world import TODAY, World, noon
from tests.refusals import Refusal

NOON = noon(TODAY)


def lead(world: World) -> User:
    """The lead of PA1."""
    return world.people[Role.WORKSTREAM_LEAD]


def report(world: World, number: int) -> dict[str, Any]:
    return {
        "milestone": world.milestones["PA1.1-1"],
        "period": world.period(),
        "number": number,
        "cause": "Recruitment took longer.",
        "effect_on_families": "They wait longer.",
        "what_is_being_done": "Agency staff cover.",
        "done_by": TODAY,
        "ask": "help",
        "asked_of_board": "Two more posts.",
        "by": lead(world),
        "at": NOON,
    }


def question(world: World, number: int) -> dict[str, Any]:
    return {
        "milestone": world.milestones["PA1.1-1"],
        "number": number,
        "words": "Why?",
        "by": world.people[Role.BOARD_MEMBER],
        "at": NOON,
    }


def answer(world: World, number: int) -> dict[str, Any]:
    asked = models.ExceptionQuestion.objects.first()
    return {
        "question": asked or models.ExceptionQuestion.add(**question(world, 1)),
        "number": number,
        "words": "Because.",
        "by": lead(world),
        "at": NOON,
    }


def deep_dive(world: World, number: int) -> dict[str, Any]:
    return {
        "milestone": world.milestones["PA1.1-1"],
        "number": number,
        "planned_on": TODAY,
        "reason": "Why it is late again.",
        "asked_by": world.people[Role.BOARD_MEMBER],
        "asked_at": NOON,
    }


def escalation(world: World, number: int) -> dict[str, Any]:
    """The first is open, the second answered."""
    answered = {
        "state": "answered",
        "response": "We will see to it.",
        "who_acts": "The director",
        "ended_by": world.people[Role.EXECUTIVE_CHAIR],
        "ended_at": NOON,
    }
    return {
        "milestone": world.milestones["PA1.1-1"],
        "number": number,
        "reason": "Nothing moves.",
        "escalated_by": world.people[Role.BOARD_MEMBER],
        "escalated_at": NOON,
    } | (answered if number == 2 else {})


def date_request(world: World, number: int) -> dict[str, Any]:
    """The first is open, the second refused."""
    refused = {
        "state": "refused",
        "decision": "No.",
        "decided_by": world.people[Role.JOINT_CHAIR],
        "decided_at": NOON,
    }
    return {
        "milestone": world.milestones["PA1.1-1"],
        "number": number,
        "asked_for_on": dt.date(2024, 12, 1),
        "reason": "Recruitment took longer.",
        "effect_on_others": "None.",
        "requested_by": lead(world),
        "requested_at": NOON,
    } | (refused if number == 2 else {})


def other_date_change(world: World) -> models.DateChange:
    """A date change of another milestone."""
    return models.DateChange.add(
        milestone=world.milestones["AI1.1-1"],
        number=1,
        agreed_on=dt.date(2024, 12, 1),
        reason="Recruitment took longer.",
        decision="Agreed.",
        requested_by=lead(world),
        decided_by=world.people[Role.JOINT_CHAIR],
        at=NOON,
    )


VALID = {
    models.ExceptionReport: report,
    models.ExceptionQuestion: question,
    models.ExceptionAnswer: answer,
    models.DeepDive: deep_dive,
    models.Escalation: escalation,
    models.DateChangeRequest: date_request,
}

REFUSALS_OF_CHALLENGE = [
    Refusal(
        "exception_report_number_once",
        models.ExceptionReport,
        same=("milestone", "period", "number"),
    ),
    Refusal("exception_report_counted_from_one", models.ExceptionReport, {"number": 0}),
    Refusal("exception_report_has_words", models.ExceptionReport, {"cause": ""}),
    Refusal("exception_report_has_words", models.ExceptionReport, {"effect_on_families": ""}),
    Refusal("exception_report_has_words", models.ExceptionReport, {"what_is_being_done": ""}),
    Refusal("exception_report_known_ask", models.ExceptionReport, {"ask": "money"}),
    Refusal("exception_report_says_what_it_asks", models.ExceptionReport, {"ask": "none"}),
    Refusal("exception_report_says_what_it_asks", models.ExceptionReport, {"asked_of_board": ""}),
    Refusal("question_number_once", models.ExceptionQuestion, same=("milestone", "number")),
    Refusal("question_counted_from_one", models.ExceptionQuestion, {"number": 0}),
    Refusal("question_has_words", models.ExceptionQuestion, {"words": ""}),
    Refusal("answer_number_once", models.ExceptionAnswer, same=("question", "number")),
    Refusal("answer_counted_from_one", models.ExceptionAnswer, {"number": 0}),
    Refusal("answer_has_words", models.ExceptionAnswer, {"words": ""}),
    Refusal("deep_dive_number_once", models.DeepDive, same=("milestone", "number")),
    Refusal("deep_dive_counted_from_one", models.DeepDive, {"number": 0}),
    Refusal("deep_dive_has_reason", models.DeepDive, {"reason": ""}),
    Refusal("deep_dive_ended_with_outcome", models.DeepDive, {"state": "held"}),
    Refusal("deep_dive_ended_with_outcome", models.DeepDive, {"outcome": "Found."}),
    Refusal(
        "deep_dive_ended_with_outcome",
        models.DeepDive,
        {"state": "lost", "outcome": "x", "ended_by": lead, "ended_at": NOON},
    ),
    Refusal("escalation_number_once", models.Escalation, same=("milestone", "number")),
    Refusal(
        "escalation_one_open",
        models.Escalation,
        {"state": "open", "response": "", "who_acts": "", "ended_by": None, "ended_at": None},
        same=("milestone",),
    ),
    Refusal("escalation_counted_from_one", models.Escalation, {"number": 0}),
    Refusal("escalation_has_reason", models.Escalation, {"reason": ""}),
    Refusal("escalation_ended_with_words", models.Escalation, {"response": ""}),
    Refusal("escalation_ended_with_words", models.Escalation, {"who_acts": ""}),
    Refusal("escalation_ended_with_words", models.Escalation, {"state": "lost"}),
    Refusal(
        "escalation_not_answered_by_who_escalated",
        models.Escalation,
        {"escalated_by": lambda world: world.people[Role.EXECUTIVE_CHAIR]},
    ),
    Refusal(
        "escalation_withdrawn_by_who_escalated",
        models.Escalation,
        {"state": "withdrawn", "who_acts": ""},
    ),
]

REFUSALS_OF_REQUESTS = [
    Refusal("date_request_number_once", models.DateChangeRequest, same=("milestone", "number")),
    Refusal(
        "date_request_one_open",
        models.DateChangeRequest,
        {"state": "open", "decision": "", "decided_by": None, "decided_at": None},
        same=("milestone",),
    ),
    Refusal("date_request_counted_from_one", models.DateChangeRequest, {"number": 0}),
    Refusal("date_request_has_reasons", models.DateChangeRequest, {"reason": ""}),
    Refusal("date_request_has_reasons", models.DateChangeRequest, {"effect_on_others": ""}),
    Refusal("date_request_ended_with_who_and_why", models.DateChangeRequest, {"decision": ""}),
    Refusal("date_request_ended_with_who_and_why", models.DateChangeRequest, {"decided_by": None}),
    Refusal("date_request_ended_with_who_and_why", models.DateChangeRequest, {"state": "lost"}),
    Refusal("date_request_granted_moves_the_date", models.DateChangeRequest, {"state": "granted"}),
    Refusal(
        "date_request_granted_moves_the_date",
        models.DateChangeRequest,
        {"granted": other_date_change},
    ),
    Refusal(
        "date_request_not_decided_by_requester",
        models.DateChangeRequest,
        {"requested_by": lambda world: world.people[Role.JOINT_CHAIR]},
    ),
    Refusal(
        "date_request_withdrawn_by_requester", models.DateChangeRequest, {"state": "withdrawn"}
    ),
]

REFUSALS = [*REFUSALS_OF_CHALLENGE, *REFUSALS_OF_REQUESTS]
