"""Sentences of a month, from counts alone."""

import datetime as dt

import pytest

from governance.selectors.change_words import changes_in_words
from governance.selectors.figures import Changes, Figures
from governance.selectors.tables import STAGES, STANDINGS, StreamRow
from governance.selectors.wording import (
    counted,
    figures_in_words,
    joined,
    month_named_beside,
    sentence_of,
)

ON = dt.date(2024, 10, 9)
SEPTEMBER = dt.date(2024, 9, 1)


def figures(**counts):
    none = dict.fromkeys(Figures.__dataclass_fields__, 0)
    return Figures(**(none | {"due_by": dt.date(2024, 9, 30), "oldest_wait": None} | counts))


def stream(key, *, overdue=0):
    return StreamRow(
        key=key,
        name=f"Workstream {key}",
        stages=dict.fromkeys(STAGES, 0),
        standings=dict.fromkeys(STANDINGS, 0),
        overdue=overdue,
        due=0,
        complete_of_due=0,
        total=0,
        silent=0,
    )


@pytest.mark.parametrize(
    ("counts", "headline"),
    [
        ({}, "Nothing has fallen due yet."),
        ({"due": 3, "complete_of_due": 3}, "Everything due by 30 September 2024 is complete."),
        (
            {"due": 3, "complete_of_due": 2},
            "Delivery is 1 milestone behind the published plan.",
        ),
        (
            {"due": 92, "complete_of_due": 73},
            "Delivery is 19 milestones behind the published plan.",
        ),
    ],
)
def test_the_headline_answers_how_it_is(counts, headline):
    assert sentence_of(figures(**counts), [], on=ON).headline == headline


def test_the_rest_bears_the_headline_out():
    counts = figures(
        due=92,
        complete_of_due=73,
        overdue_of_due=11,
        moved_of_due=8,
        overdue=13,
        needing_board=14,
    )
    streams = [stream("PA1", overdue=7), stream("PA2", overdue=2), stream("AI1", overdue=4)]
    assert sentence_of(counts, streams, on=ON).rest == (
        "Of 92 due by 30 September 2024, 73 are complete, 11 are overdue and 8 were moved with "
        "approval. 2 more have passed the agreed date or fallen due since, by 9 October 2024. "
        "Most of what is overdue is in PA1. "
        "14 milestones are overdue or off track and need the board."
    )


def test_one_alone_is_said_of_one():
    counts = figures(due=2, complete_of_due=1, overdue_of_due=1, overdue=1, needing_board=1)
    assert sentence_of(counts, [stream("PA1", overdue=1)], on=ON).rest == (
        "Of 2 due by 30 September 2024, 1 is complete and 1 is overdue. "
        "1 milestone is overdue or off track and needs the board."
    )


@pytest.mark.parametrize(
    ("needing", "to_families", "to_boards"),
    [
        (0, "Nothing is late or off track.", "Nothing is overdue or off track."),
        (
            1,
            "1 milestone is late or off track.",
            "1 milestone is overdue or off track and needs the board.",
        ),
        (
            14,
            "14 milestones are late or off track.",
            "14 milestones are overdue or off track and need the board.",
        ),
    ],
)
def test_families_read_what_is_late_and_boards_what_needs_them(needing, to_families, to_boards):
    counts = figures(needing_board=needing)
    assert sentence_of(counts, [], on=ON, for_families=True).rest == to_families
    assert sentence_of(counts, [], on=ON).rest == to_boards


def test_overdue_by_an_agreed_date_alone_is_said_without_more():
    rest = sentence_of(figures(overdue=1, needing_board=1), [], on=ON).rest
    assert rest.startswith("1 has passed the agreed date or fallen due since, by 9 October 2024.")


@pytest.mark.parametrize(
    ("overdue", "where"),
    [
        ((4, 3, 1), "Most of what is overdue is in PA1 and PA2."),
        ((5, 1, 1), "Most of what is overdue is in PA1."),
        ((2, 0, 0), ""),
        ((3, 3, 3, 3), ""),
        ((5, 5), ""),
    ],
)
def test_where_most_is_overdue_is_said_only_where_it_says_something(overdue, where):
    streams = [
        stream(key, overdue=number)
        for key, number in zip(("PA1", "PA2", "AI1", "AI2"), overdue, strict=False)
    ]
    rest = sentence_of(figures(needing_board=0), streams, on=ON).rest
    assert rest == f"{where} Nothing is overdue or off track.".strip()


def notes(now, before=None, *, changes=None, before_month=dt.date(2024, 8, 1)):
    found = figures_in_words(
        now,
        [stream("PA1")],
        month=SEPTEMBER,
        before=before,
        before_month=before_month,
        changes=changes,
    )
    return {figure.key: (figure.label, figure.note, figure.tone) for figure in found}


def test_a_figure_says_how_it_was_before():
    found = notes(
        figures(due=5, complete_of_due=2, off_track=1), figures(complete_of_due=4, off_track=3)
    )
    assert found["complete"] == ("of 5 due are complete", "down 2 since August", "")
    assert found["off-track"] == ("off track", "2 fewer than in August", "")


def test_a_figure_that_did_not_change_says_so():
    found = notes(figures(complete_of_due=1, due=5), figures(complete_of_due=1))
    assert found["complete"] == ("of 5 due is complete", "as many as in August", "")
    assert found["off-track"][1] == "as many as in August"


def test_red_is_for_overdue_alone_and_only_when_there_is_any():
    assert {key: tone for key, (_, _, tone) in notes(figures(overdue=1)).items() if tone} == {
        "overdue": "red"
    }
    assert notes(figures())["overdue"][2] == ""


@pytest.mark.parametrize(
    ("counts", "label", "note"),
    [
        ({}, "await sign-off", ""),
        ({"awaiting": 1, "oldest_wait": 0}, "awaits sign-off", "since today"),
        ({"awaiting": 2, "oldest_wait": 1}, "await sign-off", "the oldest for 1 day"),
        ({"awaiting": 2, "oldest_wait": 19}, "await sign-off", "the oldest for 19 days"),
    ],
)
def test_how_long_the_oldest_waits(counts, label, note):
    assert notes(figures(**counts))["awaiting"] == (label, note, "")


def test_changes_that_did_not_happen_are_left_out():
    none = dict.fromkeys(Changes.__dataclass_fields__, ())
    assert changes_in_words(Changes(**none)) == ()


@pytest.mark.parametrize(
    ("words", "sentence"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_words_in_a_row(words, sentence):
    assert joined(words) == sentence


def test_numbers_with_their_nouns():
    assert [counted(number, "day", "days") for number in (0, 1, 2)] == ["0 days", "1 day", "2 days"]


def test_a_month_of_another_year_keeps_its_year():
    assert month_named_beside(dt.date(2024, 8, 1), SEPTEMBER) == "August"
    assert month_named_beside(dt.date(2023, 12, 1), SEPTEMBER) == "December 2023"
