"""People at one decision, risk, meeting or entry, each in a process: ``python -m tests.races.governing``.

``prepare N`` makes N of each kind. ``act KIND WHO [unchecked]`` waits for a word before each of them,
does what WHO does, and answers in a line what came of it. ``stored KIND`` tells what is stored of
each. ``unchecked`` compares nothing with what was read: the control, which must be noticed.
"""

import datetime as dt
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import django

django.setup()

from django.db import IntegrityError, models  # noqa: E402 - after the set-up that models need

from governance.models import DecisionRequest, FeedbackItem, Group, Meeting, Risk  # noqa: E402
from governance.policies import decisions as decision_rules  # noqa: E402
from governance.policies.decisions import DecisionWords, RequestWords  # noqa: E402
from governance.policies.risks import RiskWords, Score  # noqa: E402
from governance.services import decisions, feedback, groups, meetings, risks  # noqa: E402
from governance.services.meetings import Sitting  # noqa: E402
from hertsend.accounts.models import User  # noqa: E402
from hertsend.accounts.roles import Role  # noqa: E402
from hertsend.errors import Conflict, NotAllowed, RuleBroken  # noqa: E402
from plans.models import Plan  # noqa: E402
from tests.factories.world import TODAY, at  # noqa: E402
from tests.races.deciding import person  # noqa: E402

LATER = TODAY + dt.timedelta(days=90)
"""After every meeting that is prepared, so that none is moved to where it is."""
CHAIR, OFFICE, LEAD = Role.JOINT_CHAIR, Role.PROGRAMME_OFFICE, Role.WORKSTREAM_LEAD
WORDS = {"event": "Waits grow", "cause": "Posts are vacant.", "effect": "Plans are late."}
SCORES = {
    "inherent_likelihood": 4,
    "inherent_impact": 4,
    "target_likelihood": 2,
    "target_impact": 2,
}


def prepare(plan: str, number: str) -> dict[str, Any]:
    """A board with two joint chairs, and so many of each kind that wait for somebody."""
    row, office, lead = Plan.objects.get(slug=plan), person(plan, OFFICE), person(plan, LEAD)
    with at(TODAY):
        board = groups.add_group(plan=row, name="Board", tier="board", by=office)
        for each in (person(plan, CHAIR), person(plan, CHAIR, last=True)):
            groups.join(
                group=board,
                person=each,
                capacity="joint_chair",
                organisation="Council",
                sector="health",
                starts_on=TODAY,
                by=office,
            )
        for place in range(int(number)):
            _one_of_each(row, board, place, office=office, lead=lead)
    return {"prepared": int(number)}


def _one_of_each(plan: Plan, board: Group, place: int, *, office: User, lead: User) -> None:
    decisions.ask(group=board, words=RequestWords("Fund it?", "Waits grow."), prompts=(), by=office)
    risks.raise_risk(
        plan=plan,
        workstream=plan.workstreams.get(key="PA1"),
        words=RiskWords(**WORDS, **SCORES),
        current=Score(3, 3),
        owner=lead,
        by=office,
    )
    risk = Risk.objects.latest("pk")
    risks.move_risk(
        risk=risk, to_level="board", reason="Too big.", base_version=risk.version, by=office
    )
    day = TODAY + dt.timedelta(days=place + 1)
    meetings.add_meeting(group=board, sitting=Sitting(day, dt.time(9), dt.time(10)), by=office)
    item = feedback.enter(
        plan=plan, theme="Waiting", source="A survey", said_on=TODAY, said="Too long.", by=lead
    )
    feedback.answer(item=item, will_do="Hire two.", base_version=item.version, by=lead)


def decide(row: DecisionRequest, by: User) -> None:
    """A chair decides."""
    words = DecisionWords("A team", "It is funded.", "Waits.", TODAY)
    decisions.decide(request=row, words=words, taken_on=TODAY, by=by)


def withdraw(row: DecisionRequest, by: User) -> None:
    """The office takes it back."""
    decisions.withdraw(request=row, reason="Found money.", by=by)


def escalate(row: Risk, by: User) -> None:
    """A chair brings it to the Executive."""
    _moved(row, "executive", by)


