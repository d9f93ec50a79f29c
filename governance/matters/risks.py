"""What of risks waits for people: reviews for their owners, mitigations past their date."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.urls import reverse

from governance.enums import MitigationState
from governance.models import Mitigation, Risk
from governance.permissions import risks as permissions
from governance.policies import risks as rules
from governance.selectors import risks as reads
from governance.selectors.risks import RiskLine
from hertsend.accounts import access
from hertsend.accounts.access import Access
from hertsend.accounts.roles import Role
from hertsend.jobs.matters import Asked, Group, Matter, Step, Urgency, source, waiting_step
from hertsend.ui.templatetags.ui import long_date

TO_REVIEW = Group("Risks to review", "risk to review", "risks to review", Urgency.CLOSING)
NOT_REVIEWED = Group("Risks not reviewed", "risk not reviewed", "risks not reviewed", Urgency.LATE)
OVERDUE = Group("Mitigations overdue", "mitigation overdue", "mitigations overdue", Urgency.LATE)
NOBODY_OWNS = "Its owner has no role here any more"


@source("governance.risk_reviews")
def risk_reviews(asked: Asked) -> Mapping[int, Sequence[Matter]]:
    """Risks that are to be reviewed, for their owner; where that person has left, for the office.

    From the first day after the month on. A restricted risk is told to nobody whom it does not
    name, the programme office included.
    """
    plan, on, held = asked.plan, asked.on, asked.held
    found: dict[int, list[Matter]] = defaultdict(list)
    lines = reads.risk_lines(Risk.objects.filter(plan=plan).still_open(), plan, on=on)
    for line in lines:
        step = rules.review_step(line.owed, on=on) if line.owed else None
        if step is None:
            continue
        for person, note in _told(line.risk, line.risk.owner_id, held):
            found[person].append(_review(line, step, note=note))
    return found


@source("governance.mitigations")
def mitigations(asked: Asked) -> Mapping[int, Sequence[Matter]]:
    """Mitigations past their date, for their owner; where that person has left, for the office."""
    plan, on, held = asked.plan, asked.on, asked.held
    rows = Mitigation.objects.filter(
        risk__in=Risk.objects.filter(plan=plan).still_open(),
        state=MitigationState.OPEN,
        due_on__lt=on,
    ).select_related("risk__plan", "risk__workstream")
    found: dict[int, list[Matter]] = defaultdict(list)
    for row in rows:
        for person, note in _told(row.risk, row.owner_id, held):
            found[person].append(_mitigation(row, on=on, note=note))
    return found


def _told(risk: Risk, owner_id: int, held: Mapping[int, Access]) -> list[tuple[int, str]]:
    """Who is told, and with which note: the owner who still may act, else the programme office."""
    owner = held.get(owner_id)
    if owner is not None and permissions.may_own_risk(owner, risk):
        return [(owner_id, "")]
    return [
        (person, f". {NOBODY_OWNS}")
        for person in access.in_role(held, Role.PROGRAMME_OFFICE)
        if permissions.sees_risk(held[person], risk)
    ]


def _review(line: RiskLine, step: Step, *, note: str) -> Matter:
    owed = line.owed
    assert owed is not None
    last = f", last reviewed for {line.reviewed_for:%B %Y}" if line.reviewed_for else ""
    return Matter(
        group=NOT_REVIEWED if line.is_unreviewed else TO_REVIEW,
        sentence=f"{line.key} {line.risk.event}{note}",
        detail=f"For {owed.month:%B %Y}, due {long_date(owed.due_on)}{last}",
        path=reverse("governance:risk-review", args=[line.risk.plan.slug, line.key]),
        action=f"Review {line.key}",
        day=owed.due_on,
        step=step,
    )


def _mitigation(row: Mitigation, *, on: dt.date, note: str) -> Matter:
    return Matter(
        group=OVERDUE,
        sentence=f"{row.risk.key}: {row.text}{note}",
        detail=f"Due {long_date(row.due_on)}",
        path=reverse(
            "governance:mitigation-end", args=[row.risk.plan.slug, row.risk.key, row.number]
        ),
        action=f"Say what became of mitigation {row.number} of {row.risk.key}",
        day=row.due_on,
        step=waiting_step(Step(row.due_on + dt.timedelta(days=1), "late"), on=on),
    )
