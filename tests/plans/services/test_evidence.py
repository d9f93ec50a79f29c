"""Evidence: added by those who report, withdrawn with a reason, never deleted."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from hertsend.files import store
from plans import policies, selectors
from plans.models import Evidence, StoredFile
from plans.services import evidence as services
from plans.services import milestones
from plans.tasks import sweep_files
from tests.factories.evidence import link
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at
from tests.hertsend.files.samples import pdf
from tests.hertsend.files.test_store import age

__all__ = ["built_world", "world"]
EDITORS = {Role.WORKSTREAM_LEAD, Role.PROGRAMME_OFFICE}


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.HERTSEND_FILES = tmp_path / "files"


def received(content: bytes = b"", name: str = "Minutes.pdf") -> store.ReceivedFile:
    return store.receive(SimpleUploadedFile(name, content or pdf()))


def add(world, *, by=Role.WORKSTREAM_LEAD, key="PA1.1-1", submission_key="", words=None):
    return services.add_to_milestone(
        milestone=world.milestone(key),
        words=words or link(),
        by=world.people[by],
        submission_key=submission_key,
    )


def withdraw(world, piece, *, by=Role.WORKSTREAM_LEAD, reason=" The wrong file. ", key=""):
    return services.withdraw(evidence=piece, reason=reason, by=world.people[by], submission_key=key)


class TestAdding:
    def test_a_link_is_kept_with_who_and_when(self, world):
        piece = add(world, words=link(title=" Minutes ", is_shareable=True))
        assert (piece.action.key, piece.milestone.key) == ("PA1.1", "PA1.1-1")
        assert (piece.title, piece.link, piece.file) == ("Minutes", link().link, None)
        assert (piece.added_by, piece.is_shareable) == (world.people[Role.WORKSTREAM_LEAD], True)
        entry = piece.history.get()
        assert (entry.history_user, entry.history_change_reason) == (
            piece.added_by,
            "Evidence added",
        )

    def test_a_file_is_kept_with_what_was_found_in_it(self, world):
        piece = add(world, words=link(file=received()))
        stored = StoredFile.objects.get()
        assert piece.file == stored
        assert (stored.name, stored.media_type, stored.size, stored.by) == (
            "Minutes.pdf",
            "application/pdf",
            len(pdf()),
            piece.added_by,
        )
        with store.opened(stored.sha256) as file:
            assert file.read() == pdf()

    @pytest.mark.parametrize("role", list(Role))
    def test_only_those_who_update_add(self, world, role):
        if role in EDITORS:
            assert add(world, by=role).pk
            return
        with pytest.raises(NotAllowed):
            add(world, by=role)
        assert not Evidence.objects.exists()

    def test_a_lead_adds_to_their_own_workstream_alone(self, world):
        with pytest.raises(NotAllowed):
            add(world, key="AI1.1-1")
        with pytest.raises(NotAllowed):
            services.add_to_action(
                action=world.actions["AI1.1"],
                words=link(),
                by=world.people[Role.WORKSTREAM_LEAD],
            )
        assert not Evidence.objects.exists()

    def test_all_faults_are_told_at_once_and_nothing_is_stored(self, world):
        with pytest.raises(RuleBroken) as refusal:
            add(world, words=policies.EvidenceWords("", " ", None, "", link="ftp://x"))
        assert set(refusal.value.errors) == {"kind", "title", "dated_on", "what_it_shows", "link"}
        assert not Evidence.objects.exists()

    def test_a_link_and_a_file_are_two_pieces(self, world):
        with pytest.raises(RuleBroken) as refusal:
            add(world, words=replace(link(), file=received()))
        assert set(refusal.value.errors) == {"link"}
        assert not StoredFile.objects.exists()

    def test_a_file_that_was_swept_meanwhile_is_asked_for_again(self, world):
        words = link(file=received())
        store.place_of(words.file.sha256).unlink()
        with pytest.raises(RuleBroken) as refusal:
            add(world, words=words)
        assert refusal.value.errors == {"file": ["The file was not kept so long. Choose it again."]}
        assert not Evidence.objects.exists()

    def test_pressed_twice_is_once_and_another_piece_is_a_conflict(self, world):
        first = add(world, submission_key="press")
        assert add(world, submission_key="press") == first
        with pytest.raises(Conflict):
            add(world, submission_key="press", words=link(title="Another"))
        assert Evidence.objects.count() == 1

    @pytest.mark.parametrize("ended", ["signed_off", "withdrawn"])
    def test_nothing_is_added_to_what_is_over(self, world, ended):
        world.propose()
        row, chair = world.milestone(), world.people[Role.JOINT_CHAIR]
        if ended == "signed_off":
            shown = selectors.fingerprint_of(row)
            milestones.sign_off(milestone=row, fingerprint=shown, by=chair)
        else:
            milestones.withdraw(milestone=row, words="Decided.", base_version=1, by=chair)
        with pytest.raises(RuleBroken):
            add(world)
        assert Evidence.objects.count() == 1

    def test_evidence_of_impact_has_no_milestone(self, world):
        piece = services.add_to_action(
            action=world.actions["PA1.1"], words=link(), by=world.people[Role.WORKSTREAM_LEAD]
        )
        assert (piece.action.key, piece.milestone) == ("PA1.1", None)


class TestWithdrawing:
    def test_it_stays_on_record_and_counts_no_more(self, world):
        piece = withdraw(world, add(world))
        assert (piece.withdrawn_by, piece.withdrawn_reason) == (piece.added_by, "The wrong file.")
        assert selectors.standing_evidence(world.milestone()) == 0
        assert piece.history.latest().history_change_reason == "Withdrawn: The wrong file."
        assert Evidence.objects.count() == 1

    @pytest.mark.parametrize("role", list(Role))
    def test_only_those_who_update_withdraw(self, world, role):
        piece = add(world)
        if role in EDITORS:
            assert withdraw(world, piece, by=role).withdrawn_at
            return
        with pytest.raises(NotAllowed):
            withdraw(world, piece, by=role)
        assert Evidence.objects.get().withdrawn_at is None

    def test_a_reason_is_needed_and_once_is_enough(self, world):
        piece = add(world)
        with pytest.raises(RuleBroken) as refusal:
            withdraw(world, piece, reason=" ")
        assert refusal.value.errors == {"reason": ["Enter why it is withdrawn."]}
        withdraw(world, piece, key="press")
        assert withdraw(world, piece, key="press") == piece
        with pytest.raises(RuleBroken):
            withdraw(world, piece, reason="Again.")

    def test_also_after_a_signature_whose_sheet_stays(self, world):
        world.propose()
        row = world.milestone()
        shown = selectors.fingerprint_of(row)
        milestones.sign_off(milestone=row, fingerprint=shown, by=world.people[Role.JOINT_CHAIR])
        withdraw(world, Evidence.objects.get(), reason="A child could be recognised.")
        kept = world.plan.signature_sheets.get(fingerprint=shown)
        assert kept.content["evidence"][0]["title"] == "Minutes of the board"

    def test_without_evidence_that_stands_nothing_is_signed(self, world):
        world.propose()
        withdraw(world, Evidence.objects.get())
        row = world.milestone()
        with pytest.raises(RuleBroken) as refusal:
            milestones.sign_off(
                milestone=row,
                fingerprint=selectors.fingerprint_of(row),
                by=world.people[Role.JOINT_CHAIR],
            )
        assert set(refusal.value.errors) == {"evidence"}


class TestOrphans:
    """What is rolled back leaves no row, and its bytes go with the next sweep."""

    def test_a_rolled_back_piece_is_swept_and_a_stored_one_is_not(self, world):
        kept = add(world, words=link(file=received()))
        words = link(file=received(b"Never stored", name="a.txt"))
        with transaction.atomic():
            add(world, words=words)
            transaction.set_rollback(True)
        digests = [kept.file.sha256, words.file.sha256]
        for digest in digests:
            age(store.place_of(digest), hours=25)
        sweep_files()
        assert [store.is_in_place(digest) for digest in digests] == [True, False]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "hearsay"}, "kind"),
        ({"title": " "}, "title"),
        ({"what_it_shows": "\n"}, "what_it_shows"),
        ({"dated_on": None}, "dated_on"),
        ({"dated_on": TODAY + dt.timedelta(days=1)}, "dated_on"),
        ({"dated_on": dt.date(1999, 12, 31)}, "dated_on"),
        ({"link": ""}, "link"),
        ({"link": "javascript:alert(1)"}, "link"),
    ],
)
def test_each_fault_is_told_beside_its_field(change, field):
    assert policies.check_evidence(link(), on=TODAY) == link().dated_on
    with pytest.raises(RuleBroken) as refusal:
        policies.check_evidence(replace(link(), **change), on=TODAY)
    assert set(refusal.value.errors) == {field}


def test_today_is_not_in_the_future():
    assert policies.check_evidence(replace(link(), dated_on=TODAY), on=TODAY) == TODAY
