"""The judge of a race finds each kind of fault, and none in a sound race."""

import copy

import pytest

from tests.races import judging


def outcome(turn, writer, *, accepted, told=()):
    mark = f"word-{turn}-{writer}"
    return {
        "turn": turn,
        "writer": writer,
        "door": "form" if writer % 2 else "api",
        "base": turn,
        "mark": mark,
        "words": f"In this round {mark} was done.",
        "status": 201 if accepted else 409,
        "accepted": accepted,
        "answer": f"answer-{mark}",
        "marks_told": [mark, *told],
    }


def sound():
    """Two rounds of two writers: each wins one and loses one."""
    outcomes = [
        outcome(0, 0, accepted=True),
        outcome(0, 1, accepted=False, told=["word-0-0"]),
        outcome(1, 0, accepted=False, told=["word-1-1"]),
        outcome(1, 1, accepted=True),
    ]
    outcomes[0]["again"] = copy.deepcopy(outcomes[0])
    rows = [
        {"version": 1, "base_version": 0, "what_happened": outcomes[0]["words"]},
        {"version": 2, "base_version": 1, "what_happened": outcomes[3]["words"]},
    ]
    return outcomes, {"version": 2, "history": 2, "updates": rows}


def test_a_sound_race_has_no_fault():
    outcomes, stored = sound()
    assert judging.faults(outcomes, stored) == {}
    assert judging.lost(outcomes) == 0


def accept_the_loser(outcomes, stored):
    outcomes[1] |= {"accepted": True, "status": 302}
    stored["updates"].append(
        {"version": 3, "base_version": 0, "what_happened": outcomes[1]["words"]}
    )
    stored |= {"version": 3, "history": 3}


def fail(outcomes, stored):
    outcomes[1]["status"] = 500


def forget_a_row(outcomes, stored):
    stored["updates"].pop()


def forget_a_history_row(outcomes, stored):
    stored["history"] = 1


def store_other_words(outcomes, stored):
    stored["updates"][0]["what_happened"] = outcomes[1]["words"]


def drop_the_typed_words(outcomes, stored):
    outcomes[1]["marks_told"] = ["word-0-0"]


def hide_what_changed(outcomes, stored):
    outcomes[1]["marks_told"] = ["word-0-1"]


def answer_otherwise(outcomes, stored):
    outcomes[0]["again"]["status"] = 409


@pytest.mark.parametrize(
    ("spoil", "kinds", "lost"),
    [
        (accept_the_loser, {"bases"}, 1),
        (fail, {"answers"}, 0),
        (forget_a_row, {"counts", "rows"}, 0),
        (forget_a_history_row, {"counts"}, 0),
        (store_other_words, {"rows"}, 0),
        (drop_the_typed_words, {"losers"}, 0),
        (hide_what_changed, {"losers"}, 0),
        (answer_otherwise, {"again"}, 0),
    ],
)
def test_each_fault_is_found_by_its_kind(spoil, kinds, lost):
    outcomes, stored = sound()
    spoil(outcomes, stored)
    assert set(judging.faults(outcomes, stored)) == kinds
    assert judging.lost(outcomes) == lost
