"""A paper to take along: .docx that Word opens, .pdf whose type is embedded; text is never a command."""

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from django.conf import settings
from docx import Document

from gongkai.documents.letters.blocks import blocks
from gongkai.documents.letters.grid import laid_out

pytestmark = [pytest.mark.django_db, pytest.mark.clause("29")]
TABLE = (
    "<table><caption>分工</caption><tr><th>序号</th><th>任务</th><th>单位</th></tr>"
    '<tr><td rowspan="2">1</td><td>甲</td><td>教育局</td></tr><tr><td colspan="2">合计</td></tr></table>'
)
HTML = (
    f'<h2>一、总则</h2><p>正文#let a = 1 $x$ <strong>加重</strong></p><ol start="3"><li>甲</li></ol>{TABLE}'
)


def content(client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    return answer.content


def test_the_word_file_holds_title_number_text_and_table(live, client):
    found = live(title="关于甲的通知", number="示发〔2021〕1号", html=HTML)
    document = Document(BytesIO(content(client, f"/papers/{found.pk}/word/")))
    lines = [each.text for each in document.paragraphs]
    assert lines[:3] == ["关于甲的通知", "示发〔2021〕1号", "一、总则"]
    assert "正文#let a = 1 $x$ 加重" in lines
    assert "3. 甲" in lines
    cells = document.tables[0]
    assert cells.cell(2, 1).text == cells.cell(2, 2).text == "合计"
    assert cells.cell(1, 0).text == "1"
    assert document.core_properties.author == found.unit.name


def test_the_pdf_holds_the_text_with_its_type_embedded_and_stays_small(live, client):
    found = live(title="关于甲的通知", html=HTML * 5)
    made = content(client, f"/papers/{found.pk}/pdf/")
    assert made.startswith(b"%PDF")
    assert len(made) < 300_000
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made))
    assert "关于甲的通知" in text
    assert "#let a = 1 $x$" in text
    assert found.code in text
    assert b"NotoSerifSC" in made
    assert b"/StructTreeRoot" in made


def test_the_type_of_pdf_files_is_there():
    assert (Path(settings.FONTS) / "400Regular").is_dir(), "make setup fetches it"


def test_a_draft_is_not_given_out(draft, client):
    for way in ("word", "pdf"):
        assert client.get(f"/papers/{draft().paper.pk}/{way}/").status_code == 404


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("", []),
        ("文字", [("text", "文字")]),
        ("<p>甲<br>乙</p>", [("text", "甲"), ("text", "乙")]),
        ('<p>看<img alt="流程图" src="/x.png"></p>', [("text", "看［图：流程图］")]),
        ("<ul><li>甲<ul><li>乙</li></ul></li></ul>", [("entry", "· 甲"), ("entry", "· 乙")]),
        ("<blockquote><p>引文</p></blockquote>", [("text", "引文")]),
        ("<h3>（一）目标</h3>", [("heading", "（一）目标")]),
    ],
)
def test_a_text_becomes_blocks(html, said):
    assert [(each.kind, each.text) for each in blocks(html)] == said


@pytest.mark.parametrize("wild", ['colspan="999"', 'rowspan="999"', 'colspan="x"', 'colspan="0"'])
def test_a_table_with_wild_spans_stays_a_table(wild):
    html = f"<table><tr><td {wild}>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>"
    (table,) = blocks(html)
    grid = laid_out(table)
    places = [
        (each.row + y, each.column + x)
        for each in grid.cells
        for y in range(each.down)
        for x in range(each.across)
    ]
    assert len(places) == len(set(places)) == grid.width * grid.height
