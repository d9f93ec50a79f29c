"""My return: a workstream's month on one page, saved row by row and handed in whole."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance.forms.returns import NothingToReportForm, ReturnRowForm, SubmitReturnForm
from governance.services import returns
from governance.views import cards, conflicts
from governance.views.desk import CONFLICT_STATUS, Desk, crumbs, desk_of, page
from hertsend.errors import Conflict, RuleBroken
from hertsend.ui import typed
from plans.models import Milestone
from plans.permissions import visible_to
from plans.selectors.rows import ReturnRow
from plans.services import drafts
from plans.views.context import milestone_or_404


@require_safe
def return_detail(request: HttpRequest, plan: str, month: str, workstream: str) -> HttpResponse:
    """Every milestone that needs an update, last month's words beside this month's fields."""
    desk = desk_of(request, plan, month, workstream)
    if request.GET.get("view") == "others":
        return page(desk, template="governance/return_others.html")
    asked = request.GET.get("open", "")
    return page(desk, opened={asked} if asked else _first(desk))


def _first(desk: Desk) -> set[str]:
    """Where to begin: the row that presses most."""
    return {row.key for row in desk.line.left[:1]}


@typed.words_come_back
@require_http_methods(["GET", "POST"])
def return_row(
    request: HttpRequest, plan: str, month: str, workstream: str, key: str
) -> HttpResponse:
    """Save one row as a draft; read, it is the page with that row open and with its typed words."""
    desk = desk_of(request, plan, month, workstream)
    row = desk.row(key)
    if request.method == "POST":
        return _save(desk, row, request.POST)
    back = typed.take_back(request)
    if back is None:
        return page(desk, opened={key})
    form = _form(desk, row, back)
    form.is_valid()
    messages.warning(request, typed.BACK)
    return page(desk, sent={key: form})


def _form(desk: Desk, row: ReturnRow, sent: QueryDict) -> ReturnRowForm:
    return ReturnRowForm(sent, row=row, month=f"{desk.line.period.month:%B}")


def _save(desk: Desk, row: ReturnRow, sent: QueryDict) -> HttpResponse:
    """Store what was typed, or say what is in its way; nothing that was typed is lost."""
    form = _form(desk, row, sent)
    if not form.is_valid():
        return page(desk, sent={row.key: form})
    choice = conflicts.Choice.of(sent, row)
    if choice.is_open:
        return _conflict(desk, row, sent, form=choice.form)
    try:
        drafts.save(
            milestone=_milestone(desk, row.key),
            period=desk.line.period,
            words=replace(form.words, **choice.taken),
            base_version=form.cleaned_data["base_version"],
            milestone_version=form.cleaned_data["milestone_version"],
            submission_key=form.cleaned_data["submission_key"],
            by=desk.request.user,
        )
    except RuleBroken as error:
        for field, sentences in error.errors.items():
            form.add_error(field if field in form.fields else None, sentences)
        return page(desk, sent={row.key: form})
    except Conflict:
        fresh = desk_of(desk.request, *desk.arguments)
        return _conflict(fresh, fresh.row(row.key), sent)
    return redirect(_after(desk, row, sent.get("then", "")))


def _after(desk: Desk, row: ReturnRow, then: str) -> str:
    """The page at the row that was saved, or at the next one that is not ready."""
    goal = row
    if then == "next":
        left = desk_of(desk.request, *desk.arguments).line.left
        keys = [each.key for each in desk.line.left]
        later = keys[keys.index(row.key) + 1 :] if row.key in keys else []
        goal = next((each for each in left if each.key in later), None) or next(
            (each for each in left if each.key != row.key), row
        )
    query = QueryDict(mutable=True)
    query["open"] = goal.key
    return f"{desk.url()}?{query.urlencode()}#{cards.anchor_of(goal)}"


def _milestone(desk: Desk, key: str) -> Milestone:
    return milestone_or_404(desk.request, desk.plan.slug, key)


def _conflict(desk: Desk, row: ReturnRow, sent: QueryDict, *, form: Any = None) -> HttpResponse:
    """Both texts, field by field, of which one each is chosen."""
    context = {
        "plan": desk.plan,
        "desk": desk,
        "row": row,
        "url": cards.row_url(desk.line, row.key),
        "comparison": conflicts.compare(row, sent, form=form),
        "crumbs": crumbs(desk),
    }
    return render(desk.request, "governance/return_conflict.html", context, status=CONFLICT_STATUS)


@require_POST
def return_discard(
    request: HttpRequest, plan: str, month: str, workstream: str, key: str
) -> HttpResponse:
    """Throw a row's draft away."""
    desk = desk_of(request, plan, month, workstream)
    row = desk.row(key)
    version = request.POST.get("base_version", "")
    try:
        drafts.discard(
            milestone=_milestone(desk, row.key),
            period=desk.line.period,
            base_version=int(version) if version.isdecimal() else 0,
            by=request.user,
        )
    except Conflict as error:
        return page(desk_of(request, *desk.arguments), conflict=error, opened={key})
    messages.success(request, f"The draft of {key} is thrown away.")
    return redirect(_after(desk, row, ""))


