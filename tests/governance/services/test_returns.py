"""A return is handed in whole, accepted or sent back by somebody else, and locked by its month."""

import datetime as dt

import pytest

from governance import selectors
from governance.enums import ReturnStanding
from governance.models import Return, ReturnStep
from governance.services import returns
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from plans.models import MilestoneUpdate, NothingToReport, UpdateDraft
from plans.policies import ReportWords, UpdateWords
from plans.selectors.rows import shown_to_decide, shown_to_submit
from plans.services import drafts, exception_reports
from tests.factories import models as make
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at
from tests.governance import steps
from tests.governance.returning import LEAD, OFFICE, Desk

__all__ = ["built_world", "world"]

LATER = dt.date(2024, 9, 5)


@pytest.fixture
def desk(world) -> Desk:
    """PA1's return with both milestones drafted."""
    desk = Desk(world)
    with at(TODAY):
        desk.save("PA1.1-1")
        desk.save("PA1.1-2")
        yield desk


def test_submitting_turns_every_draft_into_an_update(desk):
    row = desk.submit()
    assert (row.state, row.version, row.submitted_by) == ("submitted", 1, desk.person(LEAD))
    assert sorted(MilestoneUpdate.objects.values_list("milestone__key", "what_happened")) == [
        ("PA1.1-1", "Work began."),
        ("PA1.1-2", "Work began."),
    ]
    assert not UpdateDraft.objects.filter(is_live=True).exists()
    assert [(each.act, each.by.name) for each in row.steps.all()] == [
        ("submitted", "Workstream lead PA1")
    ]
    entry = row.history.latest()
    assert (entry.history_user, entry.history_change_reason) == (desk.person(LEAD), "Submitted")


def test_a_gap_in_one_row_keeps_all_back_and_every_gap_is_named(desk):
    desk.save("PA1.1-2", words=UpdateWords("in_progress", "", ""))
    with pytest.raises(RuleBroken) as refusal:
        desk.submit()
    assert refusal.value.errors == {
        "PA1.1-2.rating": ["Select how confident you are: green, amber or red."],
        "PA1.1-2.what_happened": ["Enter what happened this month."],
    }
    assert not MilestoneUpdate.objects.exists()
    assert UpdateDraft.objects.filter(is_live=True).count() == 2
    assert not Return.objects.exists()


def test_a_row_that_changed_since_it_was_saved_is_a_gap_until_it_is_looked_at(desk):
    desk.world.update("PA1.1-2", by=desk.person(OFFICE), what_happened="Said by the office.")
    with pytest.raises(RuleBroken) as refusal:
        desk.submit()
    assert refusal.value.errors == {
        "PA1.1-2": ["It changed after this row was saved. Look at it, then save the row again."]
    }
    desk.save("PA1.1-2")
    desk.submit()
    assert MilestoneUpdate.objects.count() == 3


def test_a_row_that_is_off_track_needs_an_exception_report_first(desk):
    red = UpdateWords(stage="in_progress", rating="red", what_happened="It stalled.")
    desk.save("PA1.1-2", words=red)
    with pytest.raises(RuleBroken) as refusal:
        desk.submit()
    assert refusal.value.errors == {"PA1.1-2.exception": ["Write the exception report."]}
    exception_reports.write_report(
        milestone=desk.world.milestone("PA1.1-2"),
        period=desk.world.period(),
        words=ReportWords(
            cause="The supplier left.",
            effect_on_families="None yet.",
            what_is_being_done="A new one is sought.",
            done_by=LATER,
            ask="none",
        ),
        base_version=0,
        by=desk.person(LEAD),
    )
    assert desk.submit().state == "submitted"


def test_a_row_that_was_off_track_and_is_proposed_complete_needs_none(desk):
    desk.save("PA1.1-2", words=UpdateWords("in_progress", "red", "It stalled."))
    desk.world.update("PA1.1-1", rating="red", what_happened="It stalled.")
    drafts.discard(
        milestone=desk.world.milestone("PA1.1-1"),
        period=desk.world.period(),
        base_version=1,
        by=desk.person(LEAD),
    )
    lacking = {row.key for row in desk.line().rows if row.lacks_exception}
    assert lacking == {"PA1.1-1", "PA1.1-2"}
    desk.world.propose("PA1.1-1")
    assert {row.key for row in desk.line().rows if row.lacks_exception} == {"PA1.1-2"}


