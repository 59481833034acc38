"""成文内容: what a file of a paper holds: its text, the whole record as the public may see it, pictures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.core.files.storage import default_storage

from gongkai.documents.letters.blocks import Block, Cell, Piece, blocks, words
from gongkai.documents.models import Attachment, Edition
from gongkai.documents.reading.pictures import size_of
from gongkai.documents.records.render import Cell as Value
from gongkai.documents.records.render import Sheet, Shown, whole_sheet
from gongkai.frame.dates import date_zh
from gongkai.rules.structured import Slot

PICTURE = re.compile(r"/files/(\d{1,18})/")
STAGES = ("环节", "状态", "公开日期", "公开时限", "说明")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of the text as it is stored (插图): its bytes, how wide and high, and its kind."""

    content: bytes
    kind: str
    width: int
    height: int

    @property
    def name(self) -> str:
        """A name by its content."""
        return f"{sha256(self.content).hexdigest()[:20]}.{self.kind}"


def blocks_of(edition: Edition, *, today: date) -> list[Block]:
    """The text and the record of an edition, block by block (成文内容)."""
    sheet = whole_sheet(edition, today=today)
    return [*blocks(edition.content.html), *(_record(sheet) if sheet else ())]


def drawings(edition: Edition, found: list[Block]) -> dict[str, Drawing]:
    """The pictures that the text names, by the address there (正文插图); one that is broken is left out."""
    named = {each.src: match for each in _pictures(found) if (match := PICTURE.match(each.src))}
    keys = {int(match[1]) for match in named.values()}
    rows = Attachment.objects.filter(edition__paper=edition.paper_id).in_bulk(keys)
    drawn = {src: _drawing(rows.get(int(match[1]))) for src, match in named.items()}
    return {src: each for src, each in drawn.items() if each}


def _pictures(found: list[Block]) -> Iterator[Piece]:
    return (each for block in found if block.kind == "picture" for each in block.line)


def _drawing(row: Attachment | None) -> Drawing | None:
    stored = row.upload.name if row else ""
    if not stored or not default_storage.exists(stored):
        return None
    with default_storage.open(stored) as file:
        content = file.read()
    size = size_of(content)
    return Drawing(content, stored.rpartition(".")[2], *size) if size else None


def _record(sheet: Sheet) -> Iterator[Block]:
    if sheet.head:
        rows = (
            (Cell(words(each.field.label), head=True), Cell(_value(each, each.unit))) for each in sheet.head
        )
        yield Block("table", rows=tuple(rows))
    if sheet.slots:
        yield Block("heading", words("各环节公开情况"), 2)
        heads = tuple(Cell(words(name), head=True) for name in STAGES)
        yield Block("table", rows=(heads, *map(_stage, sheet.slots)))
    for shown in sheet.tables:
        yield Block("heading", words(shown.table.label), 2)
        yield Block("table", rows=tuple(_rows(shown)))


def _value(cell: Value, unit: str = "") -> tuple[Piece, ...]:
    if cell.is_link:
        return (Piece(cell.value, href=cell.value),)
    return words(f"{cell.text} {unit}".strip())


def _stage(slot: Slot) -> tuple[Cell, ...]:
    days = (date_zh(slot.on) if slot.on else "—", date_zh(slot.due) if slot.due else "—")
    texts = (slot.state.value, *days, slot.note or "—")
    return (Cell(words(slot.stage.label), head=True), *(Cell(words(text)) for text in texts))


def _rows(shown: Shown) -> Iterator[tuple[Cell, ...]]:
    yield tuple(Cell(words(name), head=True) for name in ("序号", *(each.heading for each in shown.columns)))
    for line in shown.lines:
        yield (Cell(words(str(line.number))), *(Cell(_value(each)) for each in line.cells))
    if shown.totals:
        yield (Cell(words("合计"), head=True), *(Cell(words(total)) for total in shown.totals))
