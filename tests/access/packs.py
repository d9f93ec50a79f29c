"""Packs of every edition as their readers have them, made in the transaction of the tests."""

import datetime as dt

from governance.boardpack import snapshot
from governance.boardpack.content import SCHEMA_VERSION
from governance.enums import Edition, PackState
from governance.models import BoardPack, Delivery, PackRun
from governance.services.deliveries import PACK_ISSUED
from hertsend import dates
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.jobs.services import plan_message
from hertsend.records.bases import save_audited
from plans.models import ReportingPeriod
from plans.services import periods
from tests.factories.world import World

JULY = dt.date(2024, 7, 1)


def assemble(world: World, edition: Edition, *, revision: int, month: dt.date = JULY) -> BoardPack:
    """A closed month's pack as it stands once it is issued, with a lead who was told of it."""
    system = User.objects.system()
    period: ReportingPeriod = world.plan.periods.get(month=month)
    reason = "" if revision == 1 else "A figure was wrong."
    taken = snapshot.of(period, edition=edition, revision=revision, reason=reason)
    periods.mark_reported(period=period, by=system)
    pack = BoardPack.add(
        partnership=world.partnership,
        period=period,
        edition=edition,
        revision=revision,
        reason=reason,
        schema_version=SCHEMA_VERSION,
        cut_off=period.frozen_at,
        content=taken.stored,
        sha256=taken.sha256,
        assembled_by=system,
        assembled_at=dates.now(),
    )
    tell(world, _issued(world, pack))
    return pack


def _issued(world: World, pack: BoardPack) -> PackRun:
    office, now = world.people[Role.PROGRAMME_OFFICE], dates.now()
    returned = {
        "reason": pack.reason,
        "returned_reason": "The foreword is missing.",
        "returned_by": world.people[Role.JOINT_CHAIR],
        "returned_at": now,
    }
    run = PackRun(
        partnership=world.partnership,
        period=pack.period,
        edition=pack.edition,
        revision=pack.revision,
        state=PackState.ISSUED,
        pack=pack,
        planned_by=User.objects.system(),
        planned_at=now,
        rendered_at=now,
        foreword="A month with two late starts.",
        foreword_by=office,
        foreword_by_name=office.name,
        foreword_at=now,
        released_by=office,
        released_at=now,
        issued_by=world.people[Role.JOINT_CHAIR],
        issued_at=now,
        **(returned if pack.revision > 1 else {}),
    )
    run.shown_sha256 = snapshot.digest_of_shown(run)
    save_audited(run, by=User.objects.system(), reason="Set up for a test")
    return run


def fit(world: World) -> None:
    """Let the digests fit again where a test wrote other words into packs, past all guards."""
    for run in PackRun.objects.filter(partnership=world.partnership).select_related("pack"):
        if run.shown_sha256:
            told = {"shown_sha256": snapshot.digest_of_shown(run)}
            PackRun._base_manager.filter(pk=run.pk).update(**told)


def tell(world: World, run: PackRun) -> Delivery:
    """Tell a lead of an issued pack."""
    person = world.people[Role.WORKSTREAM_LEAD]
    message = plan_message(
        kind=PACK_ISSUED, key=f"{run.pk}:{person.pk}", recipient=person, day=dates.today()
    )
    return Delivery.objects.create(run=run, person=person, message=message, planned_at=dates.now())


ACTS_OF_PACKS = {
    f"governance{door}:{name}"
    for door in ("", "-api")
    for name in (
        *("delivery-again", "pack-issue", "pack-prepare", "pack-reissue", "pack-release"),
        "pack-return",
    )
}
"""Addresses by which a pack is taken a step on its way."""

LISTS_OF_PACKS: dict[str, tuple[Role, ...]] = {
    "governance-api:pack-deliveries": (Role.PROGRAMME_OFFICE,),
    "governance-api:pack-detail": (Role.PROGRAMME_OFFICE,),
    "governance-api:pack-list": (Role.PROGRAMME_OFFICE, Role.PARENT_CARER_REPRESENTATIVE),
    "governance:pack-deliveries": (Role.PROGRAMME_OFFICE,),
    "governance:pack-detail": (Role.PROGRAMME_OFFICE,),
    "governance:pack-list": (Role.PROGRAMME_OFFICE, Role.PARENT_CARER_REPRESENTATIVE),
    "governance:pack-run": (Role.PROGRAMME_OFFICE, Role.JOINT_CHAIR),
    "governance:pack-csv": (Role.PROGRAMME_OFFICE,),
    "governance:pack-pdf": (Role.PROGRAMME_OFFICE,),
    "governance:pack-word": (Role.PROGRAMME_OFFICE,),
    "governance:pack-workbook": (Role.PROGRAMME_OFFICE,),
}
"""Addresses of packs that show several rows, with those as whom they are asked."""
