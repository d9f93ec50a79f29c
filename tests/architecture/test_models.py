"""Every model is audited, append-only or operational, and keeps what that promises."""

import pytest
from django.apps import apps
from django.db import models

from hertsend.records.bases import (
    AppendOnlyModel,
    AppendOnlyQuerySet,
    AuditedQuerySet,
    WriteRefused,
)
from tests.architecture.source import APPS

AUDITED = {
    "accounts.Deputyship",
    "accounts.Partnership",
    "accounts.Post",
    "accounts.PostHolding",
    "accounts.RoleAssignment",
    "accounts.User",
    "governance.AgendaItem",
    "governance.Attendance",
    "governance.CalendarFeed",
    "governance.DeclaredInterest",
    "governance.Meeting",
    "governance.MeetingPaper",
    "governance.Return",
    "governance.DecisionRequest",
    "governance.LogAction",
    "governance.Group",
    "governance.Membership",
    "governance.Audit",
    "governance.Barrier",
    "governance.Mitigation",
    "governance.Risk",
    "governance.FeedbackItem",
    "governance.AreaSummary",
    "kpis.FigureImport",
    "governance.PackRun",
    "kpis.FigureSource",
    "kpis.Indicator",
    "kpis.StepChange",
    "plans.Action",
    "plans.Ambition",
    "plans.Area",
    "plans.AreaAccountability",
    "plans.Evidence",
    "plans.DateChangeRequest",
    "plans.DeepDive",
    "plans.Escalation",
    "plans.GlossaryTerm",
    "plans.Judgement",
    "plans.Milestone",
    "plans.MilestoneException",
    "plans.MilestoneLead",
    "plans.Plan",
    "plans.PlanSection",
    "plans.RecurringCommitment",
    "plans.ReportingPeriod",
    "plans.Workstream",
}
"""May change; each change leaves who, when and why in a history."""

APPEND_ONLY = {
    "governance.AssuranceRating",
    "governance.Decision",
    "governance.LogActionNote",
    "governance.Prompt",
    "kpis.ComparatorFigure",
    "kpis.IndicatorDefinition",
    "kpis.Measurement",
    "governance.BoardPack",
    "governance.ReturnReminder",
    "governance.ReturnStep",
    "governance.TermsOfReference",
    "governance.FeedbackPublication",
    "governance.PublicSetting",
    "governance.SummaryPublication",
    "governance.RhythmDecision",
    "governance.AuditFinding",
    "governance.RiskBands",
    "governance.RiskMove",
    "governance.RiskReview",
    "plans.ActionSignOff",
    "plans.CommitmentDecision",
    "plans.DateChange",
    "plans.ImpactDecision",
    "plans.ImpactEvidence",
    "plans.ImpactRating",
    "plans.ExceptionAnswer",
    "plans.ExceptionQuestion",
    "plans.ExceptionReport",
    "plans.MilestoneUpdate",
    "plans.OccurrenceRecord",
    "plans.PeriodUnfreezing",
    "plans.NothingToReport",
    "plans.SheetReading",
    "plans.SignatureRequest",
    "plans.SignatureSheet",
    "plans.StageChange",
    "plans.StoredFile",
}
"""Written once and never again."""

OPERATIONAL = {
    "kpis.FigureTable": "cells of a file until it is stored; what is stored of them are figures",
    "jobs.Job": "the state of background work; what the work did is recorded where it did it",
    "governance.Delivery": "who was told of an issued pack, and when they opened it",
    "jobs.Message": "the state of a delivery",
    "plans.UpdateDraft": "typed and not sent yet; the update that it becomes is the record",
    "records.Submission": "makes a repeated submission harmless; the row it led to is the record",
}
"""Neither, with the reason."""

