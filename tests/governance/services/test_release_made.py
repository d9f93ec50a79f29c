"""A pack is released only once it was made in every format, with the words and order of the office."""

import copy
import dataclasses
import datetime as dt

import pytest
from django.urls import reverse

from governance.boardpack import snapshot
from governance.boardpack.renderings import AT_FIRST, RENDERINGS, NotLaidOut, render_all
from governance.models import BoardPack
from governance.services import pack_runs, packs
from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from tests.factories.world import at
from tests.governance import steps
from tests.governance.boardpack.everything import store_instead
from tests.governance.boardpack.filled import filled_world
from tests.governance.steps import AUGUST
from tests.plans.api.calls import address

NOW = dt.date(2024, 9, 12)
OFFICE, CHAIR = Role.PROGRAMME_OFFICE, Role.JOINT_CHAIR


@pytest.fixture
def world(db):
    return filled_world()


@pytest.fixture
def run(world):
    return steps.lay_out(steps.read_pack(world, AUGUST, on=NOW), on=NOW)


def spoil(run):
    """A drawing that the typesetter refuses, stored as if it had been assembled so."""
    stored = copy.deepcopy(run.pack.content)
    (drawn,) = [each for each in stored["measures"] if each["chart"]]
    drawn["chart"] = "<svg"
    store_instead(run.pack, stored)


def release(world, run, *, role=OFFICE, version=None):
    with at(NOW):
        return packs.release(
            run=run,
            base_version=run.version if version is None else version,
            by=world.people[role],
        )


def test_every_format_is_made_before_a_pack_can_be_released(run):
    assert set(RENDERINGS) == {"page", "pdf", "word", "workbook", "csv"}
    assert render_all(snapshot.shown(steps.run_of(run.pack))) == tuple(RENDERINGS)


def test_a_content_that_was_just_read_is_made_as_page_and_pdf_alone(run):
    shown = snapshot.shown(steps.run_of(run.pack))
    assert render_all(shown, kinds=AT_FIRST) == ("page", "pdf")


def test_a_version_that_does_not_exist_yet_is_not_released(world, run):
    with pytest.raises(Conflict):
        release(world, run, version=run.version + 1)
    assert steps.run_of(run.pack).state == "rendered"


def test_a_pack_that_can_be_made_is_released(world, run):
    with at(NOW):
        run = pack_runs.prepare(
            run=run,
            foreword="Read on. \U0001f600",
            base_version=run.version,
            by=world.people[OFFICE],
        )
    released = release(world, run)
    assert (released.state, released.version) == ("released", run.version + 1)


def test_a_pack_that_cannot_be_made_stays_with_the_office_and_says_what_to_do(world, run):
    spoil(run)
    with pytest.raises(RuleBroken) as refusal:
        release(world, run)
    assert refusal.value.sentence.startswith(
        "This pack cannot be made as PDF, so it was not released. Take out of the foreword"
    )
    again = steps.run_of(run.pack)
    assert (again.state, again.version) == ("rendered", run.version)


def test_a_format_that_refuses_is_named(run):
    spoil(run)
    with pytest.raises(NotLaidOut, match="could not be made as PDF") as refusal:
        render_all(snapshot.shown(steps.run_of(run.pack)))
    assert refusal.value.__cause__ is not None
    read = snapshot.opened(steps.run_of(run.pack).pack)
    with pytest.raises(NotLaidOut, match="could not be made as page"):
        render_all(dataclasses.replace(read, exceptions=("NOT-THERE",)))


def test_nothing_is_made_for_whoever_may_not_release_or_was_overtaken(world, run):
    spoil(run)
    with pytest.raises(NotAllowed):
        release(world, run, role=CHAIR)
    with pytest.raises(Conflict, match="changed after you opened the page"):
        release(world, run, version=run.version - 1)


def test_what_was_released_already_is_not_made_again(world, run):
    released = release(world, run)
    spoil(run)
    with pytest.raises(RuleBroken, match="cannot be done now"):
        release(world, released)


def test_what_is_stored_otherwise_is_not_released(world, run):
    BoardPack._base_manager.filter(pk=run.pack_id).update(sha256="0" * 64)
    with pytest.raises(RuleBroken, match="not what was assembled"):
        release(world, run)


def test_the_page_says_why_a_pack_was_not_released(world, run, client):
    spoil(run)
    client.force_login(world.people[OFFICE])
    url = reverse("governance:pack-release", args=run.address)
    with at(NOW):
        answer = client.post(url, client.get(url).context["form"].initial)
    assert answer.status_code == 200
    assert "This pack cannot be made as PDF" in answer.content.decode()
    assert steps.run_of(run.pack).state == "rendered"


def test_the_interface_says_why_a_pack_was_not_released(world, run, api_as):
    spoil(run)
    parts = (f"{run.period.month:%Y-%m}", run.edition, str(run.revision), "release")
    with at(NOW):
        answer = api_as(OFFICE).post(
            address(world, "packs", *parts), {"base_version": run.version}, format="json"
        )
    assert (answer.status_code, answer.data["code"]) == (400, "rule_broken")
    assert answer.data["message"].startswith("This pack cannot be made as PDF")
    assert steps.run_of(run.pack).state == "rendered"
