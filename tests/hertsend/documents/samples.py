"""A document that holds every kind of block, with words that no format may take for its own."""

import datetime as dt

from hertsend.charts import BurnUpPoint, burn_up
from hertsend.documents import blocks
from hertsend.documents.spans import Mark, MarkKind, Span, Tone, led, quiet, strong, text

HOSTILE = (
    "#strong[x] #sys.inputs #{1+1} *b* _i_ `raw` $x^2$ <label> @ref \\ \\u{41} // /* c */ ~ -- --- ... "
    "= head - item + item / term: 'q' \"q\" [a] {b} https://example.org/?a=b&c=d <b>&amp;</b> %0A =1+1 @SUM"
)
LONG = "Donaudampfschifffahrtsgesellschaftskapitän" * 6
MOMENT = dt.datetime(2024, 10, 9, 16, 0, tzinfo=dt.UTC)
RATINGS = (
    *("green", "amber", "red", "complete", "embedded", "not_started", "no_update", "withdrawn"),
)


def chart(words: str = "Due") -> blocks.Chart:
    points = [
        BurnUpPoint(month=dt.date(2024, month, 1), due=month, complete=None) for month in (1, 2, 3)
    ]
    drawing = burn_up(points, title=words, description=words, identifier="due")
    return blocks.Chart("Due by month", drawing, words, "One sentence.")


def table(rows: int, words: str = HOSTILE) -> blocks.Table:
    columns = (
        blocks.Column("Milestone"),
        blocks.Column("Number", kind=blocks.ColumnKind.NUMBER, width=20),
        blocks.Column("Day", kind=blocks.ColumnKind.DATE, width=25),
    )
    plain = [
        blocks.Row((text(f"{words} row{number}"), text(str(number)), ())) for number in range(rows)
    ]
    group = blocks.Row((text("A group"),), blocks.RowKind.GROUP)
    total = blocks.Row((text("Total"), text("9"), ()), blocks.RowKind.TOTAL)
    return blocks.Table("A table of rows", columns, (group, *plain, total))


def document(*told: blocks.Block, title: str = "A pack", **others: object) -> blocks.Document:
    head = (blocks.Heading("First", 1, "first"),) if told else ()
    values = {
        "title": title,
        "subject": "Of a plan",
        "author": "A partnership",
        "marking": "OFFICIAL",
        "head": ("A partnership", "Board pack, September 2024"),
        "foot": "Version 1",
        "moment": MOMENT,
        "blocks": (*head, *told),
    }
    return blocks.Document(**(values | others))


def everything(words: str = HOSTILE) -> blocks.Document:
    """Every block, every mark, every tone, with the words in each of them."""
    ratings = tuple(
        blocks.Meaning(f"Word {value}", words, Mark(MarkKind.RATING, value)) for value in RATINGS
    )
    line = (
        Span(words, Tone.STRONG, Mark(MarkKind.IMPACT, "2")),
        Span(words, Tone.QUIET, Mark(MarkKind.ASSURANCE, "1")),
        Span(words, to="first", names_page=True),
        Span(words, to="nowhere", names_page=True),
    )
    return document(
        blocks.Title(words, (words, "September"), words),
        blocks.Contents("In this pack"),
        blocks.Heading(words, 2, "second", count=3),
        blocks.Heading(words, 3, "third", kicker=line, starts_page=True),
        blocks.Paragraph((line,), blocks.ParagraphRole.LEAD),
        blocks.Paragraph(text(f"{words}\n{words}"), blocks.ParagraphRole.NOTE),
        blocks.Figures((blocks.Figure("7", "overdue", words), blocks.Figure("0", "late"))),
        blocks.Facts((blocks.Fact("Lead", led("Why:", words)), blocks.Fact("None", ()))),
        blocks.Items((strong(words), quiet(words)), first=3),
        blocks.Counts((blocks.Count("1", words), blocks.Count("2", words))),
        blocks.Pair((chart(),), (blocks.Paragraph(text(words)),)),
        blocks.Together((table(3, words),)),
        blocks.Meanings(ratings),
        blocks.Meanings((blocks.Meaning("SEND", words),), is_short=True),
        blocks.Marks(ratings, to="second"),
        title=words,
        author=words,
        subject=words,
    )
