"""What a return says of itself in sentences: how far it is, what is left, and until when."""

import datetime as dt

from governance.enums import ReturnStanding
from governance.selectors.returns import ReturnLine
from governance.selectors.wording import day_in_words
from hertsend import dates
from plans.enums import RowState


def left_to_do(line: ReturnLine) -> str:
    """What has to be done before it can be submitted: "update 3 more, write 1 exception report"."""
    states = [row.state for row in line.left]
    reports = sum(row.lacks_exception and row.state != RowState.NOT_BEGUN for row in line.left)
    parts = [
        (states.count(RowState.NOT_BEGUN), "update {} more", "update {} more"),
        (states.count(RowState.INCOMPLETE), "finish {} row", "finish {} rows"),
        (states.count(RowState.OVERTAKEN), "look at {} changed row", "look at {} changed rows"),
        (reports, "write {} exception report", "write {} exception reports"),
    ]
    return ", ".join(
        (one if number == 1 else many).format(number) for number, one, many in parts if number
    )


def standing_sentence(line: ReturnLine) -> str:
    """How the return stands, with what can still be done and until when."""
    row, month = line.stored, line.period
    last_day = day_in_words(month.freezes_on - dt.timedelta(days=1))
    until = f"You can change it until the end of {last_day}, when the month is frozen."
    if line.standing == ReturnStanding.NOT_RECEIVED:
        return f"This return was not received. {month.label} is frozen."
    if line.standing == ReturnStanding.LOCKED:
        return f"{month.label} is frozen, so this return is locked."
    if row is None or line.standing == ReturnStanding.DRAFT:
        return "Saved row by row. Nothing is sent until you submit."
    if line.standing == ReturnStanding.SENT_BACK:
        return "Sent back. Put right what is asked for, then submit again."
    moment = row.submitted_at if line.standing == ReturnStanding.SUBMITTED else row.decided_at
    if moment is None:
        return until
    return f"{line.standing.label} on {_moment(moment)}. {until}"


def _moment(at: dt.datetime) -> str:
    here = at.astimezone(dates.LONDON)
    return f"{day_in_words(here.date())} at {here:%H:%M}"


def closing_sentence(line: ReturnLine) -> str:
    """When it closes, in working days while that helps."""
    month, days = line.period, dates.working_days_between(line.on, line.period.due_on)
    if month.frozen_at is not None:
        return ""
    if days < 0:
        return f"It was due on {day_in_words(month.due_on)}."
    if days == 0:
        return "It closes today."
    left = "1 working day" if days == 1 else f"{days} working days"
    return f"It closes on {day_in_words(month.due_on)}, in {left}."
