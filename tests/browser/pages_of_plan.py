"""The pages of the plan: milestones, measures, the calendar, exceptions and dates."""

from hertsend.accounts.roles import Role
from tests.browser import steps
from tests.browser.people import EMPTY, QUIET
from tests.browser.shown import (
    CHAIR,
    EMPTY_STATE,
    ERROR,
    EXECUTIVE,
    FAMILIES,
    LEAD,
    NOT_SHOWN,
    OFFICE,
    REFUSED,
    Shown,
)


def of_plan() -> list[Shown]:
    plan, one = "/plans/{plan}/", "/plans/{plan}/milestones/"
    act = "plans:milestone-"
    return [
        Shown("plans:plan-detail", LEAD, plan),
        Shown("plans:plan-detail", LEAD, plan, EMPTY_STATE, EMPTY),
        Shown("plans:plan-detail", FAMILIES, plan + "?as_at=2024-06"),
        Shown("plans:action-detail", LEAD, plan + "actions/{action}/"),
        Shown("plans:action-detail", LEAD, plan + "actions/{action}/", EMPTY_STATE, QUIET),
        Shown("plans:glossary", LEAD, plan + "glossary/"),
        Shown("plans:glossary", LEAD, plan + "glossary/", EMPTY_STATE, EMPTY),
        Shown("plans:judgement-list", OFFICE, plan + "readings/"),
        Shown("plans:judgement-list", OFFICE, plan + "readings/", EMPTY_STATE, EMPTY),
        Shown("plans:judgement-decide", OFFICE, plan + "readings/{judgement}/"),
        Shown(
            "plans:judgement-decide",
            OFFICE,
            plan + "readings/{judgement}/",
            ERROR,
            step=steps.dispute_without_a_word,
        ),
        Shown(act + "list", LEAD, one),
        Shown(act + "list", FAMILIES, one),
        Shown(act + "list", LEAD, one + "?q=nothing+says+this&overdue=on", EMPTY_STATE),
        Shown(act + "list", LEAD, one, EMPTY_STATE, EMPTY),
        Shown(act + "list", LEAD, one + "?as_at=2024-06-30&beside=2024-03"),
        Shown(act + "list", LEAD, one + "?as_at=2031-01-01", NOT_SHOWN, status=REFUSED),
        Shown(act + "detail", CHAIR, one + "{proposed}/?as_at=2024-06-30"),
        Shown(act + "detail", LEAD, one + "{overdue}/"),
        Shown(act + "detail", CHAIR, one + "{proposed}/"),
        Shown(act + "detail", CHAIR, one + "{signed}/"),
        Shown(act + "detail", LEAD, one + "{undated}/"),
        Shown(act + "detail", FAMILIES, one + "{overdue}/"),
        Shown(act + "detail", LEAD, one + "{milestone}/", EMPTY_STATE, QUIET),
        Shown(act + "updates", LEAD, one + "{overdue}/updates/"),
        Shown(act + "updates", LEAD, one + "{milestone}/updates/", EMPTY_STATE, QUIET),
        Shown(act + "history", LEAD, one + "{signed}/history/"),
        Shown(act + "history", LEAD, one + "{milestone}/history/", EMPTY_STATE, QUIET),
        Shown(act + "update", LEAD, one + "{overdue}/updates/new/"),
        Shown(act + "update", LEAD, one + "{milestone}/updates/new/", EMPTY_STATE, QUIET),
        Shown(act + "update", LEAD, one + "{overdue}/updates/new/", ERROR, step=steps.send),
        *_acts_of_plan(),
    ]


