"""The pages of docs/ that are made from the code are those that the code makes now."""

import shutil

import pytest
from django.core.management import CommandError, call_command

from hertsend.pages.generated import GENERATED
from tests.architecture.source import ROOT


def test_generated_pages_are_current(capsys):
    call_command("generate_docs", check=True)

    assert capsys.readouterr().out == "All pages are current.\n"


@pytest.mark.parametrize("page", GENERATED)
def test_a_page_that_is_not_current_is_told(tmp_path, page):
    for name in GENERATED:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    with (tmp_path / page).open("a") as file:
        file.write("Written by hand.\n")

    with pytest.raises(CommandError, match=f"Run `make docs`:\n--- {page} \\(now\\)"):
        call_command("generate_docs", check=True, root=tmp_path)
