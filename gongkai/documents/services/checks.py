"""内容检查: what should not be published as it stands: in title, text, tables, record and attachments."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from gongkai.documents.models import Attachment, AttachmentText, Content, Edition, Word
from gongkai.documents.reading.blocks import (
    Block,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Quote,
    Table,
    texts,
    words,
)
from gongkai.documents.reading.change import grid
from gongkai.documents.reading.masking import is_unseen
from gongkai.documents.reading.parse import parse
from gongkai.documents.reading.workbook import column_name
from gongkai.documents.services.records import record_found
from gongkai.rules import slips
from gongkai.rules.personal_data.findings import Kind
from gongkai.rules.personal_data.grid import CellFinding, find_in_grid
from gongkai.rules.personal_data.scan import find
from gongkai.rules.wrong_words import Matcher, Term, exceptions

#: what stops a publication; telephones of offices and places on a map may well stand in a paper
GRAVE = frozenset({Kind.IDENTITY, Kind.MOBILE, Kind.ACCOUNT})
PRIVATE, UNPUBLISHED, WORDING, UNSEEN = "个人信息", "不应公开的内容", "错敏词", "隐藏内容"
#: more than this nobody reads one by one
MOST = 1000
#: what of a heading a page shows
_HEAD = 12
_REWRITTEN = ("docx", "xlsx")


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found (检查发现): where, of what kind, the words as they may be shown, what to do.

    *grave* ones stop the publication. *personal* ones are masked by one click, *right* is put in their place
    by another; *source* says in what they stand: title, summary, body, record, or the key of an attachment.
    """

    place: str
    kind: str
    text: str
    suggestion: str
    grave: bool = False
    personal: bool = False
    source: str = "body"
    right: str = ""

    @property
    def key(self) -> str:
        """What a page sends back to choose it (选定)."""
        return f"{self.source}|{self.place}|{self.kind}|{self.text}"


def check_edition(edition: Edition) -> list[Found]:
    """Everything found in an edition (内容检查), the grave first, in the order in which it is read."""
    found: list[Found] = []
    for each in _every(edition):
        found.append(each)
        if len(found) >= MOST:
            break
    return sorted(found, key=lambda each: not each.grave)


def _every(edition: Edition) -> Iterator[Found]:
    on = edition.made_on or edition.written_on
    for name, place in (("title", "标题"), ("summary", "内容概述"), ("keywords", "关键词")):
        yield from _line(getattr(edition, name), place, name, on)
    content = Content.objects.filter(edition=edition).first()
    yield from _body(content.html if content else "", on)
    for fault in record_found(edition) if edition.form else ():
        if fault.private:
            yield Found(
                "结构化内容", PRIVATE, fault.text, "一键脱敏", grave=True, personal=True, source="record"
            )
    yield from _attachments(edition, on)


def _line(text: str, place: str, source: str, on: date | None) -> Iterator[Found]:
    yield from _personal(text, place, source)
    yield from _wording(text, place, source, on)


def _personal(text: str, place: str, source: str) -> Iterator[Found]:
    for each in find(text):
        if each.kind is Kind.PHONE:
            continue
        shown = each.masked or "详细住址"
        advice = "一键脱敏" if each.masked else "只写到村、社区"
        grave = each.kind in GRAVE and each.sure
        yield Found(place, each.kind.value, shown, advice, grave, True, source)


def _wording(text: str, place: str, source: str, on: date | None) -> Iterator[Found]:
    for hit in matcher().find(text, on=on):
        right = hit.term.right
        advice = f"应为“{right}”" if right else hit.term.note or "请核对"
        yield Found(place, WORDING, hit.term.text, advice, hit.term.grave, source=source, right=right)
    for fault in slips.find(text):
        advice = f"应为“{fault.right}”" if fault.right else fault.reason
        yield Found(place, fault.slip.value, fault.text, advice, source=source, right=fault.right)


def _body(html: str, on: date | None) -> Iterator[Found]:
    tables = 0
    for number, block in enumerate(parse(html) if html else [], 1):
        if isinstance(block, Table):
            tables += 1
            place = f"正文表格{tables}"
            yield from _table(grid(block), place, "body")
            yield from _wording("\n".join(texts([block])), place, "body", on)
        else:
            for line in _lines(block):
                yield from _line(line, f"正文第{number}段", "body", on)


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph | Heading | Picture | Listing | Quote):
        yield words(block.runs) if isinstance(block, Paragraph | Heading) else "\n".join(texts([block]))


def _table(rows: list[list[str]], place: str, source: str) -> Iterator[Found]:
    for each in find_in_grid(rows):
        if each.kind is not Kind.PHONE:
            yield _cell(each, place, source)


def _cell(each: CellFinding, place: str, source: str) -> Found:
    column = f"“{each.heading[:_HEAD]}”列" if each.heading else f"{column_name(each.column + 1)}列"
    where = f"{place}第{each.row + 1}行{column}"
    if each.kind is None:
        return Found(where, UNPUBLISHED, "（内容不显示）", "这一栏不应公开，请删除", True, True, source)
    grave = each.kind in GRAVE and each.sure
    shown = each.masked or "详细住址"
    return Found(where, each.kind.value, shown, "一键脱敏", grave, True, source)


def _attachments(edition: Edition, on: date | None) -> Iterator[Found]:
    rows = list(edition.attachments.filter(inline=False))
    read = AttachmentText.objects.in_bulk([row.sha256 for row in rows])
    for row in rows:
        yield from _line(row.title, f"附件名称“{row.title}”", str(row.pk), on)
        if row.sha256 in read:
            yield from _parts(row, read[row.sha256], on)


def _parts(row: Attachment, read: AttachmentText, on: date | None) -> Iterator[Found]:
    source = str(row.pk)
    advice = "一键脱敏" if row.kind in _REWRITTEN else f"{row.kind} 文件请在原软件里处理后替换"
    for name, text in read.parts:
        place = f"附件“{row.title}”{name}"
        if is_unseen(name):
            shown = text.split("\n")[0][:30] if name.endswith("属性") else "读者看不见，但文件里有"
            yield Found(place, UNSEEN, shown, f"发布前清除：{advice}", "隐藏" in name, True, source)
        if "\t" in text:
            found = _table([line.split("\t") for line in text.split("\n")], place, source)
        else:
            found = _personal(text, place, source)
        for each in found:
            yield Found(each.place, each.kind, each.text, advice, each.grave, True, source)
        yield from (each for each in _wording(text, place, source, on) if each.kind == WORDING)


def matcher() -> Matcher:
    """The office's list, ready to be looked for (词表); made again when the list has changed."""
    rows = Word.objects.order_by("pk").values_list("term", "right", "grave", "since", "note", "sort")
    return _made(tuple(rows))


@lru_cache(maxsize=2)
def _made(rows: tuple[tuple[str, str, bool, date | None, str, str], ...]) -> Matcher:
    unless = exceptions()
    return Matcher(
        Term(term, right, grave, since, note, unless.get(term, ()), sort == Word.Sort.BODY)
        for term, right, grave, since, note, sort in rows
    )
