"""PDF 版: a paper set by typst, with the type embedded as a subset and tagged for people who listen."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.utils import timezone

from gongkai.documents.letters.blocks import Block, Line
from gongkai.documents.letters.grid import laid_out
from gongkai.documents.letters.text import Drawing, blocks_of, drawings
from gongkai.documents.letters.word import address
from gongkai.documents.models import Paper
from gongkai.documents.overview.standing import bears

PDF = "application/pdf"
LAYOUT = Path(__file__).with_name("paper.typ")
#: what is kept was made by this layout; another layout makes it anew
SHELF = "made"


def pdf_of(paper: Paper, kept: Storage, *, today: date) -> bytes:
    """The live edition of a paper as .pdf (PDF 版), taken from the shelf where it was made before."""
    assert paper.live is not None
    found = blocks_of(paper.live, today=today)
    pictures = drawings(paper.live, found)
    written = json.dumps(said(paper, found, pictures), ensure_ascii=False, sort_keys=True)
    mark = hashlib.sha256(written.encode() + LAYOUT.read_bytes()).hexdigest()[:32]
    name = f"{SHELF}/{paper.pk}-{mark}.pdf"
    if kept.exists(name):
        with kept.open(name) as made:
            shelved: bytes = made.read()
            return shelved
    content = compiled(written, pictures.values())
    kept.save(name, ContentFile(content))
    return content


def compiled(written: str, pictures: Iterable[Drawing] = ()) -> bytes:
    """The file (排版); text and pictures go in as data, never as commands."""
    fonts = [str(Path(settings.FONTS) / weight) for weight in ("400Regular", "700Bold")]
    with TemporaryDirectory() as folder:
        layout = Path(folder) / LAYOUT.name
        layout.write_bytes(LAYOUT.read_bytes())
        (Path(folder) / "paper.json").write_text(written, encoding="utf-8")
        for each in pictures:
            (Path(folder) / each.name).write_bytes(each.content)
        compiler = typst.Compiler(
            input=str(layout), root=folder, font_paths=[each for each in fonts if Path(each).is_dir()]
        )
        made = compiler.compile(format="pdf")
    assert isinstance(made, bytes)
    return made


def said(paper: Paper, found: list[Block], pictures: Mapping[str, Drawing]) -> dict[str, Any]:
    """What the layout is told of a paper (排版内容)."""
    return {
        "title": paper.title,
        "number": paper.number,
        "unit": paper.unit.name,
        "keywords": paper.keywords.split(),
        "blocks": [_told(block, pictures) for block in found],
        "marks": _marks(paper),
        "foot": f"{settings.SITE['name']}　索引号 {paper.code}",
    }


def _told(block: Block, pictures: Mapping[str, Drawing]) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": block.kind, "level": block.level, "align": block.align}
    told["line"] = _pieces(block.line)
    if block.kind == "picture":
        drawn = pictures.get(block.line[0].src)
        told |= (
            {"name": drawn.name, "alt": block.line[0].text, "width": drawn.width}
            if drawn
            else {"kind": "text"}
        )
    if block.kind == "table":
        grid = laid_out(block)
        told |= {"width": grid.width, "heads": block.heads}
        told["cells"] = [
            {
                "line": _pieces(each.cell.line),
                "head": each.cell.head,
                "row": each.row,
                "column": each.column,
                "across": each.across,
                "down": each.down,
            }
            for each in grid.cells
        ]
    return told


def _pieces(line: Line) -> list[dict[str, Any]]:
    return [
        {
            "text": f"［图：{each.text or '无说明'}］" if each.src else each.text,
            "marks": sorted(each.marks),
            "href": address(each.href) if each.href else "",
        }
        for each in line
    ]


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
