"""The pages of the action log: counts, filters, and what its owner and its keepers do."""

import datetime as dt
import html
import re

import pytest
from django.urls import reverse

from governance.models import LogAction
from governance.services import log
from hertsend.accounts.roles import Role
from tests.factories.measures import measure
from tests.factories.world import TODAY, at
from tests.governance.deciding import CHAIR, FAMILIES, MEMBER, WEEK, Table
from tests.journeys.office import browser_of, words_of

DAY = dt.timedelta(days=1)
DUE = {"due_on_day": "17", "due_on_month": "9", "due_on_year": "2024"}


@pytest.fixture
def table(world) -> Table:
    return Table.of(world)


def address(world, name, *rest):
    return reverse(f"governance:{name}", args=[world.plan.slug, *rest])


def get(person, where):
    with at(TODAY):
        return browser_of(person).get(where)


def post(person, where, **data):
    with at(TODAY):
        return browser_of(person).post(where, data, follow=True)


@pytest.fixture
def filled(table) -> Table:
    """One overdue, one open, one closed, and one of the executive."""
    table.raise_action(task="Late", on=TODAY - 2 * WEEK, due_on=TODAY - WEEK)
    table.raise_action(task="Running", owner=table.person(CHAIR))
    done = table.raise_action(task="Over")
    with at(TODAY):
        log.close(log_action=done, closing_note="It is done.", by=table.office)
    table.raise_action(task="Above", group=table.groups["executive"])
    return table


TASKS = ("Late", "Running", "Over", "Above")


@pytest.mark.parametrize(
    ("query", "shown", "counts"),
    [
        ("", TASKS, (1, 3, 1)),
        ("group=board", ("Late", "Running", "Over"), (1, 2, 1)),
        ("state=open", ("Late", "Running", "Above"), (1, 3, 1)),
        ("state=overdue", ("Late",), (1, 3, 1)),
        ("state=closed&group=board", ("Over",), (1, 2, 1)),
        ("state=recent", ("Over",), (1, 3, 1)),
        ("state=nonsense", TASKS, (1, 3, 1)),
    ],
)
def test_the_counts_stand_on_top_and_the_filters_below(world, filled, query, shown, counts):
    words = words_of(get(filled.office, f"{address(world, 'log-list')}?{query}"))
    assert tuple(task for task in TASKS if f" {task} " in words) == shown
    closed, still, late = counts
    assert f"{closed} closed since the last meeting {still} open {late} overdue" in words


def test_each_count_leads_to_as_many_rows_whatever_else_was_chosen(world, filled):
    later = TODAY + 9 * DAY
    filled.meet(TODAY + 8 * DAY)
    above = filled.raise_action(task="Above too", group=filled.groups["executive"])
    with at(later):
        log.close(log_action=above, closing_note="It is done.", by=filled.office)
        browser = browser_of(filled.office)
        where = f"{address(world, 'log-list')}?owner={filled.person(CHAIR).pk}"
        page = browser.get(where).content.decode()
        figures = re.findall(r'href="([^"]+)"><span class="hs-figure__value[^"]*">(\d+)<', page)
        assert [count for _, count in figures] == ["1", "3", "3"]
        for href, count in figures:
            listed = words_of(browser.get(html.unescape(href)))
            assert f"Showing 1 to {count} of {count} , open first" in listed
        everything_closed = words_of(browser.get(f"{address(world, 'log-list')}?state=closed"))
        assert "Showing 1 to 2 of 2" in everything_closed


def test_it_says_of_which_groups_it_is(world, filled):
    for person, said in (
        (filled.office, "Of all groups."),
        (filled.person(CHAIR), "Of the groups in which you sit"),
    ):
        for name in ("log-list", "decision-list"):
            assert said in words_of(get(person, address(world, name)))


def test_of_one_owner_and_ones_own(world, filled):
    chair = filled.person(CHAIR)
    for person, owner in ((filled.office, chair.pk), (chair, "me")):
        words = words_of(get(person, f"{address(world, 'log-list')}?owner={owner}"))
        assert " Running " in words
        assert " Late " not in words
    assert "No action matches." in words_of(
        get(filled.office, f"{address(world, 'log-list')}?owner=me")
    )


def test_who_sits_elsewhere_reads_only_what_they_own(world, table):
    mine = table.raise_action(task="Mine", owner=table.person(Role.WORKSTREAM_LEAD))
    other = table.raise_action(task="Somebody else's")
    lead = table.person(Role.WORKSTREAM_LEAD)
    words = words_of(get(lead, address(world, "log-list")))
    assert " Mine " in words
    assert "Somebody else" not in words
    assert get(lead, mine.get_absolute_url()).status_code == 200
    assert get(lead, other.get_absolute_url()).status_code == 404


