"""The month in sentences: what dashboard and pack say above their tables."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from governance.selectors.figures import Changes, Figures
from governance.selectors.reading import Reading
from governance.selectors.reopenings import Reopening
from governance.selectors.tables import StreamRow
from hertsend import dates

FEWEST_FOR_MOST = 3
"""With fewer overdue milestones than this, "most of them" says nothing."""

STREAMS_NAMED = 2


@dataclass(frozen=True)
class Sentence:
    """How it is: ``headline`` in one sentence, ``rest`` with the figures that bear it out."""

    headline: str
    rest: str


@dataclass(frozen=True)
class Figure:
    """One of the big numbers: its list by name, what it counts, and how it was before."""

    key: str
    value: int
    label: str
    note: str
    tone: str = ""


@dataclass(frozen=True)
class ChangeLine:
    """A change in words, with the keys of the milestones, or of the actions, it is about."""

    count: int
    words: str
    keys: tuple[str, ...]
    actions: tuple[str, ...] = ()


def day_in_words(day: dt.date) -> str:
    """A date in a sentence: "9 October 2024"."""
    return f"{day.day} {day:%B %Y}"


def reopening_in_words(reopening: Reopening) -> str:
    """That a month was reopened: when, by whom, until when, and why, as far as the reader may know."""
    by = ", ".join(part for part in (reopening.by, reopening.role.lower()) if part)
    day = day_in_words(dates.day_of(reopening.at))
    said = f"{reopening.month:%B %Y} was reopened on {day}{f' by {by}' if by else ''}"
    return f"{said}: {reopening.reason}" if reopening.reason else f"{said}."


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun or verb: "1 is", "9 are"."""
    return f"{number} {one if number == 1 else many}"


