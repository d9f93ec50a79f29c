"""Mitigations of a risk: added, given another owner or date, done or withdrawn."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from governance.forms.mitigations import ChangeMitigationForm, EndMitigationForm, MitigationForm
from governance.models import Mitigation, Risk
from governance.selectors.people import risk_owners
from governance.services import mitigations
from governance.services.risk_locking import require_reviewer
from governance.views.risk_pages import act_on, form_page, sent
from governance.views.risks import risk_or_404
from hertsend import dates
from plans.views.acts import carry_out, keyed


@require_http_methods(["GET", "POST"])
def mitigation_add(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """Note what will be done against a risk."""
    risk = risk_or_404(request, plan, key)
    require_reviewer(request.user, risk)

    def act(form: MitigationForm) -> str:
        mitigations.add_mitigation(risk=risk, by=request.user, **form.cleaned_data)
        return "The mitigation is noted."

    words = {"title": f"Add a mitigation of {risk.key}", "button": "Add it"}
    return carry_out(
        request,
        partial(MitigationForm, owners=risk_owners(risk.plan, on=dates.today(), risk=risk)),
        fresh=lambda: keyed(owner=risk.owner_id),
        act=act,
        page=partial(form_page, request, risk.plan, risk, words),
        leads_to=risk.get_absolute_url,
    )


def _mitigation(risk: Risk, number: int) -> Mitigation:
    rows = risk.mitigations.select_related("owner")
    row = get_object_or_404(rows, number=number)
    row.risk = risk
    return row


@require_http_methods(["GET", "POST"])
def mitigation_change(request: HttpRequest, plan: str, key: str, number: int) -> HttpResponse:
    """Give a mitigation another owner or date."""
    risk = risk_or_404(request, plan, key)
    row = _mitigation(risk, number)
    require_reviewer(request.user, risk)

    def act(form: ChangeMitigationForm) -> str:
        mitigations.change_mitigation(
            mitigation=row, by=request.user, **sent(form, "owner", "due_on", "reason")
        )
        return "The mitigation is changed."

    words = {
        "title": f"Change mitigation {row.number} of {risk.key}",
        "button": "Save the changes",
        "note": row.text,
    }
    owners = risk_owners(risk.plan, on=dates.today(), risk=risk)
    return act_on(
        request,
        risk,
        partial(ChangeMitigationForm, owners=owners),
        act=act,
        words=words,
        start=lambda: {"owner": row.owner_id, "due_on": row.due_on},
        version_of=lambda: _mitigation(risk, number).version,
    )


@require_http_methods(["GET", "POST"])
def mitigation_end(request: HttpRequest, plan: str, key: str, number: int) -> HttpResponse:
    """Say that a mitigation is done, or withdraw it."""
    risk = risk_or_404(request, plan, key)
    row = _mitigation(risk, number)
    if row.owner_id != request.user.pk:
        require_reviewer(request.user, risk)

    def act(form: EndMitigationForm) -> str:
        ended = mitigations.end_mitigation(
            mitigation=row, by=request.user, **sent(form, "becomes", "words")
        )
        return f"The mitigation is {ended.get_state_display().lower()}."

    words = {
        "title": f"End mitigation {row.number} of {risk.key}",
        "button": "Save",
        "note": row.text,
    }
    return act_on(
        request,
        risk,
        EndMitigationForm,
        act=act,
        words=words,
        version_of=lambda: _mitigation(risk, number).version,
    )
