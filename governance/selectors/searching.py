"""The registry of search: what of governance is found by words, beside the plan's and the measures' kinds."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from governance import permissions
from governance.models.feedback import ANSWERED, SAID
from governance.permissions import families
from governance.policies.quarters import label_of
from governance.selectors.feedback import all_answers
from governance.selectors.groups import groups_of
from governance.selectors.searching_records import OF_RECORDS
from hertsend import dates
from hertsend.records.search import Counted, Found, Hit, Searched, found_by
from kpis.selectors import searching as measures
from plans.models import Plan
from plans.selectors import searching as plans

SAID_WORDS = tuple(name for name in SAID if name != "said_on")


def _groups(user: Any, plan: Plan) -> Iterable[Found]:
    visible = set(permissions.visible_groups(user).filter(plan=plan).values_list("pk", flat=True))
    with_names = permissions.reads_people(user, plan)
    for line in groups_of(plan, on=dates.today(), with_names=with_names):
        group = line.group
        if group.pk not in visible:
            continue
        yield Found(
            title=group.name,
            url=reverse("governance:group-detail", args=[plan.slug, group.key]),
            texts={
                "text": " ".join([group.name, group.purpose, group.members_text]),
                "organisations": " ".join(seat.organisation for seat in line.seats),
                "people": ", ".join(seat.who for seat in line.seats),
            },
        )


def _of_groups(user: Any, plan: Plan) -> frozenset[str]:
    shown = frozenset({"text", "organisations"})
    return shown | {"people"} if permissions.reads_people(user, plan) else shown


def _answers(user: Any, plan: Plan) -> Iterable[Found]:
    for each in all_answers(plan, families.visible_publications(user)):
        yield Found(
            title=f"{each.theme}, {label_of(each.quarter)}",
            url=reverse("governance:feedback-quarter", args=[plan.slug, each.quarter_word]),
            texts={name: getattr(each, name) for name in (*SAID_WORDS, *ANSWERED)},
        )


def _entries(user: Any, plan: Plan) -> Iterable[Found]:
    for row in families.visible_feedback(user).filter(plan=plan):
        yield Found(
            title=f"{row.number} {row.theme}",
            url=reverse("governance:feedback-detail", args=[plan.slug, row.number]),
            texts={name: getattr(row, name) for name in (*SAID_WORDS, *ANSWERED)},
        )


def _of_entries(user: Any, plan: Plan) -> frozenset[str]:
    said = frozenset(SAID_WORDS)
    return said | set(ANSWERED) if families.may_answer_feedback(user, plan) else said


OF_GOVERNANCE: tuple[Searched, ...] = (
    Searched("groups", "Groups", _groups, _of_groups),
    Searched(
        "you-said-we-did",
        "You said, we did",
        _answers,
        lambda _user, _plan: frozenset((*SAID_WORDS, *ANSWERED)),
    ),
    Searched("entries", "Entries of “You said, we did”", _entries, _of_entries),
)
"""The kinds of governance, in the order in which they are listed."""

SEARCHED: tuple[Searched, ...] = (
    *plans.SEARCHED,
    *OF_RECORDS,
    *measures.SEARCHED,
    *OF_GOVERNANCE,
)
"""Every kind of row that is found by words."""

KINDS = {searched.key: searched for searched in SEARCHED}


def search(user: Any, plan: Plan, words: str, *, kind: str = "") -> tuple[list[Hit], list[Counted]]:
    """What the reader finds in a plan, of one kind or of all, and how many of each kind.

    The counts are of all kinds, whichever is shown.
    """
    hits, counts = found_by(user, plan, words, kinds=SEARCHED)
    return [hit for hit in hits if kind in ("", hit.kind)], counts
