"""A history in sentences, without what the reader may not see."""

import datetime as dt

import pytest
from django.db.models import Q

from hertsend.records.bases import save_audited
from hertsend.records.trail import TrailEntry, merged, trail_of
from plans.models import Milestone, ReportingPeriod
from tests.factories.shared import built_world, world
from tests.factories.world import at, noon

__all__ = ["built_world", "world"]

WORDING = {"stage": "Stage", "due_on": "Published date", "text": "Wording", "position": "Position"}
CREATED = "Taken over from the plan."


def trail(world, *, key="PA1.1-1", wording=WORDING, people=True, reasons=True):
    return trail_of(
        Milestone,
        about=Q(id=world.milestones[key].pk),
        wording=wording,
        created=CREATED,
        show_people=people,
        show_reasons=reasons,
    )


def change(world, day, **values):
    milestone = world.milestone()
    for name, value in values.items():
        setattr(milestone, name, value)
    with at(day):
        save_audited(milestone, by=world.stranger, reason="A correction")


def test_the_first_entry_is_how_the_row_came_to_be(world):
    (entry,) = trail(world)
    assert (entry.sentences, entry.who, entry.reason) == (
        (CREATED,),
        "hertsend",
        "Set up for a test",
    )


@pytest.mark.parametrize(
    ("values", "sentences"),
    [
        ({"stage": "in_progress"}, ("Stage changed from “Not started” to “In progress”.",)),
        (
            {"due_on": dt.date(2024, 10, 1)},
            ("Published date changed from 30 September 2024 to 1 October 2024.",),
        ),
        ({"due_on": None, "precision": "tbd"}, ("Published date 30 September 2024 removed.",)),
        ({"position": 9}, ("Position changed from 1 to 9.",)),
        (
            {"stage": "in_progress", "text": "Other."},
            (
                "Stage changed from “Not started” to “In progress”.",
                "Wording changed from “Complete step PA1.1-1.” to “Other.”.",
            ),
        ),
    ],
)
def test_changes_are_sentences(world, values, sentences):
    change(world, dt.date(2024, 9, 4), **values)
    latest, _ = trail(world)
    assert latest == TrailEntry(
        at=noon(dt.date(2024, 9, 4)),
        who="Sandy Stranger",
        reason="A correction",
        sentences=sentences,
    )


def test_changes_are_told_in_the_order_of_writing_whatever_the_clocks_said(world):
    change(world, dt.date(2024, 9, 5), stage="in_progress")
    change(world, dt.date(2023, 9, 4), stage="proposed_complete")
    assert [entry.sentences for entry in trail(world)] == [
        ("Stage changed from “In progress” to “Proposed complete”.",),
        ("Stage changed from “Not started” to “In progress”.",),
        (CREATED,),
    ]


def test_what_was_empty_is_set(world):
    change(world, dt.date(2024, 9, 4), due_on=None, precision="tbd")
    change(world, dt.date(2024, 9, 5), due_on=dt.date(2024, 10, 1), precision="day")
    assert trail(world)[0].sentences == ("Published date set to 1 October 2024.",)


def test_moments_are_told_in_londons_time(world):
    entries = trail_of(
        ReportingPeriod,
        about=Q(id=world.period().pk),
        wording={"opened_at": "Opened"},
        created=CREATED,
        show_people=True,
        show_reasons=True,
    )
    assert entries[0].sentences == ("Opened set to 3 September 2024, 12:00.",)


def test_people_and_reasons_are_hidden_from_those_who_may_not_see_them(world):
    change(world, dt.date(2024, 9, 4), stage="in_progress")
    latest = trail(world, people=False, reasons=False)[0]
    assert (latest.who, latest.reason) == ("", "")
    assert latest.sentences


def test_a_change_of_what_may_not_be_seen_leaves_no_entry(world):
    change(world, dt.date(2024, 9, 4), note="A secret")
    change(world, dt.date(2024, 9, 5), stage="in_progress")
    entries = trail(world)
    assert [entry.sentences[0] for entry in entries] == [
        "Stage changed from “Not started” to “In progress”.",
        CREATED,
    ]
    assert "secret" not in repr(entries)


def test_one_query_however_long_the_history(world, django_assert_num_queries):
    for day in (4, 5, 6):
        change(world, dt.date(2024, 9, day), position=day)
    with django_assert_num_queries(1):
        assert len(trail(world)) == 4


def test_several_trails_are_one_latest_first(world):
    change(world, dt.date(2024, 9, 4), stage="in_progress")
    both = merged(trail(world), trail(world, key="PA1.1-2"))
    assert len(both) == 3
    assert [entry.at for entry in both] == sorted((entry.at for entry in both), reverse=True)
