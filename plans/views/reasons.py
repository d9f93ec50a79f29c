"""Acts that need nothing but their reason: take back, reopen, withdraw."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from hertsend.accounts.roles import Permission, Role
from hertsend.errors import Conflict, RuleBroken
from plans import policies
from plans.enums import StageAct
from plans.forms import ReasonForm, WithdrawalForm
from plans.models import StageChange
from plans.services import milestones
from plans.services.deciding import require_signer, require_withdrawer
from plans.views.acting import (
    CONFLICT_STATUS,
    act_page,
    again,
    begun,
    done,
    require,
    tell,
)
from plans.views.context import milestone_or_404
from plans.views.reviews import is_review, review_url


@dataclass(frozen=True)
class Reasoned:
    """One such act: who may do it, what its page says, and the service that does it.

    ``decides`` refuses who had a part in the work, where the act is a decision on it: before they
    type a reason in vain.
    """

    act: StageAct
    permission: Permission
    service: Callable[..., StageChange]
    form: type[ReasonForm]
    title: str
    words: str
    button: str
    is_warning: bool = False
    decides: Callable[..., Role] | None = None


TAKE_BACK = Reasoned(
    act=StageAct.TAKEN_BACK,
    permission=Permission.UPDATE_MILESTONE,
    service=milestones.take_back,
    form=ReasonForm,
    title="Take this proposal back",
    words="It is in progress again, and overdue if its date is past. Its evidence stays. You can "
    "propose it again at any time.",
    button="Take the proposal back",
)
REOPEN = Reasoned(
    act=StageAct.REOPENED,
    permission=Permission.SIGN_OFF_MILESTONE,
    service=milestones.reopen,
    form=ReasonForm,
    title="Reopen this milestone",
    words="It is in progress again, and overdue if its date is past. The signature stays on record, "
    "with your reason beside it. If its action was signed off, it no longer is.",
    button="Reopen it",
    is_warning=True,
    decides=require_signer,
)
WITHDRAW = Reasoned(
    act=StageAct.WITHDRAWN,
    permission=Permission.WITHDRAW_MILESTONE,
    service=milestones.withdraw,
    form=WithdrawalForm,
    title="Withdraw this milestone",
    words="Only the board withdraws a milestone. It then counts neither as due nor as complete, stays "
    "visible everywhere with this reason, and nothing more is reported on it.",
    button="Withdraw it",
    is_warning=True,
    decides=require_withdrawer,
)


@require_http_methods(["GET", "POST"])
def milestone_take_back(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Take a proposal back before it is decided."""
    return _page(request, plan, key, TAKE_BACK)


@require_http_methods(["GET", "POST"])
def milestone_reopen(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Take a signature back."""
    return _page(request, plan, key, REOPEN)


@require_http_methods(["GET", "POST"])
def milestone_withdraw(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Withdraw a milestone by a decision of the board."""
    return _page(request, plan, key, WITHDRAW)


def _page(request: HttpRequest, plan: str, key: str, reasoned: Reasoned) -> HttpResponse:
    milestone = milestone_or_404(request, plan, key)
    require(request, reasoned.permission, milestone)
    if reasoned.decides:
        reasoned.decides(milestone, by=request.user)
    if request.method != "POST" and reasoned is TAKE_BACK and is_review(milestone):
        return redirect(review_url(milestone, StageAct.TAKEN_BACK))
    form = reasoned.form(request.POST or None, initial=begun(milestone))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            change = reasoned.service(milestone=milestone, by=request.user, **form.cleaned_data)
        except RuleBroken as error:
            tell(form, error)
        except Conflict as error:
            form, status = again(reasoned.form, request, milestone, error), CONFLICT_STATUS
        else:
            told = change.get_act_display().lower()
            return done(request, change, f"{milestone.key}: {told}.")
    return act_page(
        request,
        milestone,
        template="plans/milestone_reason.html",
        word=reasoned.act.label,
        status=status,
        form=form,
        reasoned=reasoned,
        is_possible=policies.can_act(reasoned.act, stage=milestone.stage),
    )
