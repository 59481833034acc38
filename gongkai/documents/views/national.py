"""国家正式版本: the text of a statute kept here beside the national edition, by hash and word by word."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from gongkai.accounts.access import UserRequest, staff_page
from gongkai.documents.comparing import compare, show
from gongkai.documents.forms.texts import long_text
from gongkai.documents.models import Edition, Paper
from gongkai.documents.reading.clean import clean
from gongkai.documents.reading.files import read_upload
from gongkai.documents.services import national
from gongkai.documents.views.doors import crumbs, paper_of, tabs
from gongkai.frame.today import today
from gongkai.frame.uploads import UploadField
from gongkai.rules.law import Refused

KINDS = ("docx", "pdf", "txt", "html")


class NationalForm(forms.Form):
    """The national edition, pasted or as a file (国家正式版本)."""

    text = long_text(
        "粘贴全文", hint="从国家法律法规数据库等正式来源复制。", required=False, limit=1_000_000, rows=10
    )
    upload = UploadField(label="或者上传文件", kinds=KINDS, required=False)
    origin = forms.CharField(
        label="来源", max_length=200, required=False, help_text="例如网址或公报期号，记入办理记录。"
    )

    def clean(self) -> dict[str, Any]:
        """One of the two is there, and can be read; ``html`` is its text."""
        given = super().clean() or {}
        upload, text = given.get("upload"), (given.get("text") or "").strip()
        if not upload and not text and not self.errors:
            self.add_error("text", "请粘贴全文，或者上传文件")
        elif upload:
            self._read(upload, given)
        else:
            given["html"] = clean(as_html(text))
        return given

    def _read(self, upload: Any, given: dict[str, Any]) -> None:
        upload.upload.seek(0)
        try:
            given["html"] = read_upload(upload.upload.read(), upload.kind).html
        except Refused as refused:
            self.add_error("upload", str(refused))


def as_html(text: str) -> str:
    """Typed lines as paragraphs (文字成段)."""
    lines = (line.strip() for line in text.splitlines())
    escaped = (line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for line in lines if line)
    return "".join(f"<p>{line}</p>" for line in escaped)


@staff_page("officer", "approver", "legal", "office")
def national_edition(request: UserRequest, pk: int) -> HttpResponse:
    """Compare the text here with the national edition (与国家正式版本比对)."""
    paper = paper_of(request, pk)
    edition = _edition(paper)
    form = NationalForm(request.POST or None, request.FILES or None)
    result: dict[str, Any] = {}
    if edition and request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            answer = national.check_national(
                edition, html=typed["html"], origin=typed["origin"], by=request.user, today=today(request)
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            compared = "" if answer.same else show(compare(edition.content.html, typed["html"]))
            result = {"answer": answer, "compared": compared}
    context = {
        "paper": paper,
        "edition": edition,
        "form": form,
        "breadcrumbs": crumbs(paper, "与国家正式版本比对"),
        "subnavigation": tabs(request, paper),
        **result,
    }
    return render(request, "documents/national.html", context)


def _edition(paper: Paper) -> Edition | None:
    """The text that is compared: the one on the site, else the newest draft."""
    rows = paper.editions.select_related("content", "paper__unit").order_by("-ordinal")
    return paper.live or rows.first()
