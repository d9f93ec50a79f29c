"""What families said is entered, answered, approved by another, published, and withdrawn."""

import datetime as dt

import pytest

from governance.models import FeedbackItem, FeedbackPublication
from governance.permissions.families import visible_feedback, visible_publications
from governance.selectors import feedback as reads
from governance.services import feedback
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from tests.access.feedback import QUARTER, QUARTER_BEFORE, answered, approved, enter, published
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at, noon

__all__ = ["built_world", "world"]

FAMILIES, LEAD = Role.PARENT_CARER_REPRESENTATIVE, Role.WORKSTREAM_LEAD
OFFICE = Role.PROGRAMME_OFFICE


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield


@pytest.fixture
def entered(world):
    return enter(world, by=world.people[FAMILIES])


def stored(item):
    return FeedbackItem.objects.get(pk=item.pk)


def fresh(person):
    """The same person, whose rights are read anew."""
    return User.objects.get(pk=person.pk)


class TestEntering:
    def test_it_is_a_draft_with_a_number_of_its_own(self, world, entered):
        second = enter(world, by=world.people[LEAD], theme=" Transport ", said="Buses are late. ")
        assert (entered.number, second.number, second.state) == (1, 2, "draft")
        assert (second.theme, second.said, second.version) == ("Transport", "Buses are late.", 0)
        assert second.history.get().history_user == world.people[LEAD]

    @pytest.mark.parametrize("role", set(Role) - {FAMILIES, LEAD, OFFICE})
    def test_others_enter_nothing(self, world, role):
        with pytest.raises(NotAllowed, match="enter what families said"):
            enter(world, by=world.people[role])
        assert not FeedbackItem.objects.exists()

    def test_sent_twice_it_is_entered_once(self, world):
        one, two = (enter(world, by=world.people[LEAD], submission_key="k") for _ in range(2))
        assert one.pk == two.pk
        with pytest.raises(Conflict, match="already sent with other words"):
            enter(world, by=world.people[LEAD], submission_key="k", said="Other words.")

    def test_what_looks_like_personal_data_is_pointed_at(self, world):
        words = {"said": "Ring 07700 900123.", "by": world.people[FAMILIES]}
        with pytest.raises(RuleBroken, match="looks like a telephone number"):
            enter(world, **words)
        assert enter(world, is_checked=True, **words).said == "Ring 07700 900123."

    def test_nothing_is_said_tomorrow(self, world):
        with pytest.raises(RuleBroken, match="today or before"):
            enter(world, by=world.people[LEAD], said_on=TODAY + dt.timedelta(days=1))


class TestChangingWhatWasSaid:
    WORDS = {"theme": "T", "source": "S", "said_on": TODAY, "said": "We wait."}

    def change(self, item, by, **changed):
        given = self.WORDS | {"base_version": item.version} | changed
        return feedback.change_said(item=item, by=by, **given)

    @pytest.mark.parametrize("role", [FAMILIES, LEAD, OFFICE])
    def test_who_entered_it_and_who_answers_it_may(self, world, entered, role):
        row = self.change(entered, world.people[role])
        assert (row.said, row.version, row.state) == ("We wait.", 1, "draft")

    def test_another_representative_may_not(self, world, entered):
        with pytest.raises(NotAllowed, match="Only who entered this"):
            self.change(entered, world.person(FAMILIES))

    def test_a_representative_whose_role_has_ended_may_not(self, world):
        gone = world.person(FAMILIES)
        item = enter(world, by=gone)
        gone.role_assignments.get().history.all()
        type(gone.role_assignments.get())._base_manager.filter(user=gone).update(
            ends_on=TODAY - dt.timedelta(days=1)
        )
        with pytest.raises(NotAllowed):
            self.change(item, fresh(gone))

    def test_who_was_overtaken_keeps_their_words(self, world, entered):
        self.change(entered, world.people[LEAD])
        with pytest.raises(Conflict) as refused:
            self.change(entered, world.people[OFFICE], base_version=0, said="We queue.")
        assert (refused.value.current["said"], refused.value.submitted["said"]) == (
            "We wait.",
            "We queue.",
        )

    def test_approved_words_become_a_draft_again(self, world, entered):
        row = self.change(approved(world, entered), world.people[LEAD])
        assert (row.state, row.approved_by, row.approved_at) == ("draft", None, None)


class TestAnswering:
    def test_the_answer_names_its_actions(self, world, entered):
        row = answered(world, entered)
        assert (row.will_do, row.done, row.difference, row.linked) == (
            "Hire two more.",
            "One began in June.",
            "Waits are shorter.",
            "PA1.1",
        )
        assert [action.key for action in row.actions.all()] == ["PA1.1"]

    def test_families_write_no_answer(self, world, entered):
        with pytest.raises(NotAllowed, match="write what is done"):
            feedback.answer(
                item=entered, will_do="Hire.", base_version=0, by=world.people[FAMILIES]
            )

    def test_an_action_of_another_plan_is_none(self, world, entered):
        with pytest.raises(RuleBroken, match="actions of this plan"):
            feedback.answer(
                item=entered,
                will_do="Hire.",
                actions=[world.foreign.actions["PA1.1"]],
                base_version=0,
                by=world.people[LEAD],
            )

    def test_on_older_words_it_is_a_conflict(self, world, entered):
        answered(world, entered)
        with pytest.raises(Conflict):
            feedback.answer(item=entered, will_do="Hire.", base_version=0, by=world.people[LEAD])


