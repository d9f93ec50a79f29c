"""Requests for new dates, the chain of a milestone's dates, and who may not decide."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet

from hertsend import dates
from plans import policies
from plans.enums import DateRequestState
from plans.models import DateChange, DateChangeRequest, Milestone
from plans.selectors.behalf import ForPost, people_meant, stand_ins_on
from plans.selectors.lines import MilestoneLine
from plans.selectors.past import until

FIRST_VERSION = 1
"""Of what can only end: until then nothing is written to the row."""

OFFICERS_WORDS = "asked_for_on"
"""Whoever may see this field of requests may read them."""


@dataclass(frozen=True)
class RequestLine:
    """A request as it stood at the moment of reading; names are "" where they may not be seen."""

    pk: int
    milestone: int
    key: str
    text: str
    number: int
    asked_for_on: dt.date
    reason: str
    effect_on_others: str
    affected: tuple[str, ...]
    requested_by: str
    requested_at: dt.datetime
    state: DateRequestState
    decision: str
    decided_by: str
    decided_at: dt.datetime | None
    version: int

    @property
    def is_open(self) -> bool:
        """It waits for a joint chair."""
        return self.state == DateRequestState.OPEN


@dataclass(frozen=True)
class Link:
    """One date of a milestone; ``after`` counts the days from the published date to it."""

    label: str
    day: dt.date | None
    words: str
    after: int | None
    reason: str = ""
    decision: str = ""
    requested_by: str = ""
    decided_by: str = ""
    at: dt.datetime | None = None


@dataclass(frozen=True)
class Move:
    """What granting a date would change."""

    before: dt.date | None
    after: dt.date
    days: int | None
    slip_before: int | None
    slip_after: int | None
    moves_after: int


def requests_of(
    milestones: QuerySet[Milestone], *, at: dt.datetime | None = None, visible: Collection[str]
) -> list[RequestLine]:
    """The requests for these milestones, latest first, as at a moment; all that is stored without one.

    ``visible`` are the reader's fields of ``DateChangeRequest``; to whom officers' words are closed
    there are none. One query.
    """
    if OFFICERS_WORDS not in visible:
        return []
    rows = DateChangeRequest.objects.filter(milestone__in=milestones)
    if at is not None:
        rows = rows.filter(requested_at__lte=at)
    rows = rows.select_related("milestone", "requested_by", "on_behalf_of", "decided_by")
    show = "requested_by" in visible
    # A row for each milestone that the request affects, or one without any.
    found: dict[int, DateChangeRequest] = {}
    affected: dict[int, list[str]] = defaultdict(list)
    for row in rows.annotate(affected_key=F("affected__key")):
        found[row.pk] = row
        affected[row.pk] += [row.affected_key] if row.affected_key else []
    return [_line(row, affected[pk], at=at, show=show) for pk, row in found.items()]


def _line(
    row: DateChangeRequest, affected: Iterable[str], *, at: dt.datetime | None, show: bool
) -> RequestLine:
    ended = row.decided_at is not None and (at is None or row.decided_at <= at)
    asker = row.requested_by.name
    return RequestLine(
        pk=row.pk,
        milestone=row.milestone_id,
        key=row.milestone.key,
        text=row.milestone.text,
        number=row.number,
        asked_for_on=row.asked_for_on,
        reason=row.reason,
        effect_on_others=row.effect_on_others,
        affected=tuple(sorted(affected)),
        requested_by=_for_post(asker, row) if show else "",
        requested_at=row.requested_at,
        state=DateRequestState(row.state) if ended else DateRequestState.OPEN,
        decision=row.decision if ended else "",
        decided_by=row.decided_by.name if ended and show and row.decided_by else "",
        decided_at=row.decided_at if ended else None,
        version=row.version if ended else FIRST_VERSION,
    )


def _for_post(name: str, row: DateChangeRequest) -> str:
    return f"{name}, for {row.on_behalf_of.title}" if row.on_behalf_of else name


def chain_of(
    milestone: Milestone,
    *,
    forecast_on: dt.date | None,
    at: dt.datetime | None = None,
    visible: Collection[str],
) -> list[Link]:
    """Every date of a milestone as at a moment: published, each one agreed, the forecast. One query.

    ``forecast_on`` is the lead's as at that moment, ``visible`` the reader's fields of
    ``DateChange``.
    """
    published = milestone.due_on
    rows = until(at, DateChange.objects.filter(milestone=milestone)).order_by("number")
    return [
        Link("Published", published, milestone.due_text, None),
        *(
            _agreed(row, published, visible)
            for row in rows.select_related("requested_by", "decided_by")
        ),
        Link("Forecast", forecast_on, "", _days(published, forecast_on)),
    ]


def _agreed(row: DateChange, published: dt.date | None, visible: Collection[str]) -> Link:
    return Link(
        label=f"Agreed, change {row.number}",
        day=row.agreed_on,
        words="",
        after=_days(published, row.agreed_on),
        reason=row.reason if "reason" in visible else "",
        decision=row.decision if "decision" in visible else "",
        requested_by=row.requested_by.name if "requested_by" in visible else "",
        decided_by=row.decided_by.name if "decided_by" in visible else "",
        at=row.at,
    )


def _days(first: dt.date | None, last: dt.date | None) -> int | None:
    return (last - first).days if first and last else None


def move_of(line: MilestoneLine, asked_for_on: dt.date) -> Move:
    """What granting ``asked_for_on`` would change of a milestone's date, slip and count of moves."""
    start = line.due_on or line.first_agreed_on
    slips = [
        policies.slip_in_days(start=start, agreed_on=agreed, forecast_on=line.forecast_on)
        for agreed in (line.agreed_on, asked_for_on)
    ]
    return Move(
        before=line.date_in_force,
        after=asked_for_on,
        days=_days(line.date_in_force, asked_for_on),
        slip_before=slips[0],
        slip_after=slips[1],
        moves_after=line.moves + 1,
    )


def requester_ids(request: DateChangeRequest, *, on: dt.date) -> set[int]:
    """Those who may not decide a request; see ``requesters_of``."""
    return requesters_of([request], on=on)[request.pk]


def requesters_of(requests: Sequence[DateChangeRequest], *, on: dt.date) -> dict[int, set[int]]:
    """Who may not decide each request: who asked, and everyone on whose behalf it was asked.

    Where the programme office asked for a post, that is who held it on the day of asking or holds
    it on the day ``on``, and the leads of the workstream on these days. Where a deputy asked, it is
    the lead for whom they stood in. By the request's primary key. Six queries, or none.
    """
    if not requests:
        return {}
    stand_ins = stand_ins_on([row.milestone_id for row in requests])
    meant = people_meant(
        [_for_a_post(row, row.on_behalf_of_id, on=on) for row in requests if row.on_behalf_of_id]
    )
    return {
        row.pk: {row.requested_by_id}
        | meant.get(row.pk, set())
        | stand_ins.leads_behind(
            row.milestone_id, person=row.requested_by_id, day=dates.day_of(row.requested_at)
        )
        for row in requests
    }


def _for_a_post(row: DateChangeRequest, post: int, *, on: dt.date) -> ForPost:
    return ForPost(
        key=row.pk,
        post=post,
        partnership=row.milestone.plan.partnership_id,
        workstream=row.milestone.action.workstream.key,
        days=(dates.day_of(row.requested_at), on),
    )
