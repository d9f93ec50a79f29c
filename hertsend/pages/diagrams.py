"""The page of state diagrams: Mermaid, drawn from the tables by which the services decide.

A diagram is a list of steps, each from one state to another by what somebody does; ``None`` stands
for where something begins. Nothing here knows a rule: all steps come from the policies.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from governance import policies as board
from governance.enums import PackState, ReturnState
from governance.policies import packs
from plans import policies
from plans.enums import (
    DateRequestState,
    DeepDiveState,
    EscalationState,
    ExceptionClosure,
    ImpactOutcome,
    PeriodState,
    Stage,
)

BEGIN_AND_END = "[*]"
OPEN_SPELL, CLOSED_SPELL = ("open", "Open"), ("closed", "Closed")
PROPOSED_RATING = ("proposed", "Proposed")


@dataclass(frozen=True)
class Step:
    """One way on: the states by name and label, None for the beginning, and what leads there."""

    before: tuple[str, str] | None
    after: tuple[str, str]
    by: str


def diagrams() -> str:
    """The whole page."""
    parts = [
        [
            "# State diagrams",
            "",
            "<!-- Generated from the transition tables of the policies. -->",
            "",
            "What may follow what. [States](states.md) says what each state means for a milestone.",
        ],
        *(
            [f"## {title}", "", f"From `{source}`.", "", *_drawn(steps)]
            for title, source, steps in _all()
        ),
    ]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _all() -> Iterator[tuple[str, str, list[Step]]]:
    yield "Milestone: stage and sign-off", "plans/policies/stages.py", list(_stages())
    yield "Return of a workstream", "governance/policies/returns.py", list(_returns())
    yield "Pack of a month", "governance/policies/packs.py", list(_packs())
    yield "Reporting period", "plans/policies/calendar.py", list(_periods())
    yield "Exception: an overdue spell", "plans/enums.py", list(_spells())
    yield "Request for a new date", "plans/policies/date_changes.py", list(_requests())
    yield "Deep dive", "plans/policies/challenges.py", list(_deep_dives())
    yield "Escalation to the Executive", "plans/policies/challenges.py", list(_escalations())
    yield "Impact rating", "plans/enums.py", list(_ratings())


def _stages() -> Iterator[Step]:
    yield Step(None, _state(Stage.NOT_STARTED), "Taken over from the plan")
    for before, reported in policies.STAGES_BY_UPDATE.items():
        for after in reported:
            if after != before:
                yield Step(_state(before), _state(after), "Update")
    for act, (possible, after) in policies.STAGES_BY_ACT.items():
        for before in possible:
            yield Step(_state(before), _state(after), act.label)


def _returns() -> Iterator[Step]:
    yield Step(None, _state(ReturnState.DRAFT), "The month opens")
    for act, (possible, after) in board.ACTS.items():
        for before in possible:
            yield Step(_state(before), _state(after), act.label)
    for state in ReturnState:
        frozen = board.standing(state=state, period_state=PeriodState.FROZEN)
        yield Step(_state(state), _state(frozen), "The month freezes")


def _packs() -> Iterator[Step]:
    yield Step(None, _state(PackState.PLANNED), "The month freezes, or the office corrects")
    for act, (possible, after) in packs.ACTS.items():
        for before in possible:
            yield Step(_state(before), _state(after), act.label)


def _periods() -> Iterator[Step]:
    yield Step(None, _state(PeriodState.SCHEDULED), "Generated a year ahead")
    for before, after in policies.PERIOD_STEPS.items():
        yield Step(_state(before), _state(after), "")
    for before in policies.PERIODS_CLOSED:
        yield Step(_state(before), _state(policies.PERIOD_REOPENED), "Reopened with a reason")


def _spells() -> Iterator[Step]:
    yield Step(None, OPEN_SPELL, "Past its date in force")
    for closure in ExceptionClosure:
        yield Step(OPEN_SPELL, CLOSED_SPELL, closure.label)


def _requests() -> Iterator[Step]:
    yield Step(None, _state(DateRequestState.OPEN), "Asked for")
    yield from _ends(policies.REQUEST_STEPS)


def _deep_dives() -> Iterator[Step]:
    yield Step(None, _state(DeepDiveState.PLANNED), "Asked for")
    yield from _ends(policies.DEEP_DIVE_STEPS)


def _escalations() -> Iterator[Step]:
    yield Step(None, _state(EscalationState.OPEN), "Escalated")
    yield from _ends(policies.ESCALATION_STEPS)


def _ratings() -> Iterator[Step]:
    yield Step(None, PROPOSED_RATING, "Rated by the workstream")
    for outcome in ImpactOutcome:
        yield Step(PROPOSED_RATING, _state(outcome), "")


def _ends(steps: dict[Any, tuple[Any, ...]]) -> Iterator[Step]:
    for before, ends in steps.items():
        for after in ends:
            yield Step(_state(before), _state(after), "")


def _state(value: Any) -> tuple[str, str]:
    return str(value.value), str(value.label)


def _drawn(steps: Iterable[Step]) -> list[str]:
    """The lines of a Mermaid diagram: the states with their labels, the steps, and where it ends."""
    steps = list(steps)
    states = dict(each for step in steps for each in (step.before, step.after) if each)
    left = {step.before[0] for step in steps if step.before}
    return [
        "```mermaid",
        "stateDiagram-v2",
        *(f'    state "{label}" as {name}' for name, label in states.items()),
        *(f"    {_way(step)}" for step in steps),
        *(f"    {name} --> {BEGIN_AND_END}" for name in states if name not in left),
        "```",
    ]


def _way(step: Step) -> str:
    before = step.before[0] if step.before else BEGIN_AND_END
    return f"{before} --> {step.after[0]}" + (f" : {step.by}" if step.by else "")
