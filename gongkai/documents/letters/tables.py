"""Word 表格: a table of any length, written in one piece; cell by cell a long one would take minutes."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from gongkai.documents.letters.blocks import Block, Piece
from gongkai.documents.letters.grid import Placed, laid_out
from gongkai.frame.paper import BODY, HEADING

LINE = 8845  # twentieths of a point: the width of a line
#: more columns than these are set in smaller type
MANY = 7
ON = {"strong": "<w:b/>", "em": "<w:i/>", "s": "<w:strike/>", "u": '<w:u w:val="single"/>'}
RAISED = {"sub": "subscript", "sup": "superscript"}


def table_of(block: Block) -> BaseOxmlElement:
    """The table as an element of the document (表格)."""
    grid = laid_out(block)
    size = 24 if grid.width <= MANY else 16
    rows: list[list[Placed]] = [[] for _ in range(grid.height)]
    for each in grid.cells:
        rows[each.row].append(each)
        for below in range(1, each.down):
            rows[each.row + below].append(each)
    wide = LINE // grid.width
    columns = f'<w:gridCol w:w="{wide}"/>' * grid.width
    heads = block.heads
    body = "".join(_row(place, row, wide, size, place < heads) for place, row in enumerate(rows))
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    made: BaseOxmlElement = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{LINE}" w:type="dxa"/><w:jc w:val="center"/>'
        f"<w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>"
    )
    return made


def _row(place: int, cells: list[Placed], wide: int, size: int, head: bool) -> str:
    marks = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>"
    ordered = sorted(cells, key=lambda each: each.column)
    return f"<w:tr>{marks}{''.join(_cell(place, each, wide, size) for each in ordered)}</w:tr>"


def _cell(place: int, placed: Placed, wide: int, size: int) -> str:
    span = f'<w:gridSpan w:val="{placed.across}"/>' if placed.across > 1 else ""
    first = place == placed.row
    how = ' w:val="restart"' if first else ""
    merged = f"<w:vMerge{how}/>" if placed.down > 1 else ""
    font = HEADING if placed.cell.head else BODY
    runs = "".join(_runs(placed.cell.line, font, size)) if first else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{wide * placed.across}" w:type="dxa"/>{span}{merged}</w:tcPr>'
        f"<w:p>{runs}</w:p></w:tc>"
    )


def _runs(line: tuple[Piece, ...], font: str, size: int) -> Iterator[str]:
    for each in line:
        marks = "".join(ON[mark] for mark in ("strong", "em", "s") if mark in each.marks)
        raised = next((RAISED[mark] for mark in RAISED if mark in each.marks), "")
        under = ON["u"] if "u" in each.marks or each.href else ""
        properties = (
            f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"/>{marks}'
            f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>{under}'
            + (f'<w:vertAlign w:val="{raised}"/>' if raised else "")
        )
        text = f"［图：{each.text or '无说明'}］" if each.src else each.text
        parts = "<w:br/>".join(
            f'<w:t xml:space="preserve">{escape(_printable(part))}</w:t>' for part in text.split("\n")
        )
        yield f"<w:r><w:rPr>{properties}</w:rPr>{parts}</w:r>"


def _printable(text: str) -> str:
    """Without the signs that XML does not know."""
    return "".join(sign for sign in text if sign >= " " or sign == "\t")
