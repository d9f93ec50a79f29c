"""Whole actions: signed once all is over and its impact confirmed, and no longer when one comes back."""

import datetime as dt

import pytest

from hertsend import dates
from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from plans import policies, selectors
from plans.enums import ActionAct, Stage
from plans.models import ActionSignOff, ImpactDecision, ImpactRating, SignatureSheet
from plans.services import action_sign_off, milestones, sheets
from plans.services import evidence as evidence_services
from tests.factories import models as make
from tests.factories.evidence import link
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at

__all__ = ["built_world", "world"]


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield


def finish(world, key, *, end="sign"):
    """Propose a milestone and let it end."""
    world.propose(key)
    row, chair = world.milestone(key), world.people[Role.JOINT_CHAIR]
    if end == "sign":
        shown = selectors.fingerprint_of(row)
        return milestones.sign_off(milestone=row, fingerprint=shown, by=chair)
    return milestones.withdraw(milestone=row, words="Decided.", base_version=1, by=chair)


def confirm_impact(world, *, by=None):
    """A confirmed impact of the action, stored past its services."""
    rating = ImpactRating.add(
        action=world.actions["PA1.1"],
        period=world.period(),
        number=1,
        level=1,
        words="Nothing to see yet.",
        by=by or world.people[Role.WORKSTREAM_LEAD],
        at=dates.now(),
    )
    return ImpactDecision.add(
        rating=rating,
        outcome="confirmed",
        fingerprint="f" * 64,
        role=Role.JOINT_CHAIR,
        by=world.people[Role.JOINT_CHAIR],
        at=dates.now(),
    )


def ready(world):
    """An action that can be signed."""
    finish(world, "PA1.1-1")
    finish(world, "PA1.1-2", end="withdraw")
    confirm_impact(world)
    return world.actions["PA1.1"]


def sign(world, *, by=Role.JOINT_CHAIR, fingerprint=None, key=""):
    action = world.actions["PA1.1"]
    return action_sign_off.sign_action(
        action=action,
        fingerprint=fingerprint or selectors.action_sheet(action).fingerprint,
        by=world.people[by] if isinstance(by, Role) else by,
        submission_key=key,
    )


def reopen(world, *, by=Role.JOINT_CHAIR, words=" A part is missing. ", base_number=1, key=""):
    return action_sign_off.reopen_action(
        action=world.actions["PA1.1"],
        words=words,
        base_number=base_number,
        by=world.people[by],
        submission_key=key,
    )


def stands(world) -> bool:
    return selectors.action_standing(world.actions["PA1.1"]).is_signed_off


class TestSigning:
    def test_who_in_which_role_when_and_what_is_kept(self, world):
        action = ready(world)
        shown = sheets.show_action(action=action, by=world.people[Role.JOINT_CHAIR])
        signed = sign(world, fingerprint=shown.fingerprint)
        assert (signed.number, signed.act, signed.role, signed.at) == (
            1,
            ActionAct.SIGNED,
            Role.JOINT_CHAIR,
            dates.now(),
        )
        assert signed.last_change == selectors.last_change_in(action)
        kept = SignatureSheet.objects.get(fingerprint=signed.fingerprint)
        assert policies.Sheet.of_content(kept.content) == shown
        assert stands(world)

    def test_what_is_missing_is_told_in_sentences(self, world):
        with pytest.raises(RuleBroken) as refusal:
            sign(world)
        assert refusal.value.sentence == (
            "2 milestones are neither signed off nor withdrawn. "
            "Its impact has not been confirmed by a joint chair."
        )
        finish(world, "PA1.1-1", end="withdraw")
        finish(world, "PA1.1-2", end="withdraw")
        confirm_impact(world)
        with pytest.raises(RuleBroken) as refusal:
            sign(world)
        assert refusal.value.sentence == "None of its milestones was signed off."
        assert not ActionSignOff.objects.exists()

    @pytest.mark.parametrize("role", set(Role) - {Role.JOINT_CHAIR})
    def test_only_an_accountable_joint_chair_signs(self, world, role):
        ready(world)
        for person in (world.people[role], world.person(Role.JOINT_CHAIR, "AI1")):
            with pytest.raises(NotAllowed):
                sign(world, by=person)
        assert not stands(world)

    @pytest.mark.parametrize("part", ["milestone", "evidence", "impact", "post"])
    def test_nobody_signs_an_action_in_which_they_had_a_part(self, world, part):
        chair = world.people[Role.JOINT_CHAIR]
        make.RoleAssignmentFactory(
            user=chair, partnership=world.partnership, role=Role.WORKSTREAM_LEAD, scope_key="PA1"
        )
        finish(world, "PA1.1-1")
        world.propose("PA1.1-2", by=chair if part == "milestone" else None)
        row = world.milestone("PA1.1-2")
        second = world.second_chair
        shown = selectors.fingerprint_of(row)
        milestones.sign_off(milestone=row, fingerprint=shown, by=second)
        confirm_impact(world, by=chair if part == "impact" else None)
        if part == "evidence":
            evidence_services.add_to_action(action=world.actions["PA1.1"], words=link(), by=chair)
        if part == "post":
            make.PostHoldingFactory(post=world.posts["PA1"], user=chair)
        with pytest.raises(NotAllowed):
            sign(world)
        assert sign(world, by=second).by == second

    def test_who_signed_its_milestones_may_sign_it(self, world):
        ready(world)
        assert sign(world).by == world.people[Role.JOINT_CHAIR]

    def test_what_changed_since_it_was_shown_is_told_and_not_signed(self, world):
        action = ready(world)
        shown = sheets.show_action(action=action, by=world.people[Role.JOINT_CHAIR])
        evidence_services.add_to_action(
            action=action, words=link(title="Survey"), by=world.people[Role.WORKSTREAM_LEAD]
        )
        with pytest.raises(Conflict) as refusal:
            sign(world, fingerprint=shown.fingerprint)
        assert list(refusal.value.current) == ["Evidence"]
        assert refusal.value.current["Evidence"].startswith("Survey; Document; ")
        assert refusal.value.submitted == {"Evidence": ""}
        assert not stands(world)

    def test_a_fingerprint_of_nothing_is_a_conflict(self, world):
        ready(world)
        with pytest.raises(Conflict):
            sign(world, fingerprint="0" * 64)
        assert not stands(world)

    def test_twice_is_once_and_a_second_signature_is_refused(self, world):
        ready(world)
        first = sign(world, key="press", fingerprint=None)
        assert sign(world, key="press", fingerprint=first.fingerprint) == first
        with pytest.raises(RuleBroken):
            sign(world, by=world.second_chair)
        assert ActionSignOff.objects.count() == 1


