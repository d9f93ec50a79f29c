"""The calendar by the hour and the reminders by the night: each once, late rather than never."""

import datetime as dt
from collections import Counter

import pytest
from django.core import mail

from hertsend import dates
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.celery import SCHEDULE
from hertsend.celery import app as celery_app
from hertsend.errors import NotAllowed
from hertsend.jobs.enums import JobState, MessageState
from hertsend.jobs.models import Job, Message
from hertsend.jobs.services import run, send_message
from plans import policies, tasks
from plans.enums import ExceptionClosure, PeriodState, Precision
from plans.models import MilestoneException
from plans.services import date_changes, milestones, nightly
from tests.factories import models as make
from tests.factories.returns import _returns_are_in
from tests.factories.world import World, at

__all__ = ["_returns_are_in"]
pytestmark = pytest.mark.usefixtures("_returns_are_in")

ON = dt.date(2024, 10, 15)
NEXT_DAY = dt.date(2024, 10, 16)
KEYS = ["AI1.1-1", "AI1.1-2", "PA1.1-1", "PA1.1-2"]


@pytest.fixture
def system(db) -> User:
    return User.objects.system()


# --- the calendar ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("published", "first"),
    [
        ("2023-12", dt.date(2024, 1, 1)),
        ("2023-12-31", dt.date(2024, 1, 1)),
        ("2023-12-01", dt.date(2024, 1, 1)),
        ("2024-02", dt.date(2024, 3, 1)),
        ("2024-11-30", dt.date(2024, 12, 1)),
        ("2023", dt.date(2024, 1, 1)),
    ],
)
def test_the_first_month_reported_on_is_the_one_after_publication(published, first):
    assert policies.first_reported_month(published) == first


@pytest.mark.parametrize(
    ("on", "last"),
    [
        (dt.date(2024, 10, 15), dt.date(2025, 10, 1)),
        (dt.date(2024, 12, 31), dt.date(2025, 12, 1)),
        (dt.date(2025, 1, 1), dt.date(2026, 1, 1)),
        (dt.date(2024, 2, 29), dt.date(2025, 2, 1)),
    ],
)
def test_the_calendar_reaches_a_year_ahead(on, last):
    assert policies.last_scheduled_month(on) == last


def states(plan) -> dict[str, str]:
    return {f"{row.month:%Y-%m}": row.state for row in plan.periods.order_by("month")}


def expected_states(first: str, frozen: int, *then: PeriodState, until: str) -> dict[str, str]:
    start, end = (dt.date.fromisoformat(f"{month}-01") for month in (first, until))
    months = [f"{month:%Y-%m}" for month in dates.months_between(start, end)]
    given = [PeriodState.FROZEN] * frozen + list(then)
    rest = [PeriodState.SCHEDULED] * (len(months) - len(given))
    return dict(zip(months, given + rest, strict=True))


def advance(on: dt.date) -> None:
    with at(on):
        tasks.advance_periods()


def test_a_new_plan_gets_its_months_and_each_missed_step_is_taken_in_order(db):
    plan = make.PlanFactory(published="2023-12")
    advance(ON)
    assert states(plan) == expected_states("2024-01", 9, PeriodState.OPEN, until="2025-10")
    steps = Counter(
        row.history_change_reason
        for row in plan.periods.model.history.filter(plan=plan, month=dt.date(2024, 3, 1))
    )
    assert steps == {
        "Scheduled by the reporting calendar": 1,
        "March 2024: open": 1,
        "March 2024: due": 1,
        "March 2024: frozen": 1,
    }
    [names] = set(
        plan.periods.model.history.filter(plan=plan).values_list("history_user__name", flat=True)
    )
    assert names == "hertsend"


def test_running_again_the_same_day_changes_nothing_and_the_next_month_one_step_each(db):
    plan = make.PlanFactory(published="2023-12")
    advance(ON)
    before = (states(plan), plan.periods.model.history.count())
    advance(ON)
    assert (states(plan), plan.periods.model.history.count()) == before
    advance(dt.date(2024, 11, 1))
    assert states(plan) == expected_states(
        "2024-01", 9, PeriodState.DUE, PeriodState.OPEN, until="2025-11"
    )


