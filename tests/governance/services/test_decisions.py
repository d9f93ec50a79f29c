"""Decisions: asked for, withdrawn, taken by a chair and by nobody else, and never changed."""

import datetime as dt

import pytest

from governance.models import Decision, DecisionRequest, Prompt
from governance.permissions.records import Reader
from governance.policies.decisions import PromptWords, RequestWords
from governance.selectors import decisions as reads
from governance.services import decisions, groups
from governance.services.decisions import ask
from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from hertsend.records.bases import WriteRefused
from tests.factories.exceptions import Said
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at
from tests.governance.deciding import BY_MILESTONE, CHAIR, MEMBER, Table, by_measure

__all__ = ["built_world", "world"]
DAY = dt.timedelta(days=1)
ASKERS = {
    Role.PROGRAMME_OFFICE,
    Role.WORKSTREAM_LEAD,
    Role.JOINT_CHAIR,
    Role.BOARD_MEMBER,
    Role.EXECUTIVE_CHAIR,
    Role.EXECUTIVE_MEMBER,
}


@pytest.fixture
def table(world) -> Table:
    return Table.of(world)


def prompts_of(record) -> list[tuple[str, str, str]]:
    return [
        (row.kind, str(row.indicator or row.milestone or row.date_request), row.what_it_showed)
        for row in record.prompts.all()
    ]


class TestAsking:
    def test_a_group_is_asked_with_what_prompted_it(self, world, table):
        measure = by_measure(world)
        request = table.ask(measure, BY_MILESTONE, wanted_by=TODAY + DAY)
        assert (request.number, request.state, request.question, request.background) == (
            1,
            "open",
            "Fund a second team?",
            "Waits grow.",
        )
        assert prompts_of(request) == [
            ("indicator", str(world.plan.indicators.get()), "34% in July"),
            ("milestone", str(world.milestone()), "It is late."),
        ]
        entry = request.history.get()
        assert (entry.history_user, entry.history_change_reason) == (table.office, "Asked for")

    @pytest.mark.parametrize("role", Role)
    def test_who_asks(self, table, role):
        if role in ASKERS:
            assert table.ask(by=table.person(role)).asked_by == table.person(role)
        else:
            with pytest.raises(NotAllowed, match="ask groups for decisions"):
                table.ask(by=table.person(role))
            assert not DecisionRequest.objects.exists()

    def test_requests_are_counted_in_each_group(self, table):
        other = table.ask(group=table.groups["executive"])
        assert (table.ask().number, table.ask().number, other.number) == (1, 2, 1)

    def test_the_same_press_asks_once(self, world, table):
        given = {
            "group": table.board,
            "words": RequestWords("Fund it?", "Waits."),
            "by": table.office,
        }
        with at(TODAY):
            first = ask(**given, submission_key="k")
            assert ask(**given, submission_key="k") == first
            with pytest.raises(Conflict, match="already sent with other words"):
                ask(**(given | {"words": RequestWords("Else?", "x")}), submission_key="k")
        assert DecisionRequest.objects.count() == 1

    def test_a_group_that_has_ended_is_asked_nothing(self, table):
        table.end(table.groups["delivery"])
        with pytest.raises(RuleBroken, match="This group has ended"):
            table.ask(group=table.groups["delivery"], on=TODAY + DAY)

    def test_what_is_not_there_prompts_nothing(self, world, table):
        with pytest.raises(RuleBroken, match="no milestone “PA9"):
            table.ask(PromptWords("milestone", "PA9.9-1"))
        with pytest.raises(RuleBroken, match="There is no request"):
            table.ask(PromptWords("date_request", "PA1.1-1/1"))
        with pytest.raises(RuleBroken, match="There is no request"):
            table.ask(PromptWords("date_request", "PA1.1-1/9999999"))
        assert not Prompt.objects.exists()


class TestWithdrawing:
    @pytest.mark.parametrize("role", Role)
    def test_who_asked_and_the_programme_office_withdraw(self, table, role):
        request = table.ask(by=table.person(Role.WORKSTREAM_LEAD))
        given = {"request": request, "reason": "Found money.", "by": table.person(role)}
        if role in {Role.WORKSTREAM_LEAD, Role.PROGRAMME_OFFICE}:
            row = decisions.withdraw(**given)
            assert (row.state, row.withdrawn_reason, row.ended_by) == (
                "withdrawn",
                "Found money.",
                table.person(role),
            )
            assert row.history.latest("history_id").history_change_reason == "Found money."
        else:
            with pytest.raises(NotAllowed, match="Only who asked"):
                decisions.withdraw(**given)

    def test_it_needs_a_reason_and_happens_once(self, table):
        request = table.ask()
        with pytest.raises(RuleBroken, match="Enter the reason"):
            decisions.withdraw(request=request, reason=" ", by=table.office)
        decisions.withdraw(request=request, reason="No.", by=table.office)
        with pytest.raises(Conflict, match="decided or withdrawn"):
            decisions.withdraw(request=request, reason="No.", by=table.office)


