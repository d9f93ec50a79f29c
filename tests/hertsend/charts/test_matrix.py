"""The matrix of risks: a cell for each score, those with risks lead to them, words stay inside."""

import pytest

from hertsend.charts import MatrixCell, risk_matrix
from tests.hertsend.charts.reading import all_of, assert_stands_alone, collisions, outside, texts

LIKELY = ("Rare", "Unlikely", "Possible", "Likely", "Almost certain")
BAD = ("Insignificant", "Minor", "Moderate", "Major", "Catastrophic")


def cells(*, href="/risks/?likelihood=4&impact=5"):
    return [
        MatrixCell(
            row=row,
            column=column,
            score=row * column,
            band="Extreme & worst",
            rank=(row + column + 1) // 3,
            count=3 if (row, column) == (4, 5) else 0,
            href=href if (row, column) == (4, 5) else "",
            is_chosen=(row, column) == (4, 5),
        )
        for row in range(1, 6)
        for column in range(1, 6)
    ]


def draw(width=660, **more):
    return risk_matrix(
        cells(**more),
        rows=LIKELY,
        columns=BAD,
        axes=("Likelihood", "Impact"),
        title="Risks",
        description="As a matrix.",
        identifier="m",
        width=width,
    )


@pytest.mark.parametrize("width", [660, 330])
def test_words_stay_inside_and_apart(width):
    drawing = draw(width)
    assert len(all_of(drawing, "rect")) == 25
    assert collisions(drawing) == []
    assert outside(drawing) == []


def test_a_cell_with_risks_leads_to_them_and_says_what_it_is():
    (link,) = all_of(draw(), "a")
    assert link.get("href") == "/risks/?likelihood=4&impact=5"
    assert link[0].text == "3 risks: Likely, Catastrophic, Extreme & worst"
    assert 'role="group"' in draw()


def test_scales_are_words_where_there_is_room_and_numbers_where_not():
    assert "5 Almost certain" in texts(draw())
    assert "Almost certain" not in " ".join(texts(draw(330)))


def test_without_links_it_is_a_picture():
    assert_stands_alone(draw(href=""))
