"""Noting what prompted something: found, checked, and stored beside it, in its transaction."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Model

from governance.enums import PromptKind
from governance.models import Decision, DecisionRequest, LogAction, Prompt
from governance.models.prompts import TARGETS
from governance.policies import decisions as rules
from governance.policies.decisions import PromptWords
from governance.selectors.prompts import target_of, targets_named
from hertsend.accounts.models import User
from plans.models import Plan

Record = DecisionRequest | Decision | LogAction
Targets = Mapping[tuple[str, str], Model]


def targets_of(prompts: Sequence[PromptWords], *, plan: Plan, by: User) -> Targets:
    """What each prompt points to. Raises ``RuleBroken`` for what is not there for the author."""
    found = targets_named(prompts, plan=plan, user=by)
    rules.check_prompts(prompts, known=found.keys())
    return found


def attach(record: Record, prompts: Sequence[PromptWords], targets: Targets) -> None:
    """Store prompts whose targets were found beside what they prompted."""
    for each in prompts:
        target = targets[(each.kind, each.reference)]
        _add(record, PromptKind(each.kind), target, each.what_it_showed.strip())


def hand_on(request: DecisionRequest, decision: Decision) -> list[Prompt]:
    """Give a decision the prompts of its request, so that it says for itself what prompted it."""
    rows = list(request.prompts.all())
    for row in rows:
        _add(decision, PromptKind(row.kind), target_of(row), row.what_it_showed)
    return rows


COLUMNS: dict[type[Model], str] = {
    DecisionRequest: "request",
    Decision: "decision",
    LogAction: "log_action",
}


def _add(record: Record, kind: PromptKind, target: Any, what_it_showed: str) -> None:
    Prompt.add(
        kind=kind,
        what_it_showed=what_it_showed,
        **{COLUMNS[type(record)]: record, TARGETS[kind]: target},
    )
