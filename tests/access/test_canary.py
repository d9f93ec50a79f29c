"""What somebody may not see reaches them nowhere: a token in every text, and every way out searched.

Who sees what stands in ``seen_by`` a second time, written from the design and not from the code.
"""

import dataclasses
import datetime as dt
import html
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse

from governance.enums import Edition
from governance.models import BoardPack, PackRun
from hertsend import dates
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.documents.pdf import MEDIA_TYPE as PDF
from hertsend.documents.sheets import ARCHIVE_TYPE, WORKBOOK_TYPE
from hertsend.documents.word import MEDIA_TYPE as WORD
from hertsend.jobs import registry
from hertsend.records.bases import save_audited
from plans.models import MilestoneUpdate, StageChange
from plans.services import periods
from tests.access.asking import url_of
from tests.access.canaries import REASON, Planted, all_texts
from tests.access.deciding import decide_for_pack
from tests.access.growing import grow
from tests.access.packs import assemble, fit
from tests.access.routes import all_routes
from tests.access.seen_by import (
    ADMINISTRATOR,
    ADVISER,
    FAMILIES,
    NO_WORDS,
    SEEN_BY,
    SEEN_BY_SOMEBODY,
    SHARED_BY_ITS_AUTHOR,
)
from tests.access.stage import Stage
from tests.factories.world import World, noon
from tests.hertsend.documents.pdfs import all_words_of as words_of_pdf

# All of them use the database, so that they stand together and the search is made once.
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.embedded]

LATER = dt.date(2024, 9, 11)
AUGUST = dt.date(2024, 8, 1)
MOST_PAGES = 2500
PACKED = {WORD, WORKBOOK_TYPE, ARCHIVE_TYPE}
# Proposed when the world grew the first time, with evidence for families and without.
PROPOSED = {"shared": {"milestone": "AI11.1-24"}, "kept": {"milestone": "PA1.1-24"}}
ENOUGH_OF_A_KIND = {True: 6, False: 2}


@dataclasses.dataclass
class Searched:
    """What was found: for each role, the pages with their bodies and the e-mails."""

    stage: Stage
    planted: Planted
    bodies: dict[Role, dict[str, str]]

    def found_by(self, role: Role) -> dict[str, str]:
        """Each token that reached a role, with the first place."""
        return {
            token: place
            for place, body in reversed(self.bodies[role].items())
            for token in self.planted.found_in(body)
        }

    def may_see(self, role: Role, token: str) -> bool:
        """Whether the design lets the role see what the token stands for."""
        canary = self.planted.canaries[token]
        people = self.stage.world.people
        if canary.person is not None and not canary.field.endswith(REASON):
            named_to_all = (
                canary.field.endswith(".name") and canary.person == people[ADMINISTRATOR].pk
            )
            if named_to_all or canary.person == people[role].pk:
                return True
        if canary.field in SHARED_BY_ITS_AUTHOR and canary.is_shareable:
            return not canary.is_foreign
        if canary.only is not None and role not in canary.only:
            return False
        return not canary.is_foreign and role in SEEN_BY[canary.field]


def fetch(client: Client, url: str) -> str:
    """The headers and the words of an answer, on the day on which everything is searched."""
    with dates.at(noon(LATER)):
        response = client.get(url)
    assert response.status_code < 500, f"{url}: {response.status_code}"
    shown = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{shown}\n\n{html.unescape(text_of(response))}"


def text_of(response: HttpResponse) -> str:
    """What an answer says; a Word document, a workbook or an archive is searched in all its parts.

    A picture holds no words; the drawing that it is made of is searched beside it.
    """
    return words_in(response.getvalue(), response.headers.get("Content-Type", ""))


@lru_cache(maxsize=200)
def words_in(body: bytes, media_type: str) -> str:
    """The words of a body: of a PDF also what stands for its pictures, and what it says of itself."""
    if media_type == PDF:
        return words_of_pdf(body)
    if media_type not in PACKED:
        return body.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(body)) as file:
        parts = [name for name in sorted(file.namelist()) if name.endswith((".xml", ".csv"))]
        return "\n".join(file.read(name).decode() for name in parts)


def links_in(body: str, *, of: str) -> Iterator[str]:
    """The pages of ours that the page at an address leads to, each in one order only."""
    for link in re.findall(r'href="(/[^"#]*|\?[^"#]*page=[^"#]*)', body):
        if not link.startswith(("/static/", "/account/", "/admin/")) and "sort=" not in link:
            yield html.unescape(of.partition("?")[0] + link if link.startswith("?") else link)


