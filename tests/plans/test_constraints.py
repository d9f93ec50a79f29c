"""Illegal states of the plan cannot be stored: each constraint refuses what it is there for."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from hertsend.accounts.models import Post, User
from hertsend.accounts.roles import Role
from plans import models
from tests.factories import models as make
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, World, noon
from tests.plans import (
    constraints_of_drafts,
    constraints_of_exceptions,
    constraints_of_impact,
    constraints_of_months,
)
from tests.refusals import Refusal, check, constraints_of

__all__ = ["built_world", "world"]
NOON = noon(TODAY)
ONE_DAY = dt.timedelta(days=1)


def named(world: World, number: int, /, **values: Any) -> dict[str, Any]:
    """What rows of a plan with a key and a position share."""
    return {"plan": world.plan, "key": f"K{number}", "position": number} | values


def post(world: World, number: int) -> Post:
    """A post of the world's partnership, the same for a number."""
    existing = Post.objects.filter(key=f"numbered-{number}").first()
    return existing or make.PostFactory(partnership=world.partnership, key=f"numbered-{number}")


def lead(world: World) -> User:
    """The lead of PA1."""
    return world.people[Role.WORKSTREAM_LEAD]


def office(world: World) -> User:
    """The programme office."""
    return world.people[Role.PROGRAMME_OFFICE]


def milestone(world: World, number: int) -> dict[str, Any]:
    details = {"action": world.actions["PA1.1"], "text": "Do it.", "precision": "none"}
    return named(world, number, **details)


def period(world: World, number: int) -> dict[str, Any]:
    month = dt.date(2026, number, 1)
    return {
        "plan": world.plan,
        "month": month,
        "opens_on": month,
        "due_on": month + 35 * ONE_DAY,
        "freezes_on": month + 37 * ONE_DAY,
    }


def update(world: World, number: int) -> dict[str, Any]:
    return {
        "milestone": world.milestones["PA1.1-1"],
        "period": world.period(),
        "version": number + 10,
        "base_version": number,
        "stage": "in_progress",
        "rating": "green",
        "best_rating": "green",
        "what_happened": "Work began.",
        "by": lead(world),
        "at": NOON,
    }


def stage_change(world: World, number: int) -> dict[str, Any]:
    return {
        "milestone": world.milestones["PA1.1-1"],
        "version": number,
        "act": "proposed",
        "from_stage": "in_progress",
        "to_stage": "proposed_complete",
        "words": "Minutes.",
        "by": lead(world),
        "at": NOON,
    }


def date_change(world: World, number: int) -> dict[str, Any]:
    return {
        "milestone": world.milestones["PA1.1-1"],
        "number": number,
        "agreed_on": dt.date(2024, 12, 1),
        "reason": "Recruitment took longer.",
        "decision": "Agreed.",
        "requested_by": lead(world),
        "decided_by": world.people[Role.JOINT_CHAIR],
        "at": NOON,
    }


def exception(world: World, number: int) -> dict[str, Any]:
    """The first spell is open, the second over."""
    over = {"closed_at": NOON, "closure": "completed"} if number == 2 else {}
    return {
        "milestone": world.milestones["PA1.1-1"],
        "overdue_since": TODAY,
        "opened_at": NOON,
    } | over


def file(world: World, number: int) -> dict[str, Any]:
    return {
        "plan": world.plan,
        "name": f"{number}.pdf",
        "media_type": "application/pdf",
        "size": 9,
        "sha256": f"{number:064}",
        "by": lead(world),
        "at": NOON,
    }


def stored_file(world: World, number: int = 9) -> models.StoredFile:
    """A file that a piece of evidence can be."""
    return models.StoredFile.add(**file(world, number))


def evidence(world: World, number: int) -> dict[str, Any]:
    return {
        "action": world.actions["PA1.1"],
        "kind": "data",
        "title": f"Evidence {number}",
        "dated_on": TODAY,
        "what_it_shows": "Shorter waits.",
        "file": stored_file(world, number + 10),
        "added_by": lead(world),
        "added_at": NOON,
    }


