"""The pages on which a pack is prepared, released, issued and corrected, and its other editions."""

import datetime as dt
import re

import pytest
from django.test import Client

from governance.boardpack import arranging, snapshot
from governance.enums import Edition
from governance.models import PackRun
from governance.services import pack_runs
from hertsend.accounts.roles import Role
from tests.factories.world import at
from tests.governance import steps
from tests.governance.steps import AUGUST

NOW = dt.date(2024, 9, 12)
OFFICE, CHAIR = Role.PROGRAMME_OFFICE, Role.JOINT_CHAIR
MEMBER, FAMILIES = Role.BOARD_MEMBER, Role.PARENT_CARER_REPRESENTATIVE
INSIDE = ("The board met.", "It stalled.", "A new supplier.", "The supplier is late.")


@pytest.fixture
def run(packable):
    return steps.lay_out(steps.read_pack(packable, AUGUST, on=NOW), on=NOW)


def words_of(response):
    html = response.content.decode()
    html = html[html.index("<main") : html.index("</main>")]
    html = re.sub(r"<svg.*?</svg>", " ", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


class Person:
    """Somebody at their browser."""

    def __init__(self, person):
        self.client = Client()
        self.client.force_login(
            person, backend="allauth.account.auth_backends.AuthenticationBackend"
        )

    def read(self, address):
        with at(NOW):
            return self.client.get(address)

    def send(self, address, **typed):
        with at(NOW):
            initial = self.client.get(address).context["form"].initial
            return self.client.post(address, initial | typed, follow=True)


def person(world, role):
    return Person(world.people[role])


def test_a_pack_goes_from_the_office_to_its_readers(packable, run):
    office, chair, member = (person(packable, role) for role in (OFFICE, CHAIR, MEMBER))
    making = run.get_absolute_url()
    assert member.read(run.pack_url).status_code == 404
    assert member.read(making).status_code == 404
    assert "Preview: not issued" in words_of(office.read(run.pack_url))
    assert "No foreword was written." in words_of(office.read(making))
    office.send(f"{making}prepare/", foreword="Two late <b>starts</b>.", left_out=["due-soon"])
    assert "Released" in words_of(office.send(f"{making}release/"))
    missing = words_of(chair.read(f"{making}issue/"))
    assert "Left out by the programme office: Due in the next 30 days." in missing
    returned = words_of(chair.send(f"{making}return/", reason="Say what to decide."))
    assert "Say what to decide." in returned
    office.send(f"{making}release/")
    assert "Issued" in words_of(chair.send(f"{making}issue/"))
    shown = words_of(member.read(run.pack_url))
    assert "Two late &lt;b&gt;starts&lt;/b&gt;." in shown
    assert "Preview: not issued" not in shown
    assert "Left out by the programme office: Due in the next 30 days." in shown
    assert "Due in the 30 days after the cut-off" not in shown
    told = words_of(office.read(f"{making}deliveries/"))
    assert f"{packable.people[MEMBER].name} Planned" in told


def test_the_history_says_what_was_left_out_and_in_which_order_by_their_titles(packable, run):
    office, act = packable.people[OFFICE], {"run": run, "foreword": ""}
    usual = arranging.movable_in(Edition.BOARD)
    moved = ("workstreams", *(name for name in usual if name != "workstreams"))
    with at(NOW):
        first = pack_runs.prepare(
            **act,
            order=moved,
            left_out=("glossary", "due-soon"),
            base_version=run.version,
            by=office,
        )
        pack_runs.prepare(**act, base_version=first.version, by=office)
    shown = words_of(person(packable, OFFICE).read(run.get_absolute_url()))
    titles = "“Workstreams; Sign-off; Due soon, and no agreed date; Impact; Measures; Risks; Action log; You said, we did”"
    left_out = "“Glossary; Due in the next 30 days”"
    for sentence in (
        f"Order of parts set to {titles}.",
        f"List of what is left out set to {left_out}.",
        f"Order of parts {titles} removed.",
        f"List of what is left out {left_out} removed.",
    ):
        assert shown.count(sentence) == 1, sentence
    assert "due-soon" not in shown
    assert "[" not in shown


def test_a_stale_page_is_told_and_changes_nothing(packable, run):
    office = person(packable, OFFICE)
    address = f"{run.get_absolute_url()}prepare/"
    with at(NOW):
        initial = office.client.get(address).context["form"].initial
        pack_runs.prepare(
            run=run, foreword="First.", base_version=run.version, by=packable.people[OFFICE]
        )
        answer = office.client.post(address, initial | {"foreword": "Second."})
    assert answer.status_code == 409
    assert "Second." in answer.content.decode()
    assert PackRun.objects.get(pk=run.pk).foreword == "First."


def test_the_old_version_leads_to_the_new_one_once_that_is_issued(packable, run):
    first = steps.issue(packable, run.pack, on=NOW)
    office, member = person(packable, OFFICE), person(packable, MEMBER)
    office.send(f"{first.get_absolute_url()}reissue/", reason="A name was wrong.")
    second = steps.read_pack(packable, AUGUST, on=NOW)
    assert "There is a later version" not in words_of(member.read(first.pack_url))
    assert member.read(second.get_absolute_url()).status_code == 404
    steps.issue(packable, second, on=NOW)
    assert "There is a later version" in words_of(member.read(first.pack_url))
    shown = words_of(member.read(second.get_absolute_url()))
    assert "Why this version A name was wrong." in shown
    assert "What changed Nothing in its figures" in shown


def test_the_families_edition_holds_their_sentences_and_no_officers_words(packable):
    steps.report(
        packable,
        "AI1.1-2",
        month=steps.SEPTEMBER,
        moment=dt.datetime(2024, 9, 20, 12, tzinfo=dt.UTC),
        sentence_for_families="Your school has a nurse.",
        what_happened="Nurse hired.",
    )
    steps.advance(packable, steps.SEPTEMBER_FREEZES)
    day = steps.SEPTEMBER_FREEZES
    pack = steps.store_pack(packable, steps.SEPTEMBER, on=day, edition=Edition.FAMILIES)
    with at(day):
        shown = words_of(person(packable, FAMILIES).client.get(pack.get_absolute_url()))
    assert "Families pack September 2024" in shown
    assert "Your school has a nurse." in shown
    stored = str(pack.content)
    for words in (*INSIDE, "Nurse hired.", steps.NOTE, packable.people[OFFICE].name):
        assert words not in shown
        assert words not in stored
    board = steps.read_pack(packable, steps.SEPTEMBER, on=day)
    assert "Nurse hired." in str(board.content)
    assert person(packable, FAMILIES).read(board.get_absolute_url()).status_code == 404


def test_the_executive_reads_assurance_first(packable):
    pack = steps.store_pack(packable, AUGUST, on=NOW, edition=Edition.EXECUTIVE)
    member = person(packable, Role.EXECUTIVE_MEMBER)
    shown = words_of(member.read(pack.get_absolute_url()))
    assert "Executive pack August 2024" in shown
    assert shown.index("Assurance by area") < shown.index("Milestones with a new date")
    assert person(packable, MEMBER).read(pack.get_absolute_url()).status_code == 404
    assert steps.NOTE not in str(pack.content)
    assert snapshot.opened(pack).cover.edition == "executive"
