"""One more of everything that is said of an exception, and of every end of a date request."""

import datetime as dt

from hertsend.accounts.roles import Role
from plans.enums import DateRequestState, EscalationState
from plans.models import DateChangeRequest, DeepDive, Escalation, Milestone
from plans.policies import ReportWords, RequestWords
from plans.services import challenges, date_requests, deep_dives, escalations, exception_reports
from tests.factories.world import TODAY, World

OWN = "PA1.1-1"
ASKED_FOR = dt.date(2025, 3, 28)


def challenge(world: World, key: str) -> None:
    """A report, questions, deep dives, escalations and date requests of one milestone."""
    office = world.people[Role.PROGRAMME_OFFICE]
    world.update(key, by=office, rating="red", forecast_on=dt.date(2025, 2, 3))
    milestone = world.milestone(key)
    _report(world, milestone)
    _ask(world, milestone)
    _dive(world, milestone)
    _escalate(world, milestone)
    if key == OWN:
        _request(world, milestone)


def _report(world: World, milestone: Milestone) -> None:
    latest = milestone.exception_reports.first()
    exception_reports.write_report(
        milestone=milestone,
        period=world.period(),
        words=ReportWords(
            cause="Recruitment took longer.",
            effect_on_families="They wait longer.",
            what_is_being_done="Agency staff cover.",
            done_by=ASKED_FOR,
            ask="help",
            asked_of_board="Two more posts.",
        ),
        base_version=latest.number if latest else 0,
        by=world.people[Role.PROGRAMME_OFFICE],
    )


def _ask(world: World, milestone: Milestone) -> None:
    member, office = world.people[Role.BOARD_MEMBER], world.people[Role.PROGRAMME_OFFICE]
    for is_answered in (True, False):
        question = challenges.ask_question(milestone=milestone, words="Why again?", by=member)
        if is_answered:
            challenges.answer_question(question=question, words="Because.", by=office)


def _dive(world: World, milestone: Milestone) -> None:
    member = world.people[Role.EXECUTIVE_MEMBER]
    for becomes in ("held", "cancelled", ""):
        dive = deep_dives.ask_deep_dive(
            milestone=milestone, planned_on=TODAY, reason="Why it is late again.", by=member
        )
        if becomes:
            _end(dive, becomes=becomes, by=member)


def _end(dive: DeepDive, *, becomes: str, by) -> None:
    deep_dives.end_deep_dive(
        deep_dive=dive, becomes=becomes, outcome="Two posts are vacant.", base_version=1, by=by
    )


def _escalate(world: World, milestone: Milestone) -> None:
    """Answer the one that stands, take one back, and leave one open."""
    member, chair = world.people[Role.BOARD_MEMBER], world.people[Role.EXECUTIVE_CHAIR]
    for before in milestone.escalations.filter(state=EscalationState.OPEN):
        escalations.answer_escalation(
            escalation=before,
            response="Seen to.",
            who_acts="The director",
            base_version=1,
            by=chair,
        )
    for is_answered in (True, False):
        raised = escalations.escalate(milestone=milestone, reason="Nothing moves.", by=member)
        if is_answered:
            _take_back(raised, by=member)
    if milestone.key != OWN:
        escalations.answer_escalation(
            escalation=Escalation.objects.get(pk=raised.pk),
            response="Seen to.",
            who_acts="The director",
            base_version=1,
            by=chair,
        )


def _take_back(escalation: Escalation, *, by) -> None:
    escalations.withdraw_escalation(
        escalation=escalation, words="It moves again.", base_version=1, by=by
    )


def _request(world: World, milestone: Milestone) -> None:
    """Refuse the request that stands, then grant one, take one back, and leave one open."""
    lead, office = world.people[Role.WORKSTREAM_LEAD], world.people[Role.PROGRAMME_OFFICE]
    for before in milestone.date_requests.filter(state=DateRequestState.OPEN):
        _decide(world, before, becomes="refused")
    granted = _asked(milestone, by=office)
    _decide(world, granted, becomes="granted")
    withdrawn = _asked(milestone, by=lead)
    date_requests.withdraw_request(request=withdrawn, base_version=1, by=lead)
    _asked(milestone, by=office)


def _decide(world: World, request: DateChangeRequest, *, becomes: str) -> None:
    date_requests.decide_request(
        request=request,
        becomes=becomes,
        decision="So it is decided.",
        base_version=1,
        by=world.people[Role.JOINT_CHAIR],
    )


def _asked(milestone: Milestone, *, by) -> DateChangeRequest:
    latest = milestone.date_requests.order_by("-number").first()
    number = latest.number if latest else 0
    return date_requests.request_date(
        milestone=milestone,
        words=RequestWords(
            asked_for_on=ASKED_FOR + dt.timedelta(days=number),
            reason="Recruitment took longer.",
            effect_on_others="It holds up the next step.",
            affected=("PA1.1-2",),
        ),
        base_version=number,
        by=by,
    )
