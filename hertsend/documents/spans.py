"""Words of a document: lines of spans, each as loud as it is meant.

A colour never carries a meaning alone: a `Mark` always stands before its word.
"""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How loud words are."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"


class MarkKind(StrEnum):
    """Three judgements, drawn so differently that none can be taken for another."""

    RATING = "rating"
    IMPACT = "impact"
    ASSURANCE = "assurance"


@dataclass(frozen=True)
class Mark:
    """A shape: of a rating ("amber"), of an impact ("2") or of an assurance (blocks that are filled, "1")."""

    kind: MarkKind
    value: str


@dataclass(frozen=True)
class Span:
    """Words on a line; with ``to``, the anchor of the place that they lead to.

    ``names_page`` adds the number of that place's page where the format has pages.
    """

    words: str
    tone: Tone = Tone.PLAIN
    mark: Mark | None = None
    to: str = ""
    names_page: bool = False


Line = tuple[Span, ...]
Text = tuple[Line, ...]


def text(words: str, tone: Tone = Tone.PLAIN) -> Text:
    """Words of a person: a line for each of theirs, blank ones left out."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple((Span(line.strip(), tone),) for line in lines if line.strip())


def strong(words: str) -> Text:
    """Words that are the fact."""
    return text(words, Tone.STRONG)


def quiet(words: str) -> Text:
    """Words that stand behind: a reference, a name, a day."""
    return text(words, Tone.QUIET)


def led(lead: str, words: str) -> Text:
    """A bold beginning, and what follows on its line; nothing where there are no words."""
    first, *rest = text(words) or ((),)
    return ((Span(lead, Tone.STRONG), *first), *rest) if words.strip() else ()


def words_of(lines: Text) -> str:
    """What the lines say, without how they look."""
    return "\n".join(" ".join(span.words for span in line) for line in lines)
