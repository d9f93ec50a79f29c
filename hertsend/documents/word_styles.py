"""What a Word document is set up with: language, title, page, type, and what runs on each page."""

import datetime as dt
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from hertsend.documents.blocks import Document
from hertsend.documents.characters import plain

LANGUAGE = "en-GB"
FONT = "Arial"
A4 = (210, 297)
MARGIN = 15
INK, QUIET = RGBColor(0x0B, 0x0C, 0x0C), RGBColor(0x48, 0x49, 0x49)
SIZES = {
    "Normal": 11,
    "Title": 24,
    "Subtitle": 14,
    "Heading 1": 18,
    "Heading 2": 14,
    "Heading 3": 12,
}
CELL_STYLES: dict[tuple[bool, bool], str] = {
    (False, False): "Cell",
    (False, True): "CellNumber",
    (True, False): "CellHead",
    (True, True): "CellHeadNumber",
}
"""The paragraph styles of cells: of a heading or not, of a number or not."""

LEAD, NOTE = "Lead", "Note"


def set_up(document: Any, told: Document) -> None:
    """Everything that is so before the first word stands there."""
    _properties(document.core_properties, told)
    section = document.sections[0]
    across, down = reversed(A4) if told.is_wide else A4
    section.orientation = WD_ORIENT.LANDSCAPE if told.is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(across), Mm(down)
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin = section.bottom_margin = Mm(MARGIN)
    _styles(document)
    _cell_styles(document)
    _running(section, told)


def _properties(properties: Any, told: Document) -> None:
    properties.title = plain(told.title)
    properties.subject = plain(told.subject)
    properties.author = plain(told.author)
    properties.last_modified_by = plain(told.author)
    properties.language = LANGUAGE
    properties.comments, properties.keywords = "", plain(told.marking)
    properties.created = properties.modified = told.moment.astimezone(dt.UTC).replace(tzinfo=None)


def _styles(document: Any) -> None:
    """One sans-serif face in ink that prints, and British English throughout."""
    for name, size in SIZES.items():
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.color.rgb = INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)
    document.styles["Subtitle"].font.italic = False
    for name, points in ((LEAD, 14.0), (NOTE, 9.5)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.font.size = Pt(points)
    document.styles[NOTE].font.color.rgb = QUIET
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
        language.set(qn("w:eastAsia"), LANGUAGE)


def _cell_styles(document: Any) -> None:
    """The type of cells: smaller than the text, bold in headings, numbers to the right."""
    for (is_head, is_number), name in CELL_STYLES.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.font.size, style.font.bold = Pt(9.5), is_head
        style.paragraph_format.space_after = Pt(0)
        if is_number:
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _running(section: Any, told: Document) -> None:
    """On each page: how it is marked, what it is, and the page's number."""
    section.header.paragraphs[0].text = plain(told.marking)
    foot = section.footer.paragraphs[0]
    foot.text = ". ".join(plain(words) for words in (told.title, told.foot, "Page ") if words)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    foot._p.append(field)
