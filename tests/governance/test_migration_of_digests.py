"""Packs from before names and digests were kept get both as the database is brought up to date."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.db.migrations.executor import MigrationExecutor
from django.test.utils import CaptureQueriesContext

from governance.boardpack import snapshot
from governance.models import PackRun
from hertsend import dates
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.records.bases import save_audited
from tests.factories.world import World
from tests.governance.steps import AUGUST, JULY

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

BEFORE = [("governance", "0018_runs_of_earlier_packs")]
WRITTEN = dt.datetime(2024, 9, 10, 9, 30, 0, 250_000, tzinfo=dt.UTC)
EARLIER, LATER = WRITTEN - dt.timedelta(days=30), WRITTEN + dt.timedelta(days=30)
WORDS = "Two late starts – “soon”, says Zoë."
KEPT = ("released", "issued", "issued to families")
SIGNED = ("laid out with a foreword", "released", "issued to families")


def migrate(targets: list[tuple[str, str]]) -> Any:
    """Bring the database to these migrations; the answer is the registry of models as they were then."""
    return MigrationExecutor(connection).migrate(targets).apps


def latest() -> list[tuple[str, str]]:
    """The last migration of every app."""
    return MigrationExecutor(connection).loader.graph.leaf_nodes()


@pytest.fixture
def earlier(world) -> Iterator[Any]:
    """The models from before digests were kept; the database is at its end again afterwards."""
    if not MigrationExecutor(connection).loader.graph.leaf_nodes("governance"):
        pytest.skip("The database was made without migrations: run it without --no-migrations")
    apps = migrate(BEFORE)
    try:
        yield apps
    finally:
        if MigrationExecutor(connection).migration_plan(latest()):
            # What could not be brought up to date must not keep the database from it.
            apps.get_model("governance", "PackRun").objects.all().delete()
            migrate(latest())


def named(user: User, *names: tuple[str, dt.datetime]) -> User:
    """The person called so, each name told by the history since its moment."""
    for name, since in names:
        user.name = name
        with dates.at(since):
            save_audited(user, by=User.objects.system(), reason="Set up for a test")
    return user


@pytest.fixture
def authors(world) -> dict[str, User]:
    """Who writes forewords: one renamed since, one whose history began later, one without a history."""
    people = world.people
    return {
        "renamed": named(
            people[Role.PROGRAMME_OFFICE], ("Ada of the time", EARLIER), ("Ada of today", LATER)
        ),
        "begun later": named(
            people[Role.WORKSTREAM_LEAD],
            ("Ben of later", LATER),
            ("Ben of today", LATER + dt.timedelta(days=1)),
        ),
        "without": named(world.other_lead),
    }


def runs_of(world: World, apps: Any) -> Callable[..., int]:
    """Stores a pack's run as it was before, with what was read where it was read; answers its key."""
    office, chair = world.people[Role.PROGRAMME_OFFICE], world.people[Role.JOINT_CHAIR]
    number = iter("123456789abcdef")

    def stored(state: str, edition: str, month: dt.date, **changes: Any) -> int:
        common = {
            "partnership_id": world.partnership.pk,
            "period_id": world.period(month).pk,
            "edition": edition,
            "revision": changes.pop("revision", 1),
        }
        given: dict[str, Any] = {}
        if state != "planned":
            pack = apps.get_model("governance", "BoardPack").objects.create(
                **common,
                schema_version=1,
                cut_off=WRITTEN,
                content={"a": 1},
                sha256=next(number) * 64,
                assembled_by_id=office.pk,
                assembled_at=WRITTEN,
                reason="A figure was wrong." if common["revision"] > 1 else "",
            )
            given |= {"pack_id": pack.pk, "rendered_at": WRITTEN}
        if state in ("released", "issued"):
            given |= {"released_by_id": office.pk, "released_at": WRITTEN}
        if state == "issued":
            given |= {"issued_by_id": chair.pk, "issued_at": WRITTEN}
        row = apps.get_model("governance", "PackRun").objects.create(
            **common,
            state=state,
            planned_by_id=office.pk,
            planned_at=EARLIER,
            **(given | changes),
        )
        return row.pk

    return stored


def by(author: User, **changes: Any) -> dict[str, Any]:
    """A foreword of this author, and what else the office did."""
    return {"foreword": WORDS, "foreword_by_id": author.pk, "foreword_at": WRITTEN} | changes


@pytest.fixture
def runs(world, authors, earlier) -> dict[str, int]:
    """A run of every kind from before digests were kept."""
    stored = runs_of(world, earlier)
    arranged = {"order": ["workstreams", "risks"], "left_out": ["words", "glossary"]}
    return {
        "planned": stored("planned", "board", AUGUST),
        "laid out": stored("rendered", "executive", AUGUST),
        "laid out with a foreword": stored(
            "rendered", "families", AUGUST, **by(authors["renamed"])
        ),
        "released": stored("released", "board", JULY, **by(authors["begun later"], **arranged)),
        "issued": stored("issued", "executive", JULY),
        "issued to families": stored("issued", "families", JULY, **by(authors["without"])),
        "taken over": stored(
            "issued",
            "board",
            JULY,
            revision=2,
            is_taken_over=True,
            released_by_id=None,
            released_at=None,
            issued_by_id=None,
        ),
    }


def refused(key: int, **changes: Any) -> None:
    """The database refuses a run with these columns."""
    with pytest.raises(IntegrityError):
        PackRun._base_manager.filter(pk=key).update(**changes)


def check_held_to_the_rules(runs: dict[str, int]) -> None:
    """What is kept cannot be taken away again, nor given where none is kept."""
    connection.check_constraints()
    for kind, key in runs.items():
        refused(key, shown_sha256="" if kind in KEPT else "1" * 64)
        refused(key, foreword_by_name="" if kind in SIGNED else "Nobody")


def test_earlier_packs_get_the_name_and_the_digest_that_are_asked_of_them(world, runs):
    with CaptureQueriesContext(connection) as asked:
        migrate(latest())

    rows = {kind: PackRun.objects.select_related("pack").get(pk=key) for kind, key in runs.items()}
    assert {kind: row.foreword_by_name for kind, row in rows.items()} == {
        **dict.fromkeys(rows, ""),
        "laid out with a foreword": "Ada of the time",
        "released": "Ben of later",
        "issued to families": world.other_lead.name,
    }
    assert {kind: row.shown_sha256 for kind, row in rows.items()} == {
        **dict.fromkeys(rows, ""),
        **{kind: snapshot.digest_of_shown(rows[kind]) for kind in KEPT},
    }
    assert len({rows[kind].shown_sha256 for kind in KEPT}) == len(KEPT)
    written = [each for each in asked if each["sql"].startswith('UPDATE "governance_packrun"')]
    assert len(written) == len({*KEPT, *SIGNED})
    check_held_to_the_rules(runs)
    assert MigrationExecutor(connection).migration_plan(latest()) == []
