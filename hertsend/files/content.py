"""What a file is, found in its content alone; what is none of the kept types is refused.

A small table of signatures, each with a check of the whole form, so that a file that is two things
at once ("polyglot") is neither. Nothing is unpacked to disk, run or drawn.
"""

import re
import zipfile
from typing import BinaryIO

from hertsend.files import archives, pdf
from hertsend.files.reading import head_of, size_of, tail_of
from hertsend.files.refusing import IS_DAMAGED, IS_EMPTY, IS_OLD_OR_LOCKED, NOT_KEPT, refusal

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
JPEG_START, JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

MARKUP = re.compile(
    rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed|\?php|\?xml|%)", re.IGNORECASE
)
OTHER_TEXT = (b"<", b"#!", b"{\\rtf", b"%!", b"MIME-Version")
"""How web pages, scripts, rich text, PostScript and stored pages begin."""

CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f")
NO_LETTERS = frozenset({0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D})
"""Bytes for which the alphabet of older spreadsheets has no letter."""

BLOCK = 64 * 1024
LONGEST_LETTER = 4


def media_type_of(file: BinaryIO, *, extension: str) -> str:
    """The type of a file; ``extension`` tells a table from other text and decides nothing else.

    Raises ``RuleBroken`` under ``file`` for whatever is not kept.
    """
    if not size_of(file):
        raise refusal(IS_EMPTY)
    head = head_of(file)
    if head.startswith(archives.SIGNATURE):
        return archives.media_type_of(file)
    if head.startswith(OLD_OFFICE):
        raise refusal(IS_OLD_OR_LOCKED)
    for signature, media_type, check in SIGNATURES:
        if head.startswith(signature):
            check(file)
            if zipfile.is_zipfile(file) or MARKUP.search(head):
                raise refusal(IS_DAMAGED)
            return media_type
    check_text(file)
    return "text/csv" if extension == "csv" else "text/plain"


def check_png(file: BinaryIO) -> None:
    """Refuse a picture whose chunks do not lead from its header to its end, and no further."""
    end = size_of(file)
    place = len(PNG_SIGNATURE)
    kinds: list[bytes] = []
    while place + 12 <= end and b"IEND" not in kinds[-1:]:
        file.seek(place)
        length = int.from_bytes(file.read(4), "big")
        kinds.append(file.read(4))
        place += 12 + length
    if kinds[:1] != [b"IHDR"] or kinds[-1:] != [b"IEND"] or place != end:
        raise refusal(IS_DAMAGED)


def check_jpeg(file: BinaryIO) -> None:
    """Refuse a picture without an end; a camera may put its own notes after it."""
    if JPEG_END not in tail_of(file):
        raise refusal(IS_DAMAGED)


SIGNATURES = (
    (b"%PDF-", "application/pdf", pdf.check),
    (PNG_SIGNATURE, "image/png", check_png),
    (JPEG_START, "image/jpeg", check_jpeg),
)
"""How a file begins, what it then is, and what must hold of all of it."""


def check_text(file: BinaryIO) -> None:
    """Refuse what is not plain text: bytes of no alphabet, markup, scripts of a known beginning."""
    if _beginning(file).startswith(OTHER_TEXT):
        raise refusal(NOT_KEPT)
    file.seek(0)
    cut: bytes | None = b""
    while block := file.read(BLOCK):
        if CONTROLS & set(block) or MARKUP.search(block):
            raise refusal(NOT_KEPT)
        cut = None if cut is None else _cut_letter(cut + block)
        if cut is None and NO_LETTERS & set(block):
            raise refusal(NOT_KEPT)


def _beginning(file: BinaryIO) -> bytes:
    return head_of(file).removeprefix(b"\xef\xbb\xbf").lstrip()


def _cut_letter(block: bytes) -> bytes | None:
    """The bytes of a letter that the end of a block of UTF-8 cut in two; None for no UTF-8."""
    try:
        block.decode("utf-8")
    except UnicodeDecodeError as error:
        is_cut = error.end == len(block) and len(block) - error.start < LONGEST_LETTER
        return block[error.start :] if is_cut else None
    return b""
