"""Contents are checked wherever the public may look, masked at one click, and traced (内容检查、一键脱敏)."""

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.audit.models import Trace
from gongkai.documents.models import Attachment, Content, Edition, Word
from gongkai.documents.services import attachments
from gongkai.documents.services.checks import Found, check_edition
from gongkai.documents.services.masking import fix_words, mask_edition
from gongkai.frame.uploads import check
from gongkai.rules.law import Refused
from tests.documents.reading.files import pdf, saved, word, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.clause("29")]

IDENTITY, MOBILE = "379901199001011237", "13800138000"
LIST = [["序号", "姓名", "身份证号"], [1, "甲", IDENTITY], [2, "乙", "370402********1234"]]
TABLE = (
    "<p>名单如下。</p><table><tr><th>姓名</th><th>身份证号</th><th>致贫原因</th></tr>"
    f"<tr><td>甲</td><td><strong>{IDENTITY}</strong></td><td>因病</td></tr></table><p>手机{MOBILE}。</p>"
)


def attach(edition: Edition, name: str, content: bytes) -> Attachment:
    kind = name.rpartition(".")[2]
    checked = check(SimpleUploadedFile(name, content), [kind], 10**8)
    return attachments.attach(edition, checked=checked, by=edition.written_by, title=name)


def hidden_list() -> bytes:
    book = workbook(LIST)
    book.worksheets[0].row_dimensions[2].hidden = True
    return saved(book)


def told(edition: Edition) -> list[tuple[str, str, str, bool]]:
    return [(each.place, each.kind, each.text, each.grave) for each in check_edition(edition)]


def test_a_clean_draft_raises_no_alarm(draft: Any) -> None:
    html = "<p>根据示政发〔2021〕8号文件，现将有关事项通知如下，联系电话：0632-3311234。</p>"
    assert check_edition(draft(html=html)) == []


def test_title_text_and_tables_are_checked_with_their_headings(draft: Any) -> None:
    found = told(draft(title=f"关于{MOBILE}的通知", html=TABLE))
    assert found == [
        ("标题", "手机号码", "138****8000", True),
        ("正文表格1第2行“身份证号”列", "身份证号码", "379901********1237", True),
        ("正文表格1第2行“致贫原因”列", "不应公开的内容", "（内容不显示）", True),
        ("正文第3段", "手机号码", "138****8000", True),
    ]


def test_attachments_are_checked_the_hidden_rows_too(draft: Any) -> None:
    edition = draft()
    attach(edition, "名单.xlsx", hidden_list())
    attach(edition, "说明.pdf", pdf([[(72, 700, 16, f"联系人手机{MOBILE}。")]]))
    places = {(each.place, each.kind) for each in check_edition(edition) if each.grave}
    assert places >= {
        ("附件“名单.xlsx”工作表“名单”隐藏行", "隐藏内容"),
        ("附件“名单.xlsx”工作表“名单”隐藏行第2行“身份证号”列", "身份证号码"),
        ("附件“说明.pdf”第1页", "手机号码"),
    }


def test_nothing_that_is_found_is_shown_in_full(draft: Any) -> None:
    edition = draft(html=TABLE)
    attach(edition, "名单.xlsx", hidden_list())
    shown = " ".join(f"{each.place}{each.text}{each.suggestion}" for each in check_edition(edition))
    assert IDENTITY not in shown
    assert MOBILE not in shown


def test_one_click_masks_text_tables_and_files_and_is_traced(draft: Any) -> None:
    edition = draft(title=f"关于{MOBILE}的通知", html=TABLE)
    row = attach(edition, "名单.xlsx", hidden_list())
    letter = attach(edition, "函.docx", word(f"申请人身份证号{IDENTITY}。"))
    before = {row.upload.name, letter.upload.name}
    edition = mask_edition(edition, by=edition.written_by)
    assert [each for each in check_edition(edition) if each.personal] == []
    assert edition.title == "关于138****8000的通知"
    html = Content.objects.get(edition=edition).html
    assert "<td><strong>379901********1237</strong></td><td></td>" in html
    assert before.isdisjoint(edition.attachments.values_list("upload", flat=True))
    for each in edition.attachments.all():
        with default_storage.open(each.upload.name) as file:
            assert len(file.read()) == each.size
    trace = Trace.objects.filter(act="一键脱敏").get()
    assert IDENTITY not in trace.note
    assert "名单.xlsx" in trace.note


