"""Reads a Word document back: its words, those of its tables too."""

import io

from docx import Document

from tests.hertsend.documents.pdfs import squeezed


def words_of_word(body: bytes) -> str:
    document = Document(io.BytesIO(body))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return squeezed("".join((*(each.text for each in document.paragraphs), *cells)))
