"""附件: files of a draft."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.documents.models import AttachmentText
from gongkai.documents.services import attachment_texts, attachments
from gongkai.frame.uploads import DOCUMENTS, LIMIT, check
from gongkai.rules.law import Refused
from gongkai.search.models import Change


def checked(name="名单.pdf", content=b"%PDF-1.7 list"):
    return check(SimpleUploadedFile(name, content), DOCUMENTS, LIMIT)


@pytest.fixture
def edition(draft):
    return draft()


def attach(edition, **fields):
    return attachments.attach(edition, checked=checked(), by=edition.written_by, **fields)


def test_a_file_is_kept_under_a_name_of_its_own(edition, acts):
    row = attach(edition, title="补贴名单")
    assert (row.title, row.kind, row.size, len(row.sha256)) == ("补贴名单", "pdf", 13, 64)
    with default_storage.open(row.upload.name) as kept:
        assert kept.read() == b"%PDF-1.7 list"
    assert "名单" not in row.upload.name
    assert acts(edition) == ["起草", "修改"]


def test_files_keep_the_order_that_people_give_them(edition):
    rows = [attach(edition, title=name) for name in "甲乙丙"]
    attachments.reorder(edition, order=[rows[2].pk, rows[0].pk, rows[1].pk], by=edition.written_by)
    assert [row.title for row in edition.attachments.all()] == ["丙", "甲", "乙"]
    with pytest.raises(Refused, match="请刷新页面"):
        attachments.reorder(edition, order=[rows[0].pk], by=edition.written_by)


def test_a_file_may_be_renamed_replaced_and_taken_off(edition):
    row = attach(edition)
    attachments.rename(row, title="名单（第二批）", alt="", by=edition.written_by)
    old = row.upload.name
    row = attachments.replace(row, checked=checked(content=b"%PDF-1.7 masked"), by=edition.written_by)
    assert (row.title, row.size, row.upload.name != old) == ("名单（第二批）", 15, True)
    attachments.detach(row, by=edition.written_by)
    assert not edition.attachments.exists()
    assert default_storage.exists(old)


def test_a_file_without_a_name_is_refused_and_nothing_is_stored(edition):
    row = attach(edition)
    with pytest.raises(Refused, match="请填写名称"):
        attachments.rename(row, title=" ", by=edition.written_by)
    with pytest.raises(Refused, match="不能超过120个字"):
        attach(edition, title="长" * 121)
    assert edition.attachments.count() == 1


def test_files_of_a_draft_under_review_stay_as_they_are(draft, walk):
    edition = draft()
    row = attach(edition)
    edition = walk(edition, "secrecy")
    for act in (lambda: attach(edition), lambda: attachments.detach(row, by=edition.written_by)):
        with pytest.raises(Refused, match="待保密审查"):
            act()


def test_neighbours_touch_no_files(edition, officer, unit):
    row, stranger = attach(edition), officer(unit())
    with pytest.raises(PermissionDenied):
        attachments.attach(edition, checked=checked(), by=stranger)
    with pytest.raises(PermissionDenied):
        attachments.detach(row, by=stranger)


def text_file(words, name="说明.txt"):
    upload = SimpleUploadedFile(name, words.encode())
    return check(upload, DOCUMENTS, LIMIT)


def test_the_words_of_a_file_are_read_once(edition, draft, monkeypatch):
    row = attachments.attach(edition, checked=text_file("低保标准调整"), by=edition.written_by)
    assert AttachmentText.objects.get(pk=row.sha256).text == "低保标准调整"

    def fail(*_args):
        raise AssertionError

    monkeypatch.setattr(attachment_texts, "parts_of", fail)
    other = draft()
    attachments.attach(other, checked=text_file("低保标准调整"), by=other.written_by)
    assert AttachmentText.objects.count() == 1


def test_a_file_without_readable_words_says_so(edition):
    row = attach(edition)
    assert not AttachmentText.objects.get(pk=row.sha256).readable


def test_files_of_an_import_are_read_by_night_and_told_to_the_index(edition):
    row = attachments.attach(edition, checked=text_file("临时救助"), by=edition.written_by)
    AttachmentText.objects.all().delete()
    Change.objects.all().delete()
    assert [attachment_texts.read_missing() for _ in range(2)] == [1, 0]
    assert AttachmentText.objects.get(pk=row.sha256).text == "临时救助"
    assert Change.objects.get().key == edition.paper_id
