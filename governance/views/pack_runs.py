"""The making of one pack: how far it is, what is missing, and each step on its way to its readers."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from governance.boardpack import arranging, snapshot
from governance.boardpack.content import UnreadablePack
from governance.boardpack.gaps import gaps_of
from governance.enums import Edition, PackAct, PackState
from governance.forms import from_parameter
from governance.forms.packs import PrepareForm, ReasonForm, StepForm
from governance.models import Delivery, PackRun
from governance.permissions import packs as rights
from governance.selectors import pack_pages as reads
from governance.selectors.packs import label_of
from governance.services import deliveries, pack_runs, packs
from governance.views.act_page import act_page
from hertsend.errors import Conflict
from plans.views.acts import carry_out, keyed
from plans.views.context import crumbs, plan_or_404

PAGE_SIZE = 25
OFFICES_ACTS = (PackAct.PREPARE, PackAct.RELEASE)
CHAIRS_ACTS = (PackAct.ISSUE, PackAct.SEND_BACK)
OF_RUN = (
    *("period__plan__partnership", "pack__period__plan", "planned_by", "foreword_by"),
    *("released_by", "returned_by", "issued_by"),
)


def _run(request: HttpRequest, slug: str, month: str, edition: str, revision: int) -> PackRun:
    """The run of the address, for those who prepare or issue packs; 404 for everybody else."""
    plan, first = plan_or_404(request, slug), from_parameter(month)
    if first is None:
        raise Http404("There is no such month.")
    runs = rights.runs_in_preparation(request.user).select_related(*OF_RUN)
    return get_object_or_404(
        runs, period__plan=plan, period__month=first, edition=edition, revision=revision
    )


def _url(name: str, run: PackRun) -> str:
    return reverse(f"governance:pack-{name}", args=run.address)


def _crumbs(run: PackRun, *more: tuple[str, str]) -> list[dict[str, str]]:
    return crumbs(run.period.plan, _listed(run), *more)


def _listed(run: PackRun) -> tuple[str, str]:
    return ("Packs", reverse("governance:pack-list", args=[run.period.plan.slug]))


@require_safe
def pack_run(
    request: HttpRequest, plan: str, month: str, edition: str, revision: int
) -> HttpResponse:
    """How far a pack is: its steps, what is missing, who is to act, and whom it was told to."""
    run = _run(request, plan, month, edition, revision)
    does = rights.does_in_packs(request.user, run.period.plan)
    held = (*(OFFICES_ACTS if does["releases"] else ()), *(CHAIRS_ACTS if does["issues"] else ()))
    among = rights.runs_in_preparation(request.user)
    later = reads.later_run(run, among=among)
    trail = reads.history_of_run(run, titles=arranging.MOVABLE | arranging.LEAVABLE)
    context = {
        "plan": run.period.plan,
        "run": run,
        "line": reads.RunLine(run, later),
        "title": label_of(run),
        "acts": reads.acts_of(run, held=held),
        "own": request.user.pk in (run.released_by_id, run.foreword_by_id),
        "can_reissue": does["releases"] and reads.may_reissue(run),
        "gaps": _gaps(run),
        "told": reads.deliveries_of(run) if does["releases"] else None,
        "order": [arranging.MOVABLE[name] for name in run.order],
        "left_out": [arranging.LEAVABLE[name] for name in run.left_out],
        "trail": Paginator(trail, PAGE_SIZE).get_page(request.GET.get("page")),
        "crumbs": _crumbs(run, (label_of(run), "")),
    }
    return render(request, "governance/pack_run.html", context | does)


def _gaps(run: PackRun) -> tuple[str, ...] | None:
    """What is missing; None where there is nothing to say it of, or no more use in saying it."""
    if run.pack is None or run.state == PackState.ISSUED:
        return None
    try:
        return gaps_of(snapshot.shown(run))
    except UnreadablePack:
        return ("What is stored is not what was assembled, so it cannot be shown.",)


def _form_page(
    request: HttpRequest,
    run: PackRun,
    words: tuple[str, str, str],
    form: Any,
    *,
    status: int = 200,
    conflict: Conflict | None = None,
) -> HttpResponse:
    """A page with one form; ``words`` are its title, its button and a note above the form."""
    title, button, note = words
    return act_page(
        request,
        run.period.plan,
        form,
        title=title,
        button=button,
        caption=label_of(run),
        note=note,
        trail=(_listed(run), (label_of(run), run.get_absolute_url())),
        status=status,
        conflict=conflict,
    )


def _act_on(
    request: HttpRequest,
    run: PackRun,
    form_class: Callable[..., Any],
    *,
    act: Callable[[Any], str],
    words: tuple[str, str, str],
    start: Callable[[PackRun], dict[str, Any]] = lambda _run: {},
) -> HttpResponse:
    """Show a form about a run, or carry it out and go back to the run."""

    def fresh() -> dict[str, Any]:
        now = rights.runs_in_preparation(request.user).get(pk=run.pk)
        return keyed(base_version=now.version) | (start(now) if request.method != "POST" else {})

    return carry_out(
        request,
        form_class,
        fresh=fresh,
        act=act,
        page=partial(_form_page, request, run, words),
        leads_to=run.get_absolute_url,
    )


def _sent(form: Any, *names: str) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in (*names, "base_version", "submission_key")}


@require_http_methods(["GET", "POST"])
def pack_prepare(
    request: HttpRequest, plan: str, month: str, edition: str, revision: int
) -> HttpResponse:
    """Write the foreword, order sections, and leave out what may be left out."""
    run = _run(request, plan, month, edition, revision)
    rights.require_releasing(request.user, run.period.plan)
    of = Edition(run.edition)

    def start(now: PackRun) -> dict[str, Any]:
        order = now.order or arranging.movable_in(of)
        places = {f"place_{name}": number for number, name in enumerate(order, start=1)}
        return {"foreword": now.foreword, "left_out": now.left_out} | places

    def act(form: PrepareForm) -> str:
        pack_runs.prepare(
            run=run, order=form.order, by=request.user, **_sent(form, "foreword", "left_out")
        )
        return "The foreword and the order are saved."

    offered = {"movable": arranging.movable_in(of), "leavable": arranging.leavable_in(of)}
    return _act_on(
        request,
        run,
        partial(PrepareForm, **offered),
        act=act,
        words=("Foreword and sections", "Save", ""),
        start=start,
    )


@require_http_methods(["GET", "POST"])
def pack_release(
    request: HttpRequest, plan: str, month: str, edition: str, revision: int
) -> HttpResponse:
    """Hand the pack to the joint chairs."""
    run = _run(request, plan, month, edition, revision)
    rights.require_releasing(request.user, run.period.plan)

    def act(form: StepForm) -> str:
        packs.release(run=run, by=request.user, **_sent(form))
        return "Released. The joint chairs are told that it waits to be issued."

    note = "A joint chair issues it or returns it to you. Its readers see nothing of it until then."
    words = ("Release this pack", "Release it", note)
    return _act_on(request, run, StepForm, act=act, words=words)


@require_http_methods(["GET", "POST"])
def pack_return(
    request: HttpRequest, plan: str, month: str, edition: str, revision: int
) -> HttpResponse:
    """Return the pack to the office."""
    run = _run(request, plan, month, edition, revision)
    rights.require_issuing(request.user, run.period.plan)

    def act(form: ReasonForm) -> str:
        pack_runs.send_back(run=run, by=request.user, **_sent(form, "reason"))
        return "Returned to the programme office."

    words = ("Return this pack", "Return it", "The programme office reads your reason.")
    return _act_on(request, run, ReasonForm, act=act, words=words)


@require_http_methods(["GET", "POST"])
def pack_issue(
    request: HttpRequest, plan: str, month: str, edition: str, revision: int
) -> HttpResponse:
    """Give the pack to its readers."""
    run = _run(request, plan, month, edition, revision)
    rights.require_issuing(request.user, run.period.plan)

    def act(form: StepForm) -> str:
        pack_runs.issue(run=run, by=request.user, **_sent(form))
        return "Issued. Its readers can open it, and each is told by e-mail."

    gaps = _gaps(run)
    missing = f"Before you issue it: {' '.join(gaps)}" if gaps else "Nothing is missing."
    note = f"{missing} What was issued is never changed; a correction is a further version."
    return _act_on(request, run, StepForm, act=act, words=("Issue this pack", "Issue it", note))


@require_http_methods(["GET", "POST"])
def pack_reissue(
    request: HttpRequest, plan: str, month: str, edition: str, revision: int
) -> HttpResponse:
    """Have a further version made."""
    run = _run(request, plan, month, edition, revision)
    rights.require_releasing(request.user, run.period.plan)

    def act(form: ReasonForm) -> str:
        after = pack_runs.reissue(run=run, by=request.user, **_sent(form, "reason"))
        return f"Version {after.revision} is being made, and says your reason."

    note = "The issued version stays as it is and says that there is a later one. The new one says why."
    words = ("Correct this pack", "Make a further version", note)
    return _act_on(request, run, ReasonForm, act=act, words=words)


@require_safe
def pack_deliveries(
    request: HttpRequest, plan: str, month: str, edition: str, revision: int
) -> HttpResponse:
    """Everyone who was told of the pack: what became of the e-mail, and when they opened it."""
    run = _run(request, plan, month, edition, revision)
    rights.require_releasing(request.user, run.period.plan)
    told = reads.deliveries_of(run)
    context = {
        "plan": run.period.plan,
        "run": run,
        "title": label_of(run),
        "told": told,
        "page": Paginator(told.lines, PAGE_SIZE).get_page(request.GET.get("page")),
        "crumbs": _crumbs(run, (label_of(run), run.get_absolute_url()), ("Deliveries", "")),
    }
    return render(request, "governance/pack_deliveries.html", context)


@require_http_methods(["GET", "POST"])
def delivery_again(
    request: HttpRequest, plan: str, month: str, edition: str, revision: int, *, delivery: int
) -> HttpResponse:
    """Decide that one person is sent the e-mail again."""
    run = _run(request, plan, month, edition, revision)
    rights.require_releasing(request.user, run.period.plan)
    row = get_object_or_404(run.deliveries.select_related("person", "message"), pk=delivery)
    return carry_out(
        request,
        StepForm,
        fresh=lambda: keyed(base_version=run.version),
        act=lambda _form: _again(row, request),
        page=partial(_form_page, request, run, _words_of_again(row)),
        leads_to=lambda: _url("deliveries", run),
    )


def _again(row: Delivery, request: HttpRequest) -> str:
    deliveries.send_again(delivery=row, by=request.user)
    return f"It is sent to {row.person.name} again."


def _words_of_again(row: Delivery) -> tuple[str, str, str]:
    note = (
        "If nobody knows whether the first e-mail arrived, this person may get it twice. It has the "
        "same Message-ID, by which most mail programs show it once."
    )
    return (f"Send it to {row.person.name} again", "Send it again", note)
