"""Writes SVG elements. The only place that puts text together, so the only one that escapes it."""

import re
from functools import cache
from html import escape

from hertsend.charts import palette

# XML has no place for these, not even escaped.
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# Most words of a drawing hold none of these and stay as they are.
NOT_PLAIN = re.compile(r"[&<>\"'\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

HALO = f' stroke="{palette.WHITE}" stroke-width="3" paint-order="stroke"'

Attribute = str | int | float | None


def number(value: float) -> str:
    """A coordinate with at most one decimal: "12", "12.5"."""
    written = f"{value:.1f}"
    if written[-1] != "0":
        return written
    return "0" if written == "-0.0" else written[:-2]


def clean(words: object) -> str:
    """The words, escaped for text and for attributes."""
    text = str(words)
    if NOT_PLAIN.search(text) is None:
        return text
    return escape(NOT_IN_XML.sub("", text), quote=True)


def tag(name: str, *children: str, **attributes: Attribute) -> str:
    """One element. An underscore in an attribute's name is a hyphen, one at its end is dropped.

    Children are finished elements or the result of `clean`; attributes with None are left out.
    """
    written = "".join(
        [
            f' {_name(key)}="{clean(value) if isinstance(value, str) else number(value)}"'
            for key, value in attributes.items()
            if value is not None
        ]
    )
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


@cache
def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def label(
    words: object,
    x: float,
    y: float,
    *,
    anchor: str | None = None,
    fill: str = palette.TEXT,
    bold: bool = False,
    haloed: bool = False,
) -> str:
    """A line of text whose base line starts (or, by `anchor`, is centred or ends) at x, y.

    A haloed one stands out from lines that run below it. Written out, as most of a chart is labels.
    """
    held = f' text-anchor="{anchor}"' if anchor is not None else ""
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{number(x)}" y="{number(y)}"{held} fill="{fill}"{weight}'
        f"{HALO if haloed else ''}>{clean(words)}</text>"
    )


def line(
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    *,
    stroke: str,
    width: float = 1,
    dashes: str | None = None,
) -> str:
    """A straight line."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes is not None else ""
    return (
        f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}" '
        f'stroke="{stroke}" stroke-width="{number(width)}"{dashed}/>'
    )


def diamond(x: float, y: float, radius: float, *, fill: str) -> str:
    """A square on its corner, centred at x, y."""
    corners = ((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y))
    return tag(
        "polygon", points=" ".join(f"{number(a)},{number(b)}" for a, b in corners), fill=fill
    )


def drawing(
    *children: str,
    identifier: str,
    title: str,
    description: str,
    width: float,
    height: float,
    kind: str,
    readable: bool = False,
    has_links: bool = False,
) -> str:
    """The finished drawing, with its name and description for screen readers.

    `identifier` must be unique on the page. One that `has_links` is a group of them, not a picture. `readable` says that the parts carry `data-reading`, which a
    script may read out one at a time.
    """
    return tag(
        "svg",
        tag("title", clean(title), id=f"{identifier}-title"),
        tag("desc", clean(description), id=f"{identifier}-description"),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        class_=f"hs-drawing hs-drawing--{kind}",
        role="group" if has_links else "img",
        aria_labelledby=f"{identifier}-title {identifier}-description",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        font_family=palette.FONT,
        font_size=palette.LABEL_SIZE,
        data_readings="" if readable else None,
    )
