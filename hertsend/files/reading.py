"""Reading parts of a file that may be large."""

import os
from typing import BinaryIO

PART = 1024 * 64


def size_of(file: BinaryIO) -> int:
    """How many bytes the file has."""
    return file.seek(0, os.SEEK_END)


def head_of(file: BinaryIO, length: int = 1024) -> bytes:
    """Its beginning."""
    file.seek(0)
    return file.read(length)


def tail_of(file: BinaryIO, length: int = PART) -> bytes:
    """Its end."""
    file.seek(max(0, size_of(file) - length))
    return file.read(length)
