"""What readers are shown of a released pack is what was released: content, foreword, order, omissions."""

import datetime as dt
import hashlib
import importlib
import io
import json
import zipfile

import docx
import pytest

from governance.boardpack import snapshot
from governance.boardpack.content import UnreadablePack
from governance.boardpack.files import FORMATS
from governance.enums import Edition
from governance.models import PackRun
from governance.services import pack_runs
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from tests.factories.world import at
from tests.governance import steps
from tests.governance.steps import AUGUST
from tests.hertsend.documents.pdfs import pages_of

NOW = dt.date(2024, 9, 12)
OFFICE, CHAIR = Role.PROGRAMME_OFFICE, Role.JOINT_CHAIR
WORDS = "Two late starts."


def act(world, name, run, role, **given):
    with at(NOW):
        return getattr(pack_runs, name)(
            run=run, base_version=run.version, by=world.people[role], **given
        )


def prepared(world, edition=Edition.BOARD):
    pack = steps.read_pack(world, AUGUST, on=NOW, edition=edition)
    run = steps.lay_out(pack, on=NOW)
    return act(world, "prepare", run, OFFICE, foreword=WORDS, left_out=["glossary"])


def again(run):
    """The run as it is stored."""
    return PackRun.objects.select_related("pack__period__plan", "period__plan").get(pk=run.pk)


def rename(world, role, name):
    person = User.objects.get(pk=world.people[role].pk)
    with at(NOW):
        person.name = name
        person._history_user = world.people[OFFICE]
        person.save()
    assert User.objects.get(pk=person.pk).name == name


def written(run, by):
    """The digest by hand."""
    told = {
        "content": run.pack.sha256,
        "foreword": [WORDS, by, run.foreword_at.astimezone(dt.UTC).isoformat()],
        "order": [],
        "left_out": ["glossary"],
    }
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def test_the_author_keeps_the_name_under_which_it_was_written(packable):
    run = prepared(packable)
    before = packable.people[OFFICE].name
    rename(packable, OFFICE, "Renamed since")
    assert snapshot.shown(again(run)).foreword.by == before
    released = act(packable, "release", again(run), OFFICE)
    issued = act(packable, "issue", released, CHAIR)
    assert snapshot.shown(again(issued)).foreword.by == before

    second = act(packable, "reissue", again(issued), OFFICE, reason="A name was wrong.")
    steps.read_pack(packable, AUGUST, on=NOW)
    laid_out = steps.lay_out(again(second).pack, on=NOW)
    packable.people[OFFICE].refresh_from_db()
    rewritten = act(packable, "prepare", laid_out, OFFICE, foreword="Once more.")
    assert snapshot.shown(again(rewritten)).foreword.by == "Renamed since"


@pytest.mark.parametrize(
    ("edition", "name"), [(Edition.BOARD, "Programme office"), (Edition.FAMILIES, "")]
)
def test_the_digest_is_kept_from_the_release_on(packable, edition, name):
    run = prepared(packable, edition)
    assert run.shown_sha256 == ""
    released = act(packable, "release", run, OFFICE)
    told = packable.people[OFFICE].name if name else ""
    assert again(released).shown_sha256 == written(again(released), told)
    back = act(packable, "send_back", released, CHAIR, reason="No.")
    assert back.shown_sha256 == ""
    issued = act(packable, "issue", act(packable, "release", back, OFFICE), CHAIR)
    assert again(issued).shown_sha256 == released.shown_sha256
    assert snapshot.shown(again(issued)).proof == released.shown_sha256


CHANGES = {
    "foreword": {"foreword": "All is well."},
    "name": {"foreword_by_name": "Somebody else"},
    "order": {"order": ["workstreams", "impact"]},
    "left out": {"left_out": []},
    "digest": {"shown_sha256": "0" * 64},
}


