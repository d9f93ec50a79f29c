"""“What changed” names all that an edition tells, and nothing that it does not tell."""

import dataclasses
import datetime as dt

import pytest

from governance.boardpack import arranging, families
from governance.boardpack.changes import FIELD_WORDS, FOLLOWING, NOTHING, changes_between
from governance.boardpack.content import MilestoneEntry, PackContent, Summary
from governance.boardpack.parts import PARTS, fields_of
from governance.boardpack.sheets import ON_THE_FIRST_SHEET, sheets_of
from governance.enums import Edition
from tests.governance.boardpack.everything import Everything

FILLED = {edition: Everything(**{"Cover.edition": edition.value}).content for edition in Edition}
NOT_OF_PARTS = {"cover", "changed", "foreword", "order", "left_out", "proof"}
IN_THE_SUMMARY = {"headline": "Other.", "rest": "Other.", "changes": ("1 more",)}
FIELDS = {field.name for field in dataclasses.fields(PackContent)} - NOT_OF_PARTS
OF_EDITIONS = [(edition, name) for edition in Edition for name in sorted(FIELDS)]
OF_MILESTONES = [
    (edition, field.name) for edition in Edition for field in dataclasses.fields(MilestoneEntry)
]


def other(value):
    """A value that differs, of the same kind."""
    if isinstance(value, bool) or value is None:
        return not value
    if isinstance(value, dt.date):
        return value + dt.timedelta(days=1)
    return value + (1 if isinstance(value, int) else "Z" if isinstance(value, str) else ("Z",))


def emptied(value):
    """Another value of a field of a content."""
    if isinstance(value, tuple):
        return ()
    (first, *_) = (field.name for field in dataclasses.fields(value))
    return dataclasses.replace(value, **{first: other(getattr(value, first))})


def data_of(content):
    """The tables, but for the sentences on what changed."""
    return sheets_of(dataclasses.replace(content, changed=()))


@pytest.mark.parametrize(("edition", "name"), OF_EDITIONS)
def test_a_field_is_named_as_changed_where_the_edition_tells_it(edition, name):
    before = FILLED[edition]
    after = dataclasses.replace(before, **{name: emptied(getattr(before, name))})
    is_told = name in fields_of(edition)
    assert (changes_between(before, after) != (NOTHING,)) == is_told
    if name != "milestones":
        assert (data_of(before) != data_of(after)) == is_told


@pytest.mark.parametrize(("edition", "name"), OF_MILESTONES)
def test_a_field_of_a_milestone_is_named_where_the_edition_tells_it(edition, name):
    before = FILLED[edition]
    (entry,) = before.milestones
    changed = dataclasses.replace(entry, **{name: other(getattr(entry, name))})
    after = dataclasses.replace(before, milestones=(changed,))
    if name == "key":
        assert changes_between(before, after) == (
            "M1Z: new in this version.",
            "M1: no longer in this version.",
        )
        return
    told = {each.name for each in families.told_fields(MilestoneEntry, edition=edition)}
    words = (FIELD_WORDS | FOLLOWING)[name]
    assert changes_between(before, after) == ((f"M1: {words}.",) if name in told else (NOTHING,))


@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(Summary)])
def test_the_words_of_the_summary_are_told_and_figures_by_their_values(edition, name):
    before = FILLED[edition]
    (figure,) = before.summary.figures
    values = IN_THE_SUMMARY | {
        "figures": (dataclasses.replace(figure, value=9),),
        "burn_up_words": "Other.",
    }
    summary = dataclasses.replace(before.summary, **{name: values[name]})
    after = dataclasses.replace(before, summary=summary)
    wanted = {
        "figures": f"{figure.label}: 9, was {figure.value}.",
        "burn_up_words": NOTHING if edition == Edition.FAMILIES else "Also changed: summary.",
    }
    assert changes_between(before, after) == (wanted.get(name, "Also changed: summary."),)


def test_boards_are_told_of_every_list_and_families_of_what_their_parts_tell():
    every = {field.name for field in dataclasses.fields(PackContent)} - set(ON_THE_FIRST_SHEET)
    executive = fields_of(Edition.EXECUTIVE)
    assert every <= fields_of(Edition.BOARD) == executive
    gone = {
        *("due_soon", "undated", "window_passed", "awaiting", "signed_off", "signed_actions"),
        *("impacts", "burn_up", "all_streams", "reopened"),
    }
    assert gone.isdisjoint(fields_of(Edition.FAMILIES))
    assert gone < families.WHOLE | set(families.PLAIN)
    assert [sheet.name for sheet in sheets_of(FILLED[Edition.FAMILIES])] == [
        *("About this pack", "Workstreams", "Areas", "Milestones", "Exceptions", "Slips"),
        *("No update received", "Definitions", "Glossary", "Impact definitions"),
        *("Assurance definitions", "Measures", "You said, we did"),
    ]
    assert set(PARTS) == set(Edition)


@pytest.mark.parametrize(
    ("edition", "told"),
    [
        (Edition.BOARD, ("M1: stage.",)),
        (Edition.FAMILIES, ("M1: stage, sentence for families.", "M1: sentence for families.")),
    ],
)
def test_stored_sentences_on_what_boards_do_not_read_are_not_shown(edition, told):
    stored = ("M1: stage, sentence for families.", "M1: sentence for families.")
    content = dataclasses.replace(FILLED[edition], changed=stored)
    shown = arranging.arranged(content, foreword=None, order=(), left_out=())
    assert shown.changed == told


@pytest.mark.parametrize(("edition", "is_told"), [(Edition.BOARD, False), (Edition.FAMILIES, True)])
def test_the_sentence_for_families_is_in_their_data_alone(edition, is_told):
    sheets = {sheet.name: sheet for sheet in sheets_of(FILLED[edition])}
    assert ("Sentence for families" in sheets["Milestones"].headings) == is_told
