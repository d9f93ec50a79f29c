"""The pages of decisions: what each reader sees, asking, taking, superseding, and the report."""

import csv
import io

import pytest
from django.urls import reverse

from governance.models import Decision, DecisionRequest
from hertsend.accounts.roles import Role
from tests.factories.exceptions import Said
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
)
from tests.journeys.office import browser_of, words_of

LEAD = Role.WORKSTREAM_LEAD
TAKEN = {
    "title": "A second team",
    "decided": "It is funded.",
    "reasons": "Waits have doubled.",
    "taken_on_day": "3",
    "taken_on_month": "9",
    "taken_on_year": "2024",
    "effective_on_day": "1",
    "effective_on_month": "10",
    "effective_on_year": "2024",
}


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


class TestWhoSees:
    def test_members_the_office_and_the_executive_read_the_decisions_of_a_group(self, world, table):
        """Others get an empty list, and for a decision the same answer as for one that is not there."""
        decision = table.take()
        reading = {
            *(CHAIR, MEMBER, FAMILIES, Role.PROGRAMME_OFFICE),
            *(Role.EXECUTIVE_CHAIR, Role.EXECUTIVE_MEMBER),
        }
        for role in Role:
            page = get(table.person(role), decision.get_absolute_url())
            assert page.status_code == (200 if role in reading else 404), role
            words = words_of(get(table.person(role), address(world, "decision-list")))
            assert ("A second team is funded." in words) is (role in reading), role

    def test_who_asked_follows_what_became_of_it(self, world, table):
        request = table.ask(by=table.person(LEAD))
        decision = table.decide(request)
        words = words_of(get(table.person(LEAD), request.get_absolute_url()))
        assert "Decided, 3 September 2024, Joint chair PA1. A second team" in words
        assert get(table.person(LEAD), decision.get_absolute_url()).status_code == 200

    def test_families_read_what_was_decided_and_no_officers_words(self, world, table):
        request = table.ask(by_measure(world), BY_MILESTONE)
        decision = table.decide(request)
        pages = [
            get(table.person(FAMILIES), each.get_absolute_url()).content.decode()
            for each in (request, decision)
        ]
        for page in pages:
            assert "PA1.1-1" in page, "what the plan shows to everybody prompted it"
            for hidden in ("Waits grow.", "The council pays.", "34% in July", "New plans in time"):
                assert hidden not in page
            assert table.person(CHAIR).name not in page
        assert "Waits have doubled." in pages[1]

    def test_an_adviser_on_the_board_reads_no_internal_note(self, table):
        table.seat(table.person(Role.ADVISER), "adviser")
        decision = table.take()
        page = get(table.person(Role.ADVISER), decision.get_absolute_url()).content.decode()
        assert "The council pays." not in page
        assert (
            "The council pays."
            in get(table.person(MEMBER), decision.get_absolute_url()).content.decode()
        )