def hand_back(row: Risk, by: User) -> None:
    """The other chair hands it back to its workstream."""
    _moved(row, "workstream", by)


def _moved(row: Risk, to_level: str, by: User) -> None:
    risks.move_risk(risk=row, to_level=to_level, reason="So.", base_version=row.version, by=by)


def move(row: Meeting, by: User) -> None:
    """Somebody of the office moves it."""
    sitting = Sitting(LATER, dt.time(9), dt.time(10))
    meetings.move(meeting=row, sitting=sitting, reason="So.", base_version=row.version, by=by)


def cancel(row: Meeting, by: User) -> None:
    """Somebody else of the office cancels it."""
    meetings.cancel(meeting=row, reason="Snow.", base_version=row.version, by=by)


def approve(row: FeedbackItem, by: User) -> None:
    """Somebody of the office approves the words that they read."""
    feedback.approve(item=row, base_version=row.version, by=by)


def rewrite(row: FeedbackItem, by: User) -> None:
    """The lead changes them."""
    feedback.answer(item=row, will_do="Hire three.", base_version=row.version, by=by)


@dataclass(frozen=True)
class Kind:
    """What people are at: its rows, what each of them does, and what is told of a row."""

    rows: Callable[[str], models.QuerySet[Any]]
    acts: dict[str, tuple[Callable[[Any, User], None], Role, bool]]
    stored: Callable[[Any], list[Any]]


KINDS = {
    "decision": Kind(
        lambda plan: DecisionRequest.objects.filter(group__plan__slug=plan),
        {
            "decide": (decide, CHAIR, False),
            "decide too": (decide, CHAIR, True),
            "withdraw": (withdraw, OFFICE, False),
        },
        lambda row: [row.state, int(hasattr(row, "decision"))],
    ),
    "risk": Kind(
        lambda plan: Risk.objects.filter(plan__slug=plan),
        {"escalate": (escalate, CHAIR, False), "hand back": (hand_back, CHAIR, True)},
        lambda row: [row.level, row.moves.count(), row.version],
    ),
    "meeting": Kind(
        lambda plan: Meeting.objects.filter(group__plan__slug=plan),
        {"move": (move, OFFICE, False), "cancel": (cancel, OFFICE, True)},
        lambda row: [row.state, int(row.moved_from is not None), row.version],
    ),
    "feedback": Kind(
        lambda plan: FeedbackItem.objects.filter(plan__slug=plan),
        {
            "approve": (approve, OFFICE, False),
            "approve too": (approve, OFFICE, True),
            "rewrite": (rewrite, LEAD, False),
        },
        lambda row: [row.state, row.will_do, row.version],
    ),
}


def act(plan: str, kind: str, who: str, unchecked: str = "") -> None:
    """Do one act at each row, each at a word."""
    if unchecked:
        decision_rules.check_open = lambda state: None  # type: ignore[assignment]
        risks.check_risk_unchanged = lambda *given, **told: None  # type: ignore[assignment]
        risks.rules.check_move = lambda **given: None  # type: ignore[assignment]
        meetings._check_version = lambda *given, **typed: None  # type: ignore[assignment]
        feedback._check_version = lambda *given: None  # type: ignore[assignment]
    done, role, last = KINDS[kind].acts[who]
    by = person(plan, role, last=last)
    for row in KINDS[kind].rows(plan).order_by("pk"):
        _tell("ready")
        sys.stdin.readline()
        with at(TODAY):
            _tell(_outcome(done, row, by))


def _outcome(done: Callable[[Any, User], None], row: Any, by: User) -> str:
    try:
        done(row, by)
    except Conflict:
        return "conflict"
    except (RuleBroken, NotAllowed) as error:
        return f"refused: {error}"
    except IntegrityError:
        return "stopped by the database"
    return "done"


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def stored(plan: str, kind: str) -> list[Any]:
    """What is stored of each row."""
    return [KINDS[kind].stored(row) for row in KINDS[kind].rows(plan).order_by("pk")]


COMMANDS = {"prepare": prepare, "stored": stored}

if __name__ == "__main__":
    if sys.argv[1] == "act":
        act(*sys.argv[2:])
    else:
        sys.stdout.write(json.dumps(COMMANDS[sys.argv[1]](*sys.argv[2:])) + "\n")
