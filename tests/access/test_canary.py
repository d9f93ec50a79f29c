"""What somebody may not see reaches them nowhere: a token in every text, and every way out searched.

Who sees what stands here a second time, written from the design and not from the code.
"""

import dataclasses
import datetime as dt
import html
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import resolve, reverse

from governance.enums import Edition
from governance.models import BoardPack
from hertsend import dates
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.jobs import registry
from hertsend.records.bases import save_audited
from plans.models import MilestoneUpdate
from plans.services import periods
from tests.access.asking import url_of
from tests.access.canaries import REASON, Planted, all_texts
from tests.access.growing import grow
from tests.access.routes import all_routes
from tests.access.stage import Stage, assemble
from tests.factories.world import noon

# All of them use the database, so that they stand together and the search is made once.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LATER = dt.date(2024, 9, 11)
AUGUST = dt.date(2024, 8, 1)
MOST_PAGES = 400
# Proposed when the world grew the first time, with evidence for families and without.
PROPOSED = {"shared": {"milestone": "AI11.1-24"}, "kept": {"milestone": "PA1.1-24"}}
ENOUGH_OF_A_KIND = {True: 6, False: 2}

ADMINISTRATOR, OFFICE = Role.ADMINISTRATOR, Role.PROGRAMME_OFFICE
FAMILIES, ADVISER = Role.PARENT_CARER_REPRESENTATIVE, Role.ADVISER
EVERYBODY = frozenset(Role)
OFFICERS = EVERYBODY - {FAMILIES}
INSIDERS = OFFICERS - {ADVISER, ADMINISTRATOR}
CONTACTS = OFFICERS - {ADVISER}
MANAGERS = frozenset({ADMINISTRATOR})
CARETAKERS = frozenset({ADMINISTRATOR, OFFICE})
NOBODY: frozenset[Role] = frozenset()

SEEN_BY: dict[str, frozenset[Role]] = {
    "accounts.Partnership.name": EVERYBODY,
    "accounts.Partnership.parent_carer_forum": EVERYBODY,
    "accounts.Partnership.parent_carer_forum_short": EVERYBODY,
    "accounts.Partnership.place": EVERYBODY,
    f"accounts.Partnership.{REASON}": NOBODY,
    "accounts.Post.organisation": EVERYBODY,
    "accounts.Post.title": EVERYBODY,
    f"accounts.Post.{REASON}": MANAGERS,
    f"accounts.PostHolding.{REASON}": MANAGERS,
    f"accounts.RoleAssignment.{REASON}": MANAGERS,
    "accounts.User.email": CONTACTS,
    "accounts.User.name": OFFICERS,
    f"accounts.User.{REASON}": MANAGERS,
    "jobs.Job.arguments": NOBODY,
    "jobs.Job.error": CARETAKERS,
    "jobs.Message.error": CARETAKERS,
    "jobs.Message.header_message_id": NOBODY,
    "jobs.Message.key": NOBODY,
    "plans.Action.impacts": EVERYBODY,
    "plans.Action.meaning_for_families": EVERYBODY,
    "plans.Action.note": EVERYBODY,
    "plans.Action.text": EVERYBODY,
    f"plans.Action.{REASON}": OFFICERS,
    "plans.Ambition.statement": EVERYBODY,
    "plans.Ambition.texts": EVERYBODY,
    "plans.Ambition.title": EVERYBODY,
    f"plans.Ambition.{REASON}": OFFICERS,
    "plans.Area.responsible_bodies": EVERYBODY,
    "plans.Area.short_name": EVERYBODY,
    "plans.Area.statement": EVERYBODY,
    "plans.Area.wordings": EVERYBODY,
    f"plans.Area.{REASON}": OFFICERS,
    f"plans.AreaAccountability.{REASON}": OFFICERS,
    "plans.DateChange.decision": OFFICERS,
    "plans.DateChange.reason": OFFICERS,
    "plans.GlossaryTerm.expansion": EVERYBODY,
    "plans.GlossaryTerm.term": EVERYBODY,
    f"plans.GlossaryTerm.{REASON}": OFFICERS,
    "plans.Judgement.comment": OFFICERS,
    "plans.Judgement.place": OFFICERS,
    "plans.Judgement.text": OFFICERS,
    f"plans.Judgement.{REASON}": OFFICERS,
    "plans.Milestone.due_text": EVERYBODY,
    "plans.Milestone.note": EVERYBODY,
    "plans.Milestone.text": EVERYBODY,
    "plans.Milestone.window_text": EVERYBODY,
    f"plans.Milestone.{REASON}": OFFICERS,
    f"plans.MilestoneException.{REASON}": OFFICERS,
    f"plans.MilestoneLead.{REASON}": OFFICERS,
    "plans.MilestoneUpdate.internal_note": INSIDERS,
    "plans.MilestoneUpdate.reason_for_rating": OFFICERS,
    "plans.MilestoneUpdate.sentence_for_families": EVERYBODY,
    "plans.MilestoneUpdate.what_happened": OFFICERS,
    "plans.MilestoneUpdate.what_is_next": OFFICERS,
    "plans.Plan.subtitle": EVERYBODY,
    "plans.Plan.title": EVERYBODY,
    f"plans.Plan.{REASON}": OFFICERS,
    "plans.Plan.published_text": EVERYBODY,
    "plans.PlanSection.content": EVERYBODY,
    f"plans.PlanSection.{REASON}": OFFICERS,
    f"plans.ReportingPeriod.{REASON}": OFFICERS,
    "plans.StageChange.evidence_link": OFFICERS,
    "plans.StageChange.words": OFFICERS,
    "plans.Workstream.name": EVERYBODY,
    f"plans.Workstream.{REASON}": OFFICERS,
}
"""Who may see a text of their own partnership. Nobody ever sees another partnership's."""

