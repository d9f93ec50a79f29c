"""Names of files: as people know them, and harmless."""

import pytest

from hertsend.files.names import LONGEST, extension_of, fits, safe_name

PDF = "application/pdf"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Minutes of 12 September.pdf", "Minutes of 12 September.pdf"),
        ("Minutes.PDF", "Minutes.pdf"),
        ("Minutes 12.09.2024", "Minutes 12.09.2024.pdf"),
        ("U\u0308bersicht.pdf", "Übersicht.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\sam\\Minutes.pdf", "Minutes.pdf"),
        ("a\x00b\r\nSet-Cookie: x.pdf", "abSet-Cookie- x.pdf"),
        ("Minutes\u202efdp.pdf", "Minutesfdp.pdf"),
        ('a"b<c>|?*%.pdf', "a-b-c-----.pdf"),
        ("con.pdf", "file-con.pdf"),
        ("LPT1.old.pdf", "file-LPT1.old.pdf"),
        (".pdf", "file.pdf"),
        (" . ", "file.pdf"),
        ("", "file.pdf"),
        ("a" * 300 + ".pdf", "a" * (LONGEST - 4) + ".pdf"),
    ],
)
def test_a_name_is_kept_without_what_could_mislead(typed, kept):
    assert safe_name(typed, PDF) == kept


@pytest.mark.parametrize(
    ("name", "extension"),
    [
        ("a.PDF", "pdf"),
        ("a.pdf.exe", "exe"),
        ("a.7z", "7z"),
        ("a.2024", ""),
        ("a", ""),
        ("Mr. Smith", ""),
        ("a.tobedecided", ""),
        ("a.pdf ", "pdf"),
        ("a.p\x00df", "pdf"),
    ],
)
def test_an_ending_is_a_short_word_and_no_number(name, extension):
    assert extension_of(name) == extension


@pytest.mark.parametrize(
    ("extension", "media_type", "answer"),
    [("pdf", PDF, True), ("", PDF, True), ("docx", PDF, False), ("jpg", "image/jpeg", True)],
)
def test_an_ending_fits_its_type(extension, media_type, answer):
    assert fits(extension, media_type) is answer
