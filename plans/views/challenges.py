"""The doors through which boards and Executive challenge exceptions, and are answered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict, NotAllowed
from plans import permissions
from plans.forms.exceptions import (
    AnswerForm,
    DeepDiveEndForm,
    DeepDiveForm,
    EscalationForm,
    QuestionForm,
    ResponseForm,
    TakeBackForm,
)
from plans.models import DeepDive, Escalation, ExceptionQuestion, Milestone
from plans.selectors.challenges import NOTHING_SAID, exception_files
from plans.services import challenges, deep_dives, escalations
from plans.views.acting import require
from plans.views.acts import carry_out, keyed
from plans.views.context import crumbs, milestone_or_404, milestone_url

FORM_METHODS = ["GET", "POST"]


@dataclass(frozen=True)
class ActWords:
    """What the page of an act says: heading, what it means, and its button."""

    title: str
    meaning: str
    button: str


ASK = ActWords(
    "Ask about this exception",
    "The lead or the programme office answers. Question and answer stand in the board pack.",
    "Ask",
)
ANSWER = ActWords(
    "Answer this question",
    "Your answer stands beside the question, here and in the board pack. It cannot be changed; a "
    "further answer can correct it.",
    "Answer",
)
DIVE = ActWords(
    "Ask for a deep dive",
    "A closer look on a day. It stands in the board pack until it is held or cancelled.",
    "Ask for the deep dive",
)
END_DIVE = ActWords(
    "Record what became of the deep dive", "It stands in the next board pack.", "Record"
)
ESCALATE = ActWords(
    "Escalate to the Executive",
    "The Executive sees it at once, with your reason, and answers who acts. You can withdraw it "
    "until then.",
    "Escalate",
)
RESPOND = ActWords(
    "Answer for the Executive",
    "Your answer stands beside the exception and in the board pack.",
    "Answer",
)
TAKE_BACK = ActWords(
    "Withdraw this escalation", "It stays on record, with your reason.", "Withdraw it"
)


def _own(request: HttpRequest, milestone: Milestone, model: Any, number: int, **where: Any) -> Any:
    """The record of that number of a milestone, if the reader may see it."""
    rows = permissions.visible_to(request.user, model)
    return get_object_or_404(rows, milestone=milestone, number=number, **where)


def _page(
    request: HttpRequest, milestone: Milestone, words: ActWords, **about: Any
) -> Callable[..., HttpResponse]:
    """A function that shows the page of an act beside what was said of the exception."""
    own = permissions.visible_to(request.user, Milestone).filter(pk=milestone.pk)
    visible = permissions.visible_exception_fields(request.user, milestone.plan)

    def show(form: Form, *, status: int = 200, conflict: Conflict | None = None) -> HttpResponse:
        said = exception_files(own, visible=visible).get(milestone.pk, NOTHING_SAID)
        context = {
            "plan": milestone.plan,
            "milestone": milestone,
            "form": form,
            "words": words,
            "report": next(iter(said.reports), None),
            "conflict": conflict,
            "back": milestone_url("milestone-exceptions", milestone),
            "crumbs": crumbs(
                milestone.plan,
                (milestone.key, milestone.get_absolute_url()),
                ("Exceptions and dates", milestone_url("milestone-exceptions", milestone)),
                (words.title, ""),
            ),
        }
        return render(request, "plans/exception_act.html", context | about, status=status)

    return show


def _run(
    request: HttpRequest,
    milestone: Milestone,
    form_class: type[Form],
    *,
    page: Callable[..., HttpResponse],
    act: Callable[..., Any],
    said: str,
    version: Callable[[], int] | None = None,
    anew: tuple[str, ...] = (),
) -> HttpResponse:
    """Show or send a form whose fields are the arguments of a service."""

    def done(form: Form) -> str:
        act(by=request.user, **form.cleaned_data)
        return said

    return carry_out(
        request,
        form_class,
        fresh=lambda: keyed(base_version=version()) if version else keyed(),
        act=done,
        page=page,
        leads_to=lambda: milestone_url("milestone-exceptions", milestone),
        anew=anew,
    )


@require_http_methods(FORM_METHODS)
def question_ask(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Ask about an exception."""
    milestone = milestone_or_404(request, plan, key)
    require(request, Permission.CHALLENGE_EXCEPTION, milestone)
    return _run(
        request,
        milestone,
        QuestionForm,
        page=_page(request, milestone, ASK),
        act=lambda **sent: challenges.ask_question(milestone=milestone, **sent),
        said=f"Your question on {milestone.key} is asked.",
    )