class TestTaking:
    @pytest.mark.parametrize("role", Role)
    def test_only_a_chair_of_the_group_takes_its_decisions(self, table, role):
        request = table.ask(by=table.world.other_lead)
        person = table.person(role)
        if role == CHAIR:
            assert table.take(by=person).taken_by == person
            assert table.decide(request, by=person).request == request
        else:
            for act in (table.take, lambda **given: table.decide(request, **given)):
                with pytest.raises(NotAllowed, match="Only a chair of Board"):
                    act(by=person)
            assert not Decision.objects.exists()

    def test_a_chair_of_another_group_does_not(self, world, table):
        with pytest.raises(NotAllowed, match="Only a chair of Board"):
            table.take(by=world.people[Role.EXECUTIVE_CHAIR])

    def test_a_chair_who_left_does_not_from_the_next_press_on(self, table):
        seat = table.board.memberships.get(person=table.person(CHAIR))
        with at(TODAY):
            groups.leave(membership=seat, ends_on=TODAY - DAY, reason="Retired", by=table.office)
        with pytest.raises(NotAllowed):
            table.take()

    def test_a_decision_on_a_request_inherits_what_prompted_it(self, world, table):
        request = table.ask(by_measure(world))
        decision = table.decide(request, BY_MILESTONE, effective_on=TODAY + DAY)
        assert (decision.number, decision.request, decision.meeting, decision.taken_on) == (
            1,
            request,
            None,
            TODAY,
        )
        assert decision.effective_on == TODAY + DAY
        assert [each[0] for each in prompts_of(decision)] == ["indicator", "milestone"]
        row = DecisionRequest.objects.get()
        assert (row.state, row.ended_by) == ("decided", table.person(CHAIR))
        assert row.history.latest("history_id").history_change_reason == "Decided: A second team"

    def test_in_a_meeting_the_day_is_the_meetings(self, table):
        meeting = table.meet(TODAY - DAY)
        decision = table.take(meeting=meeting, effective_on=TODAY)
        assert (decision.meeting, decision.taken_on) == (meeting, TODAY - DAY)

    def test_not_in_a_meeting_of_others_nor_one_to_come_nor_one_that_was_cancelled(self, table):
        cancelled = table.meet(state="cancelled", cancelled_reason="Snow")
        for meeting, sentence in (
            (table.meet(TODAY + DAY), "still to come"),
            (cancelled, "was cancelled"),
        ):
            with pytest.raises(RuleBroken, match=sentence):
                table.take(meeting=meeting)
        meeting = table.meet()
        meeting.group = table.groups["executive"]
        with pytest.raises(RuleBroken, match="of this group"):
            table.take(meeting=meeting)

    def test_nobody_decides_what_they_asked_for(self, world, table):
        request = table.ask(by=table.person(CHAIR))
        with pytest.raises(NotAllowed, match="Another chair of the group decides"):
            table.decide(request)
        assert table.decide(request, by=world.second_chair).request == request

    def test_a_request_is_decided_once(self, world, table):
        request = table.ask()
        table.decide(request)
        with pytest.raises(Conflict, match="decided or withdrawn"):
            table.decide(request, by=world.second_chair)
        assert Decision.objects.count() == 1

    def test_the_same_press_decides_once(self, table):
        request = table.ask()
        first = table.decide(request, submission_key="k")
        assert table.decide(request, submission_key="k") == first
        second = table.take(submission_key="m")
        assert table.take(submission_key="m") == second
        further = table.supersede(second, submission_key="n")
        assert table.supersede(second, submission_key="n") == further
        assert Decision.objects.count() == 3

    def test_a_rule_broken_stores_nothing(self, table):
        request = table.ask()
        with pytest.raises(RuleBroken, match="no milestone"):
            table.decide(request, PromptWords("milestone", "PA9.9-1"))
        assert DecisionRequest.objects.get().state == "open"
        assert not Decision.objects.exists()

    def test_what_was_taken_is_never_changed(self, table):
        decision = table.take()
        decision.decided = "Something else."
        with pytest.raises(WriteRefused):
            decision.save()


class TestSuperseding:
    def test_a_further_decision_takes_its_place_with_the_reason(self, table):
        first = table.take()
        further = table.supersede(first, title="Half a team", on=TODAY + DAY)
        assert (further.supersedes, further.reason_for_change, further.number) == (
            first,
            "The money came later.",
            2,
        )
        reader = Reader.of(table.person(MEMBER), table.world.plan)
        latest, earlier = reads.decision_lines(reader.decisions, reader)
        assert (latest.is_superseded, latest.supersedes) == (False, first)
        assert (earlier.is_superseded, earlier.superseding) == (True, further)

    def test_only_a_chair_supersedes(self, table):
        first = table.take()
        with pytest.raises(NotAllowed, match="Only a chair of Board"):
            table.supersede(first, by=table.office)

    def test_once_and_with_a_reason(self, world, table):
        first = table.take()
        with pytest.raises(RuleBroken, match="why the decision changes"):
            table.supersede(first, reason_for_change=" ")
        table.supersede(first)
        with pytest.raises(Conflict, match="Read that one first"):
            table.supersede(first, by=world.second_chair)


def test_an_exception_report_and_a_request_for_a_date_can_prompt_a_decision(world, table):
    said = Said(world)
    said.off_track()
    said.report()
    row = said.request()
    request = table.ask(
        PromptWords("exception", "PA1.1-1"), PromptWords("date_request", "PA1.1-1/1")
    )
    report, date_request = request.prompts.all()
    assert report.exception_report.milestone.key == "PA1.1-1"
    assert date_request.date_request == row
    assert str(report).startswith("An exception report: ")
