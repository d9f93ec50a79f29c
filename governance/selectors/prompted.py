"""What something led to: the decisions, requests and log actions that name it as what prompted them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q

from governance.enums import DecisionRequestState, LogStanding, PromptKind
from governance.models import Prompt
from governance.models.prompts import TARGETS
from governance.permissions.records import Reader
from governance.policies.log import standing
from hertsend import dates


@dataclass(frozen=True)
class Prompted:
    """One record that something prompted: what it is, its words, and how it stands."""

    what: str
    words: str
    group: str
    stands: str
    path: str
    is_late: bool = False


def prompted_by(
    kind: PromptKind, targets: Collection[Model], reader: Reader
) -> dict[int, list[Prompted]]:
    """What each of the targets led to, by its primary key, as far as the reader may see it.

    One query, however many. A decision stands for the request that it answers.
    """
    column = TARGETS[kind]
    seen = (
        Q(request__in=reader.requests)
        | Q(decision__in=reader.decisions)
        | Q(log_action__in=reader.log_actions)
    )
    rows = reader.prompts.filter(seen, kind=kind, **{f"{column}__in": targets})
    found: dict[int, list[Prompted]] = defaultdict(list)
    for row in rows.select_related(
        "request__group__plan", "decision__group__plan", "log_action__group__plan"
    ):
        line = _line(row)
        if line is not None:
            found[getattr(row, f"{column}_id")].append(line)
    return found


def _line(row: Prompt) -> Prompted | None:
    record: Any = row.request or row.decision or row.log_action
    where = (record.group.name, record.get_absolute_url())
    if row.decision is not None:
        return _named("Decision", record.title, where, f"taken {_day(record.taken_on)}")
    if row.request is not None:
        if record.state == DecisionRequestState.DECIDED:
            return None
        state = DecisionRequestState(record.state).label.lower()
        return _named("Request for a decision", record.question, where, state)
    is_closed = record.closed_at is not None
    stands = standing(due_on=record.due_on, is_closed=is_closed, on=dates.today())
    words = "closed" if is_closed else f"{stands.label.lower()}, due {_day(record.due_on)}"
    is_late = stands == LogStanding.OVERDUE
    return _named("Action", record.task, where, words, is_late=is_late)


def _named(
    what: str, words: str, where: tuple[str, str], stands: str, *, is_late: bool = False
) -> Prompted:
    return Prompted(what, words, where[0], stands, where[1], is_late)


def _day(day: Any) -> str:
    return f"{day.day} {day:%B %Y}"