def search(stage: Stage, role: Role) -> dict[str, str]:
    """Every page and endpoint of the site, and what they lead to.

    From whom most is hidden follows more links of a kind, and tries other partnerships' pages. The
    further pages of a list count by themselves, else what stands there would never be reached.
    """
    has_most_hidden = role in {FAMILIES, ADVISER}
    owners = ("own", "other", "foreign", "shared", "kept") if has_most_hidden else ("own",)
    client, bodies, followed = stage.client(role.value), {}, Counter()
    runs = PackRun.objects.select_related("period__plan")
    packs = [url for run in runs for url in (run.pack_url, run.get_absolute_url())]
    waiting = ["/", *_addresses(stage, owners), *packs]
    while waiting and len(bodies) < MOST_PAGES:
        url = waiting.pop(0)
        if url in bodies:
            continue
        bodies[url] = fetch(client, url)
        for link in links_in(bodies[url], of=url):
            kind = resolve(link.split("?")[0]).view_name
            way = (kind, "page=" in link)
            followed[way] += link not in waiting
            if followed[way] <= ENOUGH_OF_A_KIND[has_most_hidden]:
                waiting.append(link)
    assert len(bodies) < MOST_PAGES, "Something leads ever further"
    return bodies | _mails(stage.people[role.value])


def _addresses(stage: Stage, owners: tuple[str, ...]) -> list[str]:
    return [
        url_of(route, stage.objects[whose])
        for route in all_routes()
        for whose in owners
        if not route.is_of_package
    ]


def _mails(person: User) -> dict[str, str]:
    """Every kind of e-mail as it would be worded for the person now."""
    person = User.objects.get(pk=person.pk)
    with dates.at(noon(LATER)):
        mails = {
            kind: registry.renderer_for(kind)(recipient=person, day=LATER, key=f"{person.pk}:x")
            for kind in registry.renderer_kinds()
        }
    return {
        f"e-mail {kind}": str(dataclasses.astuple(mail)) for kind, mail in mails.items() if mail
    }


@pytest.fixture(scope="module")
def searched(built_world, django_db_blocker) -> Searched:
    """Everything that anybody can reach, with a token in every text."""
    with django_db_blocker.unblock():
        stage = Stage.build(built_world)
        planted = Planted()
        for number, (world, is_foreign) in enumerate(
            ((built_world, False), (built_world.foreign, True))
        ):
            grow(Stage(world), number + 1)
            _share_link_of_proposal(world, PROPOSED["shared"]["milestone"])
            with dates.at(noon(LATER)):
                lead = world.people[Role.WORKSTREAM_LEAD]
                save_audited(lead, by=world.people[ADMINISTRATOR], reason="Details changed")
                decide_for_pack(world)
                periods.advance(plan=world.plan, on=LATER, by=User.objects.system())
            for edition in (Edition.EXECUTIVE, Edition.FAMILIES):
                assemble(world, edition, revision=1)
            # Only a further version has a reason, and families are to read theirs.
            assemble(world, Edition.FAMILIES, revision=2)
            planted.plant(world.partnership, skip=set(NO_WORDS), is_foreign=is_foreign)
            fit(world)
            for edition in reversed(Edition):
                pack = assemble(world, edition, revision=9, month=AUGUST)
            whose = "foreign" if is_foreign else "own"
            asked = {"month": "2024-08", "open_month": "2024-09", "revision": pack.revision}
            stage.objects[whose] |= asked
        for name, keys in PROPOSED.items():
            stage.objects[name] = stage.objects["own"] | keys
        return Searched(stage, planted, {role: search(stage, role) for role in Role})


def _share_link_of_proposal(world: World, key: str) -> None:
    """A proposal of the time when it carried a link of its own, which its author shared."""
    proposals = StageChange._base_manager.filter(act="proposed", milestone__plan=world.plan)
    proposals.filter(milestone__key=key).update(evidence_shareable=True)


def test_every_text_has_a_token_or_a_reason():
    assert all_texts() - set(SEEN_BY) - set(NO_WORDS) == set(), "Say in seen_by.py who may see it"
    assert set(SEEN_BY) | set(NO_WORDS) == all_texts(), "Take it out: the field is gone"
    assert set(SEEN_BY) & set(NO_WORDS) == set()


def test_every_text_was_planted_in_both_partnerships(searched):
    for is_foreign in (False, True):
        planted = {
            each.field
            for each in searched.planted.canaries.values()
            if each.is_foreign == is_foreign
        }
        assert planted == set(SEEN_BY)


@pytest.mark.parametrize("role", Role)
def test_nothing_reaches_a_role_that_may_not_see_it(searched, role):
    leaks = {
        (searched.planted.canaries[token].field, place)
        for token, place in searched.found_by(role).items()
        if not searched.may_see(role, token)
    }

    assert leaks == set(), "Ask visible_to for the rows, visible_fields for the fields"


