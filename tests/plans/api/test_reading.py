"""What the API shows, to whom, and with how many queries."""

import datetime as dt

import pytest

from hertsend.accounts.roles import Role
from plans import selectors
from plans.models import StageChange
from tests.factories import models as make
from tests.factories.world import World
from tests.plans.api.calls import address, milestone_address

READERS = tuple(Role)
PLAIN = {Role.PARENT_CARER_REPRESENTATIVE}
WITHOUT_INTERNAL_NOTES = {*PLAIN, Role.ADVISER, Role.ADMINISTRATOR}

LINE = {
    "key": "PA1.1-1",
    "text": "Complete step PA1.1-1.",
    "action": "PA1.1",
    "workstream": "PA1",
    "areas": ["PA1"],
    "leads_inherited": False,
    "kind": "delivery",
    "precision": "day",
    "due_text": "30th September 2024",
    "due_on": "2024-09-30",
    "agreed_on": None,
    "forecast_on": None,
    "date_in_force": "2024-09-30",
    "moves": 0,
    "agreed_by": "",
    "slip_in_days": None,
    "has_no_agreed_date": False,
    "window_passed": False,
    "stage": "not_started",
    "standing": "no_update",
    "rating": None,
    "rating_month": None,
    "is_overdue": False,
    "days_overdue": 0,
    "has_exception": False,
    "completed_on": None,
    "last_updated_at": None,
    "version": 0,
    "what_happened": "",
    "what_is_next": "",
    "reason_for_rating": "",
    "sentence_for_families": "",
}
OFFICERS_WORDS = {"what_happened", "what_is_next", "reason_for_rating"}


def with_update(world: World) -> None:
    """An update with something in every field, each of which could leak."""
    world.update(
        what_happened="RAW happened",
        what_is_next="RAW next",
        internal_note="RAW internal",
        sentence_for_families="Plain words.",
        reason_for_rating="RAW reason",
        forecast_on=dt.date(2024, 9, 20),
    )


@pytest.mark.parametrize("role", READERS)
def test_every_role_lists_its_own_plan_and_no_other(world, api_as, role):
    answer = api_as(role).get("/api/v1/plans/")
    assert answer.status_code == 200
    assert answer.json() == {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [
            {
                "slug": world.plan.slug,
                "title": "SEND Improvement Plan",
                "subtitle": "",
                "published": "2023-12",
                "published_text": "December 2023",
                "partnership": {
                    "slug": world.partnership.slug,
                    "name": world.partnership.name,
                    "place": world.partnership.place,
                },
            }
        ],
    }


def test_a_plan_says_which_months_take_updates(world, api_as):
    answer = api_as(Role.BOARD_MEMBER).get(address(world)).json()
    assert answer["periods_accepting_updates"] == [
        {
            "month": "2024-08",
            "state": "due",
            "opens_on": "2024-08-01",
            "due_on": "2024-09-06",
            "freezes_on": "2024-09-10",
        },
        {
            "month": "2024-09",
            "state": "open",
            "opens_on": "2024-09-01",
            "due_on": "2024-10-07",
            "freezes_on": "2024-10-09",
        },
    ]


def test_areas_name_their_workstreams_and_who_is_accountable(world, api_as):
    answer = api_as(Role.BOARD_MEMBER).get(address(world, "areas")).json()
    assert answer["count"] == 2
    assert answer["results"][0] == {
        "key": "PA1",
        "kind": "priority_action",
        "number": 1,
        "short_name": "",
        "statement": "Leaders should improve PA1.",
        "responsible_bodies": [],
        "accountable": [],
        "workstreams": ["PA1"],
    }


def test_workstreams_name_their_areas(world, api_as):
    answer = api_as(Role.BOARD_MEMBER).get(address(world, "workstreams")).json()
    assert answer["results"] == [
        {"key": stream.key, "name": stream.name, "areas": [stream.key]}
        for stream in (world.workstreams["PA1"], world.workstreams["AI1"])
    ]


def test_an_action_shows_its_words_and_its_milestones(world, api_as):
    listed = api_as(Role.BOARD_MEMBER).get(address(world, "actions")).json()["results"]
    one = api_as(Role.BOARD_MEMBER).get(address(world, "actions", "PA1.1")).json()
    assert listed[0] == {
        "key": "PA1.1",
        "number": "1.1",
        "workstream": "PA1",
        "areas": ["PA1"],
        "text": "We will do PA1.1.",
        "meaning_for_families": "Families wait less.",
        "impacts": ["Families report shorter waits."],
    }
    assert [row["key"] for row in one.pop("milestones")] == ["PA1.1-1", "PA1.1-2"]
    assert one == listed[0]


def test_a_milestone_nobody_touched_reads_in_full(world, api_as):
    answer = api_as(Role.BOARD_MEMBER).get(milestone_address(world)).json()
    post = world.posts["PA1"]
    assert answer == LINE | {
        "leads": [{"key": post.key, "title": post.title}],
        "window": {"start": None, "end": None, "words": ""},
        "you_may": {"update": False, "sign_off": False, "withdraw": False},
        "stage_changes": [],
        "date_changes": [],
    }


@pytest.mark.parametrize("role", READERS)
def test_words_are_shown_to_those_who_may_read_them(world, api_as, role):
    with_update(world)
    line = api_as(role).get(milestone_address(world)).json()
    hidden = OFFICERS_WORDS | {"agreed_by"} if role in PLAIN else set()
    assert set(LINE) - set(line) == hidden
    assert line["sentence_for_families"] == "Plain words."
    assert line["rating"] == "green"