NO_WORDS: dict[str, str] = {
    "accounts.Partnership.slug": "names the row in plan files",
    "accounts.Post.key": "names the row in addresses",
    "accounts.RoleAssignment.scope_key": "a key of the plan",
    "accounts.User.password": "a hash, which the sessions of the search hang on",
    "governance.BoardPack.content": "made from the other rows; packs are among what is searched",
    "governance.BoardPack.sha256": "a digest",
    "jobs.Job.key": "names the row; its beginning says whose it is",
    "jobs.Job.kind": "one of a few",
    "jobs.Message.kind": "one of a few",
    "plans.Action.key": "names the row in addresses",
    "plans.Action.number": "a number",
    "plans.Ambition.key": "names the row in plan files",
    "plans.Area.key": "names the row in addresses",
    "plans.Judgement.origin": "names the row in plan files",
    "plans.Milestone.key": "names the row in addresses",
    "plans.Plan.published": "a month",
    "plans.Plan.slug": "names the row in addresses",
    "plans.PlanSection.key": "one of a few",
    "plans.StageChange.fingerprint": "a digest",
    "plans.Workstream.key": "names the row in addresses",
    "records.Submission.fingerprint": "a digest",
    "records.Submission.key": "a random key of its own person",
}
"""Texts without a token, with the reason."""

SEEN_BY_SOMEBODY = {
    field
    for field in SEEN_BY
    if field.startswith(("plans.MilestoneUpdate", "plans.DateChange", "plans.StageChange"))
} | {"accounts.User.email", "accounts.User.name", "jobs.Job.error", "plans.Judgement.text"}
"""What must turn up with who may see it: else the search would prove nothing."""


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
        if canary.field == "plans.StageChange.evidence_link" and canary.is_shareable:
            return not canary.is_foreign
        return not canary.is_foreign and role in SEEN_BY[canary.field]


