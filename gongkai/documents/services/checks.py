"""内容检查: what should not be published as it stands: in title, text, tables, record and attachments."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from gongkai.documents.models import AttachmentText, Content, Edition
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
from gongkai.documents.services.wording import matcher
from gongkai.rules import slips
from gongkai.rules.personal_data.findings import Kind
from gongkai.rules.personal_data.grid import CellFinding, find_in_grid
from gongkai.rules.personal_data.scan import find
from gongkai.rules.wrong_words import Matcher

#: what stops a publication; telephones of offices and places on a map may well stand in a paper
GRAVE = frozenset({Kind.IDENTITY, Kind.MOBILE, Kind.ACCOUNT})
PRIVATE, UNPUBLISHED, WORDING, UNSEEN = "个人信息", "不应公开的内容", "错敏词", "隐藏内容"
#: more than this nobody reads one by one
MOST = 1000
#: what of a heading a page shows
_HEAD = 12
_REWRITTEN = ("docx", "xlsx")
#: the lines of a paper that are looked through beside its text, and what they are called
LINES = {"title": "标题", "summary": "内容概述", "keywords": "关键词"}


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


def check_edition(edition: Edition, *, on: date | None = None) -> list[Found]:
    """Everything found in an edition (内容检查), the grave first, in the order in which it is read.

    *on* is the day of the text, where it is not the one that the edition names.
    """
    look = Look(matcher(), on or edition.made_on or edition.written_on)
    return in_order(_every(edition, look))


def in_order(found: Iterable[Found]) -> list[Found]:
    """The grave first (轻重排序), and not more than anybody reads."""
    return sorted(islice(found, MOST), key=lambda each: not each.grave)


def _every(edition: Edition, look: "Look") -> Iterator[Found]:
    yield from look.elements({name: getattr(edition, name) for name in LINES})
    content = Content.objects.filter(edition=edition).first()
    yield from look.body(parse(content.html) if content and content.html else [])
    for fault in record_found(edition) if edition.form else ():
        if fault.private:
            yield Found(
                "结构化内容", PRIVATE, fault.text, "一键脱敏", grave=True, personal=True, source="record"
            )
    rows = list(edition.attachments.filter(inline=False))
    read = AttachmentText.objects.in_bulk([row.sha256 for row in rows])
    for row in rows:
        parts = read[row.sha256].parts if row.sha256 in read else ()
        yield from look.file(row.title, row.kind, parts, source=str(row.pk))


@dataclass(frozen=True, slots=True)
class Look:
    """A look through one text (检查一件): for personal data, and for *words* that were wrong *on* its day."""

    words: Matcher
    on: date | None

    def elements(self, said: Mapping[str, object]) -> Iterator[Found]:
        """What stands in title, summary and keywords (要素)."""
        for name, place in LINES.items():
            yield from self._line(str(said[name] or ""), place, name)

    def body(self, blocks: Iterable[Block]) -> Iterator[Found]:
        """What stands in the text and its tables (正文)."""
        tables = 0
        for number, block in enumerate(blocks, 1):
            if isinstance(block, Table):
                tables += 1
                place = f"正文表格{tables}"
                yield from _table(grid(block), place, "body")
                yield from self._wording("\n".join(texts([block])), place, "body")
            else:
                for line in _lines(block):
                    yield from self._line(line, f"正文第{number}段", "body")

    def file(
        self, title: str, kind: str, parts: Iterable[Sequence[str]], *, source: str = "file"
    ) -> Iterator[Found]:
        """What stands in an attachment (附件), in its name and in what readers do not see."""
        yield from self._line(title, f"附件名称“{title}”", source)
        advice = "一键脱敏" if kind in _REWRITTEN else f"{kind} 文件请在原软件里处理后替换"
        for name, text in parts:
            place = f"附件“{title}”{name}"
            if is_unseen(name):
                shown = text.split("\n")[0][:30] if name.endswith("属性") else "读者看不见，但文件里有"
                yield Found(place, UNSEEN, shown, f"发布前清除：{advice}", "隐藏" in name, True, source)
            if "\t" in text:
                found = _table([line.split("\t") for line in text.split("\n")], place, source)
            else:
                found = _personal(text, place, source)
            for each in found:
                yield Found(each.place, each.kind, each.text, advice, each.grave, True, source)
            yield from (each for each in self._wording(text, place, source) if each.kind == WORDING)

    def _line(self, text: str, place: str, source: str) -> Iterator[Found]:
        yield from _personal(text, place, source)
        yield from self._wording(text, place, source)

    def _wording(self, text: str, place: str, source: str) -> Iterator[Found]:
        for hit in self.words.find(text, on=self.on):
            right = hit.term.right
            advice = f"应为“{right}”" if right else hit.term.note or "请核对"
            yield Found(place, WORDING, hit.term.text, advice, hit.term.grave, source=source, right=right)
        for fault in slips.find(text):
            advice = f"应为“{fault.right}”" if fault.right else fault.reason
            yield Found(place, fault.slip.value, fault.text, advice, source=source, right=fault.right)


def _personal(text: str, place: str, source: str) -> Iterator[Found]:
    for each in find(text):
        if each.kind is Kind.PHONE:
            continue
        shown = each.masked or "详细住址"
        advice = "一键脱敏" if each.masked else "只写到村、社区"
        grave = each.kind in GRAVE and each.sure
        yield Found(place, each.kind.value, shown, advice, grave, True, source)


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
