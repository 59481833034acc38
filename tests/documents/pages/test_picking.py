"""查找政府信息: a paper is chosen from what words find; nobody is offered what they may not see."""

import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from gongkai.documents.models import Relation
from tests.documents.pages.walking import browser, page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.clause("29")]
FIND = {"find": "target", "bond": "amends"}


@pytest.fixture(autouse=True)
def _day(settings, today):
    settings.FIXED_TODAY = today.isoformat()


def offered(answer) -> dict[str, str]:
    """The radios of a page: the number of each paper with its words."""
    shown = LexborHTMLParser(answer.content.decode())
    choices = shown.css("input[name=target_pick]")
    return {each.attributes["value"]: each.parent.css_first("label").text() for each in choices}


def test_without_script_a_search_lists_papers_to_choose_from(draft, live, officer):
    old, other = live(title="旧的管理办法（甲）"), live(title="旧的管理办法（乙）")
    live(title="别的通知")
    edition = draft(title="新的管理办法")
    client = browser(officer(edition.paper.unit))
    place = page("paper_relate", edition.paper)
    found = client.post(place, {**FIND, "target": "旧的 办法", "place": "第三条"})
    assert set(offered(found)) == {old.code, other.code}
    assert "请选择" not in text_of(found)
    assert 'value="第三条"' in found.content.decode()
    sent = {"bond": "amends", "target": "旧的 办法", "target_for": "旧的 办法", "target_pick": old.code}
    client.post(place, sent)
    assert Relation.objects.get().target == old


def test_words_changed_after_choosing_mean_another_paper(draft, live, officer):
    old, other = live(title="旧的管理办法"), live(title="防汛应急预案")
    edition = draft()
    sent = {"bond": "amends", "target": "防汛", "target_for": "旧的", "target_pick": old.code}
    browser(officer(edition.paper.unit)).post(page("paper_relate", edition.paper), sent)
    assert Relation.objects.get().target == other


def test_several_of_one_kind_are_listed_instead_of_a_refusal_alone(draft, live, officer):
    papers = [live(title=f"例行通知（{number}）") for number in range(2)]
    edition = draft(title="例行通知的解读稿")
    sent = {"bond": "amends", "target": "例行通知（"}
    answer = browser(officer(edition.paper.unit)).post(page("paper_relate", edition.paper), sent)
    assert "请从下面选一条" in text_of(answer)
    assert set(offered(answer)) == {paper.code for paper in papers}
    assert not Relation.objects.exists()


def test_a_neighbours_draft_is_neither_offered_nor_taken(draft, live, officer, unit):
    hidden = draft(unit(), title="还没公开的办法").paper
    seen = live(title="已经公开的办法")
    edition = draft(title="通知")
    client = browser(officer(edition.paper.unit))
    place = page("paper_relate", edition.paper)
    assert set(offered(client.post(place, {**FIND, "target": "公开的办法"}))) == {seen.code}
    found = client.get(reverse("paper_find"), {"q": "公开的办法"}).json()["found"]
    assert [each["code"] for each in found] == [seen.code]
    sent = {"bond": "amends", "target": "办法", "target_for": "办法", "target_pick": hidden.code}
    client.post(place, sent)
    assert not Relation.objects.exists()


@pytest.mark.parametrize("words", ["", "办", "\x00办法", "%", "没有这样的标题"])
def test_the_list_while_typing_takes_any_words(draft, officer, words):
    client = browser(officer(draft().paper.unit))
    assert client.get(reverse("paper_find"), {"q": words}).json() == {"found": []}


def test_a_number_comes_first(draft, live, officer):
    live(title="关于枣市中发〔2021〕7号文件的解读")
    named = live(title="若干措施", number="示例发〔2021〕7号")
    client = browser(officer(draft().paper.unit))
    for words in (named.number, named.code):
        found = client.get(reverse("paper_find"), {"q": words}).json()["found"]
        assert found[0]["code"] == named.code
