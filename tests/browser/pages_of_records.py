"""The pages of decisions and of the action log, with their states."""

from tests.browser import steps
from tests.browser.people import EMPTY
from tests.browser.shown import CHAIR, EMPTY_STATE, ERROR, LEAD, OFFICE, REFUSED, Shown

PLAN = "/plans/{plan}/"
GROUP = PLAN + "groups/{chaired}/"
DECISION, REQUEST = GROUP + "decisions/{decision}/", GROUP + "decision-requests/{request}/"
BECAUSE = PLAN + "decisions/because-of-data/"
LATE_TO_EARLY = BECAUSE + "?since=2024-09-01&until=2024-06-01"
LOGGED = GROUP + "log/{logged}/"

FORMS: dict[str, tuple[str, str]] = {
    "decision-ask": (OFFICE, PLAN + "decisions/ask/"),
    "decision-take": (CHAIR, GROUP + "decisions/take/"),
    "decision-supersede": (CHAIR, DECISION + "supersede/"),
    "decision-request-take": (CHAIR, REQUEST + "take/"),
    "decision-request-withdraw": (OFFICE, REQUEST + "withdraw/"),
    "log-add": (OFFICE, GROUP + "log/add/"),
    "log-note": (OFFICE, LOGGED + "note/"),
    "log-close": (OFFICE, LOGGED + "close/"),
}
"""Forms that come back with an error when they are sent as they are, and whose they are."""


def of_records() -> list[Shown]:
    """Lists, rows and forms of both; the report of what was done because of data."""
    return [
        Shown("governance:decision-list", OFFICE, PLAN + "decisions/"),
        Shown("governance:decision-list", OFFICE, PLAN + "decisions/", EMPTY_STATE, EMPTY),
        Shown("governance:decision-detail", CHAIR, DECISION),
        Shown("governance:decision-request-detail", CHAIR, REQUEST),
        Shown("governance:because-of-data", OFFICE, BECAUSE),
        Shown("governance:because-of-data", OFFICE, BECAUSE, EMPTY_STATE, EMPTY),
        Shown("governance:because-of-data", OFFICE, LATE_TO_EARLY, ERROR, status=REFUSED),
        Shown("governance:log-list", OFFICE, PLAN + "log/"),
        Shown("governance:log-list", LEAD, PLAN + "log/"),
        Shown("governance:log-list", OFFICE, PLAN + "log/", EMPTY_STATE, EMPTY),
        Shown("governance:log-detail", OFFICE, LOGGED),
        Shown("governance:log-raise", OFFICE, PLAN + "log/raise/?risk=R1"),
        Shown("governance:log-change", OFFICE, LOGGED + "change/"),
        Shown("governance:log-change", OFFICE, LOGGED + "change/", ERROR, step=steps.send),
        *(Shown(f"governance:{name}", who, path) for name, (who, path) in FORMS.items()),
        *(
            Shown(f"governance:{name}", who, path, ERROR, step=steps.send)
            for name, (who, path) in FORMS.items()
        ),
    ]
