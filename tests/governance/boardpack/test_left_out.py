"""What the office left out, and what an edition never tells, is spoken of nowhere in a pack."""

import dataclasses
import datetime as dt

import pytest

from governance.boardpack import arranging
from governance.boardpack.changes import NOTHING, NOTHING_SHOWN, PART_WORDS, changes_between
from governance.boardpack.content import PackContent, TermEntry
from governance.boardpack.files import FORMATS
from governance.boardpack.parts import HOLDS, PARTS, fields_of
from governance.boardpack.render import page
from governance.boardpack.sheets import sheets_of
from governance.boardpack.signing import SignedActionEntry
from governance.boardpack.snapshot import opened
from governance.enums import Edition
from tests.governance import steps
from tests.governance.steps import AUGUST
from tests.hertsend.documents.pdfs import pages_of

LATER = dt.date(2024, 9, 12)


@pytest.fixture
def read(packable):
    def of(edition=Edition.BOARD):
        return opened(steps.read_pack(packable, AUGUST, on=LATER, edition=edition))

    return of


def further(before, **values):
    """A version with other values, that says what changed."""
    after = dataclasses.replace(before, **values)
    return dataclasses.replace(after, changed=changes_between(before, after))


def without(content, *left_out):
    return arranging.arranged(content, foreword=None, order=(), left_out=left_out)


def unnamed(content, key):
    """The content with a milestone that no list names, but that of all."""
    lists = {
        field.name: tuple(each for each in getattr(content, field.name) if each != key)
        for field in dataclasses.fields(content)
        if isinstance(getattr(content, field.name), tuple)
    }
    return dataclasses.replace(content, **lists)


SIGNED = SignedActionEntry("PA1.1", "Text", (), dt.datetime(2024, 9, 1, tzinfo=dt.UTC), "A", "B")
TERM = TermEntry("EHC", "Education, health and care")


def test_parts_that_were_left_out_are_not_named_among_what_changed(read):
    later = further(read(), glossary=(TERM,), signed_actions=(SIGNED,), due_soon=("PA1.1-2",))
    whole = ("whole actions signed off", "due in the next 30 days", "glossary")
    assert without(later).changed == (f"Also changed: {', '.join(whole)}.",)
    assert without(later, "glossary").changed == (f"Also changed: {', '.join(whole[:2])}.",)
    assert without(later, "signed-off", "glossary").changed == (f"Also changed: {whole[1]}.",)
    assert without(later, "signed-off", "glossary", "due-soon").changed == (NOTHING_SHOWN,)


def test_words_with_a_comma_are_one_name(read):
    before = read()
    later = dataclasses.replace(
        before, changed=("Also changed: action log, you said, we did, glossary.",)
    )
    assert without(later, "glossary").changed == ("Also changed: action log, you said, we did.",)
    assert without(later).changed == later.changed


def test_without_workstreams_only_milestones_of_other_lists_are_told_of(read):
    before = unnamed(read(), "AI1.1-2")
    milestones = tuple(
        dataclasses.replace(entry, what_happened="Otherwise.") for entry in before.milestones
    )
    later = further(before, milestones=milestones)
    keys = [entry.key for entry in later.milestones]
    assert later.changed == tuple(f"{key}: what happened." for key in keys)
    named = arranging.names_in(without(later, "workstreams"))
    left = [key for key in keys if key in named]
    assert (len(left), len(keys)) == (3, 4)
    shorter = without(later, "workstreams")
    assert shorter.changed == tuple(f"{key}: what happened." for key in left)
    assert [entry.key for entry in shorter.milestones] == left
    assert page(shorter).exceptions == page(later).exceptions


def test_figures_and_nothing_stay_whatever_was_left_out(read):
    before = read()
    figures = tuple(dataclasses.replace(each, value=7) for each in before.summary.figures)
    later = further(before, summary=dataclasses.replace(before.summary, figures=figures))
    assert without(later, *arranging.LEAVABLE).changed == later.changed
    same = further(before)
    assert without(same, *arranging.LEAVABLE).changed == same.changed == (NOTHING,)
    assert without(before, *arranging.LEAVABLE).changed == ()


def test_families_are_told_nothing_of_parts_that_they_are_not_given(read):
    before = read(Edition.FAMILIES)
    later = further(
        before,
        glossary=(TERM,),
        signed_actions=(SIGNED,),
        due_soon=("PA1.1-2",),
        undated=("PA1.1-2",),
        exceptions=(),
    )
    assert later.changed == ("Also changed: exceptions, glossary.",)
    assert without(later, "glossary").changed == ("Also changed: exceptions.",)
    of_board = further(read(), due_soon=("PA1.1-2",), undated=("PA1.1-2",))
    assert of_board.changed == ("Also changed: due in the next 30 days, no agreed date.",)


def test_what_an_earlier_version_said_of_hidden_parts_is_not_shown_to_families(read):
    stored = dataclasses.replace(
        read(Edition.FAMILIES), changed=("Also changed: due in the next 30 days, glossary.",)
    )
    assert without(stored).changed == ("Also changed: glossary.",)


def test_every_part_holds_fields_of_the_content_and_every_word_has_a_part():
    names = {field.name for field in dataclasses.fields(PackContent)}
    assert set(HOLDS) == {part for edition in PARTS for part in PARTS[edition]}
    assert {name for held in HOLDS.values() for name in held} <= names
    assert set(PART_WORDS) <= fields_of(Edition.BOARD)
    assert "risks" in fields_of(Edition.BOARD)
    assert "risks" not in fields_of(Edition.FAMILIES)


@pytest.mark.parametrize(
    ("left_out", "gone"),
    [
        ("workstreams", {"Workstreams", "All workstreams"}),
        ("signed-off", {"Signed off", "Signed actions"}),
        ("due-soon", {"Due soon"}),
        ("glossary", {"Glossary"}),
    ],
)
def test_the_data_has_no_list_of_what_was_left_out(read, left_out, gone):
    before = read()
    every = {sheet.name for sheet in sheets_of(without(before))}
    assert gone <= every
    shorter = without(before, left_out)
    assert {sheet.name for sheet in sheets_of(shorter)} == every - gone
    for kind in ("workbook", "csv"):
        assert FORMATS[kind].made_of(shorter) != FORMATS[kind].made_of(without(before))


def test_the_milestones_of_the_data_are_those_that_the_pack_names(read):
    before = unnamed(read(), "AI1.1-2")
    sheets = {sheet.name: sheet for sheet in sheets_of(without(before, "workstreams"))}
    keys = {row[0] for row in sheets["Milestones"].rows}
    assert {row[0] for row in sheets["Exceptions"].rows} <= keys
    assert len(keys) == 3


def test_the_lead_sentence_of_families_asks_nothing_of_a_board(read):
    told = {edition: read(edition).summary.rest for edition in Edition}
    assert told[Edition.FAMILIES].endswith("1 milestone is late or off track.")
    assert told[Edition.BOARD].endswith("overdue or off track and needs the board.")
    assert told[Edition.EXECUTIVE] == told[Edition.BOARD]
    assert "1 milestone is late or off track." in " ".join(
        " ".join(pages_of(FORMATS["pdf"].made_of(read(Edition.FAMILIES)))).split()
    )
