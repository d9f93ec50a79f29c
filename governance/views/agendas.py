"""Agendas: items added, changed, put in order, withdrawn; their papers; and the minutes of each."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance.forms.meetings import ItemForm, MinutesForm, PaperForm, WithdrawForm
from governance.models import AgendaItem, Meeting, MeetingPaper
from governance.permissions import meetings as permissions
from governance.selectors import meetings as reads
from governance.services import agendas as services
from governance.views.of_meetings import (
    form_page,
    item_or_404,
    meeting_or_404,
    meeting_to_edit,
    sending,
    sent,
    url_of,
)
from governance.views.sending import begun
from hertsend.accounts.forms import posted
from hertsend.errors import RuleBroken
from hertsend.files.answering import as_download
from plans.forms import new_submission_key

PAGE_SIZE = 25


def _item(
    request: HttpRequest, slug: str, key: str, number: int, pk: int
) -> tuple[Meeting, AgendaItem]:
    """A meeting whose agenda the reader edits, and an item of it that they may see."""
    meeting = meeting_to_edit(request, slug, key, number)
    return meeting, item_or_404(request, meeting, pk)


@require_http_methods(["GET", "POST"])
def item_add(request: HttpRequest, plan: str, key: str, meeting: int) -> HttpResponse:
    """Put an item on the agenda."""
    row = meeting_to_edit(request, plan, key, meeting)
    form = ItemForm(posted(request), initial=begun(row.version))

    def act() -> object:
        submission = form.cleaned_data["submission_key"]
        return services.add_item(
            meeting=row, words=form.words, by=request.user, submission_key=submission
        )

    if sent(form, act, request=request):
        messages.success(request, f"On the agenda: {form.cleaned_data['title'].strip()}.")
        return redirect(row)
    return form_page(request, row, form=form, title="Add an item", button="Add it")


@require_http_methods(["GET", "POST"])
def item_edit(request: HttpRequest, plan: str, key: str, meeting: int, item: int) -> HttpResponse:
    """Change an item; its papers, its place and its history stand beside the form."""
    row, found = _item(request, plan, key, meeting, item)
    words = {name: getattr(found, name) for name in services.ItemWords.__dataclass_fields__}

    def make(data: QueryDict | None) -> ItemForm:
        return ItemForm(data, initial=begun(found.version) | words)

    def act(form: ItemForm) -> object:
        return services.change_item(
            item=found,
            words=form.words,
            base_version=form.cleaned_data["base_version"],
            by=request.user,
        )

    done = sending(request, make, act, row=found)
    if done.done:
        messages.success(request, "The item is changed.")
        return redirect(row)
    rights = permissions.rights_in(request.user, row.group)
    papers = permissions.visible_papers(request.user).filter(item=found).select_related("file")
    trail = reads.history_of_item(found, show_people=rights.reads_people)
    return form_page(
        request,
        row,
        form=done.form,
        title=found.title,
        button="Save",
        template="governance/item_edit.html",
        conflict=done.conflict,
        item=found,
        papers=papers,
        page=Paginator(trail, PAGE_SIZE).get_page(request.GET.get("page")),
    )


@require_POST
def item_order(request: HttpRequest, plan: str, key: str, meeting: int, item: int) -> HttpResponse:
    """Move an item one place up or down."""
    row, found = _item(request, plan, key, meeting, item)
    try:
        services.order_item(item=found, earlier="earlier" in request.POST, by=request.user)
    except RuleBroken as error:
        messages.warning(request, error.sentence)
    return redirect(row)


@require_http_methods(["GET", "POST"])
def item_withdraw(
    request: HttpRequest, plan: str, key: str, meeting: int, item: int
) -> HttpResponse:
    """Take an item off the agenda."""
    row, found = _item(request, plan, key, meeting, item)
    form = WithdrawForm(posted(request))
    typed = form.fields

    def act() -> object:
        reason = form.cleaned_data["reason"]
        return services.withdraw_item(item=found, reason=reason, by=request.user)

    typed["reason"].label = "Why it is taken off"
    if sent(form, act, request=request):
        messages.success(request, f"Off the agenda: {found.title}.")
        return redirect(row)
    title = f"Take “{found.title}” off the agenda"
    return form_page(request, row, form=form, title=title, button="Take it off")


@require_http_methods(["GET", "POST"])
def item_minutes(
    request: HttpRequest, plan: str, key: str, meeting: int, item: int
) -> HttpResponse:
    """Write the minutes of an item; the next one without minutes can follow at once."""
    row, found = _item(request, plan, key, meeting, item)

    def make(data: QueryDict | None) -> MinutesForm:
        initial = begun(found.version) | {"minutes_text": found.minutes_text}
        return MinutesForm(data, initial=initial)

    def act(form: MinutesForm) -> object:
        return services.write_minutes(
            item=found,
            minutes_text=form.cleaned_data["minutes_text"],
            base_version=form.cleaned_data["base_version"],
            by=request.user,
        )

    done = sending(request, make, act, row=found)
    if done.done:
        messages.success(request, f"Minutes written: {found.title}.")
        following = _next_without_minutes(request, row, found)
        if "next" in request.POST and following is not None:
            return redirect(url_of("item-minutes", row, following.pk))
        return redirect(row)
    return form_page(
        request,
        row,
        form=done.form,
        title=f"Minutes of “{found.title}”",
        button="Save",
        conflict=done.conflict,
        next_button="Save and write the next",
    )


def _next_without_minutes(
    request: HttpRequest, meeting: Meeting, item: AgendaItem
) -> AgendaItem | None:
    rows = permissions.visible_items(request.user).filter(meeting=meeting, withdrawn_reason="")
    left = rows.filter(minutes_text="").exclude(pk=item.pk)
    return left.filter(position__gte=item.position).first() or left.first()


@require_http_methods(["GET", "POST"])
def paper_add(request: HttpRequest, plan: str, key: str, meeting: int, item: int) -> HttpResponse:
    """Attach a paper to an item; a file that was taken once comes back with the page."""
    row, found = _item(request, plan, key, meeting, item)
    if request.method == "POST":
        form = PaperForm(request.POST, request.FILES)
        form.full_clean()
        form.take_file(holder=request.user.pk)
    else:
        form = PaperForm(initial={"submission_key": new_submission_key()})

    def act() -> object:
        return services.add_paper(
            item=found,
            title=form.cleaned_data["title"],
            file=form.received,
            by=request.user,
            submission_key=form.cleaned_data["submission_key"],
        )

    if sent(form, act, request=request):
        messages.success(request, f"Attached: {form.cleaned_data['title'].strip()}.")
        return redirect(row)
    title = f"Attach a paper to “{found.title}”"
    return form_page(request, row, form=form, title=title, button="Attach it", takes_file=True)


def _paper(request: HttpRequest, meeting: Meeting, pk: int) -> MeetingPaper:
    rows = permissions.visible_papers(request.user).select_related("file", "item__meeting__group")
    return get_object_or_404(rows, item__meeting=meeting, pk=pk)


@require_safe
def paper_file(request: HttpRequest, plan: str, key: str, meeting: int, pk: int) -> FileResponse:
    """Hand out a paper, to be saved and never shown here."""
    row = meeting_or_404(request, plan, key, meeting)
    permissions.require_reading(request.user, row.group)
    rows = permissions.standing_papers(request.user)
    return as_download(get_object_or_404(rows, item__meeting=row, pk=pk).file)


@require_http_methods(["GET", "POST"])
def paper_withdraw(
    request: HttpRequest, plan: str, key: str, meeting: int, pk: int
) -> HttpResponse:
    """Withdraw a paper, saying why."""
    row = meeting_to_edit(request, plan, key, meeting)
    paper = _paper(request, row, pk)
    form = WithdrawForm(posted(request))

    def act() -> object:
        reason = form.cleaned_data["reason"]
        return services.withdraw_paper(paper=paper, reason=reason, by=request.user)

    if sent(form, act, request=request):
        messages.success(request, f"Withdrawn: {paper.title}.")
        return redirect(row)
    title = f"Withdraw “{paper.title}”"
    return form_page(request, row, form=form, title=title, button="Withdraw it")
