"""What is done with a meeting as a whole: planned, moved, cancelled, agenda out, held, agreed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from governance.forms.meetings import (
    CancelForm,
    MoveForm,
    PlanYearForm,
    ReopenForm,
    SittingForm,
)
from governance.models import Meeting
from governance.permissions import meetings as permissions
from governance.policies.meetings import DayRule, months_with_meetings
from governance.selectors import meetings as reads
from governance.selectors import rhythm_of
from governance.services import meetings as services
from governance.views.of_meetings import (
    form_page,
    group_or_404,
    list_url,
    meeting_or_404,
    meeting_to_edit,
    sending,
    sent,
)
from governance.views.sending import begun
from hertsend import dates
from hertsend.accounts.forms import posted
from hertsend.errors import Conflict, RuleBroken
from hertsend.ui.words import count_of
from plans.forms import new_submission_key
from plans.views.context import crumbs


@require_http_methods(["GET", "POST"])
def meeting_plan(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Plan a group's meetings for a year: first the days are shown, then they are planned."""
    group = group_or_404(request, plan, key)
    permissions.require_manager(request.user, group)
    rhythm = rhythm_of(group.plan)
    form = PlanYearForm(
        posted(request),
        today=dates.today(),
        rhythm_now=rhythm.of(dates.first_of(dates.today())).label.lower(),
    )
    made: list[Meeting] = []
    days: list[reads.ProposedDay] = []

    def act() -> None:
        typed = form.cleaned_data
        rule = DayRule(typed["weekday"], typed["week"])
        months = months_with_meetings(typed["first"], rhythm=form.rhythm_chosen, spans=rhythm.spans)
        days.extend(reads.proposed_days(group, months=months, rule=rule))
        if "plan" in request.POST:
            times = {name: typed[name] for name in ("starts", "ends", "place", "link")}
            made.extend(
                services.plan_year(group=group, months=months, rule=rule, by=request.user, **times)
            )

    if sent(form, act, request=request) and "plan" in request.POST:
        planned = count_of(len(made), "meeting is planned", "meetings are planned")
        messages.success(request, f"{planned} for {group.name}.")
        return redirect(f"{list_url(group.plan)}?group={group.key}")
    context = {
        "plan": group.plan,
        "group": group,
        "form": form,
        "days": days,
        "is_shown": form.is_bound and form.is_valid(),
        "crumbs": crumbs(group.plan, ("Meetings", list_url(group.plan)), ("Plan a year", "")),
    }
    return render(request, "governance/meeting_plan.html", context)


