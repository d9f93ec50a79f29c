"""Whole actions signed off: on the dashboard and in the pack since the last one, then no more."""

import copy
import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.boardpack import content, contents, render
from governance.boardpack.sections import document_of
from governance.boardpack.signing import TakenBackEntry
from governance.boardpack.snapshot import of, opened
from governance.enums import Edition
from hertsend.accounts.roles import Role
from hertsend.documents.blocks import Heading
from plans.models import ActionSignOff
from plans.services import milestones
from tests.factories.models import MilestoneFactory
from tests.factories.world import at, noon
from tests.governance import steps
from tests.governance.selectors.reading import board
from tests.governance.steps import AUGUST, OCTOBER, SEPTEMBER

BEFORE, LATER = dt.date(2024, 9, 6), dt.date(2024, 9, 12)


@pytest.fixture
def signed(packable):
    """Both milestones of PA1.1 are withdrawn, and the action is signed as over."""
    for key in ("PA1.1-1", "PA1.1-2"):
        steps.withdraw(packable, key, on=BEFORE)
    sign(packable, "PA1.1", at=noon(BEFORE))
    return packable


def sign(world, key, *, at):
    action = world.actions[key]
    ActionSignOff.add(
        action=action,
        number=action.sign_offs.count() + 1,
        act="signed",
        fingerprint="f" * 64,
        last_change=action.milestones.last().stage_changes.latest("pk"),
        role=Role.JOINT_CHAIR,
        by=world.people[Role.JOINT_CHAIR],
        at=at,
    )


def test_the_dashboard_lists_it_and_says_so_among_the_changes(signed):
    found = board(signed, AUGUST)
    assert [(each.key, each.area_keys, each.by, each.role) for each in found.signed_actions] == [
        ("PA1.1", ("PA1",), "Joint chair PA1", "Joint chair")
    ]
    words = {line.words: line.actions for line in found.change_lines}
    assert words["whole action signed off"] == ("PA1.1",)


def test_who_may_not_see_people_sees_no_name(signed):
    (found,) = board(signed, AUGUST, visible=frozenset({"stage"})).signed_actions
    assert (found.by, found.role) == ("", "")


def test_the_next_month_tells_of_it_no_more(signed):
    steps.advance(signed, steps.SEPTEMBER_FREEZES)
    assert board(signed, SEPTEMBER).signed_actions == ()


def test_a_signature_that_no_longer_holds_is_not_told(signed):
    MilestoneFactory(action=signed.actions["PA1.1"], key="PA1.1-9", position=9)
    assert board(signed, AUGUST).signed_actions == ()


def test_the_pack_holds_it_and_one_from_before_opens_without(signed):
    stored = of(signed.period(AUGUST), edition=Edition.BOARD, revision=1).stored
    read = opened(steps.store_pack(signed, AUGUST, on=LATER))
    (entry,) = read.signed_actions
    assert (entry.key, entry.areas, entry.signed_by) == ("PA1.1", ("PA1",), "Joint chair PA1")
    assert "signed-actions" in {section.anchor for section in render.page(read).contents}
    old = copy.deepcopy(stored)
    del old["signed_actions"]
    found = content.from_json(old)
    assert found.signed_actions == ()
    assert "signed-actions" not in {section.anchor for section in render.page(found).contents}


@pytest.fixture
def taken(packable):
    """PA1.1-1 was signed for August and is reopened for September; AI1.1-1 was never signed."""
    steps.sign(packable, "PA1.1-1", on=BEFORE)
    with at(dt.date(2024, 9, 16)):
        row = packable.milestone("PA1.1-1")
        milestones.reopen(
            milestone=row,
            words="The minutes are of another meeting.",
            base_version=row.version,
            by=packable.people[Role.JOINT_CHAIR],
        )
    steps.advance(packable, steps.SEPTEMBER_FREEZES)
    return packable


def test_a_signature_that_was_taken_back_says_who_when_in_which_role_and_why(taken):
    (found,) = board(taken, SEPTEMBER).taken_back
    assert (found.line.key, found.reopening.at) == ("PA1.1-1", noon(dt.date(2024, 9, 16)))
    assert (found.reopening.by, found.reopening.role, found.reopening.words) == (
        "Joint chair PA1",
        "Joint chair",
        "The minutes are of another meeting.",
    )
    assert board(taken, AUGUST).taken_back == ()
    (unseen,) = board(taken, SEPTEMBER, visible=frozenset({"stage"})).taken_back
    assert (unseen.reopening.by, unseen.reopening.role, unseen.reopening.words) == ("", "", "")


def test_once_it_is_signed_anew_or_a_month_later_it_is_told_no_more(taken):
    later = dt.date(2024, 11, 11)
    steps.advance(taken, later)
    assert board(taken, OCTOBER).taken_back == ()
    assert board(taken, OCTOBER, compare_with=taken.period(AUGUST)).taken_back != ()
    steps.propose(taken, "PA1.1-1", on=later)
    steps.sign(taken, "PA1.1-1", on=later)
    live = board(
        taken,
        dt.date(2024, 11, 1),
        compare_with=taken.period(AUGUST),
        at=noon(later) + dt.timedelta(hours=1),
    )
    assert live.taken_back == ()


def test_the_pack_says_what_was_taken_back_and_one_from_before_opens_without(taken):
    stored = of(taken.period(SEPTEMBER), edition=Edition.BOARD, revision=1).stored
    read = render.page(content.from_json(stored))
    assert [(each.milestone.key, each.entry) for each in read.taken_back] == [
        (
            "PA1.1-1",
            TakenBackEntry(
                key="PA1.1-1",
                at=noon(dt.date(2024, 9, 16)),
                by="Joint chair PA1",
                role="Joint chair",
                reason="The minutes are of another meeting.",
            ),
        )
    ]
    assert "taken-back" in {section.anchor for section in read.contents}
    headings = {
        block.words
        for block in document_of(content.from_json(stored)).blocks
        if isinstance(block, Heading)
    }
    assert contents.TAKEN_BACK in headings
    old = copy.deepcopy(stored)
    del old["taken_back"]
    page = render.page(content.from_json(old))
    assert page.taken_back == ()
    assert "taken-back" not in {section.anchor for section in page.contents}
    assert contents.TAKEN_BACK not in page.empty


def test_as_many_queries_for_three_as_for_one(signed, django_assert_num_queries):
    with CaptureQueriesContext(connection) as few:
        board(signed, AUGUST)
    for number in (2, 3):
        sign(signed, "PA1.1", at=noon(BEFORE + dt.timedelta(days=number)))
    with django_assert_num_queries(len(few)):
        board(signed, AUGUST)
