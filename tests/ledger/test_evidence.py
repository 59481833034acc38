"""佐证: what is taken as evidence, and what is not."""

import io
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage

from gongkai.ledger.models import Evidence
from gongkai.ledger.services import evidence as services
from gongkai.ledger.services import reports
from gongkai.rules.law import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.clause("40")]


def packed(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return out.getvalue()


def test_an_upload_is_kept_under_a_name_of_our_own_with_its_hash(assignment, report, officer, upload, acts):
    mine = report(assignment())
    by = officer(mine.assignment.unit)
    kept = reports.attach(mine, title="公开截图", upload=upload(name="../../x.exe"), by=by, public=True)
    assert kept.upload.name.startswith("evidence/")
    assert kept.upload.name.endswith(".pdf")
    assert (len(kept.sha256), kept.size, kept.public) == (64, 17, True)
    assert acts(mine)[-1] == "添加佐证"


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (b"\x89PNG\r\n\x1a\n....", "png"),
        (b"\xff\xd8\xff\xe0....", "jpg"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "doc"),
        (packed("[Content_Types].xml", "word/document.xml"), "docx"),
        (packed("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (packed("OFD.xml"), "ofd"),
    ],
)
def test_the_kind_is_told_by_the_content(assignment, report, officer, upload, content, ending):
    mine = report(assignment())
    kept = reports.attach(mine, title="件", upload=upload(content, "a.txt"), by=officer(mine.assignment.unit))
    assert kept.upload.name.endswith(f".{ending}")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MZ\x90\x00 program", "附件只能是"),
        (b"<html><script>", "附件只能是"),
        (packed("run.exe"), "附件只能是"),
        (b"PK\x03\x04 torn", "附件已损坏"),
        (b"", "附件是空的"),
    ],
)
def test_other_uploads_are_refused_in_one_sentence(assignment, report, officer, upload, content, words):
    mine = report(assignment())
    with pytest.raises(Refused, match=words):
        reports.attach(mine, title="证明", upload=upload(content), by=officer(mine.assignment.unit))
    assert not Evidence.objects.exists()


def test_an_upload_that_is_too_large_is_refused(assignment, report, officer, upload, monkeypatch):
    monkeypatch.setattr(services, "LARGEST_EVIDENCE", 2**20)
    mine = report(assignment())
    big = upload(b"%PDF-" + b"0" * 2**20)
    with pytest.raises(Refused, match="不能超过1MB"):
        reports.attach(mine, title="证明", upload=big, by=officer(mine.assignment.unit))


@pytest.mark.parametrize("link", ["example", "javascript:alert(1)", "ftp://example.gov.cn/", "http://"])
def test_a_link_is_a_whole_address_of_the_web(assignment, report, officer, link):
    mine = report(assignment())
    with pytest.raises(Refused, match="网址不完整"):
        reports.attach(mine, title="网页", link=link, by=officer(mine.assignment.unit))


def test_one_piece_is_a_file_or_a_link_and_has_a_title(assignment, report, officer, upload):
    mine = report(assignment())
    by, link = officer(mine.assignment.unit), "https://example.gov.cn"
    for words in ({}, {"upload": upload(), "link": link}):
        with pytest.raises(Refused, match="请添加一个附件，或者填写一个网址"):
            reports.attach(mine, title="证明", by=by, **words)
    with pytest.raises(Refused, match="请填写名称"):
        reports.attach(mine, title=" ", link=link, by=by)


def test_evidence_is_changed_while_the_report_is_in_the_officers_hands(
    assignment, report, officer, office, upload, acts, django_capture_on_commit_callbacks
):
    mine = report(assignment())
    by = officer(mine.assignment.unit)
    kept = reports.attach(mine, title="证明", upload=upload(), by=by)
    name = kept.upload.name
    with django_capture_on_commit_callbacks(execute=True):
        reports.detach(kept, by=by)
    assert not default_storage.exists(name)
    assert acts(mine)[-1] == "移除佐证"
    signed = report(assignment(), "signed", completes=True)
    with pytest.raises(Refused, match="不能修改"):
        reports.detach(signed.evidence.get(), by=officer(signed.assignment.unit))
    with pytest.raises(PermissionDenied):
        reports.attach(mine, title="网页", link="https://example.gov.cn", by=office())
