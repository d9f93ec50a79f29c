"""Files in one file, the same bytes for the same files."""

import io
import zipfile
from collections.abc import Iterable

# The earliest day that the format can say: that of packing tells nothing of what is inside.
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """The named files, in their order."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return whole.getvalue()


def packed_again(archive: bytes) -> bytes:
    """The same files without the moment at which they were packed."""
    with zipfile.ZipFile(io.BytesIO(archive)) as read:
        return zipped((entry.filename, read.read(entry)) for entry in read.infolist())
