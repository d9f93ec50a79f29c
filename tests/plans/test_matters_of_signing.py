"""Who hears of a proposal that waits, of one that came back, and of a date that was refused."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hertsend.accounts.roles import Role
from plans.matters import signing as matters
from plans.selectors.sheets import fingerprint_of
from plans.services import milestones, sheets
from tests.factories import models as make
from tests.factories.exceptions import Said
from tests.factories.matters import asked
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at

__all__ = ["built_world", "world"]

KEY, DAY = "PA1.1-1", dt.timedelta(days=1)
LEAD, CHAIR, OFFICE = Role.WORKSTREAM_LEAD, Role.JOINT_CHAIR, Role.PROGRAMME_OFFICE


def told(source, world, on=TODAY):
    """What each person hears, by their role in the world."""
    with at(on):
        found = source(asked(world.plan, on=on, held_on=on))
    names = {person.pk: role for role, person in world.people.items()}
    names[world.second_chair.pk] = "second_chair"
    return {names[person]: rows for person, rows in found.items() if rows}


def send_back(world):
    with at(TODAY):
        milestones.return_proposal(
            milestone=world.milestone(KEY),
            words="Say how many took part.",
            base_version=world.milestone(KEY).version,
            by=world.people[CHAIR],
        )


class TestProposals:
    def test_a_proposal_waits_for_each_joint_chair_who_can_sign(self, world):
        assert told(matters.proposals, world) == {}
        world.propose()
        found = told(matters.proposals, world)
        assert set(found) == {CHAIR, "second_chair"}
        (matter,) = found[CHAIR]
        assert matter.sentence.startswith(f"{KEY}: ")
        assert (matter.detail, matter.action) == (
            "Proposed complete on 3 September 2024",
            f"Review {KEY}",
        )
        assert matter.path == f"/plans/{world.plan.slug}/milestones/{KEY}/sign-off/"
        assert matter.step is None
        (matter,) = told(matters.proposals, world, TODAY + DAY)[CHAIR]
        assert (matter.step.day, matter.step.name) == (TODAY + DAY, "new")

    def test_asking_for_the_signature_tells_it_again(self, world):
        world.propose()
        with at(TODAY + 2 * DAY):
            sheets.ask_to_review(milestone=world.milestone(KEY), by=world.people[LEAD])
        (matter,) = told(matters.proposals, world, TODAY + 3 * DAY)[CHAIR]
        assert matter.detail.endswith("; your review was asked for on 5 September 2024")
        assert matter.step.day == TODAY + 3 * DAY

    def test_not_for_a_chair_with_a_part_in_it(self, world):
        make.PostHoldingFactory(post=world.posts["PA1"], user=world.second_chair)
        world.propose()
        assert set(told(matters.proposals, world)) == {CHAIR}

    def test_where_nobody_can_sign_the_office_hears_that(self, world):
        for person in (world.second_chair, world.people[CHAIR]):
            make.PostHoldingFactory(post=world.posts["PA1"], user=person)
        world.propose()
        found = told(matters.proposals, world)
        assert set(found) == {OFFICE}
        assert matters.NOBODY_SIGNS in found[OFFICE][0].detail
        assert found[OFFICE][0].path == f"/plans/{world.plan.slug}/milestones/{KEY}/"

    def test_not_once_it_is_signed_or_sent_back(self, world):
        world.propose()
        send_back(world)
        assert told(matters.proposals, world) == {}
        world.propose()
        with at(TODAY):
            milestones.sign_off(
                milestone=world.milestone(KEY),
                fingerprint=fingerprint_of(world.milestone(KEY)),
                by=world.people[CHAIR],
            )
        assert told(matters.proposals, world) == {}


class TestReturned:
    def test_it_waits_for_the_leads_until_something_is_done(self, world):
        world.propose()
        assert told(matters.returned, world) == {}
        send_back(world)
        found = told(matters.returned, world)
        assert set(found) == {LEAD}
        assert found[LEAD][0].detail == (
            "Sent back by a joint chair on 3 September 2024, with a reason"
        )
        assert "Say how many" not in str(found)
        world.update(what_happened="Twelve took part.")
        assert told(matters.returned, world) == {}


class TestRefusedDates:
    @pytest.fixture
    def refused(self, world):
        said = Said(world, KEY)
        said.decide(said.request(OFFICE), becomes="refused", decision="It can be done in time.")
        return said

    def test_it_is_told_once_and_listed_for_a_fortnight(self, world, refused):
        steps = {
            days: rows[LEAD][0].step and rows[LEAD][0].step.day if rows else "nothing"
            for days in (0, 1, 14, 15)
            for rows in [told(matters.refused_dates, world, TODAY + days * DAY)]
        }
        told_on = TODAY + DAY
        assert steps == {0: None, 1: told_on, 14: told_on, 15: "nothing"}

    def test_asking_anew_ends_it(self, world, refused):
        refused.request(OFFICE, base_version=1)
        assert told(matters.refused_dates, world) == {}


@pytest.mark.parametrize("source", ["proposals", "returned", "refused_dates"])
def test_the_number_of_queries_stays(world, source):
    counts = []  # who had a part in a proposal, deputies' leads among them, takes fourteen
    for key in (KEY, "PA1.1-2"):
        world.propose(key)
        with at(TODAY), CaptureQueriesContext(connection) as captured:
            getattr(matters, source)(asked(world.plan, on=TODAY, held_on=TODAY))
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 18