@require_http_methods(["GET", "POST"])
def return_nothing(request: HttpRequest, plan: str, month: str, workstream: str) -> HttpResponse:
    """Say of the milestones that need no update that there is nothing to report, in one go."""
    desk = desk_of(request, plan, month, workstream)
    offered = desk.line.rest
    ticked = [row.key for row in offered if row.draft and row.draft.nothing_to_report]
    form = NothingToReportForm(
        request.POST if request.method == "POST" else None,
        initial={"shown": ",".join(ticked), "milestones": ticked},
    )
    if request.method == "POST" and form.is_valid():
        before = set(form.cleaned_data["shown"].split(","))
        now = set(form.cleaned_data["milestones"])
        try:
            changed = drafts.confirm_nothing(
                confirmed=_of_keys(desk, now - before),
                withdrawn=_of_keys(desk, before - now),
                period=desk.line.period,
                by=request.user,
            )
        except RuleBroken as error:
            form.add_error(None, [text for many in error.errors.values() for text in many])
        else:
            messages.success(request, _said(len(changed), len(now)))
            return redirect(desk.url("return-nothing"))
    return page(desk, template="governance/return_nothing.html", form=form)


def _of_keys(desk: Desk, keys: Collection[str]) -> list[Milestone]:
    rows = visible_to(desk.request.user, Milestone).filter(
        plan=desk.plan, action__workstream=desk.line.workstream, key__in=keys
    )
    return list(rows)


def _said(changed: int, ticked: int) -> str:
    if not changed:
        return "Nothing was changed."
    return f"Saved: nothing to report of {ticked}. It is sent when you submit."


@require_http_methods(["GET", "POST"])
def return_submit(request: HttpRequest, plan: str, month: str, workstream: str) -> HttpResponse:
    """Check the return and hand it in; with gaps, every one is told and nothing is sent."""
    desk = desk_of(request, plan, month, workstream)
    if request.method == "GET":
        return redirect(desk.url())
    form = SubmitReturnForm(request.POST)
    if not form.is_valid():
        return page(desk, conflict=Conflict("Look at the return again, then submit it."))
    try:
        returns.submit(
            workstream=desk.line.workstream,
            period=desk.line.period,
            base_version=form.cleaned_data["base_version"],
            shown=form.cleaned_data["shown"],
            submission_key=form.cleaned_data["submission_key"],
            by=request.user,
        )
    except RuleBroken as error:
        return page(desk_of(request, *desk.arguments), refusal=error)
    except Conflict as error:
        return page(desk_of(request, *desk.arguments), conflict=error)
    messages.success(request, f"The {desk.line.period.label} return is submitted.")
    return redirect(desk.url())
