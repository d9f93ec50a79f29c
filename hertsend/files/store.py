"""Where files lie: under their own SHA-256, in a private folder outside the web and static roots.

A file is written beside its place, read and judged, and put there by one rename, so that it is
there whole or not at all. What no row speaks of in the end (a transaction that was rolled back, a
form that was never finished) is taken away by ``sweep``.
"""

import contextlib
import hashlib
import os
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings

from hertsend.files import content, names
from hertsend.files.refusing import refusal
from hertsend.files.uploads import LARGEST_FILE

UNCLAIMED_SECONDS = 24 * 60 * 60
"""So long a file may wait for its row: longer than a form may take from opening to sending."""

TOO_LARGE = f"The file must be {LARGEST_FILE // 1024 // 1024} MB or smaller."


class Handed(Protocol):
    """A file as the web framework hands it over."""

    name: str | None
    size: int | None

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Its bytes, in parts."""


@dataclass(frozen=True)
class ReceivedFile:
    """A file that lies in its place and that no row speaks of yet."""

    name: str
    media_type: str
    size: int
    sha256: str


class FileIsGone(LookupError):
    """A row speaks of a file that does not lie where it should."""


def receive(handed: Handed) -> ReceivedFile:
    """Judge a file and put it in its place. Raises ``RuleBroken`` under ``file``, and keeps nothing."""
    if (handed.size or 0) > LARGEST_FILE:
        raise refusal(TOO_LARGE)
    draft = _folder("incoming") / uuid.uuid4().hex
    try:
        with draft.open("xb") as written:
            sha256, size = _copy(handed.chunks(), written)
        typed = handed.name or ""
        extension = names.extension_of(typed)
        with draft.open("rb") as read:
            media_type = content.media_type_of(read, extension=extension)
        _check_name(extension, media_type)
        place = place_of(sha256)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.chmod(0o600)
        draft.replace(place)
        _settle(place.parent)
    finally:
        draft.unlink(missing_ok=True)
    return ReceivedFile(names.safe_name(typed, media_type), media_type, size, sha256)


def is_in_place(sha256: str) -> bool:
    """Whether the bytes of this digest lie here."""
    return place_of(sha256).is_file()


def opened(sha256: str) -> BinaryIO:
    """The bytes of this digest, to be read and closed. Raises ``FileIsGone``."""
    try:
        return place_of(sha256).open("rb")
    except FileNotFoundError:
        raise FileIsGone(sha256) from None


def place_of(sha256: str) -> Path:
    """Where the bytes of a digest lie."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError("Not the digest of a file.")
    return settings.HERTSEND_FILES / sha256[:2] / sha256


def sweep(is_claimed: Callable[[Iterable[str]], set[str]]) -> int:
    """Take away what no row has claimed for a day; answer how many files went.

    ``is_claimed`` answers which of some digests a row speaks of. Safe beside people who hand in
    the same bytes at this moment: their copy is put in place anew, and a fresh one is put back.
    """
    drafts = [each for each in _folder("incoming").iterdir() if _is_old(each)]
    for draft in drafts:
        draft.unlink(missing_ok=True)
    old = {each.name: each for each in settings.HERTSEND_FILES.glob("??/*") if _is_old(each)}
    unclaimed = set(old) - is_claimed(old)
    taken = sum(_take_away(old[sha256]) for sha256 in unclaimed)
    return len(drafts) + taken


def _take_away(place: Path) -> bool:
    """Remove a file, unless the same bytes were handed in again while it was being decided."""
    aside = _folder("incoming") / f"{place.name}.{uuid.uuid4().hex}"
    try:
        place.replace(aside)
    except FileNotFoundError:
        return False
    if not _is_old(aside):
        aside.replace(place)
        return False
    aside.unlink()
    return True


def _is_old(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > UNCLAIMED_SECONDS
    except FileNotFoundError:
        return False


def _folder(name: str) -> Path:
    folder = settings.HERTSEND_FILES / name
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _copy(parts: Iterable[bytes], written: BinaryIO) -> tuple[str, int]:
    """Write the parts to the disk itself; their digest and size. Raises ``RuleBroken`` past the limit."""
    digest, size = hashlib.sha256(), 0
    for part in parts:
        size += len(part)
        if size > LARGEST_FILE:
            raise refusal(TOO_LARGE)
        digest.update(part)
        written.write(part)
    written.flush()
    os.fsync(written.fileno())
    return digest.hexdigest(), size


def _check_name(extension: str, media_type: str) -> None:
    if not names.fits(extension, media_type):
        kept = names.EXTENSIONS[media_type][0]
        raise refusal(f"Its name ends in .{extension}, but it is a .{kept} file. Rename it first.")


def _settle(folder: Path) -> None:
    """See to it that the rename outlives a power cut, where the machine can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
