"""A pack as a file: PDF, Word, workbook, CSV, each from its content alone.

A file is made when somebody asks for it and kept in memory for those who ask next: the same pack gives
the same bytes, so nothing is to be stored or thrown away.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from governance.boardpack.content import PackContent
from governance.boardpack.sections import document_of
from governance.boardpack.sheets import about, sheets_of
from hertsend.documents import pdf, sheets, word

KEPT = 12
"""So many files a process keeps: every format of the last packs, some megabytes in all."""


@dataclass(frozen=True)
class Format:
    """A kind of file: its ending, its media type, and how it is made."""

    ending: str
    media_type: str
    made_of: Callable[[PackContent], bytes]


FORMATS = {
    "pdf": Format("pdf", pdf.MEDIA_TYPE, lambda content: pdf.pdf_of(document_of(content))),
    "word": Format("docx", word.MEDIA_TYPE, lambda content: word.word_of(document_of(content))),
    "workbook": Format(
        "xlsx",
        sheets.WORKBOOK_TYPE,
        lambda content: sheets.workbook_of(about(content), sheets_of(content)),
    ),
    "csv": Format(
        "csv.zip", sheets.ARCHIVE_TYPE, lambda content: sheets.archive_of(sheets_of(content))
    ),
}


@dataclass(frozen=True)
class File:
    """A file that can be handed out."""

    name: str
    media_type: str
    body: bytes


@dataclass(frozen=True)
class _Asked:
    """What was asked for; the digest stands for the content, of which it is made."""

    sha256: str
    kind: str
    content: PackContent = field(compare=False)


def file_of(content: PackContent, *, sha256: str, kind: str, is_preview: bool = False) -> File:
    """The pack in one of ``FORMATS``; ``sha256`` is that of ``content``. A preview says so in its name.

    Raises ``KeyError`` for a kind that is not there.
    """
    form, cover = FORMATS[kind], content.cover
    parts = [cover.plan_slug, cover.edition, "pack", f"{cover.month:%Y-%m}", f"v{cover.revision}"]
    parts += ["preview"] if is_preview else []
    return File(
        f"{'-'.join(parts)}.{form.ending}", form.media_type, _made(_Asked(sha256, kind, content))
    )


@lru_cache(maxsize=KEPT)
def _made(asked: _Asked) -> bytes:
    return FORMATS[asked.kind].made_of(asked.content)
