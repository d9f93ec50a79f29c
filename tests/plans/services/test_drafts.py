"""Drafts of a return's rows: kept incomplete, never overwritten unseen, thrown away, sent."""

import datetime as dt
from dataclasses import asdict, replace

import pytest

from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from plans import permissions, selectors
from plans.models import MilestoneUpdate, UpdateDraft
from plans.policies import UpdateWords
from plans.selectors.rows import words_of
from plans.services import drafts
from tests.factories import models as make
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at

__all__ = ["built_world", "world"]

BEGUN = UpdateWords(stage="in_progress", rating="", what_happened="Two sessions.")
FAR = dt.date(2025, 6, 30)


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield


def save(world, *, by=None, words=BEGUN, base_version=0, milestone_version=0, **more):
    """Save the row of PA1.1-1 for August, as its lead unless said otherwise."""
    given = {"milestone": world.milestones["PA1.1-1"], "period": world.period()}
    return drafts.save(
        **(given | more),
        words=words,
        base_version=base_version,
        milestone_version=milestone_version,
        by=by or world.people[Role.WORKSTREAM_LEAD],
    )


@pytest.fixture
def far(world):
    """A milestone of PA1 that has not started and is due in June 2025."""
    row = make.MilestoneFactory(action=world.actions["PA1.1"], key="PA1.1-9", due_on=FAR)
    make.MilestoneLeadFactory(milestone=row, post=world.posts["PA1"])
    return row


def test_an_incomplete_row_is_kept_and_changes_nothing_else(world):
    draft = save(world, words=replace(BEGUN, what_happened="  Two sessions. "))
    assert words_of(UpdateDraft.objects.get()) == BEGUN
    assert (draft.version, draft.base_version, draft.is_live) == (1, 0, True)
    assert (draft.saved_by, list(draft.writers.all())) == (
        world.people[Role.WORKSTREAM_LEAD],
        [world.people[Role.WORKSTREAM_LEAD]],
    )
    assert world.milestone().version == 0
    assert not MilestoneUpdate.objects.exists()


def test_the_same_row_is_changed_by_its_next_version(world):
    save(world)
    office = world.people[Role.PROGRAMME_OFFICE]
    again = save(world, by=office, words=replace(BEGUN, rating="amber"), base_version=1)
    assert (again.version, again.rating, again.saved_by) == (2, "amber", office)
    assert UpdateDraft.objects.count() == 1
    assert again.writers.count() == 2


def test_the_second_from_the_same_version_is_told_and_keeps_their_words(world):
    save(world)
    mine = replace(BEGUN, what_happened="My words.")
    with pytest.raises(Conflict) as refusal:
        save(world, by=world.people[Role.PROGRAMME_OFFICE], words=mine)
    assert refusal.value.submitted == asdict(mine)
    assert refusal.value.current == asdict(BEGUN) | {
        "by": "Workstream lead PA1",
        "at": UpdateDraft.objects.get().saved_at,
        "version": 1,
        "milestone_version": 0,
    }
    assert words_of(UpdateDraft.objects.get()) == BEGUN


def test_a_version_that_never_was_is_a_conflict_too(world):
    with pytest.raises(Conflict) as refusal:
        save(world, base_version=4)
    assert refusal.value.current == {"version": 0, "milestone_version": 0}
    assert not UpdateDraft.objects.exists()


def test_the_same_press_is_carried_out_once(world):
    first = save(world, submission_key="press")
    assert save(world, submission_key="press").pk == first.pk
    assert UpdateDraft.objects.get().version == 1
    with pytest.raises(Conflict):
        save(world, submission_key="press", words=replace(BEGUN, rating="red"))


@pytest.mark.parametrize("role", set(Role) - {Role.WORKSTREAM_LEAD, Role.PROGRAMME_OFFICE})
def test_other_roles_keep_no_drafts(world, role):
    with pytest.raises(NotAllowed):
        save(world, by=world.people[role])
    assert not UpdateDraft.objects.exists()


def test_a_lead_keeps_none_of_another_workstream(world):
    with pytest.raises(NotAllowed):
        save(world, by=world.other_lead)


