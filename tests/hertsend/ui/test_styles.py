"""The style sheets hold the visual rules, and the colours of drawings are theirs."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from hertsend.charts import palette

SHEETS = Path(settings.BASE_DIR) / "static" / "css"
RULES = (SHEETS / "hertsend.css").read_text()


def colour(name: str) -> str:
    """The value of a custom property, as six digits."""
    found = re.search(rf"--{name}: (#[0-9a-f]+);", RULES)
    assert found, name
    value = found[1]
    return value if len(value) == 7 else "#" + "".join(digit * 2 for digit in value[1:])


def luminance(value: str) -> float:
    parts = [int(value[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_the_standard_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        ("hs-brand", "hs-stage-not-started"),
        ("hs-link", "hs-surface"),
        ("hs-secondary", "hs-surface"),
        ("hs-green", "hs-green-tint"),
        ("hs-amber", "hs-stage-not-started"),
        ("hs-amber", "hs-amber-tint"),
        ("hs-red", "hs-red-tint"),
        ("hs-blue", "hs-blue-tint"),
        ("hs-grey", "hs-surface"),
        ("hs-text", "hs-stage-proposed"),
    ],
)
def test_words_can_be_read(ink, paper):
    assert contrast(colour(ink), colour(paper)) >= 4.5


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("hs-brand", palette.BRAND),
        ("hs-text", palette.TEXT),
        ("hs-secondary", palette.SECONDARY),
        ("hs-amber", palette.AMBER),
        ("hs-red", palette.RED),
        ("hs-grey", palette.GREY),
        ("hs-rule", palette.RULE),
        ("hs-grid", palette.GRID),
        ("hs-stage-signed-off", palette.STAGE_FILLS[0]),
        ("hs-stage-proposed", palette.STAGE_FILLS[1]),
        ("hs-stage-in-progress", palette.STAGE_FILLS[2]),
        ("hs-stage-not-started", palette.STAGE_FILLS[3]),
    ],
)
def test_drawings_have_the_colours_of_pages(name, value):
    assert colour(name) == value


def test_every_class_that_a_component_uses_is_styled_or_known():
    """A misspelt class goes unnoticed: style each `hs-` class in static/css, or leave it out."""
    styled = set(
        re.findall(r"\.(hs-[\w-]+)", "".join(sheet.read_text() for sheet in SHEETS.glob("*.css")))
    )
    templates = Path(settings.BASE_DIR) / "templates"
    used: dict[str, str] = {}
    for path in templates.rglob("*.html"):
        for classes in re.findall(r'class="([^"]*)"', path.read_text()):
            plain = re.sub(r"{[{%].*?[%}]}", " ", classes)
            used |= {
                name: path.name
                for name in re.findall(r"(?<![\w-])hs-[\w-]+", plain)
                if not name.endswith("-")
            }
    assert {name: page for name, page in used.items() if name not in styled} == {}