def test_only_what_was_chosen_is_masked(draft: Any) -> None:
    edition = draft(title=f"关于{MOBILE}的通知", html=TABLE)
    chosen = {each.key for each in check_edition(edition) if each.source == "title"}
    edition = mask_edition(edition, by=edition.written_by, chosen=chosen)
    assert edition.title == "关于138****8000的通知"
    assert IDENTITY in Content.objects.get(edition=edition).html


def test_a_masked_draft_has_nothing_left_to_mask(draft: Any) -> None:
    edition = draft(html=TABLE)
    edition = mask_edition(edition, by=edition.written_by)
    with pytest.raises(Refused, match="没有需要脱敏的内容"):
        mask_edition(edition, by=edition.written_by)


def test_a_pdf_must_be_replaced(draft: Any) -> None:
    edition = draft()
    attach(edition, "说明.pdf", pdf([[(72, 700, 16, f"联系人手机{MOBILE}。")]]))
    with pytest.raises(Refused, match="替换"):
        mask_edition(edition, by=edition.written_by)


def test_a_stranger_may_not_mask(draft: Any, unit: Any, officer: Any) -> None:
    with pytest.raises(Exception, match=r"权限|岗位|不能|^$") as refusal:
        mask_edition(draft(html=TABLE), by=officer(unit()))
    assert not Trace.objects.filter(act="一键脱敏").exists(), refusal


def test_words_of_the_office_and_slips_are_told_and_put_right(draft: Any) -> None:
    Word.objects.create(term="市中区政俯", right="市中区政府", grave=True)
    Word.objects.create(term="某禁用词", grave=True, note="不得使用")
    edition = draft(html="<p>市中区<strong>政俯</strong>按示政发[2021]8号要求，，处理某禁用词。</p>")
    found = {each.text: (each.kind, each.suggestion, each.grave) for each in check_edition(edition)}
    assert found["市中区政俯"] == ("错敏词", "应为“市中区政府”", True)
    assert found["某禁用词"] == ("错敏词", "不得使用", True)
    edition = fix_words(edition, by=edition.written_by)
    html = Content.objects.get(edition=edition).html
    assert "市中区政府" in html.replace("<strong>", "").replace("</strong>", "")
    assert "示政发〔2021〕8号要求，处理某禁用词" in html
    assert "市中区政俯→市中区政府" in Trace.objects.filter(act="一键更正").get().note
    with pytest.raises(Refused, match="没有可以自动更正的内容"):
        fix_words(edition, by=edition.written_by)


def test_a_changed_list_of_words_is_used_at_once(draft: Any) -> None:
    edition = draft(html="<p>某个说法。</p>")
    assert check_edition(edition) == []
    term = Word.objects.create(term="某个说法", right="另一说法")
    assert [each.right for each in check_edition(edition)] == ["另一说法"]
    term.right = "第三说法"
    term.save()
    assert [each.right for each in check_edition(edition)] == ["第三说法"]


def test_a_key_names_one_finding() -> None:
    found = Found("标题", "手机号码", "138****8000", "一键脱敏", source="title")
    assert found.key == "title|标题|手机号码|138****8000"


@pytest.mark.parametrize("rows", [1100])
def test_a_long_list_is_told_up_to_a_bound(draft: Any, rows: int) -> None:
    edition = draft()
    attach(edition, "名单.xlsx", saved(workbook([LIST[0], *([LIST[1]] * rows)])))
    assert len(check_edition(edition)) == 1000
