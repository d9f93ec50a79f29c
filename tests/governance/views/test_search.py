"""Search finds in a plan what the reader may see, and as much of it as they would count by hand."""

import pytest
from django.urls import reverse

from governance.selectors.searching import SEARCHED, search
from hertsend.accounts.roles import Role
from kpis.models import Indicator
from kpis.permissions import visible_to as visible_measures
from plans.models import GlossaryTerm
from plans.selectors.table import matching
from tests.access.feedback import answered, enter, published
from tests.access.growing import added
from tests.factories.measures import measure
from tests.factories.world import TODAY, at
from tests.governance.bodies import joined, kept, office
from tests.journeys.office import browser_of, words_of
from tests.plans.api.calls import address

FAMILIES, ADVISER, LEAD = Role.PARENT_CARER_REPRESENTATIVE, Role.ADVISER, Role.WORKSTREAM_LEAD
OFFICERS = "Recruitment stalled."
PLAIN = "You will wait less."


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield


@pytest.fixture
def told(world):
    """Something of each kind."""
    world.update(
        what_happened=OFFICERS, sentence_for_families=PLAIN, internal_note="Between us alone."
    )
    added(GlossaryTerm, plan=world.plan, position=1, term="ICB", expansion="integrated care board")
    joined(kept(world)["delivery"], None, name="A. Guest", by=office(world))
    published(world, enter(world, by=world.people[LEAD]))
    answered(world, enter(world, by=world.people[FAMILIES], said="Our own words."))
    measure(world, "shown", name="Waits of families", for_families=True)
    measure(world, "hidden", name="Waits of officers")
    return world


def found(world, role, words, kind=""):
    hits, _ = search(world.people[role], world.plan, words, kind=kind)
    return [(hit.kind, hit.title) for hit in hits]


def page(world, role, **asked):
    here = reverse("governance:search", args=[world.plan.slug])
    return browser_of(world.people[role]).get(here, asked)


@pytest.mark.parametrize(
    ("words", "kinds_of_lead", "kinds_of_families"),
    [
        (OFFICERS, ["milestones"], []),
        (PLAIN, ["milestones"], ["milestones"]),
        ("Between us alone", [], []),
        ("integrated care", ["glossary"], ["glossary"]),
        ("A. Guest", ["groups"], []),
        ("County council", ["groups"], ["groups"]),
        ("We wait too long", ["you-said-we-did", "entries"], ["you-said-we-did"]),
        ("Our own words", ["entries"], ["entries"]),
        ("Waits of", ["measures", "measures"], ["measures"]),
    ],
)
def test_what_each_reader_finds(told, words, kinds_of_lead, kinds_of_families):
    assert [kind for kind, _ in found(told, LEAD, words)] == kinds_of_lead
    assert [kind for kind, _ in found(told, FAMILIES, words)] == kinds_of_families


def test_the_answer_of_an_own_entry_is_not_found_before_it_is_published(told):
    assert len(found(told, FAMILIES, "Hire two more")) == 1
    assert [kind for kind, _ in found(told, LEAD, "Hire two more")] == [
        "you-said-we-did",
        "entries",
        "entries",
    ]


def test_another_partnership_finds_nothing(told):
    for person in told.foreign.people.values():
        assert search(person, told.plan, "a")[0] == []


def test_the_counts_are_those_by_hand(told, client):
    for role in (LEAD, FAMILIES):
        person = told.people[role]
        _, counts = search(person, told.plan, "wait")
        counted = {each.key: each.count for each in counts}
        by_hand = sum(
            "wait" in row.name.casefold()
            for row in visible_measures(person, Indicator).filter(plan=told.plan)
        )
        assert counted["measures"] == by_hand
    listed = browser_of(told.people[LEAD]).get(
        reverse("plans:milestone-list", args=[told.plan.slug]), {"q": "PA1"}
    )
    lines = matching(listed.context["page"].paginator.object_list, {"q": "PA1"}, on=TODAY)
    assert [title.split()[0] for _, title in found(told, LEAD, "PA1", "milestones")] == sorted(
        line.key for line in lines
    )


def test_the_page_shows_the_words_around_and_how_many_of_each_kind(told):
    words = words_of(page(told, LEAD, q="recruitment STALLED"))
    assert "1 result for “recruitment STALLED” in what you may see." in words
    assert "Everything 1 Milestones 1 Actions 0 Glossary 0" in words
    assert "Recruitment stalled ." in words
    assert "Nothing was found." in words_of(page(told, FAMILIES, q="recruitment stalled"))
    only = page(told, LEAD, q="wait", kind="measures")
    assert {hit.kind for hit in only.context["page"]} == {"measures"}


def test_before_anything_is_typed_it_says_what_is_looked_through(told):
    words = words_of(page(told, FAMILIES))
    assert "as far as you may see them: Milestones, Actions, Glossary, Decisions, Log" in words
    assert "Looked through" not in words_of(page(told, FAMILIES, q="wait"))


def test_long_lists_come_in_pages(told, monkeypatch):
    for number in range(30):
        added(
            GlossaryTerm,
            plan=told.plan,
            position=number + 2,
            term=f"X{number}",
            expansion="something new",
        )
    first, second = (page(told, LEAD, q="something new", page=number) for number in ("1", "2"))
    assert (len(first.context["page"]), len(second.context["page"])) == (25, 5)
    assert "Showing 1 to 25 of 30" in words_of(first)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"q": ""}, "Enter the words to find"),
        ({"q": "a"}, "Enter 2 characters or more"),
        ({"q": "a" * 101}, "Words to find must be 100 characters or fewer"),
        ({"q": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_looked_for_is_told_at_the_field(told, asked, sentence):
    answer = page(told, LEAD, **asked)
    assert answer.status_code == 400
    assert sentence in words_of(answer)


def test_the_interface_finds_the_same(told, api_as):
    answer = api_as(LEAD).get(address(told, "search"), {"q": "recruitment"})
    assert answer.json()["results"] == [
        {
            "kind": "milestones",
            "title": f"PA1.1-1 {told.milestone().text}",
            "url": f"/plans/{told.plan.slug}/milestones/PA1.1-1/",
            "excerpt": OFFICERS,
        }
    ]
    assert api_as(FAMILIES).get(address(told, "search"), {"q": "recruitment"}).json()["count"] == 0
    refused = api_as(LEAD).get(address(told, "search"), {"q": "a"})
    assert (refused.status_code, "2 characters" in refused.content.decode()) == (400, True)


def test_every_kind_has_its_own_name():
    for names in ({each.key for each in SEARCHED}, {each.label for each in SEARCHED}):
        assert len(names) == len(SEARCHED)
