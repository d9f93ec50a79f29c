"""Migrations are complete, stand in one line, are named for what they do, and can be undone."""

import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations import RunPython, RunSQL
from django.db.migrations.loader import MigrationLoader

from tests.architecture.source import APPS

NAME = re.compile(r"\d{4}_(?!initial$)[a-z][a-z0-9_]+")
TOLD_BY_DJANGO = re.compile(r"_auto_|_and_more|_(?:alter|remove|rename|add)_\w+_\w+_\w+_")


@pytest.fixture(scope="module")
def loader() -> MigrationLoader:
    return MigrationLoader(None, ignore_no_migrations=True)


OURS = sorted(
    config.label for config in apps.get_app_configs() if config.name.split(".")[0] in APPS
)


def badly_named(name: str) -> bool:
    """Whether a name is Django's proposal, or only "initial"."""
    return not NAME.fullmatch(name) or bool(TOLD_BY_DJANGO.search(name))


def irreversible(operations: list) -> list[str]:
    found = []
    for operation in operations:
        if isinstance(operation, RunPython) and operation.reverse_code is None:
            found.append("RunPython without reverse_code")
        if isinstance(operation, RunSQL) and operation.reverse_sql is None:
            found.append("RunSQL without reverse_sql")
    return found


@pytest.mark.django_db
def test_migrations_are_complete():
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("label", OURS)
def test_migrations_stand_in_one_line(loader, label):
    leaves = loader.graph.leaf_nodes(label)

    assert len(leaves) == (1 if label in loader.migrated_apps and leaves else 0), (
        "Two people made a migration at once: let one follow the other"
    )


def test_migrations_have_good_names_and_a_way_back(loader):
    ours = {key: row for key, row in loader.disk_migrations.items() if key[0] in OURS}

    assert len(ours) >= 8
    assert [key for key in ours if badly_named(key[1])] == [], "Say in the name what it does"
    assert {
        key: faults for key, row in ours.items() if (faults := irreversible(row.operations))
    } == {}


@pytest.mark.parametrize(
    ("name", "is_bad"),
    [
        ("0002_area_accountability_in_order", False),
        ("0001_submission", False),
        ("0001_initial", True),
        ("0003_auto_20241001_1200", True),
        ("0003_alter_milestone_key_and_more", True),
    ],
)
def test_the_guard_sees_a_bad_name(name, is_bad):
    assert badly_named(name) is is_bad


def test_the_guard_sees_what_cannot_be_undone():
    assert irreversible([RunPython(print), RunPython(print, print), RunSQL("SELECT 1")]) == [
        "RunPython without reverse_code",
        "RunSQL without reverse_sql",
    ]
