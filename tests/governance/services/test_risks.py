"""Risks are raised, changed, reviewed, moved and closed by those who may, and stay on record."""

import pytest

from governance.enums import RiskLevel
from governance.models import Mitigation, Risk, RiskBands, RiskReview
from governance.permissions import risks as permissions
from governance.policies.risks import BandWords, Score
from governance.selectors import risks as reads
from governance.services import mitigations, risk_bands, risks
from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from tests.factories.measures import measure
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at
from tests.governance.risks import (
    RESTRICTED,
    mitigated,
    moved,
    raised,
    restricted,
    reviewed,
    words,
)

__all__ = ["built_world", "world"]


def office(world):
    return world.people[Role.PROGRAMME_OFFICE]


def lead(world):
    return world.people[Role.WORKSTREAM_LEAD]


def keys(person):
    with at(TODAY):
        return sorted(permissions.visible_risks(person).values_list("key", flat=True))


class TestRaising:
    def test_all_of_it_is_kept_with_the_first_score(self, world):
        indicator = measure(world, "waits")
        risk = raised(
            world,
            by=lead(world),
            actions=[world.actions["PA1.1"]],
            indicators=[indicator],
        )
        assert (risk.key, risk.level, risk.event) == ("R1", "workstream", words().event)
        assert risk.links == f"PA1.1; {indicator.name}"
        review = risk.reviews.get()
        assert (review.number, review.period, review.likelihood, review.impact) == (
            1,
            world.period(),
            3,
            4,
        )
        entry = risk.history.latest("history_id")
        assert (entry.history_user, entry.history_change_reason) == (
            lead(world),
            f"Raised. Owner: {lead(world)}",
        )

    def test_of_the_whole_partnership_it_starts_with_the_board(self, world):
        assert raised(world, "").level == RiskLevel.BOARD

    def test_a_lead_raises_in_the_own_workstream_alone(self, world):
        for stream in ("AI1", ""):
            with pytest.raises(NotAllowed):
                raised(world, stream, by=lead(world))
        for role in set(Role) - {Role.PROGRAMME_OFFICE, Role.WORKSTREAM_LEAD}:
            with pytest.raises(NotAllowed):
                raised(world, by=world.people[role])
        assert not Risk.objects.exists()

    @pytest.mark.parametrize("role", [Role.ADVISER, Role.PARENT_CARER_REPRESENTATIVE])
    def test_who_may_not_own_is_not_named(self, world, role):
        with pytest.raises(RuleBroken) as caught:
            raised(world, owner=world.people[role])
        assert list(caught.value.errors) == ["owner"]

    def test_links_lead_into_the_same_plan(self, world):
        with pytest.raises(RuleBroken, match="of this plan"):
            raised(world, actions=[world.foreign.actions["PA1.1"]])

    def test_the_same_press_twice_is_once(self, world):
        one, two = (raised(world, submission_key="k") for _ in range(2))
        assert one == two
        assert RiskReview.objects.count() == 1
        with pytest.raises(Conflict):
            raised(world, submission_key="k", event="Something else")


class TestRestriction:
    def test_only_the_roles_that_it_names_find_it(self, world):
        raised(world)
        risk = restricted(world)
        assert risk.key == "X1"
        for role, person in world.people.items():
            sees = {Role.PARENT_CARER_REPRESENTATIVE: []}.get(role, ["R1"])
            assert keys(person) == [*sees, *(["X1"] if role in RESTRICTED else [])]
        assert keys(world.foreign.people[Role.PROGRAMME_OFFICE]) == []

    def test_numbers_of_others_tell_nothing_of_it(self, world):
        assert [raised(world).key, restricted(world).key, raised(world).key] == ["R1", "X1", "R2"]

    def test_of_leads_only_that_of_its_workstream_finds_it(self, world):
        named = [Role.PROGRAMME_OFFICE, Role.WORKSTREAM_LEAD]
        restricted(world, "AI1", seen_by=named, owner=world.other_lead)
        assert keys(world.other_lead) == ["X1"]
        assert keys(lead(world)) == []

    def test_its_owner_sees_it_and_so_does_who_writes(self, world):
        with pytest.raises(RuleBroken) as caught:
            restricted(world, owner=world.people[Role.BOARD_MEMBER])
        assert list(caught.value.errors) == ["owner"]
        with pytest.raises(RuleBroken) as caught:
            restricted(world, seen_by=[Role.EXECUTIVE_CHAIR])
        assert list(caught.value.errors) == ["seen_by"]

    def test_advisers_and_families_cannot_be_named(self, world):
        for role in (Role.ADVISER, Role.PARENT_CARER_REPRESENTATIVE, Role.ADMINISTRATOR):
            with pytest.raises(RuleBroken):
                restricted(world, seen_by=[*RESTRICTED, role])

    def test_who_does_not_see_it_does_nothing_with_it(self, world):
        risk = restricted(world, "PA1")
        acts = [
            lambda by: reviewed(risk, by=by),
            lambda by: moved(risk, "board", by=by),
            lambda by: mitigated(risk, by=by),
            lambda by: risks.close_risk(risk=risk, reason="So.", base_version=1, by=by),
        ]
        for act in acts:
            with pytest.raises(NotAllowed):
                act(lead(world))


