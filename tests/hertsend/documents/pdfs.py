"""Reads a PDF back: its words, and what a validator that is not ours says of it."""

import io
import re
from collections.abc import Iterator

import page
from pypdf import PdfReader

PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A)


def reader_of(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def pages_of(pdf: bytes) -> list[str]:
    return [each.extract_text() for each in reader_of(pdf).pages]


def squeezed(words: str) -> str:
    """Words without blanks and without places at which a line may end: what is left is what was said."""
    return re.sub(r"[\s\u200b]+", "", words)


def words_of(pdf: bytes) -> str:
    return squeezed("".join(pages_of(pdf)))


def faults_of(pdf: bytes) -> list[str]:
    """The rules of PDF/UA-1 and PDF/A-2a that are broken."""
    found = []
    for profile in PROFILES:
        report = page.validate_pdf_bytes(pdf, profile=profile)
        assert report.rules.total > 100
        found += [f"{profile} {each.rule_id}: {each.message}" for each in report.failures]
    return found


def _bookmarks(outline: list) -> Iterator[str]:
    for each in outline:
        yield from _bookmarks(each) if isinstance(each, list) else [each.title]


def all_words_of(pdf: bytes) -> str:
    """All that a PDF says: its pages, what stands for its pictures, its bookmarks and its own data."""
    read = reader_of(pdf)
    texts = [*pages_of(pdf), *map(str, read.metadata.values()), *_bookmarks(read.outline)]
    objects = (read.get_object(number) for number in range(1, len(read.xref[0])))
    texts += [each["/Alt"] for each in objects if isinstance(each, dict) and "/Alt" in each]
    return "\n".join(texts)
