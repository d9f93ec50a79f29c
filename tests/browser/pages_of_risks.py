"""The pages of risks, barriers and audits, with their states."""

from tests.browser import steps
from tests.browser.people import EMPTY
from tests.browser.shown import CHAIR, EMPTY_STATE, ERROR, LEAD, OFFICE, Shown

PLAN = "/plans/{plan}/"
RISKS, BARRIERS, AUDITS = PLAN + "risks/", PLAN + "barriers/", PLAN + "audits/"


def _with_error(name: str, address: str) -> list[Shown]:
    """A page with a form, as it opens and after it was sent as it stands."""
    name = f"governance:{name}"
    return [
        Shown(name, OFFICE, address),
        Shown(name, OFFICE, address, ERROR, step=steps.send),
    ]


def of_risks() -> list[Shown]:
    """The register of risks, its forms, barriers, and the assurance programme."""
    return [*_of_risks(), *_of_barriers(), *_of_audits()]


def _of_risks() -> list[Shown]:
    risk = RISKS + "R1/"
    return [
        Shown("governance:risk-list", OFFICE, RISKS),
        Shown("governance:risk-list", CHAIR, RISKS + "?likelihood=4&impact=5&score=current"),
        Shown("governance:risk-list", LEAD, RISKS + "?q=nothing-of-that-name", EMPTY_STATE),
        Shown("governance:risk-list", OFFICE, RISKS, EMPTY_STATE, EMPTY),
        Shown("governance:risk-detail", OFFICE, risk),
        Shown("governance:risk-detail", LEAD, RISKS + "R4/"),
        Shown("governance:risk-detail", CHAIR, RISKS + "X1/"),
        *_with_error("risk-add", RISKS + "add/"),
        *_with_error("risk-bands", RISKS + "bands/"),
        *_with_error("risk-change", risk + "change/"),
        *_with_error("risk-review", risk + "review/"),
        *_with_error("risk-move", risk + "move/"),
        *_with_error("risk-close", risk + "close/"),
        *_with_error("mitigation-add", risk + "mitigations/add/"),
        *_with_error("mitigation-change", risk + "mitigations/2/"),
        *_with_error("mitigation-end", risk + "mitigations/2/end/"),
    ]


def _of_barriers() -> list[Shown]:
    open_one = BARRIERS + "B2/"
    return [
        Shown("governance:barrier-list", OFFICE, BARRIERS),
        Shown("governance:barrier-list", CHAIR, BARRIERS + "?workstream=AI5", EMPTY_STATE),
        Shown("governance:barrier-list", OFFICE, BARRIERS, EMPTY_STATE, EMPTY),
        Shown("governance:barrier-detail", OFFICE, open_one),
        Shown("governance:barrier-detail", CHAIR, BARRIERS + "B3/"),
        *_with_error("barrier-add", BARRIERS + "add/"),
        *_with_error("barrier-assign", open_one + "assign/"),
        *_with_error("barrier-answer", open_one + "answer/"),
        *_with_error("barrier-close", open_one + "close/"),
    ]


def _of_audits() -> list[Shown]:
    planned, done = AUDITS + "A5/", AUDITS + "A3/"
    return [
        Shown("governance:audit-list", OFFICE, AUDITS),
        Shown("governance:audit-list", CHAIR, AUDITS + "?year=2021", EMPTY_STATE),
        Shown("governance:audit-detail", OFFICE, planned),
        Shown("governance:audit-detail", OFFICE, done),
        Shown("governance:audit-detail", CHAIR, AUDITS + "A1/"),
        *_with_error("audit-add", AUDITS + "add/"),
        *_with_error("audit-change", planned + "change/"),
        *_with_error("audit-cancel", planned + "cancel/"),
        *_with_error("audit-report", planned + "report/"),
        *_with_error("finding-add", done + "findings/add/"),
        *_with_error("audit-tell", done + "tell/"),
    ]