def test_a_plan_published_this_month_has_no_month_open_yet(db):
    plan = make.PlanFactory(published="2024-10")
    advance(ON)
    assert states(plan) == expected_states("2024-11", 0, until="2025-10")


def test_no_month_is_added_before_one_that_has_opened(world):
    advance(ON)
    assert states(world.plan) == expected_states("2024-07", 3, PeriodState.OPEN, until="2025-10")


@pytest.mark.parametrize(
    ("moment", "september", "october"),
    [
        ("2024-09-30T22:59:59+00:00", "open", "scheduled"),
        ("2024-09-30T23:00:00+00:00", "due", "open"),
        ("2024-10-08T22:59:59+00:00", "due", "open"),
        ("2024-10-08T23:00:00+00:00", "frozen", "open"),
        ("2024-10-31T23:59:59+00:00", "frozen", "open"),
        ("2024-11-01T00:00:00+00:00", "frozen", "due"),
    ],
)
def test_months_are_cut_at_midnight_in_london_in_summer_and_winter(
    world, moment, september, october
):
    with dates.at(dt.datetime.fromisoformat(moment)):
        tasks.advance_periods()
    found = states(world.plan)
    assert (found["2024-09"], found["2024-10"]) == (september, october)


def test_what_is_wrong_with_one_plan_does_not_hold_up_the_others(db):
    broken = make.PlanFactory(published="unknown")
    plan = make.PlanFactory(published="2023-12")
    advance(ON)
    assert states(broken) == {}
    assert len(states(plan)) == 22


def test_a_calendar_is_moved_by_who_manages_periods_alone(world, system):
    with at(ON), pytest.raises(NotAllowed):
        nightly.advance_calendar(plan=world.plan, on=ON, by=world.people[Role.JOINT_CHAIR])
    assert states(world.plan)["2024-10"] == PeriodState.SCHEDULED
    with at(ON):
        nightly.advance_calendar(plan=world.plan, on=ON, by=world.people[Role.PROGRAMME_OFFICE])
    assert states(world.plan)["2024-10"] == PeriodState.OPEN


# --- asking for the night's work ------------------------------------------------------------------


def test_each_plan_is_asked_for_once_a_day_however_often_the_clock_ticks(world):
    for hour in (0, 1, 23):
        with dates.at(dt.datetime(2024, 10, 15, hour, 7, tzinfo=dates.LONDON)):
            tasks.run_nightly()
    assert list(Job.objects.order_by("key").values_list("kind", "key", "arguments")) == [
        (
            "plans.nightly",
            f"{plan.slug}:2024-10-15",
            {"plan_id": plan.pk, "day": "2024-10-15"},
        )
        for plan in sorted([world.plan, world.foreign.plan], key=lambda plan: plan.slug)
    ]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2024-10-14T22:59:59+00:00", "2024-10-14"),
        ("2024-10-14T23:00:00+00:00", "2024-10-15"),
        ("2024-12-14T23:59:59+00:00", "2024-12-14"),
        ("2024-12-15T00:00:00+00:00", "2024-12-15"),
    ],
)
def test_the_day_is_londons(world, moment, day):
    with dates.at(dt.datetime.fromisoformat(moment)):
        tasks.run_nightly()
    assert {job.arguments["day"] for job in Job.objects.all()} == {day}


@pytest.mark.parametrize(
    ("noon_before", "days"),
    [
        ("2024-10-26T12:07:00+00:00", ["2024-10-26", "2024-10-27", "2024-10-28"]),
        ("2024-03-30T12:07:00+00:00", ["2024-03-30", "2024-03-31", "2024-04-01"]),
    ],
)
def test_the_nights_on_which_the_clocks_change_have_one_job_each(db, noon_before, days):
    plan = make.PlanFactory()
    first = dt.datetime.fromisoformat(noon_before)
    for hours in range(47):
        with dates.at(first + dt.timedelta(hours=hours)):
            tasks.run_nightly()
    jobs = Job.objects.filter(key__startswith=f"{plan.slug}:").order_by("key")
    assert [job.arguments["day"] for job in jobs] == days