@pytest.mark.parametrize("role", READERS)
def test_hidden_fields_of_an_update_are_absent(world, api_as, role):
    with_update(world)
    answer = api_as(role).get(milestone_address(world, "updates"))
    (update,) = answer.json()["results"]
    plain = {"period", "stage", "rating", "forecast_on", "sentence_for_families", "at", "version"}
    officers = OFFICERS_WORDS | {"best_rating", "base_version", "by", "on_behalf_of"}
    expected = plain if role in PLAIN else plain | officers
    if role not in WITHOUT_INTERNAL_NOTES:
        expected |= {"internal_note"}
    assert set(update) == expected
    assert (b"RAW internal" in answer.content) == (role not in WITHOUT_INTERNAL_NOTES)
    assert (b"RAW" in answer.content) == (role not in PLAIN)


def test_updates_come_latest_first_with_their_author(world, api_as):
    world.update(what_happened="First.")
    world.update(what_happened="Second.", by=world.people[Role.PROGRAMME_OFFICE])
    answer = api_as(Role.BOARD_MEMBER).get(milestone_address(world, "updates")).json()
    shown = [
        (row["version"], row["what_happened"], row["by"], row["on_behalf_of"], row["period"])
        for row in answer["results"]
    ]
    assert shown == [
        (2, "Second.", "Programme office", "Head of PA1", "2024-08"),
        (1, "First.", "Workstream lead PA1", None, "2024-08"),
    ]


@pytest.mark.parametrize(
    "parts",
    [
        (),
        ("areas",),
        ("workstreams",),
        ("actions",),
        ("actions", "PA1.1"),
        ("milestones",),
        ("milestones", "PA1.1-1"),
        ("milestones", "PA1.1-1", "updates"),
    ],
)
def test_not_yours_and_not_there_answer_alike(world, api_as, parts):
    reader = api_as(Role.PROGRAMME_OFFICE)
    of_neighbour = reader.get(address(world.foreign, *parts))
    of_nobody = reader.get("/".join(["/api/v1/plans/no-such-plan", *parts, ""]))
    assert of_neighbour.status_code == of_nobody.status_code == 404
    assert of_neighbour.content == of_nobody.content
    assert of_nobody.json() == {
        "code": "not_found",
        "message": "There is nothing here, or you may not see it.",
        "fields": {},
    }


@pytest.mark.parametrize("key", ["PA9.9-9", "PA1.1-1%00", "a/b", "\N{SNOWMAN}"])
@pytest.mark.parametrize("kind", ["milestones", "actions"])
def test_a_key_that_nothing_has_is_not_there(world, api_as, kind, key):
    path = address(world, kind) + key.replace("/", "%2F") + "/"
    assert api_as(Role.BOARD_MEMBER).get(path).status_code == 404


def test_a_milestone_of_another_plan_is_not_reached_through_ones_own(world, api_as):
    make.MilestoneFactory(action=world.foreign.actions["PA1.1"], key="ONLY-THERE")
    answer = api_as(Role.BOARD_MEMBER).get(milestone_address(world, key="ONLY-THERE"))
    assert answer.status_code == 404


def test_keys_with_an_ampersand_are_reached_encoded(world, api_as):
    stream = make.WorkstreamFactory(plan=world.plan, key="AI1&4")
    action = make.ActionFactory(workstream=stream, key="AI1&4.1")
    make.MilestoneFactory(action=action, key="AI1&4.1-1")
    reader = api_as(Role.BOARD_MEMBER)
    assert reader.get(milestone_address(world, key="AI1&4.1-1")).json()["workstream"] == "AI1&4"
    listed = reader.get(address(world, "milestones"), {"workstream": "AI1&4"}).json()
    assert [row["key"] for row in listed["results"]] == ["AI1&4.1-1"]


def test_the_fingerprint_is_for_those_who_may_sign_a_proposal(world, api_as):
    world.update()
    for role in READERS:
        assert "fingerprint" not in api_as(role).get(milestone_address(world)).json()
    world.propose()
    shown = {
        role: api_as(role).get(milestone_address(world)).json().get("fingerprint")
        for role in READERS
    }
    expected = selectors.fingerprint_of(world.milestone())
    assert shown == {role: expected if role == Role.JOINT_CHAIR else None for role in READERS}


@pytest.mark.parametrize("role", READERS)
def test_acts_are_shown_with_what_the_reader_may_see(world, api_as, role):
    world.propose(words="RAW minutes")
    (act,) = api_as(role).get(milestone_address(world)).json()["stage_changes"]
    assert (act["act"], act["from_stage"], act["to_stage"]) == (
        "proposed",
        "not_started",
        "proposed_complete",
    )
    hidden = {"words", "evidence_link", "evidence_shareable", "fingerprint", "role", "by"}
    assert hidden & set(act) == (set() if role in PLAIN else hidden)


@pytest.mark.parametrize("shareable", [True, False])
def test_families_see_the_link_of_an_earlier_proposal_that_was_marked_for_them(
    world, api_as, shareable
):
    link = "https://example.org/minutes"
    world.propose()
    StageChange._base_manager.update(evidence_link=link, evidence_shareable=shareable)
    path = milestone_address(world)
    for role, sees in ((Role.PARENT_CARER_REPRESENTATIVE, shareable), (Role.ADVISER, True)):
        (act,) = api_as(role).get(path).json()["stage_changes"]
        assert act.get("evidence_link") == (link if sees else None)


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        (Role.WORKSTREAM_LEAD, (True, False, False)),
        (Role.PROGRAMME_OFFICE, (True, False, False)),
        (Role.JOINT_CHAIR, (False, True, True)),
        (Role.ADMINISTRATOR, (False, False, False)),
    ],
)
def test_a_milestone_says_what_the_reader_may_do(world, api_as, role, rights):
    you_may = api_as(role).get(milestone_address(world)).json()["you_may"]
    assert (you_may["update"], you_may["sign_off"], you_may["withdraw"]) == rights
