"""The page with one form on which something of a register is done."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hertsend.errors import Conflict
from plans.models import Plan
from plans.views.context import crumbs


def act_page(
    request: HttpRequest,
    plan: Plan,
    form: Any,
    *,
    title: str,
    button: str,
    caption: str,
    trail: tuple[tuple[str, str], ...],
    note: str = "",
    template: str = "governance/act_form.html",
    status: int = 200,
    conflict: Conflict | None = None,
) -> HttpResponse:
    """The form under its title, or what came of sending it.

    ``trail`` leads from the register to what the form is about, name and address of each; back, and
    out of a conflict, it goes to the last of them. A form that keeps a file names it.
    """
    context = {
        "plan": plan,
        "form": form,
        "title": title,
        "caption": caption,
        "note": note,
        "button": button,
        "conflict": conflict,
        "back": trail[-1][1],
        "kept": getattr(form, "received", None),
        "crumbs": crumbs(plan, *trail, (title, "")),
    }
    return render(request, template, context, status=status)
