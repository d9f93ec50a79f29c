"""PDFs: whole, not locked, and without programs, also where the names are packed or spelt in numbers."""

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from hertsend.files.reading import tail_of
from hertsend.files.refusing import IS_ACTIVE, IS_DAMAGED, IS_LOCKED, refusal

END = b"%%EOF"
ENCRYPTED = re.compile(rb"/Encrypt\b")
ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)\b")
SPELT_IN_NUMBERS = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
"""Pictures, fonts and packed text, in whose bytes any name could stand by chance."""

PACKED_OBJECTS = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)
LARGEST_UNPACKED = 8 * 1024 * 1024
MOST_PACKED = 2_000


def check(file: BinaryIO) -> None:
    """Refuse a PDF that does not end as one, is locked or active. Raises ``RuleBroken``."""
    if END not in tail_of(file, 2048):
        raise refusal(IS_DAMAGED)
    file.seek(0)
    content = file.read()
    for part in (STREAM.sub(b"stream", content), *_unpacked(content)):
        plain = SPELT_IN_NUMBERS.sub(lambda found: bytes([int(found[1], 16)]), part)
        if ENCRYPTED.search(plain):
            raise refusal(IS_LOCKED)
        if ACTIVE.search(plain):
            raise refusal(IS_ACTIVE)


def _unpacked(content: bytes) -> Iterator[bytes]:
    """The objects that the file keeps packed, each up to a bound."""
    for number, found in enumerate(PACKED_OBJECTS.finditer(content)):
        if number >= MOST_PACKED:
            raise refusal(IS_DAMAGED)
        try:
            yield zlib.decompressobj().decompress(content[found.end() :], LARGEST_UNPACKED)
        except zlib.error:
            continue