class TestAsking:
    def test_by_hand_with_the_measure_that_prompted_it(self, world, table):
        row = measure(world, "in-time")
        page = post(
            table.person(LEAD),
            address(world, "decision-ask"),
            group=table.board.pk,
            question="Fund a second team?",
            background="Waits grow.",
            indicator=row.pk,
            what_it_showed="34% in July",
        )
        assert "Board is asked. Its chairs find it on their home page." in words_of(page)
        prompt = DecisionRequest.objects.get().prompts.get()
        assert (prompt.indicator, prompt.what_it_showed) == (row, "34% in July")

    def test_from_an_exception_and_from_a_date_request(self, world, table):
        said = Said(world)
        said.off_track()
        said.report()
        said.request()
        where = reverse("plans:milestone-exceptions", args=[world.plan.slug, "PA1.1-1"])
        ask = address(world, "decision-ask")
        assert f'href="{ask}?exception=PA1.1-1"' in get(table.office, where).content.decode()
        for query, words in (
            ("exception=PA1.1-1", "An exception report: PA1.1-1"),
            ("date_request=PA1.1-1/1", "A request for a new date: PA1.1-1/1"),
        ):
            assert words in words_of(get(table.office, f"{ask}?{query}"))
        post(
            table.office,
            ask,
            group=table.board.pk,
            question="More posts?",
            background="As reported.",
            origin="exception:PA1.1-1",
        )
        prompt = DecisionRequest.objects.get().prompts.get()
        assert prompt.exception_report.milestone.key == "PA1.1-1"

    def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(self, world, table):
        row = measure(world, "in-time")
        page = post(
            table.office,
            address(world, "decision-ask"),
            group=table.board.pk,
            question="Fund a second team?",
            background="",
            indicator=row.pk,
            milestone="PA9.9",
        )
        words = words_of(page)
        assert "Enter why it is to be decided" in words
        assert 'value="Fund a second team?"' in page.content.decode()
        page = post(
            table.office,
            address(world, "decision-ask"),
            group=table.board.pk,
            question="Fund a second team?",
            background="Waits grow.",
            milestone="PA9.9",
        )
        assert "The plan has no milestone “PA9.9”." in words_of(page)
        assert "Waits grow." in page.content.decode()
        assert not DecisionRequest.objects.exists()

    def test_only_who_may_ask_is_offered_it(self, world, table):
        for role, offered in ((LEAD, True), (FAMILIES, False), (Role.ADVISER, False)):
            page = get(table.person(role), address(world, "decision-list")).content.decode()
            assert (address(world, "decision-ask") in page) is offered


class TestTaking:
    def test_a_chair_decides_on_what_stands_in_the_frame(self, world, table):
        request = table.ask(by_measure(world))
        take = address(world, "decision-request-take", "board", 1)
        assert take in get(table.person(CHAIR), request.get_absolute_url()).content.decode()
        words = words_of(get(table.person(CHAIR), take))
        assert "Exactly this is decided" in words
        assert "34% in July" in words
        page = post(table.person(CHAIR), take, **TAKEN)
        assert "Decision 1 of Board is recorded." in words_of(page)
        decision = Decision.objects.get()
        assert (decision.request, decision.taken_on, f"{decision.effective_on}") == (
            request,
            TODAY,
            "2024-10-01",
        )
        assert page.redirect_chain == [(decision.get_absolute_url(), 302)]

    def test_in_a_meeting_that_was_held(self, world, table):
        meeting = table.meet(TODAY - WEEK)
        take = address(world, "decision-take", "board")
        assert "Meeting of 27 August 2024" in words_of(get(table.person(CHAIR), take))
        post(table.person(CHAIR), take, **(TAKEN | {"meeting": meeting.pk}))
        assert Decision.objects.get().taken_on == TODAY - WEEK
        words = words_of(get(table.person(MEMBER), Decision.objects.get().get_absolute_url()))
        assert "27 August 2024, in the meeting of 27 August 2024" in words
        assert "by Joint chair PA1 for Board" in words

    def test_the_chair_who_asked_is_told_that_another_decides(self, world, table):
        request = table.ask(by=table.person(CHAIR))
        words = words_of(get(table.person(CHAIR), request.get_absolute_url()))
        assert "You cannot decide this" in words
        page = get(table.person(CHAIR), address(world, "decision-request-take", "board", 1))
        assert page.status_code == 403
        assert "Another chair of the group decides" in words_of(page)

    def test_who_comes_second_learns_of_it_and_keeps_the_words(self, world, table):
        request = table.ask()
        table.decide(request, by=world.second_chair)
        page = post(
            table.person(CHAIR), address(world, "decision-request-take", "board", 1), **TAKEN
        )
        assert page.status_code == 409
        assert "This was decided or withdrawn after you opened it." in words_of(page)
        assert "Waits have doubled." in page.content.decode()
        assert Decision.objects.count() == 1

    def test_a_further_decision_shows_on_the_earlier_one(self, world, table):
        first = table.take()
        where = address(world, "decision-supersede", "board", 1)
        assert "The decision that it supersedes" in words_of(get(table.person(CHAIR), where))
        post(
            table.person(CHAIR),
            where,
            **(TAKEN | {"title": "Half a team", "reason_for_change": "The money came later."}),
        )
        words = words_of(get(table.person(MEMBER), first.get_absolute_url()))
        assert "This no longer holds" in words
        assert "Since 1 October 2024 another holds: Half a team" in words
        page = get(table.person(CHAIR), first.get_absolute_url()).content.decode()
        assert where not in page, "it is superseded once"

    def test_a_request_is_withdrawn_with_a_reason(self, world, table):
        table.ask()
        where = address(world, "decision-request-withdraw", "board", 1)
        assert "Enter reason" in words_of(post(table.office, where, reason=""))
        words = words_of(post(table.office, where, reason="Found money."))
        assert "The request is withdrawn." in words
        assert "Found money." in words


