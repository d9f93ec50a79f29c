"""Decisions and a log on the stage: of a council in which some roles sit and others do not."""

from typing import Any

from governance.models import AuditFinding, Decision, DecisionRequest, Group, LogAction
from governance.policies.decisions import DecisionWords, PromptWords, RequestWords
from governance.services import decisions, groups, log
from governance.services.log import TaskWords
from hertsend.accounts.roles import Role
from tests.factories.world import TODAY, World

SEATS = {
    Role.JOINT_CHAIR: ("joint_chair", "education"),
    Role.BOARD_MEMBER: ("member", "health"),
    Role.ADVISER: ("adviser", "other"),
    Role.PARENT_CARER_REPRESENTATIVE: ("parent_carer_representative", "families"),
}
"""Who sits in the council; the lead owns its log actions, and the administrator has no part in it."""


def stand(world: World) -> dict[str, Any]:
    """A council and who sits in it; one open request, decision and log action, each with number 1."""
    office = world.people[Role.PROGRAMME_OFFICE]
    council = groups.add_group(plan=world.plan, name="Council", tier="advisory", by=office)
    seat(world, council)
    _ask(world, council)
    _take(world, council)
    _raise(world, council)
    return {"council": council.key}


def seat(world: World, group: Group) -> None:
    """Let those of ``SEATS`` join a group."""
    for role, (capacity, sector) in SEATS.items():
        groups.join(
            group=group,
            person=world.people[role],
            capacity=capacity,
            organisation="County council",
            sector=sector,
            starts_on=TODAY,
            by=world.people[Role.PROGRAMME_OFFICE],
        )


def grow(world: World, number: int) -> None:
    """One more of each in the council and in the board, where meetings have them before them."""
    for key in ("council", "board"):
        _grow(world, Group.objects.get(plan=world.plan, key=key), number)


def _grow(world: World, group: Group, number: int) -> None:
    """One more of each, and of each end: withdrawn, decided, superseded, updated, closed."""
    office, lead = world.people[Role.PROGRAMME_OFFICE], world.people[Role.WORKSTREAM_LEAD]
    measure = PromptWords("indicator", "in-time", "34% in July")
    milestone = PromptWords("milestone", "PA1.1-1", "Late.")
    withdrawn = _ask(world, group, measure, milestone)
    decisions.withdraw(request=withdrawn, reason="Found money.", by=office)
    decided = _take(world, group, measure, request=_ask(world, group, milestone))
    _supersede(world, _take(world, group, milestone))
    closed = _raise(world, group, measure, decision=decided)
    for row in (LogAction.objects.filter(group=group, closed_at=None).earliest("pk"), closed):
        for person in (lead, office):
            log.add_note(log_action=row, words=f"Update {number}.", by=person)
    log.close(log_action=closed, closing_note="Done.", by=lead)
    _ask(world, group, measure)
    _raise(world, group, milestone)


def decide_for_pack(world: World) -> None:
    """The board decides after the freeze of July: August's pack tells of it to its readers."""
    _take(world, Group.objects.get(plan=world.plan, key="board"))


def lead_on(world: World) -> None:
    """An action of the board because of each risk, finding and entry that there is."""
    board = Group.objects.get(plan=world.plan, key="board")
    targets = [PromptWords("risk", risk.key) for risk in world.plan.risks.all()]
    targets += [
        PromptWords("finding", f"{row.audit.key}/{row.number}", "As reported.")
        for row in AuditFinding.objects.filter(audit__plan=world.plan)
    ]
    targets += [PromptWords("feedback", str(item.number)) for item in world.plan.feedback.all()]
    for each in targets:
        _raise(world, board, each)


def _ask(world: World, group: Group, *prompts: PromptWords) -> DecisionRequest:
    return decisions.ask(
        group=group,
        words=RequestWords("Fund it?", "Waits grow."),
        prompts=prompts,
        by=world.people[Role.PROGRAMME_OFFICE],
    )


def _taken(world: World, prompts: tuple[PromptWords, ...]) -> dict[str, Any]:
    words = DecisionWords("A team", "It is funded.", "Waits.", TODAY, "The council pays.")
    chair = world.people[Role.JOINT_CHAIR]
    return {"words": words, "taken_on": TODAY, "prompts": prompts, "by": chair}


def _take(
    world: World, group: Group, *prompts: PromptWords, request: DecisionRequest | None = None
) -> Decision:
    given = _taken(world, prompts)
    if request is not None:
        return decisions.decide(request=request, **given)
    return decisions.take(group=group, **given)


def _supersede(world: World, decision: Decision) -> Decision:
    return decisions.supersede(
        decision=decision, reason_for_change="The money came later.", **_taken(world, ())
    )


def _raise(
    world: World, group: Group, *prompts: PromptWords, decision: Decision | None = None
) -> LogAction:
    lead = world.people[Role.WORKSTREAM_LEAD]
    return log.raise_action(
        group=group,
        words=TaskWords("Recruit", owner=lead, due_on=TODAY, decision=decision),
        prompts=prompts,
        by=world.people[Role.PROGRAMME_OFFICE],
    )
