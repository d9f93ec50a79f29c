"""From the beat's tick to the stored pack, by way of a job's row."""

import datetime as dt

from governance import tasks
from governance.models import BoardPack
from hertsend.jobs import registry, services
from hertsend.jobs.enums import JobState
from hertsend.jobs.models import Job
from tests.factories.world import at
from tests.governance import steps
from tests.governance.steps import AUGUST

LATER = dt.date(2024, 9, 12)


def run_all():
    return [services.run(job_id=job.pk) for job in Job.objects.order_by("pk")]


def test_a_tick_asks_and_the_jobs_assemble(committed):
    with at(LATER):
        tasks.assemble_packs()
        tasks.assemble_packs()
        jobs = run_all()
    assert [job.state for job in jobs] == [JobState.DONE] * 3
    made = BoardPack.objects.values_list("period__plan__slug", "period__month")
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
    pack = BoardPack.objects.get(period=committed.period(AUGUST))
    assert pack.content["cover"]["month"] == "2024-08-01"
    assert pack.cut_off == committed.period(AUGUST).frozen_at


def test_the_handler_is_known_by_its_kind():
    assert registry.handler_for("governance.assemble_pack") is tasks.assemble_pack
