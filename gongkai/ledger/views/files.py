"""下载: letters as files to save."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx(name: str, content: bytes) -> HttpResponse:
    """A letter to save and to edit (公文下载)."""
    answer = HttpResponse(content, content_type=DOCX)
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.docx") or "attachment"
    return answer
