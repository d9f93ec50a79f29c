"""Documents that are ZIP archives: Office Open XML and OpenDocument, told apart by what is inside.

Only the list of parts and a few small ones are read; nothing is unpacked to disk, so that an
archive that would fill the machine ("zip bomb") does nothing.
"""

import re
import zipfile
import zlib
from typing import BinaryIO

from hertsend.files.refusing import HAS_MACROS, IS_DAMAGED, IS_LOCKED, NOT_A_DOCUMENT, refusal

SIGNATURE = b"PK\x03\x04"
MOST_PARTS = 5_000
LARGEST_UNPACKED = 300 * 1024 * 1024
HIGHEST_RATIO = 400
SMALLEST_JUDGED = 10 * 1024 * 1024
LARGEST_PART_READ = 1024 * 1024
ENCRYPTED = 0x1
PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""The two that office programs use."""

_OFFICE = "application/vnd.openxmlformats-officedocument."
OFFICE_PARTS: dict[str, str] = {
    "wordprocessingml.document": "word/document.xml",
    "spreadsheetml.sheet": "xl/workbook.xml",
    "presentationml.presentation": "ppt/presentation.xml",
}
OPEN_DOCUMENTS = (
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
)

ACTIVE_PARTS = re.compile(
    r"vbaproject|vbadata|/activex/|/macrosheets/|oleobject|customui|^basic/|^scripts/"
    r"|\.(?:exe|dll|scr|com|bat|cmd|ps1|vbs|js|jse|wsf|hta|jar|html?|sh|py|lnk|docm|xlsm|xlsb|pptm)$",
    re.IGNORECASE,
)
REMOTE_TEMPLATE = re.compile(rb"attachedTemplate[^>]*External|External[^>]*attachedTemplate")


def media_type_of(file: BinaryIO) -> str:
    """The type of a document that is an archive. Raises ``RuleBroken`` under ``file``."""
    try:
        with zipfile.ZipFile(file) as archive:
            _check_parts(archive.infolist())
            found = _office(archive) or _open_document(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError):
        raise refusal(IS_DAMAGED) from None
    except RuntimeError:
        # What the library says of a part that is encrypted.
        raise refusal(IS_LOCKED) from None
    if not found:
        raise refusal(NOT_A_DOCUMENT)
    return found


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    """Refuse by the list of parts: locked, active, leading outside, or larger than they look."""
    names = [part.orig_filename for part in parts]
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise refusal(IS_LOCKED)
    if any(ACTIVE_PARTS.search(name) for name in names):
        raise refusal(HAS_MACROS)
    if any(_leads_outside(name) for name in names) or len(set(names)) != len(names):
        raise refusal(IS_DAMAGED)
    if any(part.compress_type not in PACKINGS for part in parts):
        raise refusal(IS_DAMAGED)
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED or any(map(_is_a_bomb, parts)):
        raise refusal(IS_DAMAGED)


def _leads_outside(name: str) -> bool:
    return (
        "\x00" in name or "\\" in name or name.startswith("/") or ".." in name.split("/")
    ) or name[1:2] == ":"


def _is_a_bomb(part: zipfile.ZipInfo) -> bool:
    """Whether a part grows out of proportion; a table of blanks may, so small ones are let be."""
    if part.file_size < SMALLEST_JUDGED:
        return False
    return part.file_size > HIGHEST_RATIO * max(part.compress_size, 1)


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """A small part; empty when there is none."""
    if name not in archive.namelist():
        return b""
    with archive.open(name) as part:
        return part.read(LARGEST_PART_READ)


def _office(archive: zipfile.ZipFile) -> str:
    """The type of an Office Open XML document; empty for what is none."""
    types = _read(archive, "[Content_Types].xml")
    if not types:
        return ""
    if b"macroenabled" in types.lower() or b"vbaproject" in types.lower():
        raise refusal(HAS_MACROS)
    if REMOTE_TEMPLATE.search(_read(archive, "word/_rels/settings.xml.rels")):
        raise refusal(HAS_MACROS)
    names = set(archive.namelist())
    for kind, part in OFFICE_PARTS.items():
        if f"{_OFFICE}{kind}.main+xml".encode() in types and part in names:
            return f"{_OFFICE}{kind}"
    return ""


def _open_document(archive: zipfile.ZipFile) -> str:
    """The type of an OpenDocument, which its first part states; empty for what is none."""
    told = _read(archive, "mimetype").decode("ascii", "replace").strip()
    if told not in OPEN_DOCUMENTS or "content.xml" not in archive.namelist():
        return ""
    if b"encryption-data" in _read(archive, "META-INF/manifest.xml"):
        raise refusal(IS_LOCKED)
    return told