@require_http_methods(FORM_METHODS)
def question_answer(request: HttpRequest, plan: str, key: str, number: int) -> HttpResponse:
    """Answer a question on an exception."""
    milestone = milestone_or_404(request, plan, key)
    require(request, Permission.UPDATE_MILESTONE, milestone)
    question = _own(request, milestone, ExceptionQuestion, number)
    return _run(
        request,
        milestone,
        AnswerForm,
        page=_page(request, milestone, ANSWER, question=question),
        act=lambda **sent: challenges.answer_question(question=question, **sent),
        said=f"Your answer on {milestone.key} is stored.",
    )


@require_http_methods(FORM_METHODS)
def deep_dive_ask(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Ask for a deep dive on a day."""
    milestone = milestone_or_404(request, plan, key)
    require(request, Permission.CHALLENGE_EXCEPTION, milestone)
    return _run(
        request,
        milestone,
        DeepDiveForm,
        page=_page(request, milestone, DIVE),
        act=lambda **sent: deep_dives.ask_deep_dive(milestone=milestone, **sent),
        said=f"The deep dive into {milestone.key} is asked for.",
    )


@require_http_methods(FORM_METHODS)
def deep_dive_end(request: HttpRequest, plan: str, key: str, number: int) -> HttpResponse:
    """Record that a deep dive was held or is cancelled."""
    milestone = milestone_or_404(request, plan, key)
    require(request, Permission.RECORD_DEEP_DIVE, milestone)
    dive = _own(request, milestone, DeepDive, number)
    return _run(
        request,
        milestone,
        DeepDiveEndForm,
        page=_page(request, milestone, END_DIVE, dive=dive),
        act=lambda **sent: deep_dives.end_deep_dive(deep_dive=dive, **sent),
        said=f"Recorded for the deep dive into {milestone.key}.",
        version=lambda: _own(request, milestone, DeepDive, number).version,
        anew=("becomes",),
    )


@require_http_methods(FORM_METHODS)
def escalation_raise(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Bring an exception before the Executive."""
    milestone = milestone_or_404(request, plan, key)
    require(request, Permission.CHALLENGE_EXCEPTION, milestone)
    return _run(
        request,
        milestone,
        EscalationForm,
        page=_page(request, milestone, ESCALATE),
        act=lambda **sent: escalations.escalate(milestone=milestone, **sent),
        said=f"{milestone.key} is with the Executive.",
    )


@require_http_methods(FORM_METHODS)
def escalation_answer(request: HttpRequest, plan: str, key: str, number: int) -> HttpResponse:
    """Answer an escalation for the Executive."""
    milestone = milestone_or_404(request, plan, key)
    require(request, Permission.ANSWER_ESCALATION, milestone)
    escalation = _own(request, milestone, Escalation, number)
    return _run(
        request,
        milestone,
        ResponseForm,
        page=_page(request, milestone, RESPOND, escalation=escalation),
        act=lambda **sent: escalations.answer_escalation(escalation=escalation, **sent),
        said=f"The Executive’s answer on {milestone.key} is stored.",
        version=lambda: _own(request, milestone, Escalation, number).version,
    )


@require_http_methods(FORM_METHODS)
def escalation_withdraw(request: HttpRequest, plan: str, key: str, number: int) -> HttpResponse:
    """Take an escalation back."""
    milestone = milestone_or_404(request, plan, key)
    require(request, Permission.CHALLENGE_EXCEPTION, milestone)
    escalation = _own(request, milestone, Escalation, number)
    if escalation.escalated_by_id != request.user.pk:
        raise NotAllowed(escalations.ONLY_WHO_ESCALATED)
    return _run(
        request,
        milestone,
        TakeBackForm,
        page=_page(request, milestone, TAKE_BACK, escalation=escalation),
        act=lambda **sent: escalations.withdraw_escalation(escalation=escalation, **sent),
        said=f"The escalation of {milestone.key} is withdrawn.",
        version=lambda: _own(request, milestone, Escalation, number).version,
    )
