"""Judged, signed and done again in the told world: assurance, a whole action, and what comes again."""

import datetime as dt

from governance.services.assurance import set_assurance
from hertsend.accounts.roles import Role
from plans.models import ActionSignOff, Evidence
from tests.factories.world import World, at, noon
from tests.governance import steps
from tests.plans import impact_rows

RATED, SIGNED = dt.date(2024, 9, 18), dt.date(2024, 10, 14)


def judge(world: World) -> None:
    """PA1 is rated before the start and again; AI1 was never rated."""
    for day, level, reasons in (
        (dt.date(2024, 9, 2), "limited", "Too early."),
        (RATED, "reasonable", "The plan & its <b>evidence</b> hold."),
    ):
        area = world.plan.areas.get(key="PA1")
        latest = area.assurance_ratings.first()
        with at(day):
            set_assurance(
                area=area,
                level=level,
                reasons=reasons,
                base_number=latest.number if latest else 0,
                by=world.people[Role.EXECUTIVE_CHAIR],
            )
    rated = impact_rows.rating(world, level=1, at=noon(RATED))
    impact_rows.decision(world, rated, at=noon(RATED))


def sign_action(world: World) -> None:
    """The rest of PA1.1 is withdrawn, and the whole action signed off."""
    steps.withdraw(world, "PA1.1-2", on=SIGNED)
    action = world.actions["PA1.1"]
    ActionSignOff.add(
        action=action,
        number=1,
        act="signed",
        fingerprint="f" * 64,
        last_change=action.milestones.get(key="PA1.1-2").stage_changes.latest("pk"),
        role=Role.JOINT_CHAIR,
        by=world.people[Role.JOINT_CHAIR],
        at=noon(SIGNED),
    )


def come_again(world: World) -> None:
    """Every month from July: done in September with evidence, missed in August without a word."""
    row = impact_rows.commitment(world, state="confirmed", version=1)
    impact_rows.rule(world, row, first_on=dt.date(2024, 7, 1), at=noon(dt.date(2024, 9, 20)))
    survey = Evidence.objects.filter(title="Survey of schools").first()
    impact_rows.record(
        world,
        row,
        window_from=dt.date(2024, 9, 1),
        window_to=dt.date(2024, 9, 30),
        done_on=dt.date(2024, 10, 2),
        note="Minutes of 2 October.",
        evidence=survey,
        at=noon(dt.date(2024, 10, 3)),
    )
    whole = impact_rows.commitment(
        world, 2, action=None, source="plan.monitoring", state="confirmed", version=1
    )
    impact_rows.rule(world, whole, first_on=dt.date(2024, 9, 1), at=noon(dt.date(2024, 9, 20)))
