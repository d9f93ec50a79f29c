"""Pages of impact and of what comes again: where a review leads, what each reader finds, and the past."""

import datetime as dt
import html
import re

import pytest
from django.urls import reverse

from hertsend.accounts.roles import Role
from hertsend.ui.dates import TypedDate
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at, noon
from tests.plans import impact_rows, impact_steps, signing_rows
from tests.plans.impact_steps import REVIEW

__all__ = ["built_world", "world"]

LEAD, CHAIR, OFFICE, MEMBER, FAMILIES = (
    Role.WORKSTREAM_LEAD,
    Role.JOINT_CHAIR,
    Role.PROGRAMME_OFFICE,
    Role.BOARD_MEMBER,
    Role.PARENT_CARER_REPRESENTATIVE,
)
SECRET = "Only four of nine schools answered."


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield


def address(world, name, *args) -> str:
    return reverse(f"plans:{name}", args=[world.plan.slug, *args])


def words_of(page) -> str:
    text = re.sub(r"<(script|style|svg).*?</\1>", " ", page.content.decode(), flags=re.DOTALL)
    return html.unescape(" ".join(re.sub(r"<[^>]*>", " ", text).split()))


class TestReviews:
    @pytest.fixture
    def review(self, world):
        return impact_steps.make_review(world)

    def test_proposing_one_leads_to_its_rating(self, world, as_role, review):
        page = as_role(LEAD).get(address(world, "milestone-propose", REVIEW))
        rating = address(world, "impact-rate", "PA1.1") + f"?review={REVIEW}"
        assert (page.status_code, page.headers["Location"]) == (302, rating)
        form = as_role(LEAD).get(rating)
        assert form.context["form"]["review"].value() == REVIEW

    def test_signing_one_leads_to_the_rating_that_waits(self, world, as_role, review):
        chair = as_role(CHAIR)
        sign = address(world, "milestone-sign-off", REVIEW)
        assert chair.get(sign).headers["Location"] == address(world, "action-impact", "PA1.1")
        impact_steps.propose(world, review=review)
        decide = address(world, "impact-decide", "PA1.1", 1)
        assert chair.get(sign).headers["Location"] == decide
        assert REVIEW in words_of(chair.get(decide))

    def test_taking_one_back_leads_to_taking_the_rating_back(self, world, as_role, review):
        impact_steps.propose(world, review=review)
        page = as_role(LEAD).get(address(world, "milestone-take-back", REVIEW))
        assert page.headers["Location"] == address(world, "impact-take-back", "PA1.1", 1)

    @pytest.mark.parametrize(
        ("name", "role", "sent"),
        [
            ("milestone-propose", LEAD, {"words": "Done.", "base_version": 0}),
            (
                "milestone-sign-off",
                CHAIR,
                {
                    "decision": "sign",
                    "fingerprint": "0" * 64,
                    "confirmed": "on",
                    "base_version": 0,
                },
            ),
        ],
    )
    def test_it_is_refused_with_a_sentence(self, world, as_role, review, *, name, role, sent):
        page = as_role(role).post(address(world, name, REVIEW), sent)
        assert page.status_code == 200
        assert "completed by rating the impact of PA1.1" in words_of(page)
        assert world.milestone(REVIEW).stage == "not_started"

    def test_its_page_offers_the_rating_instead_of_the_milestones_acts(
        self, world, as_role, review
    ):
        page = as_role(LEAD).get(address(world, "milestone-detail", REVIEW))
        assert "Rate the impact of PA1.1" in words_of(page)
        assert not page.context["can_propose"]
        impact_steps.propose(world, review=review)
        shown = as_role(CHAIR).get(address(world, "milestone-detail", REVIEW))
        assert "Confirm or return the rating" in words_of(shown)
        assert not shown.context["can_sign"]

    def test_an_ordinary_milestone_is_proposed_as_before(self, world, as_role):
        page = as_role(LEAD).get(address(world, "milestone-propose", "PA1.1-1"))
        assert page.status_code == 200


