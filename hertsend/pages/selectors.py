"""What the home pages show, by role: frozen values made from the plan's lines."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission, Role
from plans import selectors
from plans.definitions import IMPACT_DEFINITIONS, Definition
from plans.enums import ImpactLevel, Stage, Standing
from plans.models import Plan, ReportingPeriod
from plans.selectors import ActionImpact, MilestoneLine

SHORT_LIST = 8
MOST_TOPICS = 8
STEPS_OF_A_TOPIC = 3


def _by_urgency(line: MilestoneLine) -> tuple:
    return (-line.days_overdue, line.date_in_force or dt.date.max, line.key)


@dataclass(frozen=True)
class Watch:
    """Exceptions first: what is off track, what waits for a signature, what slipped."""

    areas: tuple[str, ...]
    attention: list[MilestoneLine]
    to_sign: list[MilestoneLine]
    slipped: list[MilestoneLine]
    silent: list[MilestoneLine]

    @property
    def attention_first(self) -> list[MilestoneLine]:
        """As many of the worst as home has room for."""
        return self.attention[:SHORT_LIST]

    @property
    def slipped_first(self) -> list[MilestoneLine]:
        """As many of those that slipped most as home has room for."""
        return self.slipped[:SHORT_LIST]


def watch(user: User, plan: Plan, lines: Sequence[MilestoneLine]) -> Watch:
    """What a chair or a member of board or executive looks at first."""
    areas = access.of(user).scope_keys(Role.JOINT_CHAIR, partnership_id=plan.partnership_id)
    proposed = [line for line in lines if line.stage == Stage.PROPOSED_COMPLETE]
    return Watch(
        areas=areas,
        attention=sorted(
            (line for line in lines if line.is_overdue or line.standing == Standing.RED),
            key=_by_urgency,
        ),
        to_sign=[line for line in proposed if set(line.area_keys) & set(areas)],
        slipped=sorted(
            (line for line in lines if line.has_slipped and line.is_open),
            key=lambda line: -(line.slip or 0),
        ),
        silent=[line for line in lines if line.is_silent],
    )


@dataclass(frozen=True)
class Topic:
    """One promise to families: the action's words, and what happened to its steps.

    ``more`` counts the steps that the page leaves to the action's own page; ``impact`` is what was
    confirmed to have changed for families, None while nobody knows.
    """

    key: str
    meaning: str
    text: str
    steps: list[MilestoneLine]
    more: int
    impact: Definition | None


@dataclass(frozen=True)
class FamiliesView:
    """What was promised, what happened, what it means for families.

    ``topics`` are the first, ``rest`` those that the page folds away. Of ``rated`` actions the board
    has looked at the impact, in ``felt`` of them families notice a difference.
    """

    period: ReportingPeriod | None
    due: int
    complete: int
    late: int
    topics: list[Topic]
    rest: list[Topic]
    rated: int
    felt: int


def families(
    plan: Plan,
    lines: Sequence[MilestoneLine],
    *,
    on: dt.date,
    impacts: Mapping[str, ActionImpact],
) -> FamiliesView:
    """The plan in plain English: what is late first, then what families were told about."""
    told = [line for line in lines if line.sentence_for_families or line.is_overdue]
    by_action: dict[str, list[MilestoneLine]] = {}
    for line in sorted(told, key=_for_families):
        by_action.setdefault(line.action_key, []).append(line)
    actions = {row.key: row for row in plan.actions.all()}
    topics = [
        Topic(
            key=key,
            meaning=actions[key].meaning_for_families,
            text=actions[key].text,
            steps=steps[:STEPS_OF_A_TOPIC],
            more=len(steps[STEPS_OF_A_TOPIC:]),
            impact=_impact_in_plain_words(impacts.get(key)),
        )
        for key, steps in by_action.items()
    ]
    due = [
        line
        for line in lines
        if line.date_in_force and line.date_in_force <= on and line.stage != Stage.WITHDRAWN
    ]
    return FamiliesView(
        period=selectors.latest_closed_period(plan),
        due=len(due),
        complete=sum(line.is_complete for line in due),
        late=sum(line.is_overdue for line in lines),
        topics=topics[:MOST_TOPICS],
        rest=topics[MOST_TOPICS:],
        rated=sum(each.level is not None for each in impacts.values()),
        felt=sum((each.level or 0) >= ImpactLevel.EARLY for each in impacts.values()),
    )


def _impact_in_plain_words(impact: ActionImpact | None) -> Definition | None:
    level = impact.level if impact else None
    return next((each for each in IMPACT_DEFINITIONS if each.value == level), None)


def _for_families(line: MilestoneLine) -> tuple:
    """Late first, then those with news, in the order of their dates."""
    return (-line.days_overdue, not line.sentence_for_families, line.date_in_force or dt.date.max)


def reads_as(user: User, plan: Plan) -> frozenset[Permission]:
    """What the person may do somewhere in the plan's partnership, to choose the parts of home."""
    held = access.of(user)
    return frozenset(
        permission
        for permission in Permission
        if plan.partnership_id in held.partnerships_where(permission)
    )
