"""The action log: the list with its counts, one action, and the forms of those who work on it."""

from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from governance.enums import LogShown
from governance.forms.log import ChangeForm, CloseForm, LogFilterForm, NoteForm, RaiseForm
from governance.models import LogAction
from governance.permissions import records as rights
from governance.permissions.records import Reader
from governance.selectors import log as reads
from governance.selectors.decisions import past_meetings
from governance.selectors.prompts import is_number
from governance.services import log
from governance.services.log import TaskWords
from governance.views.deciding import FORM_METHODS, form_page
from governance.views.records import (
    choosable_groups,
    group_or_404,
    handed_on,
    indicators_of,
    meeting_handed_on,
    record_or_404,
    trail,
)
from hertsend import dates
from plans.views.acts import carry_out, keyed
from plans.views.context import crumbs, plan_or_404

PAGE_SIZE = 25
ME = "me"


@require_safe
def log_list(request: HttpRequest, plan: str) -> HttpResponse:
    """The log of the groups that the reader may see, or of one, with its counts on top."""
    row = plan_or_404(request, plan)
    reader, today = Reader.of(request.user, row), dates.today()
    groups = choosable_groups(request, row)
    owners = _owners(reader)
    form = LogFilterForm(request.GET, groups=groups, owners=owners, auto_id="filter_%s")
    form.is_valid()
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    of_groups = _of_groups(reader.log_actions, asked)
    page = Paginator(_chosen(of_groups, asked, reader), PAGE_SIZE).get_page(request.GET.get("page"))
    here = reverse("governance:log-list", args=[row.slug])
    context = {
        "plan": row,
        "form": form,
        "counts": reads.counts_of(of_groups, at=dates.now(), on=today),
        "page": page,
        "lines": reads.log_lines(page.object_list, reader, on=today),
        "reads_all": rights.reads_all_records(request.user, row),
        "keeping": rights.kept_logs(request.user, row).filter(ended_on=None).exists(),
        "here": here,
        "active": _active(request.GET, asked, here, dict(groups), dict(owners)),
        "crumbs": crumbs(row, ("Action log", "")),
    }
    return render(request, "governance/log_list.html", context)


def _owners(reader: Reader) -> list[tuple[str, str]]:
    """Who may be filtered by, where names may be seen."""
    if "owner" not in reader.seen[LogAction]:
        return []
    return [(str(person.pk), person.name) for person in reads.owners_in(reader.log_actions)]


def _of_groups(rows: QuerySet[LogAction], asked: dict[str, str]) -> QuerySet[LogAction]:
    return rows.filter(group__key=asked["group"]) if "group" in asked else rows


def _chosen(
    rows: QuerySet[LogAction], asked: dict[str, str], reader: Reader
) -> QuerySet[LogAction]:
    """The rows that fit the filters, open ones first, then by their day."""
    if "owner" in asked:
        owner = reader.person_id if asked["owner"] == ME else int(asked["owner"])
        rows = rows.filter(owner=owner)
    if "state" in asked:
        rows = reads.shown_as(rows, asked["state"], at=dates.now(), on=dates.today())
    return reads.open_first(rows)


def _active(
    query: QueryDict,
    asked: dict[str, str],
    here: str,
    groups: dict[str, str],
    owners: dict[str, str],
) -> list[dict[str, str]]:
    """The filters in use, each with the address without it."""
    words = {"group": groups, "owner": {ME: "Mine"} | owners, "state": dict(LogShown.choices)}
    found = []
    for name, value in asked.items():
        rest = query.copy()
        rest.pop(name)
        rest.pop("page", None)
        found.append(
            {"label": words[name].get(value, value), "remove_url": f"{here}?{rest.urlencode()}"}
        )
    return found


@require_safe
def log_detail(request: HttpRequest, plan: str, key: str, number: int) -> HttpResponse:
    """One action: who does it by when, what was said of it, and the meetings that had it."""
    row = record_or_404(request, LogAction, plan, key, number)
    reader = Reader.of(request.user, row.group.plan)
    (line,) = reads.log_lines(reader.log_actions.filter(pk=row.pk), reader, on=dates.today())
    history = reads.history_of(row, reader)
    context = {
        "plan": row.group.plan,
        "line": line,
        "carried": reads.meetings_of(row, at=dates.now()),
        "may_work": not line.is_closed and rights.may_work_on(request.user, row),
        "may_change": not line.is_closed and rights.may_keep_log(request.user, row.group),
        "page": Paginator(history, PAGE_SIZE).get_page(request.GET.get("page")),
        "crumbs": trail(row.group.plan, (f"{line.group} {line.number}", ""), of_log=True),
    }
    return render(request, "governance/log_detail.html", context)


