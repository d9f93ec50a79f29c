"""One return as a reader has it before them: found, and shown whatever was done on it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from governance import permissions, selectors
from governance.forms import as_parameter, from_parameter
from governance.forms.returns import ReturnRowForm, SubmitReturnForm
from governance.selectors import ReturnLine
from governance.selectors.return_words import closing_sentence, left_to_do, standing_sentence
from governance.views import cards
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts import permissions as people_permissions
from hertsend.accounts.models import PostHolding
from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, RuleBroken
from plans.enums import PeriodState
from plans.forms import new_submission_key
from plans.models import Plan, ReportingPeriod, UpdateDraft, Workstream
from plans.permissions import visible_to
from plans.selectors.rows import EXCEPTION, ReturnRow, shown_to_submit
from plans.views.context import key_or_404, plan_or_404, seen_of_updates

CONFLICT_STATUS = 409


@dataclass(frozen=True)
class Desk:
    """One workstream's return of one month, as this reader may see it."""

    request: HttpRequest
    plan: Plan
    line: ReturnLine

    @property
    def arguments(self) -> list[str]:
        """What stands in the addresses of this return."""
        month = as_parameter(self.line.period.month)
        return [self.plan.slug, month, self.line.workstream.key]

    def url(self, name: str = "return-detail") -> str:
        """The address of one of the return's pages."""
        return reverse(f"governance:{name}", args=self.arguments)

    def row(self, key: str) -> ReturnRow:
        """The row of a milestone of this workstream, else a 404."""
        found = next((row for row in self.line.rows if row.key == key_or_404(key)), None)
        if found is None:
            raise Http404
        return found


def period_or_404(plan: Plan, month: str) -> ReportingPeriod:
    """A month of the plan that has opened."""
    first = from_parameter(month)
    if first is None:
        raise Http404
    opened = plan.periods.exclude(state=PeriodState.SCHEDULED).select_related("plan")
    return get_object_or_404(opened, month=first)


def workstream_or_404(plan: Plan, key: str) -> Workstream:
    """A workstream of the plan."""
    return get_object_or_404(plan.workstreams.select_related("plan"), key=key_or_404(key))


def own_workstreams(user: Any, plan: Plan) -> list[Workstream]:
    """The workstreams of the plan that the reader leads, in its order."""
    held = access.of(user).scope_keys(Role.WORKSTREAM_LEAD, partnership_id=plan.partnership_id)
    return list(plan.workstreams.filter(key__in=held)) if held else []


def desk_of(request: HttpRequest, plan: str, month: str, workstream: str) -> Desk:
    """The return of the address, for those who may read its drafts; else ``NotAllowed`` (403)."""
    row = plan_or_404(request, plan)
    period, stream = period_or_404(row, month), workstream_or_404(row, workstream)
    permissions.require_drafts(request.user, stream)
    (line,) = selectors.returns_of(
        period,
        workstreams=[stream],
        on=dates.today(),
        visible=seen_of_updates(request, row),
        drafts=visible_to(request.user, UpdateDraft),
    )
    return Desk(request, row, line)


def crumbs(desk: Desk) -> list[dict[str, str]]:
    """Breadcrumbs of the return's pages."""
    return [
        {"label": "Home", "url": reverse("pages:home")},
        {"label": f"{desk.line.period.label} return", "url": desk.url()},
    ]


def _gaps(desk: Desk, refusal: RuleBroken | None) -> list[dict[str, str]]:
    """Every gap as the error summary lists it: by milestone, with a link to the field."""
    if refusal is None:
        return []
    of_rows = {row.key for row in desk.line.left}
    found = [
        {"text": sentence, "href": ""}
        for key, sentences in refusal.errors.items()
        if key not in of_rows and key.rpartition(".")[0] not in of_rows
        for sentence in sentences
    ]
    for row in desk.line.left:
        for name, sentences in row.gaps.items():
            anchor = _anchor(row, name)
            found += [{"text": f"{row.key}: {text}", "href": anchor} for text in sentences]
    return found


