"""Names of files: kept as people know them, without what could mislead a machine or a reader."""

import re
import unicodedata

LONGEST = 150
EXTENSIONS: dict[str, tuple[str, ...]] = {
    "application/pdf": ("pdf",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ("pptx",),
    "application/vnd.oasis.opendocument.text": ("odt",),
    "application/vnd.oasis.opendocument.spreadsheet": ("ods",),
    "image/png": ("png",),
    "image/jpeg": ("jpg", "jpeg"),
    "text/plain": ("txt",),
    "text/csv": ("csv",),
}
"""The endings of each kept type; the first is the one that a name without any is given."""

NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*%]')
ENDING = re.compile(r"\.(?=\d*[A-Za-z])([A-Za-z0-9]{1,5})$")
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
UNNAMED = "file"


def extension_of(name: str) -> str:
    """The last ending of a name in small letters; empty where what follows a dot is a word or date."""
    ending = ENDING.search(_printable(name).rstrip(" ."))
    return ending[1].lower() if ending else ""


def _printable(name: str) -> str:
    return "".join(letter for letter in name if letter.isprintable())


def fits(extension: str, media_type: str) -> bool:
    """Whether a name with this ending may hold this type; a name without ending holds any."""
    return not extension or extension in EXTENSIONS[media_type]


def safe_name(typed: str, media_type: str) -> str:
    """The name under which a file is kept and given back: one line, one ending, and that one true."""
    name = unicodedata.normalize("NFC", typed).replace("\\", "/").rsplit("/", 1)[-1]
    name = re.sub(r"\s+", " ", NOT_IN_NAMES.sub("-", _printable(name))).rstrip(" .")
    ending = extension_of(name)
    stem = name[: -len(ending) - 1] if ending else name
    ending = ending or EXTENSIONS[media_type][0]
    stem = stem.strip(" .") or UNNAMED
    if RESERVED.fullmatch(stem.split(".")[0]):
        stem = f"{UNNAMED}-{stem}"
    return f"{stem[: LONGEST - len(ending) - 1]}.{ending}"
