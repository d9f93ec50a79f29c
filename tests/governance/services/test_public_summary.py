"""The public summary is switched, written, approved by another, published, and corrected in the open."""

import datetime as dt

import pytest

from governance.models import AreaSummary, SummaryPublication
from governance.selectors import public_summary as reads
from governance.services import feedback
from governance.services import public_summary as services
from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from tests.access.feedback import enter, published
from tests.access.public import JULY, all_approved, approved, publish, switch, written
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at

__all__ = ["built_world", "world"]
OFFICE, CHAIR = Role.PROGRAMME_OFFICE, Role.JOINT_CHAIR
EXECUTIVE_CHAIR = Role.EXECUTIVE_CHAIR
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield


@pytest.fixture
def july(world):
    return world.period(JULY)


class TestSwitching:
    @pytest.mark.parametrize("role", set(Role) - {EXECUTIVE_CHAIR})
    def test_nobody_else_switches(self, world, role):
        with pytest.raises(NotAllowed, match="switch the public summary"):
            switch(world, by=world.people[role])

    def test_it_is_on_from_its_day(self, world):
        switch(world, from_on=TODAY + DAY)
        assert reads.public_plan(world.plan.slug, on=TODAY) is None
        assert reads.public_plan(world.plan.slug, on=TODAY + DAY) == world.plan

    def test_it_is_off_again(self, world):
        switch(world)
        switch(world, is_on=False)
        assert reads.public_plan(world.plan.slug, on=TODAY) is None
        assert [each.is_on for each in reads.settings_of(world.plan)] == [False, True]

    def test_of_two_who_decide_at_once_the_second_reads_first(self, world):
        switch(world)
        with pytest.raises(Conflict):
            switch(world, is_on=False, base_number=0)


class TestWritingAndApproving:
    def test_written_it_is_a_draft(self, world, july):
        row = written(world, july, world.areas["PA1"])
        assert (row.state, row.version, row.progress) == (
            "draft",
            1,
            "The team has begun its work.",
        )

    @pytest.mark.parametrize("role", set(Role) - {OFFICE})
    def test_nobody_else_writes_or_publishes(self, world, july, role):
        with pytest.raises(NotAllowed):
            written(world, july, world.areas["PA1"], by=world.people[role])
        with pytest.raises(NotAllowed):
            publish(world, july, by=world.people[role])

    @pytest.mark.parametrize("role", set(Role) - {OFFICE, CHAIR})
    def test_nobody_else_approves(self, world, july, role):
        row = written(world, july, world.areas["PA1"])
        with pytest.raises(NotAllowed):
            services.approve(summary=row, base_version=1, by=world.people[role])

    def test_nobody_approves_what_they_wrote(self, world, july):
        row = written(world, july, world.areas["PA1"])
        with pytest.raises(RuleBroken, match="You wrote some"):
            services.approve(summary=row, base_version=1, by=world.people[OFFICE])
        other = world.person(OFFICE)
        assert services.approve(summary=row, base_version=1, by=other).approved_by == other

    def test_changed_words_are_a_draft_again(self, world, july):
        approved(world, written(world, july, world.areas["PA1"]))
        row = written(world, july, world.areas["PA1"], progress="Changed.")
        assert (row.state, row.approved_by, row.version) == ("draft", None, 3)

    def test_who_was_overtaken_is_told(self, world, july):
        row = written(world, july, world.areas["PA1"])
        with pytest.raises(Conflict) as refused:
            written(world, july, world.areas["PA1"], base_version=0, progress="Mine.")
        assert refused.value.current["progress"] == row.progress
        with pytest.raises(Conflict):
            services.approve(summary=row, base_version=0, by=world.people[CHAIR])

    def test_personal_data_is_pointed_at(self, world, july):
        with pytest.raises(RuleBroken, match="looks like a telephone number"):
            written(world, july, world.areas["PA1"], progress="Ring 07700 900123.")

    def test_an_area_of_another_plan_is_none(self, world, july):
        with pytest.raises(RuleBroken, match="area of this plan"):
            written(world, july, world.foreign.areas["PA1"])
        assert not AreaSummary.objects.exists()


class TestPublishing:
    def test_only_while_it_is_on_frozen_and_approved(self, world, july):
        all_approved(world, july)
        with pytest.raises(RuleBroken, match="switched off"):
            publish(world, july)
        switch(world)
        with pytest.raises(RuleBroken, match="not frozen"):
            publish(world, world.period())
        approved_row = AreaSummary.objects.first()
        written(world, july, approved_row.area, progress="Changed.")
        with pytest.raises(RuleBroken, match=f"Not approved yet: {approved_row.area.key}"):
            publish(world, july)
        assert not SummaryPublication.objects.exists()

    def test_what_is_public_never_changes_silently(self, world, july):
        all_approved(world, july)
        switch(world)
        first = publish(world, july)
        row = written(world, july, world.areas["PA1"], progress="Something else.")
        approved(world, row)
        (month,) = reads.public_months(world.plan)
        assert month.content["areas"][0]["progress"] == "The team has begun its work."
        with pytest.raises(RuleBroken, match="Enter what changed"):
            publish(world, july, correction=" ")
        with pytest.raises(Conflict):
            publish(world, july, base_number=0)
        publish(world, july, correction="The team began in May.")
        (month,) = reads.public_months(world.plan)
        assert month.content["areas"][0]["progress"] == "Something else."
        assert [(each.on, each.words) for each in month.corrections] == [
            (TODAY, "The team began in May.")
        ]
        first.refresh_from_db()
        assert first.content["areas"][0]["progress"] == "The team has begun its work."

    def test_small_numbers_are_taken_out_by_the_own_threshold(self, world, july):
        words = {"meaning": "3 children and 8 families came."}
        all_approved(world, july, **words)
        switch(world, threshold=10)
        content = publish(world, july).content
        assert content["areas"][0]["meaning"] == (
            "fewer than 10 children and fewer than 10 families came."
        )

    def test_what_families_said_is_part_of_it_until_it_is_withdrawn(self, world, july):
        item = published(world, enter(world, by=world.people[Role.WORKSTREAM_LEAD]))
        all_approved(world, july)
        switch(world)
        publish(world, july)
        (month,) = reads.public_months(world.plan)
        assert [each["said"] for each in month.content["answers"]] == ["We wait too long."]
        assert month.content["quarter"] == "July to September 2024"
        feedback.withdraw(
            item=item,
            reason="It names a school.",
            base_version=item.version,
            by=world.people[OFFICE],
        )
        (month,) = reads.public_months(world.plan)
        assert (month.content["answers"], month.withdrawn) == ([], 1)
