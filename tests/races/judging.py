"""What must hold after a race, judged from the writers' outcomes and the rows alone."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

LOSES = 409
Outcome = dict[str, Any]


def accepted(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """The outcomes of those who were told that their words are stored."""
    return [outcome for outcome in outcomes if outcome["accepted"]]


def lost(outcomes: Iterable[Outcome]) -> int:
    """How many accepted updates overwrote words that their writer never saw."""
    bases = Counter(outcome["base"] for outcome in accepted(outcomes))
    return sum(number - 1 for number in bases.values())


def faults(outcomes: list[Outcome], stored: dict[str, Any]) -> dict[str, list[str]]:
    """What went wrong, by kind; empty after a sound race."""
    found = {
        "answers": _answers(outcomes),
        "counts": _counts(outcomes, stored),
        "bases": _bases(outcomes, stored),
        "rows": _rows(outcomes, stored),
        "losers": _losers(outcomes),
        "again": _again(outcomes),
    }
    return {kind: sentences for kind, sentences in found.items() if sentences}


def _who(outcome: Outcome) -> str:
    return f"writer {outcome['writer']} by {outcome['door']} in round {outcome['turn']}"


def _answers(outcomes: list[Outcome]) -> list[str]:
    return [
        f"{_who(outcome)} was answered {outcome['status']}"
        for outcome in outcomes
        if not outcome["accepted"] and outcome["status"] != LOSES
    ]


def _counts(outcomes: list[Outcome], stored: dict[str, Any]) -> list[str]:
    counts = {
        "accepted": len(accepted(outcomes)),
        "rows": len(stored["updates"]),
        "version": stored["version"],
        "history": stored["history"],
    }
    return [] if len(set(counts.values())) == 1 else [f"These should be equal: {counts}"]


def _bases(outcomes: list[Outcome], stored: dict[str, Any]) -> list[str]:
    told = Counter(outcome["base"] for outcome in accepted(outcomes))
    kept = Counter(row["base_version"] for row in stored["updates"])
    return [
        f"{number} updates {where} share the base version {base}"
        for where, bases in (("accepted", told), ("stored", kept))
        for base, number in sorted(bases.items())
        if number > 1
    ]


def _rows(outcomes: list[Outcome], stored: dict[str, Any]) -> list[str]:
    told = Counter(outcome["words"] for outcome in accepted(outcomes))
    kept = Counter(row["what_happened"] for row in stored["updates"])
    return [f"accepted but not stored: {words}" for words in told - kept] + [
        f"stored but not accepted: {words}" for words in kept - told
    ]


def _losers(outcomes: list[Outcome]) -> list[str]:
    """Each loser is given back their own words and shown those that were stored meanwhile."""
    winners: dict[int, set[str]] = defaultdict(set)
    for outcome in accepted(outcomes):
        winners[outcome["turn"]].add(outcome["mark"])
    sentences = []
    for outcome in outcomes:
        if outcome["accepted"]:
            continue
        told = set(outcome["marks_told"])
        if outcome["mark"] not in told:
            sentences.append(f"{_who(outcome)} lost their words")
        if not told & winners[outcome["turn"]]:
            sentences.append(f"{_who(outcome)} was not told what changed")
    return sentences


def _again(outcomes: list[Outcome]) -> list[str]:
    return [
        f"{_who(outcome)} sent again and was answered differently"
        for outcome in outcomes
        if "again" in outcome
        and (outcome["again"]["status"], outcome["again"]["answer"])
        != (outcome["status"], outcome["answer"])
    ]
