"""Uploads: type by content, size, names; and downloads that a browser never runs."""

import zipfile
from io import BytesIO

import pytest
from django import forms
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from docx import Document

from gongkai.frame.uploads import Checked, UploadField, attachment, clean_name

PDF = b"%PDF-1.4\n%%EOF"


class Sample(forms.Form):
    paper = UploadField(label="附件", kinds=("pdf", "docx", "txt", "jpg"), limit=2**20)


def docx() -> bytes:
    out = BytesIO()
    Document().save(out)
    return out.getvalue()


def zipped(**members: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def errors(name: str, content: bytes) -> list[str]:
    form = Sample({}, {"paper": SimpleUploadedFile(name, content)})
    return [str(each) for each in form.errors.get("paper", [])]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("报告.pdf", PDF),
        ("报告.DOCX", docx()),
        ("说明.txt", "情况说明".encode("gb18030")),
        ("图.jpg", b"\xff\xd8\xff\xe0"),
    ],
)
def test_an_honest_file_passes(name: str, content: bytes) -> None:
    assert errors(name, content) == []


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("病毒.exe", b"MZ", "“病毒.exe”的格式不支持，请上传 pdf、docx、txt、jpg 文件"),
        ("报告.pdf", b"MZ\x90", "“报告.pdf”的内容不是 pdf 格式，请用原来的软件另存后再上传"),
        ("图.jpg", b"<script>", "“图.jpg”的内容不是 jpg 格式，请用原来的软件另存后再上传"),
        ("说明.txt", b"a\x00b", "“说明.txt”的内容不是 txt 格式，请用原来的软件另存后再上传"),
        ("表.docx", zipped(xl__workbook=b"x"), "“表.docx”的内容不是 docx 格式，请用原来的软件另存后再上传"),
        ("坏.docx", docx()[:500], "“坏.docx”的内容不是 docx 格式，请用原来的软件另存后再上传"),
        ("空.pdf", b"", "“空.pdf”是空文件，请检查后重新上传"),
        ("大.pdf", PDF + b"0" * 2**20, "“大.pdf”有 1.0 MB，超过了 1 MB 的上限"),
    ],
)
def test_anything_else_is_refused_in_one_sentence(name: str, content: bytes, says: str) -> None:
    assert errors(name, content) == [says]


def test_a_zip_bomb_is_refused() -> None:
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"0" * 20_000_000)
    assert errors("弹.docx", bomb.getvalue()) == ["“弹.docx”的内容不是 docx 格式，请用原来的软件另存后再上传"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("..\\..\\a/b/方案.docx", "方案.docx"),
        ("方案\u202ecod.exe", "方案cod.exe"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ("...", "附件"),
        ("长" * 300 + ".pdf", "长" * 80 + ".pdf"),
    ],
)
def test_names_are_cleaned(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def checked(name: str = "报告（终稿）.pdf") -> Checked:
    form = Sample({}, {"paper": SimpleUploadedFile(name, PDF)})
    assert form.is_valid()
    paper: Checked = form.cleaned_data["paper"]
    return paper


def test_a_kept_file_has_a_random_name_and_a_checksum() -> None:
    paper = checked()
    stored = paper.keep("evidence")
    assert "报告" not in stored
    assert stored.startswith("evidence/")
    assert stored.endswith(".pdf")
    assert len(paper.sha256) == 64
    with default_storage.open(stored) as back:
        assert back.read() == PDF


@pytest.mark.django_db  # the end of an answer closes connections
def test_a_kept_file_goes_out_as_a_download_only() -> None:
    answer = attachment(checked().keep("evidence"), "报告.pdf")
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E6%8A%A5")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer) == PDF
    answer.close()


def test_a_file_that_is_gone_is_not_found() -> None:
    with pytest.raises(Http404):
        attachment("evidence/none.pdf", "无.pdf")
