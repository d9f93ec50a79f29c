"""A document as a Word file: real headings, header rows that repeat, pictures with words, links.

Words of people become runs of text and never markup. The moment inside is the document's own, so the
same blocks give the same bytes.
"""

import io
from collections.abc import Callable
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, RGBColor

from hertsend.charts.png import as_png
from hertsend.documents import blocks
from hertsend.documents.characters import plain
from hertsend.documents.spans import Mark, MarkKind, Span, Text, Tone, strong, text
from hertsend.documents.word_styles import A4, LEAD, MARGIN, NOTE, QUIET, set_up
from hertsend.documents.word_tables import add_table
from hertsend.documents.zipped import packed_again

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NOTHING = "–"
LONGEST_BOOKMARK = 40
COLOURS = {
    "green": RGBColor(0x0F, 0x6B, 0x45),
    "amber": RGBColor(0xA8, 0x5A, 0x00),
    "red": RGBColor(0xB3, 0x25, 0x1E),
}
WIDEST_PICTURE = 170
NARROW_DRAWING, NARROW_PICTURE = 'width="330"', 105


def word_of(document: blocks.Document) -> bytes:
    """The document, whole."""
    return _Writer(document).written()


class _Writer:
    """One document on its way to a file; knows which places links may lead to."""

    def __init__(self, told: blocks.Document) -> None:
        self.told = told
        self.document: Any = docx.Document()
        every = tuple(blocks.all_blocks(told.blocks))
        self.headings = [each for each in every if isinstance(each, blocks.Heading)]
        self.anchors = {each.anchor for each in self.headings if each.anchor}
        self.width = (A4[1] if told.is_wide else A4[0]) - 2 * MARGIN
        self.marks = 0
        self.starts_page = False

    def written(self) -> bytes:
        set_up(self.document, self.told)
        for block in blocks.all_blocks(self.told.blocks):
            writer: Callable[[Any], None] = getattr(self, f"_{type(block).__name__.lower()}")
            writer(block)
        file = io.BytesIO()
        self.document.save(file)
        return packed_again(file.getvalue())

    # ---- Words

    def _write(self, paragraph: Any, text: Text) -> None:
        """Lines into a paragraph, each on a line of its own; a dash where there is nothing."""
        for number, line in enumerate(text or ((Span(NOTHING),),)):
            if number:
                paragraph.add_run().add_break()
            for place, span in enumerate(line):
                if place:
                    paragraph.add_run(" ")
                self._span(paragraph, span)

    def _span(self, paragraph: Any, span: Span) -> None:
        run = paragraph.add_run(plain(span.words))
        if span.tone == Tone.STRONG:
            run.bold = True
        if span.tone == Tone.QUIET:
            run.font.color.rgb = QUIET
        if span.mark:
            self._mark(run, span.mark)
        if span.to in self.anchors:
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), _bookmark_name(span.to))
            paragraph._p.append(link)
            link.append(run._r)

    @staticmethod
    def _mark(run: Any, mark: Mark) -> None:
        """The word carries the meaning; its colour follows the shape that other formats draw."""
        if mark.kind == MarkKind.RATING and mark.value in COLOURS:
            run.font.color.rgb = COLOURS[mark.value]

    # ---- Blocks

    def _heading(self, block: blocks.Heading) -> None:
        count = "" if block.count is None else f" ({block.count})"
        heading = self.document.add_heading(plain(f"{block.words}{count}"), level=block.level)
        heading.paragraph_format.page_break_before = block.starts_page or block.may_follow or None
        if block.anchor:
            self._bookmark(heading, block.anchor)
        if block.kicker:
            self._write(self.document.add_paragraph(), (block.kicker,))

    def _bookmark(self, paragraph: Any, anchor: str) -> None:
        self.marks += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), str(self.marks))
        start.set(qn("w:name"), _bookmark_name(anchor))
        paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
        paragraph._p.append(end)

    def _paragraph(self, block: blocks.Paragraph) -> None:
        styles = {blocks.ParagraphRole.LEAD: LEAD, blocks.ParagraphRole.NOTE: NOTE}
        self._write(self.document.add_paragraph(style=styles.get(block.role)), block.text)

    def _title(self, block: blocks.Title) -> None:
        if block.whose:
            self.document.add_paragraph(plain(block.whose))
        self.document.add_paragraph(plain(", ".join(block.lines)), style="Title")
        self.document.add_paragraph(plain(block.subject))

    def _contents(self, block: blocks.Contents) -> None:
        paragraph = self.document.add_paragraph()
        self._write(paragraph, strong(block.words))
        for heading in self.headings:
            if heading.level == 1:
                line = ((Span(heading.words, to=heading.anchor),),)
                self._write(self.document.add_paragraph(), line)

    def _figures(self, block: blocks.Figures) -> None:
        for each in block.figures:
            note = (Span(f"({each.note})", Tone.QUIET),) if each.note else ()
            line = (Span(each.value, Tone.STRONG), Span(each.label), *note)
            self._write(self.document.add_paragraph(style="List Bullet"), (line,))

    def _counts(self, block: blocks.Counts) -> None:
        for each in block.entries:
            line = (Span(each.value, Tone.STRONG), Span(each.words))
            self._write(self.document.add_paragraph(style="List Bullet"), (line,))

    def _items(self, block: blocks.Items) -> None:
        for number, item in enumerate(block.items, start=block.first):
            first, *rest = item or ((),)
            numbered = ((Span(f"{number}.", Tone.STRONG), *first), *rest)
            self._write(self.document.add_paragraph(), numbered)

    def _facts(self, block: blocks.Facts) -> None:
        for each in block.facts:
            first, *rest = each.text or ((Span(NOTHING),),)
            named = ((Span(f"{each.name}:", Tone.STRONG), *first), *rest)
            self._write(self.document.add_paragraph(), named)

    def _table(self, block: blocks.Table) -> None:
        add_table(self.document, block, width=self.width, write=self._write)

    def _meanings(self, block: blocks.Meanings) -> None:
        rows = tuple(blocks.Row((strong(each.word), text(each.meaning))) for each in block.entries)
        columns = (blocks.Column("Word", width=50), blocks.Column("Meaning"))
        self._table(blocks.Table("What the words mean", columns, rows))

    def _marks(self, block: blocks.Marks) -> None:
        """The marks are drawn in other formats alone; the words stand in the key."""

    def _chart(self, block: blocks.Chart) -> None:
        self._write(self.document.add_paragraph(), strong(block.title))
        narrow = NARROW_DRAWING in block.svg
        width = Mm(NARROW_PICTURE if narrow else WIDEST_PICTURE)
        picture = self.document.add_picture(io.BytesIO(as_png(block.svg)), width=width)
        drawn = picture._inline.docPr
        drawn.set("name", plain(block.title))
        drawn.set("descr", plain(f"{block.title}. {block.description}"))
        if block.sentence:
            self.document.add_paragraph(plain(block.sentence), style=NOTE)


def _bookmark_name(anchor: str) -> str:
    """An anchor as Word allows names: letters, digits and underscores, not too long."""
    name = "".join(letter if letter.isalnum() else "_" for letter in anchor)
    return f"to_{name}"[:LONGEST_BOOKMARK]
