"""What waits for a signature: whose it is to sign, why it is not the reader's, and who can."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.access import Holders
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from plans import permissions, policies
from plans.enums import Stage, StageAct
from plans.models import (
    Action,
    Milestone,
    Plan,
    SheetReading,
    SignatureRequest,
    StageChange,
)
from plans.policies import Sheet
from plans.selectors.action_sheets import action_parts_in, action_standings
from plans.selectors.authors import Part, parts_in
from plans.selectors.lines import MilestoneLine
from plans.selectors.sheets import confirmed_ratings, sheets_of

DECIDED_SHOWN = 10


@dataclass(frozen=True)
class WaitingProposal:
    """A proposal that waits; ``own`` is the reader's part in it, ``changed`` what changed since they looked."""

    milestone: Milestone
    proposal: StageChange
    days: int
    pieces: int
    is_accountable: bool
    own: Part | None
    who_can: tuple[str, ...]
    asked_by: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def is_readers(self) -> bool:
        """Whether the reader may sign it."""
        return self.is_accountable and self.own is None

    @property
    def lead_line(self) -> str:
        """The posts that lead it."""
        return ", ".join(lead.post.title for lead in self.milestone.milestone_leads.all())

    @property
    def proposed_on(self) -> dt.date:
        """The day of the proposal."""
        return dates.day_of(self.proposal.at)


@dataclass(frozen=True)
class ReadyAction:
    """An action all of whose milestones are over; ``missing`` says what its signature still needs."""

    action: Action
    missing: tuple[str, ...]
    is_accountable: bool
    own: Part | None
    who_can: tuple[str, ...]

    @property
    def is_readers(self) -> bool:
        """Whether the reader may sign it now."""
        return self.is_accountable and self.own is None and not self.missing


@dataclass(frozen=True)
class Queue:
    """All that waits for a signature in a plan, the longest waiting first."""

    mine: tuple[WaitingProposal, ...]
    others: tuple[WaitingProposal, ...]
    actions: tuple[ReadyAction, ...]
    decided: tuple[StageChange, ...]

    @property
    def oldest_days(self) -> int:
        """How long the reader's oldest has waited."""
        return max((each.days for each in self.mine), default=0)


def sign_off_queue(plan: Plan, *, reader: User, on: dt.date) -> Queue:
    """What waits for a signature, as this reader may act on it. A constant number of queries."""
    holders = access.holders_in(plan.partnership_id, on=on)
    waiting = waiting_proposals(plan, reader=reader, holders=holders, on=on)
    decided = StageChange.objects.filter(
        milestone__plan=plan,
        act__in=[StageAct.SIGNED_OFF, StageAct.RETURNED, StageAct.REOPENED],
    ).select_related("milestone__plan", "by")
    return Queue(
        mine=tuple(each for each in waiting if each.is_readers),
        others=tuple(each for each in waiting if not each.is_readers),
        actions=tuple(ready_actions(plan, reader=reader, holders=holders)),
        decided=tuple(decided.order_by("-at", "-pk")[:DECIDED_SHOWN]),
    )


@dataclass(frozen=True)
class WaitingLine:
    """A milestone that waits for a signature as at a day, and for how many days by then."""

    line: MilestoneLine
    days: int


def waiting_lines(lines: Iterable[MilestoneLine], *, on: dt.date) -> list[WaitingLine]:
    """What waits for a signature among the lines of a day, the longest waiting first."""
    found = [
        WaitingLine(line, (on - line.completed_on).days if line.completed_on else 0)
        for line in lines
        if line.stage == Stage.PROPOSED_COMPLETE
    ]
    return sorted(found, key=lambda waiting: -waiting.days)


