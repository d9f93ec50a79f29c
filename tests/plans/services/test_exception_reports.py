"""Exception reports: one for each milestone and month, written anew, and nobody overwritten."""

import datetime as dt

import pytest

from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from plans.models import ExceptionReport
from plans.selectors.exceptions import reported
from tests.factories.exceptions import REPORT, Said
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, noon

__all__ = ["built_world", "world"]


@pytest.fixture
def said(world):
    return Said(world)


def test_a_report_is_kept_with_who_and_when(world, said):
    report = said.report(cause="  Recruitment took longer. ")
    assert {name: getattr(report, name) for name in REPORT} == REPORT
    assert (report.milestone.key, report.period.month, report.number) == (
        "PA1.1-1",
        dt.date(2024, 8, 1),
        1,
    )
    assert (report.by, report.on_behalf_of, report.at) == (
        world.people[Role.WORKSTREAM_LEAD],
        None,
        noon(TODAY),
    )
    assert world.milestone().version == 0


def test_the_office_reports_for_the_post_that_leads(world, said):
    report = said.report(Role.PROGRAMME_OFFICE)
    assert (report.by, report.on_behalf_of) == (
        world.people[Role.PROGRAMME_OFFICE],
        world.posts["PA1"],
    )


@pytest.mark.parametrize("role", set(Role) - {Role.WORKSTREAM_LEAD, Role.PROGRAMME_OFFICE})
def test_others_do_not_report(said, role):
    with pytest.raises(NotAllowed):
        said.report(role)
    assert not ExceptionReport.objects.exists()


def test_nor_does_the_lead_of_another_workstream_or_partnership(world, said):
    for person in (world.other_lead, world.foreign.people[Role.WORKSTREAM_LEAD]):
        with pytest.raises(NotAllowed):
            said.report(person)
    assert not ExceptionReport.objects.exists()


def test_a_month_that_takes_nothing_is_refused(world, said):
    frozen = world.period(dt.date(2024, 7, 1))
    with pytest.raises(RuleBroken) as refusal:
        said.report(period=frozen)
    assert set(refusal.value.errors) == {"period"}
    assert not ExceptionReport.objects.exists()


def test_a_report_with_a_part_missing_is_refused(said):
    with pytest.raises(RuleBroken) as refusal:
        said.report(cause="", ask="")
    assert set(refusal.value.errors) == {"cause", "ask"}
    assert not ExceptionReport.objects.exists()


def test_a_second_report_for_the_month_counts_and_the_first_stays(said):
    said.report()
    second = said.report(base_version=1, cause="It is worse.")
    assert second.number == 2
    assert list(ExceptionReport.objects.values_list("number", "cause")) == [
        (2, "It is worse."),
        (1, REPORT["cause"]),
    ]


def test_the_second_of_two_sees_what_the_first_wrote_and_loses_nothing(world, said):
    said.report(cause="The first.")
    with pytest.raises(Conflict) as conflict:
        said.report(Role.PROGRAMME_OFFICE, cause="The second.")
    assert conflict.value.current == REPORT | {
        "cause": "The first.",
        "version": 1,
        "by": world.people[Role.WORKSTREAM_LEAD].name,
        "at": noon(TODAY),
    }
    assert conflict.value.submitted == REPORT | {"cause": "The second."}
    assert ExceptionReport.objects.get().cause == "The first."


def test_a_version_that_never_was_is_a_conflict_too(said):
    with pytest.raises(Conflict) as conflict:
        said.report(base_version=3)
    assert conflict.value.current == {"version": 0}


def test_pressing_twice_stores_once(said):
    first = said.report(submission_key="one")
    assert said.report(submission_key="one") == first
    with pytest.raises(Conflict):
        said.report(submission_key="one", cause="Other words.")
    assert ExceptionReport.objects.count() == 1


def test_each_month_is_reported_anew(world, said):
    august, september = world.period(), world.period(dt.date(2024, 9, 1))
    report = said.report()
    assert reported(world.plan, august) == {report.milestone_id}
    assert reported(world.plan, september) == set()
    assert said.report(period=september).number == 1
    assert reported(world.plan, september) == {report.milestone_id}
    assert reported(world.foreign.plan, august) == set()
