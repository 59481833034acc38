"""Word 版: a paper as .docx in the layout of GB/T 9704, for WPS and Word."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from urllib.parse import urljoin

from django.conf import settings
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from gongkai.documents.letters.blocks import Block, Piece
from gongkai.documents.letters.tables import table_of
from gongkai.documents.letters.text import Drawing, blocks_of, drawings
from gongkai.documents.models import Paper
from gongkai.frame.paper import BODY, THREE
from gongkai.frame.paper import Paper as Sheet
from gongkai.frame.paper import _set as set_type

WIDE, HIGH = 156, 210  # millimetres of a line and, with its words below, of a page
DOTS = 96 / 25.4  # of a picture to a millimetre


def word_of(paper: Paper, *, today: date) -> bytes:
    """The live edition of a paper as .docx (Word 版)."""
    assert paper.live is not None
    sheet = Sheet()
    sheet.title(paper.title)
    if paper.number:
        sheet.number(paper.number)
    found = blocks_of(paper.live, today=today)
    pictures = drawings(paper.live, found)
    for block in found:
        _add(sheet, block, pictures)
    properties = sheet.document.core_properties
    properties.title, properties.author = paper.title, paper.unit.name
    properties.comments = properties.last_modified_by = ""
    out = BytesIO()
    sheet.document.save(out)
    return out.getvalue()


def _add(sheet: Sheet, block: Block, pictures: Mapping[str, Drawing]) -> None:
    if block.kind == "table":
        spacer = sheet.document.add_paragraph()
        spacer._p.addprevious(table_of(block))
    elif block.kind == "heading":
        sheet.heading(block.text)
    elif block.kind == "picture" and block.line[0].src in pictures:
        _draw(sheet, pictures[block.line[0].src], block.line[0].text)
    else:
        _write(sheet, block)


def _write(sheet: Sheet, block: Block) -> None:
    sheet.body("")
    last = sheet.document.paragraphs[-1]
    for each in block.line:
        _say(last, each)
    if block.align:
        right = block.align == "right"
        last.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.CENTER
    if block.align == "center":
        place = last._p.get_or_add_pPr().get_or_add_ind()
        place.set(qn("w:firstLineChars"), "0")
        place.set(qn("w:firstLine"), "0")


def _say(paragraph: Paragraph, piece: Piece) -> None:
    """Words with their marks and their link (文字与链接)."""
    run = paragraph.add_run(f"［图：{piece.text or '无说明'}］" if piece.src else piece.text)
    set_type(run, BODY, THREE)
    run.bold, run.italic = "strong" in piece.marks or None, "em" in piece.marks or None
    run.underline = "u" in piece.marks or bool(piece.href) or None
    run.font.strike = "s" in piece.marks or None
    run.font.subscript, run.font.superscript = "sub" in piece.marks or None, "sup" in piece.marks or None
    if piece.href:
        _link(paragraph, run, address(piece.href))


def _link(paragraph: Paragraph, run: Run, href: str) -> None:
    around = OxmlElement("w:hyperlink")
    around.set(qn("r:id"), paragraph.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run._r.addprevious(around)
    around.append(run._r)


def address(href: str) -> str:
    """A link that leads somewhere outside the site too (完整网址)."""
    scheme = "https" if settings.SESSION_COOKIE_SECURE else "http"
    return urljoin(f"{scheme}://{settings.SITE['domain']}/", href)


def _draw(sheet: Sheet, drawing: Drawing, alt: str) -> None:
    """A picture with the words for those who cannot see it (插图与说明)."""
    sheet.body("")
    paragraph = sheet.document.paragraphs[-1]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    place = paragraph._p.get_or_add_pPr().get_or_add_ind()
    place.set(qn("w:firstLineChars"), "0")
    place.set(qn("w:firstLine"), "0")
    scale = min(1, WIDE / (drawing.width / DOTS), HIGH / (drawing.height / DOTS))
    shape = paragraph.add_run().add_picture(BytesIO(drawing.content), width=Mm(drawing.width / DOTS * scale))
    shape._inline.docPr.set("descr", alt)
