"""A drawing as a picture of dots, for slides and documents that take no SVG."""

from functools import lru_cache
from pathlib import Path

import resvg_py

FONTS = Path(__file__).resolve().parents[2] / "static" / "build" / "fonts"
FAMILY = "Source Sans 3"


class NoFonts(RuntimeError):
    """The fonts are not in place, and a picture would come out without its words."""


@lru_cache(maxsize=1)
def font_files() -> tuple[str, ...]:
    """Our own faces. Raises ``NoFonts`` where there is none."""
    found = tuple(str(path) for path in sorted(FONTS.glob("*.ttf")))
    if not found:
        raise NoFonts(f"No font in {FONTS}: run `make setup`.")
    return found


def as_png(drawing: str, *, zoom: int = 2) -> bytes:
    """The drawing on white, with our own fonts and no others, in twice its size."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawing,
            background="#ffffff",
            skip_system_fonts=True,
            font_files=list(font_files()),
            font_family=FAMILY,
            sans_serif_family=FAMILY,
            zoom=zoom,
        )
    )
