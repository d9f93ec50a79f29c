"""The generated pages of the documents: current in the checkout, written and checked by one command."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from hertsend.accounts.roles import Permission, Role
from hertsend.pages.generated import GENERATED
from plans.enums import PeriodState, Stage, StageAct, Standing


def run(*words: str) -> str:
    out = StringIO()
    call_command("generate_docs", *words, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("name", GENERATED)
def test_each_page_of_the_checkout_is_what_the_code_generates(name):
    assert (settings.BASE_DIR / name).read_text(encoding="utf-8") == GENERATED[name]()


def test_pages_are_written_and_then_current(tmp_path):
    assert run("--root", str(tmp_path)).splitlines() == [f"Written: {name}" for name in GENERATED]
    for name, make in GENERATED.items():
        assert (tmp_path / name).read_text(encoding="utf-8") == make()
    assert run("--root", str(tmp_path)) == "All pages are current.\n"
    assert run("--root", str(tmp_path), "--check") == "All pages are current.\n"


def test_the_check_fails_with_the_difference_and_writes_nothing(tmp_path):
    run("--root", str(tmp_path))
    page = tmp_path / "docs/reference/states.md"
    stale = page.read_text(encoding="utf-8").replace("1. Off track", "1. Lost")
    page.write_text(stale, encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        run("--root", str(tmp_path), "--check")
    lines = str(refused.value).splitlines()
    assert lines[0] == "Run `make docs`:"
    assert [line for line in lines[3:] if line[0] in "+-"] == ["-1. Lost", "+1. Off track"]
    assert page.read_text(encoding="utf-8") == stale


def test_every_role_and_right_stands_on_the_page_of_roles():
    page = GENERATED["docs/reference/roles.md"]()
    assert all(f"| {role.label} |" in page for role in Role)
    assert all(f"| {permission.label}" in page for permission in Permission)


def test_every_step_of_the_tables_is_drawn_and_no_other():
    """Told a second time, in the customer's words, for the two that matter most."""
    page = GENERATED["docs/reference/state-diagrams.md"]()
    assert steps_of(page, "Milestone: stage and sign-off") == {
        "[*] --> not_started : Taken over from the plan",
        "not_started --> in_progress : Update",
        "not_started --> proposed_complete : Proposed complete",
        "in_progress --> proposed_complete : Proposed complete",
        "proposed_complete --> signed_off : Signed off",
        "proposed_complete --> in_progress : Returned",
        "proposed_complete --> in_progress : Taken back",
        "signed_off --> in_progress : Reopened",
        "not_started --> withdrawn : Withdrawn",
        "in_progress --> withdrawn : Withdrawn",
        "proposed_complete --> withdrawn : Withdrawn",
        "withdrawn --> [*]",
    }
    assert steps_of(page, "Request for a new date") == {
        "[*] --> open : Asked for",
        *(f"open --> {end}" for end in ("granted", "refused", "withdrawn")),
        *(f"{end} --> [*]" for end in ("granted", "refused", "withdrawn")),
    }
    assert "frozen --> due : Reopened with a reason" in steps_of(page, "Reporting period")


def steps_of(page: str, title: str) -> set[str]:
    """The steps of one diagram of the page, each as it is drawn."""
    part = page.partition(f"## {title}\n")[2].partition("```\n")[0]
    return {line.strip() for line in part.splitlines() if "-->" in line}


def test_every_state_stands_on_the_page_of_states():
    page = GENERATED["docs/reference/states.md"]()
    labels = [one.label for many in (Stage, StageAct, PeriodState) for one in many]
    assert all(f"| {label} |" in page for label in labels)
    assert all(f". {one.label}\n" in page for one in Standing)
