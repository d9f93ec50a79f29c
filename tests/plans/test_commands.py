"""``importplan`` and ``exportplan``: what they print, what they store, and how they end."""

import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command

from hertsend.accounts.models import User
from plans.models import Milestone, Plan
from plans.planfile import reading
from tests.plans.planfile.documents import FIXTURE, milestone, small, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    """Answer a file that holds a document, or the given bytes."""

    def written(document) -> Path:
        path = tmp_path / "plan.json"
        content = document if isinstance(document, bytes) else text_of(document).encode()
        path.write_bytes(content)
        return path

    return written


def run(*words: str) -> str:
    """What a command prints on standard output."""
    out = StringIO()
    call_command(*map(str, words), stdout=out)
    return out.getvalue()


def rows() -> dict[str, int]:
    """How many rows every table has."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def exported() -> str:
    return run("exportplan", "barset-2024")


@pytest.mark.slow
def test_the_first_plan_goes_in_and_comes_out_byte_for_byte():
    run("importplan", FIXTURE)
    assert run("exportplan", "hertfordshire-2023") == FIXTURE.read_text(encoding="utf-8")
    assert Milestone.objects.count() == 135
    before = rows()
    assert run("importplan", FIXTURE) == "Nothing has changed.\n"
    assert rows() == before


def test_an_import_shows_what_it_creates_and_stores_it(file):
    printed = run("importplan", file(small()))
    assert "Created: 3 milestones: PA1.1-1, PA1.1-2, AI1.1-1\n" in printed
    assert printed.endswith("Stored.\n")
    assert exported() == text_of(small())


def test_a_dry_run_shows_the_same_and_stores_nothing(file):
    before = rows()
    printed = run("importplan", file(small()), "--dry-run")
    assert "Created: 3 milestones: PA1.1-1, PA1.1-2, AI1.1-1\n" in printed
    assert printed.endswith("A dry run: nothing was stored.\n")
    assert rows() == before
    assert not Plan.objects.exists()


def test_a_dry_run_of_a_correction_says_that_it_needs_a_reason(file):
    run("importplan", file(small()))
    document = small()
    milestone(document)["due_on"] = "2024-02-29"
    before = rows()
    printed = run("importplan", file(document), "--dry-run")
    assert printed.splitlines() == [
        "Changed: milestone PA1.1-1",
        "  due_on: 2024-01-31 → 2024-02-29",
        "Published dates or wording change: --correction REASON is needed.",
        "A dry run: nothing was stored.",
    ]
    assert rows() == before
    assert exported() == text_of(small())


def test_a_correction_is_refused_without_a_reason_and_taken_with_one(file):
    run("importplan", file(small()))
    document = small()
    milestone(document)["due_on"] = "2024-02-29"
    before = rows()
    with pytest.raises(CommandError) as refused:
        run("importplan", file(document))
    assert refused.value.returncode == 1
    assert str(refused.value) == (
        "Nothing was stored. Give a reason for changing published dates or wording of PA1.1-1 "
        "(due_on). (--correction REASON)"
    )
    assert rows() == before
    printed = run("importplan", file(document), "--correction", "A misprint")
    assert printed.splitlines() == [
        "Changed: milestone PA1.1-1",
        "  due_on: 2024-01-31 → 2024-02-29",
        "Stored.",
    ]
    entry = Milestone.objects.get(key="PA1.1-1").history.latest()
    assert entry.history_change_reason == "Correction: A misprint"
    assert entry.history_user == User.objects.system()
    assert exported() == text_of(document)


def test_what_the_file_does_not_have_is_named_and_kept(file):
    run("importplan", file(small()))
    document = small()
    del document["actions"][1]
    printed = run("importplan", file(document))
    assert printed.splitlines() == [
        "Not in the file, kept: action AI1.1",
        "Not in the file, kept: milestone AI1.1-1",
        "Removed: nothing",
    ]
    assert exported() == text_of(small())


def unknown_key(document):
    milestone(document)["owner"] = "me"


def duplicate_key(document):
    document["outcomes"][1]["key"] = "happy"


def dangling_reference(document):
    milestone(document)["leads"][0] = "nobody"


def impossible_day(document):
    milestone(document)["due_on"] = "2024-09-31"


@pytest.mark.parametrize(
    ("spoil", "faults"),
    [
        (unknown_key, ["actions[0].milestones[0].owner: This key is unknown."]),
        (duplicate_key, ["outcomes[1].key: The key “happy” is used above already."]),
        (
            dangling_reference,
            [
                (
                    "actions[0].leads: Must be the leads of its milestones, each once: nobody, "
                    "director."
                ),
                "actions[0].milestones[0].leads[0]: “nobody” is not defined in “leads”.",
            ],
        ),
        (
            impossible_day,
            ["actions[0].milestones[0].due_on: “2024-09-31” is a day that does not exist."],
        ),
    ],
)
def test_a_bad_document_is_refused_with_the_place_of_each_fault(file, spoil, faults):
    document = small()
    spoil(document)
    before = rows()
    path = file(document)
    with pytest.raises(CommandError) as refused:
        run("importplan", path)
    assert refused.value.returncode == 1
    head, *told = str(refused.value).splitlines()
    assert head == f"{path} is not taken over; nothing was stored."
    assert [one.partition(", ")[2] for one in told] == faults
    assert all(one.startswith("  line ") for one in told)
    assert rows() == before


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b'{"format": 1,}', "  line 1: This is not JSON: a key in double quotation marks"),
        (b'{"a": "\xe9"}', "  line 1: This is not text in UTF-8."),
        (text_of(small()).encode().replace(b'"key": "safe"', b'"key": "safe", "key": "safe"'), ""),
    ],
)
def test_what_is_no_document_is_refused(file, content, fault):
    with pytest.raises(CommandError) as refused:
        run("importplan", file(content))
    [told] = str(refused.value).splitlines()[1:]
    assert told.startswith(fault or "  line ")
    assert fault or told.endswith("outcomes[1].key: This key stands here twice.")
    assert not Plan.objects.exists()


def test_a_file_of_200_mb_is_refused(tmp_path):
    path = tmp_path / "large.json"
    with path.open("wb") as large:
        large.truncate(200 * reading.MEGABYTE)
    with pytest.raises(CommandError) as refused:
        run("importplan", path)
    assert str(refused.value).splitlines()[1:] == [
        "  the file: It is larger than 5 MB, so it is not read."
    ]


def test_the_plan_of_another_partnership_is_refused(file):
    run("importplan", file(small()))
    other = small()
    other["partnership"]["key"] = other["plan"]["partnership"] = "elsewhere"
    with pytest.raises(CommandError) as refused:
        run("importplan", file(other))
    assert str(refused.value) == (
        "Nothing was stored. The plan “barset-2024” belongs to the partnership “barset”."
    )


def test_an_unknown_plan_is_not_exported(file):
    with pytest.raises(CommandError) as refused:
        run("exportplan", "barset-2025")
    assert (str(refused.value), refused.value.returncode) == (
        "There is no plan “barset-2025”. Known: none.",
        1,
    )
    run("importplan", file(small()))
    with pytest.raises(CommandError, match=r"Known: barset-2024\.$"):
        run("exportplan", "barset-2025")


@pytest.mark.slow
def test_a_shell_gets_the_faults_on_standard_error_and_status_1(file):
    document = small()
    document["areas"][0]["kind"] = "goal"
    ended = subprocess.run(
        [sys.executable, "manage.py", "importplan", str(file(document)), "--dry-run"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "areas[0].kind: Must be one of priority_action, area_for_improvement." in ended.stderr