def test_only_the_system_asks(world):
    with pytest.raises(NotAllowed):
        nightly.ask_for_nightly_work(on=ON, by=world.people[Role.PROGRAMME_OFFICE])
    with pytest.raises(NotAllowed):
        nightly.plan_digests(plan=world.plan, on=ON, by=world.people[Role.PROGRAMME_OFFICE])
    assert (Job.objects.count(), Message.objects.count()) == (0, 0)


def test_the_timetable_names_tasks_that_exist():
    scheduled = {entry["task"] for entry in SCHEDULE.values()}
    assert {tasks.advance_periods.name, tasks.run_nightly.name} <= scheduled
    assert {name for name in scheduled if name.startswith("plans.")} <= set(celery_app.tasks)


# --- a night --------------------------------------------------------------------------------------


def night(world: World, on: dt.date) -> Job:
    """The tick and the worker of one day."""
    with at(on):
        tasks.run_nightly()
        job = Job.objects.get(key=f"{world.plan.slug}:{on}")
        return run(job_id=job.pk) or job


def flagged(world: World) -> list[tuple[str, dt.date, str]]:
    rows = MilestoneException.objects.filter(milestone__plan=world.plan)
    return sorted(rows.values_list("milestone__key", "overdue_since", "closure"))


def told() -> list[tuple[int, dt.date]]:
    return sorted(Message.objects.values_list("recipient_id", "day"))


SINCE = dt.date(2024, 9, 30)
ALL_OPEN = [(key, SINCE, "") for key in KEYS]


def test_a_night_flags_what_is_overdue_and_tells_each_lead_once(world):
    job = night(world, ON)
    assert job.state == JobState.DONE
    assert flagged(world) == ALL_OPEN
    leads = sorted([world.people[Role.WORKSTREAM_LEAD].pk, world.other_lead.pk])
    assert told() == [(person, ON) for person in leads]
    assert set(Message.objects.values_list("key", flat=True)) == {
        f"{person}:2024-10-15" for person in leads
    }


def test_before_anything_is_due_nobody_is_flagged_or_told(world):
    night(world, dt.date(2024, 9, 22))
    assert (flagged(world), told()) == ([], [])


def test_a_week_before_the_date_people_are_told_and_nothing_is_flagged(world):
    night(world, dt.date(2024, 9, 23))
    assert (flagged(world), len(told())) == ([], 2)


def test_on_the_day_itself_nothing_is_overdue_and_on_the_next_it_is(world):
    night(world, SINCE)
    assert flagged(world) == []
    night(world, SINCE + dt.timedelta(days=1))
    assert flagged(world) == ALL_OPEN


def test_doing_the_same_night_twice_adds_nothing(world):
    for _ in range(2):
        with at(ON):
            tasks.do_nightly_work(plan_id=world.plan.pk, day=ON.isoformat())
    assert (flagged(world), len(told())) == (ALL_OPEN, 2)


def test_the_next_night_tells_again_and_opens_no_second_exception(world):
    night(world, ON)
    night(world, NEXT_DAY)
    assert flagged(world) == ALL_OPEN
    assert Counter(day for _, day in told()) == {ON: 2, NEXT_DAY: 2}


def test_the_job_works_for_its_own_day_and_not_the_workers(world):
    with at(SINCE):
        tasks.run_nightly()
    with at(NEXT_DAY):
        run(job_id=Job.objects.get(key=f"{world.plan.slug}:{SINCE}").pk)
    assert flagged(world) == []
    assert {day for _, day in told()} == {SINCE}


def test_a_late_night_after_its_successor_ends_and_doubles_nothing(world):
    with at(SINCE):
        tasks.run_nightly()
    night(world, SINCE + dt.timedelta(days=1))
    with at(NEXT_DAY):
        run(job_id=Job.objects.get(key=f"{world.plan.slug}:{SINCE}").pk)
    assert flagged(world) == ALL_OPEN