class TestBecauseOfData:
    @pytest.fixture
    def told(self, world, table):
        table.decide(table.ask(by_measure(world, "=34% in July")))
        table.take(BY_MILESTONE, taken_on=TODAY - 5 * WEEK, title="Earlier")
        table.take(title="Without data")
        table.raise_action(by_measure(world), task="Recruit")
        table.raise_action(task="Book a room")
        return table

    def test_what_data_led_to_beside_all_that_was_decided_and_raised(self, world, told):
        words = words_of(get(told.office, address(world, "because-of-data")))
        assert "2 of 3 decisions and 1 of 2 log actions were prompted by data." in words
        assert "New plans in time" in words
        assert "Without data" not in words
        assert "Book a room" not in words

    @pytest.mark.parametrize(
        ("query", "counted"),
        [
            ("since=2024-09-01", "1 of 2 decisions and 1 of 2 log actions"),
            ("until=2024-08-31", "1 of 1 decision and 0 of 0 log actions"),
            ("prompted_by=milestone", "1 of 3 decisions and 0 of 2 log actions"),
            ("since=2024-09-03&until=2024-09-03", "1 of 2 decisions and 1 of 2 log actions"),
        ],
    )
    def test_of_a_span_and_of_one_kind_of_data(self, world, told, query, counted):
        where = f"{address(world, 'because-of-data')}?{query}"
        assert counted in words_of(get(told.office, where))

    def test_days_in_disorder_are_refused_and_stay_typed(self, world, told):
        where = f"{address(world, 'because-of-data')}?since=2024-09-03&until=2024-09-01"
        page = get(told.office, where)
        assert page.status_code == 400
        assert "The last day must not be before the first." in words_of(page)
        assert 'value="2024-09-03"' in page.content.decode()
        where = f"{address(world, 'because-of-data-export')}?since=soon"
        assert get(told.office, where).status_code == 400

    def test_the_download_holds_the_same_and_no_formula(self, world, told):
        page = get(told.office, address(world, "because-of-data-export"))
        rows = list(csv.DictReader(io.StringIO(page.content.decode("utf-8-sig"))))
        assert [(row["What"], row["Prompted by"], row["What it showed"]) for row in rows] == [
            ("Action", "A measure", "34% in July"),
            ("Decision", "A measure", "'=34% in July"),
            ("Decision", "A milestone", "It is late."),
        ]
        assert rows[1] | {"Prompted by": "", "What prompted it": "", "What it showed": ""} == {
            "What": "Decision",
            "Group": "Board",
            "Number": "1",
            "Date": "2024-09-03",
            "Decision or action": "A second team is funded.",
            "Why": "Waits have doubled.",
            "Stands": "In force",
            "Prompted by": "",
            "What prompted it": "",
            "What it showed": "",
        }

    def test_who_sits_nowhere_reads_that_there_is_none(self, world, told):
        words = words_of(get(told.person(Role.ADMINISTRATOR), address(world, "because-of-data")))
        assert "0 of 0 decisions and 0 of 0 log actions were prompted by data." in words
        assert "Name the measure or milestone when a decision is asked for" in words
