"""Files by the handful: small sound ones of every kept kind, and hostile ones with why they are."""

import io
import struct
import zipfile
import zlib

OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = '<Types><Override PartName="/{part}" ContentType="{kind}.main+xml"/>{more}</Types>'


def zipped(
    parts: dict[str, bytes | str], *, packing: int = zipfile.ZIP_DEFLATED, after: bytes = b""
) -> bytes:
    """An archive of these parts, with something behind it."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", packing) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return kept.getvalue() + after


def office(
    kind: str, part: str, extra: dict[str, bytes | str] | None = None, more: str = ""
) -> bytes:
    """A small Office Open XML document with extra parts and more content types."""
    types = TYPES.format(part=part, kind=f"{OFFICE}{kind}", more=more)
    return zipped({"[Content_Types].xml": types, part: "<w/>"} | (extra or {}))


def word(extra: dict[str, bytes | str] | None = None, more: str = "") -> bytes:
    """A small Word document."""
    return office("wordprocessingml.document", "word/document.xml", extra, more)


def spreadsheet(extra: dict[str, bytes | str] | None = None) -> bytes:
    """A small Excel workbook."""
    return office("spreadsheetml.sheet", "xl/workbook.xml", extra)


def slides() -> bytes:
    """A small PowerPoint presentation."""
    return office("presentationml.presentation", "ppt/presentation.xml")


def open_document(kind: str = "text", extra: dict[str, bytes | str] | None = None) -> bytes:
    """A small OpenDocument."""
    told = f"application/vnd.oasis.opendocument.{kind}"
    return zipped({"mimetype": told, "content.xml": "<office/>"} | (extra or {}))


def pdf(body: bytes = b"", after: bytes = b"") -> bytes:
    """A small PDF with something inside and something behind it."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        + body
        + b"trailer<</Root 1 0 R>>\n%%EOF\n"
        + after
    )


def packed_pdf(inside: bytes) -> bytes:
    """A PDF that keeps objects packed."""
    packed = zlib.compress(inside)
    return pdf(b"3 0 obj<</Type/ObjStm/N 1/First 4/Length %d/Filter/FlateDecode>>stream\n" % len(packed)
               + packed + b"\nendstream endobj\n")  # fmt: skip


def _chunk(kind: bytes, content: bytes) -> bytes:
    checked = kind + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))


def png(after: bytes = b"") -> bytes:
    """A picture of one grey point."""
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    point = _chunk(b"IDAT", zlib.compress(b"\x00\x80"))
    return b"\x89PNG\r\n\x1a\n" + header + point + _chunk(b"IEND", b"") + after


def jpeg(after: bytes = b"") -> bytes:
    """The frame of a photograph."""
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9" + after


SOUND: dict[str, tuple[str, bytes, str]] = {
    "pdf": ("Minutes.pdf", pdf(), "application/pdf"),
    "pdf with packed objects": ("a.pdf", packed_pdf(b"1 0 <</Type/Font>>"), "application/pdf"),
    "pdf with chance bytes": (
        "a.pdf",
        pdf(b"9 0 obj<</Length 9>>stream\n\x00/JS \x01\xff\nendstream endobj\n"),
        "application/pdf",
    ),
    "word": ("a.docx", word(), f"{OFFICE}wordprocessingml.document"),
    "excel": (
        "a.XLSX",
        spreadsheet({"xl/printerSettings/printerSettings1.bin": b"\x00"}),
        f"{OFFICE}spreadsheetml.sheet",
    ),
    "powerpoint": ("a.pptx", slides(), f"{OFFICE}presentationml.presentation"),
    "opendocument text": ("a.odt", open_document(), "application/vnd.oasis.opendocument.text"),
    "opendocument table": (
        "a.ods",
        open_document("spreadsheet"),
        "application/vnd.oasis.opendocument.spreadsheet",
    ),
    "png": ("a.png", png(), "image/png"),
    "jpeg": ("a.jpeg", jpeg(b"\x00" * 20), "image/jpeg"),
    "text": ("Notes 12.09.2024", "Waiting times fell – by a third.\n".encode(), "text/plain"),
    "text of older programs": ("a.txt", "Caf\xe9, \x80100".encode("latin-1"), "text/plain"),
    "table": ("a.csv", b"\xef\xbb\xbfmonth,weeks\n2024-08,19\n", "text/csv"),
    "long text": ("a.txt", ("é" * 70_000).encode(), "text/plain"),
}
"""Name, content and type of files that are kept."""

_EXE = b"MZ\x90\x00" + b"\x00" * 60 + b"PE\x00\x00"
_HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
_SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
_MACRO = '<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'


def _encrypted() -> bytes:
    """A Word document whose parts say that they are encrypted."""
    content = bytearray(word())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := content.find(signature, place + 1)) >= 0:
            content[place + offset] |= 1
    return bytes(content)


def _broken_part() -> bytes:
    """A Word document whose list of types cannot be unpacked."""
    content = bytearray(word())
    place = content.find(b"[Content_Types].xml") + len("[Content_Types].xml")
    content[place : place + 8] = b"\xff" * 8
    return bytes(content)


