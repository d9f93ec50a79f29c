"""What in a text looks as if it told who somebody is: pointed at, for people to look again.

It finds e-mail addresses, telephone numbers, NHS numbers, and dates of birth beside a name or the
word. It cannot find every name: the warning on the form stays the first safeguard.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hertsend.errors import RuleBroken

EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\d+])(?:\+44|0044|\(?0)[\s().-]*\d(?:[\s().-]{0,2}\d){8,9}(?!\d)")
TEN_DIGITS = re.compile(r"(?<!\d)\d{3}[\s-]?\d{3}[\s-]?\d{4}(?!\d)")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*"
DATE = re.compile(
    rf"(?<![\d/])(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}"
    rf"|\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+\d{{4}}"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}})(?!\d)",
    re.IGNORECASE,
)
BORN = re.compile(r"\b(?:born|d\.?\s?o\.?\s?b\b|date of birth|birthday|birth date)", re.IGNORECASE)
_CAPITALISED = r"[A-Z](?:[a-z]+|['’][A-Z][a-z]+)(?:-[A-Z]?[a-z]+)?"
NAME = re.compile(rf"\b{_CAPITALISED}(?:\s+{_CAPITALISED})+\b")
NO_PEOPLE = re.compile(
    r"\b(?:Academy|Act|Board|Bill|Centre|Clinic|Code|College|Committee|Council|County|Executive|Forum|"
    r"Group|Hospital|Hub|Local|National|Office|Offer|Partnership|Plan|Practice|Primary|School|"
    r"Secondary|Service|Services|Survey|Team|Trust|January|February|March|April|May|June|July|"
    r"August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|The|In|"
    r"On|At|Since|From|Until|By)\b"
)
NEAR = 40
"""Within how many characters a name or a word for birth makes a date a date of birth."""
NHS_WEIGHTS = range(10, 1, -1)
NHS_MODULUS = 11


@dataclass(frozen=True)
class Suspicion:
    """Words that look like personal data, and what they look like."""

    words: str
    looks_like: str

    @property
    def sentence(self) -> str:
        """What to do about it."""
        return f"“{self.words}” looks like {self.looks_like}."


def personal_data_in(text: str) -> tuple[Suspicion, ...]:
    """What looks like personal data, in the order of the text."""
    found: dict[int, Suspicion] = {}
    for match in EMAIL.finditer(text):
        found[match.start()] = Suspicion(match[0], "an e-mail address")
    for match in TEN_DIGITS.finditer(text):
        if is_nhs_number(match[0]):
            found[match.start()] = Suspicion(match[0], "an NHS number")
    for match in PHONE.finditer(text):
        found.setdefault(match.start(), Suspicion(match[0].strip(), "a telephone number"))
    for match in DATE.finditer(text):
        if _tells_a_birth(text, match):
            found[match.start()] = Suspicion(match[0], "a date of birth")
    return tuple(found[place] for place in sorted(found))


def is_nhs_number(words: str) -> bool:
    """Whether ten digits end in the check digit of an NHS number (NHS Data Dictionary, modulus 11)."""
    digits = [int(each) for each in words if each.isdigit()]
    weighed = sum(weight * digit for weight, digit in zip(NHS_WEIGHTS, digits, strict=False))
    check = (NHS_MODULUS - weighed % NHS_MODULUS) % NHS_MODULUS
    return any(digits) and check == digits[-1]


def _tells_a_birth(text: str, date: re.Match[str]) -> bool:
    around = text[max(0, date.start() - NEAR) : date.start()] + " | "
    around += text[date.end() : date.end() + NEAR]
    if BORN.search(around):
        return True
    return any(not NO_PEOPLE.search(name[0]) for name in NAME.finditer(around))


def check_personal_data(texts: Mapping[str, str], *, is_checked: bool) -> None:
    """Refuse what looks like personal data until somebody says that they looked again.

    ``texts`` by the name of the field. Raises ``RuleBroken`` with what was found beside each field.
    """
    if is_checked:
        return
    errors = {
        field: [
            f"{each.sentence} Take it out, or tick the box at the end if it identifies nobody."
            for each in personal_data_in(text)
        ]
        for field, text in texts.items()
    }
    if found := {field: sentences for field, sentences in errors.items() if sentences}:
        raise RuleBroken(found)
