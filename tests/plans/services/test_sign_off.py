"""The way to sign-off: proposed, returned, signed, withdrawn, each with what it leaves behind."""

import datetime as dt

import pytest
from django.db import IntegrityError

from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from plans import selectors
from plans.models import MilestoneUpdate, StageChange
from plans.policies import UpdateWords
from plans.services import milestones
from plans.services.locking import FIRST_COME, unique_means_conflict
from tests.factories import models as make
from tests.factories.evidence import link
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at

__all__ = ["built_world", "world"]


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield


def sign(world, *, by=Role.JOINT_CHAIR, fingerprint=None):
    milestone = world.milestone()
    return milestones.sign_off(
        milestone=milestone,
        fingerprint=fingerprint or selectors.fingerprint_of(milestone),
        by=world.people[by] if isinstance(by, Role) else by,
    )


def send_back(world, *, by=Role.JOINT_CHAIR, words="No minutes yet.", base_version=1):
    return milestones.return_proposal(
        milestone=world.milestone(), words=words, base_version=base_version, by=world.people[by]
    )


def withdraw(world, *, by=Role.JOINT_CHAIR, words="Decided on 3 September.", base_version=0):
    return milestones.withdraw(
        milestone=world.milestone(), words=words, base_version=base_version, by=world.people[by]
    )


def acts(world):
    rows = StageChange.objects.filter(milestone=world.milestone()).order_by("version")
    return [(row.version, row.act, row.from_stage, row.to_stage) for row in rows]


def test_the_whole_way_is_kept_act_by_act(world):
    world.update()
    world.propose(words=" Minutes of 12 September ")
    send_back(world, base_version=2)
    world.propose(words="Minutes, signed")
    change = sign(world)
    assert acts(world) == [
        (2, "proposed", "in_progress", "proposed_complete"),
        (3, "returned", "proposed_complete", "in_progress"),
        (4, "proposed", "in_progress", "proposed_complete"),
        (5, "signed_off", "proposed_complete", "signed_off"),
    ]
    first = StageChange.objects.get(version=2)
    assert (first.words, first.evidence_link, first.role) == ("Minutes of 12 September", "", "")
    assert (change.role, world.milestone().evidence.count()) == ("joint_chair", 2)
    milestone = world.milestone()
    assert (milestone.stage, milestone.version) == ("signed_off", 5)
    assert len(change.fingerprint) == 64


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (lambda world: world.propose(words="Minutes"), "Minutes"),
        (withdraw, "Decided on 3 September."),
    ],
)
def test_the_history_says_who_and_why(world, act, reason):
    change = act(world)
    entry = world.milestone().history.latest()
    assert (entry.history_user, entry.history_change_reason) == (change.by, reason)


class TestProposing:
    @pytest.mark.parametrize("role", set(Role) - {Role.WORKSTREAM_LEAD, Role.PROGRAMME_OFFICE})
    def test_only_those_who_update_propose(self, world, role):
        with pytest.raises(NotAllowed):
            world.propose(by=world.people[role])
        assert acts(world) == []

    def test_without_evidence_it_is_refused(self, world):
        with pytest.raises(RuleBroken) as refusal:
            world.propose(words=" ", evidence=[])
        assert refusal.value.errors == {
            "words": ["Say what shows that it is complete."],
            "evidence": ["Add at least one piece of evidence: a link or a file."],
        }
        assert acts(world) == []

    def test_twice_is_once(self, world):
        world.propose()
        with pytest.raises(RuleBroken):
            world.propose()
        assert len(acts(world)) == 1

    def test_on_an_older_version_it_is_a_conflict(self, world):
        milestone = world.milestone()
        world.update()
        with pytest.raises(Conflict):
            milestones.propose_complete(
                milestone=milestone,
                words="Minutes",
                evidence=[link()],
                base_version=0,
                by=world.people[Role.WORKSTREAM_LEAD],
            )
        assert acts(world) == []

    def test_while_it_waits_for_a_decision_reports_go_on(self, world):
        world.propose()
        update = world.update(stage="proposed_complete", what_happened="Evidence was added.")
        assert (update.version, world.milestone().stage) == (2, "proposed_complete")


