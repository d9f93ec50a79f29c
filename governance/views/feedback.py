"""You said, we did: the page of each quarter, and the entries as they are worked on."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance import permissions
from governance.enums import FeedbackAct, PromptKind
from governance.models import FeedbackItem
from governance.permissions import families
from governance.policies.feedback import is_possible
from governance.policies.quarters import label_of, quarter_named
from governance.selectors import feedback as reads
from governance.views.raising import led_to
from hertsend import dates
from hertsend.errors import NotAllowed
from plans.models import Plan
from plans.views.context import crumbs, plan_or_404

PAGE_SIZE = 25
TITLE = "You said, we did"


def crumbs_of(plan: Plan, *more: tuple[str, str]) -> list[dict[str, str]]:
    """Breadcrumbs down to a page of "You said, we did"."""
    return crumbs(plan, (TITLE, reverse("governance:feedback-list", args=[plan.slug])), *more)


def item_or_404(request: HttpRequest, slug: str, number: int) -> FeedbackItem:
    """The entry of that number, if the reader sees entries as they are worked on."""
    rows = families.visible_feedback(request.user).select_related(
        "plan__partnership", "entered_by", "approved_by"
    )
    return get_object_or_404(rows, plan__slug=slug, number=number)


@require_safe
def feedback_list(request: HttpRequest, plan: str) -> HttpResponse:
    """The page of the latest quarter with something published."""
    row = plan_or_404(request, plan)
    publications = families.visible_publications(request.user)
    latest, answers = reads.latest_answers(row, publications)
    return _quarter_page(request, row, latest.label if latest else "", answers)


@require_safe
def feedback_quarter(request: HttpRequest, plan: str, quarter: str) -> HttpResponse:
    """The page of one quarter; 404 for a quarter that has none."""
    row = plan_or_404(request, plan)
    publications = families.visible_publications(request.user)
    first = quarter_named(quarter)
    known = reads.quarters_of(publications.filter(item__plan=row), on=dates.today())
    if first not in {each.first for each in known}:
        raise Http404
    answers = reads.published_in(row, publications, first)
    return _quarter_page(request, row, label_of(first), answers)


def _quarter_page(
    request: HttpRequest, plan: Plan, label: str, answers: list[reads.Answered]
) -> HttpResponse:
    publications = families.visible_publications(request.user).filter(item__plan=plan)
    context = {
        "plan": plan,
        "label": label,
        "answers": answers,
        "quarters": [
            {
                "label": each.label,
                "url": reverse("governance:feedback-quarter", args=[plan.slug, each.word]),
                "count": each.count,
                "current": each.label == label,
            }
            for each in reads.quarters_of(publications, on=dates.today())
        ],
        "records": families.may_record_feedback(request.user, plan),
        "crumbs": crumbs(plan, (TITLE, "")),
    }
    return render(request, "governance/feedback_list.html", context)


@require_safe
def feedback_work(request: HttpRequest, plan: str) -> HttpResponse:
    """What is worked on: everything for who answers, else what one entered oneself."""
    row = plan_or_404(request, plan)
    if not families.may_record_feedback(request.user, row):
        raise NotAllowed(
            "Only who enters or answers what families said sees it before it is published."
        )
    items = reads.work_of(families.visible_feedback(request.user), row)
    context = {
        "plan": row,
        "page": Paginator(items, PAGE_SIZE).get_page(request.GET.get("page")),
        "answers": families.may_answer_feedback(request.user, row),
        "with_names": permissions.reads_people(request.user, row),
        "crumbs": crumbs_of(row, ("Entries", "")),
    }
    return render(request, "governance/feedback_work.html", context)


@require_safe
def feedback_detail(request: HttpRequest, plan: str, item: int) -> HttpResponse:
    """One entry: what was said, the answer as far as the reader may see it, and what was published."""
    row = item_or_404(request, plan, item)
    answers = families.may_answer_feedback(request.user, row.plan)
    with_names = permissions.reads_people(request.user, row.plan)
    context = {
        "plan": row.plan,
        "item": row,
        "answers": answers,
        "with_names": with_names,
        "actions": list(row.actions.all()) if answers else [],
        "publications": reads.publications_of(row) if _is_shown(row) or answers else [],
        "suspicions": reads.suspicions_of(row) if answers else [],
        "acts": _acts(request, row),
        "prompts_as": f"feedback={row.number}",
        "trail": reads.history_of(row, with_answer=answers, with_people=with_names),
        "crumbs": crumbs_of(
            row.plan,
            ("Entries", reverse("governance:feedback-work", args=[row.plan.slug])),
            (f"Entry {row.number}", ""),
        ),
    }
    led = led_to(request, row.plan, PromptKind.FEEDBACK, [row])
    context |= led | {"prompted": led["prompted"].get(row.pk, [])}
    return render(request, "governance/feedback_detail.html", context)


def _is_shown(item: FeedbackItem) -> bool:
    return is_possible(FeedbackAct.WITHDRAW, item.state)


def _acts(request: HttpRequest, item: FeedbackItem) -> dict[str, Any]:
    """What the reader may do with an entry now."""
    answers = families.may_answer_feedback(request.user, item.plan)
    publishes = families.may_publish_feedback(request.user, item.plan)
    return {
        "write": is_possible(FeedbackAct.WRITE, item.state),
        "answer": answers and is_possible(FeedbackAct.WRITE, item.state),
        "approve": publishes
        and bool(item.will_do)
        and is_possible(FeedbackAct.APPROVE, item.state),
        "publish": publishes and is_possible(FeedbackAct.PUBLISH, item.state),
        "withdraw": publishes and is_possible(FeedbackAct.WITHDRAW, item.state),
    }
