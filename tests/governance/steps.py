"""What happens in a small world, told in one line each; everything goes through the services."""

import datetime as dt
from typing import Any

from governance.boardpack import snapshot
from governance.enums import Edition
from governance.models import BoardPack, PackRun
from governance.selectors import packs as pack_reads
from governance.services import pack_runs, packs
from hertsend import dates
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from plans import selectors as plan_selectors
from plans.models import Plan
from plans.policies import UpdateWords
from plans.services import date_changes, exceptions, milestones, periods
from tests.factories.evidence import link
from tests.factories.world import World, at, noon

JULY, AUGUST, SEPTEMBER, OCTOBER = (dt.date(2024, month, 1) for month in (7, 8, 9, 10))
AUGUST_FREEZES = dt.date(2024, 9, 10)
SEPTEMBER_FREEZES = dt.date(2024, 10, 9)

NOTE = "Only for the office: QX-INTERNAL"


def lead_of(world: World, key: str) -> User:
    """The lead whose workstream holds the milestone."""
    return world.people[Role.WORKSTREAM_LEAD] if key.startswith("PA1") else world.other_lead


def advance(world: World, on: dt.date, *, moment: dt.datetime | None = None) -> None:
    """Let the reporting calendar reach a day, by default at its noon."""
    with dates.at(moment or noon(on)):
        periods.advance(plan=world.plan, on=on, by=User.objects.system())


def report(
    world: World, key: str, *, month: dt.date = AUGUST, moment: dt.datetime, **words: Any
) -> None:
    """A lead reports a milestone for a month."""
    row = world.milestone(key)
    default = {
        "stage": "in_progress",
        "rating": "green",
        "what_happened": f"{key} went on.",
        "what_is_next": f"{key} goes on.",
        "internal_note": NOTE,
    }
    with dates.at(moment):
        milestones.record_update(
            milestone=row,
            period=world.period(month),
            words=UpdateWords(**(default | words)),
            base_version=row.version,
            by=lead_of(world, key),
        )


def propose(world: World, key: str, *, on: dt.date, moment: dt.datetime | None = None) -> None:
    """A lead says that a milestone is done."""
    row = world.milestone(key)
    with dates.at(moment or noon(on)):
        milestones.propose_complete(
            milestone=row,
            words=f"Minutes that show {key}",
            evidence=[link()],
            base_version=row.version,
            by=lead_of(world, key),
        )


def sign(world: World, key: str, *, on: dt.date) -> None:
    """The joint chair of PA1 signs a milestone off."""
    row = world.milestone(key)
    with at(on):
        milestones.sign_off(
            milestone=row,
            fingerprint=plan_selectors.fingerprint_of(row),
            by=world.people[Role.JOINT_CHAIR],
        )


def send_back(world: World, key: str, *, on: dt.date) -> None:
    """The joint chair of PA1 returns a proposal."""
    row = world.milestone(key)
    with at(on):
        milestones.return_proposal(
            milestone=row,
            words="The minutes are of another meeting.",
            base_version=row.version,
            by=world.people[Role.JOINT_CHAIR],
        )


def withdraw(world: World, key: str, *, on: dt.date) -> None:
    """The board withdraws a milestone of PA1."""
    row = world.milestone(key)
    with at(on):
        milestones.withdraw(
            milestone=row,
            words="No longer needed.",
            base_version=row.version,
            by=world.people[Role.JOINT_CHAIR],
        )


def agree(world: World, key: str, agreed_on: dt.date, *, on: dt.date) -> None:
    """The joint chair of PA1 agrees a new date, asked for by the lead."""
    with at(on):
        date_changes.agree_date(
            milestone=world.milestone(key),
            agreed_on=agreed_on,
            reason="The supplier is late.",
            decision="The board accepts it.",
            requested_by=world.people[Role.WORKSTREAM_LEAD],
            by=world.people[Role.JOINT_CHAIR],
        )


def read_pack(
    world: World, month: dt.date, *, on: dt.date, edition: Edition = Edition.BOARD
) -> BoardPack:
    """A month's pack, read and stored inside the test's own transaction, and not issued."""
    period = world.period(month)
    run = pack_reads.latest_run(period=period, edition=edition)
    before = pack_reads.latest_pack(period=period, edition=edition)
    revision = run.revision + bool(run.pack) if run else 1
    taken = snapshot.of(
        period,
        edition=edition,
        revision=revision,
        reason=(run.reason if run else "") or ("It froze again." if before else ""),
        before=snapshot.opened(before) if before else None,
    )
    with at(on):
        return packs.store(period=period, edition=edition, taken=taken, by=User.objects.system())


def run_of(pack: BoardPack) -> PackRun:
    """The run of a pack as it is stored now."""
    return PackRun.objects.select_related("period__plan__partnership").get(pack=pack)


def lay_out(pack: BoardPack, *, on: dt.date) -> PackRun:
    """The pack can be released."""
    with at(on):
        return pack_runs.mark_rendered(run=run_of(pack), by=User.objects.system())


def release(world: World, pack: BoardPack, *, on: dt.date) -> PackRun:
    """The programme office releases a pack."""
    run = lay_out(pack, on=on)
    office = world.people[Role.PROGRAMME_OFFICE]
    with at(on):
        return pack_runs.release(run=run, base_version=run.version, by=office)


def issue(world: World, pack: BoardPack, *, on: dt.date) -> PackRun:
    """The joint chair issues a pack that the programme office released."""
    run = release(world, pack, on=on)
    with at(on):
        return pack_runs.issue(run=run, base_version=run.version, by=world.people[Role.JOINT_CHAIR])


def store_pack(
    world: World, month: dt.date, *, on: dt.date, edition: Edition = Edition.BOARD
) -> BoardPack:
    """A month's pack as its readers have it: read, released and issued."""
    pack = read_pack(world, month, on=on, edition=edition)
    issue(world, pack, on=on)
    return pack


def schedule(plan: Plan, month: dt.date, *, on: dt.date) -> None:
    """Add two months to a plan's reporting calendar."""
    with at(on):
        periods.ensure_calendar(
            plan=plan, first=month, last=dates.next_month(month), by=User.objects.system()
        )


def advance_plan(plan: Plan, on: dt.date) -> None:
    """Let the reporting calendar of a plan reach a day."""
    with at(on):
        periods.advance(plan=plan, on=on, by=User.objects.system())


def flag(world: World, *, on: dt.date) -> None:
    """The night's look at what is overdue."""
    with at(on):
        exceptions.flag_overdue(plan=world.plan, on=on, by=User.objects.system())


def unfreeze(
    world: World, *, month: dt.date = AUGUST, on: dt.date, freezes_on: dt.date, reason: str
) -> None:
    """The programme office reopens a month."""
    period = world.period(month)
    with at(on):
        periods.unfreeze(
            period=period,
            freezes_on=freezes_on,
            reason=reason,
            base_version=period.version,
            by=world.people[Role.PROGRAMME_OFFICE],
        )