def fetch(client: Client, url: str) -> str:
    """The headers and the words of an answer, on the day on which everything is searched."""
    with dates.at(noon(LATER)):
        response = client.get(url)
    assert response.status_code < 500, f"{url}: {response.status_code}"
    shown = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{shown}\n\n{html.unescape(response.content.decode())}"


def links_in(body: str) -> Iterator[str]:
    """The pages of ours that a page leads to, each in one order only."""
    for link in re.findall(r'href="(/[^"#]*)', body):
        if not link.startswith(("/static/", "/account/", "/admin/")) and "sort=" not in link:
            yield html.unescape(link)


def search(stage: Stage, role: Role) -> dict[str, str]:
    """Every page and endpoint of the site, and what they lead to.

    From whom most is hidden follows more links of a kind, and tries other partnerships' pages.
    """
    has_most_hidden = role in {FAMILIES, ADVISER}
    owners = ("own", "other", "foreign", "shared", "kept") if has_most_hidden else ("own",)
    client, bodies, followed = stage.client(role.value), {}, Counter()
    waiting = ["/", *_addresses(stage, owners)]
    while waiting and len(bodies) < MOST_PAGES:
        url = waiting.pop(0)
        if url in bodies:
            continue
        bodies[url] = fetch(client, url)
        for link in links_in(bodies[url]):
            kind = resolve(link.split("?")[0]).view_name
            followed[kind] += link not in waiting
            if followed[kind] <= ENOUGH_OF_A_KIND[has_most_hidden]:
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
            with dates.at(noon(LATER)):
                lead = world.people[Role.WORKSTREAM_LEAD]
                save_audited(lead, by=world.people[ADMINISTRATOR], reason="Details changed")
                periods.advance(plan=world.plan, on=LATER, by=User.objects.system())
            planted.plant(world.partnership, skip=set(NO_WORDS), is_foreign=is_foreign)
            pack = assemble(world, Edition.BOARD, revision=9, month=AUGUST)
            whose = "foreign" if is_foreign else "own"
            stage.objects[whose] |= {"month": "2024-08", "revision": pack.revision}
        for name, keys in PROPOSED.items():
            stage.objects[name] = stage.objects["own"] | keys
        return Searched(stage, planted, {role: search(stage, role) for role in Role})


def test_every_text_has_a_token_or_a_reason():
    assert all_texts() - set(SEEN_BY) - set(NO_WORDS) == set(), "Say in this file who may see it"
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


def test_evidence_is_shared_where_its_author_said_so(searched):
    shared, kept = (
        {
            token
            for token, canary in searched.planted.canaries.items()
            if canary.field == "plans.StageChange.evidence_link"
            and not canary.is_foreign
            and canary.is_shareable == is_shareable
        }
        for is_shareable in (True, False)
    )
    found = searched.found_by(FAMILIES).keys()

    assert shared & found
    assert kept
    assert not kept & found


def test_a_leak_is_seen(searched):
    note = next(
        token
        for token, canary in searched.planted.canaries.items()
        if canary.field == "plans.MilestoneUpdate.internal_note" and not canary.is_foreign
    )

    assert searched.planted.found_in(f"<p>{note.upper()}.</p>") == {note}
    assert not searched.may_see(ADVISER, note)
    assert searched.may_see(Role.BOARD_MEMBER, note)


def test_no_internal_note_stands_in_a_stored_pack(searched):
    """A pack is handed on to advisers, so what is stored holds only what they may see."""
    found = searched.planted.found_in(str([pack.content for pack in BoardPack.objects.all()]))
    fields = {searched.planted.canaries[token].field for token in found}

    assert {field for field in fields if ADVISER not in SEEN_BY[field]} == set()
    assert {"plans.MilestoneUpdate.what_happened", "plans.DateChange.reason"} <= fields


ONCE_ONLY = re.compile(
    r"csrfmiddlewaretoken\" value=\"\w+|nonce-?=?[\"']?[\w+/=-]+|csrftoken=\w+"
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