class TestChanging:
    def change(self, world, risk, **changed):
        given = {
            "words": words(event="Something else"),
            "owner": risk.owner,
            "seen_by": [],
            "actions": [],
            "indicators": [],
            "reason": "Read again.",
            "base_version": 1,
            "by": lead(world),
        }
        with at(TODAY):
            return risks.change_risk(risk=risk, **(given | changed))

    def test_it_stays_in_the_history_with_the_reason(self, world):
        risk = self.change(world, raised(world), owner=world.people[Role.BOARD_MEMBER])
        trail = reads.history_of(risk, with_names=True)[0]
        assert trail.sentences == (f"Event changed from “{words().event}” to “Something else”.",)
        assert trail.reason == f"Read again. Owner: {risk.owner}."

    def test_not_without_a_reason_nor_over_another_change(self, world):
        risk = raised(world)
        with pytest.raises(RuleBroken, match="Enter the reason"):
            self.change(world, risk, reason=" ")
        self.change(world, risk)
        with pytest.raises(Conflict):
            self.change(world, risk, words=words())

    def test_its_owner_alone_does_not_change_it(self, world):
        member = world.people[Role.BOARD_MEMBER]
        risk = raised(world, owner=member)
        with pytest.raises(NotAllowed):
            self.change(world, risk, by=member)


class TestReviewing:
    def test_the_owner_scores_it_anew(self, world):
        member = world.people[Role.BOARD_MEMBER]
        risk = raised(world, owner=member)
        review = reviewed(risk, by=member, score=Score(4, 4))
        assert (review.number, review.words, review.by) == (2, "Nothing changed.", member)
        line = reads.risk_lines(Risk.objects.filter(pk=risk.pk), world.plan, on=TODAY)[0]
        assert (line.current.value, line.current.band.name, line.trend) == (16, "Extreme", "rising")

    def test_others_do_not(self, world):
        risk = raised(world)
        for person in (world.other_lead, world.people[Role.JOINT_CHAIR]):
            with pytest.raises(NotAllowed):
                reviewed(risk, by=person)

    def test_the_second_of_two_is_told(self, world):
        risk = raised(world)
        reviewed(risk, by=lead(world))
        with at(TODAY), pytest.raises(Conflict):
            risks.review_risk(
                risk=risk, score=Score(1, 1), words="So.", base_version=1, by=office(world)
            )


class TestMoving:
    def test_up_to_the_executive_and_back_with_reasons(self, world):
        risk = raised(world)
        steps = [
            ("board", lead(world)),
            ("executive", world.people[Role.JOINT_CHAIR]),
            ("board", world.people[Role.EXECUTIVE_CHAIR]),
            ("workstream", world.people[Role.JOINT_CHAIR]),
        ]
        for level, person in steps:
            assert moved(risk, level, by=person).level == level
        assert [(row.number, row.to_level, row.reason) for row in reads.moves_of(risk)] == [
            (4, "workstream", "Beyond us."),
            (3, "board", "Beyond us."),
            (2, "executive", "Beyond us."),
            (1, "board", "Beyond us."),
        ]

    def test_each_level_is_left_by_its_own_people(self, world):
        risk = raised(world)
        with pytest.raises(NotAllowed):
            moved(risk, "board", by=world.people[Role.JOINT_CHAIR])
        moved(risk, "board", by=lead(world))
        for role in (Role.WORKSTREAM_LEAD, Role.EXECUTIVE_CHAIR):
            with pytest.raises(NotAllowed):
                moved(risk, "executive", by=world.people[role])
        moved(risk, "executive", by=office(world))
        with pytest.raises(NotAllowed):
            moved(risk, "board", by=world.people[Role.JOINT_CHAIR])


