"""One more risk of each kind, open and restricted, so that registers grow."""

import datetime as dt

from governance.models import Audit, Risk, RiskBands, RiskMove, RiskReview
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.records.bases import save_audited
from kpis.models import Indicator
from plans.models import Workstream
from tests.factories.world import TODAY, World, noon
from tests.governance import audits, barriers, risks


def grow_risks(world: World, stream: Workstream, number: int) -> None:
    """A risk of PA1 and a restricted one, both with all that can be said of them; the bands anew."""
    office = world.people[Role.PROGRAMME_OFFICE]
    chair, lead = world.people[Role.EXECUTIVE_CHAIR], world.people[Role.WORKSTREAM_LEAD]
    links = {
        "actions": [stream.actions.first(), world.actions["PA1.1"]],
        "indicators": list(Indicator.objects.filter(plan=world.plan)[:number]),
    }
    grown = [
        (risks.raised(world, owner=lead, **links), lead),
        (risks.restricted(world, **links), chair),
    ]
    known = {risk.pk for risk, _ in grown}
    first = Risk.objects.filter(plan=world.plan, key__in=["R1", "X1"]).exclude(pk__in=known)
    grown += [(risk, risk.owner) for risk in first]
    for risk, owner in grown:
        for place in (1, 2):
            _say_more(world, risk, owner, 2 * number + place)
    _closed(risks.raised(world), by=office)
    barriers.raised(world)
    barriers.answered(barriers.raised(world), by=world.people[Role.JOINT_CHAIR])
    over = barriers.answered(barriers.raised(world), by=world.people[Role.JOINT_CHAIR])
    barriers.closed(over, by=lead)
    _audits(world)
    RiskBands.add(
        partnership=world.partnership,
        number=number,
        from_on=TODAY - dt.timedelta(days=5 - number),
        first_name="Low",
        second_name="Middling",
        second_from=4,
        third_name="High",
        third_from=9,
        fourth_name="Grave",
        fourth_from=16,
        reason="As the council has them.",
        by=office,
        at=noon(TODAY),
    )


def _audits(world: World) -> None:
    """One to come, one cancelled, one done with a link, findings, and a group that was told."""
    office, first = world.people[Role.PROGRAMME_OFFICE], Audit.objects.filter(plan=world.plan)
    audits.planned(world)
    over = audits.planned(world)
    over.state, over.cancelled_reason = "cancelled", "No staff."
    save_audited(over, by=office, reason="Cancelled", fields=["state", "cancelled_reason"])
    done = audits.reported(audits.planned(world), by=office)
    audits.told(done, audits.board(world), by=office)
    for audit in (done, *first.filter(key="A1", state="done")):
        for kind in ("works", "to_improve"):
            audits.found(audit, by=office, kind=kind)


def _say_more(world: World, risk: Risk, owner: User, number: int) -> None:
    RiskReview.add(
        risk=risk,
        number=number,
        period=world.period(dt.date(2024, 7, 1)),
        likelihood=3,
        impact=number % 5 + 1,
        words="Nothing changed.",
        by=owner,
        at=noon(TODAY),
    )
    RiskMove.add(
        risk=risk,
        number=number,
        from_level="workstream",
        to_level="board",
        reason="Beyond us.",
        by=owner,
        at=noon(TODAY),
    )
    open_one = risks.mitigated(risk, by=owner, owner=owner)
    open_one.due_on = TODAY - dt.timedelta(days=1)
    save_audited(open_one, by=owner, reason="Set up for a test", fields=["due_on"])
    done = risks.mitigated(risk, by=owner, owner=owner)
    done.state, done.ended_at, done.ended_words = "done", noon(TODAY), "Both posts are filled."
    save_audited(done, by=owner, reason="Done", fields=["state", "ended_at", "ended_words"])


def _closed(risk: Risk, *, by: User) -> None:
    risk.state, risk.closed_at, risk.closed_reason = "closed", noon(TODAY), "It did not happen."
    save_audited(risk, by=by, reason="Closed", fields=["state", "closed_at", "closed_reason"])
