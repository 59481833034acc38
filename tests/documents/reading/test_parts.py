"""Every place of a file is told, the hidden ones too, and a masked file holds nothing of them (附件各处)."""

import io
import zipfile

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from openpyxl.comments import Comment

from gongkai.documents.reading.masking import masked_file
from gongkai.documents.reading.parts import parts_of
from gongkai.rules.law import Refused
from tests.documents.reading.files import pdf, saved, workbook

pytestmark = pytest.mark.clause("29")

IDENTITY, HIDDEN_IDENTITY, MOBILE = "379901199001011237", "37990119900101213X", "13800138000"
ROWS = [
    ["序号", "姓名", "身份证号", "备注"],
    [1, "甲", IDENTITY, "乙村3组12号"],
    [2, "乙", HIDDEN_IDENTITY, "内"],
    [3, "丙", "", "外"],
]


def sheets() -> bytes:
    book = workbook(ROWS)
    sheet = book.worksheets[0]
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True
    sheet["A1"].comment = Comment(f"电话{MOBILE}", "某人")
    other = book.create_sheet("底册")
    other.append(["电话", MOBILE])
    other.sheet_state = "hidden"
    book.properties.creator = "某经办人"
    book.properties.lastModifiedBy = "某修改人"
    return saved(book)


def test_a_workbook_tells_hidden_rows_columns_sheets_remarks_and_names() -> None:
    found = dict(parts_of(sheets(), "xlsx"))
    assert list(found) == [
        "工作表“名单”", "工作表“名单”隐藏行", "工作表“名单”隐藏列", "工作表“名单”批注",
        "隐藏工作表“底册”", "文件属性",
    ]  # fmt: skip
    assert HIDDEN_IDENTITY not in found["工作表“名单”"]
    assert found["工作表“名单”隐藏行"].split("\n")[2].split("\t")[2] == HIDDEN_IDENTITY
    assert "乙村3组12号" in found["工作表“名单”隐藏列"]
    assert MOBILE in found["工作表“名单”批注"]
    assert MOBILE in found["隐藏工作表“底册”"]
    assert "作者：某经办人" in found["文件属性"]


def test_a_row_of_a_sheet_stands_at_its_own_line() -> None:
    book = workbook([["甲", "乙"], [], [], ["丙", "丁"]])
    (part,) = [text for place, text in parts_of(saved(book)) if place.startswith("工作表")]
    assert part.split("\n") == ["甲\t乙", "", "", "丙\t丁"]


def test_a_masked_workbook_holds_only_what_is_shown() -> None:
    content = masked_file(sheets(), "xlsx")
    assert parts_of(content) == [("工作表“名单”", "序号\t姓名\t身份证号\n1\t甲\t379901********1237\n3\t丙")]
    for secret in (IDENTITY, HIDDEN_IDENTITY, MOBILE, "某经办人", "某修改人", "底册"):
        assert secret.encode() not in unpacked(content)


def unpacked(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return b"".join(packed.read(name) for name in packed.namelist())


def test_a_masked_workbook_keeps_its_looks_and_its_merged_cells() -> None:
    book = workbook([["名单", None, None], ["序号", "姓名", "身份证号"], [1, "甲", IDENTITY]])
    sheet = book.worksheets[0]
    sheet.merge_cells("A1:C1")
    sheet["A1"].font = openpyxl.styles.Font(bold=True, size=20)
    sheet.column_dimensions["C"].width = 30
    new = openpyxl.load_workbook(io.BytesIO(masked_file(saved(book), "xlsx"))).worksheets[0]
    assert [str(merged) for merged in new.merged_cells.ranges] == ["A1:C1"]
    assert new["A1"].font.size == 20
    assert new.column_dimensions["C"].width == 30
    assert new["A3"].value == 1


def letter() -> bytes:
    document = docx.Document()
    paragraph = document.add_paragraph("申请人身份证号")
    for piece in (IDENTITY[:5], IDENTITY[5:11], IDENTITY[11:]):
        paragraph.add_run(piece).bold = True
    paragraph.add_run("，已受理。")
    paragraph.add_run(f"内部电话{MOBILE}").font.hidden = True
    table = document.add_table(2, 3)
    for row, cells in enumerate((("姓名", "银行账号", "致贫原因"), ("甲", "6299990000001234560", "因病"))):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    struck = paragraph._p.makeelement(qn("w:del"), {})
    run = paragraph._p.makeelement(qn("w:r"), {})
    text = paragraph._p.makeelement(qn("w:delText"), {})
    text.text = f"旧号{HIDDEN_IDENTITY}"
    run.append(text)
    struck.append(run)
    paragraph._p.append(struck)
    document.sections[0].header.paragraphs[0].text = f"联系人手机{MOBILE}"
    document.core_properties.author = "某经办人"
    return saved(document)


def test_a_word_file_tells_tables_heads_hidden_and_struck_words_and_names() -> None:
    found = dict(parts_of(letter(), "docx"))
    assert found["正文"] == f"申请人身份证号{IDENTITY}，已受理。"
    assert found["表格1"] == "姓名\t银行账号\t致贫原因\n甲\t6299990000001234560\t因病"
    assert MOBILE in found["隐藏文字"]
    assert HIDDEN_IDENTITY in found["修订中删除的文字"]
    assert MOBILE in found["页眉"]
    assert "某经办人" in found["文件属性"]


def test_a_masked_word_file_holds_only_what_is_shown() -> None:
    content = masked_file(letter(), "docx")
    found = dict(parts_of(content))
    assert found["正文"] == "申请人身份证号379901********1237，已受理。"
    assert found["表格1"] == "姓名\t银行账号\t致贫原因\n甲\t***************4560\t"
    assert found["页眉"] == "联系人手机138****8000"
    assert set(found) <= {"正文", "表格1", "页眉"}
    assert [run.bold for run in docx.Document(io.BytesIO(content)).paragraphs[0].runs if run.text][1] is True
    for secret in (IDENTITY, HIDDEN_IDENTITY, MOBILE, "某经办人", "因病"):
        assert secret.encode() not in unpacked(content)


def test_a_pdf_tells_its_pages_and_its_names() -> None:
    content = pdf(
        [[(72, 700, 16, "甲乙丙丁戊己。")], [(72, 700, 16, f"电话{MOBILE}在此。")]], Author="某经办人"
    )
    assert parts_of(content, "pdf") == [
        ("第1页", "甲乙丙丁戊己。"),
        ("第2页", f"电话{MOBILE}在此。"),
        ("文件属性", "作者：某经办人"),
    ]


def test_a_pdf_cannot_be_masked_in_place() -> None:
    with pytest.raises(Refused, match="重新上传"):
        masked_file(pdf([[]]), "pdf")


def test_a_workbook_with_nothing_shown_is_refused() -> None:
    book = workbook(ROWS)
    book.create_sheet("空").sheet_state = "visible"
    book.worksheets[0].sheet_state = "hidden"
    assert parts_of(masked_file(saved(book), "xlsx"))[0][0] == "工作表“空”"
