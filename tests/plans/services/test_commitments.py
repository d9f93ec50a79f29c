"""Recurring commitments: confirmed or ended by the programme office, recorded by those who answer."""

import datetime as dt

import pytest

from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from plans import selectors
from plans.models import CommitmentDecision, OccurrenceRecord, RecurringCommitment
from plans.services import commitments
from tests.factories.world import TODAY, at, noon
from tests.plans import impact_rows, signing_rows

JUNE, JULY, AUGUST = (dt.date(2024, month, 1) for month in (6, 7, 8))
SEEN = {"note", "link", "by"}


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield


@pytest.fixture
def row(world) -> RecurringCommitment:
    return impact_rows.commitment(world)


def confirm(world, row, *, by=Role.PROGRAMME_OFFICE, **given):
    default = {
        "frequency": "monthly",
        "first_on": JUNE,
        "owner": world.posts["PA1"],
        "base_version": RecurringCommitment.objects.get(pk=row.pk).version,
    }
    return commitments.confirm_commitment(commitment=row, by=world.people[by], **(default | given))


def end(world, row, *, by=Role.PROGRAMME_OFFICE, words="It was replaced.", **given):
    default = {"base_version": RecurringCommitment.objects.get(pk=row.pk).version}
    return commitments.end_commitment(
        commitment=row, words=words, by=world.people[by], **(default | given)
    )


def record(world, row, *, by=None, window_from=AUGUST, **given):
    default = {
        "outcome": "done",
        "done_on": window_from + dt.timedelta(days=11),
        "note": "Minutes.",
        "base_number": 0,
    }
    return commitments.record_occurrence(
        commitment=row,
        window_from=window_from,
        by=by or world.people[Role.WORKSTREAM_LEAD],
        **(default | given),
    )


def states(row, *, on=TODAY, at=None) -> list[tuple[str, str]]:
    """The first day and the state of each occurrence that has begun, the latest first."""
    lines = selectors.commitments_of(row.plan, on=on, at=at, visible=SEEN)
    (line,) = [line for line in lines if line.pk == row.pk]
    return [(str(each.window.starts_on), each.state.value) for each in line.occurrences]


