"""Decisions and the log through the interface: the same rows, fields, rules and sentences."""

import pytest

from governance.models import Decision, DecisionRequest, LogAction
from hertsend.accounts.roles import Role
from tests.factories.measures import measure
from tests.factories.world import TODAY, at
from tests.governance.deciding import (
    BY_MILESTONE,
    CHAIR,
    FAMILIES,
    MEMBER,
    WEEK,
    Table,
    by_measure,
    decision_words,
)
from tests.plans.api.calls import address

OFFICE = Role.PROGRAMME_OFFICE


@pytest.fixture
def table(world) -> Table:
    return Table.of(world)


@pytest.fixture
def call(api_as, world):
    """Read as a role, or send a body."""

    def called(role, *parts, body=None, query=""):
        where = address(world, *parts) + query
        with at(TODAY):
            client = api_as(role)
            if body is None:
                return client.get(where)
            return client.post(where, body, format="json")

    return called


BODY = decision_words(effective_on="2024-10-01", taken_on="2024-09-03")


def test_a_decision_with_all_that_a_member_sees_and_what_families_see_of_it(world, table, call):
    table.decide(table.ask(by_measure(world), BY_MILESTONE), meeting=table.meet())
    key = world.milestone()
    shown = {
        "group": "board",
        "number": 1,
        "title": "A second team",
        "decided": "A second team is funded.",
        "reasons": "Waits have doubled.",
        "internal_note": "The council pays.",
        "meeting": "meeting of 3 September 2024",
        "taken_on": "2024-09-03",
        "effective_on": "2024-09-03",
        "taken_by": "Joint chair PA1",
        "is_superseded": False,
        "reason_for_change": "",
        "supersedes": None,
        "superseded_by": None,
        "request": 1,
        "prompts": [
            {
                "kind": "indicator",
                "name": "New plans in time",
                "path": f"/plans/{world.plan.slug}/measures/in-time/",
                "what_it_showed": "34% in July",
            },
            {
                "kind": "milestone",
                "name": f"{key.key} {key.text}",
                "path": key.get_absolute_url(),
                "what_it_showed": "It is late.",
            },
        ],
    }
    assert call(MEMBER, "groups", "board", "decisions", "1").json() == shown
    hidden = {"internal_note", "taken_by"}
    milestone = {k: v for k, v in shown["prompts"][1].items() if k != "what_it_showed"}
    for_families = {k: v for k, v in shown.items() if k not in hidden} | {"prompts": [milestone]}
    assert call(FAMILIES, "groups", "board", "decisions", "1").json() == for_families
    assert call(FAMILIES, "decisions").json()["results"] == [for_families]
    assert call(Role.ADMINISTRATOR, "decisions").json()["count"] == 0
    assert call(Role.ADMINISTRATOR, "groups", "board", "decisions", "1").status_code == 404


def test_asked_for_decided_and_superseded(world, table, call):
    measure(world, "in-time")
    body = {
        "group": "board",
        "question": "Fund it?",
        "background": "Waits grow.",
        "prompts": [{"kind": "indicator", "reference": "in-time", "what_it_showed": "34%"}],
    }
    answer = call(OFFICE, "decision-requests", body=body)
    assert (answer.status_code, answer.json()["state"]) == (201, "open")
    taken = call(CHAIR, "groups", "board", "decision-requests", "1", "take", body=BODY)
    assert (taken.status_code, taken.json()["request"]) == (201, 1)
    again = call(CHAIR, "groups", "board", "decision-requests", "1", "take", body=BODY)
    assert again.status_code == 409
    further = call(
        CHAIR,
        *("groups", "board", "decisions", "1", "supersede"),
        body=BODY | {"reason_for_change": "Money."},
    )
    assert (further.status_code, further.json()["supersedes"]) == (201, 1)
    assert call(MEMBER, "groups", "board", "decisions", "1").json()["superseded_by"] == 2
    row = call(MEMBER, "groups", "board", "decision-requests", "1").json()
    assert (row["state"], row["decision"], row["asked_by"]) == ("decided", 1, "Programme office")


