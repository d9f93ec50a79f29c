"""Items are added, changed, put in order and withdrawn; papers are attached; minutes are written."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from governance.models import AgendaItem, MeetingPaper
from governance.services import agendas
from governance.services.agendas import ItemWords
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from hertsend.files import store
from hertsend.files.store import ReceivedFile
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at
from tests.governance import sittings
from tests.governance.sittings import AFTERWARDS, office

__all__ = ["built_world", "world"]
WORDS = ItemWords(title=" Waiting times ", purpose="decision", duration=15, presenter=" A. Lead ")


@pytest.fixture
def meeting(world):
    return sittings.planned(world, sittings.board_of(world))


@pytest.fixture
def item(world, meeting):
    return sittings.own_item(world, meeting)


def handed(text: bytes = b"The paper.") -> ReceivedFile:
    return store.receive(SimpleUploadedFile("Paper.txt", text))


def readers(world):
    """Who sits in the board without chairing it, and who does not sit in it."""
    return [sittings.member(world), sittings.family(world), sittings.outsider(world)]


class TestItems:
    @pytest.mark.parametrize("who", [sittings.chair, office])
    def test_a_chair_or_the_office_adds_one_at_the_end(self, world, meeting, who):
        with at(TODAY):
            found = agendas.add_item(meeting=meeting, words=WORDS, by=who(world))

        assert (found.title, found.presenter, found.position) == ("Waiting times", "A. Lead", 7)
        assert (found.kind, found.duration, found.is_officers_only) == ("own", 15, False)
        assert found.history.get().history_user == who(world)

    def test_nobody_else_edits_an_agenda(self, world, meeting, item):
        for person in readers(world):
            with at(TODAY):
                for act in (
                    lambda by: agendas.add_item(meeting=meeting, words=WORDS, by=by),
                    lambda by: agendas.change_item(item=item, words=WORDS, base_version=1, by=by),
                    lambda by: agendas.order_item(item=item, earlier=True, by=by),
                    lambda by: agendas.withdraw_item(item=item, reason="No", by=by),
                    lambda by: agendas.add_paper(item=item, title="P", file=handed(), by=by),
                ):
                    with pytest.raises(NotAllowed, match="Only the chairs of this group"):
                        act(person)

    def test_pressed_twice_it_is_one_item(self, world, meeting):
        with at(TODAY):
            one, two = (
                agendas.add_item(meeting=meeting, words=WORDS, by=office(world), submission_key="k")
                for _ in range(2)
            )
        assert one == two

    def test_what_is_wrong_is_said_all_at_once(self, world, meeting):
        with at(TODAY), pytest.raises(RuleBroken) as refused:
            agendas.add_item(meeting=meeting, words=ItemWords("", "", None), by=office(world))
        assert set(refused.value.errors) == {"title", "purpose", "duration"}

    def test_the_second_of_two_is_shown_both(self, world, item):
        with at(TODAY):
            row = agendas.change_item(item=item, words=WORDS, base_version=1, by=office(world))
            assert (row.presenter, row.version) == ("A. Lead", 2)
            with pytest.raises(Conflict) as refused:
                agendas.change_item(
                    item=item,
                    words=ItemWords("Mine", "decision", 5),
                    base_version=1,
                    by=sittings.chair(world),
                )
        assert refused.value.current["title"] == "Waiting times"
        assert refused.value.submitted["title"] == "Mine"

    def test_another_order(self, world, meeting, item):
        first = meeting.items.first()
        with at(TODAY):
            agendas.order_item(item=item, earlier=True, by=office(world))
            agendas.order_item(item=first, earlier=True, by=office(world))
            agendas.order_item(item=first, earlier=False, by=office(world))
        assert [row.kind for row in meeting.items.all()] == [
            *("exceptions", "dashboard", "action_log", "risks"),
            *("decisions_asked", "own", "voice_of_families"),
        ]

    def test_taken_off_it_stays_on_record(self, world, meeting, item):
        with at(TODAY):
            with pytest.raises(RuleBroken, match="Enter why it is taken off"):
                agendas.withdraw_item(item=item, reason=" ", by=office(world))
            row = agendas.withdraw_item(item=item, reason="Next time", by=office(world))
            assert row.withdrawn_reason == "Next time"
            with pytest.raises(RuleBroken, match="This item was taken off the agenda"):
                agendas.change_item(item=item, words=WORDS, base_version=2, by=office(world))
        assert AgendaItem.objects.filter(pk=item.pk).exists()
        assert item not in meeting.items.standing()

    def test_nothing_moves_on_an_agenda_from_which_it_was_taken(self, world, item):
        with at(TODAY):
            agendas.withdraw_item(item=item, reason="Next time", by=office(world))
            with pytest.raises(RuleBroken, match="This item was taken off the agenda"):
                agendas.order_item(item=item, earlier=True, by=office(world))


class TestMinutes:
    @pytest.fixture
    def held(self, world, meeting, item):
        return sittings.held(world, meeting)

    def write(self, item, by, *, text="Noted.", base_version=1):
        with at(AFTERWARDS):
            return agendas.write_minutes(
                item=item, minutes_text=text, base_version=base_version, by=by
            )

    def test_a_chair_writes_them(self, world, held, item):
        row = self.write(item, sittings.chair(world), text=" Agreed. ")

        assert (row.minutes_text, row.version) == ("Agreed.", 2)
        with at(AFTERWARDS), pytest.raises(RuleBroken, match="it has minutes"):
            agendas.withdraw_item(item=row, reason="No", by=office(world))

    def test_not_before_the_meeting(self, world, meeting, item):
        with pytest.raises(RuleBroken, match="once the meeting is noted as held"):
            self.write(item, office(world))

    def test_others_do_not(self, world, held, item):
        for person in readers(world):
            with pytest.raises(NotAllowed):
                self.write(item, person)

    def test_the_second_of_two_is_shown_both_texts(self, world, held, item):
        self.write(item, office(world), text="First.")
        with pytest.raises(Conflict) as refused:
            self.write(item, sittings.chair(world), text="Second.")
        assert refused.value.current == {"minutes_text": "First."}
        assert refused.value.submitted == {"minutes_text": "Second."}


class TestPapers:
    def test_it_is_kept_with_who_and_when(self, world, item):
        with at(TODAY):
            paper = agendas.add_paper(
                item=item, title=" Figures ", file=handed(), by=sittings.chair(world)
            )
        assert (paper.title, paper.file.name, paper.file.media_type) == (
            "Figures",
            "Paper.txt",
            "text/plain",
        )
        assert paper.added_by == sittings.chair(world)

    def test_pressed_twice_it_is_one_paper(self, world, item):
        with at(TODAY):
            for _ in range(2):
                agendas.add_paper(
                    item=item, title="F", file=handed(), by=office(world), submission_key="k"
                )
        assert MeetingPaper.objects.count() == 1

    def test_a_name_and_a_file_are_needed(self, world, item):
        with at(TODAY), pytest.raises(RuleBroken) as refused:
            agendas.add_paper(item=item, title=" ", file=None, by=office(world))
        assert set(refused.value.errors) == {"title", "file"}

    def test_a_file_that_was_swept_is_asked_for_again(self, world, item):
        gone = ReceivedFile("Paper.txt", "text/plain", 3, "0" * 64)
        with at(TODAY), pytest.raises(RuleBroken, match="Choose it again"):
            agendas.add_paper(item=item, title="F", file=gone, by=office(world))

    def test_withdrawn_it_stays_on_record(self, world, item):
        with at(TODAY):
            paper = agendas.add_paper(item=item, title="F", file=handed(), by=office(world))
            with pytest.raises(NotAllowed):
                agendas.withdraw_paper(paper=paper, reason="No", by=sittings.member(world))
            with pytest.raises(RuleBroken, match="Enter why"):
                agendas.withdraw_paper(paper=paper, reason="", by=office(world))
            row = agendas.withdraw_paper(paper=paper, reason="Names a child", by=office(world))
            assert row.withdrawn_reason == "Names a child"
            with pytest.raises(RuleBroken, match="withdrawn already"):
                agendas.withdraw_paper(paper=paper, reason="Again", by=office(world))