def test_an_overdue_row_needs_one_whatever_its_rating(desk):
    overdue = dt.date(2024, 10, 1)
    words = UpdateWords(
        stage="in_progress",
        rating="amber",
        what_happened="Nearly done.",
        reason_for_rating="It is printed tomorrow.",
        forecast_on=dt.date(2024, 10, 4),
    )
    with at(overdue):
        for key in ("PA1.1-1", "PA1.1-2"):
            desk.save(key, words=words)
        assert [row.key for row in desk.line(on=overdue).left if row.lacks_exception] == [
            "PA1.1-1",
            "PA1.1-2",
        ]


def test_what_was_reported_by_the_form_counts(desk):
    desk.world.update("PA1.1-1")
    draft = UpdateDraft.objects.get(milestone__key="PA1.1-1")
    drafts.discard(
        milestone=draft.milestone,
        period=draft.period,
        base_version=draft.version,
        by=desk.person(LEAD),
    )
    desk.submit()
    assert MilestoneUpdate.objects.count() == 2


def test_nothing_to_report_is_recorded_with_the_return(desk):
    far = make.MilestoneFactory(
        action=desk.world.actions["PA1.1"], key="PA1.1-9", due_on=dt.date(2025, 6, 30)
    )
    drafts.confirm_nothing(
        confirmed=[far], withdrawn=[], period=desk.world.period(), by=desk.person(LEAD)
    )
    assert not NothingToReport.objects.exists()
    desk.submit()
    assert NothingToReport.objects.get().milestone == far
    assert desk.line().nothing == 1


def test_what_was_saved_after_the_page_was_opened_is_not_sent_unseen(desk):
    seen = shown_to_submit(desk.line().rows)
    desk.save("PA1.1-1", words=UpdateWords("in_progress", "amber", "Other words."))
    with pytest.raises(Conflict):
        desk.submit(shown=seen)
    assert not MilestoneUpdate.objects.exists()


def test_a_second_press_is_answered_like_the_first(desk):
    line = desk.line()
    press = {
        "base_version": line.version,
        "shown": shown_to_submit(line.rows),
        "submission_key": "press",
    }
    assert desk.submit(**press) == desk.submit(**press)
    assert ReturnStep.objects.count() == 1


@pytest.mark.parametrize("role", set(Role) - {LEAD, OFFICE})
def test_other_roles_submit_nothing(desk, role):
    with pytest.raises(NotAllowed):
        desk.submit(by=desk.person(role))
    assert not MilestoneUpdate.objects.exists()


def test_a_lead_submits_no_other_workstream(desk):
    with pytest.raises(NotAllowed):
        desk.submit(by=desk.world.other_lead)


