"""Elements are escaped and written the same way every time."""

import pytest

from hertsend.charts import svg


def test_an_element_without_and_with_children():
    assert svg.tag("path", d="M0 0") == '<path d="M0 0"/>'
    assert svg.tag("g", svg.clean("a"), svg.tag("b")) == "<g>a<b/></g>"


def test_names_and_values_of_attributes():
    assert svg.tag("g", class_="x", stroke_width=1.5, fill=None, x=2.0, y=1 / 3) == (
        '<g class="x" stroke-width="1.5" x="2" y="0.3"/>'
    )


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("<b>&\"'", "&lt;b&gt;&amp;&quot;&#x27;"),
        ("a\x00b\x0bc", "abc"),
        ("\ud800x", "x"),
        ("ten\nlines\t", "ten\nlines\t"),
        (12, "12"),
    ],
)
def test_words_are_escaped_and_cleaned(words, written):
    assert svg.clean(words) == written


def test_an_attribute_cannot_be_left():
    assert svg.tag("g", data_reading='"/><script>') == (
        '<g data-reading="&quot;/&gt;&lt;script&gt;"/>'
    )


def test_numbers_have_one_decimal_at_most():
    assert [svg.number(value) for value in (3, 3.0, 3.14, -0.04, 1e3)] == [
        "3",
        "3",
        "3.1",
        "0",
        "1000",
    ]