def joined(words: Sequence[str]) -> str:
    """Words in a row: "a, b and c"."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def month_named_beside(month: dt.date, beside: dt.date) -> str:
    """A month without its year where the year goes without saying."""
    return f"{month:%B}" if month.year == beside.year else f"{month:%B %Y}"


def sentence_of(
    figures: Figures, streams: Sequence[StreamRow], *, on: dt.date, for_families: bool = False
) -> Sentence:
    """How it is, for the month of these figures; ``on`` is the day by which overdue is judged.

    Families, of whom nothing is asked, read how much is late instead of what needs the board.
    """
    parts = [
        _of_those_due(figures),
        _besides(figures, on),
        _where(streams),
        _late(figures) if for_families else _for_the_board(figures),
    ]
    return Sentence(headline=_headline(figures), rest=" ".join(part for part in parts if part))


def _headline(figures: Figures) -> str:
    if not figures.due:
        return "Nothing has fallen due yet."
    if not figures.behind:
        return f"Everything due by {day_in_words(figures.due_by)} is complete."
    behind = counted(figures.behind, "milestone", "milestones")
    return f"Delivery is {behind} behind the published plan."


def _of_those_due(figures: Figures) -> str:
    if not figures.behind:
        return ""
    parts = [
        counted(figures.complete_of_due, "is complete", "are complete"),
        counted(figures.overdue_of_due, "is overdue", "are overdue"),
    ]
    if figures.moved_of_due:
        parts.append(
            counted(figures.moved_of_due, "was moved with approval", "were moved with approval")
        )
    return f"Of {figures.due} due by {day_in_words(figures.due_by)}, {joined(parts)}."


def _besides(figures: Figures, on: dt.date) -> str:
    more = figures.overdue_besides
    if not more:
        return ""
    lead = (
        counted(more, "more has", "more have")
        if figures.overdue_of_due
        else counted(more, "has", "have")
    )
    return f"{lead} passed the agreed date or fallen due since, by {day_in_words(on)}."


def _where(streams: Sequence[StreamRow]) -> str:
    """Which one or two workstreams hold most of what is overdue, if any do."""
    overdue = sum(row.overdue for row in streams)
    if overdue < FEWEST_FOR_MOST or len(streams) <= STREAMS_NAMED:
        return ""
    worst = sorted(streams, key=lambda row: -row.overdue)
    for number in range(1, STREAMS_NAMED + 1):
        named = [row for row in worst[:number] if row.overdue]
        if 2 * sum(row.overdue for row in named) > overdue:
            names = joined([row.key for row in named])
            return f"Most of what is overdue is in {names}."
    return ""


def _for_the_board(figures: Figures) -> str:
    if not figures.needing_board:
        return "Nothing is overdue or off track."
    return counted(
        figures.needing_board,
        "milestone is overdue or off track and needs the board.",
        "milestones are overdue or off track and need the board.",
    )


def _late(figures: Figures) -> str:
    if not figures.needing_board:
        return "Nothing is late or off track."
    return counted(
        figures.needing_board,
        "milestone is late or off track.",
        "milestones are late or off track.",
    )


def figures_in_words(
    figures: Figures,
    streams: Sequence[StreamRow],
    *,
    month: dt.date,
    before: Figures | None,
    before_month: dt.date | None,
    changes: Changes | None,
) -> tuple[Figure, ...]:
    """The five big numbers, each compared with the month before where there is one."""
    since = month_named_beside(before_month, month) if before_month else ""
    silent = sum(bool(row.silent) for row in streams)
    return (
        Figure(
            "complete",
            figures.complete_of_due,
            f"of {figures.due} due {'is' if figures.complete_of_due == 1 else 'are'} complete",
            _up_or_down(figures.complete_of_due, before.complete_of_due if before else None, since),
        ),
        Figure(
            "overdue",
            figures.overdue,
            "overdue",
            _new_and_cleared(changes, since),
            "red" if figures.overdue else "",
        ),
        Figure(
            "off-track",
            figures.off_track,
            "off track",
            _more_or_fewer(figures.off_track, before.off_track if before else None, since),
        ),
        Figure(
            "no-update",
            figures.no_update,
            "no update received",
            f"in {silent} of {len(streams)} workstreams" if figures.no_update else "",
        ),
        Figure(
            "awaiting",
            figures.awaiting,
            "awaits sign-off" if figures.awaiting == 1 else "await sign-off",
            _waiting(figures.oldest_wait),
        ),
    )


def _up_or_down(now: int, before: int | None, since: str) -> str:
    if before is None:
        return ""
    if now == before:
        return f"as many as in {since}"
    return f"{'up' if now > before else 'down'} {abs(now - before)} since {since}"


def _more_or_fewer(now: int, before: int | None, since: str) -> str:
    if before is None:
        return ""
    if now == before:
        return f"as many as in {since}"
    return f"{abs(now - before)} {'more' if now > before else 'fewer'} than in {since}"


def _new_and_cleared(changes: Changes | None, since: str) -> str:
    if changes is None:
        return ""
    new, cleared = len(changes.newly_overdue), len(changes.no_longer_overdue)
    return f"{new} new, {cleared} cleared since {since}"


def _waiting(days: int | None) -> str:
    if days is None:
        return ""
    return f"the oldest for {counted(days, 'day', 'days')}" if days else "since today"


def burn_up_in_words(figures: Figures) -> str:
    """What stands beside the burn-up: what is counted and what is not."""
    parts = [
        f"{counted(figures.dated, 'milestone has', 'milestones have')} a day in the plan"
        + (
            f"; {counted(figures.undated, 'has none and is', 'have none and are')} not counted."
            if figures.undated
            else "."
        )
    ]
    if figures.complete_early:
        early = counted(
            figures.complete_early, "milestone due later is", "milestones due later are"
        )
        parts.append(f"{early} complete already.")
    if figures.withdrawn:
        gone = counted(figures.withdrawn, "was withdrawn and is", "were withdrawn and are")
        parts.append(f"{gone} left out.")
    return " ".join(parts)


def cut_off_in_words(reading: Reading) -> str:
    """As at when the figures are."""
    clock = f"{reading.at.astimezone(dates.LONDON):%H:%M}"
    if reading.is_closed:
        return (
            f"Frozen on {day_in_words(reading.on)} at {clock}. "
            "Days overdue are counted to then; later changes are not in these figures."
        )
    given = f"{reading.rated_since:%B %Y}" + (" or later" if reading.moment else "")
    if reading.period is None:
        return (
            f"As at the end of {day_in_words(reading.on)}. Later changes are not in these figures. "
            f"Ratings are those given for {given}."
        )
    return (
        f"So far: as at {day_in_words(reading.on)}, {clock}. These figures still change. "
        f"Ratings are those given for {given}."
    )
