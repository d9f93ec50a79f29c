"""From the beat's tick to the stored pack, by way of a job's row."""

import datetime as dt

import pytest
from django.db import OperationalError, connection

from governance import tasks
from governance.models import BoardPack, Return
from hertsend import dates
from hertsend.jobs import registry, services
from hertsend.jobs.enums import JobState
from hertsend.jobs.models import Job
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at, noon
from tests.governance import steps
from tests.governance.steps import AUGUST

__all__ = ["built_world", "world"]

LATER = dt.date(2024, 9, 12)


def run_all():
    return [services.run(job_id=job.pk) for job in Job.objects.order_by("pk")]


def test_a_tick_asks_and_the_jobs_assemble(committed):
    with at(LATER):
        tasks.assemble_packs()
        tasks.assemble_packs()
        jobs = run_all()
    assert [job.state for job in jobs] == [JobState.DONE] * 9
    boards = BoardPack.objects.filter(edition="board")
    made = boards.values_list("period__plan__slug", "period__month")
    assert sorted(made) == sorted(
        [
            (committed.plan.slug, dt.date(2024, 7, 1)),
            (committed.plan.slug, AUGUST),
            (committed.foreign.plan.slug, dt.date(2024, 7, 1)),
        ]
    )


def test_a_job_that_runs_again_makes_no_second_pack(committed):
    pack = steps.store_pack(committed, AUGUST, on=LATER)
    with at(LATER):
        tasks.assemble_pack(period_id=committed.period(AUGUST).pk, edition="board")
    assert list(BoardPack.objects.values_list("pk", flat=True)) == [pack.pk]


def test_the_month_comes_from_the_row_and_not_from_the_workers_clock(committed):
    with at(LATER):
        tasks.assemble_packs()
    with at(dt.date(2025, 3, 30)):
        run_all()
    pack = BoardPack.objects.get(period=committed.period(AUGUST), edition="board")
    assert pack.content["cover"]["month"] == "2024-08-01"
    assert pack.cut_off == committed.period(AUGUST).frozen_at


def test_the_handler_is_known_by_its_kind():
    assert registry.handler_for("governance.assemble_pack") is tasks.assemble_pack


class TestReturns:
    """The returns of each plan are a job of their own."""

    @pytest.fixture
    def refused(self, world):
        """The database refuses the first return, which is one of the first plan."""
        refusals = []

        def refuse(execute, sql, params, many, context):
            if sql.startswith('INSERT INTO "governance_return"') and not refusals:
                refusals.append(sql)
                raise OperationalError("no room")
            return execute(sql, params, many, context)

        assert world.plan.pk < world.foreign.plan.pk
        return connection.execute_wrapper(refuse)

    def made(self, plan):
        return Return.objects.filter(workstream__plan=plan).count()

    def jobs(self, plan):
        rows = Job.objects.filter(kind="governance.make_returns", key__startswith=f"{plan.slug}:")
        return list(rows.order_by("key").values_list("key", "state", "attempts", "error"))

    def test_what_goes_wrong_with_one_plan_holds_up_no_other(self, world, refused):
        with at(TODAY), refused:
            tasks.make_returns()
        assert (self.made(world.plan), self.made(world.foreign.plan)) == (0, 4)
        [(_, state, attempts, error)] = self.jobs(world.plan)
        assert (state, attempts, error) == (JobState.FAILED, 1, "OperationalError")
        other = f"{world.foreign.plan.slug}:2024-09-03"
        assert self.jobs(world.foreign.plan) == [(other, JobState.DONE, 1, "")]
        # The job is tried again after its pause.
        with dates.at(noon(TODAY) + dt.timedelta(minutes=1, seconds=1)):
            services.run(job_id=Job.objects.get(key=f"{world.plan.slug}:2024-09-03").pk)
        assert self.made(world.plan) == 4

    def test_a_plan_that_lacks_no_return_is_not_asked_for(self, world):
        with at(TODAY):
            tasks.make_returns()
        with at(TODAY + dt.timedelta(days=1)):
            tasks.make_returns()
        assert [row[0] for row in self.jobs(world.plan)] == [f"{world.plan.slug}:2024-09-03"]
        # On 1 October the month opens, on which the day's first tick had nothing to do.
        steps.advance(world, dt.date(2024, 10, 1))
        with at(dt.date(2024, 10, 1)):
            tasks.make_returns()
        assert self.made(world.plan) == 6