def sheet(world: World, number: int) -> dict[str, Any]:
    return {
        "plan": world.plan,
        "milestone": world.milestones["PA1.1-1"],
        "fingerprint": f"{number:064}",
        "content": {"key": "PA1.1-1"},
        "at": NOON,
    }


def reading(world: World, number: int) -> dict[str, Any]:
    shown = models.SignatureSheet.add(**sheet(world, number))
    return {"sheet": shown, "by": world.people[Role.JOINT_CHAIR], "at": NOON}


def request(world: World, number: int) -> dict[str, Any]:
    proposal = models.StageChange.add(**stage_change(world, number))
    return {"proposal": proposal, "by": world.people[Role.JOINT_CHAIR], "at": NOON}


def action_sign_off(world: World, number: int) -> dict[str, Any]:
    return {
        "action": world.actions["PA1.1"],
        "number": number,
        "act": "signed",
        "fingerprint": f"{number:064}",
        "last_change": models.StageChange.add(**stage_change(world, number)),
        "role": "joint_chair",
        "by": world.people[Role.JOINT_CHAIR],
        "at": NOON,
    }


VALID = (
    {
        models.Plan: lambda world, number: {
            "partnership": world.partnership,
            "slug": f"numbered-{number}",
            "title": "Plan",
            "published": "2023",
            "published_text": "2023",
        },
        models.PlanSection: lambda world, number: {
            "plan": world.plan,
            "key": f"K{number}",
            "content": [],
        },
        models.Area: lambda world, number: named(
            world, number, kind="priority_action", number=number, statement="Leaders should."
        ),
        models.AreaAccountability: lambda world, number: {
            "area": world.areas["PA1"],
            "post": post(world, number),
            "position": number,
        },
        models.Ambition: lambda world, number: named(world, number, title="A", statement="B"),
        models.Workstream: lambda world, number: named(world, number, name="A"),
        models.Action: lambda world, number: named(
            world, number, workstream=world.workstreams["PA1"], number="1.1", text="A"
        ),
        models.GlossaryTerm: lambda world, number: {
            "plan": world.plan,
            "position": number,
            "term": f"T{number}",
            "expansion": "A",
        },
        models.Judgement: lambda world, number: {
            "plan": world.plan,
            "place": "PA1.1-1",
            "origin": f"O{number}",
            "position": number,
            "text": "A",
        },
        models.Milestone: milestone,
        models.MilestoneLead: lambda world, number: {
            "milestone": world.milestones["PA1.1-1"],
            "post": post(world, number),
            "position": number,
        },
        models.ReportingPeriod: period,
        models.MilestoneUpdate: update,
        models.StageChange: stage_change,
        models.DateChange: date_change,
        models.MilestoneException: exception,
        models.StoredFile: file,
        models.Evidence: evidence,
        models.SignatureSheet: sheet,
        models.SheetReading: reading,
        models.SignatureRequest: request,
        models.ActionSignOff: action_sign_off,
    }
    | constraints_of_impact.VALID
    | constraints_of_drafts.VALID
    | constraints_of_months.VALID
    | constraints_of_exceptions.VALID
)
"""The values of a valid row of each model, by its number."""

