"""Groups are taken over, placed and ended; people join, and rights follow when they leave."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from governance.models import Group, Membership, TermsOfReference
from governance.selectors import groups as reads
from governance.services import groups
from hertsend.accounts import access
from hertsend.accounts.models import RoleAssignment
from hertsend.accounts.roles import Permission, Role
from hertsend.errors import NotAllowed, RuleBroken
from hertsend.files import store
from tests.factories import models as make
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at
from tests.governance.bodies import joined, kept, name_groups, office

__all__ = ["built_world", "world"]
YESTERDAY = TODAY - dt.timedelta(days=1)
TOMORROW = TODAY + dt.timedelta(days=1)


@pytest.fixture
def bodies(world):
    return kept(world)


def others(world):
    """Everyone who does not keep the groups."""
    return [world.people[role] for role in Role if role != Role.PROGRAMME_OFFICE]


class TestTakingOver:
    def test_the_groups_are_the_plans(self, world, bodies):
        delivery = bodies["delivery"]
        assert [(row.key, row.tier, row.place) for row in world.plan.groups.all()] == [
            ("executive", "executive", "reports to nobody here"),
            ("board", "board", "reports to Executive"),
            ("delivery", "workstream", "reports to Board; delivers PA1, AI1"),
        ]
        assert (delivery.name, delivery.purpose, delivery.is_of_plan) == (
            "Delivery",
            "To deliver.",
            True,
        )
        assert [row.key for row in delivery.workstreams.all()] == ["PA1", "AI1"]
        assert delivery.history.latest("history_id").history_user == office(world)

    def test_again_changes_nothing(self, world, bodies):
        before = Group.history.count()
        assert groups.take_over(plan=world.plan, by=office(world)) == []
        assert (Group.objects.count(), Group.history.count()) == (3, before)

    def test_a_plan_without_groups_has_none(self, world):
        assert groups.take_over(plan=world.plan, by=office(world)) == []

    def test_only_the_programme_office_takes_over(self, world):
        name_groups(world)
        for person in others(world):
            with pytest.raises(NotAllowed):
                groups.take_over(plan=world.plan, by=person)
        assert list(Group.objects.all()) == []


class TestAddingAndPlacing:
    def add(self, world, **changed):
        given = {"name": "Attendance group", "tier": "workstream", "by": office(world)}
        return groups.add_group(plan=world.plan, **(given | changed))

    def test_a_group_is_added_and_placed(self, world, bodies):
        row = self.add(world, reports_to=[bodies["board"]], workstreams=[world.workstreams["AI1"]])
        assert (row.key, row.position, row.is_of_plan, row.place) == (
            "attendance-group",
            4,
            False,
            "reports to Board; delivers AI1",
        )

    def test_not_twice_under_one_name(self, world, bodies):
        self.add(world)
        with pytest.raises(RuleBroken, match="There is a group of that name already"):
            self.add(world, name="Attendance Group")

    def test_a_group_of_another_plan_is_no_place(self, world, bodies):
        foreign = self.add(world.foreign, by=office(world.foreign))
        with pytest.raises(RuleBroken, match="of this plan"):
            groups.place_group(
                group=bodies["board"],
                reports_to=[foreign],
                workstreams=[],
                reason="Moved",
                by=office(world),
            )
        assert [row.key for row in bodies["board"].reports_to.all()] == ["executive"]

    def test_it_cannot_report_to_who_reports_to_it(self, world, bodies):
        with pytest.raises(RuleBroken, match="cannot report to itself"):
            groups.place_group(
                group=bodies["executive"],
                reports_to=[bodies["delivery"]],
                workstreams=[],
                reason="Moved",
                by=office(world),
            )

    def test_another_place_needs_a_reason_and_stays_in_the_history(self, world, bodies):
        given = {"reports_to": [bodies["executive"]], "workstreams": [], "by": office(world)}
        with pytest.raises(RuleBroken, match="Enter the reason"):
            groups.place_group(group=bodies["delivery"], reason=" ", **given)
        groups.place_group(group=bodies["delivery"], reason="Fewer tiers", **given)
        latest = reads.history_of(bodies["delivery"], with_names=True)[0]
        assert latest.sentences == (
            "Place changed from “reports to Board; delivers PA1, AI1” to “reports to Executive”.",
        )
        assert (latest.who, latest.reason) == ("Programme office", "Fewer tiers")


class TestEnding:
    def test_members_leave_with_it(self, world, bodies):
        seat = joined(bodies["delivery"], world.other_lead, by=office(world))
        with at(TODAY):
            groups.end_group(
                group=bodies["delivery"], ends_on=TOMORROW, reason="Merged", by=office(world)
            )
        seat.refresh_from_db()
        assert (seat.ends_on, Group.objects.get(key="delivery").ended_on) == (TOMORROW, TOMORROW)

    @pytest.mark.parametrize(
        ("key", "changed", "sentence"),
        [
            ("delivery", {"reason": " "}, "Enter the reason"),
            ("delivery", {"ends_on": TODAY - dt.timedelta(days=2)}, "must be today or later"),
            ("board", {}, "Other groups report to it"),
        ],
    )
    def test_what_is_refused(self, world, bodies, key, changed, sentence):
        given = {"ends_on": TOMORROW, "reason": "Merged", "by": office(world)} | changed
        with at(TODAY), pytest.raises(RuleBroken, match=sentence):
            groups.end_group(group=bodies[key], **given)
        assert Group.objects.get(key=key).ended_on is None

    def test_nobody_joins_what_has_ended(self, world, bodies):
        with at(TODAY):
            groups.end_group(
                group=bodies["delivery"], ends_on=YESTERDAY, reason="Merged", by=office(world)
            )
        with pytest.raises(RuleBroken, match="has ended"):
            joined(bodies["delivery"], world.other_lead, by=office(world))


class TestJoining:
    def test_it_gives_no_right(self, world, bodies):
        person = world.person(Role.ADVISER)
        joined(bodies["executive"], person, by=office(world), capacity="chair")
        held = access.read(person, on=TODAY)
        assert held.roles_in(world.partnership.pk) == (Role.ADVISER,)
        assert not held.may(Permission.READ_INTERNAL_NOTES, partnership_id=world.partnership.pk)

    def test_somebody_without_an_account(self, world, bodies):
        seat = joined(bodies["board"], None, by=office(world), name=" A. Guest ")
        assert (seat.person, seat.name, str(seat)) == (None, "A. Guest", "A. Guest, member")

    def test_not_twice_on_the_same_days(self, world, bodies):
        joined(bodies["board"], world.other_lead, by=office(world), ends_on=TOMORROW)
        with pytest.raises(RuleBroken, match="sits in the group already"):
            joined(bodies["board"], world.other_lead, by=office(world), on=TOMORROW)
        joined(
            bodies["board"], world.other_lead, by=office(world), on=TOMORROW + (TOMORROW - TODAY)
        )
        assert Membership.objects.count() == 2

    def test_nobody_from_elsewhere(self, world, bodies):
        foreign = world.foreign.people[Role.BOARD_MEMBER]
        with pytest.raises(RuleBroken, match="in this partnership"):
            joined(bodies["board"], foreign, by=office(world))

    def test_only_the_programme_office_notes_it(self, world, bodies):
        for person in others(world):
            with pytest.raises(NotAllowed):
                joined(bodies["board"], world.other_lead, by=person)
        assert list(Membership.objects.all()) == []


class TestLeaving:
    def leave(self, world, seat, **changed):
        given = {"ends_on": YESTERDAY, "reason": "New job", "by": office(world)} | changed
        with at(TODAY):
            return groups.leave(membership=seat, **given)

    def roles(self, person):
        return RoleAssignment.objects.current(TODAY).filter(user=person)

    def test_rights_follow_at_once(self, world, bodies):
        start = TODAY - dt.timedelta(days=30)
        seat = joined(bodies["board"], world.other_lead, by=office(world), on=start)
        assert self.roles(world.other_lead).count() == 1
        self.leave(world, seat, ends_roles=True)
        seat.refresh_from_db()
        assert (seat.ends_on, list(self.roles(world.other_lead))) == (YESTERDAY, [])
        with at(TODAY):
            assert access.read(world.other_lead, on=TODAY).grants == ()

    def test_roles_stay_where_that_is_not_asked_for(self, world, bodies):
        start = TODAY - dt.timedelta(days=30)
        seat = joined(bodies["board"], world.other_lead, by=office(world), on=start)
        self.leave(world, seat)
        assert self.roles(world.other_lead).count() == 1

    def test_a_membership_that_never_counted_is_cancelled(self, world, bodies):
        seat = joined(bodies["board"], world.other_lead, by=office(world))
        left = self.leave(world, seat)
        assert (left.is_cancelled, left.starts_on, left.ends_on) == (True, TODAY, TODAY)
        assert list(Membership.objects.current(TODAY)) == []

    def test_an_administrators_roles_are_an_administrators_matter(self, world, bodies):
        administrator = world.people[Role.ADMINISTRATOR]
        seat = joined(bodies["board"], administrator, by=office(world))
        with pytest.raises(NotAllowed, match="another administrator ends their roles"):
            self.leave(world, seat, ends_roles=True)
        seat.refresh_from_db()
        assert (seat.ends_on, self.roles(administrator).count()) == (None, 1)

    def test_nobody_leaves_with_their_own_roles(self, world, bodies):
        seat = joined(bodies["board"], office(world), by=office(world))
        with pytest.raises(NotAllowed, match="their own roles"):
            self.leave(world, seat, ends_roles=True)

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"reason": ""}, "Enter the reason"),
            ({"ends_on": TODAY - dt.timedelta(days=9)}, "must be today or later"),
        ],
    )
    def test_what_is_refused(self, world, bodies, changed, sentence):
        seat = joined(bodies["board"], world.other_lead, by=office(world))
        with pytest.raises(RuleBroken, match=sentence):
            self.leave(world, seat, **changed)

    def test_not_twice(self, world, bodies):
        start = TODAY - dt.timedelta(days=30)
        seat = joined(bodies["board"], world.other_lead, by=office(world), on=start)
        self.leave(world, seat)
        with pytest.raises(RuleBroken, match="ended already"):
            self.leave(world, seat)

    def test_only_the_programme_office_notes_it(self, world, bodies):
        seat = joined(bodies["board"], world.other_lead, by=office(world))
        for person in others(world):
            with pytest.raises(NotAllowed):
                self.leave(world, seat, by=person)


class TestTerms:
    def add(self, world, bodies, **changed):
        given = {
            "title": "Terms",
            "link": "https://example.org/terms",
            "approved_on": TODAY,
            "review_on": TODAY.replace(year=2025),
            "by": office(world),
        }
        with at(TODAY):
            return groups.add_terms(group=bodies["board"], **(given | changed))

    def test_each_is_kept_and_the_last_counts(self, world, bodies):
        self.add(world, bodies)
        second = self.add(world, bodies, title="Terms, second version")
        line = reads.group_line(bodies["board"], on=TODAY, with_names=True)
        assert (second.number, line.terms, TermsOfReference.objects.count()) == (2, second, 2)

    def test_a_file_is_kept_in_place_of_a_link_and_pressing_twice_adds_it_once(self, world, bodies):
        handed = SimpleUploadedFile("Terms.txt", b"The board meets each month.")
        file = store.receive(handed)
        pressed = [
            self.add(world, bodies, link="", file=file, submission_key="one-page") for _ in range(2)
        ]
        assert pressed[0] == pressed[1] == TermsOfReference.objects.get()
        assert (pressed[0].file.name, pressed[0].link) == ("Terms.txt", "")
        with pytest.raises(RuleBroken, match="not both"):
            self.add(world, bodies, file=file)

    def test_refused_without_a_document(self, world, bodies):
        with pytest.raises(RuleBroken, match="Give a link or a file"):
            self.add(world, bodies, link=" ")
        assert list(TermsOfReference.objects.all()) == []

    def test_only_the_programme_office_adds_them(self, world, bodies):
        for person in others(world):
            with pytest.raises(NotAllowed):
                self.add(world, bodies, by=person)


def test_a_leaver_with_roles_in_two_places_keeps_the_other(world):
    bodies = kept(world)
    person = world.other_lead
    make.RoleAssignmentFactory(
        user=person, partnership=world.foreign.partnership, role=Role.ADVISER
    )
    start = TODAY - dt.timedelta(days=30)
    seat = joined(bodies["board"], person, by=office(world), on=start)
    with at(TODAY):
        groups.leave(
            membership=seat, ends_on=YESTERDAY, reason="Moved", ends_roles=True, by=office(world)
        )
        grants = access.read(person, on=TODAY).grants
    assert [grant.partnership_id for grant in grants] == [world.foreign.partnership.pk]
