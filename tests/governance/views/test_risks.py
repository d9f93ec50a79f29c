"""The register: matrix, filters, CSV; one risk; the forms; nothing of a restricted risk for others."""

import csv
import io
import re

import pytest
from django.urls import reverse

from governance.models import Mitigation, Risk, RiskBands
from governance.policies.risks import Score
from hertsend.accounts.roles import Role
from tests.factories.world import TODAY, at
from tests.governance.risks import IN_A_MONTH, WORDS, mitigated, raised, restricted, reviewed
from tests.journeys.office import browser_of, words_of

DUE = {"due_on_day": "3", "due_on_month": "10", "due_on_year": "2024"}


def address(world, name, *rest):
    return reverse(f"governance:{name}", args=[world.plan.slug, *rest])


def get(person, where):
    with at(TODAY):
        return browser_of(person).get(where)


def post(person, where, /, **data):
    with at(TODAY):
        return browser_of(person).post(where, data, follow=True)


def office(world):
    return world.people[Role.PROGRAMME_OFFICE]


def lead(world):
    return world.people[Role.WORKSTREAM_LEAD]


@pytest.fixture
def register(world):
    """Three risks, one of them restricted."""
    high = raised(world, current=Score(4, 5), event="Waits grow")
    raised(world, "AI1", current=Score(2, 2), event="Training is cancelled")
    restricted(world, current=Score(4, 5), event="A provider may fail")
    return high


def listed(person, world, query=""):
    words = words_of(get(person, address(world, "risk-list") + query))
    return [name for name in ("Waits", "Training", "provider") if name in words]


class TestTheRegister:
    def test_the_worst_first_with_the_matrix_and_its_table(self, world, register):
        page = get(office(world), address(world, "risk-list"))
        words = words_of(page)
        assert "3 risks in this list" in words
        assert words.index("Waits grow") < words.index("Training is cancelled")
        assert "2 risks of score 20, Extreme" in words
        body = page.content.decode()
        assert "<title>2 risks: Likely, Catastrophic, Extreme</title>" in body
        assert body.count("<svg ") == 2

    def test_others_find_nothing_of_a_restricted_risk_in_no_count_and_no_cell(
        self, world, register
    ):
        member = world.people[Role.BOARD_MEMBER]
        page = get(member, address(world, "risk-list"))
        assert "2 risks in this list" in words_of(page)
        assert "1 risk of score 20, Extreme" in words_of(page)
        assert "Restricted" not in page.content.decode()
        assert listed(member, world, "?q=may+fail") == []
        assert listed(office(world), world, "?q=may+fail") == ["provider"]
        for name in ("risk-detail", "risk-review", "risk-move", "mitigation-add"):
            assert get(member, address(world, name, "X1")).status_code == 404
        assert "provider" not in get(member, address(world, "risk-export")).content.decode()

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("?likelihood=4&impact=5", ["Waits", "provider"]),
            ("?likelihood=1&impact=1", []),
            ("?workstream=PA1", ["Waits"]),
            ("?workstream=nonsense", ["Waits", "Training", "provider"]),
            ("?band=Moderate", ["Training"]),
            ("?level=board", []),
            ("?review=reviewed", ["Waits", "Training", "provider"]),
            ("?review=unreviewed", []),
            ("?owner=me", []),
            ("?state=closed", []),
            ("?score=target&band=Moderate", ["Waits", "Training", "provider"]),
            ("?q=two+posts", ["Waits", "Training", "provider"]),
        ],
    )
    def test_filters_must_all_hold(self, world, register, query, found):
        assert listed(office(world), world, query) == found

    def test_a_cell_keeps_the_other_filters_and_can_be_taken_away(self, world, register):
        page = get(office(world), address(world, "risk-list") + "?workstream=PA1&page=9")
        (cell,) = set(re.findall(r'href="([^"]*likelihood=4[^"]*)"', page.content.decode()))
        assert cell.replace("&amp;", "&").endswith("?workstream=PA1&likelihood=4&impact=5")
        chosen = words_of(get(office(world), cell.replace("&amp;", "&")))
        assert "Remove this filter: Likelihood 4, impact 5" in chosen

    def test_where_nothing_matches_or_nothing_is_there_it_says_what_comes_next(self, world):
        assert "There is no risk here yet." in words_of(
            get(office(world), address(world, "risk-list"))
        )
        raised(world)
        assert "No risk matches." in words_of(
            get(office(world), address(world, "risk-list") + "?q=nothing")
        )

    def test_the_file_has_the_same_rows_and_no_formula(self, world, register):
        raised(world, event="=1+1")
        page = get(office(world), address(world, "risk-export") + "?workstream=PA1")
        rows = list(csv.DictReader(io.StringIO(page.content.decode("utf-8-sig"))))
        assert [row["Event"] for row in rows] == ["Waits grow", "'=1+1"]
        assert [rows[0][name] for name in ("Number", "Current score", "Band", "Trend")] == [
            "R1",
            "20",
            "Extreme",
            "New",
        ]

    def test_families_are_told_that_it_is_not_for_them(self, world, register):
        families = world.people[Role.PARENT_CARER_REPRESENTATIVE]
        for where in (
            address(world, "risk-list"),
            address(world, "risk-detail", "R1"),
            address(world, "risk-detail", "X1"),
            address(world, "risk-detail", "R9"),
        ):
            assert get(families, where).status_code == 403