FIRST_BOX = {"forecast_on": "forecast_on_day", "rating": "rating_0", "stage": "stage_0"}


def _anchor(row: ReturnRow, name: str) -> str:
    """Where a gap is closed: in its field, at the link to the report, else at the row's heading.

    Each of them takes the focus, so that whoever follows the link goes on from there.
    """
    anchor = cards.anchor_of(row)
    if name in cards.FIELDS:
        return f"#{anchor}_{FIRST_BOX.get(name, name)}"
    return f"#{anchor}-report" if name == EXCEPTION else f"#{anchor}-title"


def page(
    desk: Desk,
    *,
    template: str = "governance/return_detail.html",
    opened: Collection[str] = (),
    sent: Mapping[str, ReturnRowForm] | None = None,
    refusal: RuleBroken | None = None,
    conflict: Conflict | None = None,
    form: Any = None,
) -> HttpResponse:
    """The return's page, whatever was done on it."""
    line, request = desk.line, desk.request
    gaps = _gaps(desk, refusal)
    if refusal:
        opened = {row.key for row in line.left}
    groups = cards.groups_of(line, on=dates.today(), opened=opened, sent=sent or {})
    if refusal:
        _mark_all(groups)
    request.return_left = len(line.left) if line.is_open else 0
    context = {
        "plan": desk.plan,
        "desk": desk,
        "line": line,
        "groups": groups,
        "tabs": _tabs(desk, template),
        "form": form or next(iter((sent or {}).values()), None),
        "gaps": gaps,
        "has_errors": bool(gaps),
        "conflict": conflict,
        "mine": _mine(desk),
        "beside": _beside(desk),
        "standing": standing_sentence(line),
        "closing": closing_sentence(line),
        "to_do": left_to_do(line),
        "submit": SubmitReturnForm(initial=_submission(line), auto_id="submit_%s"),
        "may_decide": permissions.may_decide(request.user, desk.plan),
        "crumbs": [*crumbs(desk)[:1], {"label": f"{line.period.label} return", "url": ""}],
        "show_key": True,
    }
    status = CONFLICT_STATUS if conflict else 200
    return render(request, template, context, status=status)


def _mark_all(groups: list[cards.Group]) -> None:
    for group in groups:
        for card in group.cards:
            if card.form is not None:
                card.form.mark(card.row.gaps)


def _submission(line: ReturnLine) -> dict[str, Any]:
    return {
        "base_version": line.version,
        "shown": shown_to_submit(line.rows),
        "submission_key": new_submission_key(),
    }


def _mine(desk: Desk) -> int:
    """How many of those left are led by a post that the reader holds."""
    holdings = people_permissions.visible_to(desk.request.user, PostHolding)
    held = holdings.current(dates.today()).filter(
        user=desk.request.user, post__partnership=desk.plan.partnership_id
    )
    own = set(held.values_list("post__key", flat=True))
    return sum(bool(own & set(row.line.lead_keys)) for row in desk.line.left)


def _beside(desk: Desk) -> list[dict[str, Any]]:
    """The month's other returns that the reader answers for, each with whether it is still owed."""
    others = [
        stream
        for stream in own_workstreams(desk.request.user, desk.plan)
        if stream != desk.line.workstream
    ]
    owed = selectors.owed_of(desk.line.period) if others else []
    return [
        {
            "stream": stream,
            "url": reverse("governance:return-detail", args=[*desk.arguments[:2], stream.key]),
            "is_owed": stream in owed,
        }
        for stream in others
    ]


def _tabs(desk: Desk, template: str) -> list[dict[str, Any]]:
    """The three views of a return."""
    line, here = desk.line, desk.url()
    views = [
        ("Needs an update", here, len(line.expected), "governance/return_detail.html"),
        (
            "Nothing to report",
            desk.url("return-nothing"),
            len(line.rest),
            "governance/return_nothing.html",
        ),
        (
            "Not expected this month",
            f"{here}?view=others",
            len(line.others),
            "governance/return_others.html",
        ),
    ]
    return [
        {"label": label, "url": url, "count": count, "current": name == template}
        for label, url, count, name in views
    ]
