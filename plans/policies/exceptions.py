"""What an exception report must say."""

import datetime as dt
from dataclasses import dataclass

from hertsend.errors import RuleBroken
from plans.enums import BoardAsk, Stage
from plans.policies.stages import OPEN_STAGES
from plans.policies.updates import LATEST_FORECAST


@dataclass(frozen=True)
class ReportWords:
    """What a lead says of an exception; the names are those of the form's fields."""

    cause: str
    effect_on_families: str
    what_is_being_done: str
    done_by: dt.date | None
    ask: str
    asked_of_board: str = ""


NEEDED: dict[str, str] = {
    "cause": "Enter why it is late or off track.",
    "effect_on_families": "Enter what it means for families; say so if they do not notice yet.",
    "what_is_being_done": "Enter what is being done about it.",
}


def check_report(words: ReportWords, *, stage: str, on: dt.date) -> None:
    """Refuse a report with a part missing, or of a milestone on which nothing is late any more.

    What is asked of the board is always said: "nothing" is an answer, silence is none.
    """
    if stage not in OPEN_STAGES:
        raise RuleBroken(
            f"This milestone is {Stage(stage).label.lower()}, so it needs no exception report."
        )
    errors = {
        name: [sentence] for name, sentence in NEEDED.items() if not getattr(words, name).strip()
    }
    errors |= _of_day(words.done_by, on) | _of_ask(words)
    if errors:
        raise RuleBroken(errors)


def _of_day(day: dt.date | None, on: dt.date) -> dict[str, list[str]]:
    if day is None:
        return {"done_by": ["Enter the day by which it is done."]}
    if day < on:
        return {"done_by": ["The day by which it is done must be today or later."]}
    if day > LATEST_FORECAST:
        return {"done_by": [f"The day must be in {LATEST_FORECAST.year} or before."]}
    return {}


def _of_ask(words: ReportWords) -> dict[str, list[str]]:
    if words.ask not in BoardAsk.values:
        return {"ask": ["Select what you ask of the board. “Nothing” is an answer too."]}
    if words.ask != BoardAsk.NONE and not words.asked_of_board.strip():
        return {"asked_of_board": ["Enter what you ask of the board."]}
    if words.ask == BoardAsk.NONE and words.asked_of_board.strip():
        return {"asked_of_board": ["Leave this empty, or select what you ask of the board."]}
    return {}