class TestOneRisk:
    def test_all_of_it_and_what_may_be_done(self, world, register):
        mitigated(register, by=lead(world))
        reviewed(register, by=lead(world), score=Score(2, 5), words="Both posts are filled.")
        page = get(lead(world), register.get_absolute_url())
        words = words_of(page)
        for expected in ("Two posts are vacant.", "Both posts are filled.", "Falling"):
            assert expected in words
        for name in ("risk-review", "risk-move", "risk-change", "risk-close", "mitigation-add"):
            assert address(world, name, "R1") in page.content.decode()

    def test_who_only_reads_it_is_offered_nothing(self, world, register):
        page = get(world.people[Role.ADVISER], register.get_absolute_url()).content.decode()
        for name in ("risk-review", "risk-move", "risk-change", "risk-close", "mitigation-add"):
            assert address(world, name, "R1") not in page

    def test_another_partnership_finds_nothing(self, world, register):
        foreign = world.foreign.people[Role.PROGRAMME_OFFICE]
        for where in (register.get_absolute_url(), address(world, "risk-list")):
            assert get(foreign, where).status_code == 404


def typed(world, **changed):
    scores = {"current_likelihood": 3, "current_impact": 4}
    stream = {"workstream": world.workstreams["PA1"].pk}
    return WORDS | scores | stream | {"owner": lead(world).pk} | changed


class TestForms:
    def test_a_lead_raises_a_risk(self, world):
        page = post(lead(world), address(world, "risk-add"), **typed(world))
        assert "R1 is in the register." in words_of(page)
        assert Risk.objects.get().owner == lead(world)

    def test_what_was_typed_stays_beside_what_is_wrong(self, world):
        page = post(
            lead(world),
            address(world, "risk-add"),
            **typed(
                world,
                target_likelihood=5,
                target_impact=5,
                seen_by="executive_chair",
                cause="Typed words",
            ),
        )
        words = words_of(page)
        assert "The target must not be higher than the inherent score." in words
        assert "Typed words" in page.content.decode()
        assert not Risk.objects.exists()

    def test_a_restricted_one_needs_an_owner_who_sees_it(self, world):
        where = address(world, "risk-add")
        page = post(office(world), where, **typed(world, seen_by="programme_office"))
        assert "Select an owner whose role is among those who see it." in words_of(page)

    def test_it_is_changed_reviewed_moved_and_closed(self, world):
        risk = raised(world)
        sent = [
            ("risk-change", typed(world, event="Anew", reason="Read again.", base_version=1)),
            (
                "risk-review",
                {"likelihood": 4, "impact": 4, "words": "Worse.", "base_version": 2},
            ),
            ("risk-move", {"to_level": "board", "reason": "Beyond us.", "base_version": 3}),
            ("risk-close", {"reason": "Over.", "base_version": 4}),
        ]
        for name, data in sent:
            page = post(lead(world), address(world, name, "R1"), **data)
            assert page.redirect_chain, words_of(page)
        risk.refresh_from_db()
        assert (risk.event, risk.level, risk.state, risk.version) == (
            "Anew",
            "board",
            "closed",
            5,
        )

    def test_who_was_overtaken_keeps_what_they_typed(self, world):
        reviewed(raised(world), by=lead(world))
        page = post(
            lead(world),
            address(world, "risk-review", "R1"),
            likelihood=4,
            impact=4,
            words="My own words.",
            base_version=1,
        )
        assert page.status_code == 409
        assert "My own words." in page.content.decode()
        assert 'name="base_version" value="2"' in page.content.decode()

    def test_the_form_of_a_change_starts_with_what_is_stored(self, world):
        raised(world, actions=[world.actions["PA1.1"]])
        page = get(lead(world), address(world, "risk-change", "R1")).content.decode()
        assert WORDS["event"] in page
        assert re.search(rf'value="{world.actions["PA1.1"].pk}"[^>]*checked', page)

    def test_a_mitigation_is_added_changed_and_done(self, world):
        raised(world)
        mine = {"owner": lead(world).pk}
        post(lead(world), address(world, "mitigation-add", "R1"), text="Fill posts.", **mine, **DUE)
        row = Mitigation.objects.get()
        assert row.due_on == IN_A_MONTH
        later = DUE | {"due_on_day": "4", "reason": "Later.", "base_version": 1}
        post(lead(world), address(world, "mitigation-change", "R1", 1), **mine, **later)
        done = {"becomes": "done", "words": "Filled.", "base_version": 2}
        page = post(lead(world), address(world, "mitigation-end", "R1", 1), **done)
        assert "The mitigation is done." in words_of(page)
        row.refresh_from_db()
        assert (row.state, row.due_on.day) == ("done", 4)

    def test_bands_are_set_and_shown(self, world):
        raised(world)
        data = {
            "from_on_day": 3,
            "from_on_month": 9,
            "from_on_year": 2024,
            "first_name": "Green",
            "second_name": "Amber",
            "second_from": 5,
            "third_name": "Red",
            "third_from": 12,
            "reason": "As the council.",
            "base_number": 0,
        }
        wrong = post(office(world), address(world, "risk-bands"), **data | {"third_from": 2})
        assert "The third band must start after the second" in words_of(wrong)
        words = words_of(post(office(world), address(world, "risk-bands"), **data))
        assert "The bands are set from 3 September 2024 on." in words
        assert "Red, 12 to 25" in words
        assert RiskBands.objects.get().reason == "As the council."
