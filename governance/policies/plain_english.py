"""Whether a text is plain enough for everybody: its reading age, and what nobody explained."""

import re
from collections.abc import Collection
from dataclasses import dataclass

HIGHEST_READING_AGE = 12
"""Above this a text is told to be hard to read. GOV.UK asks writers to aim at 9 years."""
SENTENCE_END = re.compile(r"[.!?]+(?:\s|$)")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
VOWELS = re.compile(r"[aeiouy]+")
ABBREVIATION = re.compile(r"\b(?=[A-Za-z&]*[A-Z&][A-Za-z&]*[A-Z])[A-Z][A-Za-z&]*[A-Z]s?\b")
YEARS_BEFORE_SCHOOL = 5


@dataclass(frozen=True)
class PlainCheck:
    """What an editor is shown of a text: its reading age, and the abbreviations that nobody explained."""

    reading_age: int
    unexplained: tuple[str, ...]

    @property
    def is_hard(self) -> bool:
        """Whether it asks for more years of school than many readers have."""
        return self.reading_age > HIGHEST_READING_AGE

    @property
    def is_plain(self) -> bool:
        """Whether nothing is to be told."""
        return not self.is_hard and not self.unexplained


def check_of(text: str, *, terms: Collection[str]) -> PlainCheck:
    """What is to be told of a text; ``terms`` are those of the glossary, which pages explain."""
    return PlainCheck(reading_age_of(text), unexplained_in(text, terms=terms))


def grade_of(text: str) -> float:
    """The Flesch-Kincaid grade level: the years of school that a text asks for.

    Source: Kincaid, Fishburne, Rogers and Chissom, "Derivation of New Readability Formulas for Navy
    Enlisted Personnel", Research Branch Report 8-75, Naval Technical Training, 1975:
    0.39 (words / sentences) + 11.8 (syllables / words) - 15.59.
    """
    words = WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, len(SENTENCE_END.findall(text)))
    syllables = sum(syllables_of(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def reading_age_of(text: str) -> int:
    """The age at which a text can be read: the grade and the years before school, never below them."""
    return max(YEARS_BEFORE_SCHOOL, round(grade_of(text)) + YEARS_BEFORE_SCHOOL)


def syllables_of(word: str) -> int:
    """About how many syllables a word has: its groups of vowels, without a silent e at the end."""
    plain = word.casefold()
    count = len(VOWELS.findall(plain))
    if (plain.endswith("e") and not plain.endswith(("le", "ee", "ye"))) or (
        plain.endswith("ed") and not plain.endswith(("ted", "ded"))
    ):
        count -= 1
    return max(1, count)


def occurs(term: str, text: str) -> bool:
    """Whether a term stands in a text as a word of its own, in the singular or with a plural s."""
    return re.search(rf"(?<!\w){re.escape(term)}s?(?!\w)", text) is not None


def unexplained_in(text: str, *, terms: Collection[str]) -> tuple[str, ...]:
    """The abbreviations of a text that neither the glossary nor a bracket in the text explains."""
    known = {term.casefold() for term in terms}
    found: dict[str, None] = {}
    for match in ABBREVIATION.finditer(text):
        word = match[0]
        bare = word.removesuffix("s")
        if f"({bare})" in text or f"({word})" in text or text[match.end() :].startswith(" ("):
            continue
        if not {word.casefold(), bare.casefold()} & known:
            found[bare] = None
    return tuple(found)