@pytest.mark.parametrize("month", [dt.date(2024, 7, 1), dt.date(2024, 10, 1)])
def test_a_month_that_takes_no_updates_takes_no_drafts(world, month):
    with pytest.raises(RuleBroken) as refusal:
        save(world, period=world.period(month))
    assert set(refusal.value.errors) == {"period"}


def test_drafts_are_read_by_the_workstream_and_the_office_alone(world):
    save(world)
    readers = {
        person.name
        for person in [*world.people.values(), world.other_lead, world.second_chair]
        if permissions.visible_to(person, UpdateDraft).exists()
    }
    assert readers == {"Workstream lead PA1", "Programme office"}
    assert not permissions.visible_to(
        world.foreign.people[Role.PROGRAMME_OFFICE], UpdateDraft
    ).exists()


def test_who_only_typed_may_not_sign_either(world):
    save(world, by=world.people[Role.PROGRAMME_OFFICE])
    assert world.people[Role.PROGRAMME_OFFICE].pk in selectors.author_ids(world.milestone())


class TestDiscarding:
    """A draft is thrown away, and no older page takes the next one for its own."""

    def test_the_words_are_gone_and_the_version_counts_on(self, world):
        save(world)
        draft = self.discard(world, base_version=1)
        assert (draft.is_live, draft.version, words_of(draft)) == (False, 2, drafts.NO_WORDS)
        assert self.discard(world, base_version=1).version == 2
        with pytest.raises(Conflict):
            save(world, base_version=1)
        assert save(world, base_version=2).version == 3

    def test_not_when_someone_saved_it_since(self, world):
        save(world)
        save(world, base_version=1, words=replace(BEGUN, rating="green"))
        with pytest.raises(Conflict):
            self.discard(world, base_version=1)
        assert UpdateDraft.objects.get().rating == "green"

    def test_not_by_other_roles(self, world):
        save(world)
        with pytest.raises(NotAllowed):
            self.discard(world, base_version=1, by=world.people[Role.BOARD_MEMBER])

    @staticmethod
    def discard(world, *, base_version, by=None):
        return drafts.discard(
            milestone=world.milestones["PA1.1-1"],
            period=world.period(),
            base_version=base_version,
            by=by or world.people[Role.WORKSTREAM_LEAD],
        )


class TestNothingToReport:
    """Said in one go, of those that need no update, and taken back as easily."""

    def test_said_and_taken_back(self, world, far):
        self.say(world, confirmed=[far])
        assert UpdateDraft.objects.get().nothing_to_report
        assert self.say(world, confirmed=[far]) == []
        self.say(world, withdrawn=[far])
        draft = UpdateDraft.objects.get()
        assert (draft.is_live, draft.nothing_to_report, draft.version) == (False, False, 2)
        assert self.say(world, withdrawn=[far]) == []

    def test_refused_for_all_that_need_an_update_at_once(self, world, far):
        steps = [far, *world.milestones.values()][:3]
        with pytest.raises(RuleBroken) as refusal:
            self.say(world, confirmed=steps)
        assert refusal.value.errors == {
            "milestones": [
                "PA1.1-1 is due within 60 days, so it needs an update.",
                "PA1.1-2 is due within 60 days, so it needs an update.",
            ]
        }
        assert not UpdateDraft.objects.exists()

    def test_refused_for_one_that_is_off_track_though_not_due(self, world, far):
        world.update(far.key, rating="red")
        with pytest.raises(RuleBroken) as refusal:
            self.say(world, confirmed=[far])
        assert refusal.value.errors == {
            "milestones": ["PA1.1-9 is overdue or off track, so it needs an update."]
        }

    def test_it_does_not_take_the_place_of_words(self, world, far):
        save(world, milestone=far)
        assert self.say(world, confirmed=[far]) == []
        assert self.say(world, withdrawn=[far]) == []
        assert words_of(UpdateDraft.objects.get()) == BEGUN

    def test_by_nobody_else(self, world, far):
        with pytest.raises(NotAllowed):
            self.say(world, confirmed=[far], by=world.other_lead)

    @staticmethod
    def say(world, *, confirmed=(), withdrawn=(), by=None):
        return drafts.confirm_nothing(
            confirmed=confirmed,
            withdrawn=withdrawn,
            period=world.period(),
            by=by or world.people[Role.WORKSTREAM_LEAD],
        )
