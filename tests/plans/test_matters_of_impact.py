"""What of impact and of what comes again waits for whom, in which words, and on which days it is told."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hertsend.accounts.roles import Role
from plans.matters import commitments, impact, milestones
from tests.factories import models as make
from tests.factories.matters import asked
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at, noon
from tests.plans import impact_rows, impact_steps, signing_rows

__all__ = ["built_world", "world"]

LEAD, OFFICE, CHAIR = Role.WORKSTREAM_LEAD, Role.PROGRAMME_OFFICE, Role.JOINT_CHAIR
READER = Role.BOARD_MEMBER
ONLY_THE_OFFICE = {OFFICE: True, READER: False}
DAY = dt.timedelta(days=1)


def told(source, world, on=TODAY):
    """The matters of one source by the name of the person's first role."""
    with at(on):
        found = source(asked(world.plan, on=on, held_on=on))
    names = {person.pk: role for role, person in world.people.items()}
    names |= {world.second_chair.pk: "second_chair", world.other_lead.pk: "other_lead"}
    return {names[person]: rows for person, rows in found.items() if rows}


def only(found, who):
    (matter,) = found[who]
    return matter


class TestReviews:
    @pytest.mark.parametrize(("days", "is_told"), [(31, False), (30, True), (8, True), (7, False)])
    def test_it_is_a_task_from_thirty_days_before(self, world, days, is_told):
        impact_steps.make_review(world, due_on=TODAY + days * DAY)
        assert set(told(impact.impact, world)) == ({LEAD} if is_told else set())

    def test_it_leads_to_the_rating(self, world):
        impact_steps.make_review(world)
        matter = only(told(impact.impact, world), LEAD)
        assert matter.sentence.startswith("Rate the impact of PA1.1: ")
        assert matter.detail == "Its review PA1.1-3 is due 30 September 2024"
        assert matter.action == "Rate the impact of PA1.1"
        assert matter.path == (f"/plans/{world.plan.slug}/actions/PA1.1/impact/new/?review=PA1.1-3")

    @pytest.mark.parametrize("days", [7, 0, -9])
    def test_near_and_past_it_is_a_duty_that_leads_to_the_rating(self, world, days):
        step = impact_steps.make_review(world, due_on=TODAY + days * DAY)
        make.MilestoneLeadFactory(milestone=step, post=world.posts["PA1"])
        rows = told(milestones.milestones, world)[LEAD]
        matter = next(each for each in rows if each.sentence.startswith("PA1.1-3"))
        assert matter.action == "Rate the impact of PA1.1"
        assert matter.path.endswith("/impact/new/?review=PA1.1-3")

    def test_once_rated_it_is_a_task_no_more(self, world):
        review = impact_steps.make_review(world)
        with at(TODAY):
            impact_steps.propose(world, review=review)
        assert LEAD not in told(impact.impact, world)

    def test_where_nobody_leads_the_office_is_told(self, world):
        impact_steps.make_review(world)
        lead = world.people[LEAD].role_assignments.get()
        lead.ends_on = TODAY - DAY
        lead.save_base(raw=True)
        assert set(told(impact.impact, world)) == {OFFICE}


class TestRatings:
    def test_it_waits_for_the_accountable_chairs(self, world):
        impact_rows.rating(world)
        found = told(impact.impact, world)
        assert set(found) == {CHAIR, "second_chair"}
        matter = only(found, CHAIR)
        assert matter.detail == "Rated 1 for August 2024, proposed 3 September 2024"
        assert matter.path == f"/plans/{world.plan.slug}/actions/PA1.1/impact/1/decide/"

    def test_not_for_who_proposed_it_or_its_evidence(self, world):
        rating = impact_rows.rating(world, by=world.second_chair)
        piece = signing_rows.evidence(world, milestone=None, added_by=world.people[CHAIR])
        rating.rests_on.model.add(rating=rating, evidence=piece)
        assert told(impact.impact, world) == {}

    def test_not_once_it_is_decided(self, world):
        impact_rows.decision(world, impact_rows.rating(world))
        assert told(impact.impact, world) == {}


