"""Packs through the interface: the same rows, steps, rules and sentences as on the pages."""

import datetime as dt

import pytest
from django.test import Client

from governance.enums import Edition
from governance.models import Delivery, PackRun
from hertsend.accounts.roles import Role
from tests.factories.world import at
from tests.governance import steps
from tests.governance.steps import AUGUST
from tests.plans.api.calls import address

NOW = dt.date(2024, 9, 12)
OFFICE, CHAIR = Role.PROGRAMME_OFFICE, Role.JOINT_CHAIR
MEMBER, FAMILIES = Role.BOARD_MEMBER, Role.PARENT_CARER_REPRESENTATIVE
LEAD = Role.WORKSTREAM_LEAD
REASON = "A name was wrong."

STEPS = {
    "prepare": ("rendered", OFFICE, {"foreword": "Two late starts."}, "rendered"),
    "release": ("rendered", OFFICE, {}, "released"),
    "return": ("released", CHAIR, {"reason": REASON}, "rendered"),
    "issue": ("released", CHAIR, {}, "issued"),
    "reissue": ("issued", OFFICE, {"reason": REASON}, "planned"),
}
"""For each step: the state before, who takes it, what is sent, and the state after."""


@pytest.fixture
def world(packable):
    """August is frozen."""
    return packable


def run_in(world, state, edition=Edition.BOARD):
    """A pack of August that stands at a state."""
    pack = steps.read_pack(world, AUGUST, on=NOW, edition=edition)
    run = steps.lay_out(pack, on=NOW)
    if state != "rendered":
        run = {"released": steps.release, "issued": steps.issue}[state](world, pack, on=NOW)
    return PackRun.objects.select_related("period__plan").get(pk=run.pk)


@pytest.fixture
def call(api_as, world):
    """Read as a role, or send a body."""

    def called(role, *parts, body=None, key=""):
        where = address(world, "packs", *parts)
        headers = {"Idempotency-Key": key} if key else {}
        with at(NOW):
            client = api_as(role)
            if body is None:
                return client.get(where)
            return client.post(where, body, format="json", headers=headers)

    return called


def place(run, *more):
    return (f"{run.period.month:%Y-%m}", run.edition, str(run.revision), *more)


def test_one_pack_with_all_that_its_makers_see(world, call):
    run = run_in(world, "issued")
    answer = call(MEMBER, *place(run))
    assert answer.status_code == 200
    assert answer.data == {
        "month": "2024-08",
        "edition": "board",
        "revision": 1,
        "state": "issued",
        "cut_off": "2024-09-10T12:00:00+01:00",
        "sha256": run.pack.sha256,
        "shown_sha256": run.shown_sha256,
        "reason": "",
        "foreword": "",
        "order": [],
        "left_out": [],
        "rendered_at": "2024-09-12T12:00:00+01:00",
        "released_at": "2024-09-12T12:00:00+01:00",
        "issued_at": "2024-09-12T12:00:00+01:00",
        "page": f"/plans/{world.plan.slug}/packs/2024-08/board/1/",
        "version": run.version,
    }


@pytest.mark.parametrize("role", [OFFICE, CHAIR, Role.EXECUTIVE_CHAIR])
def test_those_who_make_packs_list_what_is_not_issued(world, call, role):
    run = run_in(world, "rendered")
    answer = call(role)
    assert [(each["edition"], each["state"]) for each in answer.data["results"]] == [
        ("board", "rendered")
    ]
    assert call(role, *place(run)).data["shown_sha256"] == ""


@pytest.mark.parametrize("state", ["rendered", "released"])
@pytest.mark.parametrize("role", [MEMBER, LEAD, FAMILIES, Role.ADVISER])
def test_readers_find_nothing_of_a_pack_that_is_not_issued(world, call, role, state):
    run = run_in(world, state)
    assert call(role).data["results"] == []
    assert call(role, *place(run)).status_code == 404
    for what, (_, _, body, _) in STEPS.items():
        sent = body | {"base_version": run.version}
        assert call(role, *place(run, what), body=sent).status_code == 404


def test_an_issued_pack_is_there_for_the_readers_of_its_edition(world, call):
    board, families = run_in(world, "issued"), run_in(world, "issued", Edition.FAMILIES)
    for role, editions in ((MEMBER, ["board", "families"]), (FAMILIES, ["families"])):
        assert [each["edition"] for each in call(role).data["results"]] == editions
    assert call(FAMILIES, *place(board)).status_code == 404
    assert call(FAMILIES, *place(families)).status_code == 200


@pytest.mark.parametrize("parts", [("2024-08", "board", "2"), ("2024-13", "board", "1"), ("x",)])
def test_what_is_not_there_is_a_404(world, call, parts):
    run_in(world, "issued")
    assert call(MEMBER, *parts).status_code == 404


@pytest.mark.parametrize("what", STEPS)
def test_a_step_of_whoever_takes_it(world, call, what):
    before, role, body, after = STEPS[what]
    run = run_in(world, before)
    answer = call(role, *place(run, what), body=body | {"base_version": run.version})
    assert (answer.status_code, answer.data["state"]) == (201, after)
    stored = PackRun.objects.get(period=run.period, revision=answer.data["revision"])
    assert (stored.state, stored.version) == (after, answer.data["version"])
    assert stored.history.latest("history_id").history_user == world.people[role]


