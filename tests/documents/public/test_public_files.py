"""A paper to take along: .docx that Word opens, .pdf whose type is embedded; text is never a command."""

from copy import deepcopy
from io import BytesIO
from pathlib import Path
from random import Random

import pypdfium2
import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from gongkai.demo.records import invented_record
from gongkai.documents.letters.blocks import blocks
from gongkai.documents.letters.grid import laid_out
from gongkai.documents.letters.word import address
from gongkai.documents.services import attachments, papers, publication
from gongkai.frame.uploads import check
from tests.documents.conftest import NOW

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
        ('<p>看<img alt="流程图" src="/x.png"></p>', [("text", "看"), ("picture", "［图：流程图］")]),
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


# --- marks, links, pictures and long records --------------------------------------------------------


def png(wide: int = 40, high: int = 20) -> bytes:
    """A picture in one colour."""
    out = BytesIO()
    Image.new("RGB", (wide, high), "teal").save(out, "PNG")
    return out.getvalue()


def uploaded(content: bytes, name: str = "图.png"):
    return check(SimpleUploadedFile(name, content), ("png", "jpg"), 20 * 2**20)


@pytest.fixture
def illustrated(draft):
    """A live paper with marks, a link and a picture."""
    edition = draft(title="关于甲的通知")
    picture = attachments.attach(
        edition, checked=uploaded(png(400, 200)), by=edition.written_by, alt="办事流程图", inline=True
    )
    html = (
        '<p>请<strong>务必</strong>见<a href="/papers/7/">附件<em>说明</em></a>。</p>'
        f'<figure><img src="/files/{picture.pk}/a.png" alt="办事流程图">'
        "<figcaption>图一</figcaption></figure>"
    )
    papers.edit_edition(edition, by=edition.written_by, html=html)
    edition.refresh_from_db()
    return publication.put_live(edition, by=edition.written_by, at=NOW).paper


def test_the_word_file_keeps_marks_links_and_pictures_with_their_words(illustrated, client):
    assert address("/papers/7/") == f"http://{settings.SITE['domain']}/papers/7/"
    document = Document(BytesIO(content(client, f"/papers/{illustrated.pk}/word/")))
    line = next(each for each in document.paragraphs if each.text.startswith("请"))
    assert line.text == "请务必见附件说明。"
    assert [run.text for run in line.runs if run.bold] == ["务必"]
    assert {link.address for link in line.hyperlinks} == {address("/papers/7/")}
    assert [run.text for link in line.hyperlinks for run in link.runs if run.italic] == ["说明"]
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr") == "办事流程图"
    assert shape.width == 2 * shape.height
    assert document.paragraphs[-1].text == "图一"


def test_the_pdf_keeps_links_and_pictures_with_their_words(illustrated, client):
    made = content(client, f"/papers/{illustrated.pk}/pdf/")
    assert address("/papers/7/").encode() in made
    drawn = [each for page in pypdfium2.PdfDocument(made) for each in page.get_objects() if each.type == 3]
    assert len(drawn) == 1
    assert "办事流程图".encode("utf-16-be") in made or b"/Alt" in made


def test_a_broken_picture_leaves_its_words_in_the_files(illustrated, client):
    row = illustrated.live.attachments.get()
    with default_storage.open(row.upload.name, "wb") as file:
        file.write(png()[:20])
    document = Document(BytesIO(content(client, f"/papers/{illustrated.pk}/word/")))
    assert "［图：办事流程图］" in [each.text for each in document.paragraphs]
    made = pypdfium2.PdfDocument(content(client, f"/papers/{illustrated.pk}/pdf/"))
    assert "办事流程图" in made[0].get_textpage().get_text_range()


@pytest.mark.clause("11")
def test_the_files_hold_every_row_of_a_long_record_masked(live, client):
    record = deepcopy(invented_record("subsidy", Random(3), "示例镇", 2021, ["东村"], number=0))
    people = [
        {"village": "东村", "name": f"村民{number}", "identity": "379901199001011237", "amount": "5"}
        for number in range(250)
    ]
    record["rows"]["people"] = people
    found = live(form="subsidy", html="", record=record)
    document = Document(BytesIO(content(client, f"/papers/{found.pk}/word/")))
    table = document.tables[-1]
    rows = [tuple(cell.text for cell in row.cells) for row in (table.rows[0], table.rows[1], table.rows[250])]
    assert "姓名" in rows[0]
    assert rows[2][0] == "250"
    assert rows[0][0] == "序号"
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    text = "".join(
        page.get_textpage().get_text_range()
        for page in pypdfium2.PdfDocument(content(client, f"/papers/{found.pk}/pdf/"))
    )
    whole = "\n".join("\t".join(cell.text for cell in row.cells) for row in table.rows[:3])
    assert "19900101" not in text + whole
    assert "250" in text
    assert "下载 Excel" not in text