def test_control_an_agreed_date_ends_the_exception_and_no_night_reopens_it(world):
    night(world, ON)
    with at(ON):
        date_changes.agree_date(
            milestone=world.milestone("PA1.1-1"),
            agreed_on=dt.date(2024, 12, 31),
            reason="A supplier is late.",
            requested_by=world.people[Role.WORKSTREAM_LEAD],
            decision="Agreed by the board.",
            by=world.people[Role.JOINT_CHAIR],
        )
    night(world, NEXT_DAY)
    ended = ("PA1.1-1", SINCE, ExceptionClosure.DATE_AGREED)
    assert flagged(world) == [*ALL_OPEN[:2], ended, ALL_OPEN[3]]


@pytest.mark.parametrize(
    "precision", [each for each in Precision if each != Precision.DAY], ids=str
)
def test_without_a_definite_date_nothing_is_flagged_or_told(db, precision):
    plan = make.PlanFactory()
    action = make.ActionFactory(workstream=make.WorkstreamFactory(plan=plan))
    post = make.PostFactory(partnership=plan.partnership)
    holder = make.PostHoldingFactory(post=post).user
    make.RoleAssignmentFactory(user=holder, partnership=plan.partnership, role=Role.BOARD_MEMBER)
    window = {"window_from": dt.date(2024, 1, 1), "window_to": dt.date(2024, 9, 30)}
    vague = make.MilestoneFactory(action=action, due_on=None, precision=precision, **window)
    make.MilestoneLeadFactory(milestone=vague, post=post)
    system = User.objects.system()
    with at(ON):
        nothing = nightly.do_nightly_work(plan=plan, on=ON, by=system)
        dated = make.MilestoneFactory(action=action)
        make.MilestoneLeadFactory(milestone=dated, post=post)
        something = nightly.do_nightly_work(plan=plan, on=ON, by=system)
    assert nothing == nightly.Night(exceptions_opened=0, digests_planned=0)
    assert something == nightly.Night(exceptions_opened=1, digests_planned=1)


def test_a_returned_proposal_is_flagged_anew(world):
    night(world, ON)
    world.propose("PA1.1-1")
    night(world, NEXT_DAY)
    closed = ("PA1.1-1", SINCE, "completed")
    assert flagged(world) == sorted([*[row for row in ALL_OPEN if row[0] != "PA1.1-1"], closed])

    with at(NEXT_DAY):
        milestone = world.milestone("PA1.1-1")
        milestones.return_proposal(
            milestone=milestone,
            words="The evidence is of another year.",
            base_version=milestone.version,
            by=world.people[Role.JOINT_CHAIR],
        )
    night(world, NEXT_DAY + dt.timedelta(days=1))
    assert flagged(world) == sorted([*ALL_OPEN, closed])


def test_somebody_with_duties_in_two_plans_gets_one_digest_of_both(world):
    lead, foreign = world.people[Role.WORKSTREAM_LEAD], world.foreign
    make.PostHoldingFactory(post=foreign.posts["PA1"], user=lead)
    make.RoleAssignmentFactory(user=lead, partnership=foreign.partnership, role=Role.BOARD_MEMBER)
    for each in (world, foreign):
        night(each, ON)
    [message] = Message.objects.filter(recipient=lead)
    with at(ON):
        send_message(message_id=message.pk)
    [sent] = mail.outbox
    assert sent.subject == "4 matters wait for you: 4 overdue milestones"
    assert [sent.body.count(f"/plans/{each.plan.slug}/") for each in (world, foreign)] == [2, 2]


def test_a_late_digest_is_sent_unless_a_later_one_tells_it(world):
    night(world, ON)
    night(world, NEXT_DAY)
    lead = world.people[Role.WORKSTREAM_LEAD]
    with at(NEXT_DAY):
        ends = {
            message.day: send_message(message_id=message.pk).state
            for message in Message.objects.filter(recipient=lead).order_by("day")
        }
    assert ends == {ON: MessageState.WITHHELD, NEXT_DAY: MessageState.SENT}
    assert [each.to for each in mail.outbox] == [[lead.email]]
