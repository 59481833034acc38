"""内容检查的页面: what must not go out is listed where one writes, and put right at one click."""

import pytest

from gongkai.documents.models import Edition
from tests.documents.pages.walking import browser, page, text_of, typed

pytestmark = [pytest.mark.django_db, pytest.mark.clause("29")]
PRIVATE = "<p>联系人张某，身份证号11010519491231002X，请核对。</p>"


@pytest.fixture(autouse=True)
def _day(settings, today):
    settings.FIXED_TODAY = today.isoformat()


def test_the_writing_page_saves_first_and_masks_then(draft):
    edition = draft()
    client = browser(edition.written_by)
    answer = client.post(page("edition_edit", edition), typed(edition, html=PRIVATE, mask="1"), follow=True)
    assert "已保存并脱敏" in text_of(answer)
    edition = Edition.objects.get(pk=edition.pk)
    assert "请核对" in edition.content.html
    assert "11010519491231002X" not in edition.content.html


def test_a_reviewer_sees_what_was_found_and_cannot_change_it(draft, walk, approver):
    edition = walk(draft(html="<p>家住幸福小区3号楼2单元501室。</p>"), "unit_review")
    head = browser(approver(edition.paper.unit))
    shown = text_of(head.get(page("edition_pass_unit", edition)))
    assert "内容检查" in shown
    assert "一键脱敏</button>" not in shown
