"""Files of every kind become cells or one sentence, whatever they try."""

import io
import zipfile

import pytest

from kpis.files.reading import BadFile, read_cells, table_of
from tests.kpis.files.specimens import BAD, GOOD, REFUSED_AS_TABLES, ROWS, TEXT, bomb, specimen
from tests.kpis.files.workbooks import xlsx


def test_there_are_sixty_bad_files():
    assert len(BAD) + len(REFUSED_AS_TABLES) >= 60


@pytest.mark.slow
@pytest.mark.parametrize("name", GOOD)
def test_what_is_a_table_is_read(name):
    assert read_cells(specimen(name)) == TEXT


@pytest.mark.slow
@pytest.mark.parametrize("name", [*BAD, *REFUSED_AS_TABLES])
def test_what_is_none_is_refused_in_one_sentence(name):
    with pytest.raises(BadFile) as refused:
        table_of(read_cells(specimen(name)))

    [sentence] = refused.value.errors["file"]
    assert sentence.endswith(".")
    assert "Traceback" not in sentence


@pytest.mark.slow
def test_dates_of_the_other_calendar_are_the_dates_that_are_shown():
    """The same day has another number where the workbook counts from 1904."""
    for content in (
        xlsx([["Period", "Value"], ['<c r="PLACE" s="1"><v>45535</v></c>', 1]]),
        xlsx([["Period", "Value"], ['<c r="PLACE" s="1"><v>44073</v></c>', 1]], date1904=True),
    ):
        assert read_cells(content)[1] == ["2024-08-31", "1"]


@pytest.mark.slow
def test_a_formula_is_its_value_and_floats_are_as_they_are_shown():
    content = xlsx(
        [
            ["Measure", "Value"],
            ["a", '<c r="PLACE"><f>1+1</f><v>2</v></c>'],
            ["b", 76.599999999999994],
        ]
    )

    assert read_cells(content)[1:] == [["a", "2"], ["b", "76.6"]]


@pytest.mark.slow
def test_another_sheet_is_read_by_its_name():
    assert read_cells(xlsx(ROWS), sheet="Figures") == TEXT
    with pytest.raises(BadFile, match=r"There is no sheet “Other”\. There is: Figures\."):
        read_cells(xlsx(ROWS), sheet="Other")


def test_the_bomb_is_one():
    """Without this, a small file would be refused for another reason."""
    with zipfile.ZipFile(io.BytesIO(bomb())) as file:
        assert sum(part.file_size for part in file.infolist()) > 250 * 1024 * 1024
    assert len(bomb()) < 1024 * 1024
