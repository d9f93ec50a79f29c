"""What a piece of evidence must say, and when evidence may still be added."""

import datetime as dt
from dataclasses import dataclass

from hertsend.errors import RuleBroken
from hertsend.files.store import ReceivedFile
from plans.enums import EvidenceKind, Stage
from plans.policies.stages import ENDED_STAGES

EARLIEST_DATE = dt.date(2000, 1, 1)
"""An earlier day is a slip of the keyboard."""

WEB = ("https://", "http://")


@dataclass(frozen=True)
class EvidenceWords:
    """What somebody gives as evidence; the names are those of the form's fields."""

    kind: str
    title: str
    dated_on: dt.date | None
    what_it_shows: str
    link: str = ""
    file: ReceivedFile | None = None
    is_shareable: bool = False


def check_evidence(words: EvidenceWords, *, on: dt.date) -> dt.date:
    """Refuse evidence without kind, title, date or what it shows, and all but one link or file.

    Answers its date.
    """
    errors: dict[str, list[str]] = {}
    if words.kind not in EvidenceKind.values:
        errors["kind"] = ["Select what kind of evidence it is."]
    if not words.title.strip():
        errors["title"] = ["Enter a title, such as “Survey of parents, spring 2024”."]
    if not words.what_it_shows.strip():
        errors["what_it_shows"] = ["Enter what it shows, in a sentence."]
    if words.dated_on is None:
        errors["dated_on"] = ["Enter the date of the evidence."]
    elif not EARLIEST_DATE <= words.dated_on <= on:
        errors["dated_on"] = [
            f"The date of the evidence must be today or before, and in {EARLIEST_DATE.year} or later."
        ]
    if fault := _fault_of_source(words.link.strip(), has_file=words.file is not None):
        errors["link"] = [fault]
    if errors or words.dated_on is None:
        raise RuleBroken(errors)
    return words.dated_on


def _fault_of_source(link: str, *, has_file: bool) -> str:
    if link and has_file:
        return "Give a link or a file, not both. Add the other as a piece of its own."
    if not link and not has_file:
        return "Give a link, or choose a file."
    if link and not link.startswith(WEB):
        return "Enter a link that begins with https://"
    return ""


def check_takes_evidence(stage: str) -> None:
    """Refuse evidence for a milestone that is over: what was signed stays as it was signed."""
    if stage in ENDED_STAGES:
        raise RuleBroken(
            f"This milestone is {Stage(stage).label.lower()}, so no evidence is added to it. Evidence"
            " of the difference that it makes belongs to the action."
        )


def check_has_evidence(pieces: int) -> None:
    """Refuse to propose or sign what no piece of evidence shows any more."""
    if not pieces:
        raise RuleBroken({"evidence": ["Add at least one piece of evidence: a link or a file."]})