class TestSigning:
    @pytest.mark.parametrize("role", set(Role) - {Role.JOINT_CHAIR})
    def test_only_a_joint_chair_signs(self, world, role):
        world.propose(by=world.people[Role.PROGRAMME_OFFICE])
        with pytest.raises(NotAllowed):
            sign(world, by=role)
        assert world.milestone().stage == "proposed_complete"

    def test_only_a_chair_who_is_accountable_for_the_area(self, world):
        world.propose()
        for chair in (
            world.person(Role.JOINT_CHAIR, "AI1"),
            world.foreign.people[Role.JOINT_CHAIR],
            world.person(Role.JOINT_CHAIR, "PA1", ends_on=TODAY - dt.timedelta(days=1)),
        ):
            with pytest.raises(NotAllowed):
                sign(world, by=chair)
        assert sign(world, by=world.second_chair).act == "signed_off"

    @pytest.mark.parametrize("wrote", ["updated", "proposed"])
    def test_nobody_signs_what_they_wrote_in_whatever_role(self, world, wrote):
        both = world.people[Role.JOINT_CHAIR]
        make.RoleAssignmentFactory(
            user=both, partnership=world.partnership, role=Role.WORKSTREAM_LEAD, scope_key="PA1"
        )
        world.update(by=both if wrote == "updated" else None)
        world.propose(by=both if wrote == "proposed" else None)
        with pytest.raises(NotAllowed) as refusal:
            sign(world)
        did = "recorded its update for August 2024" if wrote == "updated" else "added evidence"
        assert refusal.value.sentence == (
            f"You {did} (3 September 2024). Nobody decides on their own work, in any role: another "
            "accountable joint chair does."
        )
        with pytest.raises(NotAllowed):
            send_back(world, base_version=2)
        assert sign(world, by=world.second_chair).by == world.second_chair

    def test_what_changed_since_it_was_shown_is_not_signed(self, world):
        world.propose()
        shown = selectors.fingerprint_of(world.milestone())
        world.update(stage="proposed_complete")
        with pytest.raises(Conflict):
            sign(world, fingerprint=shown)
        assert sign(world).fingerprint == StageChange.objects.get(act="signed_off").fingerprint

    def test_what_was_not_proposed_is_not_signed(self, world):
        world.update()
        with pytest.raises(RuleBroken):
            sign(world)
        assert acts(world) == []

    def test_what_is_signed_stays_signed(self, world):
        world.propose()
        sign(world)
        for act in (
            lambda: sign(world, by=world.second_chair),
            lambda: send_back(world, base_version=2),
            lambda: withdraw(world, base_version=2),
            world.propose,
            world.update,
        ):
            with pytest.raises(RuleBroken):
                act()
        assert (world.milestone().stage, world.milestone().version) == ("signed_off", 2)


class TestReturning:
    def test_a_reason_is_needed(self, world):
        world.propose()
        with pytest.raises(RuleBroken) as refusal:
            send_back(world, words=" ")
        assert refusal.value.errors == {"words": ["Enter the reason."]}
        assert world.milestone().stage == "proposed_complete"

    def test_on_an_older_version_it_is_a_conflict(self, world):
        world.propose()
        world.update(stage="proposed_complete")
        with pytest.raises(Conflict):
            send_back(world, base_version=1)

    def test_then_it_can_be_reported_and_proposed_again(self, world):
        world.propose()
        send_back(world)
        world.update()
        world.propose()
        assert world.milestone().stage == "proposed_complete"