def test_the_empty_log_says_who_fills_it(world, table):
    words = words_of(get(table.office, address(world, "log-list")))
    assert "The log is empty." in words
    assert "0 closed since the last meeting 0 open 0 overdue" in words


def test_an_action_is_raised_from_a_decision_in_a_meeting(world, table):
    decision, meeting, row = table.take(), table.meet(), measure(world, "in-time")
    where = address(world, "log-add", "board")
    assert f"{where}?decision=1" in get(table.office, decision.get_absolute_url()).content.decode()
    page = get(table.office, f"{where}?decision=1").content.decode()
    assert f'<option value="{decision.pk}" selected>' in page
    assert get(table.office, f"{where}?decision=99999999999").status_code == 200
    page = post(
        table.office,
        where,
        task="Recruit a team",
        owner=table.person(MEMBER).pk,
        meeting=meeting.pk,
        decision=decision.pk,
        indicator=row.pk,
        what_it_showed="34% in July",
        **DUE,
    )
    assert "Action 1 of Board is raised." in words_of(page)
    assert LogAction.objects.get().decision == decision
    words = words_of(get(table.person(MEMBER), decision.get_absolute_url()))
    assert "Recruit a team Because of data: New plans in time" in words


def test_its_owner_says_how_it_stands_and_closes_it(world, table):
    """A parent carer reads what they wrote, and of officers no word."""
    families = table.person(FAMILIES)
    row = table.raise_action(owner=families)
    with at(TODAY):
        log.add_note(log_action=row, words="Between officers.", by=table.office)
    note, close = (address(world, name, "board", 1) for name in ("log-note", "log-close"))
    assert "Your update is recorded." in words_of(post(families, note, words="We met."))
    words = words_of(get(families, row.get_absolute_url()))
    assert "We met." in words
    assert "Between officers." not in words
    assert "Owner You" in words
    assert "Enter what was done" in words_of(post(families, close, closing_note=""))
    words = words_of(post(families, close, closing_note="It was held."))
    assert "The action is closed." in words
    assert "It was held." in words
    page = get(families, row.get_absolute_url()).content.decode()
    assert note not in page
    assert close not in page


def test_the_office_gives_it_to_somebody_else_and_the_history_says_so(world, table):
    row = table.raise_action()
    where = address(world, "log-change", "board", 1)
    chair = table.person(CHAIR)
    page = post(
        table.office, where, base_version=1, owner=chair.pk, reason="Member is away.", **DUE
    )
    words = words_of(page)
    assert "The change is recorded." in words
    assert "Owner changed from Board member to Joint chair PA1." in words
    assert "Due changed from 10 September 2024 to 17 September 2024." in words
    assert "Member is away." in words
    late = post(table.office, where, base_version=1, owner=chair.pk, reason="Again.", **DUE)
    assert late.status_code == 409
    assert "Again." in late.content.decode()
    row.refresh_from_db()
    assert row.version == 2


def test_the_page_says_which_meetings_had_it(world, table):
    row = table.raise_action(on=TODAY - 2 * WEEK, due_on=TODAY)
    assert "No meeting of the group has had it yet." in words_of(
        get(table.office, row.get_absolute_url())
    )
    table.meet(TODAY - WEEK)
    table.meet(TODAY)
    table.meet(TODAY + WEEK)
    words = words_of(get(table.office, row.get_absolute_url()))
    assert "2 meetings have had it on the log: 27 August 2024 3 September 2024" in words
    assert "It goes to the next meeting by itself." in words


def test_a_meeting_has_before_it_what_is_open_and_what_was_decided_in_it(world, table):
    """Carried on by themselves: what is asked and open stands in every following meeting."""
    earlier, now = table.meet(TODAY - WEEK), table.meet(TODAY)
    table.raise_action(task="Carried", on=TODAY - 2 * WEEK, due_on=TODAY)
    over = table.raise_action(task="Over", on=TODAY - 2 * WEEK, due_on=TODAY)
    with at(TODAY - 2 * DAY):
        log.close(log_action=over, closing_note="Done.", by=table.office)
    table.ask(on=TODAY - DAY, question="Fund it?")
    table.take(meeting=now)
    member = table.person(MEMBER)
    before, after = (words_of(get(member, each.get_absolute_url())) for each in (earlier, now))
    assert [" Carried " in before, " Over " in before, "Fund it?" in before] == [True, True, False]
    assert [" Carried " in after, " Over " in after, "Fund it?" in after] == [True, False, True]
    assert "A second team is funded." in after
    assert "None is recorded for this meeting." in before
