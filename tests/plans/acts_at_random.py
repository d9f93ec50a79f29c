"""Random sequences of all acts by all roles: the services do what a small model of them foretells.

The model is written from the design and not from the code: who may do what, from which stage, and
what must be true afterwards. It foresees whether each act is taken or refused, and after each step
what is stored and what is derived are compared with it.
"""

import datetime as dt

from django.db import transaction
from hypothesis import strategies as some
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
)

from hertsend import dates
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from plans import selectors
from plans.enums import Stage
from plans.models import ImpactDecision, ImpactRating, Milestone
from plans.policies import UpdateWords
from plans.services import action_sign_off, date_changes, exceptions, milestones, sheets
from plans.services import evidence as pieces
from tests.factories import models as make
from tests.factories.evidence import link
from tests.factories.world import TODAY, World, noon
from tests.plans.acts_foretold import (
    EDITORS,
    ENDED,
    KEYS,
    OPEN,
    REFUSALS,
    SIGNERS,
    Expected,
    Truths,
    doers,
    fresh,
    keys,
)


class Machine(Truths, RuleBasedStateMachine):
    """Two milestones of one action, and everybody who might touch them."""

    world: World

    @initialize()
    def begin(self) -> None:
        """The world as it was built, with a chair who also leads, and a confirmed impact."""
        self.point = transaction.savepoint()
        self.on = TODAY
        self.clock = dates.at(noon(self.on))
        self.clock.__enter__()
        self.expected = {key: Expected() for key in KEYS}
        self.action_signed, self.impact_authors = False, {"office"}
        world = self.world
        both = world.person(Role.JOINT_CHAIR, "PA1")
        make.RoleAssignmentFactory(
            user=both, partnership=world.partnership, role=Role.WORKSTREAM_LEAD, scope_key="PA1"
        )
        self.people = {
            "lead": world.people[Role.WORKSTREAM_LEAD],
            "office": world.people[Role.PROGRAMME_OFFICE],
            "both": both,
            "chair": world.people[Role.JOINT_CHAIR],
            "second": world.second_chair,
            "other lead": world.other_lead,
            "other chair": world.person(Role.JOINT_CHAIR, "AI1"),
            "board": world.people[Role.BOARD_MEMBER],
            "executive": world.people[Role.EXECUTIVE_CHAIR],
            "adviser": world.people[Role.ADVISER],
            "families": world.people[Role.PARENT_CARER_REPRESENTATIVE],
            "administrator": world.people[Role.ADMINISTRATOR],
        }
        self._confirm_impact()

    def _confirm_impact(self) -> None:
        rating = ImpactRating.add(
            action=self.world.actions["PA1.1"],
            period=self.world.period(),
            number=1,
            level=1,
            words="Nothing to see yet.",
            by=self.people["office"],
            at=dates.now(),
        )
        ImpactDecision.add(
            rating=rating,
            outcome="confirmed",
            fingerprint="f" * 64,
            role=Role.JOINT_CHAIR,
            by=self.people["chair"],
            at=dates.now(),
        )

    def teardown(self) -> None:
        """Forget all of it."""
        if hasattr(self, "clock"):
            self.clock.__exit__(None, None, None)
            transaction.savepoint_rollback(self.point)

    # --- doing, and comparing with what was foretold ---

    def row(self, key: str) -> Milestone:
        """The milestone as it is stored."""
        return self.world.milestone(key)

    def base(self, key: str, *, is_fresh: bool) -> int:
        """The version that somebody read: the one that stands, or one that never did."""
        return self.expected[key].rows + (0 if is_fresh else 7)

    def attempt(self, act, *, foretold: bool, what: str) -> bool:
        """Do it; whether it was taken must be as foretold."""
        refused = ""
        try:
            with transaction.atomic():
                act()
        except REFUSALS as refusal:
            refused = refusal.sentence
        assert bool(refused) != foretold, f"{what}: {refused or 'taken'}"
        return foretold

    @rule(key=keys, who=doers, is_fresh=fresh, rating=some.sampled_from(["green", "red"]))
    def update(self, key: str, who: str, is_fresh: bool, rating: str) -> None:
        """Report: in progress while it is open, else as it is."""
        known = self.expected[key]
        stage = Stage.IN_PROGRESS if known.stage in OPEN else known.stage
        overdue = known.is_overdue(self.on)
        forecast = self.on + dt.timedelta(days=1)
        best = "red" if overdue else "amber" if stage in OPEN and forecast > known.due else "green"
        allowed = rating == "red" or best == "green"
        foretold = who in EDITORS and is_fresh and allowed and known.stage not in ENDED
        words = UpdateWords(stage=stage, rating=rating, what_happened="Work.", forecast_on=forecast)
        if self.attempt(
            lambda: milestones.record_update(
                milestone=self.row(key),
                period=self.world.period(),
                words=words,
                base_version=self.base(key, is_fresh=is_fresh),
                by=self.people[who],
            ),
            foretold=foretold,
            what=f"update by {who}",
        ):
            known.stage, known.rating, known.rows = stage, rating, known.rows + 1
            known.authors.add(who)

    @rule(key=keys, who=doers)
    def add_evidence(self, key: str, who: str) -> None:
        """A link more."""
        known = self.expected[key]
        if self.attempt(
            lambda: pieces.add_to_milestone(
                milestone=self.row(key), words=link(), by=self.people[who]
            ),
            foretold=who in EDITORS and known.stage not in ENDED,
            what=f"evidence by {who}",
        ):
            known.pieces += 1
            known.authors.add(who)

    @rule(key=keys, who=doers)
    def withdraw_evidence(self, key: str, who: str) -> None:
        """One piece less, at any time."""
        piece = self.row(key).evidence.standing().first()
        if piece is None:
            return
        known = self.expected[key]
        if self.attempt(
            lambda: pieces.withdraw(evidence=piece, reason="Wrong.", by=self.people[who]),
            foretold=who in EDITORS,
            what=f"evidence withdrawn by {who}",
        ):
            known.pieces -= 1
            known.authors.add(who)

    @rule(key=keys, who=doers, is_fresh=fresh, brings=some.booleans())
    def propose(self, key: str, who: str, is_fresh: bool, brings: bool) -> None:
        """With a link now, or with what was added before."""
        known = self.expected[key]
        foretold = (
            who in EDITORS and is_fresh and known.stage in OPEN and (brings or known.pieces > 0)
        )
        if self.attempt(
            lambda: milestones.propose_complete(
                milestone=self.row(key),
                words="Done.",
                evidence=[link()] if brings else [],
                base_version=self.base(key, is_fresh=is_fresh),
                by=self.people[who],
            ),
            foretold=foretold,
            what=f"proposal by {who}",
        ):
            known.stage, known.rows = Stage.PROPOSED_COMPLETE, known.rows + 1
            known.pieces += brings
            known.authors.add(who)

    @rule(key=keys, who=doers, is_fresh=fresh)
    def sign(self, key: str, who: str, is_fresh: bool) -> None:
        """Sign what stands, or what never did."""
        known = self.expected[key]
        shown = selectors.fingerprint_of(self.row(key)) if is_fresh else "0" * 64
        if is_fresh and who in SIGNERS:
            assert sheets.show(milestone=self.row(key), by=self.people[who]).fingerprint == shown
        foretold = (
            who in SIGNERS - known.authors
            and is_fresh
            and known.stage == Stage.PROPOSED_COMPLETE
            and known.pieces > 0
        )
        if self.attempt(
            lambda: milestones.sign_off(
                milestone=self.row(key), fingerprint=shown, by=self.people[who]
            ),
            foretold=foretold,
            what=f"signature by {who}",
        ):
            known.stage, known.rows = Stage.SIGNED_OFF, known.rows + 1
            known.signatures += 1
            signature = self.row(key).stage_changes.order_by("-version").first()
            assert (signature.fingerprint, signature.role) == (shown, Role.JOINT_CHAIR)

    @rule(
        key=keys,
        who=doers,
        is_fresh=fresh,
        act=some.sampled_from(["return_proposal", "take_back", "reopen", "withdraw"]),
    )
    def go_back_or_end(self, key: str, who: str, is_fresh: bool, act: str) -> None:
        """The acts that need nothing but their reason."""
        known = self.expected[key]
        from_stages, to_stage, people = {
            "return_proposal": (
                {Stage.PROPOSED_COMPLETE},
                Stage.IN_PROGRESS,
                SIGNERS - known.authors,
            ),
            "take_back": ({Stage.PROPOSED_COMPLETE}, Stage.IN_PROGRESS, EDITORS),
            "reopen": ({Stage.SIGNED_OFF}, Stage.IN_PROGRESS, SIGNERS - known.authors),
            "withdraw": (
                OPEN | {Stage.PROPOSED_COMPLETE},
                Stage.WITHDRAWN,
                SIGNERS - known.authors,
            ),
        }[act]
        if self.attempt(
            lambda: getattr(milestones, act)(
                milestone=self.row(key),
                words="A reason.",
                base_version=self.base(key, is_fresh=is_fresh),
                by=self.people[who],
            ),
            foretold=who in people and is_fresh and known.stage in from_stages,
            what=f"{act} by {who}",
        ):
            known.stage, known.rows = to_stage, known.rows + 1
            if act == "reopen":
                self.action_signed = False
            if act in ("return_proposal", "take_back", "reopen"):
                open_spell = self.row(key).exceptions.filter(closed_at=None).exists()
                assert open_spell == known.is_overdue(self.on)

    @rule(key=keys, who=doers, days=some.sampled_from([-20, 10, 60]))
    def agree_a_date(self, key: str, who: str, days: int) -> None:
        """The office asks, a chair agrees."""
        known = self.expected[key]
        agreed_on = self.on + dt.timedelta(days=days)
        if self.attempt(
            lambda: date_changes.agree_date(
                milestone=self.row(key),
                agreed_on=agreed_on,
                reason="Recruitment.",
                requested_by=self.people["office"],
                decision="Agreed.",
                by=self.people[who],
            ),
            foretold=who in SIGNERS and known.stage not in ENDED,
            what=f"date by {who}",
        ):
            known.due, known.rows = agreed_on, known.rows + 1
            known.authors.add("office")

    @rule(who=doers, is_fresh=fresh)
    def sign_the_action(self, who: str, is_fresh: bool) -> None:
        """All of it at once, when all of it is over."""
        action = self.world.actions["PA1.1"]
        shown = selectors.action_sheet(action).fingerprint if is_fresh else "0" * 64
        stages = [known.stage for known in self.expected.values()]
        authors = set.union(self.impact_authors, *(each.authors for each in self.expected.values()))
        foretold = (
            who in SIGNERS - authors
            and is_fresh
            and not self.action_signed
            and Stage.SIGNED_OFF in stages
            and set(stages) <= ENDED
        )
        if self.attempt(
            lambda: action_sign_off.sign_action(
                action=action, fingerprint=shown, by=self.people[who]
            ),
            foretold=foretold,
            what=f"action by {who}",
        ):
            self.action_signed = True

    @rule(who=doers)
    def reopen_the_action(self, who: str) -> None:
        """A signature under the action taken back."""
        action = self.world.actions["PA1.1"]
        authors = set.union(self.impact_authors, *(each.authors for each in self.expected.values()))
        if self.attempt(
            lambda: action_sign_off.reopen_action(
                action=action,
                words="A reason.",
                base_number=action.sign_offs.count(),
                by=self.people[who],
            ),
            foretold=who in SIGNERS - authors and self.action_signed,
            what=f"reopening by {who}",
        ):
            self.action_signed = False

    @rule(days=some.sampled_from([1, 1, 5, 40]))
    def time_passes(self, days: int) -> None:
        """Days go by, and nothing is done in the night."""
        self.clock.__exit__(None, None, None)
        self.on += dt.timedelta(days=days)
        self.clock = dates.at(noon(self.on))
        self.clock.__enter__()

    @rule()
    def night(self) -> None:
        """The night flags what is overdue: exactly that."""
        exceptions.flag_overdue(plan=self.world.plan, on=self.on, by=User.objects.system())
        for key, known in self.expected.items():
            is_open = self.row(key).exceptions.filter(closed_at=None).exists()
            assert is_open == known.is_overdue(self.on)

    # --- what holds after every step ---