def test_a_decision_in_a_meeting_and_lists_by_group_and_state(world, table, call):
    table.meet(TODAY - WEEK)
    taken = call(
        CHAIR, "groups", "board", "decisions", body=BODY | {"meeting": 1, "taken_on": None}
    )
    assert taken.json()["taken_on"] == "2024-08-27"
    table.ask()
    table.ask(group=table.groups["executive"])
    for query, count in (("", 2), ("?group=board", 1), ("?state=withdrawn", 0), ("?state=open", 2)):
        assert call(OFFICE, "decision-requests", query=query).json()["count"] == count
    assert call(OFFICE, "decisions", query="?group=executive").json()["count"] == 0
    assert call(OFFICE, "decisions", query="?grup=board").status_code == 400


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize(
    ("role", "parts", "body", "refused"),
    [
        (OFFICE, ("groups", "board", "decisions"), BODY, (403, "Only a chair of Board")),
        (
            CHAIR,
            ("groups", "board", "decisions"),
            BODY | {"meeting": 9},
            (400, "Name a meeting of this group that has begun."),
        ),
        (CHAIR, ("groups", "board", "decisions"), BODY | {"reasons": ""}, (400, "Enter why.")),
        (
            Role.ADVISER,
            ("decision-requests",),
            {"group": "board"},
            (403, "ask groups for decisions"),
        ),
        (OFFICE, ("decision-requests",), {"group": "moon"}, (400, "no group of this key")),
        (MEMBER, ("groups", "board", "log"), {"owner": "a@b.org"}, (403, "keep its action log")),
        (
            OFFICE,
            ("groups", "board", "log"),
            {"task": "x", "owner": "a@b.org"},
            (400, "a person with a role in this partnership"),
        ),
    ],
)
def test_it_is_refused_with_the_sentence_of_the_page(call, role, parts, body, refused):
    answer, (status, sentence) = call(role, *parts, body=body), refused
    assert answer.status_code == status
    assert sentence in answer.json()["message"]
    assert not Decision.objects.exists()
    assert not DecisionRequest.objects.exists()


def test_a_request_is_withdrawn(table, call):
    table.ask()
    where = ("groups", "board", "decision-requests", "1", "withdraw")
    assert call(MEMBER, *where, body={"reason": "No."}).status_code == 403
    assert call(OFFICE, *where, body={"reason": "No."}).json()["withdrawn_reason"] == "No."
    assert call(OFFICE, *where, body={"reason": "No."}).status_code == 409


def test_an_action_from_raised_to_closed(world, table, call):
    table.take()
    owner = table.person(MEMBER)
    body = {"task": "Recruit", "owner": owner.email, "due_on": "2024-09-10", "decision": 1}
    log = ("groups", "board", "log")
    assert call(OFFICE, *log, body=body | {"decision": 9}).status_code == 400
    raised = call(OFFICE, *log, body=body)
    assert (raised.status_code, raised.json()["owner"], raised.json()["decision"]) == (
        201,
        "Board member",
        1,
    )
    noted = call(MEMBER, *log, "1", "updates", body={"words": "Half done."})
    assert [row["words"] for row in noted.json()["updates"]] == ["Half done."]
    change = {"owner": owner.email, "due_on": "2024-09-20", "reason": "Leave.", "base_version": 1}
    assert call(MEMBER, *log, "1", "change", body=change).status_code == 403
    assert call(OFFICE, *log, "1", "change", body=change).json()["version"] == 2
    assert call(OFFICE, *log, "1", "change", body=change).status_code == 409
    closed = call(MEMBER, *log, "1", "close", body={"closing_note": "Done."}).json()
    assert (closed["standing"], closed["closing_note"]) == ("closed", "Done.")
    assert LogAction.objects.get().closed_by == owner


def test_the_log_by_group_state_and_owner(table, call):
    table.raise_action(on=TODAY - WEEK, due_on=TODAY - WEEK)
    table.raise_action(owner=table.person(CHAIR))
    table.raise_action(group=table.groups["executive"])
    for role, query, count in (
        (OFFICE, "", 3),
        (OFFICE, "?group=board", 2),
        (OFFICE, "?state=overdue", 1),
        (CHAIR, "?mine=true", 1),
        (FAMILIES, "", 2),
    ):
        assert call(role, "log", query=query).json()["count"] == count
    shown = call(FAMILIES, "groups", "board", "log", "1").json()
    assert {"owner", "raised_by", "closed_by", "closing_note"} & set(shown) == set()
    assert (shown["standing"], shown["days_overdue"], shown["updates"]) == ("overdue", 7, [])


def test_what_was_done_because_of_data(world, table, call):
    table.take(by_measure(world))
    table.take(BY_MILESTONE, taken_on=TODAY - WEEK)
    table.raise_action()
    report = call(OFFICE, "decisions", "because-of-data", query="?since=2024-09-01").json()
    assert {name: value for name, value in report.items() if name != "rows"} == {
        "since": "2024-09-01",
        "until": None,
        "decisions": 1,
        "decisions_by_data": 1,
        "actions": 1,
        "actions_by_data": 0,
    }
    assert [(row["what"], row["prompts"][0]["kind"]) for row in report["rows"]] == [
        ("Decision", "indicator")
    ]
    query = "?prompted_by=date_request"
    assert call(OFFICE, "decisions", "because-of-data", query=query).status_code == 400
