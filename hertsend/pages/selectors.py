"""What the home pages show, by role: frozen values made from the plan's lines."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import PostHolding, User
from hertsend.accounts.roles import Permission, Role
from plans import policies, selectors
from plans.enums import Stage, Standing
from plans.models import Plan, ReportingPeriod
from plans.selectors import MilestoneLine

COMING_WITHIN_DAYS = 60
SHORT_LIST = 8
MOST_TOPICS = 8
STEPS_OF_A_TOPIC = 3


@dataclass(frozen=True)
class Owed:
    """What a lead owes for a month: own posts first, then the rest of the workstream."""

    period: ReportingPeriod | None
    closes_in: int | None
    workstreams: tuple[str, ...]
    posts: tuple[str, ...]
    mine: list[MilestoneLine]
    others: list[MilestoneLine]
    ready: list[MilestoneLine]
    coming: list[MilestoneLine]

    @property
    def expected(self) -> int:
        """How many milestones of the workstream need an update this month."""
        return len(self.mine) + len(self.others) + len(self.ready)

    @property
    def month_name_before(self) -> str:
        """The month whose ratings stand beside what is still to be reported: "September"."""
        return f"{dates.previous_month(self.period.month):%B}" if self.period else ""

    @property
    def overdue(self) -> int:
        """How many of those left are past their date."""
        return sum(line.is_overdue for line in [*self.mine, *self.others])

    @property
    def first(self) -> MilestoneLine | None:
        """Where to begin."""
        return next(iter([*self.mine, *self.others]), None)


def _by_urgency(line: MilestoneLine) -> tuple:
    return (-line.days_overdue, line.date_in_force or dt.date.max, line.key)


def owed(user: User, plan: Plan, lines: Sequence[MilestoneLine], *, on: dt.date) -> Owed | None:
    """What the person owes as a workstream lead of this plan; None for others."""
    streams = access.of(user).scope_keys(Role.WORKSTREAM_LEAD, partnership_id=plan.partnership_id)
    if not streams:
        return None
    period = selectors.default_period(plan)
    posts = list(
        PostHolding.objects.current(on)
        .filter(user=user, post__partnership=plan.partnership_id)
        .select_related("post")
    )
    own_keys = {holding.post.key for holding in posts}
    here = [line for line in lines if line.workstream_key in streams]
    expected = [line for line in here if _needs_update(line, on)]
    ready = [line for line in expected if period and line.rating_month == period.month]
    left = sorted((line for line in expected if line not in ready), key=_by_urgency)
    coming = [
        line
        for line in sorted(here, key=_by_urgency)
        if line.is_open
        and line.date_in_force
        and 0 <= (line.date_in_force - on).days <= COMING_WITHIN_DAYS
    ]
    return Owed(
        period=period,
        closes_in=dates.working_days_between(on, period.due_on) if period else None,
        workstreams=streams,
        posts=tuple(holding.post.title for holding in posts),
        mine=[line for line in left if own_keys & set(line.lead_keys)],
        others=[line for line in left if not own_keys & set(line.lead_keys)],
        ready=sorted(ready, key=_by_urgency),
        coming=coming[:SHORT_LIST],
    )


def _needs_update(line: MilestoneLine, on: dt.date) -> bool:
    return policies.needs_update(
        stage=line.stage, rating=line.rating, date_in_force=line.date_in_force, on=on
    )


@dataclass(frozen=True)
class StreamProgress:
    """How far a workstream's reporting for a month is."""

    key: str
    name: str
    expected: int
    received: int
    missing: list[MilestoneLine]


@dataclass(frozen=True)
class Returns:
    """Who has reported for a month and who has not."""

    period: ReportingPeriod | None
    streams: list[StreamProgress]

    @property
    def missing(self) -> int:
        """How many updates are still to come."""
        return sum(len(stream.missing) for stream in self.streams)


def returns(plan: Plan, lines: Sequence[MilestoneLine], *, on: dt.date) -> Returns:
    """What was expected and received for the month that is being reported, by workstream."""
    period = selectors.default_period(plan)
    streams = []
    for row in plan.workstreams.all():
        expected = [
            line for line in lines if line.workstream_key == row.key and _needs_update(line, on)
        ]
        missing = [line for line in expected if not period or line.rating_month != period.month]
        streams.append(
            StreamProgress(
                key=row.key,
                name=row.name,
                expected=len(expected),
                received=len(expected) - len(missing),
                missing=sorted(missing, key=_by_urgency),
            )
        )
    return Returns(period=period, streams=streams)


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
        silent=[line for line in lines if line.standing == Standing.NO_UPDATE],
    )


@dataclass(frozen=True)
class Topic:
    """One promise to families: the action's words, and what happened to its steps.

    ``more`` counts the steps that the page leaves to the action's own page.
    """

    key: str
    meaning: str
    text: str
    steps: list[MilestoneLine]
    more: int


@dataclass(frozen=True)
class FamiliesView:
    """What was promised, what happened, what it means for families.

    ``topics`` are the first, ``rest`` those that the page folds away.
    """

    period: ReportingPeriod | None
    due: int
    complete: int
    late: int
    topics: list[Topic]
    rest: list[Topic]


def families(plan: Plan, lines: Sequence[MilestoneLine], *, on: dt.date) -> FamiliesView:
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
    )


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
