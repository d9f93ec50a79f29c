"""The tables of a stocktake beside delivery: judgements, whole actions, and what comes again.

Pure: from the content alone.
"""

from collections.abc import Iterable

from governance.stocktake.cells import Cell, Kind, Table, date, text
from governance.stocktake.content import Again, AreaPart, Judged, Judgement, Stocktake

KINDS = {
    Judgement.DELIVERY: Kind.STANDING,
    Judgement.IMPACT: Kind.IMPACT,
    Judgement.ASSURANCE: Kind.ASSURANCE,
}


def _then(each: Judged) -> Cell:
    return Cell(KINDS[each.kind], each.then, each.then_label)


def _now(each: Judged) -> Cell:
    return Cell(KINDS[each.kind], each.now, each.now_label)


def overview_judged(stocktake: Stocktake) -> Table:
    """Each area with its three judgements side by side, at both ends."""
    return Table(
        anchor="judgements",
        title="All areas",
        headings=(
            "Area",
            "Delivery, start",
            "Delivery, end",
            "Impact, start",
            "Impact, end",
            "Assurance, start",
            "Assurance, end",
        ),
        rows=tuple(row for part in stocktake.areas for row in _rows_of_overview(part)),
        empty="",
        counts=False,
    )


def _rows_of_overview(part: AreaPart) -> Iterable[tuple[Cell, ...]]:
    """A row for each area of the part, as assurance is given to each; delivery and impact repeat."""
    shared = [each for each in part.judged if each.kind != Judgement.ASSURANCE]
    for rated in (each for each in part.judged if each.kind == Judgement.ASSURANCE):
        names = dict(zip(part.keys, part.names, strict=True))
        together = f" (with {_others(part, rated.area)})" if len(part.keys) > 1 else ""
        yield (
            text(f"{rated.area}: {names[rated.area]}{together}"),
            *(cell for each in (*shared, rated) for cell in (_then(each), _now(each))),
        )


def _others(part: AreaPart, area: str) -> str:
    return " and ".join(key for key in part.keys if key != area)


def judged(part: AreaPart) -> Table:
    """The judgements of one area side by side."""
    several = len(part.keys) > 1
    names = {Judgement.IMPACT: "Impact, the lowest confirmed of its actions"}
    return Table(
        "judgements",
        "Delivery, impact and assurance",
        ("Judgement", "At the start", "At the end"),
        tuple(
            (
                text(
                    f"{names.get(each.kind, each.kind.value)}"
                    f"{f' of {each.area}' if each.area and several else ''}"
                ),
                _then(each),
                _now(each),
            )
            for each in part.judged
        ),
        empty="",
        counts=False,
    )


def signed_actions(part: AreaPart) -> Table:
    """The whole actions that were signed off."""
    return Table(
        "signed-actions",
        "Whole actions signed off",
        ("Action", "Signed on", "By", "Role", "Evidence of its impact"),
        tuple(
            (
                Cell(Kind.ACTION, each.key, each.text),
                date(each.signed_at),
                text(each.signed_by),
                text(each.role),
                text("\n".join(each.evidence)),
            )
            for each in part.signed_actions
        ),
        empty="No whole action was signed off.",
    )


def impact(part: AreaPart) -> Table:
    """The confirmed impact of each action that was rated."""
    return Table(
        "impact",
        "Impact",
        ("Action", "At the start", "At the end", "Why", "Confirmed on", "By"),
        tuple(
            (
                Cell(Kind.ACTION, each.action, each.text),
                Cell(Kind.IMPACT, each.then, each.then_label),
                Cell(Kind.IMPACT, each.now, each.now_label),
                text(each.words),
                date(each.decided_at),
                text(each.decided_by),
            )
            for each in part.impact
        ),
        empty="No impact was confirmed.",
    )


def assurance(part: AreaPart) -> Table:
    """The ratings of assurance, with their reasons."""
    return Table(
        "assurance",
        "Assurance at the start and since",
        ("Area", "Rated on", "Assurance", "Why", "By"),
        tuple(
            (
                text(each.area),
                date(each.at),
                Cell(Kind.ASSURANCE, each.level, each.label),
                text(each.reasons),
                text(each.by),
            )
            for each in part.assurance
        ),
        empty="No assurance was rated.",
    )


def again(part: AreaPart) -> Table:
    """What comes again, done and missed, in one area."""
    return _again(
        part.again, title="What comes again", empty="Nothing that comes again was due or done."
    )


def again_of_plan(stocktake: Stocktake) -> Table:
    """What the plan as a whole promises again and again."""
    return _again(stocktake.again, title="What comes again for the whole plan", empty="")


def _again(found: tuple[Again, ...], *, title: str, empty: str) -> Table:
    return Table(
        "again",
        title,
        ("Promise", "When", "Done or missed", "Post", "What shows it"),
        tuple(
            (
                Cell(Kind.COMMITMENT, each.key, f"{each.place}: {each.title}"),
                text(each.when),
                text(_outcome(each)),
                text(each.owner),
                text("\n".join(filter(None, (each.note, each.evidence)))),
            )
            for each in found
        ),
        empty=empty,
    )


def _outcome(each: Again) -> str:
    """In words: done and on which day, missed, or gone by without a word."""
    if not each.is_done:
        return "Missed" if each.said else "Missed, nothing recorded"
    day = f" on {each.done_on.day} {each.done_on:%B %Y}" if each.done_on else ""
    days = "1 day" if each.days_late == 1 else f"{each.days_late} days"
    late = f", {days} late" if each.days_late else ""
    return f"Done{day}{late}"
