"""PDF 版: a paper set by typst, with the type embedded as a subset and tagged for people who listen."""

import hashlib
import json
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.utils import timezone

from gongkai.documents.letters.blocks import Block, blocks
from gongkai.documents.letters.grid import laid_out
from gongkai.documents.letters.text import text_of
from gongkai.documents.models import Paper
from gongkai.documents.overview.standing import bears

PDF = "application/pdf"
LAYOUT = Path(__file__).with_name("paper.typ")
#: what is kept was made by this layout; another layout makes it anew
SHELF = "made"


def pdf_of(paper: Paper, kept: Storage) -> bytes:
    """The live edition of a paper as .pdf (PDF 版), taken from the shelf where it was made before."""
    written = json.dumps(said(paper), ensure_ascii=False, sort_keys=True)
    mark = hashlib.sha256(written.encode() + LAYOUT.read_bytes()).hexdigest()[:32]
    name = f"{SHELF}/{paper.pk}-{mark}.pdf"
    if kept.exists(name):
        with kept.open(name) as made:
            found: bytes = made.read()
            return found
    content = compiled(written)
    kept.save(name, ContentFile(content))
    return content


def compiled(written: str) -> bytes:
    """The file (排版); the text goes in as data, never as commands."""
    fonts = [str(Path(settings.FONTS) / weight) for weight in ("400Regular", "700Bold")]
    compiler = typst.Compiler(
        input=str(LAYOUT),
        root=str(LAYOUT.parent),
        font_paths=[folder for folder in fonts if Path(folder).is_dir()],
        sys_inputs={"paper": written},
    )
    made = compiler.compile(format="pdf")
    assert isinstance(made, bytes)
    return made


def said(paper: Paper) -> dict[str, Any]:
    """What the layout is told of a paper (排版内容)."""
    assert paper.live is not None
    return {
        "title": paper.title,
        "number": paper.number,
        "unit": paper.unit.name,
        "keywords": paper.keywords.split(),
        "blocks": [_told(block) for block in blocks(text_of(paper.live))],
        "marks": _marks(paper),
        "foot": f"{settings.SITE['name']}　索引号 {paper.code}",
    }


def _told(block: Block) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": block.kind, "text": block.text, "level": block.level}
    told["align"] = block.align
    if block.kind == "table":
        grid = laid_out(block)
        told["width"] = grid.width
        told["cells"] = [
            {
                "text": each.cell.text,
                "head": each.cell.head,
                "row": each.row,
                "column": each.column,
                "across": each.across,
                "down": each.down,
            }
            for each in grid.cells
        ]
    return told


def _marks(paper: Paper) -> list[tuple[str, str]]:
    """The lines under the text (文末说明)."""
    published = timezone.localtime(paper.published_at) if paper.published_at else None
    lines = [
        ("发布机构", paper.unit.name),
        ("成文日期", str(paper.made_on or "")),
        ("发布日期", f"{published:%Y-%m-%d}" if published else ""),
        ("有效性", paper.get_standing_display() if bears(paper) else ""),
        ("网址", f"{settings.SITE['domain']}{paper.get_absolute_url()}"),
    ]
    return [(name, value) for name, value in lines if value]
