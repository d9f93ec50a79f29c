"""When a decision may be asked for and taken, and what must be said with it: on plain values."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from governance.enums import DecisionRequestState, PromptKind
from hertsend.errors import Conflict, NotAllowed, RuleBroken

DATA: frozenset[PromptKind] = frozenset(
    {
        PromptKind.INDICATOR,
        PromptKind.MILESTONE,
        PromptKind.EXCEPTION,
        PromptKind.FINDING,
        PromptKind.FEEDBACK,
    }
)
"""What counts as data (plan, action 1.3): figures, what is reported of the plan's milestones, what
audits found and what families said. A risk or a request is somebody's judgement."""

NOT_OPEN = "This was decided or withdrawn after you opened it. Read it again before you go on."
OWN = "You asked for this decision. Another chair of the group decides on it."
SUPERSEDED_ALREADY = "A further decision has superseded this one already. Read that one first."


@dataclass(frozen=True)
class RequestWords:
    """What is asked of a group, why, and by when an answer is needed."""

    question: str = ""
    background: str = ""
    wanted_by: dt.date | None = None


@dataclass(frozen=True)
class DecisionWords:
    """What a group decided, why, and from when it holds; the note is for officers."""

    title: str = ""
    decided: str = ""
    reasons: str = ""
    effective_on: dt.date | None = None
    internal_note: str = ""


@dataclass(frozen=True)
class PromptWords:
    """One thing that prompted it: its kind, its name in addresses, and what it showed."""

    kind: str
    reference: str
    what_it_showed: str = ""


def check_request(words: RequestWords, *, on: dt.date) -> None:
    """Refuse a request without question or background, or wanted by a day gone by; tells all at once."""
    errors: dict[str, list[str]] = {}
    if not words.question.strip():
        errors["question"] = ["Enter what is to be decided."]
    if not words.background.strip():
        errors["background"] = ["Enter why it is to be decided."]
    if words.wanted_by is not None and words.wanted_by < on:
        errors["wanted_by"] = ["The day must be today or later."]
    if errors:
        raise RuleBroken(errors)


def check_withdrawal(reason: str) -> None:
    """Refuse to withdraw without a reason."""
    if not reason.strip():
        raise RuleBroken({"reason": ["Enter the reason."]})


def check_open(state: str) -> None:
    """Refuse what was decided or withdrawn meanwhile. Raises ``Conflict``."""
    if state != DecisionRequestState.OPEN:
        raise Conflict(NOT_OPEN)


def check_not_asker(*, asked_by_id: int, by_id: int) -> None:
    """Refuse whoever asked: nobody decides what they asked for. Raises ``NotAllowed``."""
    if asked_by_id == by_id:
        raise NotAllowed(OWN)


def check_decision(
    words: DecisionWords, *, taken_on: dt.date | None, asked_on: dt.date | None, on: dt.date
) -> None:
    """Refuse a decision without words, reasons or days, or with days in disorder; tells all at once.

    ``asked_on`` is the day of the request that is decided, None for a decision of its own.
    """
    errors: dict[str, list[str]] = {}
    if not words.title.strip():
        errors["title"] = ["Enter what it is about."]
    if not words.decided.strip():
        errors["decided"] = ["Enter what was decided."]
    if not words.reasons.strip():
        errors["reasons"] = ["Enter why."]
    if taken_on is None:
        errors["taken_on"] = ["Enter the day on which it was decided."]
    elif taken_on > on:
        errors["taken_on"] = ["The day must be today or before."]
    elif asked_on is not None and taken_on < asked_on:
        errors["taken_on"] = ["It cannot be decided before it was asked for."]
    if words.effective_on is None:
        errors["effective_on"] = ["Enter from when it holds."]
    elif taken_on is not None and words.effective_on < taken_on:
        errors["effective_on"] = ["It cannot take effect before it was decided."]
    if errors:
        raise RuleBroken(errors)


def check_meeting(*, is_of_group: bool, is_cancelled: bool, held_on: dt.date, on: dt.date) -> None:
    """Refuse a meeting of another group, one that was cancelled, or one that is still to come."""
    if not is_of_group:
        raise RuleBroken({"meeting": ["Select a meeting of this group."]})
    if is_cancelled:
        raise RuleBroken({"meeting": ["This meeting was cancelled. Select another."]})
    if held_on > on:
        raise RuleBroken({"meeting": ["This meeting is still to come."]})


def check_supersession(
    *, is_superseded: bool, reason: str, taken_on: dt.date | None, earlier_on: dt.date
) -> None:
    """Refuse to supersede without a reason, before the other was taken, or twice (a ``Conflict``)."""
    if is_superseded:
        raise Conflict(SUPERSEDED_ALREADY)
    if not reason.strip():
        raise RuleBroken({"reason_for_change": ["Enter why the decision changes."]})
    if taken_on is not None and taken_on < earlier_on:
        raise RuleBroken({"taken_on": ["It must not be earlier than the decision it supersedes."]})


def check_prompts(prompts: Sequence[PromptWords], *, known: Collection[tuple[str, str]]) -> None:
    """Refuse a prompt of no known kind, that is not there, that stands twice, or says nothing.

    ``known`` holds kind and reference of those that the author may see. What a measure showed must
    be said: the figure moves on, the reason stays.
    """
    asked = [(each.kind, each.reference) for each in prompts]
    for each in prompts:
        if each.kind not in PromptKind.values:
            raise RuleBroken({"prompts": ["Select what prompted it from the list."]})
        kind = PromptKind(each.kind)
        if (each.kind, each.reference) not in known:
            raise RuleBroken({FIELDS[kind]: [NOT_THERE[kind].format(each.reference)]})
        if kind in SAYS_WHAT_IT_SHOWED and not each.what_it_showed.strip():
            raise RuleBroken({"what_it_showed": ["Enter what the measure showed."]})
    if len(set(asked)) < len(asked):
        raise RuleBroken({"prompts": ["Name each thing that prompted it once."]})


SAYS_WHAT_IT_SHOWED: frozenset[PromptKind] = frozenset({PromptKind.INDICATOR})
"""Of which kinds it must be said what they showed."""

FIELDS: dict[PromptKind, str] = {
    PromptKind.INDICATOR: "indicator",
    PromptKind.MILESTONE: "milestone",
    PromptKind.EXCEPTION: "prompts",
    PromptKind.DATE_REQUEST: "prompts",
    PromptKind.FINDING: "prompts",
    PromptKind.RISK: "prompts",
    PromptKind.FEEDBACK: "prompts",
}
"""Beside which field of a form a prompt of a kind is refused."""

NOT_THERE: dict[PromptKind, str] = {
    PromptKind.INDICATOR: "The plan has no measure “{}”.",
    PromptKind.MILESTONE: "The plan has no milestone “{}”.",
    PromptKind.EXCEPTION: "The milestone “{}” has no exception report.",
    PromptKind.DATE_REQUEST: "There is no request “{}” for a new date.",
    PromptKind.FINDING: "There is no finding “{}” of an audit.",
    PromptKind.RISK: "There is no risk “{}”.",
    PromptKind.FEEDBACK: "There is no entry “{}” of what families said.",
}
"""How it is said that there is no such thing, or none that the author may see."""
