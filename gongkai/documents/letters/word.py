"""Word 版: a paper as .docx in the layout of GB/T 9704, for WPS and Word."""

from io import BytesIO

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import _Cell

from gongkai.documents.letters.blocks import Block, blocks
from gongkai.documents.letters.grid import laid_out
from gongkai.documents.letters.text import text_of
from gongkai.documents.models import Paper
from gongkai.frame.paper import BODY, HEADING
from gongkai.frame.paper import Paper as Sheet
from gongkai.frame.paper import _set as set_type

LINE = 156  # millimetres of a line


def word_of(paper: Paper) -> bytes:
    """The live edition of a paper as .docx (Word 版)."""
    assert paper.live is not None
    sheet = Sheet()
    sheet.title(paper.title)
    if paper.number:
        sheet.number(paper.number)
    for block in blocks(text_of(paper.live)):
        _add(sheet, block)
    properties = sheet.document.core_properties
    properties.title, properties.author = paper.title, paper.unit.name
    properties.comments = properties.last_modified_by = ""
    out = BytesIO()
    sheet.document.save(out)
    return out.getvalue()


def _add(sheet: Sheet, block: Block) -> None:
    if block.kind == "table":
        _add_table(sheet, block)
    elif block.kind == "heading":
        sheet.heading(block.text)
    else:
        sheet.body(block.text)
        last = sheet.document.paragraphs[-1]
        if block.align:
            right = block.align == "right"
            last.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.CENTER


def _add_table(sheet: Sheet, block: Block) -> None:
    grid = laid_out(block)
    table = sheet.document.add_table(rows=grid.height, cols=grid.width, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    places = [list(row.cells) for row in table.rows]
    for row in places:
        for cell in row:
            cell.width = Mm(LINE // grid.width)
    for each in grid.cells:
        first = places[each.row][each.column]
        if each.across > 1 or each.down > 1:
            first = first.merge(places[each.row + each.down - 1][each.column + each.across - 1])
        _fill(first, each.cell.text, HEADING if each.cell.head else BODY)
    sheet.document.add_paragraph()


def _fill(cell: _Cell, text: str, font: str) -> None:
    set_type(cell.paragraphs[0].add_run(text), font, Pt(12))
