"""Characters that a typeface does not hold, or that may not stand in a document."""

import re
import unicodedata
from functools import lru_cache

from fontTools.ttLib import TTFont

from hertsend.charts.png import font_files

# No XML holds these, and no reader sees them; the others turn the order of the words around them.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
INVISIBLE = ("Cf", "Mn", "Cc", "Zl", "Zp")


@lru_cache(maxsize=1)
def held() -> frozenset[int]:
    """The characters that every face of the typeface holds. Raises ``NoFonts`` where there is none."""
    faces = []
    for path in font_files():
        with TTFont(path, lazy=True) as face:
            faces.append(frozenset(face.getBestCmap()))
    return frozenset.intersection(*faces)


def plain(words: str) -> str:
    """The words without characters that no document may hold, and with one kind of line end."""
    return TURNING.sub("", UNSEEN.sub("", words.replace("\r\n", "\n").replace("\r", "\n")))


def shown(words: str) -> str:
    """The words as our typeface can show them: what it lacks is named in brackets, never left out."""
    cleaned = plain(words)
    if cleaned.isascii():
        return cleaned
    return "".join(each if ord(each) in held() else _named(each) for each in cleaned)


def _named(character: str) -> str:
    """A character in words: "(grinning face)"; one that nobody sees is left out."""
    if unicodedata.category(character) in INVISIBLE:
        return ""
    plain = unicodedata.normalize("NFKC", character)
    if plain != character and all(ord(each) in held() for each in plain):
        return plain
    return f"({unicodedata.name(character, f'U+{ord(character):04X}').lower()})"