@require_http_methods(FORM_METHODS)
def log_add(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Put an action into the log of a group."""
    group = group_or_404(request, plan, key)
    rights.require_log_keeper(request.user, group)
    indicators = indicators_of(request, group.plan)
    decisions = Reader.of(request.user, group.plan).decisions.filter(group=group)
    done: list[str] = []

    def act(form: RaiseForm) -> str:
        data = form.cleaned_data
        words = TaskWords(**{name: data[name] for name in TaskWords.__dataclass_fields__})
        raised = log.raise_action(
            group=group,
            words=words,
            prompts=form.prompts,
            submission_key=data["submission_key"],
            by=request.user,
        )
        done.append(raised.get_absolute_url())
        return f"Action {raised.number} of {group.name} is raised."

    number = request.GET.get("decision", "")
    decided = decisions.filter(number=int(number)).first() if is_number(number) else None
    meetings = past_meetings(group, at=dates.now())
    begun = {"decision": decided, "meeting": meeting_handed_on(request, meetings)}
    return carry_out(
        request,
        partial(
            RaiseForm,
            owners=reads.owners_of(group.plan, on=dates.today()),
            meetings=meetings,
            decisions=decisions,
            indicators=indicators,
        ),
        fresh=lambda: keyed(**(handed_on(request) | begun)),
        act=act,
        page=_page(request, group.plan, title=f"An action for {group.name}", button="Raise it"),
        leads_to=done.pop,
    )


def _page(request: HttpRequest, plan: Any, *, title: str, button: str, **more: Any) -> Any:
    back = more.pop("back", reverse("governance:log-list", args=[plan.slug]))
    return form_page(
        request,
        plan,
        title=title,
        button=button,
        back=back,
        **({"crumbs": trail(plan, (title, ""), of_log=True)} | more),
    )


@require_http_methods(FORM_METHODS)
def log_note(request: HttpRequest, plan: str, key: str, number: int) -> HttpResponse:
    """Say how an action stands."""
    row = record_or_404(request, LogAction, plan, key, number)
    rights.require_worker(request.user, row)

    def act(form: NoteForm) -> str:
        log.add_note(log_action=row, by=request.user, **form.cleaned_data)
        return "Your update is recorded."

    return carry_out(
        request,
        NoteForm,
        fresh=keyed,
        act=act,
        page=_page(
            request,
            row.group.plan,
            title="Update this action",
            button="Record it",
            back=row.get_absolute_url(),
            note=row.task,
        ),
        leads_to=row.get_absolute_url,
    )


@require_http_methods(FORM_METHODS)
def log_close(request: HttpRequest, plan: str, key: str, number: int) -> HttpResponse:
    """Close an action."""
    row = record_or_404(request, LogAction, plan, key, number)
    rights.require_worker(request.user, row)

    def act(form: CloseForm) -> str:
        log.close(log_action=row, by=request.user, **form.cleaned_data)
        return "The action is closed."

    return carry_out(
        request,
        CloseForm,
        fresh=dict,
        act=act,
        page=_page(
            request,
            row.group.plan,
            title="Close this action",
            button="Close it",
            back=row.get_absolute_url(),
            note=row.task,
        ),
        leads_to=row.get_absolute_url,
    )


@require_http_methods(FORM_METHODS)
def log_change(request: HttpRequest, plan: str, key: str, number: int) -> HttpResponse:
    """Give an action to another owner or another day."""
    row = record_or_404(request, LogAction, plan, key, number)
    rights.require_log_keeper(request.user, row.group)

    def fresh() -> dict[str, Any]:
        now = record_or_404(request, LogAction, plan, key, number)
        start: dict[str, Any] = {"base_version": now.version}
        if request.method != "POST":
            start |= {"owner": now.owner_id, "due_on": now.due_on}
        return start

    def act(form: ChangeForm) -> str:
        log.change(log_action=row, by=request.user, **form.cleaned_data)
        return "The change is recorded."

    return carry_out(
        request,
        partial(ChangeForm, owners=reads.owners_of(row.group.plan, on=dates.today())),
        fresh=fresh,
        act=act,
        page=_page(
            request,
            row.group.plan,
            title="Change owner or day",
            button="Save",
            back=row.get_absolute_url(),
            note=row.task,
        ),
        leads_to=row.get_absolute_url,
    )
