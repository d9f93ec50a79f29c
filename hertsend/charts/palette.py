"""The colours and sizes of drawings. The same values are custom properties of the style sheet."""

BRAND = "#0b4f5c"
TEXT = "#0b0c0c"
SECONDARY = "#484949"
AMBER = "#a85a00"
RED = "#b3251e"
GREY = "#585f63"
RULE = "#cfd6d7"
GRID = "#e4e9ea"
WHITE = "#ffffff"

BAND = "#f2f6f6"

# A measure's points: each also has a shape of its own. All reach 3:1 on white and more.
COMMON = "#37474b"
BETTER = "#1d5f96"
WORSE = "#a34700"
CHANGED = "#490092"

# Least to most finished is right to left; each part is also outlined and carries its number.
STAGE_FILLS = (BRAND, "#5d9aa5", "#c5dadd", WHITE)
STAGE_INKS = (WHITE, TEXT, TEXT, TEXT)

# Bands of risk scores, the lowest first; each cell also carries its band's name or its score.
RISK_FILLS = (BAND, "#fdf0da", "#f6cf9f", "#efb3ad")

# Smallest size of any label, in pixels, and the mean width of one of its characters.
LABEL_SIZE = 14
CHARACTER_WIDTH = 7.0
FONT = "Arial, 'Liberation Sans', Helvetica, sans-serif"


def width_of(words: str, *, bold: bool = False) -> float:
    """About how many pixels a label takes."""
    return len(words) * CHARACTER_WIDTH * (1.07 if bold else 1)


def fitted(words: str, width: float, *, bold: bool = False) -> str:
    """The words, cut with an ellipsis where they would take more than `width` pixels."""
    if width_of(words, bold=bold) <= width:
        return words
    room = max(1, int(width / width_of("x", bold=bold)) - 1)
    return f"{words[:room].rstrip()}…"
