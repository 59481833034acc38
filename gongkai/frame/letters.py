"""公文与函件: .docx letters from templates that an office can open and change in WPS or Word.

A room keeps its templates as files in ``gongkai/<room>/letters/``; a file of the same path under the folder
GONGKAI_LETTERS stands in for it, so that an office changes the wording without touching the code.
"""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from gongkai.frame.dates import date_zh

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def template_path(room: str, name: str) -> Path:
    """Where the template lies (模板位置): the office's own, else the one that came with the software."""
    own = Path(settings.LETTERS) / room / f"{name}.docx" if settings.LETTERS else None
    if own and own.is_file():
        return own
    return Path(apps.get_app_config(room).path) / "letters" / f"{name}.docx"


def render(room: str, name: str, words: Mapping[str, object]) -> bytes:
    """The letter with its blanks filled (生成函件); ``{{ day|date_zh }}`` writes 2021年3月5日.

    A blank that nobody filled is an error here, not a gap in a letter that has been sent.
    """
    template = DocxTemplate(template_path(room, name))
    blanks = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    blanks.filters["date_zh"] = date_zh
    template.render(dict(words), blanks, autoescape=True)
    out = BytesIO()
    template.save(out)
    return out.getvalue()


def download(name: str, content: bytes) -> HttpResponse:
    """The letter as a file to save (下载); *name* without ending."""
    answer = HttpResponse(content, content_type=DOCX)
    answer.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.docx") or "attachment"
    return answer
