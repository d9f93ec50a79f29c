"""A board whose chairs decide, in a small world: what it is asked, what it decided, its log."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from governance.models import Decision, DecisionRequest, Group, LogAction, Meeting, Membership
from governance.policies.decisions import DecisionWords, PromptWords, RequestWords
from governance.services import decisions, groups, log
from governance.services.log import TaskWords
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from tests.factories import meetings as make_meetings
from tests.factories.measures import measure
from tests.factories.world import TODAY, World, at
from tests.governance.bodies import joined, kept, office

CHAIR, MEMBER, FAMILIES = Role.JOINT_CHAIR, Role.BOARD_MEMBER, Role.PARENT_CARER_REPRESENTATIVE
WEEK = dt.timedelta(days=7)
SEATS = {CHAIR: "joint_chair", MEMBER: "member", FAMILIES: "parent_carer_representative"}


@dataclass
class Table:
    """The board of a world: who sits at it, and what they do there."""

    world: World
    groups: dict[str, Group] = field(default_factory=dict)

    @classmethod
    def of(cls, world: World) -> "Table":
        """The plan's groups, with a joint chair, a member and a parent carer on the board."""
        table = cls(world, kept(world))
        for role, capacity in SEATS.items():
            table.seat(world.people[role], capacity)
        table.seat(world.second_chair, "joint_chair")
        return table

    @property
    def board(self) -> Group:
        """The board."""
        return self.groups["board"]

    @property
    def office(self) -> User:
        """The programme office."""
        return office(self.world)

    def person(self, role: Role) -> User:
        """The world's person with a role."""
        return self.world.people[role]

    def seat(self, person: User, capacity: str, **changed: Any) -> Membership:
        """Somebody joins the board."""
        sector = "families" if capacity == "parent_carer_representative" else "education"
        given = {"capacity": capacity, "sector": sector} | changed
        return joined(self.board, person, by=self.office, **given)

    def end(self, group: Group) -> None:
        """Today is the last day of a group."""
        with at(TODAY):
            groups.end_group(group=group, ends_on=TODAY, reason="Done", by=self.office)

    def meet(self, on: dt.date = TODAY, **changed: Any) -> Meeting:
        """The board meets at noon of a day."""
        return make_meetings.meeting(self.board, on=on, **changed)

    def ask(
        self,
        *prompts: PromptWords,
        on: dt.date = TODAY,
        by: User | None = None,
        group: Group | None = None,
        **words: Any,
    ) -> DecisionRequest:
        """The board is asked, by the programme office unless said otherwise."""
        given = {"question": "Fund a second team?", "background": "Waits grow."} | words
        with at(on):
            return decisions.ask(
                group=group or self.board,
                words=RequestWords(**given),
                prompts=prompts,
                by=by or self.office,
            )

    def take(
        self, *prompts: PromptWords, on: dt.date = TODAY, by: User | None = None, **given: Any
    ) -> Decision:
        """A chair records a decision of the board's own."""
        return self._taken(decisions.take, prompts, on, by, group=self.board, **given)

    def decide(
        self, request: DecisionRequest, *prompts: PromptWords, on: dt.date = TODAY, **given: Any
    ) -> Decision:
        """A chair decides on a request."""
        return self._taken(
            decisions.decide, prompts, on, given.pop("by", None), request=request, **given
        )

    def supersede(self, decision: Decision, *, on: dt.date = TODAY, **given: Any) -> Decision:
        """A chair puts a further decision in the place of one."""
        given = {"reason_for_change": "The money came later."} | given
        by = given.pop("by", None)
        return self._taken(decisions.supersede, (), on, by, decision=decision, **given)

    def _taken(
        self, act: Any, prompts: Any, on: dt.date, by: User | None, **given: Any
    ) -> Decision:
        meeting, key = given.pop("meeting", None), given.pop("submission_key", "")
        taken_on = given.pop("taken_on", None if meeting else on)
        names = {"group", "request", "decision", "reason_for_change"} & set(given)
        rest = {name: given.pop(name) for name in names}
        words = decision_words(effective_on=on) | given
        with at(on):
            return act(
                words=DecisionWords(**words),
                meeting=meeting,
                taken_on=taken_on,
                prompts=prompts,
                submission_key=key,
                by=by or self.person(CHAIR),
                **rest,
            )

    def raise_action(
        self, *prompts: PromptWords, on: dt.date = TODAY, by: User | None = None, **words: Any
    ) -> LogAction:
        """The programme office puts an action into the board's log, for its member by default."""
        group = words.pop("group", self.board)
        key = words.pop("submission_key", "")
        given = {"task": "Recruit a team", "owner": self.person(MEMBER), "due_on": on + WEEK}
        with at(on):
            return log.raise_action(
                group=group,
                words=TaskWords(**(given | words)),
                prompts=prompts,
                submission_key=key,
                by=by or self.office,
            )


def decision_words(**changed: Any) -> dict[str, Any]:
    """What is said of a decision that is accepted."""
    given = {
        "title": "A second team",
        "decided": "A second team is funded.",
        "reasons": "Waits have doubled.",
        "effective_on": TODAY,
        "internal_note": "The council pays.",
    }
    return given | changed


def by_measure(world: World, showed: str = "34% in July") -> PromptWords:
    """A measure prompts it."""
    row = world.plan.indicators.filter(key="in-time").first() or measure(world, "in-time")
    return PromptWords("indicator", row.key, showed)


BY_MILESTONE = PromptWords("milestone", "PA1.1-1", "It is late.")
