"""What a small model foretells of a plan, and what must hold after every act on it."""

import datetime as dt
from dataclasses import dataclass, field

from hypothesis import strategies as some
from hypothesis.stateful import (
    invariant,
)

from hertsend.errors import Conflict, NotAllowed, RuleBroken
from plans import permissions, policies, selectors
from plans.enums import Stage, Standing
from plans.models import Milestone, SignatureSheet
from tests.factories.shared import built_world

__all__ = ["built_world"]

KEYS = ("PA1.1-1", "PA1.1-2")
REFUSALS = (Conflict, NotAllowed, RuleBroken)
OPEN = {Stage.NOT_STARTED, Stage.IN_PROGRESS}
NEAR = 60
"""So many days before its day a milestone has to be reported on, begun or not."""
ENDED = {Stage.SIGNED_OFF, Stage.WITHDRAWN}

EDITORS = {"lead", "office", "both"}
SIGNERS = {"chair", "second", "both"}
ACTORS = (
    *("lead", "office", "both", "chair", "second"),
    *("other lead", "other chair", "board", "executive", "adviser", "families", "administrator"),
)
actors = some.sampled_from(ACTORS)
# Those who can do something come up more often than those who never can.
doers = some.one_of(some.sampled_from(ACTORS[:5]), actors)
keys = some.sampled_from(KEYS)
fresh = some.sampled_from([True, True, True, False])


@dataclass
class Expected:
    """What the model knows of one milestone."""

    stage: Stage = Stage.NOT_STARTED
    rating: str = ""
    rows: int = 0
    pieces: int = 0
    due: dt.date = dt.date(2024, 9, 30)
    authors: set[str] = field(default_factory=lambda: {"lead"})
    signatures: int = 0

    def is_overdue(self, on: dt.date) -> bool:
        """Past its date and not complete."""
        return self.stage in OPEN and self.due < on


class Truths:
    """What is stored and derived, compared with the model after each step."""

    @invariant()
    def what_is_stored_is_what_the_model_knows(self) -> None:
        """Stage, version, rows and chain of each milestone."""
        if not hasattr(self, "expected"):
            return
        for key, known in self.expected.items():
            row = self.row(key)
            assert (row.stage, row.version) == (known.stage, known.rows)
            assert row.history.filter(history_type="~").count() == known.rows
            counted = row.updates.count() + row.stage_changes.count() + row.date_changes.count()
            assert counted == known.rows
            assert row.evidence.standing().count() == known.pieces
            self._check_chain(row)
            self._check_signatures(row, known)

    def _check_chain(self, row: Milestone) -> None:
        """Every change of stage follows from the one before it."""
        steps = [*row.updates.all(), *row.stage_changes.all()]
        stage = Stage.NOT_STARTED
        for step in sorted(steps, key=lambda each: each.version):
            if hasattr(step, "act"):
                possible, leads_to = policies.STAGES_BY_ACT[step.act]
                assert stage in possible
                assert (step.from_stage, step.to_stage) == (stage, leads_to)
                stage = Stage(step.to_stage)
            else:
                assert step.stage in policies.STAGES_BY_UPDATE[stage]
                stage = Stage(step.stage)
        assert stage == row.stage

    def _check_signatures(self, row: Milestone, known: Expected) -> None:
        """The hash signed is the hash of the words that were shown, and nobody signed their own."""
        signed = list(row.stage_changes.filter(act="signed_off"))
        assert len(signed) == known.signatures
        for signature in signed:
            kept = SignatureSheet.objects.get(fingerprint=signature.fingerprint)
            assert policies.Sheet.of_content(kept.content).fingerprint == signature.fingerprint
            before = row.updates.filter(version__lt=signature.version)
            assert signature.by_id not in set(before.values_list("by_id", flat=True))

    @invariant()
    def what_is_derived_holds(self) -> None:
        """Overdue in both dialects, exceptions, standings, and whether the action is signed off."""
        if not hasattr(self, "expected"):
            return
        plan = self.world.plan
        rows = Milestone.objects.filter(plan=plan, key__in=KEYS)
        by_query = dict(rows.with_overdue(self.on).values_list("key", "is_overdue"))
        shown = permissions.visible_fields(
            self.people["board"], Milestone, partnership_id=plan.partnership_id
        )
        lines = selectors.lines_of(
            rows, periods=[self.world.period()], at=None, on=self.on, visible=shown
        )
        for line in lines:
            known = self.expected[line.key]
            overdue = known.is_overdue(self.on)
            assert (line.stage, line.is_overdue, bool(by_query[line.key])) == (
                known.stage,
                overdue,
                overdue,
            )
            spells = self.row(line.key).exceptions.filter(closed_at=None).count()
            assert spells <= (1 if overdue else 0)
            assert line.standing == self._standing(known)
        standing = selectors.action_standing(self.world.actions["PA1.1"])
        assert standing.is_signed_off == self.action_signed

    def _standing(self, known: Expected) -> Standing:
        if known.stage in (Stage.SIGNED_OFF, Stage.PROPOSED_COMPLETE):
            return Standing.COMPLETE
        if known.stage == Stage.WITHDRAWN:
            return Standing.WITHDRAWN
        if not known.rating:
            # Silence counts as such where work has begun, and where the day is near or over.
            is_quiet = known.stage == Stage.NOT_STARTED and (known.due - self.on).days > NEAR
            return Standing.NOT_STARTED if is_quiet else Standing.NO_UPDATE
        if known.is_overdue(self.on) or known.rating == "red":
            return Standing.RED
        forecast = self.row_forecast(known)
        return Standing.AMBER if forecast and forecast > known.due else Standing.GREEN

    def row_forecast(self, known: Expected) -> dt.date | None:
        """The forecast as it is stored."""
        key = next(key for key, each in self.expected.items() if each is known)
        return self.row(key).forecast_on
