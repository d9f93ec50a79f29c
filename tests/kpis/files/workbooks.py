"""Small workbooks, written by hand so that each can be as broken as a test wants it."""

import io
import zipfile
from collections.abc import Mapping

SHEET_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
</Types>"""
ROOT = f"""<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
BOOK_RELS = f"""<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="{REL}/styles" Target="styles.xml"/></Relationships>"""
STYLES = f"""<?xml version="1.0"?><styleSheet {SHEET_NS}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"""


def package(parts: Mapping[str, str | bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    """A ZIP of these parts; ``stored`` ones come first and are not compressed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            how = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            file.writestr(name, content, compress_type=how)
    return buffer.getvalue()


def cell(value: object, place: str) -> str:
    """A cell: text, a number, or what is XML already."""
    if isinstance(value, str) and value.startswith("<c"):
        return value.replace("PLACE", place)
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def rows_of(rows: list[list[object]]) -> str:
    written = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(
            cell(value, f"{chr(65 + column)}{number}")
            for column, value in enumerate(row)
            if value is not None
        )
        written.append(f'<row r="{number}">{cells}</row>')
    return "".join(written)


def xlsx(rows: list[list[object]] | str, *, date1904: bool = False, **more: str | bytes) -> bytes:
    """A workbook of one sheet; ``more`` replaces or adds parts, with __ for /."""
    data = rows if isinstance(rows, str) else rows_of(rows)
    about = ' date1904="1"' if date1904 else ""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT,
        "xl/workbook.xml": (
            f'<?xml version="1.0"?><workbook {SHEET_NS} xmlns:r="{REL}"><workbookPr{about}/>'
            '<sheets><sheet name="Figures" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": BOOK_RELS,
        "xl/styles.xml": STYLES,
        "xl/worksheets/sheet1.xml": (
            f'<?xml version="1.0"?><worksheet {SHEET_NS}><sheetData>{data}</sheetData></worksheet>'
        ),
    }
    return package(parts | {name.replace("__", "/"): part for name, part in more.items()})


def ods(rows: list[list[object]], *, head: str = "", more: str = "") -> bytes:
    """An OpenDocument spreadsheet of one sheet; ``more`` are rows that are XML already."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    written = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
            if isinstance(value, int | float)
            else f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
            for value in row
        )
        + "</table:table-row>"
        for row in rows
    )
    content = (
        f'<?xml version="1.0"?>{head}<office:document-content xmlns:office="{office}:office:1.0" '
        f'xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0" office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="Figures">{written}{more}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content,
        "META-INF/manifest.xml": manifest,
    }
    return package(parts, stored=("mimetype",))
