"""Files made for the tests: Word, Excel and PDF, as offices save them."""

# ruff: noqa: E501 (pages have long lines)

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import docx
import openpyxl
from docx.enum.text import WD_ALIGN_PARAGRAPH

CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


#: one white point
PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\x00\xff"))
    + _chunk(b"IEND", b"")
)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def saved(document: Any) -> bytes:
    """The bytes of a Word document or of a workbook."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word(*lines: str, table: Sequence[Sequence[str]] = ()) -> bytes:
    """A Word file of plain lines: one that begins with ^ stands in the middle, with > at the right."""
    document = docx.Document()
    for line in lines:
        paragraph = document.add_paragraph(line.lstrip("^>"))
        if line[:1] in "^>":
            paragraph.alignment = CENTER if line.startswith("^") else RIGHT
    if table:
        grid = document.add_table(len(table), len(table[0]))
        for row, cells in enumerate(table):
            for column, cell in enumerate(cells):
                grid.cell(row, column).text = cell
    return saved(document)


def workbook(rows: Sequence[Sequence[object]], name: str = "名单") -> openpyxl.Workbook:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    return book


def changed(content: bytes, parts: Mapping[str, tuple[str, str]]) -> bytes:
    """A packed file in some parts of which one piece of text stands for another."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name in parts:
                before, after = parts[name]
                assert before in part.decode(), (name, before)
                part = part.decode().replace(before, after, 1).encode()
            new.writestr(name, part)
    return out.getvalue()


Words = tuple[float, float, float, str]  # left, up, size, words


def pdf(pages: Sequence[Sequence[Words]], rules: str = "", **properties: str) -> bytes:
    """A PDF of words at their places, on every page with the same drawn lines; 595 points wide, 842 tall."""
    streams = [
        " ".join(
            f"BT /F {size} Tf {left} {up} Td <{text.encode('utf-16-be').hex()}> Tj ET"
            for left, up, size, text in page
        )
        + f" {rules}"
        for page in pages
    ]
    named = " ".join(f"/{key} <feff{value.encode('utf-16-be').hex()}>" for key, value in properties.items())
    kids = " ".join(f"{6 + 2 * place} 0 R" for place in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>",
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>",
        f"<<{named}>>",
    ]
    for place, stream in enumerate(streams):
        objects.append(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>"
            f"/Contents {7 + 2 * place} 0 R>>"
        )
        objects.append(f"<</Length {len(stream)}>>\nstream\n{stream}\nendstream")
    return _file(objects)


def _file(objects: Sequence[str]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{each}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return (
        out
        + f"{end}trailer<</Size {len(objects) + 1}/Root 1 0 R/Info 5 0 R>>\nstartxref\n{len(out)}\n%%EOF".encode()
    )