class TestClosing:
    def test_with_a_reason_and_then_nothing_more(self, world):
        risk = raised(world)
        with at(TODAY):
            with pytest.raises(RuleBroken, match="Enter why"):
                risks.close_risk(risk=risk, reason=" ", base_version=1, by=lead(world))
            closed = risks.close_risk(
                risk=risk, reason="It is over.", base_version=1, by=lead(world)
            )
        assert (closed.state, closed.closed_reason) == ("closed", "It is over.")
        for act in (
            lambda: reviewed(risk, by=lead(world)),
            lambda: mitigated(risk, by=lead(world)),
            lambda: moved(risk, "board", by=lead(world)),
        ):
            with pytest.raises(RuleBroken, match="closed"):
                act()


class TestMitigations:
    def end(self, row, by, version=1):
        with at(TODAY):
            return mitigations.end_mitigation(
                mitigation=row, becomes="done", words="Filled.", base_version=version, by=by
            )

    def test_its_owner_says_that_it_is_done(self, world):
        member = world.people[Role.BOARD_MEMBER]
        row = mitigated(raised(world), by=lead(world), owner=member)
        ended = self.end(row, member)
        assert (ended.state, ended.ended_words) == ("done", "Filled.")
        with pytest.raises(RuleBroken, match="ended already"):
            self.end(row, member, version=2)

    def test_others_do_not(self, world):
        row = mitigated(raised(world), by=lead(world))
        with pytest.raises(NotAllowed):
            self.end(row, world.people[Role.BOARD_MEMBER])

    def test_another_date_has_a_reason(self, world):
        row = mitigated(raised(world), by=lead(world))
        given = {"owner": row.owner, "due_on": TODAY, "base_version": 1, "by": lead(world)}
        with at(TODAY):
            with pytest.raises(RuleBroken, match="Enter the reason"):
                mitigations.change_mitigation(mitigation=row, reason="", **given)
            mitigations.change_mitigation(mitigation=row, reason="Sooner.", **given)
            with pytest.raises(Conflict):
                mitigations.change_mitigation(mitigation=row, reason="Later.", **given)
        stored = Mitigation.objects.get()
        assert (stored.due_on, stored.version) == (TODAY, 2)

    def test_its_owner_sees_the_risk(self, world):
        risk = restricted(world)
        with pytest.raises(RuleBroken) as caught:
            mitigated(risk, by=office(world), owner=world.people[Role.BOARD_MEMBER])
        assert list(caught.value.errors) == ["owner"]


class TestBands:
    def set(self, world, number=0, **given):
        bands = BandWords(TODAY, "Green", "Amber", 5, "Red", 12)
        default = {"words": bands, "reason": "As the council.", "by": office(world)}
        with at(TODAY):
            return risk_bands.set_bands(plan=world.plan, base_number=number, **(default | given))

    def test_they_hold_from_their_day_on(self, world):
        self.set(world)
        assert [band.name for band in reads.bands_of(world.plan, on=TODAY).bands] == [
            "Green",
            "Amber",
            "Red",
        ]
        before = reads.bands_of(world.plan, on=TODAY.replace(day=2))
        assert (before.row, before.bands[-1].name) == (None, "Extreme")

    def test_only_the_office_sets_them_and_the_second_of_two_is_told(self, world):
        for role in set(Role) - {Role.PROGRAMME_OFFICE}:
            with pytest.raises(NotAllowed):
                self.set(world, by=world.people[role])
        self.set(world)
        with pytest.raises(Conflict):
            self.set(world, reason="Once more.")
        assert RiskBands.objects.count() == 1
