"""带走: attachments, the paper as .docx and as .pdf; only what stands on the site is given out."""

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import condition, require_safe

from gongkai.documents.letters.pdf import PDF, pdf_of
from gongkai.documents.letters.word import word_of
from gongkai.documents.models import Attachment, Paper
from gongkai.frame import letters, uploads
from gongkai.frame.today import today


def _public_attachment(request: HttpRequest, pk: int) -> Attachment:
    """An attachment to which an edition on the site refers (公开附件); any other is not there.

    A text that was carried over into a newer edition may still name the older row of the same stored file.
    """
    asked = get_object_or_404(Attachment.objects.select_related("edition__paper"), pk=pk)
    paper = asked.edition.paper
    live = Attachment.objects.filter(edition__paper=paper, edition__state="live", upload=asked.upload.name)
    shown = live.order_by("position", "pk").first()
    if paper.state != "live" or paper.over(today(request)) or shown is None:
        raise Http404("附件不在网站上")
    return asked if asked.edition.state == "live" else shown  # a draft's name for the file is not public


def _etag(request: HttpRequest, pk: int, name: str = "") -> str | None:  # noqa: ARG001
    digest = _public_attachment(request, pk).sha256
    return f'"{digest}"' if digest else None


@require_safe
@condition(etag_func=_etag)
def attachment(request: HttpRequest, pk: int, name: str = "") -> HttpResponseBase:  # noqa: ARG001
    """An attachment to save (下载附件); the name in the address is for people and proves nothing."""
    found = _public_attachment(request, pk)
    answer = uploads.attachment(found.upload.name or "", named(found))
    answer.headers["Cache-Control"] = "public, max-age=60"
    return answer


def named(attachment: Attachment) -> str:
    """The name under which it is saved (文件名): what it is, with the ending of its kind."""
    title = attachment.title.removesuffix(f".{attachment.kind}")
    return f"{title}.{attachment.kind}"


def _paper(request: HttpRequest, pk: int) -> Paper:
    papers = Paper.objects.public(today(request)).select_related("unit", "theme", "live__content")
    found = get_object_or_404(papers, pk=pk)
    if found.live is None:
        raise Http404("这条信息没有可以下载的版本")
    return found


@require_safe
def word(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper as .docx (下载 Word), for who wants to go on writing."""
    found = _paper(request, pk)
    return letters.download(found.title[:80], word_of(found, today=today(request)))


@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper as .pdf (下载 PDF), set once for each edition and kept."""
    found = _paper(request, pk)
    answer = HttpResponse(pdf_of(found, default_storage, today=today(request)), content_type=PDF)
    name = content_disposition_header(True, f"{found.title[:80]}.pdf")
    answer.headers["Content-Disposition"] = name or "attachment"
    return answer
