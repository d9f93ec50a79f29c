"""The demonstration tells nothing that could not have happened."""

import datetime as dt
import random

import pytest
from django.db import transaction

from governance.models import Meeting, RhythmDecision
from hertsend import dates
from hertsend.accounts.models import RoleAssignment, User
from hertsend.pages.demonstration.loading import load
from hertsend.pages.demonstration.people import STARTS_ON
from hertsend.pages.demonstration.stories import Fate, story_of
from hertsend.records.bases import save_audited
from plans.models import (
    ActionSignOff,
    DateChange,
    DateChangeRequest,
    DeepDive,
    Escalation,
    ExceptionQuestion,
    ExceptionReport,
    Milestone,
    MilestoneUpdate,
    PeriodUnfreezing,
    PlanSection,
    StageChange,
)
from plans.selectors import action_standing
from tests.factories import models as make
from tests.factories.world import at, noon
from tests.governance.bodies import NAMED

FIRST_DAY = dt.date(2024, 1, 1)
LAST_DAY = dt.date(2024, 10, 14)
TAKEN_OVER = dt.date(2023, 12, 18)
KEPT = 1
"""The number of a milestone whose invented course ends on time and is signed off."""
DUE = [FIRST_DAY + dt.timedelta(days=21 * number) for number in range(1, 16)]


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """A small plan, taken over before the first invented month, with its invented months."""
    with django_db_blocker.unblock(), transaction.atomic():
        with at(TAKEN_OVER):
            plan = make.PlanFactory()
            stream = make.WorkstreamFactory(plan=plan, key="PA1")
            area = make.AreaFactory(plan=plan, key="PA1")
            stream.areas.add(area)
            section = PlanSection(plan=plan, key="groups", content=NAMED[:2])
            save_audited(section, by=User.objects.system(), reason="Set up for a test")
            action = make.ActionFactory(workstream=stream, key="PA1.1")
            action.areas.add(area)
            for number, day in enumerate(DUE, start=1):
                make.MilestoneFactory(
                    action=action,
                    key=f"PA1.1-{number}",
                    position=number,
                    due_on=day,
                    added_at=noon(TAKEN_OVER),
                )
            over = make.ActionFactory(workstream=stream, key="PA1.2", position=2)
            over.areas.add(area)
            make.MilestoneFactory(
                action=over,
                key=f"PA1.2-{KEPT}",
                position=1,
                due_on=dt.date(2024, 6, 28),
                added_at=noon(TAKEN_OVER),
            )
        assert load(plan)
        yield plan
        transaction.set_rollback(True)


def test_people_act_on_working_days_only():
    seen = set()
    for number in range(300):
        chance = random.Random(number)
        due_on = FIRST_DAY + dt.timedelta(days=number)
        story = story_of(due_on=due_on, begun_early=True, chance=chance)
        days = [story.proposed_on, story.signed_on, story.moved_on]
        assert all(day is None or dates.is_working_day(day) for day in days), (number, days)
        seen.add(story.fate)
    assert seen == set(Fate)


@pytest.mark.slow
def test_it_is_told_once(told, db):
    assert not load(told)


@pytest.mark.slow
def test_people_have_their_roles_from_the_day_on_which_they_were_given(told, db):
    given = RoleAssignment.history.filter(partnership=told.partnership, deputyship=None)
    assert {dates.day_of(entry.history_date) for entry in given} == {STARTS_ON}
    assert User.objects.filter(is_demonstration=True).count() == 11


@pytest.mark.slow
def test_every_history_begins_with_the_plan_and_goes_forward(told, db):
    for milestone in told.milestones.all():
        entries = Milestone.history.filter(id=milestone.pk).order_by("history_id")
        days = [entry.history_date for entry in entries]
        assert days == sorted(days)
        assert dates.day_of(days[0]) == dt.date(2023, 12, 18)


@pytest.mark.slow
def test_acts_and_decisions_fall_on_working_days_of_the_invented_months(told, db):
    for model in (MilestoneUpdate, StageChange, DateChange):
        days = [dates.day_of(at) for at in model.objects.values_list("at", flat=True)]
        assert days
        assert [day for day in days if not FIRST_DAY <= day <= LAST_DAY] == []
        assert [day for day in days if not dates.is_working_day(day)] == []


@pytest.mark.slow
def test_exceptions_are_reported_challenged_and_dated_on_working_days(told, db):
    moments = [
        *ExceptionReport.objects.values_list("at", flat=True),
        *ExceptionQuestion.objects.values_list("at", flat=True),
        *DateChangeRequest.objects.values_list("requested_at", flat=True),
        *DeepDive.objects.values_list("asked_at", flat=True),
        *Escalation.objects.values_list("escalated_at", flat=True),
    ]
    days = [dates.day_of(at) for at in moments]
    assert ExceptionReport.objects.exists()
    assert ExceptionQuestion.objects.filter(answers=None).exists()
    assert [day for day in days if not dates.is_working_day(day)] == []
    assert all(FIRST_DAY <= day <= LAST_DAY for day in days)


@pytest.mark.slow
def test_every_agreed_date_was_asked_for_and_granted(told, db):
    granted = DateChangeRequest.objects.filter(state="granted")
    assert granted.count() == DateChange.objects.count() > 0
    for request in granted.select_related("granted"):
        assert request.granted.agreed_on == request.asked_for_on
        assert request.requested_at < request.granted.at


@pytest.mark.slow
def test_two_groups_meet_for_a_year_and_the_first_meeting_of_each_has_agreed_minutes(told, db):
    meetings = Meeting.objects.filter(group__plan=told)
    groups = meetings.values_list("group", flat=True).distinct().order_by()
    assert len(set(groups)) == 2
    assert meetings.filter(state="cancelled").count() == 1
    assert meetings.exclude(moved_from=None).count() == 1
    agreed = meetings.filter(state="minutes_agreed")
    assert {meeting.group.tier for meeting in agreed} == {"board", "executive"}
    for meeting in agreed:
        assert not meeting.items.standing().filter(minutes_text="").exists()
        assert meeting.items.filter(papers__isnull=False).count() == 1
        assert meeting.attendance.filter(mark="in_place").exists()
        assert meeting.interests.exists()
    assert meetings.get(state="agenda_out").items.filter(papers__isnull=False).exists()


@pytest.mark.slow
def test_the_month_turns_back_and_an_action_ends(told, db):
    """The rhythm is decided, a month and a milestone are reopened, and a whole action is signed."""
    rhythm = RhythmDecision.objects.get(plan=told)
    assert (rhythm.rhythm, rhythm.by.name) == ("two_monthly", "Jamie Brook (demonstration)")
    reopened = PeriodUnfreezing.objects.get(period__plan=told)
    assert reopened.period.month == dt.date(2024, 8, 1)
    assert reopened.period.frozen_at > reopened.at
    signed = ActionSignOff.objects.get(action__plan=told)
    assert (signed.action.key, signed.act) == ("PA1.2", "signed")
    assert action_standing(signed.action).is_signed_off
    back = StageChange.objects.get(milestone__plan=told, act="reopened")
    assert back.milestone.action.key == "PA1.1"
    assert Milestone.objects.get(pk=back.milestone_id).stage == "in_progress"
