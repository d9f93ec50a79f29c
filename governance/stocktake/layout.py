"""The tables of a stocktake, in one order: what the page and the document both show, nothing else.

Pure: from the content alone.
"""

import datetime as dt
from collections.abc import Iterable

from governance.stocktake.cells import Cell, Kind, Table, date, milestone, number, text
from governance.stocktake.content import AreaPart, OverdueSpell, Stocktake
from governance.stocktake.layout_judged import (
    again,
    again_of_plan,
    assurance,
    impact,
    judged,
    overview_judged,
    signed_actions,
)


def overviews(stocktake: Stocktake) -> tuple[Table, ...]:
    """The areas beside each other, nothing where there is only one; and what belongs to no area."""
    found = (overview_judged(stocktake), _overview(stocktake)) if len(stocktake.areas) > 1 else ()
    return (*found, again_of_plan(stocktake)) if stocktake.again else found


def _overview(stocktake: Stocktake) -> Table:
    """One row for each area, or for several whose milestones are the same; they add up to the plan."""
    return Table(
        anchor="overview",
        title="All areas in figures",
        headings=(
            "Area",
            "Milestones",
            "Complete, start",
            "Complete, end",
            "Signed off",
            "Overdue",
            "Dates moved",
            "Done again",
            "Missed",
        ),
        rows=tuple(
            (
                text(part.title),
                number(part.total),
                number(part.count("Complete").then),
                number(part.count("Complete").now),
                number(len(part.signed)),
                number(len(part.overdue)),
                number(len(part.moved)),
                number(part.done_again),
                number(part.missed_again),
            )
            for part in stocktake.areas
        ),
        empty="",
        counts=False,
    )


def tables_of(part: AreaPart) -> tuple[Table, ...]:
    """The tables of one area."""
    return (
        judged(part),
        _counts(part),
        _completed(part),
        _signed(part),
        signed_actions(part),
        _overdue(part),
        _slipped(part),
        _moved(part),
        _spells(part),
        _evidence(part),
        impact(part),
        assurance(part),
        again(part),
        _decisions(part),
        _said(part),
    )


def _counts(part: AreaPart) -> Table:
    return Table(
        "figures",
        "Delivery at the start and at the end",
        ("Milestones", "At the start", "At the end"),
        tuple((text(each.label), number(each.then), number(each.now)) for each in part.counts),
        empty="",
        counts=False,
    )


def _completed(part: AreaPart) -> Table:
    return Table(
        "completed",
        "Completed",
        ("Milestone", "Date in force", "Completed on"),
        tuple(
            (milestone(each.key, each.text), date(each.in_force), date(each.completed_on))
            for each in part.completed
        ),
        empty="Nothing was completed.",
    )


def _signed(part: AreaPart) -> Table:
    return Table(
        "signed-off",
        "Signed off",
        ("Milestone", "Signed on", "By", "Role", "Evidence"),
        tuple(
            (
                milestone(each.key, each.text),
                date(each.signed_at),
                text(each.signed_by),
                text(each.role),
                text("\n".join(each.evidence)),
            )
            for each in part.signed
        ),
        empty="Nothing was signed off.",
    )


def _overdue(part: AreaPart) -> Table:
    return Table(
        "overdue",
        "Overdue at the end",
        ("Milestone", "Date in force", "Days overdue", "Delivery", "What happened", "What is next"),
        tuple(
            (
                milestone(each.key, each.text),
                date(each.in_force),
                number(each.days),
                Cell(Kind.STANDING, each.standing),
                text(each.what_happened),
                text(each.what_is_next),
            )
            for each in part.overdue
        ),
        empty="Nothing is overdue.",
    )


FROM_FIRST_AGREED = "no day; slip from the first agreed date"
"""Instead of the published day where the plan gives none."""


def _slipped(part: AreaPart) -> Table:
    return Table(
        "slipped",
        "Later than published",
        ("Milestone", "Published", "Agreed", "Forecast", "Slip in days", "At the start"),
        tuple(
            (
                milestone(each.key, each.text),
                date(each.published) if each.published else text(FROM_FIRST_AGREED),
                date(each.agreed),
                date(each.forecast),
                number(each.slip),
                number(each.slip_then),
            )
            for each in part.slipped
        ),
        empty="No open milestone is later than published.",
    )


def _moved(part: AreaPart) -> Table:
    return Table(
        "moved",
        "Dates agreed",
        ("Milestone", "From", "To", "Agreed on", "By", "Why it was asked for", "Decision"),
        tuple(
            (
                milestone(each.key, each.text),
                date(each.before),
                date(each.agreed_on),
                date(each.at),
                text(each.agreed_by),
                text(each.reason),
                text(each.decision),
            )
            for each in part.moved
        ),
        empty="No date was moved.",
    )


def _spells(part: AreaPart) -> Table:
    return Table(
        "exceptions",
        "Exceptions",
        ("Milestone", "Overdue since", "Ended on", "Because", "What was reported"),
        tuple(
            (
                milestone(each.key, each.text),
                date(each.overdue_since),
                date(each.closed_at),
                text(each.closure or "still open"),
                text(_report(each)),
            )
            for each in part.spells
        ),
        empty="No exception was open.",
    )


def _report(spell: OverdueSpell) -> str:
    """What a lead reported of an exception, a line for each answer."""
    by = f", by {_day(spell.done_by)}" if spell.done_by else ""
    answers: Iterable[tuple[str, str]] = (
        ("Cause", spell.cause),
        ("Effect on families", spell.effect_on_families),
        ("What is being done", spell.what_is_being_done and f"{spell.what_is_being_done}{by}"),
        ("Asked of the board", spell.asked_of_board),
    )
    return "\n".join(f"{name}: {words}" for name, words in answers if words)


def _evidence(part: AreaPart) -> Table:
    return Table(
        "evidence",
        "Evidence added",
        ("About", "Kind", "Title", "Dated", "What it shows"),
        tuple(
            (
                text(each.about),
                text(each.kind),
                text(each.title),
                date(each.dated_on),
                text(each.what_it_shows),
            )
            for each in part.evidence
        ),
        empty="No evidence was added.",
    )


def _decisions(part: AreaPart) -> Table:
    return Table(
        "decisions",
        "Decisions",
        ("On", "What", "About", "Words", "By"),
        tuple(
            (
                date(each.at),
                text(each.what),
                text(each.key),
                text(each.words),
                text(each.by),
            )
            for each in part.decisions
        ),
        empty="Nothing was returned, refused, reopened, withdrawn or escalated.",
    )


def _said(part: AreaPart) -> Table:
    return Table(
        "families",
        "What families were told",
        ("For", "About", "In these words"),
        tuple(
            (Cell(Kind.MONTH, each.month), text(each.key), text(each.sentence))
            for each in part.said
        ),
        empty="Families were told nothing.",
    )


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
