"""What boards are told of exceptions and dates: on the dashboard and in the pack, and as at when."""

import datetime as dt
import html
import re

import pytest
from django.urls import reverse

from governance.boardpack import render, snapshot
from governance.boardpack.snapshot import opened
from governance.selectors import dashboard
from hertsend.accounts.roles import Role
from tests.factories.exceptions import ASKED_FOR, DONE_BY, Said
from tests.factories.shared import built_world, world
from tests.factories.world import at
from tests.governance import steps
from tests.governance.selectors.reading import SEEN
from tests.governance.steps import AUGUST, SEPTEMBER

__all__ = ["built_world", "world"]

DURING, AFTER = dt.date(2024, 9, 4), dt.date(2024, 9, 11)
KEYS = ["PA1.1-1"]


@pytest.fixture
def challenged(world):
    """Before August freezes: a report, an answered and an open question, a dive, an escalation, a date."""
    said = Said(world, on=DURING)
    said.off_track()
    said.report()
    said.answer(said.ask())
    said.ask(words="And when?")
    said.dive(planned_on=dt.date(2024, 9, 20))
    said.escalate()
    said.request()
    Said(world, "PA1.1-2", on=DURING).off_track()
    steps.advance(world, steps.AUGUST_FREEZES)
    return world


@pytest.fixture
def answered(challenged):
    """After it froze: everything is answered, and the date refused."""
    said = Said(challenged, on=AFTER)
    milestone = challenged.milestone()
    said.answer(milestone.exception_questions.get(number=2), words="In October.")
    said.respond(milestone.escalations.get())
    said.decide(milestone.date_requests.get(), becomes="refused", decision="Catch up.")
    return challenged


def board(world, month=AUGUST, *, at=None):
    return dashboard(world.plan, world.period(month), visible=SEEN, at=at)


def test_the_months_report_and_all_that_is_open_stand_with_the_exception(challenged):
    found = board(challenged).heard
    case, silent = found.cases
    assert (case.line.key, silent.line.key) == ("PA1.1-1", "PA1.1-2")
    assert (case.report.month, case.report.ask, case.report.asked_of_board) == (
        AUGUST,
        "help",
        "Two more posts.",
    )
    assert (case.report.done_by, case.report.by) == (DONE_BY, "Workstream lead PA1")
    assert [(one.number, one.is_waiting) for one in case.questions] == [(1, False), (2, True)]
    assert (case.waiting, len(case.planned_dives), case.is_with_executive) == (1, 1, True)
    assert (silent.report, silent.was_challenged) == (None, False)
    assert ([each.line.key for each in found.asking], found.unreported) == (KEYS, 1)
    (dated,) = found.requests
    assert (dated.line.key, dated.request.asked_for_on, found.refused) == (
        "PA1.1-1",
        ASKED_FOR,
        (),
    )


def test_a_closed_month_reads_as_it_was_frozen_whatever_was_said_since(challenged):
    before = board(challenged).heard
    said = Said(challenged, on=AFTER)
    said.respond(challenged.milestone().escalations.get())
    said.decide(challenged.milestone().date_requests.get(), becomes="refused")
    said.ask(words="A question of another month.")
    assert board(challenged).heard == before


def test_the_next_month_tells_what_happened_since_and_what_is_still_open(answered):
    steps.advance(answered, steps.SEPTEMBER_FREEZES)
    found = board(answered, SEPTEMBER).heard
    (case,) = [each for each in found.cases if each.line.key == "PA1.1-1"]
    assert case.report is None
    assert [(one.number, one.is_waiting) for one in case.questions] == [(2, False)]
    assert [each.state for each in case.escalations] == ["answered"]
    assert [each.state for each in case.deep_dives] == ["planned"]
    assert found.requests == ()
    assert [(each.line.key, each.request.decision) for each in found.refused] == [
        ("PA1.1-1", "Catch up.")
    ]
    assert found.refusals == {answered.milestone().pk: 1}


def test_re_dating_hides_nothing(answered):
    steps.advance(answered, steps.SEPTEMBER_FREEZES)
    found = board(answered, SEPTEMBER)
    slips = {slip.line.key: slip for slip in found.slipped}
    assert (slips["PA1.1-1"].line.slip, slips["PA1.1-1"].refusals) == (30, 1)
    assert found.slipped_days == 60


def test_what_was_challenged_and_is_done_is_still_told(answered):
    with at(AFTER):
        answered.propose()
    steps.advance(answered, steps.SEPTEMBER_FREEZES)
    found = board(answered, SEPTEMBER).heard
    assert [case.line.key for case in found.others] == KEYS


