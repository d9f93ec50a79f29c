"""Ways back: taken back by the workstream, reopened by a chair; and asking for a signature."""

import datetime as dt

import pytest

from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from plans import selectors
from plans.models import SheetReading, SignatureRequest, SignatureSheet
from plans.services import milestones, sheets
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at

__all__ = ["built_world", "world"]

LATE = dt.date(2024, 10, 8)


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield


def signed(world):
    world.propose()
    row = world.milestone()
    return milestones.sign_off(
        milestone=row,
        fingerprint=selectors.fingerprint_of(row),
        by=world.people[Role.JOINT_CHAIR],
    )


def take_back(world, *, by=Role.WORKSTREAM_LEAD, words=" One part is missing. ", **details):
    given = {"base_version": 1} | details
    return milestones.take_back(
        milestone=world.milestone(), words=words, by=world.people[by], **given
    )


def reopen(world, *, by=Role.JOINT_CHAIR, words=" Not all of it. ", **details):
    given = {"base_version": 2} | details
    person = world.people[by] if isinstance(by, Role) else by
    return milestones.reopen(milestone=world.milestone(), words=words, by=person, **given)


def spells(world):
    return [
        (row.opened_at.date(), row.closure)
        for row in world.milestone().exceptions.order_by("opened_at")
    ]


class TestTakingBack:
    def test_it_is_in_progress_again_with_a_reason(self, world):
        world.propose()
        change = take_back(world)
        assert (change.act, change.from_stage, change.to_stage, change.words) == (
            "taken_back",
            "proposed_complete",
            "in_progress",
            "One part is missing.",
        )
        assert selectors.standing_evidence(world.milestone()) == 1

    @pytest.mark.parametrize("role", set(Role) - {Role.WORKSTREAM_LEAD, Role.PROGRAMME_OFFICE})
    def test_only_those_who_propose_take_back(self, world, role):
        world.propose()
        with pytest.raises(NotAllowed):
            take_back(world, by=role)
        assert world.milestone().stage == "proposed_complete"

    def test_a_reason_the_version_and_a_proposal_are_needed(self, world):
        world.propose()
        with pytest.raises(RuleBroken):
            take_back(world, words=" ")
        with pytest.raises(Conflict):
            take_back(world, base_version=0)
        take_back(world, submission_key="press")
        assert take_back(world, submission_key="press").version == 2
        with pytest.raises(RuleBroken):
            take_back(world, base_version=2)

    def test_past_its_date_it_is_overdue_from_that_moment(self, world):
        world.propose()
        with at(LATE):
            take_back(world)
        assert spells(world) == [(LATE, "")]


class TestReopening:
    def test_it_is_in_progress_again_and_the_signature_stays_on_record(self, world):
        first = signed(world)
        change = reopen(world)
        assert (change.act, change.role, change.words) == (
            "reopened",
            "joint_chair",
            "Not all of it.",
        )
        assert world.milestone().stage == "in_progress"
        assert world.milestone().stage_changes.filter(pk=first.pk).exists()
        world.update(what_happened="The rest is done.")
        world.propose()
        assert world.milestone().stage == "proposed_complete"

    def test_past_its_date_a_new_spell_begins(self, world):
        signed(world)
        with at(LATE):
            reopen(world)
        assert spells(world) == [(LATE, "")]

    def test_before_its_date_no_spell_begins(self, world):
        signed(world)
        reopen(world)
        assert spells(world) == []

    @pytest.mark.parametrize("role", set(Role) - {Role.JOINT_CHAIR})
    def test_only_an_accountable_joint_chair_reopens(self, world, role):
        signed(world)
        for person in (world.people[role], world.person(Role.JOINT_CHAIR, "AI1")):
            with pytest.raises(NotAllowed):
                reopen(world, by=person)
        assert reopen(world, by=world.second_chair).by == world.second_chair

    def test_a_reason_the_version_and_a_signature_are_needed(self, world):
        world.propose()
        with pytest.raises(RuleBroken):
            reopen(world, base_version=1)
        row = world.milestone()
        milestones.sign_off(
            milestone=row,
            fingerprint=selectors.fingerprint_of(row),
            by=world.people[Role.JOINT_CHAIR],
        )
        with pytest.raises(RuleBroken):
            reopen(world, words="")
        with pytest.raises(Conflict):
            reopen(world, base_version=1)
        assert reopen(world, submission_key="press") == reopen(world, submission_key="press")

    def test_what_the_board_withdrew_stays_withdrawn(self, world):
        milestones.withdraw(
            milestone=world.milestone(),
            words="Decided.",
            base_version=0,
            by=world.people[Role.JOINT_CHAIR],
        )
        with pytest.raises(RuleBroken):
            reopen(world, base_version=1)


