"""Impact, assurance and what was missed in a pack; packs of before these parts existed still open."""

import copy
import datetime as dt

import pytest

from governance.boardpack import content, render
from governance.boardpack.snapshot import of, opened
from governance.enums import Edition
from governance.services.assurance import set_assurance
from hertsend.accounts.roles import Role
from tests.factories.world import at, noon
from tests.governance import steps
from tests.governance.steps import AUGUST
from tests.plans import impact_rows, impact_steps

BEFORE = dt.date(2024, 9, 6)
LATER = dt.date(2024, 9, 12)
NEW_PARTS = ("impacts", "missed", "impact_definitions", "assurance_definitions")


@pytest.fixture
def judged(packable):
    """PA1's impact and assurance before the cut-off, and a meeting that nobody recorded."""
    with at(BEFORE):
        rating = impact_rows.rating(packable, at=noon(BEFORE))
        impact_steps.confirm(packable, rating)
        set_assurance(
            area=packable.areas["PA1"],
            level="limited",
            reasons="Dates slip.",
            base_number=0,
            by=packable.people[Role.EXECUTIVE_CHAIR],
        )
    row = impact_rows.commitment(packable)
    impact_rows.rule(packable, row, first_on=dt.date(2024, 8, 1), at=noon(dt.date(2024, 8, 1)))
    return packable


def stored(world):
    return of(world.period(AUGUST), edition=Edition.BOARD, revision=1).stored


def test_the_pack_holds_the_judgements_with_their_words(judged):
    read = opened(steps.store_pack(judged, AUGUST, on=LATER))
    area = next(entry for entry in read.areas if entry.keys == ("PA1",))
    assert (area.impact.level, area.impact.label) == (1, "No evidence of a difference")
    assert [(each.key, each.label, each.reasons) for each in area.assurance] == [
        ("PA1", "Limited", "Dates slip.")
    ]
    assert [(each.action, each.level, each.words, each.confirmed_by) for each in read.impacts] == [
        ("PA1.1", 1, "Too few have noticed.", "Joint chair PA1")
    ]
    assert [(each.title, each.times) for each in read.missed] == [
        ("Meetings of the teams", ("August 2024: nothing was recorded",))
    ]
    assert len(read.impact_definitions) == 5
    assert len(read.assurance_definitions) == 4


def test_what_is_not_confirmed_has_no_entry(packable):
    with at(BEFORE):
        impact_rows.rating(packable, at=noon(BEFORE))
    read = opened(steps.store_pack(packable, AUGUST, on=LATER))
    assert read.impacts == ()
    area = next(entry for entry in read.areas if entry.keys == ("PA1",))
    assert (area.impact.level, area.impact.proposed) == (None, 1)


def test_a_pack_of_before_these_parts_is_read_and_drawn(judged):
    old = copy.deepcopy(stored(judged))
    for part in NEW_PARTS:
        del old[part]
    for area in old["areas"]:
        del area["impact"], area["assurance"]
    read = content.from_json(old)
    assert (read.impacts, read.missed) == ((), ())
    assert {area.impact for area in read.areas} == {None}
    assert not render.page(read).is_judged


def test_a_pack_with_them_is_drawn_with_them(judged):
    read = content.from_json(stored(judged))
    page = render.page(read)
    assert page.is_judged
    titles = [section.title for section in page.contents]
    assert {"Comes again, and was missed", "Impact"} <= set(titles)
