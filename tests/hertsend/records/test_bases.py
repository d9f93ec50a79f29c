"""What may change leaves a trail; what is written once stays as it is."""

import asyncio
import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from hertsend.accounts.models import Post
from hertsend.records.bases import WriteRefused, save_audited
from plans.models import Milestone, MilestoneUpdate
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at, noon

__all__ = ["built_world", "world"]

AUDITED_ROUTES = {
    "update": lambda rows: rows.update(key="changed"),
    "bulk_create": lambda rows: rows.bulk_create([rows.model()]),
    "bulk_update": lambda rows: rows.bulk_update(list(rows), ["key"]),
    "delete": lambda rows: rows.delete(),
    "aupdate": lambda rows: asyncio.run(rows.aupdate(key="changed")),
    "adelete": lambda rows: asyncio.run(rows.adelete()),
    "abulk_create": lambda rows: asyncio.run(rows.abulk_create([rows.model()])),
}
APPEND_ONLY_ROUTES = {
    "update": lambda rows: rows.update(what_happened="changed"),
    "delete": lambda rows: rows.delete(),
    "bulk_create": lambda rows: rows.bulk_create([rows.model()]),
    "bulk_update": lambda rows: rows.bulk_update(list(rows), ["what_happened"]),
    "update_or_create": lambda rows: rows.update_or_create(defaults={"what_happened": "changed"}),
    "save": lambda rows: rows.get().save(),
    "save of a column": lambda rows: rows.get().save(update_fields=["what_happened"]),
    "delete of a row": lambda rows: rows.get().delete(),
}
WAYS_TO_THE_ROWS = {
    "all": lambda _world: Milestone.objects.all(),
    "filtered": lambda world: Milestone.objects.filter(plan=world.plan),
    "related": lambda world: world.plan.milestones.all(),
    "annotated": lambda _world: Milestone.objects.with_overdue(TODAY),
}


@pytest.mark.parametrize("route", AUDITED_ROUTES)
@pytest.mark.parametrize("way", WAYS_TO_THE_ROWS)
def test_routes_that_write_no_history_are_refused(world, way, route):
    with pytest.raises(WriteRefused, match="writes no history"):
        AUDITED_ROUTES[route](WAYS_TO_THE_ROWS[way](world))
    assert Milestone.objects.filter(plan=world.plan).count() == 4


@pytest.mark.parametrize("route", APPEND_ONLY_ROUTES)
def test_what_is_written_once_stays(world, route):
    world.update(what_happened="Work began.")
    rows = MilestoneUpdate.objects.filter(milestone=world.milestone())
    with pytest.raises(WriteRefused):
        APPEND_ONLY_ROUTES[route](rows)
    assert rows.get().what_happened == "Work began."


def test_a_new_row_is_checked_before_it_is_added(world):
    update = world.update()
    sound = {
        "milestone": world.milestone(),
        "period": world.period(),
        "version": 2,
        "base_version": 1,
        "stage": "in_progress",
        "rating": "green",
        "best_rating": "green",
        "what_happened": "More.",
        "by": update.by,
        "at": noon(TODAY),
    }
    with pytest.raises(ValidationError, match="not a valid choice"):
        MilestoneUpdate.add(**sound | {"rating": "blue"})
    with pytest.raises(ValidationError, match="at most 300"):
        MilestoneUpdate.add(**sound | {"sentence_for_families": "a" * 301})
    assert MilestoneUpdate.add(**sound).pk > update.pk


def test_a_change_keeps_who_when_and_why(world):
    post, by = world.posts["PA1"], world.stranger
    with at(dt.date(2024, 9, 5)):
        post.title = "Head of Data"
        save_audited(post, by=by, reason="Renamed", fields=["title"])
    first, second = post.history.order_by("history_id")
    assert (second.title, second.history_user, second.history_change_reason) == (
        "Head of Data",
        by,
        "Renamed",
    )
    assert second.history_date == noon(dt.date(2024, 9, 5))
    assert first.title == "Head of PA1"


def test_only_the_named_columns_are_stored(world):
    post = world.posts["PA1"]
    post.title, post.organisation = "Head of Data", "Not meant"
    save_audited(post, by=world.stranger, reason="Renamed", fields=["title"])
    stored = Post.objects.get(pk=post.pk)
    assert (stored.title, stored.organisation) == ("Head of Data", "")