class TestComesAgain:
    def row(self, world, **values):
        row = impact_rows.commitment(world, state="confirmed", version=1)
        impact_rows.rule(world, row, at=noon(dt.date(2024, 6, 3)), **values)
        return row

    def test_what_went_by_without_a_word_waits_for_owner_and_lead(self, world):
        self.row(world, first_on=dt.date(2024, 8, 1))
        found = told(commitments.commitments, world)
        assert set(found) == {LEAD}
        matter = only(found, LEAD)
        assert (matter.group, matter.detail) == (commitments.MISSED, "August 2024")
        assert matter.path == f"/plans/{world.plan.slug}/commitments/meetings-1/"

    def test_several_are_one_matter(self, world):
        self.row(world)
        matter = only(told(commitments.commitments, world), LEAD)
        assert matter.detail == "August 2024; 3 times without a record"

    def test_what_ends_within_two_weeks_is_told(self, world):
        self.row(world, first_on=dt.date(2024, 9, 1))
        assert told(commitments.commitments, world) == {}
        matter = only(told(commitments.commitments, world, dt.date(2024, 9, 16)), LEAD)
        assert (matter.group, matter.detail) == (commitments.COMES_AGAIN, "September 2024")

    def test_once_recorded_it_waits_no_more(self, world):
        row = self.row(world, first_on=dt.date(2024, 8, 1))
        impact_rows.record(
            world, row, window_from=dt.date(2024, 8, 1), window_to=dt.date(2024, 8, 31)
        )
        assert told(commitments.commitments, world) == {}

    def test_of_no_workstream_only_the_office_records_and_the_owner_tells_it(self, world):
        row = impact_rows.commitment(
            world, action=None, source="plan.monitoring", state="confirmed"
        )
        impact_rows.rule(world, row, first_on=dt.date(2024, 8, 1), owner=world.posts["AI1"])
        found = told(commitments.commitments, world)
        assert {who: (rows[0].detail, rows[0].action) for who, rows in found.items()} == {
            OFFICE: ("August 2024", "Record it: Meetings of the teams"),
            "other_lead": (
                f"August 2024. {commitments.ASK_THE_OFFICE}",
                "Read: Meetings of the teams",
            ),
        }

    @pytest.mark.parametrize(
        ("leads", "expected"), [(True, {LEAD: True, READER: False}), (False, ONLY_THE_OFFICE)]
    )
    def test_an_owner_who_cannot_record_is_not_the_only_one_told(self, world, leads, expected):
        """Where nobody of those told may record, the programme office is told as well."""
        make.PostHoldingFactory(post=world.posts["AI1"], user=world.people[READER])
        self.row(world, first_on=dt.date(2024, 8, 1), owner=world.posts["AI1"])
        world.other_lead.post_holdings.get().delete()
        if not leads:
            role = world.people[LEAD].role_assignments.get()
            role.ends_on = TODAY - DAY
            role.save_base(raw=True)
        found = told(commitments.commitments, world)
        recording = {who: rows[0].action.startswith("Record it") for who, rows in found.items()}
        assert recording == expected

    def test_rules_to_confirm_are_one_matter_of_the_office(self, world):
        with at(TODAY):
            impact_rows.commitment(world, 1)
            impact_rows.commitment(world, 2)
        found = told(commitments.commitments, world)
        assert set(found) == {OFFICE}
        matter = only(found, OFFICE)
        assert matter.sentence == "2 rules of the plan still to confirm"
        assert matter.path == f"/plans/{world.plan.slug}/commitments/"


@pytest.mark.parametrize("source", [impact.impact, commitments.commitments])
def test_the_number_of_queries_does_not_grow(world, source):
    def queries():
        with at(TODAY), CaptureQueriesContext(connection) as captured:
            source(asked(world.plan, on=TODAY, held_on=TODAY))
        return len(captured)

    def grow(number):
        action = make.ActionFactory(
            workstream=world.workstreams["PA1"], key=f"PA1.{number}", number=f"1.{number}"
        )
        action.areas.add(world.areas["PA1"])
        impact_steps.make_review(world, f"PA1.{number}-1", action=action, position=1)
        rating = impact_rows.rating(world, action=action)
        piece = signing_rows.evidence(world, action=action, milestone=None)
        rating.rests_on.model.add(rating=rating, evidence=piece)
        row = impact_rows.commitment(world, number, action=action, state="confirmed", version=1)
        impact_rows.rule(world, row)
        impact_rows.commitment(world, 100 + number)

    grow(5)
    before = queries()
    grow(6)
    grow(7)
    assert queries() == before
