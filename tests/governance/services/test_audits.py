"""Audits are planned, changed, cancelled, reported and told by the programme office alone."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from governance.models import Audit, AuditFinding
from governance.selectors import audits as reads
from governance.services import audits
from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from hertsend.files import store
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at
from tests.governance.audits import board, found, office, planned, reported, told, words

__all__ = ["built_world", "world"]


def test_only_the_programme_office_keeps_the_programme(world):
    for role in set(Role) - {Role.PROGRAMME_OFFICE}:
        with pytest.raises(NotAllowed):
            planned(world, by=world.people[role])
    audit = planned(world)
    group = board(world)
    for role in set(Role) - {Role.PROGRAMME_OFFICE}:
        person = world.people[role]
        for act in (
            lambda by: reported(audit, by=by),
            lambda by: found(audit, by=by),
            lambda by: told(audit, group, by=by),
            lambda by: audits.cancel_audit(audit=audit, reason="So.", base_version=1, by=by),
        ):
            with pytest.raises(NotAllowed):
                act(person)


def test_the_same_press_twice_is_once(world):
    assert planned(world, key="k") == planned(world, key="k")
    assert Audit.objects.count() == 1


def test_it_is_moved_with_a_reason_that_stays(world):
    audit = planned(world)
    later = dt.date(2024, 11, 5)
    given = {"workstream": world.workstreams["PA1"], "by": office(world)}
    with at(TODAY):
        with pytest.raises(RuleBroken, match="Enter the reason"):
            audits.change_audit(audit=audit, words=words(), reason=" ", base_version=1, **given)
        audits.change_audit(
            audit=audit, words=words(planned_on=later), reason="Ill.", base_version=1, **given
        )
        with pytest.raises(Conflict):
            audits.change_audit(audit=audit, words=words(), reason="So.", base_version=1, **given)
    entry = reads.history_of(audit, with_names=True)[0]
    assert (entry.sentences, entry.reason) == (
        ("Planned for changed from 2 September 2024 to 5 November 2024.",),
        "Ill.",
    )


def test_a_workstream_of_another_plan_is_refused(world):
    foreign = world.foreign.workstreams["PA1"]
    with at(TODAY), pytest.raises(RuleBroken, match="of this plan"):
        audits.plan_audit(plan=world.plan, words=words(), workstream=foreign, by=office(world))


def test_what_is_cancelled_stays_in_its_year(world):
    audit = planned(world)
    with at(TODAY):
        audits.cancel_audit(audit=audit, reason="No staff.", base_version=1, by=office(world))
    stored = Audit.objects.get()
    assert (stored.state, stored.cancelled_reason) == ("cancelled", "No staff.")
    with pytest.raises(RuleBroken, match="is cancelled"):
        reported(audit, by=office(world))


def test_a_report_has_its_findings_and_is_told_once(world):
    audit, group = planned(world), board(world)
    with pytest.raises(RuleBroken, match="Say first that the audit is done"):
        found(audit, by=office(world))
    with pytest.raises(RuleBroken, match="Say first that the audit is done"):
        told(audit, group, by=office(world))
    reported(audit, by=office(world))
    assert [found(audit, by=office(world)).number for _ in range(2)] == [1, 2]
    row = told(audit, group, by=office(world))
    assert (row.reported_to, row.reported_on, row.state) == (group, TODAY, "done")
    with pytest.raises(RuleBroken, match="noted already"):
        told(audit, group, by=office(world))
    assert AuditFinding.objects.filter(audit=audit).count() == 2


def test_a_group_of_another_plan_had_no_report(world):
    audit = reported(planned(world), by=office(world))
    with pytest.raises(RuleBroken, match="of this plan"):
        told(audit, board(world.foreign), by=office(world))


def test_a_report_may_be_a_kept_file(world):
    file = store.receive(SimpleUploadedFile("Report.txt", b"A quarter is good."))
    audit = reported(planned(world), by=office(world), link="", file=file)
    assert (audit.report_file.name, audit.report_file.sha256) == ("Report.txt", file.sha256)


def test_the_second_of_two_is_told(world):
    audit = planned(world)
    reported(audit, by=office(world))
    with pytest.raises(Conflict):
        reported(audit, by=office(world), summary="Other words.", base_version=1)


def test_a_year_counts_what_is_due_done_and_not_yet_reported(world):
    group = board(world)
    late, soon = planned(world), planned(world, planned_on=dt.date(2024, 12, 3))
    planned(world, planned_on=dt.date(2025, 4, 1))
    done = reported(planned(world), by=office(world))
    told(reported(planned(world), by=office(world)), group, by=office(world))
    rows = Audit.objects.filter(plan=world.plan)
    programme = reads.programme_of(rows, reads.years_of(rows, on=TODAY)[1], on=TODAY)
    assert (programme.due, programme.overdue, programme.done, programme.not_reported) == (
        2,
        1,
        2,
        1,
    )
    assert {late.pk, soon.pk, done.pk} <= {line.audit.pk for line in programme.lines}
    assert [year.label for year in reads.years_of(rows, on=TODAY)] == ["2025/26", "2024/25"]
