"""起草: papers are begun, written, autosaved, revised and given up."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from gongkai.documents.models import Attachment, Edition, Paper, Typed
from gongkai.documents.services import autosaving, papers, publication
from gongkai.documents.services.autosaving import Sitting
from gongkai.rules.index_number import parse
from gongkai.rules.law import Refused
from gongkai.search.models import Change


def test_a_paper_gets_an_index_number_of_its_unit_and_year(unit, draft, today):
    home = unit()
    first, second = draft(home), draft(home)
    codes = [parse(each.paper.code) for each in (first, second)]
    assert [code.serial for code in codes] == [1, 2]
    assert {(code.body, code.year) for code in codes} == {(f"{home.pk:06d}", today.year)}
    assert parse(draft().paper.code).body != codes[0].body


def test_a_number_that_an_import_took_is_passed_over(unit, draft):
    home = unit()
    first = draft(home)
    Paper.objects.filter(pk=first.paper_id).update(code=first.paper.code.replace("-00001", "-00002"))
    assert parse(draft(home).paper.code).serial == 3


def test_the_draft_lends_its_elements_to_a_paper_that_is_not_published_yet(draft):
    edition = draft(summary="摘要")
    papers.edit_edition(edition, by=edition.written_by, title="新标题", keywords="补贴")
    paper = Paper.objects.get(pk=edition.paper_id)
    assert (paper.title, paper.keywords, paper.summary) == ("新标题", "补贴", "摘要")


def test_a_revision_changes_nothing_on_the_site_until_it_is_published(live, at, today):
    paper = live()
    revision = papers.revise(paper, by=paper.created_by, today=today, note="更正电话")
    papers.edit_edition(revision, by=paper.created_by, title="修订后的标题", html="<p>新的正文。</p>")
    paper.refresh_from_db()
    assert paper.title != "修订后的标题"
    revision.refresh_from_db()
    publication.put_live(revision, by=paper.created_by, at=at)
    paper.refresh_from_db()
    assert (paper.title, paper.live.content.text) == ("修订后的标题", "新的正文。")
    assert [each.state for each in paper.editions.all()] == ["superseded", "live"]
    assert paper.editions.first().live_until == at
    assert paper.editions.first().content.text == "现将有关事项通知如下。"


def test_what_is_written_is_cleaned(draft):
    edition = draft(html='<p onclick="x()">一</p><script>alert(1)</script>')
    assert edition.content.html == "<p>一</p>"


def test_a_save_on_a_stale_page_is_refused_and_what_was_typed_is_kept(draft, officer, at):
    edition = draft()
    other = officer(edition.paper.unit)
    papers.edit_edition(edition, by=other, version=0, title="他人先保存")
    autosaving.autosave(edition, by=edition.written_by, fields={"title": "我的"}, at=at, version=0)
    with pytest.raises(Refused, match="刚被他人保存过"):
        papers.edit_edition(edition, by=edition.written_by, version=0, title="我的")
    assert Edition.objects.get(pk=edition.pk).title == "他人先保存"
    assert autosaving.typed_of(edition, edition.written_by).fields == {"title": "我的"}


def test_a_save_makes_what_was_typed_superfluous_for_its_writer_alone(draft, officer, at):
    edition = draft()
    other = officer(edition.paper.unit)
    for user in (edition.written_by, other):
        autosaving.autosave(edition, by=user, fields={"title": "暂存"}, at=at)
    autosaving.settle(edition, by=other, sitting=Sitting())
    assert list(Typed.objects.values_list("by", flat=True)) == [edition.written_by_id]


def test_each_page_keeps_a_copy_of_its_own(draft, at):
    edition = draft()
    writer = edition.written_by
    old = autosaving.autosave(edition, by=writer, fields={"title": "旧"}, at=at, sitting=Sitting("a"))
    autosaving.autosave(edition, by=writer, fields={"title": "新"}, at=at, sitting=Sitting("b"))
    autosaving.settle(edition, by=writer, sitting=Sitting("b"))
    assert autosaving.copies_of(edition, writer) == [old]


def test_a_restored_copy_goes_once_its_text_is_kept_elsewhere(draft, at):
    edition = draft()
    writer = edition.written_by
    old = autosaving.autosave(edition, by=writer, fields={"title": "旧"}, at=at, sitting=Sitting("a"))
    sitting = Sitting("b", old.pk, old.at)
    new = autosaving.autosave(edition, by=writer, fields={"title": "新"}, at=at, sitting=sitting)
    assert autosaving.copies_of(edition, writer) == [new]


def test_a_restored_copy_stays_where_its_own_page_writes_on(draft, at):
    edition = draft()
    writer = edition.written_by
    old = autosaving.autosave(edition, by=writer, fields={"title": "旧"}, at=at, sitting=Sitting("a"))
    later = at + timedelta(minutes=1)
    autosaving.autosave(edition, by=writer, fields={"title": "又写"}, at=later, sitting=Sitting("a"))
    autosaving.settle(edition, by=writer, sitting=Sitting("b", old.pk, old.at))
    assert [copy.fields["title"] for copy in autosaving.copies_of(edition, writer)] == ["又写"]


def test_copies_are_not_heaped_up_without_end(draft, at):
    edition = draft()
    for number in range(autosaving.MOST_COPIES):
        page = Sitting(f"p{number}")
        autosaving.autosave(edition, by=edition.written_by, fields={}, at=at, sitting=page)
    autosaving.autosave(edition, by=edition.written_by, fields={"title": "续"}, at=at, sitting=Sitting("p0"))
    with pytest.raises(Refused, match="请先恢复或放弃"):
        autosaving.autosave(edition, by=edition.written_by, fields={}, at=at, sitting=Sitting("more"))


def test_nothing_is_autosaved_into_a_draft_under_review_or_by_strangers(draft, walk, officer, unit, at):
    edition = draft()
    with pytest.raises(PermissionDenied):
        autosaving.autosave(edition, by=officer(unit()), fields={}, at=at)
    edition = walk(edition, "secrecy")
    with pytest.raises(Refused):
        autosaving.autosave(edition, by=edition.written_by, fields={}, at=at)


def test_a_neighbour_writes_nothing(draft, officer, unit, today, column):
    edition, stranger = draft(), officer(unit())
    with pytest.raises(PermissionDenied):
        papers.edit_edition(edition, by=stranger, title="越权")
    with pytest.raises(PermissionDenied):
        papers.create_paper(unit=edition.paper.unit, title="越权", by=stranger, today=today)
    with pytest.raises(PermissionDenied):
        papers.place(edition.paper, columns=[column()], by=stranger)
    assert Paper.objects.count() == 1


@pytest.mark.parametrize(("field", "value"), [("title", " "), ("title", "长" * 201), ("number", "\x00")])
def test_what_does_not_fit_is_refused_in_words(draft, field, value):
    edition = draft()
    with pytest.raises(Refused):
        papers.edit_edition(edition, by=edition.written_by, **{field: value})


def test_a_paper_has_one_draft_at_a_time(live, today):
    paper = live()
    papers.revise(paper, by=paper.created_by, today=today)
    with pytest.raises(Refused, match="已有一份在办的稿件"):
        papers.revise(paper, by=paper.created_by, today=today)


def test_a_revision_takes_the_files_along_and_shows_its_own_pictures(live, today):
    paper = live()
    old = Attachment.objects.create(
        edition=paper.live, title="图", upload="papers/a.png", kind="png", inline=True
    )
    paper.live.content.html = f'<p><img src="/files/{old.pk}/map.png" alt="图"></p>'
    paper.live.content.save()
    revision = papers.revise(paper, by=paper.created_by, today=today)
    new = revision.attachments.get()
    assert new.pk != old.pk
    assert new.upload.name == old.upload.name
    assert f"/files/{new.pk}/map.png" in revision.content.html


def test_a_dropped_draft_leaves_the_paper_as_it_is(live, today, acts):
    paper = live()
    revision = papers.drop(papers.revise(paper, by=paper.created_by, today=today), by=paper.created_by)
    assert revision.state == "dropped"
    assert acts(revision) == ["修订", "作废"]
    paper.refresh_from_db()
    assert (paper.state, paper.live.ordinal) == ("live", 1)
    assert papers.revise(paper, by=paper.created_by, today=today).ordinal == 3


def test_placing_takes_effect_at_once_and_not_in_a_closed_column(live, column, today):
    paper, chosen = live(), column()
    Change.objects.all().delete()
    papers.place(paper, columns=[chosen], by=paper.created_by)
    assert list(paper.columns.all()) == [chosen]
    assert list(Change.objects.values_list("noun", "key")) == [("paper", paper.pk)]
    with pytest.raises(Refused, match="已关闭"):
        papers.place(paper, columns=[column(closed_on=today)], by=paper.created_by)


def test_a_paper_whose_only_draft_was_dropped_is_taken_up_again(draft, today, client):
    edition = draft(title="搁置的通知", html="<p>原来的正文</p>")
    by = edition.written_by
    with pytest.raises(Refused, match="已有一份在办的稿件"):
        papers.revise(edition.paper, by=by, today=today)
    papers.drop(edition, by=by)
    client.force_login(by)
    address = f"/staff/papers/{edition.paper_id}/revise/"
    assert address in client.get(f"/staff/papers/{edition.paper_id}/").content.decode()
    assert "稿件已作废" in client.get(address).content.decode()
    again = papers.revise(edition.paper, by=by, today=today)
    assert (again.ordinal, again.state, again.title) == (2, "draft", "搁置的通知")
    assert again.content.html == "<p>原来的正文</p>"
    again.paper.refresh_from_db()
    assert again.paper.state == "draft"
