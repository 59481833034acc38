"""公文版式: builds the templates of letters in the layout of GB/T 9704-2012, by a script, once."""

from collections.abc import Sequence
from pathlib import Path

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

TITLE, BODY, HEADING, PAGE = "方正小标宋简体", "仿宋", "黑体", "宋体"
TWO, THREE, FOUR = Pt(22), Pt(16), Pt(14)  # 二号, 三号, 四号
LINE = Pt(28)  # 22 lines on a page


def _set(run: Run, font: str, size: Pt) -> Run:
    run.font.name = "Times New Roman"
    run.font.size = size
    properties = run._element.get_or_add_rPr()
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run


class Paper:
    """A letter in the making (公文纸): A4, margins 37/35/28/26 mm, title 二号, text 三号."""

    def __init__(self) -> None:
        self.document = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        self._number_pages()

    def _line(self, text: str, font: str, size: Pt, align: WD_ALIGN_PARAGRAPH) -> Paragraph:
        paragraph = self.document.add_paragraph()
        paragraph.alignment = align
        layout = paragraph.paragraph_format
        layout.space_before = layout.space_after = Pt(0)
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
        _set(paragraph.add_run(text), font, size)
        return paragraph

    def title(self, text: str) -> None:
        """The title (标题), centred, with room below."""
        paragraph = self._line(text, TITLE, TWO, WD_ALIGN_PARAGRAPH.CENTER)
        paragraph.paragraph_format.line_spacing = Pt(35)
        paragraph.paragraph_format.space_after = LINE

    def number(self, text: str) -> None:
        """The document's number (发文字号), centred."""
        self._line(text, BODY, THREE, WD_ALIGN_PARAGRAPH.CENTER)

    def addressee(self, text: str) -> None:
        """To whom (主送机关), flush left."""
        self._line(text, BODY, THREE, WD_ALIGN_PARAGRAPH.LEFT)

    def heading(self, text: str) -> None:
        """A heading (一级标题)."""
        _indent(self._line(text, HEADING, THREE, WD_ALIGN_PARAGRAPH.LEFT))

    def body(self, text: str) -> None:
        """A paragraph of text (正文), two characters in."""
        _indent(self._line(text, BODY, THREE, WD_ALIGN_PARAGRAPH.JUSTIFY))

    def repeat(self, tag: str) -> None:
        """A line that only steers docxtpl (控制行), for example ``{%p for task in tasks %}``."""
        self._line(tag, BODY, THREE, WD_ALIGN_PARAGRAPH.LEFT)

    def table(self, heads: Sequence[str], cells: Sequence[str], *, loop: str, widths: Sequence[int]) -> None:
        """A table with one row for each turn of *loop* (表格), for example ``task in tasks``.

        *widths* are in millimetres; 156 fill the line.
        """
        table = self.document.add_table(rows=4, cols=len(heads), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
            for cell in column.cells:
                cell.width = Mm(width)
        lines = (heads, [f"{{%tr for {loop} %}}"], cells, ["{%tr endfor %}"])
        for row, texts in zip(table.rows, lines, strict=True):
            for cell, text in zip(row.cells, texts, strict=False):
                _set(cell.paragraphs[0].add_run(text), HEADING if texts is heads else BODY, Pt(12))

    def signature(self, agency: str, day: str) -> None:
        """Who and when (署名和成文日期), flush right, four characters from the edge."""
        self._line("", BODY, THREE, WD_ALIGN_PARAGRAPH.LEFT)
        for text in (agency, day):
            paragraph = self._line(text, BODY, THREE, WD_ALIGN_PARAGRAPH.RIGHT)
            paragraph.paragraph_format.right_indent = THREE * 4

    def save(self, path: Path) -> None:
        """Write the template (保存模板)."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.document.save(str(path))

    def _number_pages(self) -> None:
        paragraph = self.document.sections[0].footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _set(paragraph.add_run("— "), PAGE, FOUR)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        paragraph._p.append(field)
        _set(paragraph.add_run(" —"), PAGE, FOUR)


def _indent(paragraph: Paragraph) -> None:
    """Two characters in (首行缩进), counted in characters as Word for Chinese does."""
    place = paragraph._p.get_or_add_pPr().get_or_add_ind()
    place.set(qn("w:firstLineChars"), "200")
    place.set(qn("w:firstLine"), str(int(THREE.pt * 2 * 20)))
