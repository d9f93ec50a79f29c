"""The action log: raised, updated, changed and closed, by whom it may be; and what meetings carry on."""

import datetime as dt

import pytest

from governance.models import LogAction, LogActionNote
from governance.permissions.records import Reader
from governance.policies.decisions import PromptWords
from governance.policies.log import LogCounts
from governance.selectors import log as reads
from governance.services import groups, log
from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at, noon
from tests.governance.deciding import CHAIR, FAMILIES, MEMBER, WEEK, Table, by_measure

__all__ = ["built_world", "world"]
DAY = dt.timedelta(days=1)
KEEPERS = {Role.PROGRAMME_OFFICE, CHAIR}


@pytest.fixture
def table(world) -> Table:
    return Table.of(world)


def change(row, by, **changed):
    given = {
        "owner": row.owner,
        "due_on": row.due_on + WEEK,
        "reason": "Leave.",
        "base_version": row.version,
    }
    with at(TODAY):
        return log.change(log_action=row, by=by, **(given | changed))


class TestRaising:
    def test_an_action_is_raised_in_a_meeting_for_a_decision(self, world, table):
        meeting, decision = table.meet(), table.take()
        row = table.raise_action(by_measure(world), meeting=meeting, decision=decision)
        assert (row.number, row.task, row.owner, row.due_on, row.meeting, row.decision) == (
            1,
            "Recruit a team",
            table.person(MEMBER),
            TODAY + WEEK,
            meeting,
            decision,
        )
        assert [prompt.what_it_showed for prompt in row.prompts.all()] == ["34% in July"]
        entry = row.history.get()
        assert (entry.history_user, entry.history_change_reason) == (table.office, "Raised")

    @pytest.mark.parametrize("role", Role)
    def test_who_raises(self, table, role):
        if role in KEEPERS:
            assert table.raise_action(by=table.person(role)).raised_by == table.person(role)
        else:
            with pytest.raises(NotAllowed, match="keep its action log"):
                table.raise_action(by=table.person(role))
            assert not LogAction.objects.exists()

    def test_the_same_press_raises_once(self, table):
        first = table.raise_action(submission_key="k")
        assert table.raise_action(submission_key="k") == first

    def test_its_owner_has_a_role_here(self, world, table):
        for person in (None, world.stranger, world.foreign.people[MEMBER]):
            with pytest.raises(RuleBroken, match="a person with a role in this partnership"):
                table.raise_action(owner=person)

    def test_meeting_and_decision_are_the_groups(self, table):
        executive = table.groups["executive"]
        decision = table.take()
        with pytest.raises(RuleBroken, match="a decision of this group"):
            table.raise_action(group=executive, decision=decision)
        with pytest.raises(RuleBroken, match="a meeting of this group"):
            table.raise_action(group=executive, meeting=table.meet())

    def test_nothing_is_stored_where_a_prompt_is_not_there(self, table):
        with pytest.raises(RuleBroken, match="no milestone"):
            table.raise_action(PromptWords("milestone", "PA9.9-1"))
        assert not LogAction.objects.exists()

    def test_a_group_that_has_ended_has_no_new_action(self, table):
        delivery = table.groups["delivery"]
        table.end(delivery)
        with pytest.raises(RuleBroken, match="This group has ended"):
            table.raise_action(group=delivery, on=TODAY + DAY)


class TestWorkingOn:
    @pytest.mark.parametrize("role", Role)
    def test_who_updates_and_closes(self, world, table, role):
        """Its owner, a parent carer here; the programme office; the chairs of the group."""
        row = table.raise_action(owner=table.person(FAMILIES))
        acts = (
            lambda by: log.add_note(log_action=row, words="Half done.", by=by),
            lambda by: log.close(log_action=row, closing_note="Done.", by=by),
        )
        if role in KEEPERS | {FAMILIES}:
            for act in acts:
                act(table.person(role))
            row.refresh_from_db()
            assert (row.closing_note, row.closed_by, row.version) == (
                "Done.",
                table.person(role),
                2,
            )
            assert row.notes.get().by == table.person(role)
            assert row.history.latest("history_id").history_change_reason == "Done."
        else:
            for act in acts:
                with pytest.raises(NotAllowed, match="Only its owner"):
                    act(table.person(role))
            assert not LogActionNote.objects.exists()

    def test_an_owner_whose_role_ended_does_nothing_more(self, world, table):
        row = table.raise_action()
        seat = table.board.memberships.get(person=table.person(MEMBER))
        with at(TODAY):
            groups.leave(
                membership=seat,
                ends_on=TODAY - DAY,
                reason="Left",
                ends_roles=True,
                by=table.office,
            )
            with pytest.raises(NotAllowed):
                log.add_note(log_action=row, words="Still me.", by=table.person(MEMBER))
            assert not Reader.of(table.person(MEMBER), world.plan).log_actions.exists()

    def test_updates_are_counted_and_one_press_is_one(self, table):
        row = table.raise_action()
        first = log.add_note(log_action=row, words="One.", by=table.office, submission_key="k")
        again = log.add_note(log_action=row, words="One.", by=table.office, submission_key="k")
        second = log.add_note(log_action=row, words="Two.", by=table.office)
        assert (first, first.number, second.number) == (again, 1, 2)

    def test_what_is_closed_is_left_alone(self, table):
        row = table.raise_action()
        log.close(log_action=row, closing_note="Done.", by=table.office)
        for act in (
            lambda: log.close(log_action=row, closing_note="Again.", by=table.office),
            lambda: log.add_note(log_action=row, words="More.", by=table.office),
            lambda: change(row, table.office, base_version=2),
        ):
            with pytest.raises(RuleBroken, match="closed already"):
                act()


