"""The public pages and their making: off they are not there, on they show what was approved alone."""

import re
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse

from governance.models import AreaSummary, PublicSetting, SummaryPublication
from hertsend.accounts.roles import Role
from plans.models import GlossaryTerm
from tests.access.growing import added
from tests.access.public import JULY, WORDS, all_approved, approved, publish, switch, written
from tests.factories.world import TODAY, at
from tests.journeys.office import browser_of, words_of

OFFICE, CHAIR = Role.PROGRAMME_OFFICE, Role.JOINT_CHAIR
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield


@pytest.fixture
def public(world):
    all_approved(world, world.period(JULY), progress="The ICB has begun its work.")
    added(GlossaryTerm, plan=world.plan, position=1, term="ICB", expansion="integrated care board")
    switch(world)
    publish(world, world.period(JULY))
    return world


def addresses(world):
    slug = world.plan.slug
    return [f"/public/{slug}/", f"/public/{slug}/2024-07/", f"/public/{slug}/feed.atom"]


def making(world, name, *rest):
    return reverse(f"governance:summary-{name}", args=[world.plan.slug, *rest])


def test_off_nothing_is_there(public):
    for address in addresses(public):
        assert Client().get(address).status_code == 200
    switch(public, is_on=False)
    for address in addresses(public):
        answers = [
            Client().get(address),
            Client().get(address.replace(public.plan.slug, "no-such")),
        ]
        assert [each.status_code for each in answers] == [404, 404]
    for address in addresses(public.foreign):
        assert Client().get(address).status_code == 404


def test_the_page_of_a_month(public):
    page = Client().get(addresses(public)[1])
    words = words_of(page)
    for part in (
        "What happened The ICB has begun its work.",
        "What it means for families Families wait less for an answer.",
        "What comes next We will open a second office in May.",
        "ICB integrated care board",
        "Numbers below 5 are not shown",
        "Published 3 September 2024",
    ):
        assert part in words
    for unknown in ("2024-08", "1999-01", "soon"):
        assert Client().get(f"/public/{public.plan.slug}/{unknown}/").status_code == 404


def test_no_cookie_no_variation_and_no_way_inside(public):
    for client in (Client(), browser_of(public.people[OFFICE])):
        for address in addresses(public):
            page = client.get(address)
            assert page.headers["Cache-Control"] == "public, max-age=300"
            assert "Vary" not in page.headers
            assert not page.cookies
            links = re.findall(r'href="([^"]*)"', page.content.decode())
            inside = [
                link
                for link in links
                if not re.match(r"(?:http://testserver)?/(?:public|static)/|#", link)
            ]
            assert inside == []
    ours, theirs = (
        client.get(addresses(public)[1]).content
        for client in (Client(), browser_of(public.people[OFFICE]))
    )
    assert ours == theirs


def test_a_correction_says_what_changed(public):
    approved(public, written(public, public.period(JULY), public.areas["PA1"], progress="New."))
    publish(public, public.period(JULY), correction="The office is open since May.")
    words = words_of(Client().get(addresses(public)[1]))
    assert "Corrected on 3 September 2024 The office is open since May." in words
    assert "What happened New." in words
    assert "(corrected)" in words_of(Client().get(addresses(public)[0]))


def test_the_feed_tells_each_month_with_its_corrections(public):
    publish(public, public.period(JULY), correction="A date was wrong.")
    feed = ET.fromstring(Client().get(addresses(public)[2]).content)
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == "July 2024"
    assert entry.find(f"{ATOM}id").text == f"urn:hertsend:{public.plan.slug}:2024-07"
    assert entry.find(f"{ATOM}link").get("href").endswith(addresses(public)[1])
    assert "Corrected on 3 September 2024: A date was wrong." in entry.find(f"{ATOM}summary").text


def test_with_nothing_published_it_says_so(world):
    switch(world)
    assert "Nothing has been published yet." in words_of(Client().get(addresses(world)[0]))


def test_the_editor_is_shown_how_it_reads(world):
    text = "3 children of the ABC waited."
    written(world, world.period(JULY), world.areas["PA1"], progress=text)
    words = words_of(browser_of(world.people[OFFICE]).get(making(world, "month", "2024-07")))
    assert re.search(r"Reading age \d+", words)
    assert "“ABC” is explained nowhere" in words
    assert "“3” is a small number" in words


def test_from_the_first_sentence_to_the_public_page(world):
    office, chair, executive = (
        browser_of(world.people[role]) for role in (OFFICE, CHAIR, Role.EXECUTIVE_CHAIR)
    )
    day = {"from_on_day": "3", "from_on_month": "9", "from_on_year": "2024"}
    given = {"is_on": "on", "threshold": "5", "reason": "Agreed.", "base_number": "0"}
    executive.post(making(world, "switch"), day | given)
    assert PublicSetting.objects.get().is_on
    for key in ("PA1", "AI1"):
        office.post(making(world, "write", "2024-07", key), WORDS | {"base_version": "0"})
        chair.post(making(world, "approve", "2024-07", key), {"base_version": "1"})
    preview = words_of(office.get(making(world, "publish", "2024-07")))
    assert "What everyone will read" in preview
    assert WORDS["progress"] in preview
    office.post(making(world, "publish", "2024-07"), {"base_number": "0"})
    assert WORDS["meaning"] in words_of(Client().get(addresses(world)[1]))
    again = office.post(making(world, "publish", "2024-07"), {"base_number": "1", "correction": ""})
    assert "Enter what changed" in words_of(again)
    assert SummaryPublication.objects.count() == 1


def test_what_is_not_approved_is_told_before_it_is_published(world):
    switch(world)
    page = browser_of(world.people[OFFICE]).post(
        making(world, "publish", "2024-07"), {"base_number": "0"}
    )
    assert "Not approved yet: PA1, AI1." in words_of(page)
    nothing = browser_of(world.people[CHAIR]).get(making(world, "approve", "2024-07", "PA1"))
    assert nothing.status_code == 404


def test_who_is_overtaken_sees_both(world):
    written(world, world.period(JULY), world.areas["PA1"])
    page = browser_of(world.people[OFFICE]).post(
        making(world, "write", "2024-07", "PA1"),
        WORDS | {"progress": "My own words.", "base_version": "0"},
    )
    words = words_of(page)
    assert page.status_code == 409
    assert "What is stored now What happened The team has begun its work." in words
    assert "My own words." in words
    assert AreaSummary.objects.get().progress == "The team has begun its work."


def test_the_list_says_whether_it_is_public(public):
    words = words_of(browser_of(public.people[OFFICE]).get(making(public, "list")))
    assert "It is on since 3 September 2024." in words
    assert "2 of 2" in words
    switch(public, is_on=False)
    words = words_of(browser_of(public.people[OFFICE]).get(making(public, "list")))
    assert "It is off." in words


def test_open_months_have_no_preview_and_months_to_come_no_page(world):
    office = browser_of(world.people[OFFICE])
    page = office.get(making(world, "publish", "2024-08"))
    assert "What everyone will read" not in words_of(page)
    assert office.get(making(world, "month", "2024-12")).status_code == 404
    assert office.get(making(world, "write", "2024-07", "XX")).status_code == 404