class TestDeciding:
    """By the programme office, and by nobody who had a hand in it."""

    def test_accepted(self, desk):
        desk.submit()
        row = desk.accept()
        assert (row.state, row.decided_by, row.comment) == ("accepted", desk.person(OFFICE), "")

    def test_sent_back_submitted_again_and_accepted(self, desk):
        desk.submit()
        back = desk.send_back()
        assert (back.state, back.comment) == ("sent_back", "How many schools?")
        desk.save("PA1.1-1", words=UpdateWords("in_progress", "green", "41 schools."))
        again = desk.submit()
        assert (again.state, again.comment, again.decided_by) == ("submitted", "", None)
        desk.accept()
        line = desk.line()
        assert [(step.act, step.words) for step in line.steps] == [
            ("submitted", ""),
            ("sent_back", "How many schools?"),
            ("submitted", ""),
            ("accepted", ""),
        ]
        assert len(line.sent_back) == 1

    def test_not_without_a_comment(self, desk):
        desk.submit()
        with pytest.raises(RuleBroken) as refusal:
            desk.send_back(comment="  ")
        assert refusal.value.errors == {"comment": ["Enter what should be put right."]}

    def test_not_before_it_was_submitted(self, desk):
        with pytest.raises(RuleBroken):
            desk.accept()

    def test_not_by_who_submitted_it(self, desk):
        desk.submit(by=desk.person(OFFICE))
        for decide in (desk.accept, desk.send_back):
            with pytest.raises(NotAllowed):
                decide()
        second = desk.world.person(OFFICE)
        assert desk.accept(by=second).decided_by == second

    def test_not_by_who_typed_a_row_of_it(self, desk):
        desk.save("PA1.1-1", by=desk.person(OFFICE))
        desk.submit()
        with pytest.raises(NotAllowed):
            desk.accept()

    @pytest.mark.parametrize("role", set(Role) - {OFFICE})
    def test_not_by_other_roles(self, desk, role):
        desk.submit()
        with pytest.raises(NotAllowed):
            desk.accept(by=desk.person(role))

    def test_not_what_changed_since_it_was_read(self, desk):
        desk.submit()
        seen = shown_to_decide(desk.line().rows)
        desk.world.update("PA1.1-1", what_happened="Changed.")
        with pytest.raises(Conflict):
            desk.accept(shown=seen)

    def test_a_draft_of_the_lead_is_no_change_of_what_was_received(self, desk):
        desk.submit()
        seen = shown_to_decide(desk.line().rows)
        desk.save("PA1.1-1")
        assert desk.accept(shown=seen).state == "accepted"

    def test_twice_is_once(self, desk):
        desk.submit()
        press = desk._seen() | {"submission_key": "press"}
        assert desk.accept(**press) == desk.accept(**press)
        assert ReturnStep.objects.filter(act="accepted").count() == 1


def test_a_change_after_submitting_shows_and_can_be_submitted_again(desk):
    desk.submit()
    with pytest.raises(RuleBroken, match="Nothing has changed"):
        desk.submit()
    with at(LATER):
        desk.world.update("PA1.1-1", on=LATER, what_happened="One more thing.")
        assert [row.key for row in desk.line().changed_since] == ["PA1.1-1"]
        desk.submit()
        assert desk.line().changed_since == []


def test_the_freeze_locks_and_what_never_came_was_not_received(desk):
    desk.submit()
    steps.advance(desk.world, steps.AUGUST_FREEZES)
    both = selectors.returns_of(
        desk.world.period(),
        workstreams=desk.world.plan.workstreams.all(),
        on=steps.AUGUST_FREEZES,
        visible=(),
        drafts=UpdateDraft.objects.none(),
    )
    assert [line.standing for line in both] == [ReturnStanding.LOCKED, ReturnStanding.NOT_RECEIVED]
    for act in (desk.submit, desk.accept, desk.send_back):
        with pytest.raises(RuleBroken) as refusal:
            act()
        assert set(refusal.value.errors) == {"period"}


class TestMaking:
    """One for each workstream and month that takes updates, each once."""

    def test_made_once(self, desk):
        system = User.objects.system()
        made = returns.make_missing(plan=desk.world.plan, by=system)
        assert sorted(str(row) for row in made) == [
            "AI1 August 2024",
            "AI1 September 2024",
            "PA1 August 2024",
            "PA1 September 2024",
        ]
        assert returns.make_missing(plan=desk.world.plan, by=system) == []
        assert desk.submit().pk in {row.pk for row in made}

    def test_what_was_submitted_before_is_found_again(self, desk):
        row = desk.submit()
        made = returns.make_missing(plan=desk.world.plan, by=User.objects.system())
        assert row.pk not in {each.pk for each in made}
        assert len(made) == 3

    def test_not_by_a_lead(self, desk):
        with pytest.raises(NotAllowed):
            returns.make_missing(plan=desk.world.plan, by=desk.person(LEAD))


def test_who_still_owes_a_return_is_known_without_its_rows(desk):
    assert [str(row) for row in selectors.owed_of(desk.world.period())] == ["PA1", "AI1"]
    desk.submit()
    assert [str(row) for row in selectors.owed_of(desk.world.period())] == ["AI1"]
    desk.send_back()
    assert [str(row) for row in selectors.owed_of(desk.world.period())] == ["PA1", "AI1"]