class TestApprovingAndPublishing:
    def approve(self, item, by):
        return feedback.approve(item=item, base_version=item.version, by=by)

    def publish(self, item, by, quarter=QUARTER):
        return feedback.publish(item=item, quarter=quarter, base_version=item.version, by=by)

    def test_the_office_approves_what_others_wrote(self, world, entered):
        row = self.approve(answered(world, entered), world.people[OFFICE])
        assert (row.state, row.approved_by, row.approved_at) == (
            "approved",
            world.people[OFFICE],
            noon(TODAY),
        )

    def test_nobody_approves_what_they_wrote(self, world):
        item = answered(world, enter(world, by=world.people[OFFICE]))
        with pytest.raises(RuleBroken, match="You wrote some of these words"):
            self.approve(item, world.people[OFFICE])
        assert self.approve(item, world.person(OFFICE)).state == "approved"

    @pytest.mark.parametrize("role", [FAMILIES, LEAD, Role.JOINT_CHAIR])
    def test_others_neither_approve_nor_publish_nor_withdraw(self, world, entered, role):
        item, person = answered(world, entered), world.people[role]
        for act in (
            lambda: self.approve(item, person),
            lambda: self.publish(item, person),
            lambda: feedback.withdraw(
                item=item, reason="No.", base_version=item.version, by=person
            ),
        ):
            with pytest.raises(NotAllowed):
                act()
        assert stored(item).state == "draft"

    def test_words_without_an_answer_are_not_approved(self, world, entered):
        with pytest.raises(RuleBroken, match="Write what you will do"):
            self.approve(entered, world.people[OFFICE])

    def test_what_changed_since_is_not_approved(self, world, entered):
        answered(world, entered)
        with pytest.raises(Conflict):
            feedback.approve(item=entered, base_version=0, by=world.people[OFFICE])

    def test_a_draft_is_not_published(self, world, entered):
        with pytest.raises(RuleBroken, match="Approve the words first"):
            self.publish(answered(world, entered), world.people[OFFICE])

    def test_what_is_published_is_kept_as_it_was(self, world, entered):
        item = published(world, entered, QUARTER_BEFORE)
        row = feedback.answer(
            item=item, will_do="Hire three.", base_version=item.version, by=world.people[LEAD]
        )
        row = self.approve(row, world.people[OFFICE])
        self.publish(row, world.people[OFFICE])
        publications = visible_publications(world.people[FAMILIES])
        before, now = (
            reads.published_in(world.plan, publications, quarter)
            for quarter in (QUARTER_BEFORE, QUARTER)
        )
        assert [(each.will_do, each.revision) for each in before] == [("Hire two more.", 1)]
        assert [(each.will_do, each.revision) for each in now] == [("Hire three.", 2)]
        assert [each.actions[0].key for each in before] == ["PA1.1"]

    def test_of_one_quarter_the_latest_counts(self, world, entered):
        item = published(world, published(world, entered))
        publications = visible_publications(world.people[FAMILIES])
        assert item.publications.count() == 2
        found = reads.published_in(world.plan, publications, QUARTER)
        assert [each.revision for each in found] == [2]

    def test_only_on_the_pages_of_this_quarter_and_the_one_before(self, world, entered):
        with pytest.raises(RuleBroken, match="this quarter or the one before"):
            self.publish(approved(world, entered), world.people[OFFICE], dt.date(2024, 1, 1))
        assert not FeedbackPublication.objects.exists()


class TestWithdrawing:
    def withdraw(self, world, item, reason="It names a school."):
        return feedback.withdraw(
            item=item, reason=reason, base_version=item.version, by=world.people[OFFICE]
        )

    def test_it_is_on_no_page_and_stays_on_record(self, world, entered):
        item = self.withdraw(world, published(world, entered))
        assert (item.state, item.withdrawn_reason) == ("withdrawn", "It names a school.")
        assert not visible_publications(world.people[FAMILIES]).exists()
        assert [each.said for each in reads.publications_of(item)] == ["We wait too long."]

    def test_it_needs_a_reason_and_happens_once(self, world, entered):
        with pytest.raises(RuleBroken, match="Enter the reason"):
            self.withdraw(world, entered, " ")
        item = self.withdraw(world, entered)
        with pytest.raises(RuleBroken, match="withdrawn already"):
            self.withdraw(world, item)
        with pytest.raises(RuleBroken, match="This was withdrawn"):
            answered(world, item)


class TestWhoSeesWhat:
    def test_a_representative_sees_their_own_entries_alone(self, world, entered):
        enter(world, by=world.people[LEAD])
        mine, others = world.people[FAMILIES], world.person(FAMILIES)
        assert list(visible_feedback(mine)) == [entered]
        assert not visible_feedback(others).exists()
        assert visible_feedback(world.people[LEAD]).count() == 2
        assert not visible_feedback(world.people[Role.BOARD_MEMBER]).exists()

    def test_another_partnership_sees_nothing(self, world, entered):
        published(world, entered)
        for person in world.foreign.people.values():
            assert not visible_feedback(person).exists()
            assert not visible_publications(person).exists()

    def test_the_history_tells_of_each_step(self, world, entered):
        item = published(world, entered)
        trail = reads.history_of(item, with_answer=True, with_people=True)
        assert [entry.sentences[0] for entry in trail] == [
            "State changed from “Approved” to “Published”.",
            "State changed from “Draft” to “Approved”.",
            "What we will do set to “Hire two more.”.",
            "Entered.",
        ]
        for families in reads.history_of(item, with_answer=False, with_people=False):
            assert (families.who, families.reason) == ("", "")
            assert "Hire" not in " ".join(families.sentences)