def _nul_in_part() -> bytes:
    return word({"word/a_b.xml": "x"}).replace(b"word/a_b.xml", b"word/a\x00b.xml")


HOSTILE: dict[str, tuple[str, bytes]] = {
    "nothing": ("a.pdf", b""),
    "web page": ("a.html", _HTML),
    "web page as pdf": ("a.pdf", _HTML),
    "web page as text": ("a.txt", b"\n  " + _HTML),
    "web page after a mark of order": ("a.txt", b"\xef\xbb\xbf" + _HTML),
    "script inside text": ("a.txt", b"Minutes\n" + b"x" * 3000 + b"<script>alert(1)</script>"),
    "picture that runs": ("a.svg", _SVG),
    "picture that runs as png": ("a.png", _SVG),
    "xml": (
        "a.txt",
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ),
    "program": ("a.exe", _EXE),
    "program as pdf": ("a.pdf", _EXE),
    "program of unix": ("a.txt", b"\x7fELF\x02\x01\x01" + b"\x00" * 9),
    "shell script": ("a.txt", b"#!/bin/sh\nrm -rf /\n"),
    "php": ("a.txt", b"Minutes <?php system($_GET['c']); ?>"),
    "rich text": ("a.txt", b"{\\rtf1\\ansi{\\object}}"),
    "postscript": ("a.txt", b"%!PS-Adobe-3.0\n"),
    "old word": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600),
    "locked word": ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x01" * 600),
    "encrypted parts": ("a.docx", _encrypted()),
    "macros by part": ("a.docx", word({"word/vbaProject.bin": b"\x00"})),
    "macros by type": ("a.docx", word(more=_MACRO)),
    "macros of opendocument": ("a.odt", open_document(extra={"Basic/Standard/Module1.xml": "x"})),
    "locked opendocument": (
        "a.odt",
        open_document(extra={"META-INF/manifest.xml": "<manifest:encryption-data/>"}),
    ),
    "template from elsewhere": (
        "a.docx",
        word(
            {"word/_rels/settings.xml.rels": '<R Type="x/attachedTemplate" TargetMode="External"/>'}
        ),
    ),
    "program inside": ("a.docx", word({"word/embeddings/a.exe": _EXE})),
    "control inside": ("a.xlsx", spreadsheet({"xl/activeX/activeX1.bin": b"\x00"})),
    "part outside": ("a.docx", word({"../../etc/cron.d/a": "x"})),
    "part at the root": ("a.docx", word({"/etc/cron.d/a": "x"})),
    "nul in a part": ("a.docx", _nul_in_part()),
    "bomb": ("a.docx", word({"word/media/a.bmp": b"\x00" * 40_000_000})),
    "bomb of many parts": ("a.docx", word({f"word/{number}.xml": "" for number in range(5_001)})),
    "archive": ("a.zip", zipped({"a.txt": "x"})),
    "archive as word": ("a.docx", zipped({"a.txt": "x"})),
    "damaged archive": ("a.docx", word()[:-30]),
    "damaged part": ("a.docx", _broken_part()),
    "odd packing": ("a.docx", zipped({"[Content_Types].xml": "x"}, packing=zipfile.ZIP_LZMA)),
    "java archive behind a picture": ("a.jpg", jpeg(zipped({"META-INF/MANIFEST.MF": "x"}))),
    "archive behind a pdf": ("a.pdf", pdf(after=zipped({"a.txt": "x"}))),
    "web page behind a picture": ("a.png", png(_HTML)),
    "web page before a pdf": ("a.pdf", _HTML + pdf()),
    "web page within the head of a pdf": ("a.pdf", pdf(b"% <html><script>x</script>\n")),
    "pdf without an end": ("a.pdf", pdf().replace(b"%%EOF", b"")),
    "pdf with a program": ("a.pdf", pdf(b"3 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj\n")),
    "pdf with a program spelt in numbers": ("a.pdf", pdf(b"3 0 obj<</S/J#61vaScript>>endobj\n")),
    "pdf with a packed program": ("a.pdf", packed_pdf(b"1 0 <</S/JavaScript/JS(x)>>")),
    "pdf that starts something": ("a.pdf", pdf(b"3 0 obj<</S/Launch/F(cmd.exe)>>endobj\n")),
    "pdf with a file inside": ("a.pdf", pdf(b"3 0 obj<</Type/EmbeddedFile>>endobj\n")),
    "locked pdf": ("a.pdf", pdf(b"trailer<</Encrypt 9 0 R>>\n")),
    "png without an end": ("a.png", png()[:-12]),
    "jpeg without an end": ("a.jpg", jpeg()[:-2]),
    "bytes": ("a.txt", bytes(range(256))),
    "nul in text": ("a.txt", b"Minutes\x00of the board"),
    "wide letters": ("a.csv", "month,weeks".encode("utf-16")),
    "right content, wrong name": ("a.docx", pdf()),
    "name with two endings": ("Minutes.pdf.exe", pdf()),
    "name turned round": ("Minutes\u202efdp.exe", pdf()),
}
"""Name and content of files that are refused."""
