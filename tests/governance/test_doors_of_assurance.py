"""Both doors to assurance, page and API: the executive's chair rates, with one outcome and one sentence."""

import html

import pytest
from django.contrib.messages import get_messages

from governance.models import AssuranceRating
from hertsend.accounts.roles import Role
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at

__all__ = ["built_world", "world"]

SOUND = {"level": "limited", "reasons": "Dates slip.", "base_number": 0}
CHAIR, ADVISER, FAMILIES = (
    Role.EXECUTIVE_CHAIR,
    Role.ADVISER,
    Role.PARENT_CARER_REPRESENTATIVE,
)


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield


def page_of(world, area: str = "PA1") -> str:
    return f"/plans/{world.plan.slug}/assurance/{area}/"


def api_of(world, area: str = "PA1") -> str:
    return f"/api/v1/plans/{world.plan.slug}/assurance/{area}/"


def words() -> list[tuple]:
    rows = AssuranceRating.objects.order_by("pk")
    return [(row.area.key, row.number, row.level, row.reasons) for row in rows]


def test_both_write_the_same(world, as_role, api_as):
    page = as_role(CHAIR).post(page_of(world), SOUND)
    assert page.status_code == 302
    assert [str(each) for each in get_messages(page.wsgi_request)] == ["Saved: PA1 is limited."]
    answer = api_as(CHAIR).post(api_of(world, "AI1"), SOUND, format="json")
    assert answer.status_code == 201
    assert words() == [("PA1", 1, "limited", "Dates slip."), ("AI1", 1, "limited", "Dates slip.")]


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"reasons": " "}, "reasons", "Enter the reasons."),
        ({"level": "perfect"}, "level", "Select how sure one may be."),
    ],
)
def test_what_breaks_a_rule_is_refused_by_both(world, as_role, api_as, *, change, field, sentence):
    page = as_role(CHAIR).post(page_of(world), SOUND | change)
    answer = api_as(CHAIR).post(api_of(world), SOUND | change, format="json")
    assert (page.status_code, answer.status_code) == (200, 400)
    assert set(page.context["form"].errors) == {field} == set(answer.json()["fields"])
    if field == "reasons":
        assert page.context["form"].errors[field] == [sentence]
        assert answer.json()["fields"][field] == [sentence]
    assert words() == []


@pytest.mark.parametrize("role", [ADVISER, FAMILIES, Role.PROGRAMME_OFFICE, Role.JOINT_CHAIR])
def test_nobody_else_rates(world, as_role, api_as, role):
    page = as_role(role).post(page_of(world), SOUND)
    answer = api_as(role).post(api_of(world), SOUND, format="json")
    assert (page.status_code, answer.status_code) == (403, 403)
    assert answer.json()["message"] in html.unescape(page.content.decode())
    assert words() == []


def test_pressing_twice_is_harmless(world, as_role):
    browser = as_role(CHAIR)
    for _ in range(2):
        assert browser.post(page_of(world), SOUND | {"submission_key": "twice"}).status_code == 302
    assert len(words()) == 1


def test_who_was_overtaken_reads_the_other_rating_and_sends_theirs_again(world, as_role, api_as):
    as_role(CHAIR).post(page_of(world), SOUND | {"level": "none", "reasons": "No plan."})
    mine = SOUND | {"reasons": "My own reasons."}
    answer = api_as(CHAIR).post(api_of(world), mine, format="json")
    page = as_role(CHAIR).post(page_of(world), mine)
    assert (page.status_code, answer.status_code) == (409, 409)
    shown = html.unescape(page.content.decode())
    assert answer.json()["message"] in shown
    assert "No plan." in shown
    assert "My own reasons." in shown
    form = page.context["form"]
    again = as_role(CHAIR).post(page_of(world), {each.name: each.value() for each in form})
    assert again.status_code == 302
    assert words()[-1] == ("PA1", 2, "limited", "My own reasons.")


def test_reasons_and_names_are_for_those_who_may_read_them(world, as_role, api_as):
    as_role(CHAIR).post(page_of(world), SOUND)
    listed = f"/plans/{world.plan.slug}/assurance/"
    for role, sees in ((ADVISER, True), (FAMILIES, False)):
        page = as_role(role).get(listed).content.decode()
        answer = api_as(role).get(f"/api/v1{listed}").content.decode()
        assert "Limited" in page
        assert ("Dates slip." in page, "Dates slip." in answer) == (sees, sees)


def test_an_area_of_elsewhere_is_not_there(world, as_role, api_as):
    for address in (page_of(world, "PA9"), page_of(world.foreign)):
        assert as_role(CHAIR).get(address).status_code == 404
    assert api_as(CHAIR).post(api_of(world.foreign), SOUND, format="json").status_code == 404
