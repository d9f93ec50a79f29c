"""The demonstration tells nothing that could not have happened."""

import datetime as dt
import random

import pytest
from django.db import transaction

from hertsend import dates
from hertsend.accounts.models import RoleAssignment, User
from hertsend.pages.demonstration.loading import load
from hertsend.pages.demonstration.people import STARTS_ON
from hertsend.pages.demonstration.stories import Fate, story_of
from plans.models import DateChange, Milestone, MilestoneUpdate, StageChange
from tests.factories import models as make
from tests.factories.world import at

FIRST_DAY = dt.date(2024, 1, 1)
LAST_DAY = dt.date(2024, 10, 14)
DUE = [FIRST_DAY + dt.timedelta(days=21 * number) for number in range(1, 16)]


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """A small plan, taken over before the first invented month, with its invented months."""
    with django_db_blocker.unblock(), transaction.atomic():
        with at(dt.date(2023, 12, 18)):
            plan = make.PlanFactory()
            stream = make.WorkstreamFactory(plan=plan, key="PA1")
            area = make.AreaFactory(plan=plan, key="PA1")
            stream.areas.add(area)
            action = make.ActionFactory(workstream=stream)
            action.areas.add(area)
            for number, day in enumerate(DUE, start=1):
                make.MilestoneFactory(
                    action=action, key=f"PA1.1-{number}", position=number, due_on=day
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
    given = RoleAssignment.history.filter(partnership=told.partnership)
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