class TestWithdrawing:
    @pytest.mark.parametrize("stage", ["not_started", "in_progress", "proposed_complete"])
    def test_from_every_stage_that_is_not_an_end(self, world, stage):
        if stage == "in_progress":
            world.update()
        if stage == "proposed_complete":
            world.propose()
        change = withdraw(world, base_version=world.milestone().version)
        assert (change.from_stage, change.to_stage, change.role) == (
            stage,
            "withdrawn",
            "joint_chair",
        )

    @pytest.mark.parametrize("role", set(Role) - {Role.JOINT_CHAIR})
    def test_only_a_joint_chair_withdraws(self, world, role):
        with pytest.raises(NotAllowed):
            withdraw(world, by=role)
        assert world.milestone().stage == "not_started"

    def test_nobody_withdraws_what_they_reported_on_in_any_role(self, world):
        chair = world.people[Role.JOINT_CHAIR]
        make.RoleAssignmentFactory(
            user=chair,
            partnership=world.partnership,
            role=Role.WORKSTREAM_LEAD,
            scope_key="PA1",
        )
        world.update(by=chair)
        with pytest.raises(NotAllowed, match="Nobody decides on their own work, in any role"):
            withdraw(world, base_version=1)
        assert world.milestone().stage == "in_progress"
        milestones.withdraw(
            milestone=world.milestone(), words="Decided.", base_version=1, by=world.second_chair
        )
        assert world.milestone().stage == "withdrawn"

    def test_a_chair_who_also_leads_withdraws_what_others_reported_on(self, world):
        make.RoleAssignmentFactory(
            user=world.people[Role.JOINT_CHAIR],
            partnership=world.partnership,
            role=Role.WORKSTREAM_LEAD,
            scope_key="PA1",
        )
        world.update()
        assert withdraw(world, base_version=1).to_stage == "withdrawn"

    def test_a_reason_is_needed_and_the_version_that_was_read(self, world):
        with pytest.raises(RuleBroken):
            withdraw(world, words="")
        with pytest.raises(Conflict):
            withdraw(world, base_version=1)
        assert world.milestone().version == 0

    def test_nothing_more_is_reported(self, world):
        withdraw(world)
        with pytest.raises(RuleBroken) as refusal:
            world.update(stage="withdrawn")
        assert refusal.value.errors == {
            "stage": ["This milestone is withdrawn: nothing more is reported."]
        }


class TestBackstop:
    """Behind the lock and the version check stands the database, which says no in our words."""

    def test_a_unique_key_is_a_conflict(self, world):
        world.update()

        @unique_means_conflict
        def add_another() -> None:
            first = MilestoneUpdate.objects.get()
            first.pk, first.version, first._state.adding = None, 9, True
            first.save()

        with pytest.raises(Conflict) as refusal:
            add_another()
        assert refusal.value.sentence == FIRST_COME

    def test_every_other_refusal_of_the_database_stays_what_it_is(self, world):
        world.update()

        @unique_means_conflict
        def add_nonsense() -> None:
            first = MilestoneUpdate.objects.get()
            first.pk, first.version, first._state.adding = None, 9, True
            first.base_version, first.rating = 8, "blue"
            first.save()

        with pytest.raises(IntegrityError):
            add_nonsense()


class TestRepeating:
    """Pressing twice, and pressing again later."""

    WORDS = UpdateWords(stage="in_progress", rating="green", what_happened="Once.")

    def send(self, world, *, role=Role.WORKSTREAM_LEAD, key="press", **changes):
        values = {"milestone": world.milestone(), "period": world.period(), "base_version": 0}
        return milestones.record_update(
            words=self.WORDS, submission_key=key, by=world.people[role], **values | changes
        )

    def test_a_repetition_answers_even_after_the_month_froze_and_others_wrote(self, world):
        first = self.send(world)
        world.update(by=world.people[Role.PROGRAMME_OFFICE])
        period = world.period()
        period.state, period.frozen_at = "frozen", dt.datetime(2024, 9, 10, tzinfo=dt.UTC)
        period.save_base(raw=True)
        assert self.send(world) == first
        assert MilestoneUpdate.objects.count() == 2

    def test_whoever_lost_the_role_gets_no_answer_from_before(self, world):
        self.send(world)
        role = world.people[Role.WORKSTREAM_LEAD].role_assignments.get()
        role.ends_on = TODAY - dt.timedelta(days=1)
        role.save_base(raw=True)
        with pytest.raises(NotAllowed):
            self.send(world)

    def test_the_key_for_another_milestone_is_refused(self, world):
        self.send(world)
        with pytest.raises(Conflict):
            self.send(world, milestone=world.milestone("PA1.1-2"))
        assert MilestoneUpdate.objects.count() == 1

    @pytest.mark.parametrize(("length", "taken"), [(100, True), (101, False)])
    def test_a_key_that_cannot_be_kept_is_refused(self, world, length, taken):
        if taken:
            assert self.send(world, key="k" * length) == self.send(world, key="k" * length)
        else:
            with pytest.raises(RuleBroken) as refusal:
                self.send(world, key="k" * length)
            assert set(refusal.value.errors) == {"submission_key"}
        assert MilestoneUpdate.objects.count() == int(taken)

    def test_another_plans_month_is_none_of_this_plan(self, world):
        with pytest.raises(type(world.period()).DoesNotExist):
            self.send(world, period=world.foreign.period())
        assert not MilestoneUpdate.objects.exists()