class TestReopening:
    def test_with_a_reason_it_is_signed_off_no_more(self, world):
        ready(world)
        sign(world)
        reopened = reopen(world)
        assert (reopened.number, reopened.words, reopened.fingerprint) == (
            2,
            "A part is missing.",
            "",
        )
        assert not stands(world)
        assert sign(world).number == 3
        assert stands(world)

    def test_without_a_reason_or_a_signature_it_is_refused(self, world):
        ready(world)
        with pytest.raises(RuleBroken):
            reopen(world)
        sign(world)
        with pytest.raises(RuleBroken) as refusal:
            reopen(world, words=" ")
        assert refusal.value.errors == {"words": ["Enter the reason."]}
        with pytest.raises(Conflict):
            reopen(world, base_number=2)
        assert stands(world)

    def test_pressed_twice_is_once(self, world):
        ready(world)
        sign(world)
        assert reopen(world, key="press") == reopen(world, key="press")
        assert ActionSignOff.objects.count() == 2

    @pytest.mark.parametrize("role", set(Role) - {Role.JOINT_CHAIR})
    def test_only_a_joint_chair_reopens(self, world, role):
        ready(world)
        sign(world)
        with pytest.raises(NotAllowed):
            reopen(world, by=role)
        assert stands(world)


class TestDerived:
    """What ends a signature by itself."""

    def test_a_milestone_that_is_reopened_ends_it_and_its_second_signature_does_not_bring_it_back(
        self, world
    ):
        action = ready(world)
        sign(world)
        row = world.milestone()
        milestones.reopen(
            milestone=row,
            words="Not all of it.",
            base_version=row.version,
            by=world.people[Role.JOINT_CHAIR],
        )
        ended = selectors.action_standing(action)
        assert (ended.is_signed_off, ended.reopened.milestone.key) == (False, "PA1.1-1")
        finish(world, "PA1.1-1")
        assert not stands(world)
        assert sign(world).number == 2
        assert stands(world)

    def test_a_milestone_that_the_plan_adds_ends_it(self, world):
        action = ready(world)
        sign(world)
        make.MilestoneFactory(action=action, key="PA1.1-9")
        assert not stands(world)

    def test_a_milestone_that_the_plan_adds_later_does_not_end_it_before(self, world):
        action = ready(world)
        before = dates.now()
        sign(world)
        make.MilestoneFactory(action=action, key="PA1.1-9", added_at=before + dt.timedelta(days=30))
        stood = [
            selectors.action_standing(action, at=before + dt.timedelta(days=days)).is_signed_off
            for days in (29, 31)
        ]
        assert stood == [True, False]

    def test_as_at_a_moment_gone_by_it_reads_as_it_stood_then(self, world):
        action = ready(world)
        before = dates.now()
        with dates.at(before.replace(hour=13)):
            sign(world)
        with dates.at(before.replace(hour=14)):
            row = world.milestone()
            milestones.reopen(
                milestone=row,
                words="Not all of it.",
                base_version=row.version,
                by=world.people[Role.JOINT_CHAIR],
            )
        found = [
            selectors.action_standing(action, at=before.replace(hour=hour, minute=30)).is_signed_off
            for hour in (12, 13, 14)
        ]
        assert found == [False, True, False]

    @pytest.mark.parametrize(
        ("latest", "reopened", "stages", "answer"),
        [
            (None, False, [Stage.SIGNED_OFF], False),
            (ActionAct.SIGNED, False, [Stage.SIGNED_OFF, Stage.WITHDRAWN], True),
            (ActionAct.SIGNED, True, [Stage.SIGNED_OFF], False),
            (ActionAct.SIGNED, False, [Stage.SIGNED_OFF, Stage.IN_PROGRESS], False),
            (ActionAct.REOPENED, False, [Stage.SIGNED_OFF], False),
        ],
    )
    def test_the_rule(self, latest, reopened, stages, answer):
        assert (
            policies.is_action_signed_off(latest_act=latest, reopened_since=reopened, stages=stages)
            is answer
        )
