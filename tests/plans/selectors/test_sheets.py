"""The sheet of a signature: everything that is shown, nothing else, and how two of them differ."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hertsend.accounts.roles import Role
from plans import policies, selectors
from plans.models import Evidence
from plans.services import date_changes
from plans.services import evidence as services
from tests.factories import evidence
from tests.factories import models as make
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at
from tests.plans import signing_rows

__all__ = ["built_world", "world"]


def lines(world, key="PA1.1-1") -> dict[str, str]:
    """The labels of a sheet with their words."""
    sheet = selectors.sheet_of(world.milestone(key))
    return {line.label: line.text for line in (*sheet.lines, *sheet.closing)}


def agree(world, key="PA1.1-1", day=dt.date(2025, 1, 1)):
    with at(TODAY):
        date_changes.agree_date(
            milestone=world.milestone(key),
            agreed_on=day,
            reason="Recruitment.",
            requested_by=world.people[Role.WORKSTREAM_LEAD],
            decision="Agreed.",
            by=world.people[Role.JOINT_CHAIR],
        )


def test_a_proposal_is_shown_in_words(world):
    world.update(
        what_happened="Two sessions.", what_is_next="The last.", forecast_on=dt.date(2024, 9, 20)
    )
    world.propose(words="All sessions were held.")
    assert lines(world) == {
        "Promised in the plan": "Complete step PA1.1-1.",
        "Published date": "30 September 2024",
        "Agreed date": "30 September 2024, never moved",
        "Proposed as complete": "3 September 2024, 27 days early",
        "Lead": "Head of PA1",
        "Stage": "Proposed complete",
        "Proposed by": "Workstream lead PA1, at 12:00",
        "What shows it": "All sessions were held.",
        "Latest rating": "August 2024: On track",
        "Forecast": "20 September 2024",
        "Latest update": "Two sessions.\n\nThe last.",
        "Version of this record": "2",
    }
    (piece,) = selectors.sheet_of(world.milestone()).evidence
    assert (piece.title, piece.kind, piece.dated, piece.source) == (
        "Minutes of the board",
        "Document",
        "30 November 2023",
        "https://example.org/minutes",
    )


def test_moved_and_late_are_told(world):
    agree(world)
    agree(world, day=dt.date(2024, 8, 31))
    world.propose()
    shown = lines(world)
    assert shown["Agreed date"] == "31 August 2024, moved twice"
    assert shown["Proposed as complete"] == "3 September 2024, 3 days late"


def test_a_date_in_words_stays_in_words(world):
    row = make.MilestoneFactory(
        action=world.actions["PA1.1"], key="PA1.1-9", due_on=None, precision="tbd", due_text="TBD"
    )
    world.propose(row.key)
    shown = lines(world, row.key)
    assert (shown["Published date"], shown["Proposed as complete"]) == ("TBD", "3 September 2024")
    assert "Agreed date" not in shown
    assert shown["Lead"] == "The plan names no lead"


def test_a_file_is_shown_with_its_digest(world):
    signing_rows.evidence(world, file=signing_rows.stored_file(world, 7, size=2_500_000))
    (piece,) = selectors.sheet_of(world.milestone()).evidence
    assert piece.source == f"7.pdf, PDF, 2.4 MB, SHA-256 {7:064}"


def withdraw(world):
    with at(TODAY):
        services.withdraw(
            evidence=Evidence.objects.latest("pk"),
            reason="The wrong file.",
            by=world.people[Role.WORKSTREAM_LEAD],
        )


def retitle(world, field, value):
    row = world.milestone()
    setattr(row, field, value)
    row.save_base(raw=True)


CHANGES = {
    "an update": lambda world: world.update(stage="proposed_complete"),
    "a date": agree,
    "evidence added": signing_rows.evidence,
    "evidence withdrawn": withdraw,
    "the wording": lambda world: retitle(world, "text", "Other words"),
    "the published date": lambda world: retitle(world, "due_on", dt.date(2024, 10, 1)),
    "a lead": lambda world: make.MilestoneLeadFactory(milestone=world.milestone(), position=2),
}


@pytest.mark.parametrize("change", CHANGES)
def test_another_fingerprint_after_every_change_that_is_shown(world, change):
    world.propose()
    before = selectors.sheet_of(world.milestone())
    assert selectors.fingerprint_of(world.milestone()) == before.fingerprint
    CHANGES[change](world)
    after = selectors.sheet_of(world.milestone())
    assert after.fingerprint != before.fingerprint
    assert policies.differences(before, after)


def test_what_is_not_shown_changes_nothing(world):
    world.propose()
    first = selectors.fingerprint_of(world.milestone())
    world.update("PA1.1-2")
    signing_rows.evidence(world, milestone=world.milestones["PA1.1-2"])
    retitle(world, "note", "How it was read")
    assert selectors.fingerprint_of(world.milestone()) == first
    assert len(first) == 64


def test_two_milestones_never_share_one(world):
    found = {selectors.fingerprint_of(world.milestone(key)) for key in world.milestones}
    assert len(found) == len(world.milestones)


def test_two_plans_never_share_one(world):
    own, theirs = (selectors.fingerprint_of(each.milestone()) for each in (world, world.foreign))
    assert own != theirs


def test_a_stored_sheet_reads_as_it_was(world):
    world.propose(evidence=[evidence.link(), evidence.link(title="Second")])
    sheet = selectors.sheet_of(world.milestone())
    assert policies.Sheet.of_content(sheet.content) == sheet
    assert policies.Sheet.of_content(sheet.content).fingerprint == sheet.fingerprint


def test_any_number_of_sheets_is_read_with_the_same_queries(world):
    world.propose()
    world.propose("PA1.1-2", evidence=[evidence.link(), evidence.link(title="Second")])
    counts = []
    for keys in (["PA1.1-1"], ["PA1.1-1", "PA1.1-2", "AI1.1-1"]):
        with CaptureQueriesContext(connection) as asked:
            selectors.sheets_of([world.milestone(key) for key in keys])
        counts.append(len(asked) - len(keys))
    assert counts[0] == counts[1] == 6
