"""What the pages of meetings share: finding what the reader may see, and forms that lose nothing."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from governance.models import AgendaItem, Group, Meeting
from governance.permissions import meetings as permissions
from governance.permissions import visible_groups
from governance.views.sending import Sending
from hertsend.accounts.forms import tell
from hertsend.errors import RuleBroken
from plans.models import Plan
from plans.views.context import crumbs, key_or_404


def group_or_404(request: HttpRequest, slug: str, key: str) -> Group:
    """The group of the address, if the reader may see it."""
    rows = visible_groups(request.user).select_related("plan__partnership")
    return get_object_or_404(rows, plan__slug=slug, key=key_or_404(key))


def meeting_or_404(request: HttpRequest, slug: str, key: str, number: int) -> Meeting:
    """The meeting of the address, if the reader may see its date."""
    rows = permissions.visible_meetings(request.user).select_related(
        "group__plan__partnership", "minutes_agreed_by"
    )
    return get_object_or_404(
        rows, group__plan__slug=slug, group__key=key_or_404(key), number=number
    )


def meeting_to_edit(request: HttpRequest, slug: str, key: str, number: int) -> Meeting:
    """The meeting of the address, for its chairs and the programme office. Raises ``NotAllowed``."""
    meeting = meeting_or_404(request, slug, key, number)
    permissions.require_agenda(request.user, meeting.group)
    return meeting


def item_or_404(request: HttpRequest, meeting: Meeting, pk: int) -> AgendaItem:
    """An item of a meeting, if the reader may see it."""
    rows = permissions.visible_items(request.user).select_related("meeting__group__plan")
    return get_object_or_404(rows, meeting=meeting, pk=pk)


def list_url(plan: Plan) -> str:
    """Where all meetings of a plan stand."""
    return reverse("governance:meeting-list", args=[plan.slug])


def url_of(name: str, meeting: Meeting, *more: object) -> str:
    """The address of one of a meeting's pages."""
    group = meeting.group
    return reverse(f"governance:{name}", args=[group.plan.slug, group.key, meeting.number, *more])


def crumbs_of(meeting: Meeting, *more: tuple[str, str]) -> list[dict[str, str]]:
    """Breadcrumbs from the plan down to a meeting, and further."""
    plan = meeting.group.plan
    here = ("Meeting", meeting.get_absolute_url() if more else "")
    return crumbs(plan, ("Meetings", list_url(plan)), here, *more)


def form_page(
    request: HttpRequest,
    meeting: Meeting,
    *,
    form: Any,
    title: str,
    button: str,
    back: str = "",
    template: str = "governance/meeting_form.html",
    conflict: Any = None,
    **more: Any,
) -> HttpResponse:
    """A page with one form about a meeting; a conflict shows what is stored beside what was typed."""
    context = {
        "plan": meeting.group.plan,
        "meeting": meeting,
        "form": form,
        "title": title,
        "button": button,
        "back": back or meeting.get_absolute_url(),
        "compared": compared(form, conflict),
        "crumbs": crumbs_of(meeting, (title, "")),
    }
    return render(request, template, context | more, status=409 if conflict else 200)


def compared(form: Any, conflict: Any) -> list[tuple[str, Any, Any]]:
    """Each field on which two people differ: its label, what is stored, what was typed."""
    if conflict is None:
        return []
    found = []
    for name, stored in conflict.current.items():
        typed = conflict.submitted.get(name, stored)
        if name in form.fields and stored != typed:
            field = form.fields[name]
            labels = dict(getattr(field, "choices", ()))
            found.append((field.label, labels.get(stored, stored), labels.get(typed, typed)))
    return found


def sent(form: Any, act: Callable[[], object], *, request: HttpRequest) -> bool:
    """Whether what was typed was carried out; what is wrong stands beside the fields else."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except RuleBroken as error:
        tell(form, error)
        return False
    return True


def sending(
    request: HttpRequest,
    make: Callable[[QueryDict | None], Any],
    act: Callable[[Any], object],
    *,
    row: Meeting | AgendaItem,
) -> Sending:
    """A form on a row with a version: sent, or to be shown again on the version of now."""

    def version_now() -> int:
        row.refresh_from_db(fields=["version"])
        return row.version

    made: list[Any] = []

    def kept(data: QueryDict | None) -> Any:
        made.append(make(data))
        return made[-1]

    return Sending(request, kept, lambda _typed: act(made[0]), version_now=version_now)
