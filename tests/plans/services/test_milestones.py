"""The one path of an update: success and each refusal, from one set-up."""

import datetime as dt

import pytest

from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from plans import selectors
from plans.models import MilestoneUpdate
from plans.policies import UpdateWords
from plans.services import milestones
from tests.factories.world import TODAY, at

WORDS = UpdateWords(
    stage="in_progress",
    rating="green",
    what_happened="Two sessions were held.",
    what_is_next="The third follows in October.",
    forecast_on=dt.date(2024, 9, 30),
    internal_note="The budget is tight.",
    sentence_for_families="Two sessions were held.",
)


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield


def send(world, *, by=None, words=WORDS, base_version=0, period=None, submission_key=""):
    """Record an update of PA1.1-1, as its lead unless said otherwise."""
    return milestones.record_update(
        milestone=world.milestones["PA1.1-1"],
        period=period or world.period(),
        words=words,
        base_version=base_version,
        by=by or world.people[Role.WORKSTREAM_LEAD],
        submission_key=submission_key,
    )


def test_an_update_is_stored_and_moves_the_milestone(world):
    update = send(world)
    milestone = world.milestone()
    assert (update.version, update.base_version, update.best_rating) == (1, 0, "green")
    assert update.internal_note == "The budget is tight."
    assert update.on_behalf_of is None
    assert (milestone.stage, milestone.rating, milestone.forecast_on, milestone.version) == (
        "in_progress",
        "green",
        dt.date(2024, 9, 30),
        1,
    )
    entry = milestone.history.latest()
    assert entry.history_user == world.people[Role.WORKSTREAM_LEAD]
    assert entry.history_change_reason == "Update for August 2024"


def test_the_programme_office_records_on_behalf_of_the_post(world):
    update = send(world, by=world.people[Role.PROGRAMME_OFFICE])
    assert update.on_behalf_of == world.posts["PA1"]


@pytest.mark.parametrize("role", set(Role) - {Role.WORKSTREAM_LEAD, Role.PROGRAMME_OFFICE})
def test_other_roles_may_not_update(world, role):
    with pytest.raises(NotAllowed):
        send(world, by=world.people[role])
    assert not MilestoneUpdate.objects.exists()


def test_a_lead_may_not_update_another_workstream(world):
    with pytest.raises(NotAllowed):
        send(world, by=world.other_lead)
    assert world.milestone().version == 0


def test_the_second_from_the_same_version_is_told_and_keeps_their_words(world):
    send(world)
    second = UpdateWords(stage="in_progress", rating="amber", what_happened="My words.")
    with pytest.raises(Conflict) as refusal:
        send(world, words=second, by=world.people[Role.PROGRAMME_OFFICE])
    assert refusal.value.submitted["what_happened"] == "My words."
    assert refusal.value.current["what_happened"] == "Two sessions were held."
    assert MilestoneUpdate.objects.count() == 1


def test_the_same_submission_is_carried_out_once(world):
    first = send(world, submission_key="form-1")
    again = send(world, submission_key="form-1")
    assert again.pk == first.pk
    assert world.milestone().version == 1


def test_a_key_used_for_other_words_is_refused(world):
    send(world, submission_key="form-1")
    other = UpdateWords(stage="in_progress", rating="green", what_happened="Other words.")
    with pytest.raises(Conflict):
        send(world, words=other, base_version=1, submission_key="form-1")


@pytest.mark.parametrize("month", [dt.date(2024, 7, 1), dt.date(2024, 10, 1)])
def test_a_month_that_is_frozen_or_not_open_takes_no_update(world, month):
    with at(dt.date(2024, 9, 3)), pytest.raises(RuleBroken) as refusal:
        send(world, period=world.period(month))
    assert set(refusal.value.errors) == {"period"}


def test_a_rating_better_than_the_dates_allow_needs_a_reason(world):
    late = UpdateWords(
        stage="in_progress",
        rating="green",
        what_happened="Held up.",
        forecast_on=dt.date(2024, 10, 31),
    )
    with pytest.raises(RuleBroken) as refusal:
        send(world, words=late)
    assert refusal.value.errors == {
        "reason_for_rating": ["Say why you rate this Green: the dates allow Amber at best."]
    }


def test_signing_off_needs_another_chair_and_exactly_what_was_shown(world):
    world.update()
    world.propose()
    milestone = world.milestone()
    shown = selectors.fingerprint_of(milestone)
    with pytest.raises(NotAllowed):
        milestones.sign_off(
            milestone=milestone, fingerprint=shown, by=world.people[Role.WORKSTREAM_LEAD]
        )
    with pytest.raises(Conflict):
        milestones.sign_off(
            milestone=milestone, fingerprint="0" * 64, by=world.people[Role.JOINT_CHAIR]
        )
    change = milestones.sign_off(
        milestone=milestone, fingerprint=shown, by=world.people[Role.JOINT_CHAIR]
    )
    assert (change.act, world.milestone().stage) == ("signed_off", "signed_off")
