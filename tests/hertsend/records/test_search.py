"""Where words stand in a text, and that what may not be seen is neither found nor counted."""

import pytest

from hertsend.records.search import AROUND, Excerpt, Found, Searched, excerpt_of, found_by

ROWS = [
    Found("One", "/1/", {"text": "Waiting times", "note": "Between us"}),
    Found("Two", "/2/", {"text": "Shorter waits", "note": "Waiting"}),
]
ALL = Searched(
    "rows", "Rows", lambda _user, _plan: ROWS, lambda _u, _p: frozenset({"text", "note"})
)
SOME = Searched("rows", "Rows", lambda _user, _plan: ROWS, lambda _u, _p: frozenset({"text"}))
NONE = Searched("rows", "Rows", lambda _user, _plan: ROWS, lambda _u, _p: frozenset())


@pytest.mark.parametrize(
    ("text", "sought", "found"),
    [
        ("Waiting times", "TIMES", Excerpt("Waiting ", "times", "")),
        ("Waiting times", "waiting", Excerpt("", "Waiting", " times")),
        ("Waiting\n  times", "waiting times", Excerpt("", "Waiting times", "")),
        ("École élémentaire", "éCOLE ÉLÉ", Excerpt("", "École élé", "mentaire")),
        ("The Straße ends", "STRASSE e", Excerpt("The ", "Straße e", "nds")),
        ("Waiting times", "times waiting", None),
        ("Waiting", "100%", None),
        ("Waiting_times", "g_t", Excerpt("Waitin", "g_t", "imes")),
        ("", "a", None),
        ("Waiting", "", None),
    ],
)
def test_words_are_found_whatever_their_capitals(text, sought, found):
    assert excerpt_of(text, sought) == found


def test_a_long_text_is_cut_around_what_was_found():
    found = excerpt_of("a" * 200 + " here " + "b" * 200, "here")
    assert found == Excerpt("…" + "a" * (AROUND - 1) + " ", "here", " " + "b" * (AROUND - 1) + "…")


@pytest.mark.parametrize(
    ("kind", "words", "titles"),
    [
        (ALL, "waiting", ["One", "Two"]),
        (SOME, "waiting", ["One"]),
        (SOME, "between", []),
        (ALL, " between   us ", ["One"]),
        (NONE, "waiting", []),
    ],
)
def test_a_hidden_text_is_neither_found_nor_counted(kind, words, titles):
    hits, (counted,) = found_by(None, None, words, kinds=[kind])
    assert [hit.title for hit in hits] == titles
    assert counted.count == len(titles)