def test_what_somebody_may_see_was_there_to_leak(searched):
    """Without this, an empty search would pass."""
    for role in Role:
        shown = {searched.planted.canaries[token].field for token in searched.found_by(role)}
        due = {field for field in SEEN_BY_SOMEBODY if role in SEEN_BY[field]}
        assert due - shown == set(), f"{role} was not led to it"
        assert len(searched.bodies[role]) > 60


@pytest.mark.parametrize("field", sorted(SHARED_BY_ITS_AUTHOR))
def test_evidence_is_shared_where_its_author_said_so(searched, field):
    shared, kept = (
        {
            token
            for token, canary in searched.planted.canaries.items()
            if canary.field == field
            and not canary.is_foreign
            and canary.is_shareable == is_shareable
        }
        for is_shareable in (True, False)
    )
    found = searched.found_by(FAMILIES).keys()

    assert shared & found
    assert kept
    assert not kept & found


FILES = {"pack.pdf": PDF, "pack.docx": WORD, "pack.xlsx": WORKBOOK_TYPE, "pack.zip": ARCHIVE_TYPE}


@pytest.mark.parametrize("ending", FILES)
def test_what_a_pack_tells_is_found_in_each_of_its_files(searched, ending):
    """Without this, files that cannot be read would pass as files without a leak."""
    fields = {
        searched.planted.canaries[token].field
        for place, body in searched.bodies[ADVISER].items()
        if place.endswith(f"/9/{ending}")
        for token in searched.planted.found_in(body)
    }
    assert {"plans.MilestoneUpdate.what_happened", "plans.Milestone.text"} <= fields


def test_a_leak_is_seen(searched):
    note = next(
        token
        for token, canary in searched.planted.canaries.items()
        if canary.field == "plans.MilestoneUpdate.internal_note" and not canary.is_foreign
    )

    assert searched.planted.found_in(f"<p>{note.upper()}.</p>") == {note}
    assert not searched.may_see(ADVISER, note)
    assert searched.may_see(Role.BOARD_MEMBER, note)


IN_PACKS = {
    Edition.BOARD: (ADVISER, {"plans.MilestoneUpdate.what_happened", "plans.DateChange.reason"}),
    Edition.EXECUTIVE: (ADVISER, {"plans.MilestoneUpdate.what_happened"}),
    Edition.FAMILIES: (FAMILIES, {"plans.MilestoneUpdate.sentence_for_families"}),
}


@pytest.mark.parametrize("edition", Edition)
def test_a_stored_pack_holds_only_what_every_reader_of_its_edition_may_see(searched, edition):
    """A pack is handed on, so what is stored holds what the reader sees from whom most is hidden."""
    reader, due = IN_PACKS[edition]
    packs = BoardPack.objects.filter(edition=edition)
    found = searched.planted.found_in(str([pack.content for pack in packs]))
    fields = {searched.planted.canaries[token].field for token in found}

    shared = {field for field in fields if field in SHARED_BY_ITS_AUTHOR}
    assert {field for field in fields - shared if reader not in SEEN_BY[field]} == set()
    assert shared == set() or edition != Edition.FAMILIES
    assert due <= fields


ONCE_ONLY = re.compile(
    r"csrfmiddlewaretoken\" value=\"\w+|name=\"submission_key\" value=\"[\w-]+|nonce-?=?[\"']?[\w+/=-]+|csrftoken=\w+"
    r"|Expires: .*|reset/key/[\w-]+"
)


@pytest.mark.parametrize("field", ["internal_note", "what_happened"])
@pytest.mark.parametrize("role", [FAMILIES, ADVISER])
def test_a_hidden_word_cannot_be_searched_for(searched, role, field):
    """The number of rows found would tell what stands in a field that is not shown."""
    word = MilestoneUpdate.objects.filter(milestone__plan=searched.stage.world.plan).first()
    client, plan = searched.stage.client(role.value), searched.stage.objects["own"]["plan"]
    for name in ("milestone-list", "milestone-export"):
        here = reverse(f"plans:{name}", args=[plan])
        hit, miss = (
            ONCE_ONLY.sub("", fetch(client, f"{here}?q={query}").replace(query, ""))
            for query in (getattr(word, field), "zq99999z")
        )
        assert hit == miss


@pytest.mark.parametrize("role", [FAMILIES, ADVISER])
def test_internal_notes_change_no_byte_of_what_others_are_shown(searched, role):
    before = {url: ONCE_ONLY.sub("", body) for url, body in searched.bodies[role].items()}
    MilestoneUpdate._base_manager.update(internal_note="")
    after = {url: ONCE_ONLY.sub("", body) for url, body in search(searched.stage, role).items()}

    assert [url for url in before if before[url] != after.get(url)] == []
    assert before.keys() == after.keys()
