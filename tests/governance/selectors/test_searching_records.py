"""Meetings, decisions, log actions and risks are found by who may see them, in words that they may see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.policies.decisions import DecisionWords
from governance.selectors.searching import search
from governance.services import decisions, log
from governance.services.log import TaskWords
from hertsend.accounts.roles import Role
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at
from tests.governance import risks, sittings

__all__ = ["built_world", "world"]


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield


@pytest.fixture
def kept(world):
    """A board that met, decided and gave somebody a task; an open risk and a restricted one."""
    board = sittings.board_of(world)
    meeting = sittings.planned(world, board)
    sittings.own_item(world, meeting, title="Waiting in Watford")
    sittings.own_item(world, meeting, title="Vacant posts in Watford", is_officers_only=True)
    decisions.take(
        group=board,
        words=DecisionWords(
            title="Hire for Hertford",
            decided="Two posts.",
            reasons="Waits grow.",
            effective_on=TODAY,
            internal_note="Nobody in Hoddesdon applies.",
        ),
        taken_on=TODAY,
        by=sittings.chair(world),
    )
    log.raise_action(
        group=board,
        words=TaskWords(task="Ring round Royston", owner=sittings.chair(world), due_on=TODAY),
        by=sittings.office(world),
    )
    risks.raised(world, event="No cover in Cheshunt")
    risks.restricted(world, event="A claim from Cheshunt")
    return world


def kinds(world, person, words):
    return [hit.kind for hit in search(person, world.plan, words)[0]]


@pytest.mark.parametrize(
    ("words", "member", "families", "outsider"),
    [
        ("Waiting in Watford", ["meetings"], ["meetings"], []),
        ("Vacant posts in Watford", ["meetings"], [], []),
        ("County Hall", ["meetings"], ["meetings"], []),
        ("19 September 2024", ["meetings"], ["meetings"], ["meetings"]),
        ("Hire for Hertford", ["decisions"], ["decisions"], ["decisions"]),
        ("Hoddesdon", ["decisions"], [], ["decisions"]),
        ("Royston", ["log-actions"], ["log-actions"], ["log-actions"]),
        ("No cover in Cheshunt", ["risks"], [], ["risks"]),
        ("A claim from Cheshunt", [], [], ["risks"]),
    ],
)
def test_who_finds_what(kept, words, member, families, outsider):
    """A member and a parent carer representative sit in the board; the other is of the Executive."""
    found = [
        kinds(kept, person(kept), words)
        for person in (sittings.member, sittings.family, sittings.outsider)
    ]
    assert found == [member, families, outsider]


def test_the_owner_of_an_action_is_found_by_name_where_names_are_shown(kept):
    name = sittings.chair(kept).name
    assert "log-actions" in kinds(kept, sittings.member(kept), name)
    assert "log-actions" not in kinds(kept, sittings.family(kept), name)


def test_a_meeting_leads_to_the_list_where_it_cannot_be_opened(kept):
    for person, is_opened in ((sittings.member, True), (sittings.outsider, False)):
        (hit,) = search(person(kept), kept.plan, "19 September 2024")[0]
        assert hit.url.endswith("/meetings/1/") is is_opened
        assert hit.url.endswith(f"/{kept.plan.slug}/meetings/") is not is_opened


def test_nobody_of_another_partnership_finds_any(kept):
    for role in Role:
        for words in ("Watford", "Hertford", "Royston", "Cheshunt"):
            assert kinds(kept, kept.foreign.people[role], words) == []


def test_it_takes_the_same_queries_for_more_rows(kept):
    def asked() -> int:
        person = type(sittings.member(kept)).objects.get(pk=sittings.member(kept).pk)
        with CaptureQueriesContext(connection) as queries:
            search(person, kept.plan, "nothing of that name")
        return len(queries)

    before = asked()
    for number in range(3):
        risks.raised(kept, event=f"Another {number}")
    assert asked() == before
