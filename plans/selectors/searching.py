"""What of the plan is found by words: milestones, actions, glossary."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from hertsend import dates
from hertsend.records.search import Found, Searched
from plans import permissions
from plans.models import Action, GlossaryTerm, Milestone, MilestoneUpdate, Plan
from plans.selectors.moments import Moment, lines_at

TITLE_LENGTH = 120
OF_LINES = ("sentence_for_families", "what_happened", "what_is_next", "reason_for_rating")
"""The words of the update that counts now, as far as the reader may see them."""


def titled(key: str, text: str) -> str:
    """What a row is called in the list: its key and the beginning of its words."""
    short = text if len(text) <= TITLE_LENGTH else f"{text[:TITLE_LENGTH].rstrip()}…"
    return f"{key} {short}".strip()


def _updates(user: Any, plan: Plan) -> frozenset[str]:
    return permissions.visible_fields(user, MilestoneUpdate, partnership_id=plan.partnership_id)


def _milestones(user: Any, plan: Plan) -> Iterable[Found]:
    rows = permissions.visible_to(user, Milestone).filter(plan=plan)
    moment = Moment(on=dates.today())
    for line in lines_at(rows, plan=plan, moment=moment, visible=_updates(user, plan)):
        words = {name: getattr(line, name) for name in OF_LINES}
        yield Found(
            title=titled(line.key, line.text),
            url=reverse("plans:milestone-detail", args=[plan.slug, line.key]),
            texts={
                "text": f"{line.key} {line.text} {line.lead_line}",
                "due_text": line.due_text,
                **words,
            },
        )


def _of_milestones(user: Any, plan: Plan) -> frozenset[str]:
    return frozenset({"text", "due_text"}) | (_updates(user, plan) & set(OF_LINES))


def _actions(user: Any, plan: Plan) -> Iterable[Found]:
    for row in permissions.visible_to(user, Action).filter(plan=plan):
        yield Found(
            title=titled(row.key, row.text),
            url=reverse("plans:action-detail", args=[plan.slug, row.key]),
            texts={"text": f"{row.key} {row.text}", "meaning": row.meaning_for_families},
        )


def _glossary(user: Any, plan: Plan) -> Iterable[Found]:
    for row in permissions.visible_to(user, GlossaryTerm).filter(plan=plan):
        yield Found(
            title=row.term,
            url=reverse("plans:glossary", args=[plan.slug]),
            texts={"text": f"{row.term} {row.expansion}"},
        )


SEARCHED: tuple[Searched, ...] = (
    Searched("milestones", "Milestones", _milestones, _of_milestones),
    Searched("actions", "Actions", _actions, lambda _user, _plan: frozenset({"text", "meaning"})),
    Searched("glossary", "Glossary", _glossary, lambda _user, _plan: frozenset({"text"})),
)
"""The plan's kinds, in the order in which they are listed."""