REFUSALS = [
    Refusal("plans.plan.slug", models.Plan, same=("slug",)),
    Refusal("plan_section_key_once", models.PlanSection, same=("plan", "key")),
    Refusal("area_key_once", models.Area, same=("plan", "key")),
    Refusal("area_known_kind", models.Area, {"kind": "wish"}),
    Refusal("area_accountability_once", models.AreaAccountability, same=("area", "post")),
    Refusal("ambition_key_once", models.Ambition, same=("plan", "key")),
    Refusal("workstream_key_once", models.Workstream, same=("plan", "key")),
    Refusal("action_key_once", models.Action, same=("plan", "key")),
    Refusal("glossary_term_once", models.GlossaryTerm, same=("plan", "term")),
    Refusal("judgement_origin_once", models.Judgement, same=("plan", "origin")),
    Refusal(
        "judgement_known_state",
        models.Judgement,
        {"state": "perhaps", "decided_at": NOON, "decided_by": office},
    ),
    Refusal("judgement_decided_by_and_at", models.Judgement, {"decided_at": NOON}),
    Refusal("judgement_decided_by_and_at", models.Judgement, {"state": "confirmed"}),
    Refusal("milestone_key_once", models.Milestone, same=("plan", "key")),
    Refusal("milestone_known_stage", models.Milestone, {"stage": "done"}),
    Refusal("milestone_known_rating", models.Milestone, {"rating": "blue"}),
    Refusal("milestone_known_precision", models.Milestone, {"precision": "roughly"}),
    Refusal("milestone_known_kind", models.Milestone, {"kind": "wish"}),
    Refusal("milestone_day_only_where_the_plan_gives_one", models.Milestone, {"precision": "day"}),
    Refusal("milestone_day_only_where_the_plan_gives_one", models.Milestone, {"due_on": TODAY}),
    Refusal(
        "milestone_window_in_order",
        models.Milestone,
        {"window_from": TODAY, "window_to": TODAY - ONE_DAY},
    ),
    Refusal("milestone_lead_once", models.MilestoneLead, same=("milestone", "post")),
    Refusal("period_once_per_month", models.ReportingPeriod, same=("plan", "month")),
    Refusal("period_one_open", models.ReportingPeriod, {"state": "open"}, same=("plan",)),
    Refusal("period_one_due", models.ReportingPeriod, {"state": "due"}, same=("plan",)),
    Refusal("period_known_state", models.ReportingPeriod, {"state": "waiting"}),
    Refusal("period_month_is_a_first", models.ReportingPeriod, {"month": dt.date(2026, 1, 2)}),
    Refusal("period_dates_in_order", models.ReportingPeriod, {"opens_on": dt.date(2026, 1, 31)}),
    Refusal("period_dates_in_order", models.ReportingPeriod, {"due_on": dt.date(2026, 2, 1)}),
    Refusal("period_dates_in_order", models.ReportingPeriod, {"freezes_on": dt.date(2026, 3, 7)}),
    Refusal("period_frozen_has_moment", models.ReportingPeriod, {"state": "frozen"}),
    Refusal("period_frozen_has_moment", models.ReportingPeriod, {"frozen_at": NOON}),
    Refusal("update_version_once", models.MilestoneUpdate, same=("milestone", "version")),
    Refusal("update_base_version_once", models.MilestoneUpdate, same=("milestone", "base_version")),
    Refusal("update_version_after_base", models.MilestoneUpdate, {"base_version": 12}),
    Refusal("update_known_ratings", models.MilestoneUpdate, {"rating": ""}),
    Refusal("update_known_ratings", models.MilestoneUpdate, {"best_rating": "blue"}),
    Refusal("update_known_stage", models.MilestoneUpdate, {"stage": "done"}),
    Refusal("stage_change_version_once", models.StageChange, same=("milestone", "version")),
    Refusal("stage_change_known_act", models.StageChange, {"act": "approved"}),
    Refusal("stage_change_signature_has_fingerprint", models.StageChange, {"act": "signed_off"}),
    Refusal(
        "stage_change_signature_has_role",
        models.StageChange,
        {"act": "signed_off", "fingerprint": "f"},
    ),
    Refusal("stage_change_signature_has_role", models.StageChange, {"role": "king"}),
    Refusal("stage_change_has_words_or_evidence", models.StageChange, {"words": ""}),
    Refusal("date_change_number_once", models.DateChange, same=("milestone", "number")),
    Refusal("date_change_counted_from_one", models.DateChange, {"number": 0}),
    Refusal("date_change_not_decided_by_requester", models.DateChange, {"decided_by": lead}),
    Refusal("date_change_has_reasons", models.DateChange, {"reason": ""}),
    Refusal("date_change_has_reasons", models.DateChange, {"decision": ""}),
    Refusal(
        "exception_one_open",
        models.MilestoneException,
        {"closed_at": None, "closure": ""},
        same=("milestone",),
    ),
    Refusal("exception_closed_with_closure", models.MilestoneException, {"closure": ""}),
    Refusal("exception_closed_with_closure", models.MilestoneException, {"closure": "tired"}),
    Refusal("exception_closed_with_closure", models.MilestoneException, {"closed_at": None}),
    Refusal("file_known_type", models.StoredFile, {"media_type": "text/html"}),
    Refusal("file_size_in_bounds", models.StoredFile, {"size": 0}),
    Refusal("file_size_in_bounds", models.StoredFile, {"size": 20 * 1024 * 1024 + 1}),
    Refusal("file_has_name", models.StoredFile, {"name": ""}),
    Refusal("file_has_digest", models.StoredFile, {"sha256": "abc"}),
    Refusal("evidence_known_kind", models.Evidence, {"kind": "hearsay"}),
    Refusal("evidence_has_words", models.Evidence, {"title": ""}),
    Refusal("evidence_has_words", models.Evidence, {"what_it_shows": ""}),
    Refusal("evidence_link_or_file", models.Evidence, {"file": None}),
    Refusal("evidence_link_or_file", models.Evidence, {"link": "https://example.org/"}),
    Refusal("plans.evidence.file", models.Evidence, same=("file",)),
    Refusal("evidence_withdrawn_by_and_why", models.Evidence, {"withdrawn_at": NOON}),
    Refusal(
        "evidence_withdrawn_by_and_why",
        models.Evidence,
        {"withdrawn_at": NOON, "withdrawn_by": lead},
    ),
    Refusal("sheet_fingerprint_once", models.SignatureSheet, same=("plan", "fingerprint")),
    Refusal("sheet_has_fingerprint", models.SignatureSheet, {"fingerprint": "abc"}),
    Refusal("sheet_of_milestone_or_action", models.SignatureSheet, {"milestone": None}),
    Refusal(
        "sheet_of_milestone_or_action",
        models.SignatureSheet,
        {"action": lambda world: world.actions["PA1.1"]},
    ),
    Refusal("sheet_reading_once", models.SheetReading, same=("sheet", "by")),
    Refusal("signature_request_once", models.SignatureRequest, same=("proposal", "by")),
    Refusal("action_sign_off_once", models.ActionSignOff, same=("action", "number")),
    Refusal("action_sign_off_from_one", models.ActionSignOff, {"number": 0}),
    Refusal("action_sign_off_known_act", models.ActionSignOff, {"act": "approved"}),
    Refusal("action_sign_off_known_role", models.ActionSignOff, {"role": "king"}),
    Refusal("action_sign_off_signed_or_why", models.ActionSignOff, {"fingerprint": ""}),
    Refusal("action_sign_off_signed_or_why", models.ActionSignOff, {"last_change": None}),
    Refusal("action_sign_off_signed_or_why", models.ActionSignOff, {"act": "reopened"}),
    *constraints_of_impact.REFUSALS,
    *constraints_of_drafts.REFUSALS,
    *constraints_of_months.REFUSALS,
    *constraints_of_exceptions.REFUSALS,
]


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_the_database_refuses(world, refusal):
    values = {
        name: value(world) if callable(value) else value for name, value in refusal.values.items()
    }
    check(replace(refusal, values=values), lambda number: VALID[refusal.model](world, number))


def test_every_constraint_of_the_plan_has_a_case():
    assert {refusal.name for refusal in REFUSALS} == constraints_of("plans")
