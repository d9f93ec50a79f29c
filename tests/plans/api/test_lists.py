"""Lists of the interface: filters, pages, and a number of queries that does not grow."""

import datetime as dt

import pytest
from django.test import override_settings

from hertsend.accounts.roles import Role
from hertsend.records.bases import save_audited
from plans.models import Milestone
from tests.factories import models as make
from tests.factories.world import World
from tests.plans.api.calls import address


class TestFilters:
    """The list of milestones, filtered; keys in the plan's order."""

    @pytest.fixture
    def listed(self, world, api_as):
        def keys(**query):
            answer = api_as(Role.BOARD_MEMBER).get(address(world, "milestones"), query)
            assert answer.status_code == 200, answer.json()
            return [row["key"] for row in answer.json()["results"]]

        return keys

    def test_all_in_the_plans_order(self, listed):
        assert listed() == ["PA1.1-1", "PA1.1-2", "AI1.1-1", "AI1.1-2"]

    def test_by_workstream_area_and_lead(self, world, listed):
        assert listed(workstream="AI1") == ["AI1.1-1", "AI1.1-2"]
        assert listed(area="PA1") == ["PA1.1-1", "PA1.1-2"]
        assert listed(lead=world.posts["AI1"].key) == ["AI1.1-1", "AI1.1-2"]
        assert listed(workstream="AI1", area="PA1") == []

    def test_by_stage_rating_and_standing(self, world, listed):
        world.update(rating="red")
        assert listed(stage="in_progress") == ["PA1.1-1"]
        assert listed(stage="not_started") == ["PA1.1-2", "AI1.1-1", "AI1.1-2"]
        assert listed(rating="red") == ["PA1.1-1"]
        assert listed(rating="green") == []
        assert listed(standing="no_update") == ["PA1.1-2", "AI1.1-1", "AI1.1-2"]
        assert listed(standing="not_started") == []

    def test_by_overdue(self, world, listed):
        late = world.milestone("AI1.1-2")
        late.due_on = dt.date(2024, 9, 2)
        save_audited(late, by=world.people[Role.PROGRAMME_OFFICE], reason="A test")
        assert listed(overdue="true") == ["AI1.1-2"]
        assert listed(overdue="false") == ["PA1.1-1", "PA1.1-2", "AI1.1-1"]

    @pytest.mark.parametrize(
        ("query", "field", "sentence"),
        [
            ({"workstream": "PA9"}, "workstream", "This plan has no workstream “PA9”."),
            ({"area": "PA9"}, "area", "This plan has no area “PA9”."),
            ({"lead": "nobody"}, "lead", "This plan has no lead “nobody”."),
            ({"stage": "done"}, "stage", '"done" is not a valid choice.'),
            ({"rating": "blue"}, "rating", '"blue" is not a valid choice.'),
            ({"overdue": "perhaps"}, "overdue", "Must be a valid boolean."),
            ({"leed": "x"}, "leed", "There is no parameter of this name."),
            ({"stage__in": "x"}, "stage__in", "There is no parameter of this name."),
            ({"lead": "a\x00b"}, "lead", "Null characters are not allowed."),
        ],
    )
    def test_a_filter_that_means_nothing_is_refused_by_name(
        self, world, api_as, query, field, sentence
    ):
        answer = api_as(Role.BOARD_MEMBER).get(address(world, "milestones"), query)
        assert answer.status_code == 400
        assert answer.json()["fields"] == {field: [sentence]}

    def test_a_lead_of_another_partnership_is_no_lead_here(self, world, api_as):
        theirs = world.foreign.posts["PA1"].key
        answer = api_as(Role.BOARD_MEMBER).get(address(world, "milestones"), {"lead": theirs})
        assert answer.status_code == 400


@override_settings(SITE_ORIGIN="https://send.example.org")
def test_pages_follow_on_at_the_configured_origin(world, api_as):
    path = address(world, "milestones")
    reader = api_as(Role.BOARD_MEMBER)
    first = reader.get(path, {"page_size": 3, "stage": "not_started"}).json()
    second = reader.get(path, {"page_size": 3, "stage": "not_started", "page": 2}).json()
    here = f"https://send.example.org{path}"
    assert first["next"] == f"{here}?page=2&page_size=3&stage=not_started"
    assert (first["count"], first["previous"], second["next"]) == (4, None, None)
    assert second["previous"] == f"{here}?page_size=3&stage=not_started"
    assert [row["key"] for row in second["results"]] == ["AI1.1-2"]
    assert reader.get(path, {"page": 3}).status_code == 404


def rows_for_counting(world: World, number: int) -> None:
    """A plan in which everything that is listed exists ``number`` times."""
    for position in range(number):
        area = make.AreaFactory(plan=world.plan, key=f"AI{position + 20}")
        stream = make.WorkstreamFactory(plan=world.plan, key=f"S{position}")
        stream.areas.add(area)
        action = make.ActionFactory(workstream=stream, key=f"S{position}.1")
        action.areas.add(area)
        step = make.MilestoneFactory(action=action, key=f"S{position}.1-1")
        make.MilestoneLeadFactory(milestone=step, post=world.posts["PA1"])
        make.MilestoneFactory(action=world.actions["PA1.1"], key=f"PA1.1-{position + 20}")
        world.update(step.key, by=world.people[Role.PROGRAMME_OFFICE])
        world.update("PA1.1-1")


QUERIES = {
    ("areas",): 6,
    ("workstreams",): 5,
    ("actions",): 5,
    ("actions", "PA1.1"): 11,
    ("milestones",): 9,
    ("milestones", "PA1.1-1"): 12,
    ("milestones", "PA1.1-1", "updates"): 5,
}


@pytest.mark.parametrize("parts", QUERIES)
@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_rows(world, api_as, django_assert_num_queries, parts, number):
    rows_for_counting(world, number)
    reader = api_as(Role.BOARD_MEMBER)
    with django_assert_num_queries(QUERIES[parts]):
        answer = reader.get(address(world, *parts))
    assert answer.status_code == 200
    assert Milestone.objects.filter(plan=world.plan).count() == 4 + 2 * number


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_plans(world, api_as, django_assert_num_queries, number):
    for _ in range(number - 1):
        make.PlanFactory(partnership=world.partnership)
    with django_assert_num_queries(3):
        answer = api_as(Role.BOARD_MEMBER).get("/api/v1/plans/")
    assert answer.json()["count"] == number