class TestRatings:
    PAGES = ("impact-list", "action-impact", "action-detail", "plan-detail")

    def get(self, client, world, name, query=""):
        args = ["PA1.1"] if name.startswith("action") else []
        return client.get(address(world, name, *args) + query)

    @pytest.mark.parametrize("name", PAGES)
    def test_families_find_no_trace_of_one_that_waits(self, world, as_role, name):
        before = words_of(self.get(as_role(FAMILIES), world, name))
        impact_rows.rating(world, words=SECRET)
        assert words_of(self.get(as_role(FAMILIES), world, name)) == before
        assert as_role(FAMILIES).get(address(world, "impact-decide", "PA1.1", 1)).status_code == 404

    @pytest.mark.parametrize("name", ["action-impact", "action-detail", "impact-list"])
    def test_boards_see_it_as_proposed(self, world, as_role, name):
        impact_rows.rating(world, words=SECRET)
        found = words_of(self.get(as_role(MEMBER), world, name))
        assert "roposed" in found or "Waits for a joint chair" in found

    @pytest.mark.parametrize("name", PAGES)
    def test_families_read_the_level_and_not_the_words(self, world, as_role, name):
        impact_rows.decision(world, impact_rows.rating(world, words=SECRET))
        found = words_of(self.get(as_role(FAMILIES), world, name))
        assert "No evidence of a difference" in found
        assert SECRET not in found

    @pytest.mark.parametrize(("day", "level"), [("2024-08-06", None), ("2024-08-08", 1)])
    def test_a_past_day_shows_what_stood_then(self, world, as_role, day, level):
        rating = impact_rows.rating(world, at=noon(dt.date(2024, 8, 5)))
        impact_rows.decision(world, rating, at=noon(dt.date(2024, 8, 7)))
        page = self.get(as_role(MEMBER), world, "action-detail", f"?as_at={day}")
        assert page.context["impact"].level == level
        listed = self.get(as_role(MEMBER), world, "impact-list", f"?as_at={day}")
        entry = next(e for e in listed.context["entries"] if e["action"].key == "PA1.1")
        assert entry["impact"].level == level

    def test_evidence_is_shown_to_families_only_where_it_is_shared(self, world, as_role):
        rating = impact_rows.rating(world, level=3)
        for title, shared in (("Open survey", True), ("Closed audit", False)):
            piece = signing_rows.evidence(
                world, milestone=None, title=title, kind="survey", is_shareable=shared
            )
            rating.rests_on.model.add(rating=rating, evidence=piece)
        impact_rows.decision(world, rating)
        page = address(world, "action-impact", "PA1.1")
        assert "Open survey" in words_of(as_role(FAMILIES).get(page))
        assert "Closed audit" not in words_of(as_role(FAMILIES).get(page))
        assert "Closed audit" in words_of(as_role(MEMBER).get(page))

    def test_who_proposed_it_is_told_why_they_cannot_decide(self, world, as_role):
        impact_rows.rating(world, by=world.people[CHAIR])
        page = as_role(CHAIR).get(address(world, "impact-decide", "PA1.1", 1))
        assert page.status_code == 200
        assert "Nobody decides on their own work" in words_of(page)


class TestComesAgain:
    @pytest.fixture
    def row(self, world):
        return impact_rows.commitment(world, milestone=world.milestones["PA1.1-1"])

    def test_before_it_is_confirmed_nothing_is_owed(self, world, as_role, row):
        found = words_of(as_role(MEMBER).get(address(world, "commitment-detail", row.key)))
        assert "“We will meet monthly.”" in found
        assert "Missed" not in found

    def test_its_milestone_says_that_it_recurs(self, world, as_role, row):
        page = address(world, "milestone-detail", "PA1.1-1")
        assert "has not confirmed the rule yet" in words_of(as_role(MEMBER).get(page))
        impact_rows.rule(world, row)
        assert "Every month" in words_of(as_role(MEMBER).get(page))

    def test_the_form_starts_with_what_the_plan_says_and_no_more(self, world, as_role, row):
        form = as_role(OFFICE).get(address(world, "commitment-confirm", row.key)).context["form"]
        assert form["frequency"].value() == "monthly"
        nothing = TypedDate(day="", month="", year="")
        assert (form["first_on"].value(), form["ends_on"].value()) == (nothing, nothing)

    def test_silence_is_missed_and_a_note_is_for_officers(self, world, as_role, row):
        impact_rows.rule(world, row)
        impact_rows.record(world, row, note=SECRET)
        page = address(world, "commitment-detail", row.key)
        office, families = (
            words_of(as_role(OFFICE).get(page)),
            words_of(as_role(FAMILIES).get(page)),
        )
        assert "Missed: nothing was recorded" in office
        assert "Missed: nothing was recorded" in families
        assert SECRET in office
        assert SECRET not in families

    def test_an_occurrence_that_is_not_owed_is_not_there(self, world, as_role, row):
        impact_rows.rule(world, row)
        for day in ("2024-05-01", "2024-06-02", "someday"):
            page = address(world, "occurrence-record", row.key, day)
            assert as_role(LEAD).get(page).status_code == 404

    def test_an_ended_one_says_why(self, world, as_role, row):
        impact_rows.rule(world, row)
        impact_rows.rule(
            world,
            row,
            2,
            act="ended",
            frequency="",
            first_on=None,
            owner=None,
            words="The teams were merged.",
        )
        page = address(world, "commitment-detail", row.key)
        assert "Ended" in words_of(as_role(MEMBER).get(page))
