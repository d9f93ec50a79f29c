"""The rows of a plan as the database holds them, and what a document would change in them."""

from typing import Any

from django.db import models

from hertsend.accounts.models import Partnership, Post
from hertsend.errors import RuleBroken
from plans.models import Plan
from plans.planfile.differences import Differences, compare
from plans.planfile.rows import LEADS, Document, Fields, Kind, Rows, document_of, rows_of

OF_AREA = (
    *("position", "kind", "number", "statement", "short_name"),
    *("responsible_bodies", "wordings"),
)
OF_MILESTONE = (
    *("position", "text", "due_text", "due_on", "precision", "kind"),
    *("window_from", "window_to", "window_text", "leads_inherited", "note"),
)
OF_COMMITMENT = (
    *("position", "title", "quote", "source", "stated_text", "stated_frequency"),
    *("stated_months", "stated_from", "stated_to", "note"),
)
PARTS_OF_COMMITMENT = ("action", "milestone", "owner")


def document_in_database(plan: Plan) -> Document:
    """The document of a stored plan: what its plan file says when it is exported."""
    return document_of(stored_rows(plan.partnership.slug, plan.slug))


def differences_from(document: Document) -> Differences:
    """What an import of a document would create and change; it reads and writes nothing.

    Raises ``RuleBroken`` where the plan is another partnership's.
    """
    partnership, plan = document["partnership"]["key"], document["plan"]["slug"]
    owner = Partnership.objects.filter(plans__slug=plan).exclude(slug=partnership).first()
    if owner:
        raise RuleBroken(f"The plan “{plan}” belongs to the partnership “{owner.slug}”.")
    leads = [lead["key"] for lead in document["leads"]]
    return compare(stored_rows(partnership, plan, leads=leads), rows_of(document))


def stored_rows(partnership: str, plan: str, *, leads: list[str] | None = None) -> Rows:
    """The rows of a plan; all kinds are empty where it is not stored yet.

    ``leads`` are keys of posts to read beside the plan's own: they may be another plan's already.
    """
    row = Plan.objects.filter(slug=plan).first()
    sections = _fields(row.sections.all(), "content") if row else {}
    listed = [entry["key"] for entry in sections.get(LEADS, {}).get("content", [])]
    rows: Rows = {kind: {} for kind in Kind}
    rows[Kind.PARTNERSHIP] = _fields(
        Partnership.objects.filter(slug=partnership),
        *("name", "place", "parent_carer_forum", "parent_carer_forum_short"),
        key="slug",
    )
    rows[Kind.SECTION] = sections
    if row:
        rows |= _rows_of_plan(row, partnership)
    named = [key for one in rows[Kind.MILESTONE].values() for key in one["leads"]]
    named += [one["owner"] for one in rows[Kind.COMMITMENT].values() if one["owner"]]
    named += [key for one in rows[Kind.AREA].values() for key in one["accountable"]]
    rows[Kind.POST] = _posts(partnership, [*listed, *named, *(leads or [])])
    return rows


def _posts(partnership: str, keys: list[str]) -> dict[str, Fields]:
    posts = Post.objects.filter(partnership__slug=partnership)
    known = _fields(posts, "title", "organisation")
    return {key: known[key] for key in dict.fromkeys(keys) if key in known}


def _rows_of_plan(plan: Plan, partnership: str) -> Rows:
    about = ("title", "subtitle", "published", "published_text")
    accountable = plan.areas.prefetch_related("accountabilities__post").order_by("position", "pk")
    return {
        Kind.PLAN: {plan.slug: {"partnership": partnership} | _values(plan, about)},
        Kind.AREA: {
            area.key: _values(area, OF_AREA)
            | {"accountable": [one.post.key for one in area.accountabilities.all()]}
            for area in accountable
        },
        Kind.AMBITION: _with_areas(plan.ambitions, "title", "statement", "texts"),
        Kind.WORKSTREAM: _with_areas(plan.workstreams, "name"),
        Kind.ACTION: _actions(plan),
        Kind.MILESTONE: _milestones(plan),
        Kind.COMMITMENT: _commitments(plan),
        Kind.GLOSSARY_TERM: _fields(
            plan.glossary_terms.order_by("position", "pk"),
            *("position", "expansion", "added"),
            key="term",
        ),
        Kind.JUDGEMENT: _fields(
            plan.judgements.order_by("position", "pk"),
            *("position", "place", "text"),
            key="origin",
        ),
    }


def _with_areas(manager: Any, *names: str) -> dict[str, Fields]:
    rows = manager.prefetch_related("areas").order_by("position", "pk")
    return {
        row.key: _values(row, ("position", *names))
        | {"areas": [area.key for area in row.areas.all()]}
        for row in rows
    }


def _actions(plan: Plan) -> dict[str, Fields]:
    rows = plan.actions.select_related("workstream")
    names = ("number", "text", "meaning_for_families", "impacts", "note")
    held = _with_areas(rows, *names)
    for row in rows:
        held[row.key]["workstream"] = row.workstream.key
    return held


def _milestones(plan: Plan) -> dict[str, Fields]:
    rows = plan.milestones.select_related("action").prefetch_related("milestone_leads__post")
    return {
        row.key: _values(row, OF_MILESTONE)
        | {
            "action": row.action.key,
            "leads": [lead.post.key for lead in row.milestone_leads.all()],
        }
        for row in rows.order_by("action__position", "position", "pk")
    }


def _commitments(plan: Plan) -> dict[str, Fields]:
    rows = plan.commitments.select_related("action", "milestone", "owner")
    return {
        row.key: _values(row, OF_COMMITMENT)
        | {name: part.key if (part := getattr(row, name)) else None for name in PARTS_OF_COMMITMENT}
        for row in rows.order_by("position", "pk")
    }


def _fields(rows: models.QuerySet, *names: str, key: str = "key") -> dict[str, Fields]:
    return {getattr(row, key): _values(row, names) for row in rows}


def _values(row: models.Model, names: tuple[str, ...]) -> Fields:
    return {name: getattr(row, name) for name in names}