@pytest.mark.parametrize("state", ["released", "issued"])
@pytest.mark.parametrize("what", CHANGES)
def test_what_was_changed_in_the_database_is_not_shown(packable, state, what):
    run = act(packable, "release", prepared(packable), OFFICE)
    run = run if state == "released" else act(packable, "issue", run, CHAIR)
    assert snapshot.shown(again(run)).foreword.words == WORDS
    PackRun._base_manager.filter(pk=run.pk).update(**CHANGES[what])
    with pytest.raises(UnreadablePack, match="does not fit its SHA-256"):
        snapshot.shown(again(run))


def test_a_preview_can_still_be_changed_and_names_the_digest_of_what_it_shows(packable):
    run = prepared(packable)
    first = snapshot.shown(again(run)).proof
    assert first == snapshot.digest_of_shown(again(run)) != run.pack.sha256
    changed = act(packable, "prepare", run, OFFICE, foreword="Another.")
    second = snapshot.shown(again(changed))
    assert (second.foreword.words, second.proof == first) == ("Another.", False)


def test_a_pack_from_before_this_way_names_the_digest_of_its_content(packable):
    pack = steps.read_pack(packable, AUGUST, on=NOW)
    nobody = {"released_by": None, "released_at": None, "issued_by": None, "issued_at": NOON}
    PackRun._base_manager.filter(pack=pack).update(
        state="issued", is_taken_over=True, rendered_at=NOON, **nobody
    )
    run = PackRun.objects.select_related("pack__period__plan").get(pack=pack)
    assert snapshot.shown(run).proof == pack.sha256


NOON = dt.datetime(2024, 9, 12, 12, tzinfo=dt.UTC)


def test_every_format_names_the_digest(packable, client):
    run = act(packable, "issue", act(packable, "release", prepared(packable), OFFICE), CHAIR)
    content, proof = snapshot.shown(again(run)), run.shown_sha256
    assert proof != run.pack.sha256
    assert proof in pages_of(FORMATS["pdf"].made_of(content))[-1]
    body = docx.Document(io.BytesIO(FORMATS["word"].made_of(content)))
    assert body.paragraphs[-1].text == f"SHA-256 {proof}"
    for kind in ("workbook", "csv"):
        with zipfile.ZipFile(io.BytesIO(FORMATS[kind].made_of(content))) as archive:
            said = b" ".join(map(archive.read, archive.namelist())).decode()
        assert proof in said
    client.force_login(packable.people[Role.BOARD_MEMBER])
    with at(NOW):
        page = client.get(run.pack_url).content.decode()
    assert f"<code>{proof}</code>" in page


def test_a_page_refuses_what_does_not_fit(packable, client):
    run = act(packable, "issue", act(packable, "release", prepared(packable), OFFICE), CHAIR)
    client.force_login(packable.people[Role.BOARD_MEMBER])
    with at(NOW):
        assert client.get(run.pack_url).status_code == 200
        PackRun._base_manager.filter(pk=run.pk).update(foreword="All is well.")
        for url in (run.pack_url, f"{run.pack_url}pack.pdf"):
            answer = client.get(url)
            assert answer.status_code == 500, url
            assert "All is well." not in answer.content.decode()


def test_the_migration_gives_earlier_packs_the_same_digest(packable):
    """Its copy of the rule is frozen: what it filled must fit what is asked of it today."""
    name = "governance.migrations.0019_author_and_digest_of_what_packs_show"
    migration = importlib.import_module(name)
    for edition in (Edition.BOARD, Edition.FAMILIES):
        run = again(act(packable, "release", prepared(packable, edition), OFFICE))
        assert migration.digest_of(run) == run.shown_sha256
        assert migration.digest_of(again(run)) != run.pack.sha256


def test_the_migration_finds_the_name_of_the_time(packable):
    name = "governance.migrations.0019_author_and_digest_of_what_packs_show"
    migration = importlib.import_module(name)
    rename(packable, OFFICE, "Renamed since")
    rename(packable, OFFICE, "Renamed again")
    people = User.history
    person = packable.people[OFFICE].pk
    first, second = people.filter(id=person).order_by("history_id").reverse()[:2][::-1]
    assert migration.name_at(people, person, second.history_date) == "Renamed again"
    assert migration.name_at(people, person, first.history_date) == first.name