class TestSheets:
    def test_a_sheet_is_kept_once_and_each_reader_once(self, world):
        world.propose()
        row = world.milestone()
        for chair in (world.people[Role.JOINT_CHAIR], world.second_chair):
            for _ in range(2):
                shown = sheets.show(milestone=row, by=chair)
        assert SignatureSheet.objects.get().fingerprint == shown.fingerprint
        assert SheetReading.objects.count() == 2

    @pytest.mark.parametrize("role", set(Role) - {Role.JOINT_CHAIR})
    def test_only_who_may_sign_is_shown_one(self, world, role):
        with pytest.raises(NotAllowed):
            sheets.show(milestone=world.milestone(), by=world.people[role])
        with pytest.raises(NotAllowed):
            sheets.show_action(action=world.actions["PA1.1"], by=world.people[role])
        assert not SignatureSheet.objects.exists()

    def test_what_changed_is_told_side_by_side_and_nothing_is_signed(self, world):
        world.propose()
        chair = world.people[Role.JOINT_CHAIR]
        shown = sheets.show(milestone=world.milestone(), by=chair)
        world.update(stage="proposed_complete", what_happened="One thing more.")
        with pytest.raises(Conflict) as refusal:
            milestones.sign_off(
                milestone=world.milestone(), fingerprint=shown.fingerprint, by=chair
            )
        assert refusal.value.submitted == {
            "Latest rating": "",
            "Latest update": "",
            "Version of this record": "1",
        }
        assert refusal.value.current == {
            "Latest rating": "August 2024: On track",
            "Latest update": "One thing more.",
            "Version of this record": "2",
        }
        assert world.milestone().stage == "proposed_complete"

    def test_a_return_in_between_is_a_change_too(self, world):
        world.propose()
        chair = world.people[Role.JOINT_CHAIR]
        shown = sheets.show(milestone=world.milestone(), by=chair)
        milestones.return_proposal(
            milestone=world.milestone(), words="No.", base_version=1, by=world.second_chair
        )
        with pytest.raises(Conflict) as refusal:
            milestones.sign_off(
                milestone=world.milestone(), fingerprint=shown.fingerprint, by=chair
            )
        assert refusal.value.current["Stage"] == "In progress"

    def test_the_sheet_of_another_milestone_is_no_ticket(self, world):
        world.propose()
        world.propose("PA1.1-2")
        chair = world.people[Role.JOINT_CHAIR]
        other = sheets.show(milestone=world.milestone("PA1.1-2"), by=chair)
        with pytest.raises(Conflict) as refusal:
            milestones.sign_off(
                milestone=world.milestone(), fingerprint=other.fingerprint, by=chair
            )
        assert refusal.value.current == {}


class TestAsking:
    @pytest.mark.parametrize("role", list(Role))
    def test_the_workstream_and_chairs_ask_once(self, world, role):
        world.propose()
        person = world.people[role]
        if role not in {Role.WORKSTREAM_LEAD, Role.PROGRAMME_OFFICE, Role.JOINT_CHAIR}:
            with pytest.raises(NotAllowed):
                sheets.ask_to_review(milestone=world.milestone(), by=person)
            return
        first = sheets.ask_to_review(milestone=world.milestone(), by=person)
        assert sheets.ask_to_review(milestone=world.milestone(), by=person) == first
        assert SignatureRequest.objects.get().by == person

    def test_where_nothing_waits_nobody_is_asked(self, world):
        with pytest.raises(RuleBroken):
            sheets.ask_to_review(milestone=world.milestone(), by=world.people[Role.WORKSTREAM_LEAD])