def words_of(response):
    text = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


@pytest.mark.parametrize("role", [Role.BOARD_MEMBER, Role.ADVISER])
def test_the_dashboard_says_what_is_asked_of_the_board(challenged, as_role, role):
    with at(AFTER):
        page = as_role(role).get(reverse("governance:dashboard", args=[challenged.plan.slug]))
    words = words_of(page)
    assert "1 report asks something of the board." in words
    assert "1 has no exception report." in words
    assert "Recruitment took longer. Agency staff cover. By 29 November 2024" in words
    assert "Help Two more posts." in words
    assert "2 questions, 1 unanswered" in words
    assert "Deep dive on 20 September 2024" in words
    assert "With the Executive" in words
    assert "Dates to decide 1" in words
    assert "20 December 2024 asked for" in words


def test_the_pack_holds_report_thread_and_dates_to_decide(challenged):
    read = opened(steps.store_pack(challenged, AUGUST, on=AFTER))
    (report,) = read.reports
    assert (report.key, report.ask, report.asked_of_board) == ("PA1.1-1", "help", "Two more posts.")
    first, second = read.questions
    assert ([answer.words for answer in first.answers], second.answers) == (["Because."], ())
    (dive,), (escalation,), (dated,) = read.deep_dives, read.escalations, read.date_requests
    assert (dive.planned_on, dive.state_label, dive.ended) == (
        dt.date(2024, 9, 20),
        "Planned",
        None,
    )
    assert (escalation.raised.by, escalation.ended) == ("Board member", None)
    assert (dated.key, dated.in_force, dated.asked_for_on, dated.affected) == (
        "PA1.1-1",
        dt.date(2024, 9, 30),
        ASKED_FOR,
        ("PA1.1-2",),
    )
    assert read.refused_dates == ()
    assert {slip.key: slip.asked_for_on for slip in read.slips} == {
        "PA1.1-1": ASKED_FOR,
        "PA1.1-2": None,
    }


def test_a_pack_does_not_change_with_what_is_said_after_it(challenged):
    pack = steps.store_pack(challenged, AUGUST, on=AFTER)
    before = render.page(opened(pack))
    said = Said(challenged, on=AFTER)
    said.decide(challenged.milestone().date_requests.get())
    said.respond(challenged.milestone().escalations.get())
    assert render.page(opened(pack)) == before
    assert snapshot.of(pack.period, edition=pack.edition, revision=1).sha256 == pack.sha256


def test_the_page_of_the_pack_shows_it_in_order(challenged, as_role):
    pack = steps.store_pack(challenged, AUGUST, on=AFTER)
    with at(AFTER):
        words = words_of(as_role(Role.BOARD_MEMBER).get(pack.get_absolute_url()))
    words = words[words.rindex("Asked of the board 1") :]
    places = [
        words.index(each)
        for each in (
            "Asked of the board 1",
            "Exceptions 2",
            "Effect on families They wait longer.",
            "Question of Board member",
            "Why again?",
            "Because.",
            "And when?",
            "Not answered yet.",
            "Deep dive, 20 September 2024 (planned):",
            "Escalated to the Executive, 4 September 2024, by Board member:",
            "No exception report for August 2024.",
            "Dates to decide 1",
            "Slips and date changes 2",
            "20 December 2024 asked for, not decided yet",
        )
    ]
    assert places == sorted(places)
    assert "60 days later than published in total." in words


def test_an_older_pack_says_nothing_of_what_it_could_not_hold(challenged):
    pack = steps.store_pack(challenged, AUGUST, on=AFTER)
    added = (
        *("reports", "questions", "deep_dives", "escalations"),
        *("date_requests", "refused_dates"),
    )
    old = {name: value for name, value in pack.content.items() if name not in added}
    for slip in old["slips"]:
        del slip["asked_for_on"], slip["refusals"]
    page = render.page(snapshot.content.from_json(old))
    assert (page.asking, page.challenged, page.date_requests) == ((), (), ())
    told = [*(section.title for section in page.contents), *page.empty]
    assert not {"Asked of the board", "Dates to decide", "New dates refused"} & set(told)


def test_nothing_of_it_reaches_families(challenged, as_role):
    client = as_role(Role.PARENT_CARER_REPRESENTATIVE)
    with at(AFTER):
        page = client.get(challenged.milestone().get_absolute_url())
        home = client.get("/")
    for words in (words_of(page), words_of(home)):
        for hidden in ("Recruitment took longer", "Why again", "Executive", "asked for"):
            assert hidden not in words
    assert "Exceptions and dates" not in words_of(page)
