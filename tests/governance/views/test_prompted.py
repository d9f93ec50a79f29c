"""What audits, risks and families lead to: raised from their pages, and shown on both sides."""

import pytest

from governance.models import Decision, LogAction
from governance.policies.decisions import PromptWords
from hertsend.accounts.roles import Role
from tests.access.feedback import QUARTER, enter, published
from tests.factories.world import TODAY, at
from tests.governance import audits, risks
from tests.governance.deciding import CHAIR, FAMILIES, MEMBER, Table
from tests.governance.views.test_log import address, get, post
from tests.journeys.office import words_of

DUE = {"due_on_day": "17", "due_on_month": "9", "due_on_year": "2024"}


@pytest.fixture
def table(world) -> Table:
    return Table.of(world)


@pytest.fixture
def finding(world):
    audit = audits.reported(audits.planned(world), by=audits.office(world))
    return audits.found(audit, by=audits.office(world))


def test_an_action_is_raised_from_a_finding_and_shows_on_both_pages(world, table, finding):
    audit = finding.audit
    page = get(table.office, audit.get_absolute_url()).content.decode()
    assert f'href="{address(world, "log-raise")}?finding=A1/1"' in page
    choice = get(table.office, f"{address(world, 'log-raise')}?finding=A1/1").content.decode()
    add = address(world, "log-add", "board")
    assert f'href="{add}?finding=A1%2F1"' in choice
    form = get(table.office, f"{add}?finding=A1%2F1")
    assert "Prompted by An audit finding: A1/1" in words_of(form)
    typed = {"task": "Train who writes plans", "owner": table.person(MEMBER).pk} | DUE
    post(table.office, add, origin="finding:A1/1", **typed)
    raised = LogAction.objects.get()
    assert raised.prompts.get().finding == finding
    shown = words_of(get(table.person(MEMBER), audit.get_absolute_url()))
    assert "Train who writes plans Action of Board, open, due 17 September 2024" in shown
    back = get(table.person(MEMBER), raised.get_absolute_url())
    assert "An audit finding: A1 Plans issued in spring, finding 1" in words_of(back)
    # Who sits elsewhere reads the audit and not the log; families read the log and not the audit
    outside = words_of(get(table.person(Role.ADVISER), audit.get_absolute_url()))
    assert ("Outcomes name no change." in outside, "Train who" in outside) == (True, False)
    family = words_of(get(table.person(FAMILIES), raised.get_absolute_url()))
    assert ("Train who writes plans" in family, "spring" in family) == (True, False)


@pytest.mark.parametrize("reference", ["A1/2", "A9/1", "A1/", "/1", "A1", "A1/9999999"])
def test_what_an_audit_did_not_find_is_refused(world, table, finding, reference):
    typed = {"task": "Train", "owner": table.person(MEMBER).pk} | DUE
    where = address(world, "log-add", "board")
    page = post(table.office, where, origin=f"finding:{reference}", **typed)
    assert f"There is no finding “{reference}” of an audit." in words_of(page)
    assert LogAction.objects.count() == 0


def test_a_risk_leads_to_a_decision_and_a_restricted_one_is_named_to_nobody_else(world, table):
    risk, hidden = risks.raised(world), risks.restricted(world)
    ask = address(world, "decision-ask")
    page = get(table.office, risk.get_absolute_url()).content.decode()
    assert f'href="{ask}?risk=R1"' in page
    for key in (risk.key, hidden.key):
        typed = {"question": f"What of {key[0]}?", "background": "It rises."}
        post(table.office, ask, group=table.board.pk, origin=f"risk:{key}", **typed)
    told = words_of(get(table.person(MEMBER), risk.get_absolute_url()))
    assert "What of R? Request for a decision of Board, waits for a decision" in told
    first, second = table.board.decision_requests.order_by("pk")
    member = [
        words_of(get(table.person(MEMBER), row.get_absolute_url())) for row in (first, second)
    ]
    assert [("A risk" in each, hidden.key in each) for each in member] == [
        (True, False),
        (False, False),
    ]
    assert hidden.key in words_of(get(table.office, second.get_absolute_url()))
    # Nobody finds out by naming it
    chair = post(
        table.person(CHAIR), ask, group=table.board.pk, origin=f"risk:{hidden.key}", **typed
    )
    assert f"There is no risk “{hidden.key}”." in words_of(chair)


def test_a_decision_stands_for_the_request_that_it_answers(world, table):
    risk = risks.raised(world)
    request = table.ask(PromptWords("risk", "R1"))
    table.decide(request, title="Two more posts")
    shown = words_of(get(table.office, risk.get_absolute_url()))
    assert "Two more posts Decision of Board, taken 3 September 2024" in shown
    assert "Fund a second team?" not in shown


def test_what_families_said_prompts_and_they_read_it_once_it_is_published(world, table):
    with at(TODAY):
        item = enter(world, by=table.person(Role.WORKSTREAM_LEAD))
    decided = table.decide(table.ask(PromptWords("feedback", str(item.number))))
    families = table.person(Role.PARENT_CARER_REPRESENTATIVE)
    line = f"What families said: {item.theme}"
    assert line in words_of(get(table.office, decided.get_absolute_url()))
    assert line not in words_of(get(table.person(MEMBER), decided.get_absolute_url()))
    with at(TODAY):
        published(world, item, QUARTER)
    for person in (table.person(MEMBER), families):
        page = get(person, decided.get_absolute_url())
        assert line in words_of(page)
        assert address(world, "feedback-quarter", "2024-q3") in page.content.decode()
    report = words_of(get(table.person(MEMBER), address(world, "because-of-data")))
    assert item.theme in report


def test_who_keeps_one_log_goes_straight_to_it_and_who_keeps_none_is_refused(world, table):
    where = f"{address(world, 'log-raise')}?risk=R1&next=https://example.org"
    page = get(table.person(CHAIR), where)
    assert (page.status_code, page.url) == (302, address(world, "log-add", "board") + "?risk=R1")
    assert get(table.person(MEMBER), where).status_code == 403
    assert Decision.objects.count() == 0
