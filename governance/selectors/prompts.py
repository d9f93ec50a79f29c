"""What prompted decisions and log actions: found by its name in addresses, and shown as a link."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Prefetch, QuerySet
from django.urls import reverse

from governance.enums import FeedbackState, PromptKind
from governance.models import Prompt
from governance.models.prompts import TARGETS
from governance.permissions.records import VISIBLE_TARGETS, Reader
from governance.policies.decisions import DATA, PromptWords
from governance.policies.quarters import word_of
from plans.models import Plan

LONGEST_NUMBER = 6
"""Of digits in a reference: what is longer is the number of nothing, and too long for a database."""


@dataclass(frozen=True)
class PromptLine:
    """One thing that prompted it; ``what_it_showed`` is "" for who reads no officers' words."""

    kind: PromptKind
    name: str
    path: str
    what_it_showed: str

    @property
    def label(self) -> str:
        """What kind of thing it is."""
        return self.kind.label

    @property
    def is_data(self) -> bool:
        """Whether it counts as data (plan, action 1.3)."""
        return self.kind in DATA


def is_number(word: str) -> bool:
    """Whether a part of an address can be the number of something."""
    return word.isdecimal() and len(word) <= LONGEST_NUMBER


# --- finding --------------------------------------------------------------------------------------


def _by_key(rows: QuerySet[Any], plan: Plan, reference: str) -> Model | None:
    return rows.filter(plan=plan, key=reference).first()


def _latest_report(rows: QuerySet[Any], plan: Plan, reference: str) -> Model | None:
    own = rows.filter(milestone__plan=plan, milestone__key=reference)
    return own.order_by("-period__month", "-number").first()


def _date_request(rows: QuerySet[Any], plan: Plan, reference: str) -> Model | None:
    key, _, number = reference.rpartition("/")
    if not is_number(number):
        return None
    return rows.filter(milestone__plan=plan, milestone__key=key, number=int(number)).first()


def _finding(rows: QuerySet[Any], plan: Plan, reference: str) -> Model | None:
    key, _, number = reference.rpartition("/")
    if not is_number(number):
        return None
    return rows.filter(audit__plan=plan, audit__key=key, number=int(number)).first()


def _by_number(rows: QuerySet[Any], plan: Plan, reference: str) -> Model | None:
    return rows.filter(plan=plan, number=int(reference)).first() if is_number(reference) else None


FOUND: dict[PromptKind, Callable[[QuerySet[Any], Plan, str], Model | None]] = {
    PromptKind.INDICATOR: _by_key,
    PromptKind.MILESTONE: _by_key,
    PromptKind.EXCEPTION: _latest_report,
    PromptKind.DATE_REQUEST: _date_request,
    PromptKind.FINDING: _finding,
    PromptKind.RISK: _by_key,
    PromptKind.FEEDBACK: _by_number,
}
"""How each kind is found: a measure, milestone or risk by its key, a milestone's latest exception
report by the milestone's key, a request for a date as ``PA1.2-3/1``, a finding as ``A2/1``, what
families said by its number."""


def targets_named(
    prompts: Iterable[PromptWords], *, plan: Plan, user: Any
) -> dict[tuple[str, str], Model]:
    """Those of the named things that are there and that the person may see, by kind and reference."""
    found: dict[tuple[str, str], Model] = {}
    for each in prompts:
        if each.kind in PromptKind.values:
            kind = PromptKind(each.kind)
            target = FOUND[kind](VISIBLE_TARGETS[kind](user), plan, each.reference)
            found |= {(each.kind, each.reference): target} if target else {}
    return found


# --- showing --------------------------------------------------------------------------------------


def _measure(prompt: Any) -> tuple[str, str]:
    row = prompt.indicator
    return row.name, reverse("kpis:indicator-detail", args=[row.plan.slug, row.key])


def _milestone(prompt: Any) -> tuple[str, str]:
    row = prompt.milestone
    return f"{row.key} {row.text}", row.get_absolute_url()


def _report(prompt: Any) -> tuple[str, str]:
    row = prompt.exception_report
    path = reverse("plans:milestone-exceptions", args=[row.milestone.plan.slug, row.milestone.key])
    return f"{row.milestone.key}, {row.period.label}", path


def _request(prompt: Any) -> tuple[str, str]:
    row = prompt.date_request
    where = [row.milestone.plan.slug, row.milestone.key, row.number]
    path = reverse("plans:date-request-detail", args=where)
    return f"{row.milestone.key}, request {row.number}", path


def _found(prompt: Any) -> tuple[str, str]:
    row = prompt.finding
    return f"{row.audit}, finding {row.number}", row.audit.get_absolute_url()


def _risk(prompt: Any) -> tuple[str, str]:
    row = prompt.risk
    return f"{row.key} {row.event}", row.get_absolute_url()


def _said(prompt: Any) -> tuple[str, str]:
    """What was published of it, as all readers know it; before that the entry, which few see."""
    row = prompt.feedback
    published = max(row.publications.all(), key=lambda each: each.number, default=None)
    if published is None or row.state == FeedbackState.WITHDRAWN:
        return row.theme, row.get_absolute_url()
    quarter = word_of(published.quarter)
    return published.theme, reverse("governance:feedback-quarter", args=[row.plan.slug, quarter])


SHOWN: Mapping[PromptKind, Callable[[Any], tuple[str, str]]] = {
    PromptKind.INDICATOR: _measure,
    PromptKind.MILESTONE: _milestone,
    PromptKind.EXCEPTION: _report,
    PromptKind.DATE_REQUEST: _request,
    PromptKind.FINDING: _found,
    PromptKind.RISK: _risk,
    PromptKind.FEEDBACK: _said,
}
"""The name of each kind and the page that it leads to."""

WITH_TARGETS = (
    *("indicator__plan", "milestone__plan"),
    *("exception_report__milestone__plan", "exception_report__period"),
    *("date_request__milestone__plan", "finding__audit__plan", "risk__plan", "feedback__plan"),
)
"""What is read with a prompt, so that showing it asks nothing more."""


def prefetched(reader: Reader) -> Prefetch:
    """The prompts of records that the reader may see, as ``seen_prompts``."""
    rows = reader.prompts.select_related(*WITH_TARGETS)
    rows = rows.prefetch_related("feedback__publications")
    return Prefetch("prompts", queryset=rows, to_attr="seen_prompts")


def prompt_lines(record: Any, reader: Reader) -> tuple[PromptLine, ...]:
    """The prompts of a record that was read with ``prefetched``."""
    return tuple(_line(prompt, reader) for prompt in record.seen_prompts)


def _line(prompt: Prompt, reader: Reader) -> PromptLine:
    kind = PromptKind(prompt.kind)
    name, path = SHOWN[kind](prompt)
    return PromptLine(kind, name, path, reader.word(prompt, "what_it_showed"))


def target_of(prompt: Prompt) -> Any:
    """What a prompt points to."""
    return getattr(prompt, TARGETS[PromptKind(prompt.kind)])
