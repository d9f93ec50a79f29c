"""The pages of meetings: the calendar, one meeting to come, and one whose minutes are agreed."""

from tests.browser import steps
from tests.browser.people import EMPTY
from tests.browser.shown import EMPTY_STATE, ERROR, FAMILIES, LEAD, OFFICE, Shown

FORMS = {
    "meeting-move": "move/",
    "meeting-cancel": "cancel/",
    "interest-add": "interests/add/",
    "item-add": "items/add/",
    "item-withdraw": "items/{agenda_item}/withdraw/",
    "item-minutes": "items/{agenda_item}/minutes/",
    "paper-add": "items/{agenda_item}/papers/add/",
    "paper-withdraw": "papers/{paper}/withdraw/",
}
"""Forms of one meeting that come back with an error when they are sent as they are."""


def of_meetings() -> list[Shown]:
    plan = "/plans/{plan}/"
    group, agreed = plan + "groups/{convened}/", plan + "groups/{agreed_by}/meetings/1/"
    one = group + "meetings/{convening}/"
    return [
        Shown("governance:meeting-list", OFFICE, plan + "meetings/"),
        Shown("governance:meeting-list", LEAD, plan + "meetings/?when=past"),
        Shown("governance:meeting-list", OFFICE, plan + "meetings/", EMPTY_STATE, EMPTY),
        Shown("governance:meeting-feed", OFFICE, plan + "meetings/calendar/"),
        Shown("governance:meeting-plan", OFFICE, group + "meetings/plan/"),
        Shown("governance:meeting-plan", OFFICE, group + "meetings/plan/", ERROR, step=steps.send),
        Shown("governance:meeting-add", OFFICE, group + "meetings/add/"),
        Shown("governance:meeting-add", OFFICE, group + "meetings/add/", ERROR, step=steps.send),
        Shown("governance:meeting-detail", OFFICE, one),
        Shown("governance:meeting-detail", FAMILIES, agreed),
        Shown("governance:meeting-detail", LEAD, one, EMPTY_STATE),
        Shown("governance:attendance-note", OFFICE, one + "attendance/"),
        Shown("governance:meeting-reopen", OFFICE, agreed + "reopen/"),
        Shown("governance:meeting-reopen", OFFICE, agreed + "reopen/", ERROR, step=steps.send),
        Shown("governance:item-edit", OFFICE, one + "items/{agenda_item}/"),
        Shown("governance:interest-withdraw", OFFICE, agreed + "interests/{interest}/withdraw/"),
        *(Shown(f"governance:{name}", OFFICE, one + path) for name, path in FORMS.items()),
        *(
            Shown(f"governance:{name}", OFFICE, one + path, ERROR, step=steps.send)
            for name, path in FORMS.items()
        ),
    ]


NOT_PAGES_OF_MEETINGS = {
    "governance:calendar-feed": "a file",
    "governance:meeting-file": "a file",
    "governance:paper-file": "a file",
    "governance:item-order": "a button of an agenda; sent only",
    "governance:meeting-send": "a button of a meeting; sent only",
    "governance:meeting-hold": "a button of a meeting; sent only",
    "governance:meeting-agree": "a button of a meeting; sent only",
    "governance:meeting-feed-make": "a button of one's calendar; sent only",
    "governance:meeting-feed-revoke": "a button of one's calendar; sent only",
}