class TestConfirming:
    def test_before_it_nothing_is_owed(self, row):
        assert states(row) == []
        assert selectors.commitment_line(row, on=TODAY, visible=SEEN).state == "proposed"

    def test_after_it_every_window_is_owed(self, world, row):
        decision = confirm(world, row, words=" As the teams agreed. ")
        assert (decision.number, decision.act, decision.words, decision.at) == (
            1,
            "confirmed",
            "As the teams agreed.",
            noon(TODAY),
        )
        assert states(row) == [
            ("2024-09-01", "due"),
            ("2024-08-01", "missed"),
            ("2024-07-01", "missed"),
            ("2024-06-01", "missed"),
        ]
        row.refresh_from_db()
        assert (row.state, row.version) == ("confirmed", 1)
        entry = row.history.latest()
        assert (entry.history_user, entry.history_change_reason) == (
            world.people[Role.PROGRAMME_OFFICE],
            "Rule confirmed: Every month, from 1 June 2024. As the teams agreed.",
        )

    @pytest.mark.parametrize("role", set(Role) - {Role.PROGRAMME_OFFICE})
    def test_it_is_for_the_programme_office(self, world, row, role):
        for decide in (confirm, end):
            with pytest.raises(NotAllowed):
                decide(world, row, by=role)
        assert not CommitmentDecision.objects.exists()

    def test_a_rule_by_which_nothing_is_counted_is_refused(self, world, row):
        with pytest.raises(RuleBroken) as refused:
            confirm(world, row, frequency="", first_on=None, owner=None)
        assert set(refused.value.errors) == {"frequency", "first_on", "owner"}

    def test_another_partnerships_post_answers_for_nothing(self, world, row):
        with pytest.raises(RuleBroken) as refused:
            confirm(world, row, owner=world.foreign.posts["PA1"])
        assert set(refused.value.errors) == {"owner"}

    def test_on_an_older_page_it_is_a_conflict(self, world, row):
        confirm(world, row)
        for decide in (confirm, end):
            with pytest.raises(Conflict):
                decide(world, row, base_version=0)
        assert CommitmentDecision.objects.count() == 1

    def test_the_second_press_of_a_button_is_the_first(self, world, row):
        given = {"base_version": 0, "submission_key": "once"}
        assert confirm(world, row, **given) == confirm(world, row, **given)
        assert CommitmentDecision.objects.count() == 1

    def test_a_new_rule_counts_from_its_first_day_and_the_old_one_until_then(self, world, row):
        confirm(world, row)
        confirm(world, row, frequency="two_monthly", first_on=AUGUST)
        assert states(row) == [
            ("2024-08-01", "due"),
            ("2024-07-01", "missed"),
            ("2024-06-01", "missed"),
        ]

    def test_what_was_recorded_as_done_does_not_become_missed_by_a_new_rule(self, world, row):
        confirm(world, row, frequency="quarterly")
        record(world, row, window_from=JUNE)
        inside = {"frequency": "quarterly", "first_on": dt.date(2024, 6, 11)}
        with pytest.raises(RuleBroken) as refused:
            confirm(world, row, **inside)
        assert refused.value.errors == {
            "first_on": [
                (
                    "June to August 2024 is recorded already and would be lost. Let the new rule begin "
                    "on 1 September 2024 or later."
                )
            ]
        }
        assert states(row) == [("2024-09-01", "due"), ("2024-06-01", "done")]
        confirm(world, row, frequency="quarterly", owner=world.posts["AI1"])
        confirm(world, row, first_on=dt.date(2024, 9, 1))
        assert states(row) == [("2024-09-01", "due"), ("2024-06-01", "done")]

    def test_where_nothing_was_recorded_a_new_rule_may_begin_inside(self, world, row):
        confirm(world, row, frequency="quarterly")
        confirm(world, row, frequency="quarterly", first_on=dt.date(2024, 6, 11))
        assert states(row) == [("2024-09-01", "due"), ("2024-06-11", "missed")]

    def test_what_was_recorded_stays_when_the_promise_ends_meanwhile(self, world, row):
        confirm(world, row, frequency="quarterly", first_on=JULY)
        record(world, row, window_from=JULY)
        end(world, row)
        assert states(row) == [("2024-07-01", "done")]

    def test_what_was_known_then_is_read_as_at_then(self, world, row):
        confirm(world, row)
        later = TODAY + dt.timedelta(days=7)
        with at(later):
            confirm(world, row, frequency="quarterly", first_on=JUNE)
            record(world, row, window_from=JUNE)
        assert states(row, on=TODAY, at=noon(TODAY))[0] == ("2024-09-01", "due")
        assert states(row, on=later)[0] == ("2024-09-01", "due")
        assert states(row, on=later)[1:] == [("2024-06-01", "done")]
        assert states(row, on=TODAY, at=noon(TODAY))[1:] == [
            ("2024-08-01", "missed"),
            ("2024-07-01", "missed"),
            ("2024-06-01", "missed"),
        ]
        assert states(row, on=TODAY, at=noon(JUNE)) == []


class TestEnding:
    def test_what_was_owed_until_then_stays(self, world, row):
        confirm(world, row)
        decision = end(world, row)
        assert (decision.act, decision.words) == ("ended", "It was replaced.")
        assert states(row) == [
            ("2024-08-01", "missed"),
            ("2024-07-01", "missed"),
            ("2024-06-01", "missed"),
        ]
        line = selectors.commitment_line(row, on=dt.date(2025, 1, 1), visible=SEEN)
        assert (line.state, line.coming, len(line.occurrences)) == ("ended", None, 3)

    def test_one_that_is_none_is_ended_before_it_was_confirmed(self, world, row):
        end(world, row, words="It is no promise of its own.")
        assert states(row) == []
        row.refresh_from_db()
        assert row.history.latest().history_change_reason == "Ended: It is no promise of its own."

    def test_it_needs_a_reason_and_happens_once(self, world, row):
        with pytest.raises(RuleBroken) as refused:
            end(world, row, words=" ")
        assert set(refused.value.errors) == {"words"}
        end(world, row)
        with pytest.raises(RuleBroken, match="has ended already"):
            end(world, row)

    def test_it_can_be_confirmed_again(self, world, row):
        confirm(world, row)
        end(world, row)
        confirm(world, row, first_on=dt.date(2024, 9, 1))
        assert states(row)[0] == ("2024-09-01", "due")