def waiting_proposals(
    plan: Plan, *, reader: User, holders: Holders, on: dt.date
) -> list[WaitingProposal]:
    """Every proposal of a plan that waits, the longest waiting first."""
    rows = {row.pk: row for row in _proposed(plan)}
    proposals = {
        row.milestone_id: row
        for row in StageChange.objects.filter(milestone__in=rows, act=StageAct.PROPOSED)
        .select_related("by")
        .order_by("version")
    }
    parts, sheets = parts_in(rows), sheets_of(rows.values())
    asked = defaultdict(list)
    for request in SignatureRequest.objects.filter(
        proposal__in=[row.pk for row in proposals.values()]
    ).select_related("by"):
        asked[request.proposal_id].append(request.by.name)
    seen = _last_seen(rows, reader=reader)
    found = [
        _waiting(
            row,
            proposals[key],
            parts=parts[key],
            sheet=sheets[key],
            seen=seen.get(key),
            asked_by=asked[proposals[key].pk],
            reader=reader,
            holders=holders,
            on=on,
        )
        for key, row in rows.items()
    ]
    return sorted(found, key=lambda each: (each.proposal.at, each.milestone.key))


def _proposed(plan: Plan) -> list[Milestone]:
    return list(
        plan.milestones.filter(stage=Stage.PROPOSED_COMPLETE)
        .select_related("plan", "action__plan", "action__workstream")
        .prefetch_related("action__areas", "milestone_leads__post")
    )


def _last_seen(milestones: Collection[int], *, reader: User) -> dict[int, Sheet]:
    """The sheet of each milestone that the reader was shown last."""
    readings = SheetReading.objects.filter(sheet__milestone__in=milestones, by=reader)
    return {
        reading.sheet.milestone_id: Sheet.of_content(reading.sheet.content)
        for reading in readings.select_related("sheet").order_by("at", "pk")
        if reading.sheet.milestone_id is not None
    }


def _waiting(
    row: Milestone,
    proposal: StageChange,
    *,
    parts: dict[int, list[Part]],
    sheet: Sheet,
    seen: Sheet | None,
    asked_by: list[str],
    reader: User,
    holders: Holders,
    on: dt.date,
) -> WaitingProposal:
    scope = permissions.scope_of(row)
    chairs = holders.of(Permission.SIGN_OFF_MILESTONE, **scope)
    own = parts.get(reader.pk)
    changed = policies.differences(seen, sheet) if seen else ()
    return WaitingProposal(
        milestone=row,
        proposal=proposal,
        days=(on - dates.day_of(proposal.at)).days,
        pieces=len(sheet.evidence),
        is_accountable=any(chair.pk == reader.pk for chair in chairs),
        own=own[-1] if own else None,
        who_can=tuple(chair.name for chair in chairs if chair.pk not in parts),
        asked_by=tuple(name for name in asked_by if name != reader.name),
        changed=tuple(dict.fromkeys(each.label for each in changed if each.label not in UNTOLD)),
    )


UNTOLD = frozenset({"Version of this record"})
"""What changes with everything else."""


def ready_actions(plan: Plan, *, reader: User, holders: Holders) -> list[ReadyAction]:
    """The actions all of whose milestones are over and that are not signed off, in the plan's order."""
    rows = list(
        plan.actions.select_related("plan", "workstream").prefetch_related("areas", "milestones")
    )
    standings = action_standings(rows)
    over = [
        row
        for row in rows
        if not standings[row.pk].is_signed_off
        and policies.milestones_are_over([each.stage for each in row.milestones.all()])
    ]
    parts, rated = action_parts_in(over), confirmed_ratings([row.pk for row in over])
    found = []
    for row in over:
        chairs = holders.of(Permission.SIGN_OFF_MILESTONE, **permissions.scope_of_action(row))
        own = parts[row.pk].get(reader.pk)
        stages = [each.stage for each in row.milestones.all()]
        missing = policies.missing_for_action(stages=stages, impact_reviewed=row.pk in rated)
        found.append(
            ReadyAction(
                action=row,
                missing=tuple(missing),
                is_accountable=any(chair.pk == reader.pk for chair in chairs),
                own=own[-1] if own else None,
                who_can=tuple(chair.name for chair in chairs if chair.pk not in parts[row.pk]),
            )
        )
    return found
