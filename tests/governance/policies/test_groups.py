"""What a group needs, in the words of the plan."""

import datetime as dt

import pytest

from governance.policies import groups as rules
from governance.policies.groups import Seat
from hertsend.errors import RuleBroken

TODAY = dt.date(2024, 9, 3)
NO_TERMS = "It has no terms of reference. Add them once they are approved."
OVERDUE = (
    "Its terms of reference were to be reviewed by 2 September 2024. Review them and add the "
    "approved version."
)


def gaps(**changed):
    facts = {
        "tier": "oversight",
        "workstreams": (),
        "seats": (),
        "terms_review_on": None,
        "has_terms": False,
        "on": TODAY,
    }
    return rules.gaps_of(**(facts | changed))


def chairs(*sectors):
    return [Seat(capacity="joint_chair", sector=sector) for sector in sectors]


def no_parent_carer(key):
    return (
        f"Workstream {key} has no parent carer representative. Ask the parent carer forum for one."
    )


class TestTermsOfReference:
    @pytest.mark.parametrize("tier", ["executive", "workstream"])
    def test_executives_and_workstream_groups_need_them(self, tier):
        assert gaps(tier=tier) == (NO_TERMS,)

    @pytest.mark.parametrize("tier", ["oversight", "advisory"])
    def test_others_do_not(self, tier):
        assert gaps(tier=tier) == ()

    @pytest.mark.parametrize(
        ("review_on", "missing"),
        [(dt.date(2024, 9, 2), (OVERDUE,)), (TODAY, ()), (dt.date(2024, 9, 4), ())],
    )
    def test_they_are_reviewed_in_time(self, review_on, missing):
        assert gaps(tier="executive", has_terms=True, terms_review_on=review_on) == missing


class TestJointChairs:
    def test_a_board_is_chaired_by_all_three_sectors(self):
        seats = chairs("health", "education", "social_care")
        assert gaps(tier="board", has_terms=True, seats=seats) == ()

    def test_each_that_is_missing_is_named(self):
        seats = [*chairs("education"), Seat(capacity="member", sector="health")]
        assert gaps(tier="board", has_terms=True, seats=seats) == (
            "No joint chair sits for health.",
            "No joint chair sits for social care.",
        )

    def test_an_executive_has_another_rule(self):
        assert gaps(tier="executive", has_terms=True) == ()


class TestParentCarers:
    def test_each_workstream_needs_one(self):
        seat = Seat(
            capacity="parent_carer_representative",
            sector="families",
            workstreams=frozenset({"AI2"}),
        )
        found = gaps(tier="workstream", workstreams=("AI2", "AI3"), seats=[seat], has_terms=True)
        assert found == (no_parent_carer("AI3"),)

    def test_one_who_sits_for_all_is_enough(self):
        seat = Seat(capacity="parent_carer_representative", sector="families")
        streams = ("AI2", "AI3")
        assert gaps(tier="workstream", workstreams=streams, seats=[seat], has_terms=True) == ()

    def test_a_member_for_families_is_not_one(self):
        seat = Seat(capacity="member", sector="families")
        found = gaps(tier="workstream", workstreams=("AI2",), seats=[seat], has_terms=True)
        assert found == (no_parent_carer("AI2"),)


class TestReporting:
    @pytest.mark.parametrize(
        "above",
        [
            {"a": ["b"], "b": []},
            {"a": ["b", "c"], "b": ["c"], "c": []},
            {"a": ["elsewhere"]},
        ],
    )
    def test_a_chain_that_ends_is_taken(self, above):
        rules.check_reporting(own_key="a", above=above)

    @pytest.mark.parametrize(
        "above", [{"a": ["a"]}, {"a": ["b"], "b": ["a"]}, {"a": ["b"], "b": ["c"], "c": ["a"]}]
    )
    def test_a_circle_is_refused(self, above):
        with pytest.raises(RuleBroken) as refused:
            rules.check_reporting(own_key="a", above=above)
        assert refused.value.errors == {"reports_to": ["A group cannot report to itself."]}

    def test_a_circle_of_others_ends(self):
        rules.check_reporting(own_key="a", above={"a": ["b"], "b": ["c"], "c": ["b"]})


SITTING = {
    "has_person": True,
    "name": "",
    "organisation": "County council",
    "capacity": "member",
    "sector": "education",
    "starts_on": TODAY,
    "ends_on": None,
}


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"has_person": False, "name": "A. Guest"},
        {"ends_on": TODAY},
        {"capacity": "parent_carer_representative", "sector": "families"},
    ],
)
def test_a_membership_is_taken(changed):
    rules.check_membership(**(SITTING | changed))


@pytest.mark.parametrize(
    ("changed", "errors"),
    [
        (
            {"name": "A. Guest"},
            {"person": ["Select a person, or enter the name of somebody without an account."]},
        ),
        (
            {"has_person": False, "organisation": " "},
            {
                "person": ["Select a person, or enter the name of somebody without an account."],
                "organisation": ["Enter the organisation that they sit for."],
            },
        ),
        (
            {"capacity": "parent_carer_representative"},
            {"sector": ["A parent carer representative sits for families."]},
        ),
        (
            {"ends_on": dt.date(2024, 9, 2)},
            {"ends_on": ["The last day must not be before the first day."]},
        ),
    ],
)
def test_a_membership_is_refused(changed, errors):
    with pytest.raises(RuleBroken) as refused:
        rules.check_membership(**(SITTING | changed))
    assert refused.value.errors == errors


AGREED = {
    "title": "Terms",
    "has_link": True,
    "has_file": False,
    "approved_on": TODAY,
    "review_on": dt.date(2025, 9, 3),
    "on": TODAY,
}


@pytest.mark.parametrize("changed", [{}, {"has_link": False, "has_file": True}])
def test_terms_are_taken(changed):
    rules.check_terms(**(AGREED | changed))


@pytest.mark.parametrize(
    ("changed", "errors"),
    [
        ({"title": " "}, {"title": ["Enter what the document is called."]}),
        ({"has_link": False}, {"link": ["Give a link or a file, not both."]}),
        ({"has_file": True}, {"link": ["Give a link or a file, not both."]}),
        (
            {"approved_on": dt.date(2024, 9, 4)},
            {"approved_on": ["The day of approval must be today or before."]},
        ),
        ({"review_on": TODAY}, {"review_on": ["The review must come after the approval."]}),
    ],
)
def test_terms_are_refused(changed, errors):
    with pytest.raises(RuleBroken) as refused:
        rules.check_terms(**(AGREED | changed))
    assert refused.value.errors == errors