@pytest.mark.parametrize("what", STEPS)
def test_a_step_is_refused_to_other_makers_and_not_there_for_readers(world, call, what):
    before, role, body, _ = STEPS[what]
    run = run_in(world, before)
    sent = body | {"base_version": run.version}
    makers = {OFFICE, CHAIR, Role.EXECUTIVE_CHAIR}
    for other in makers - {role}:
        answer = call(other, *place(run, what), body=sent)
        assert (answer.status_code, answer.data["code"]) == (403, "not_allowed")
    # A reader of an issued pack hears who does it; of what is not issued there is nothing for them.
    there = {"issued": 403}.get(before, 404)
    assert call(MEMBER, *place(run, what), body=sent).status_code == there
    assert call(FAMILIES, *place(run, what), body=sent).status_code == 404
    again = PackRun.objects.get(pk=run.pk)
    assert (again.state, again.version) == (before, run.version)


@pytest.mark.parametrize("what", STEPS)
def test_a_step_on_an_earlier_version_is_a_conflict(world, call, what):
    before, role, body, _ = STEPS[what]
    run = run_in(world, before)
    sent = body | {"base_version": run.version - 1}
    answer = call(role, *place(run, what), body=sent)
    assert (answer.status_code, answer.data["code"]) == (409, "conflict")
    assert answer.data["message"].startswith("This pack changed after you opened the page.")
    assert answer.data["submitted"] == sent
    assert PackRun.objects.get(pk=run.pk).version == run.version


@pytest.mark.parametrize("what", STEPS)
def test_the_same_step_sent_twice_is_taken_once(world, call, what):
    before, role, body, after = STEPS[what]
    run = run_in(world, before)
    sent = body | {"base_version": run.version}
    first, second = (call(role, *place(run, what), body=sent, key="once") for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.data == second.data
    assert first.data["state"] == after
    assert PackRun.objects.count() == (2 if what == "reissue" else 1)
    if what == "issue":
        assert Delivery.objects.filter(run=run).count() == Delivery.objects.count() > 0
    # Without the same key it is another step, on a version that is gone or a state that is over.
    assert call(role, *place(run, what), body=sent, key="other").status_code in (400, 409)


@pytest.mark.parametrize(
    ("what", "body", "field"),
    [
        ("prepare", {"foreword": "", "order": ["exceptions"]}, "order"),
        ("prepare", {"foreword": "", "left_out": ["slips"]}, "left_out"),
        ("prepare", {"foreword": "a" * 3001}, "foreword"),
        ("prepare", {"foreword": "", "colour": "red"}, "colour"),
        ("return", {"reason": " "}, "reason"),
        ("return", {}, "reason"),
        ("reissue", {"reason": ""}, "reason"),
        ("release", {"base_version": "first"}, "base_version"),
    ],
)
def test_a_body_that_is_not_right_names_the_field(world, call, what, body, field):
    before, role, _, _ = STEPS[what]
    run = run_in(world, before)
    answer = call(role, *place(run, what), body={"base_version": run.version} | body)
    assert answer.status_code == 400
    assert field in answer.data["fields"]
    assert PackRun.objects.get(pk=run.pk).version == run.version


def test_what_cannot_be_done_now_says_the_sentence_of_the_page(world, call):
    run = run_in(world, "rendered")
    answer = call(CHAIR, *place(run, "issue"), body={"base_version": run.version})
    client = Client()
    client.force_login(world.people[CHAIR])
    url = f"{run.get_absolute_url()}issue/"
    with at(NOW):
        page = client.post(url, client.get(url).context["form"].initial)
    sentence = answer.data["message"]
    assert (answer.status_code, page.status_code) == (400, 200)
    assert page.context["form"].non_field_errors() == [sentence]
    assert "cannot be done now" in sentence


@pytest.mark.parametrize("what", STEPS)
def test_page_and_interface_leave_the_same_behind(world, call, what):
    before, role, body, _ = STEPS[what]
    # The form always names an order, the usual one where nobody chose another.
    kept = ("state", "foreword", "left_out", "returned_reason", "reason", "revision")
    found = []
    for edition, door in ((Edition.BOARD, "interface"), (Edition.EXECUTIVE, "page")):
        run = run_in(world, before, edition)
        if door == "interface":
            call(role, *place(run, what), body=body | {"base_version": run.version})
        else:
            client = Client()
            client.force_login(world.people[role])
            with at(NOW):
                url = f"{run.get_absolute_url()}{what}/"
                client.post(url, client.get(url).context["form"].initial | body)
        rows = PackRun.objects.filter(period=run.period, edition=edition).order_by("revision")
        found.append(
            [
                {name: getattr(row, name) for name in kept}
                | {"why": row.history.latest("history_id").history_change_reason}
                for row in rows
            ]
        )
    over_interface, on_page = found
    assert over_interface == on_page


def test_who_was_told_is_for_the_office_alone(world, call):
    run = run_in(world, "issued")
    told = call(OFFICE, *place(run, "deliveries"))
    assert told.status_code == 200
    assert len(told.data["results"]) == Delivery.objects.filter(run=run).count() > 0
    assert {each["state"] for each in told.data["results"]} == {"planned"}
    assert call(CHAIR, *place(run, "deliveries")).status_code == 403
    assert call(FAMILIES, *place(run, "deliveries")).status_code == 404
    row = Delivery.objects.filter(run=run).first()
    again = call(OFFICE, *place(run, "deliveries", str(row.pk), "again"), body={})
    assert (again.status_code, again.data["code"]) == (400, "rule_broken")


def test_the_files_lie_below_the_page_that_the_interface_names(world, call):
    run = run_in(world, "issued")
    page = call(MEMBER, *place(run)).data["page"]
    for role, status in ((MEMBER, 200), (FAMILIES, 404)):
        client = Client()
        client.force_login(world.people[role])
        for kind in ("pdf", "docx", "xlsx", "zip"):
            with at(NOW):
                assert client.get(f"{page}pack.{kind}").status_code == status, kind