def _acts_of_plan() -> list[Shown]:
    """The pages on which somebody moves a milestone or an action, and brings what shows it."""
    plan, one = "/plans/{plan}/", "/plans/{plan}/milestones/"
    act = "plans:milestone-"
    return [
        Shown(act + "propose", LEAD, one + "{overdue}/propose-complete/"),
        Shown(act + "propose", LEAD, one + "{overdue}/propose-complete/", ERROR, step=steps.send),
        Shown(act + "sign-off", CHAIR, one + "{proposed}/sign-off/"),
        Shown(act + "sign-off", CHAIR, one + "{proposed}/sign-off/", ERROR, step=steps.send),
        Shown(act + "take-back", OFFICE, one + "{proposed}/take-back/"),
        Shown(act + "take-back", OFFICE, one + "{proposed}/take-back/", ERROR, step=steps.send),
        Shown(act + "reopen", CHAIR, one + "{reopenable}/reopen/"),
        Shown(act + "reopen", CHAIR, one + "{reopenable}/reopen/", ERROR, step=steps.send),
        Shown("plans:evidence-add", OFFICE, one + "{proposed}/evidence/new/"),
        Shown(
            "plans:evidence-add", OFFICE, one + "{proposed}/evidence/new/", ERROR, step=steps.send
        ),
        Shown("plans:action-evidence-add", LEAD, plan + "actions/{action}/evidence/new/"),
        Shown("plans:evidence-withdraw", OFFICE, plan + "evidence/{evidence}/withdraw/"),
        Shown(
            "plans:evidence-withdraw",
            OFFICE,
            plan + "evidence/{evidence}/withdraw/",
            ERROR,
            step=steps.send,
        ),
        Shown("plans:sign-off-queue", CHAIR, plan + "sign-off/"),
        Shown("plans:sign-off-queue", CHAIR, plan + "sign-off/", EMPTY_STATE, QUIET),
        Shown("plans:sheet-detail", CHAIR, plan + "signed/{fingerprint}/"),
        Shown("plans:action-sign-off", CHAIR, plan + "actions/{signable}/sign-off/"),
        Shown("plans:action-reopen", CHAIR, plan + "actions/{signable}/reopen/"),
        Shown(act + "withdraw", CHAIR, one + "{proposed}/withdraw/"),
        Shown(act + "withdraw", CHAIR, one + "{proposed}/withdraw/", ERROR, step=steps.send),
    ]


def of_measures() -> list[Shown]:
    plan = "/plans/{plan}/measures/"
    one, rising, empty = (
        f"{plan}{key}/"
        for key in (
            "new-ehcps-within-20-weeks",
            "complaints",
            "cme-awaiting-a-special-school-place",
        )
    )
    return [
        Shown("kpis:indicator-list", CHAIR, plan),
        Shown("kpis:indicator-list", FAMILIES, plan),
        Shown("kpis:indicator-list", CHAIR, plan, EMPTY_STATE, EMPTY),
        Shown("kpis:indicator-detail", CHAIR, one),
        Shown("kpis:indicator-detail", FAMILIES, one),
        Shown("kpis:indicator-detail", CHAIR, rising),
        Shown("kpis:indicator-detail", CHAIR, empty, EMPTY_STATE),
        Shown("kpis:figures-enter", LEAD, f"{plan}enter-figures/"),
        Shown("kpis:figures-enter", LEAD, f"{plan}enter-figures/", EMPTY_STATE, EMPTY),
        Shown("kpis:definition-new", OFFICE, f"{one}definition/"),
        Shown("kpis:definition-new", OFFICE, f"{empty}definition/", ERROR, step=steps.send),
        Shown("kpis:reading-edit", OFFICE, f"{one}reading/"),
        Shown("kpis:reading-edit", OFFICE, f"{one}reading/", ERROR, step=steps.send),
        Shown("kpis:step-propose", OFFICE, f"{one}step-changes/new/"),
        Shown("kpis:step-propose", OFFICE, f"{one}step-changes/new/", ERROR, step=steps.send),
        Shown("kpis:step-decide", OFFICE, f"{one}step-changes/1/"),
        Shown("kpis:step-decide", OFFICE, f"{one}step-changes/1/", ERROR, step=steps.send),
    ]


