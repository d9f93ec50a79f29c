"""How the pack's documents put a milestone, a rating, a date and a person into words."""

from governance.boardpack.content import AssuranceEntry, MilestoneEntry
from governance.boardpack.said import SaidEntry
from hertsend.documents.blocks import Column, ColumnKind, Row, Table
from hertsend.documents.spans import Line, Mark, MarkKind, Span, Text, Tone, led, quiet, text
from hertsend.documents.wording import NOTHING, counted, long_day, short_day
from plans.enums import Stage, Standing

ASSURANCE_BLOCKS = {"substantial": 3, "reasonable": 2, "limited": 1, "none": 0}
ASK_ATTENTION = (Standing.AMBER, Standing.RED, Standing.NO_UPDATE)
LONGEST_ON_ONE_PAGE = 150


def rating(standing: str) -> Text:
    """A rating with its mark; bold where it needs attention."""
    tone = Tone.STRONG if standing in ASK_ATTENTION else Tone.PLAIN
    return ((Span(Standing(standing).label, tone, Mark(MarkKind.RATING, standing)),),)


def impact(level: int | None, label: str) -> Text:
    """An impact with its bars; what was never rated is said in words."""
    if level is None:
        return quiet("Not rated yet")
    mark = Mark(MarkKind.IMPACT, str(level))
    return ((Span(str(level), Tone.STRONG, mark), Span(label)),)


def assurance(level: str, label: str) -> Text:
    """An assurance with its blocks."""
    if not level:
        return quiet("Not rated yet")
    return ((Span(label, mark=Mark(MarkKind.ASSURANCE, str(ASSURANCE_BLOCKS[level]))),),)


def assurance_before(entry: AssuranceEntry, *, compared_with: str) -> Text:
    """Which assurance an area had in the month before, where it was another."""
    if not compared_with or entry.before in ("", entry.label):
        return ()
    return quiet(f"was {entry.before.lower()} in {compared_with}")


def number(value: int | None) -> Text:
    """A count, a dash for none."""
    return text(NOTHING if value is None else str(value))


def milestone(entry: MilestoneEntry, *, note: str = "") -> Text:
    """A milestone in the plan's words, its key below."""
    return text(entry.text) + quiet(f"{entry.key} · {note}" if note else entry.key)


def published(entry: MilestoneEntry) -> str:
    """The date as published: a day, or the plan's words in quotation marks."""
    if entry.due_on:
        return short_day(entry.due_on)
    return f"“{entry.due_text}”" if entry.due_text else NOTHING


def dates_of(entry: MilestoneEntry) -> str:
    """All dates of a milestone in a sentence."""
    if entry.due_on:
        parts = [f"Published {long_day(entry.due_on)}"]
    else:
        parts = [f"Published “{entry.due_text}”" if entry.due_text else "Published without a date"]
    if entry.agreed_on:
        parts.append(f"agreed {long_day(entry.agreed_on)}")
    if entry.forecast_on:
        parts.append(f"forecast {long_day(entry.forecast_on)}")
    return ", ".join(parts)


def overdue(entry: MilestoneEntry) -> str:
    """By how much it is overdue, "" where it is not."""
    return f"overdue by {counted(entry.days_overdue, 'day')}" if entry.days_overdue else ""


def late(entry: MilestoneEntry) -> str:
    """Its key, and how late it is where it is late."""
    if not entry.days_overdue:
        return entry.key
    return f"{entry.key}, {counted(entry.days_overdue, 'day')} late"


def slip(entry: MilestoneEntry) -> str:
    """By how much it is later or earlier than published, "" where it is not."""
    if not entry.slip:
        return ""
    way = "later" if entry.slip > 0 else "earlier"
    moved = f", moved {counted(entry.moves, 'time')}" if entry.moves else ""
    return f"{counted(abs(entry.slip), 'day')} {way} than published{moved}"


def stage(entry: MilestoneEntry) -> str:
    """The stage in words."""
    return str(Stage(entry.stage).label)


def joined(names: tuple[str, ...]) -> str:
    """Names beside each other, a dash for none."""
    return ", ".join(names) or NOTHING


def said(lead: str, entry: SaidEntry) -> Text:
    """Who said something, when, and the words."""
    by = f" of {entry.by}" if entry.by else ""
    return led(f"{lead}{by}, {long_day(entry.at)}:", entry.words)


def done(lead: str, entry: SaidEntry) -> Text:
    """What somebody did, when, and the words."""
    by = f" by {entry.by}" if entry.by else ""
    return led(f"{lead}{by}, {long_day(entry.at)}:", entry.words)


def by_whom(by: str, on: str) -> str:
    """A name and a day, or the day alone."""
    return f"{by}, {on}" if by else on


def shortened(words: str, longest: int = LONGEST_ON_ONE_PAGE) -> str:
    """The words, cut at a word with an ellipsis where the page has room for no more."""
    line = " ".join(words.split())
    if len(line) <= longest:
        return line
    return f"{line[:longest].rsplit(' ', 1)[0].rstrip(' ,;:')}…"


def wide(words: str, share: float = 1) -> Column:
    """A column of words, with its part of the width that is left."""
    return Column(words, share)


def narrow(words: str, width: float) -> Column:
    """A column of words of a known width, in millimetres."""
    return Column(words, width=width)


def numbers(words: str, width: float = 13) -> Column:
    """A column of numbers."""
    return Column(words, kind=ColumnKind.NUMBER, width=width)


def days(words: str, width: float = 21) -> Column:
    """A column of dates."""
    return Column(words, kind=ColumnKind.DATE, width=width)


def kicker(entry: MilestoneEntry) -> Line:
    """The line above a milestone's heading: its key, its rating, and how late it is."""
    (line, *_) = rating(entry.standing)
    late = [words for words in (overdue(entry), slip(entry)) if words]
    return (Span(entry.key, Tone.STRONG), *line, *(Span(f"· {words}") for words in late))


def table(caption: str, columns: tuple[Column, ...], rows: list[tuple[Text, ...]]) -> Table:
    """A table of plain rows."""
    return Table(caption, columns, tuple(Row(cells) for cells in rows))
