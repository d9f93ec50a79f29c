"""Small numbers of people are not published, as they may tell who somebody is."""

import re

_WORDS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
VALUES = {word: value for value, word in enumerate(_WORDS, start=1)}
_PEOPLE = (
    r"child(?:ren)?|babies|baby|boys?|girls?|pupils?|students?|young\s+(?:people|person|adults?)|people|"
    r"persons?|famil(?:y|ies)|parents?|carers?|mothers?|fathers?|cases?|complaints?|appeals?|"
    r"tribunals?|exclusions?|placements?|plans?|assessments?|requests?"
)
COUNTED = re.compile(
    rf"(?<![\d.,/%£-])(?<!\bin )(?<!\bof )\b(\d{{1,2}}|{'|'.join(_WORDS)})"
    rf"(?=(?:\s+(?!in\b|out\b)[a-z-]+){{0,2}}?\s+(?:{_PEOPLE})\b)",
    re.IGNORECASE,
)
"""A number that counts people or what each of them has, with at most two words in between."""


def is_small(number: int, *, threshold: int) -> bool:
    """Whether a number is from 1 to one less than the threshold."""
    return 1 <= number < threshold


def small_numbers_in(text: str, *, threshold: int) -> tuple[str, ...]:
    """The small numbers of people in a text, each with what it counts."""
    return tuple(
        match[1] for match in COUNTED.finditer(text) if _is_small_word(match[1], threshold)
    )


def without_small_numbers(text: str, *, threshold: int) -> str:
    """The text with each small number of people as "fewer than 5"."""
    return COUNTED.sub(lambda match: _shown(match, threshold), text)


def _shown(match: re.Match[str], threshold: int) -> str:
    if not _is_small_word(match[1], threshold):
        return match[1]
    words = f"fewer than {threshold}"
    return words.capitalize() if match[1][0].isupper() else words


def _is_small_word(word: str, threshold: int) -> bool:
    value = VALUES.get(word.casefold())
    return is_small(int(word) if value is None else value, threshold=threshold)


def shown_counts(*, total: int, part: int, threshold: int) -> tuple[int | None, int | None]:
    """A total and a part of it as the public sees them; None for what is not shown.

    A part is not shown either where the rest of the total is small, as one could reckon it.
    """
    if is_small(total, threshold=threshold):
        return None, None
    hides_part = is_small(part, threshold=threshold) or is_small(total - part, threshold=threshold)
    return total, None if hides_part else part