def of_the_calendar() -> list[Shown]:
    calendar = "/plans/{plan}/calendar/"
    days, reopen, decide = (
        calendar + "2024-11/days/",
        calendar + "2024-09/reopen/",
        calendar + "rhythm/decide/",
    )
    return [
        Shown("governance:calendar", OFFICE, calendar),
        Shown("governance:calendar", FAMILIES, calendar),
        Shown("governance:calendar", OFFICE, calendar, EMPTY_STATE, EMPTY),
        Shown("governance:period-detail", OFFICE, calendar + "2024-05/"),
        Shown("governance:period-detail", FAMILIES, calendar + "2024-05/"),
        Shown("governance:period-days", OFFICE, days),
        Shown("governance:period-days", OFFICE, days, ERROR, step=steps.send),
        Shown("governance:period-days", OFFICE, calendar + "2024-09/days/", EMPTY_STATE),
        Shown("governance:period-reopen", OFFICE, reopen),
        Shown("governance:period-reopen", OFFICE, reopen, ERROR, step=steps.send),
        Shown("governance:period-reopen", OFFICE, calendar + "2024-05/reopen/", EMPTY_STATE),
        Shown("governance:rhythm", EXECUTIVE, calendar + "rhythm/"),
        Shown("governance:rhythm", OFFICE, calendar + "rhythm/", EMPTY_STATE, EMPTY),
        Shown("governance:rhythm-decide", EXECUTIVE, decide),
        Shown("governance:rhythm-decide", EXECUTIVE, decide, ERROR, step=steps.send),
    ]


def of_exceptions() -> list[Shown]:
    plan, one = "/plans/{plan}/", "/plans/{plan}/milestones/"
    executive, member = Role.EXECUTIVE_CHAIR.value, Role.BOARD_MEMBER.value
    forms = [
        ("exception-report", LEAD, "{overdue}/exception/"),
        ("question-ask", member, "{overdue}/questions/new/"),
        ("question-answer", LEAD, "{asked}/questions/{question}/answer/"),
        ("deep-dive-ask", member, "{overdue}/deep-dives/new/"),
        ("deep-dive-end", member, "{dived}/deep-dives/{dive}/end/"),
        ("escalation-raise", member, "{overdue}/escalations/new/"),
        ("escalation-answer", executive, "{escalated}/escalations/{escalation}/answer/"),
        ("escalation-withdraw", CHAIR, "{escalated}/escalations/{escalation}/withdraw/"),
        ("date-request-ask", LEAD, "{late}/date-changes/new/"),
        ("date-request-detail", CHAIR, "{requested}/date-changes/{request}/"),
    ]
    return [
        Shown("plans:exception-list", CHAIR, plan + "exceptions/"),
        Shown("plans:exception-list", CHAIR, plan + "exceptions/?as_at=2024-09"),
        Shown("plans:exception-list", CHAIR, plan + "exceptions/?report=with", EMPTY_STATE),
        Shown("plans:exception-list", LEAD, plan + "exceptions/", EMPTY_STATE, EMPTY),
        Shown("plans:date-request-list", CHAIR, plan + "date-changes/"),
        Shown("plans:date-request-list", LEAD, plan + "date-changes/", EMPTY_STATE, EMPTY),
        Shown("plans:milestone-exceptions", LEAD, one + "{asked}/exceptions/"),
        Shown("plans:milestone-exceptions", executive, one + "{escalated}/exceptions/"),
        Shown(
            "plans:milestone-exceptions", LEAD, one + "{milestone}/exceptions/", EMPTY_STATE, QUIET
        ),
        Shown("plans:exception-report", LEAD, one + "{asked}/exception/?start=last"),
        Shown("plans:date-request-detail", LEAD, one + "{wished}/date-changes/{wish}/"),
        Shown("plans:date-request-change", LEAD, one + "{wished}/date-changes/{wish}/change/"),
        Shown("plans:date-request-withdraw", LEAD, one + "{wished}/date-changes/{wish}/withdraw/"),
        *(Shown(f"plans:{name}", who, one + address) for name, who, address in forms),
        *(
            Shown(f"plans:{name}", who, one + address, ERROR, step=steps.send)
            for name, who, address in forms
        ),
        Shown(
            "plans:date-request-change",
            LEAD,
            one + "{wished}/date-changes/{wish}/change/",
            ERROR,
            step=steps.send_emptied,
        ),
    ]
