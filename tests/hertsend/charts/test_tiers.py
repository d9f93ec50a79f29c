"""Boxes in tiers: each below those above it, joined to them, with words that stay inside."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hertsend.charts import TierBox, tiers
from tests.hertsend.charts.reading import all_of, assert_stands_alone, collisions, outside, texts


def draw(*boxes: TierBox, width: float = 960) -> str:
    return tiers(
        boxes, title="Who reports to whom", description="In tiers.", identifier="t", width=width
    )


EXECUTIVE = TierBox(key="e", label="Executive")
BOARD = TierBox(key="b", label="Board", above=("e",))
DELIVERY = TierBox(key="d", label="Delivery", note="Delivers PA1", above=("b",))


def tops(drawing: str) -> list[float]:
    return [float(box.get("y")) for box in all_of(drawing, "rect")]


def test_each_stands_below_those_above_it():
    drawing = draw(DELIVERY, BOARD, EXECUTIVE)
    assert texts(drawing) == ["Delivery", "Delivers PA1", "Board", "Executive"]
    delivery, board, executive = tops(drawing)
    assert executive < board < delivery


def test_a_box_with_two_above_stands_below_the_lower():
    both = TierBox(key="x", label="Both", above=("e", "b"))
    drawing = draw(EXECUTIVE, BOARD, both)
    executive, board, lowest = tops(drawing)
    assert executive < board < lowest
    assert len(all_of(drawing, "line")) > len(all_of(draw(EXECUTIVE, BOARD), "line"))


def test_boxes_without_a_tie_have_no_line():
    assert all_of(draw(EXECUTIVE, TierBox(key="o", label="Other")), "line") == []


def test_no_box_is_a_drawing_too():
    assert all_of(draw(), "rect") == []


@pytest.mark.parametrize(
    "boxes",
    [
        (TierBox(key="a", label="A", above=("b",)), TierBox(key="b", label="B", above=("a",))),
        (TierBox(key="a", label="A", above=("elsewhere",)),),
    ],
)
def test_a_circle_or_a_missing_box_is_refused(boxes):
    with pytest.raises(ValueError, match="above"):
        draw(*boxes)


def test_what_is_typed_is_text():
    drawing = draw(TierBox(key="a", label="<b>A & B</b>", note='"x"'))
    assert texts(drawing) == ["<b>A & B</b>", '"x"']
    assert_stands_alone(drawing)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(alphabet="abcdefgh WM", min_size=1, max_size=90).filter(str.strip),
        min_size=1,
        max_size=6,
    ),
    st.booleans(),
)
def test_words_stay_inside_and_apart(labels, chained):
    boxes = [
        TierBox(
            key=str(number),
            label=words,
            note="Delivers PA1" if number % 2 else "",
            above=(str(number - 1),) if number and chained else (),
        )
        for number, words in enumerate(labels)
    ]
    drawing = draw(*boxes)
    assert collisions(drawing) == []
    assert outside(drawing) == []