@require_http_methods(["GET", "POST"])
def meeting_add(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Plan one meeting beside those of the year."""
    group = group_or_404(request, plan, key)
    permissions.require_manager(request.user, group)
    form = SittingForm(posted(request), initial={"submission_key": new_submission_key()})
    made: list[Meeting] = []

    def act() -> None:
        submission = form.cleaned_data["submission_key"]
        made.append(
            services.add_meeting(
                group=group, sitting=form.sitting, by=request.user, submission_key=submission
            )
        )

    if sent(form, act, request=request):
        messages.success(request, "The meeting is planned.")
        return redirect(made[0])
    title = f"Add a meeting of {group.name}"
    context = {
        "plan": group.plan,
        "form": form,
        "title": title,
        "button": "Add it",
        "back": list_url(group.plan),
        "crumbs": crumbs(group.plan, ("Meetings", list_url(group.plan)), (title, "")),
    }
    return render(request, "governance/meeting_form.html", context)


@require_http_methods(["GET", "POST"])
def meeting_move(request: HttpRequest, plan: str, key: str, meeting: int) -> HttpResponse:
    """Move a meeting, or change where it is."""
    row = _to_manage(request, plan, key, meeting)
    initial = begun(row.version) | {
        "day": dates.day_of(row.starts_at),
        "starts": row.starts_at.astimezone(dates.LONDON).time(),
        "ends": row.ends_at.astimezone(dates.LONDON).time(),
        "place": row.place,
        "link": row.link,
    }

    def make(data: QueryDict | None) -> MoveForm:
        return MoveForm(data, initial=initial)

    def act(form: MoveForm) -> object:
        return services.move(
            meeting=row,
            sitting=form.sitting,
            reason=form.cleaned_data["reason"],
            base_version=form.cleaned_data["base_version"],
            by=request.user,
        )

    return _act_on(
        request, row, make, act, title="Move this meeting", button="Move it", said="It is moved."
    )


@require_http_methods(["GET", "POST"])
def meeting_cancel(request: HttpRequest, plan: str, key: str, meeting: int) -> HttpResponse:
    """Cancel a meeting."""
    row = _to_manage(request, plan, key, meeting)

    return _act_with_reason(
        request,
        row,
        CancelForm,
        services.cancel,
        title="Cancel this meeting",
        button="Cancel the meeting",
        said="It is cancelled.",
    )


@require_http_methods(["GET", "POST"])
def meeting_reopen(request: HttpRequest, plan: str, key: str, meeting: int) -> HttpResponse:
    """Reopen agreed minutes."""
    row = _to_manage(request, plan, key, meeting)

    return _act_with_reason(
        request,
        row,
        ReopenForm,
        services.reopen_minutes,
        title="Reopen the minutes",
        button="Reopen them",
        said="The minutes are a draft again. A chair agrees them once they are right.",
    )


def _to_manage(request: HttpRequest, plan: str, key: str, number: int) -> Meeting:
    row = meeting_or_404(request, plan, key, number)
    permissions.require_manager(request.user, row.group)
    return row


def _act_on(
    request: HttpRequest,
    row: Meeting,
    make: Callable[[QueryDict | None], Any],
    act: Callable[[Any], object],
    *,
    title: str,
    button: str,
    said: str,
) -> HttpResponse:
    """A form on the whole meeting, carried out or shown with what is wrong."""
    done = sending(request, make, act, row=row)
    if done.done:
        messages.success(request, said)
        return redirect(row)
    return form_page(
        request, row, form=done.form, title=title, button=button, conflict=done.conflict
    )


def _act_with_reason(
    request: HttpRequest,
    row: Meeting,
    form_class: type[CancelForm | ReopenForm],
    service: Callable[..., object],
    **told: str,
) -> HttpResponse:
    """An act on the whole meeting that needs its reason and nothing else."""

    def make(data: QueryDict | None) -> CancelForm | ReopenForm:
        return form_class(data, initial=begun(row.version))

    def act(form: CancelForm | ReopenForm) -> object:
        return service(
            meeting=row,
            reason=form.cleaned_data["reason"],
            base_version=form.cleaned_data["base_version"],
            by=request.user,
        )

    return _act_on(request, row, make, act, **told)


@require_POST
def meeting_send(request: HttpRequest, plan: str, key: str, meeting: int) -> HttpResponse:
    """Note that the agenda is out."""
    row = meeting_to_edit(request, plan, key, meeting)
    return _step(request, row, services.send_agenda, said="The agenda is out.")


@require_POST
def meeting_hold(request: HttpRequest, plan: str, key: str, meeting: int) -> HttpResponse:
    """Note that the meeting is held."""
    row = meeting_to_edit(request, plan, key, meeting)
    return _step(request, row, services.hold, said="The meeting is held. Minutes can be written.")


def _step(
    request: HttpRequest, row: Meeting, service: Callable[..., Meeting], *, said: str
) -> HttpResponse:
    """One press of a button, on the version that the page showed."""
    version = request.POST.get("base_version", "")
    try:
        base = int(version) if version.isascii() and version.isdigit() else 0
        service(meeting=row, base_version=base, by=request.user)
    except (RuleBroken, Conflict) as error:
        messages.warning(request, error.sentence)
    else:
        messages.success(request, said)
    return redirect(row)


@require_POST
def meeting_agree(request: HttpRequest, plan: str, key: str, meeting: int) -> HttpResponse:
    """A chair agrees the minutes as the page showed them."""
    row = meeting_or_404(request, plan, key, meeting)
    permissions.require_chair(request.user, row.group)
    try:
        services.agree_minutes(
            meeting=row, fingerprint=request.POST.get("fingerprint", ""), by=request.user
        )
    except (RuleBroken, Conflict) as error:
        messages.warning(request, error.sentence)
    else:
        messages.success(request, "The minutes are agreed.")
    return redirect(row)