class TestRecording:
    @pytest.fixture(autouse=True)
    def _confirmed(self, world, row):
        confirm(world, row)

    def test_done_is_done(self, world, row):
        stored = record(world, row, link="https://example.org/minutes")
        assert (stored.number, stored.window_to, stored.note, stored.link) == (
            1,
            dt.date(2024, 8, 31),
            "Minutes.",
            "https://example.org/minutes",
        )
        assert dict(states(row))["2024-08-01"] == "done"

    def test_said_again_the_last_word_counts(self, world, row):
        record(world, row, outcome="missed", done_on=None, note="Called off.")
        assert dict(states(row))["2024-08-01"] == "missed"
        record(world, row, base_number=1, done_on=dt.date(2024, 9, 2))
        assert dict(states(row))["2024-08-01"] == "done"
        line = selectors.commitment_line(row, on=TODAY, visible=SEEN)
        assert line.occurrences[1].days_late == 2
        assert OccurrenceRecord.objects.count() == 2

    def test_evidence_of_its_action_shows_it(self, world, row):
        evidence = signing_rows.evidence(world)
        assert record(world, row, note="", evidence=evidence).evidence == evidence

    def test_evidence_of_another_action_does_not(self, world, row):
        evidence = signing_rows.evidence(world, action=world.actions["AI1.1"], milestone=None)
        with pytest.raises(RuleBroken) as refused:
            record(world, row, evidence=evidence)
        assert set(refused.value.errors) == {"evidence"}

    @pytest.mark.parametrize("role", set(Role) - {Role.WORKSTREAM_LEAD, Role.PROGRAMME_OFFICE})
    def test_it_is_for_the_workstreams_lead_and_the_office(self, world, row, role):
        with pytest.raises(NotAllowed):
            record(world, row, by=world.people[role])
        assert record(world, row, by=world.people[Role.PROGRAMME_OFFICE]).number == 1

    def test_another_workstreams_lead_does_not_record(self, world, row):
        with pytest.raises(NotAllowed):
            record(world, row, by=world.other_lead)

    def test_what_belongs_to_no_action_is_the_offices(self, world):
        whole = impact_rows.commitment(world, 2, action=None, source="plan.monitoring")
        confirm(world, whole)
        with pytest.raises(NotAllowed):
            record(world, whole)
        assert record(world, whole, by=world.people[Role.PROGRAMME_OFFICE]).number == 1

    def test_what_is_not_owed_or_not_due_is_refused(self, world, row):
        for day in (dt.date(2024, 8, 2), dt.date(2024, 10, 1)):
            with pytest.raises(RuleBroken) as refused:
                record(world, row, window_from=day, done_on=TODAY)
            assert "window_from" in refused.value.errors
        assert not OccurrenceRecord.objects.exists()

    def test_two_at_once_are_told(self, world, row):
        record(world, row)
        with pytest.raises(Conflict):
            record(world, row, note="Other minutes.")
        assert OccurrenceRecord.objects.count() == 1

    def test_the_second_press_of_a_button_is_the_first(self, world, row):
        assert record(world, row, submission_key="once") == record(
            world, row, submission_key="once"
        )
        assert OccurrenceRecord.objects.count() == 1


class TestExceptions:
    """Missed in the time asked about, or missed last."""

    @pytest.fixture
    def line(self, world, row):
        confirm(world, row)

        def read():
            return selectors.commitment_line(row, on=TODAY, visible=SEEN)

        return read

    def test_what_was_missed_last_counts_however_long_ago(self, line):
        assert [each.label for each in line().missed_since(TODAY)] == ["August 2024"]
        assert [each.label for each in line().missed_since(JULY)] == [
            "August 2024",
            "July 2024",
        ]

    def test_what_was_made_good_since_does_not(self, world, row, line):
        record(world, row)
        assert line().missed_since(AUGUST) == ()
        assert [each.label for each in line().missed_since(JULY)] == ["July 2024"]


def test_queries_do_not_grow(world, django_assert_num_queries):
    for number in range(1, 4):
        row = impact_rows.commitment(world, number)
        impact_rows.rule(world, row)
        impact_rows.record(world, row)
        with django_assert_num_queries(3):
            found = selectors.commitments_of(world.plan, on=TODAY, visible=SEEN)
        assert len(found) == number


def test_another_plans_commitments_are_not_read(world):
    impact_rows.commitment(world.foreign)
    assert selectors.commitments_of(world.plan, on=TODAY, visible=SEEN) == []
