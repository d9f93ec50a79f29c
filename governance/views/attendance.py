"""Who came to a meeting, and the conflicts of interest that were declared."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from governance.forms.attendance import AttendanceForm, InterestForm
from governance.forms.meetings import WithdrawForm
from governance.permissions import meetings as permissions
from governance.selectors import meetings as reads
from governance.services import attendance as services
from governance.views.of_meetings import form_page, meeting_to_edit, sent
from hertsend.accounts.forms import posted
from hertsend.errors import Conflict
from plans.forms import new_submission_key


@require_http_methods(["GET", "POST"])
def attendance_note(request: HttpRequest, plan: str, key: str, meeting: int) -> HttpResponse:
    """Note who came, who sent apologies, and who came in whose place."""
    row = meeting_to_edit(request, plan, key, meeting)
    shown = {"fingerprint": reads.attendance_fingerprint(row)}
    named = permissions.rights_in(request.user, row.group).reads_people
    attenders = reads.attendance_of(row, with_names=named)
    form = AttendanceForm(posted(request), attenders=attenders, initial=shown)
    conflict = None
    try:
        if sent(
            form,
            lambda: services.note_attendance(meeting=row, by=request.user, **form.marks),
            request=request,
        ):
            messages.success(request, "The attendance is noted.")
            return redirect(row)
    except Conflict as error:
        conflict = error
        form = AttendanceForm.again(request.POST, attenders=attenders, **shown)
        form.add_error(None, error.sentence)
    return form_page(
        request,
        row,
        form=form,
        title="Attendance",
        button="Save",
        template="governance/attendance.html",
        conflict=conflict,
        is_conflict=conflict is not None,
    )


@require_http_methods(["GET", "POST"])
def interest_add(request: HttpRequest, plan: str, key: str, meeting: int) -> HttpResponse:
    """Note a conflict of interest."""
    row = meeting_to_edit(request, plan, key, meeting)
    agenda = reads.agenda_of(
        row,
        items=permissions.visible_items(request.user),
        papers=permissions.visible_papers(request.user),
    )
    form = InterestForm(
        posted(request), agenda=agenda, initial={"submission_key": new_submission_key()}
    )
    items = {line.item.pk: line.item for line in agenda}

    def act() -> object:
        typed = form.cleaned_data | {"item": items.get(form.cleaned_data["item"])}
        return services.declare_interest(meeting=row, by=request.user, **typed)

    if sent(form, act, request=request):
        messages.success(request, "The interest is noted.")
        return redirect(row)
    return form_page(request, row, form=form, title="Declare an interest", button="Note it")


@require_http_methods(["GET", "POST"])
def interest_withdraw(
    request: HttpRequest, plan: str, key: str, meeting: int, pk: int
) -> HttpResponse:
    """Take back what was noted of an interest."""
    row = meeting_to_edit(request, plan, key, meeting)
    rows = permissions.visible_interests(request.user).select_related("meeting")
    interest = get_object_or_404(rows, meeting=row, pk=pk)
    form = WithdrawForm(posted(request))

    def act() -> object:
        reason = form.cleaned_data["reason"]
        return services.withdraw_interest(interest=interest, reason=reason, by=request.user)

    if sent(form, act, request=request):
        messages.success(request, "It is withdrawn.")
        return redirect(row)
    title = f"Withdraw the interest of {interest.who}"
    return form_page(request, row, form=form, title=title, button="Withdraw it")
