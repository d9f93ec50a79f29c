"""What a lead owes for the month, and who has not reported: made of the same rows as the returns."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from governance.enums import ReturnAct
from governance.models import ReturnStep
from governance.selectors import ReturnLine, returns_of
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import PostHolding, User
from hertsend.accounts.roles import Role
from plans import permissions, selectors
from plans.models import MilestoneUpdate, Plan, ReportingPeriod, UpdateDraft, Workstream
from plans.selectors import MilestoneLine
from plans.selectors.rows import ReturnRow

COMING_WITHIN_DAYS = 60
SHORT_LIST = 8


@dataclass(frozen=True)
class Owed:
    """What a lead owes for a month: own posts first, then the rest of the workstreams.

    ``sent_back`` are the comments with which last month's returns came back.
    """

    period: ReportingPeriod | None
    returns: list[ReturnLine]
    posts: tuple[str, ...]
    mine: list[ReturnRow]
    others: list[ReturnRow]
    sent_back: list[ReturnStep]
    coming: list[MilestoneLine]
    closes_in: int | None

    @property
    def workstreams(self) -> list[str]:
        """The keys of the workstreams that the person leads."""
        return [line.workstream.key for line in self.returns]

    @property
    def left(self) -> list[ReturnRow]:
        """What still waits, own posts first."""
        return [*self.mine, *self.others]

    @property
    def overdue(self) -> int:
        """How many of those left are past their date."""
        return sum(row.line.is_overdue for row in self.left)

    @property
    def reports(self) -> int:
        """How many of those left need an exception report."""
        return sum(row.lacks_exception for row in self.left)

    @property
    def ready(self) -> list[ReturnRow]:
        """Those of which nothing more is needed."""
        return [row for line in self.returns for row in line.ready]

    @property
    def first(self) -> ReturnRow | None:
        """Where to begin."""
        return next(iter(self.left), None)

    @property
    def first_return(self) -> ReturnLine | None:
        """The return in which to begin, else the first."""
        rows = {self.first.key} if self.first else set()
        begun = (line for line in self.returns if rows & {row.key for row in line.left})
        return next(begun, None) or next(iter(self.returns), None)

    @property
    def is_submitted(self) -> bool:
        """Whether every return of the person is in."""
        return not any(line.is_owed for line in self.returns)

    @property
    def period_before(self) -> dt.date | None:
        """The month whose ratings stand beside what is still to be reported."""
        return dates.previous_month(self.period.month) if self.period else None

    @property
    def month_before(self) -> str:
        """That month in a word: "September"."""
        return f"{self.period_before:%B}" if self.period_before else ""


def owed(user: User, plan: Plan, lines: Sequence[MilestoneLine], *, on: dt.date) -> Owed | None:
    """What the person owes as a workstream lead of this plan; None for others."""
    keys = access.of(user).scope_keys(Role.WORKSTREAM_LEAD, partnership_id=plan.partnership_id)
    if not keys:
        return None
    period = selectors.default_period(plan)
    streams = list(plan.workstreams.filter(key__in=keys).select_related("plan"))
    returns = _returns(user, plan, period, streams, on=on)
    held = PostHolding.objects.current(on).filter(user=user, post__partnership=plan.partnership_id)
    posts = [holding.post for holding in held.select_related("post")]
    own = {post.key for post in posts}
    left = [row for line in returns for row in line.left]
    return Owed(
        period=period,
        returns=returns,
        posts=tuple(post.title for post in posts),
        mine=[row for row in left if own & set(row.line.lead_keys)],
        others=[row for row in left if not own & set(row.line.lead_keys)],
        sent_back=_sent_back_before(period, streams),
        coming=_coming(lines, keys, on=on),
        closes_in=dates.working_days_between(on, period.due_on) if period else None,
    )


def _returns(
    user: User,
    plan: Plan,
    period: ReportingPeriod | None,
    streams: Iterable[Workstream],
    *,
    on: dt.date,
) -> list[ReturnLine]:
    if period is None:
        return []
    return returns_of(
        period,
        workstreams=streams,
        on=on,
        visible=permissions.visible_fields(
            user, MilestoneUpdate, partnership_id=plan.partnership_id
        ),
        drafts=permissions.visible_to(user, UpdateDraft),
    )


def _sent_back_before(
    period: ReportingPeriod | None, streams: Sequence[Workstream]
) -> list[ReturnStep]:
    """With what comments last month's returns came back: worth knowing before this month's."""
    if period is None:
        return []
    steps = ReturnStep.objects.filter(
        of_return__period__plan=period.plan_id,
        of_return__period__month=dates.previous_month(period.month),
        of_return__workstream__in=streams,
        act=ReturnAct.SENT_BACK,
    )
    return list(steps.select_related("of_return__workstream", "of_return__period"))


def _coming(
    lines: Sequence[MilestoneLine], keys: Sequence[str], *, on: dt.date
) -> list[MilestoneLine]:
    """The next dates in the person's workstreams."""
    found = [
        line
        for line in lines
        if line.workstream_key in keys
        and line.is_open
        and line.date_in_force
        and 0 <= (line.date_in_force - on).days <= COMING_WITHIN_DAYS
    ]
    return sorted(found, key=lambda line: (line.date_in_force, line.key))[:SHORT_LIST]


@dataclass(frozen=True)
class Returns:
    """Who has reported for a month and who has not."""

    period: ReportingPeriod | None
    lines: list[ReturnLine]

    @property
    def missing(self) -> int:
        """How many updates are still to come."""
        return sum(len(line.missing) for line in self.lines)


def returns(user: User, plan: Plan, *, on: dt.date) -> Returns:
    """What was expected and received for the month that is being reported, by workstream."""
    period = selectors.default_period(plan)
    streams = plan.workstreams.select_related("plan")
    return Returns(period=period, lines=_returns(user, plan, period, streams, on=on))
