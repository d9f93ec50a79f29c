"""What leads from a thing to what is done about it: its records so far, and the way to a new one."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.enums import PromptKind
from governance.permissions import records as rights
from governance.permissions.records import Reader
from governance.selectors.prompted import prompted_by
from governance.views.records import ORIGINS, trail
from hertsend.errors import NotAllowed
from plans.models import Plan
from plans.views.context import plan_or_404

HANDED = {"milestone", *(kind.value for kind in ORIGINS)}


@require_safe
def log_raise(request: HttpRequest, plan: str) -> HttpResponse:
    """Choose the group in whose log an action is raised; who keeps one log goes straight there."""
    row = plan_or_404(request, plan)
    groups = list(rights.kept_logs(request.user, row).filter(ended_on=None))
    if not groups:
        raise NotAllowed("Only the programme office and the chairs of a group keep its action log.")
    handed = urlencode({name: word for name, word in request.GET.items() if name in HANDED})
    if len(groups) == 1:
        address = reverse("governance:log-add", args=[row.slug, groups[0].key])
        return redirect(f"{address}?{handed}" if handed else address)
    context = {
        "plan": row,
        "groups": groups,
        "handed": handed,
        "crumbs": trail(row, ("Raise an action", ""), of_log=True),
    }
    return render(request, "governance/log_raise.html", context)


def led_to(
    request: HttpRequest, plan: Plan, kind: PromptKind, targets: Sequence[Model]
) -> dict[str, Any]:
    """For the page of what can prompt something: what each target led to, and who raises more."""
    reader = Reader.of(request.user, plan)
    return {
        "prompted": prompted_by(kind, targets, reader),
        "raises_actions": rights.kept_logs(request.user, plan).filter(ended_on=None).exists(),
    }
