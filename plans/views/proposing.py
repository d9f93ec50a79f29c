"""Proposing a milestone complete, with its evidence on the same page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict, RuleBroken
from hertsend.ui.forms import errors_of
from plans import permissions, policies
from plans.enums import StageAct
from plans.forms import EvidenceRows, ProposalForm
from plans.models import Evidence, Milestone
from plans.services import milestones
from plans.views.acting import CONFLICT_STATUS, act_page, again, begun, done, require
from plans.views.context import milestone_or_404
from plans.views.reviews import is_review, review_url


@require_http_methods(["GET", "POST"])
def milestone_propose(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Propose a milestone complete; "more" asks for room for another piece of evidence."""
    milestone = milestone_or_404(request, plan, key)
    require(request, Permission.UPDATE_MILESTONE, milestone)
    if request.method != "POST" and is_review(milestone):
        return redirect(review_url(milestone, StageAct.PROPOSED))
    if request.method != "POST":
        rows = EvidenceRows(holder=request.user.pk)
        return _page(request, milestone, ProposalForm(initial=begun(milestone)), rows)
    form = ProposalForm(request.POST)
    rows = EvidenceRows(request.POST, request.FILES, holder=request.user.pk)
    if "more" in request.POST or not form.is_valid() or not rows.is_valid():
        return _page(request, milestone, form, rows)
    try:
        change = milestones.propose_complete(
            milestone=milestone,
            evidence=[piece.words for piece in rows.sent],
            by=request.user,
            **form.cleaned_data,
        )
    except RuleBroken as error:
        _tell(form, rows, error)
        return _page(request, milestone, form, rows)
    except Conflict as error:
        form = again(ProposalForm, request, milestone, error)
        return _page(request, milestone, form, rows, status=CONFLICT_STATUS)
    return done(request, change, f"{milestone.key} is proposed complete.")


def _tell(form: ProposalForm, rows: EvidenceRows, error: RuleBroken) -> None:
    """Put each sentence beside its field: "evidence.1.title" belongs to the second piece sent."""
    for place, sentences in error.errors.items():
        part, _, field = place.partition(".")
        for sentence in sentences:
            if part == "evidence" and field:
                number, _, name = field.partition(".")
                rows.tell(int(number), name, sentence)
            elif part == "evidence":
                rows.forms[0].full_clean()
                rows.forms[0].add_error("link", sentence)
            else:
                form.add_error(part if part in form.fields else None, sentence)


def _page(
    request: HttpRequest,
    milestone: Milestone,
    form: ProposalForm,
    rows: EvidenceRows,
    *,
    status: int = 200,
) -> HttpResponse:
    pieces = permissions.visible_to(request.user, Evidence).standing()
    return act_page(
        request,
        milestone,
        template="plans/milestone_propose.html",
        word="Propose",
        status=status,
        form=form,
        rows=rows,
        errors=errors_of([form, *rows.bound]) if form.is_bound else [],
        pieces=list(pieces.filter(milestone=milestone).select_related("file")),
        is_possible=policies.can_act(StageAct.PROPOSED, stage=milestone.stage),
    )