class TestChanging:
    @pytest.mark.parametrize("role", Role)
    def test_who_gives_it_to_somebody_else(self, table, role):
        row = table.raise_action()
        owner, by = table.person(FAMILIES), table.person(role)
        if role in KEEPERS:
            changed = change(row, by, owner=owner)
            assert (changed.owner, changed.due_on, changed.version) == (
                owner,
                TODAY + 2 * WEEK,
                2,
            )
            assert changed.history.latest("history_id").history_change_reason == "Leave."
        else:
            with pytest.raises(NotAllowed, match="keep its action log"):
                change(row, by, owner=owner)

    def test_who_was_overtaken_learns_of_it(self, table):
        row = table.raise_action()
        change(row, table.office)
        with pytest.raises(Conflict, match="changed after you opened it"):
            change(row, table.person(CHAIR))

    def test_it_goes_to_nobody_without_a_role(self, world, table):
        row = table.raise_action()
        with pytest.raises(RuleBroken, match="a person with a role"):
            change(row, table.office, owner=world.stranger)


class TestCarryingOn:
    def test_an_open_action_goes_to_every_following_meeting_until_it_is_closed(self, table):
        meetings = [table.meet(TODAY + number * WEEK) for number in range(-1, 4)]
        row = table.raise_action()
        with at(TODAY + 2 * WEEK + DAY):
            log.close(log_action=row, closing_note="Done.", by=table.office)
        row.refresh_from_db()
        rows = LogAction.objects.all()
        before = [reads.carried_to(meeting, rows).count() for meeting in meetings]
        assert before == [0, 1, 1, 1, 0]
        assert reads.meetings_of(row, at=noon(TODAY + 9 * WEEK)) == meetings[1:4]

    def test_what_is_counted_on_top(self, world, table):
        met = TODAY - WEEK
        before = table.raise_action(on=met - WEEK)
        with at(met - DAY):
            log.close(log_action=before, closing_note="Early.", by=table.office)
        table.meet(met)
        table.meet(TODAY - DAY, state="cancelled", cancelled_reason="Snow")
        since = table.raise_action(on=met)
        log_day = TODAY - DAY
        with at(log_day):
            log.close(log_action=since, closing_note="Done.", by=table.office)
        table.raise_action(on=met, due_on=met + DAY)
        table.raise_action()
        table.raise_action(group=table.groups["executive"], on=met, due_on=met)
        rows = Reader.of(table.office, world.plan).log_actions
        board = rows.filter(group=table.board)
        given = {"at": noon(TODAY), "on": TODAY}
        assert reads.counts_of(board, **given) == LogCounts(closed=1, open=2, overdue=1)
        assert reads.counts_of(rows, **given) == LogCounts(closed=1, open=3, overdue=2)

    def test_both_dialects_of_the_rules_agree(self, table):
        """Overdue, and what a meeting has before it: in Python as in SQL."""
        for due, closed in ((0, None), (-1, None), (1, None), (-1, 0), (-1, 3)):
            row = table.raise_action(on=TODAY - WEEK, due_on=TODAY + due * DAY)
            if closed is not None:
                with at(TODAY + closed * DAY):
                    log.close(log_action=row, closing_note="Done.", by=table.office)
        reader = Reader.of(table.office, table.world.plan)
        for days in range(-9, 6):
            on = TODAY + days * DAY
            lines = reads.log_lines(reader.log_actions, reader, on=on)
            late = reads.shown_as(reader.log_actions, "overdue", at=noon(on), on=on)
            assert {line.pk for line in lines if line.days_overdue} == {row.pk for row in late}
            meeting = table.meet(on)
            carried = set(reads.carried_to(meeting, LogAction.objects.all()))
            told = {
                row
                for row in LogAction.objects.all()
                if meeting in reads.meetings_of(row, at=noon(TODAY + 9 * WEEK))
            }
            assert carried == told
