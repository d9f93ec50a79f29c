"""Promises that come again, in a plan file: as rows and back, corrected only with a reason."""

import datetime as dt

import pytest

from hertsend.accounts.models import User
from hertsend.errors import RuleBroken
from plans.models import CommitmentDecision, Judgement, RecurringCommitment
from plans.planfile.commitments import commitment_part, commitment_rows
from plans.planfile.rows import Kind
from plans.planfile.stored import document_in_database
from plans.services import importing
from tests.factories.world import at
from tests.plans.planfile.documents import small

DAY = dt.date(2024, 9, 3)
REVIEW_WEEK = 1


def take(document, *, correction=""):
    """Import as the system does."""
    with at(DAY):
        return importing.import_plan(
            document=document, by=User.objects.system(), correction=correction
        )


def changed(**values):
    """The small document with another week of reviews."""
    document = small()
    document["commitments"][REVIEW_WEEK].update(values)
    return document


def test_a_commitment_belongs_to_where_it_stands():
    rows = commitment_rows(small())
    assert [(row["action"], row["milestone"]) for row in rows.values()] == [
        ("PA1.1", None),
        ("PA1.1", "PA1.1-2"),
    ]
    of_part = commitment_rows(changed(source="plan.monitoring"))["review-week"]
    assert (of_part["action"], of_part["milestone"]) == (None, None)


def test_rows_give_the_entries_back():
    document = changed(note="The plan names the month only.")
    rows = commitment_rows(document)
    assert [commitment_part(*row) for row in rows.items()] == document["commitments"]


def test_a_plan_file_without_them_is_read():
    document = small()
    del document["commitments"]
    assert commitment_rows(document) == {}


@pytest.mark.django_db
class TestImporting:
    @pytest.fixture(autouse=True)
    def _stored(self, db):
        take(small())

    def row(self) -> RecurringCommitment:
        return RecurringCommitment.objects.get(key="review-week")

    def test_they_are_taken_over_as_proposed(self):
        row = self.row()
        assert (row.state, row.version, row.title, row.owner.key) == (
            *("proposed", 0),
            *("Week of reviews", "director"),
        )
        assert (row.stated_frequency, row.stated_months, row.stated_from, row.stated_to) == (
            *("yearly", [9]),
            *(dt.date(2024, 9, 1), dt.date(2026, 9, 30)),
        )
        assert (row.action.key, row.milestone.key) == ("PA1.1", "PA1.1-2")
        assert row.history.get().history_change_reason == "Imported from the plan file"
        assert not CommitmentDecision.objects.exists()

    def test_they_are_given_out_again(self):
        assert document_in_database(self.row().plan) == small()

    def test_what_could_be_doubted_is_a_judgement(self):
        take(changed(note="The plan names the month only."))
        found = Judgement.objects.get(origin="commitments.review-week")
        assert (found.place, found.text) == (
            "PA1.1-2: Week of reviews",
            "The plan names the month only.",
        )

    def test_again_it_changes_nothing(self):
        assert take(small()).is_empty

    @pytest.mark.parametrize(
        "values",
        [
            {"quote": "Review progress each year."},
            {"source": "PA1.1"},
            {"rule": {"text": "every month", "frequency": "monthly"}},
        ],
    )
    def test_published_words_are_corrected_with_a_reason_only(self, values):
        with pytest.raises(RuleBroken, match="review-week"):
            take(changed(**values))
        take(changed(**values), correction="Misread.")
        assert self.row().history.latest().history_change_reason.startswith("Correction: Misread.")

    def test_our_own_words_need_none(self):
        assert [change.key for change in take(changed(title="Reviews")).changed] == ["review-week"]
        assert self.row().title == "Reviews"

    def test_what_the_office_confirmed_stays(self):
        row = self.row()
        row.state, row.version = "confirmed", 1
        row.save()
        take(changed(note="The plan names no day."))
        row.refresh_from_db()
        assert (row.state, row.version) == ("confirmed", 1)

    def test_one_that_the_file_has_no_more_is_named_and_kept(self):
        document = small()
        del document["commitments"][REVIEW_WEEK]
        assert (Kind.COMMITMENT, "review-week") in take(document).missing
        assert self.row().plan.commitments.count() == 2
