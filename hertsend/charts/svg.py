"""Writes SVG elements. The only place that puts text together, so the only one that escapes it."""

import re
from html import escape

from hertsend.charts import palette

# XML has no place for these, not even escaped.
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

Attribute = str | int | float | None


def number(value: float) -> str:
    """A coordinate with at most one decimal: "12", "12.5"."""
    rounded = round(value, 1)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)


def clean(words: object) -> str:
    """The words, escaped for text and for attributes."""
    return escape(NOT_IN_XML.sub("", str(words)), quote=True)


def tag(name: str, *children: str, **attributes: Attribute) -> str:
    """One element. An underscore in an attribute's name is a hyphen, one at its end is dropped.

    Children are finished elements or the result of `clean`; attributes with None are left out.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


def _value(value: str | float) -> str:
    return clean(value) if isinstance(value, str) else number(value)


def label(
    words: object,
    x: float,
    y: float,
    *,
    anchor: str | None = None,
    fill: str = palette.TEXT,
    bold: bool = False,
) -> str:
    """A line of text whose base line starts (or, by `anchor`, is centred or ends) at x, y."""
    return tag(
        "text",
        clean(words),
        x=x,
        y=y,
        text_anchor=anchor,
        fill=fill,
        font_weight="bold" if bold else None,
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
    return tag(
        "line",
        x1=x1,
        y1=y1,
        x2=x2,
        y2=y2,
        stroke=stroke,
        stroke_width=width,
        stroke_dasharray=dashes,
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
) -> str:
    """The finished drawing, with its name and description for screen readers.

    `identifier` must be unique on the page. `readable` says that the parts carry `data-reading`, which a
    script may read out one at a time.
    """
    return tag(
        "svg",
        tag("title", clean(title), id=f"{identifier}-title"),
        tag("desc", clean(description), id=f"{identifier}-description"),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        class_=f"hs-drawing hs-drawing--{kind}",
        role="img",
        aria_labelledby=f"{identifier}-title {identifier}-description",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        font_family=palette.FONT,
        font_size=palette.LABEL_SIZE,
        data_readings="" if readable else None,
    )
