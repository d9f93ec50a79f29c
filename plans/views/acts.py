"""One way to carry out what a form asks for: refused beside the field, overtaken, or done."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hertsend.errors import Conflict, RuleBroken
from hertsend.ui import typed
from plans.forms import new_submission_key
from plans.views.acting import CONFLICT_STATUS, tell

Page = Callable[..., HttpResponse]


def keyed(**initial: Any) -> dict[str, Any]:
    """What a form starts with: these values, and a key that makes pressing twice harmless."""
    return {"submission_key": new_submission_key()} | initial


def carry_out(
    request: HttpRequest,
    form_class: Callable[..., Form],
    *,
    fresh: Callable[[], dict[str, Any]],
    act: Callable[[Any], str],
    page: Page,
    leads_to: Callable[[], str],
    anew: tuple[str, ...] = (),
) -> HttpResponse:
    """Show a form, or carry out ``act(form)``, which answers what to say once it is done.

    ``fresh`` gives the values with which the form starts, read anew; ``page(form, status=,
    conflict=)`` shows it. Who was overtaken gets the form on what is stored now, with all that they
    typed but for the fields ``anew``, which are to be decided again.
    """
    if request.method != "POST":
        return page(_came_back(request, form_class) or form_class(initial=fresh()))
    form = form_class(request.POST)
    if not form.is_valid():
        return page(form)
    try:
        said = act(form)
    except RuleBroken as error:
        tell(form, error)
        return page(form)
    except Conflict as error:
        kept = {name: value for name, value in form.cleaned_data.items() if name not in anew}
        again = form_class(initial=kept | fresh())
        messages.warning(request, error.sentence)
        return page(again, status=CONFLICT_STATUS, conflict=error)
    messages.success(request, said)
    return redirect(leads_to())


def _came_back(request: HttpRequest, form_class: Callable[..., Form]) -> Form | None:
    """The form as it was sent from this page after the session had ended, on the version it showed."""
    back = typed.take_back(request)
    if back is None:
        return None
    messages.warning(request, typed.BACK)
    form = form_class(back)
    form.is_valid()
    return form