LINKS = {
    "accounts.User_groups": "Django's own; nobody is put in a group",
    "kpis.Indicator_actions": "the import names the change in the history of the indicator",
    "kpis.Indicator_companions": "the reason in the history of the indicator names them",
    "accounts.User_user_permissions": "Django's own; rights come from roles alone",
    "governance.Group_reports_to": "told in words in the group's `place`, which is audited",
    "governance.FeedbackItem_actions": "told in words in the entry's `linked`, which is audited",
    "governance.Group_workstreams": "told in words in the group's `place`, which is audited",
    "governance.Risk_actions": "told in words in the risk's `links`, which is audited",
    "governance.Risk_indicators": "told in words in the risk's `links`, which is audited",
    "plans.Action_areas": "the import names the change in the history of the action",
    "plans.Ambition_areas": "the import names the change in the history of the ambition",
    "plans.UpdateDraft_writers": "who typed; the update names who sent it",
    "plans.DateChangeRequest_affected": "part of the request, which names them in its history",
    "plans.Workstream_areas": "the import names the change in the history of the workstream",
}
"""Tables that only link rows, with what is recorded of a change instead."""

WITHOUT_GUARDED_ROWS = {
    "accounts.User": "sign-in packages store the last sign-in; services use `save_audited`"
}


def our_models() -> dict[str, type[models.Model]]:
    """All models of our apps by label, without the histories."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.split(".")[0] in APPS and not hasattr(model, "instance_type"):
            found[model._meta.label] = model
    return found


def unlisted(labels: set[str]) -> set[str]:
    return labels - AUDITED - APPEND_ONLY - set(OPERATIONAL) - set(LINKS)


def test_every_model_is_listed_once():
    labels = set(our_models())

    assert unlisted(labels) == set(), "Say in this file whether it is audited or append-only"
    assert AUDITED | APPEND_ONLY | set(OPERATIONAL) | set(LINKS) == labels
    assert len(AUDITED) + len(APPEND_ONLY) + len(OPERATIONAL) + len(LINKS) == len(labels)


def test_a_new_model_is_missed():
    assert unlisted({"plans.Milestone", "plans.Risk"}) == {"plans.Risk"}


@pytest.mark.parametrize("label", sorted(AUDITED))
def test_an_audited_model_has_a_history_and_no_way_around_it(label):
    model = our_models()[label]

    assert model.history.model._meta.get_field("history_user")
    if label not in WITHOUT_GUARDED_ROWS:
        assert issubclass(type(model.objects.all()), AuditedQuerySet), "Inherit AuditedQuerySet"


@pytest.mark.parametrize("route", ["update", "bulk_create", "bulk_update", "delete"])
@pytest.mark.parametrize("label", sorted(AUDITED - set(WITHOUT_GUARDED_ROWS)))
def test_an_audited_model_refuses_what_writes_no_history(label, route):
    with pytest.raises(WriteRefused, match=f"{route} writes no history"):
        getattr(our_models()[label].objects.all(), route)()


@pytest.mark.parametrize("label", sorted([*OPERATIONAL, *LINKS]))
def test_what_is_neither_pretends_nothing(label):
    model = our_models()[label]

    assert not hasattr(model, "history")
    assert not issubclass(model, AppendOnlyModel)


@pytest.mark.parametrize("label", sorted(APPEND_ONLY))
def test_an_append_only_model_has_no_history_and_append_only_rows(label):
    model = our_models()[label]

    assert issubclass(model, AppendOnlyModel)
    assert not hasattr(model, "history")
    for manager in model._meta.managers:
        assert issubclass(type(manager.all()), AppendOnlyQuerySet), "Inherit AppendOnlyQuerySet"


ROUTES = ["update", "delete", "bulk_create", "bulk_update", "update_or_create"]


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("label", sorted(APPEND_ONLY))
def test_an_append_only_model_refuses_every_route_of_its_rows(label, route):
    with pytest.raises(WriteRefused, match=f"append-only: {route} is refused"):
        getattr(our_models()[label].objects.filter(pk=1), route)()


@pytest.mark.parametrize("label", sorted(APPEND_ONLY))
def test_an_append_only_row_is_neither_saved_again_nor_deleted(label):
    row = our_models()[label]()
    row._state.adding = False

    with pytest.raises(WriteRefused, match="already stored"):
        row.save()
    with pytest.raises(WriteRefused, match="cannot be deleted"):
        row.delete()
