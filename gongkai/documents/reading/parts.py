"""文件各处文字: every place of a file that holds words, the hidden ones too, for checks."""

import zipfile
from collections.abc import Iterator

import pypdfium2
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from gongkai.documents.reading.clean import plain
from gongkai.documents.reading.files import Upload, content_of, is_page, refusing
from gongkai.documents.reading.pdf import SCAN, pages_of
from gongkai.documents.reading.word import W, hidden, is_hidden, struck
from gongkai.documents.reading.workbook import Book, Line, Sheet
from gongkai.frame.opening.decoding import decode
from gongkai.frame.opening.kinds import Format, sniff
from gongkai.frame.opening.packed import Package, local
from gongkai.frame.opening.pdf import open_pdf
from gongkai.frame.opening.unreadable import Unreadable

BODY, PROPERTIES = "正文", "文件属性"
HIDDEN = "隐藏"
#: what offices leave in the properties of a file, and what it is called
NAMED = {
    "creator": "作者", "lastModifiedBy": "最后修改者", "Company": "单位", "Manager": "经理", "title": "标题",
    "subject": "主题", "description": "备注", "keywords": "关键词",
}  # fmt: skip
_PDF_NAMED = {"Author": "作者", "Title": "标题", "Subject": "主题", "Keywords": "关键词"}
_AROUND = {"word/header": "页眉", "word/footer": "页脚", "word/footnotes": "脚注", "word/endnotes": "尾注"}
_LEAST_TEXT = 5

Part = tuple[str, str]


def parts_of(upload: Upload, kind: str = "") -> list[Part]:
    """Pairs of a place and its words (逐处文字); tables with tabs between cells, rows at their own lines.

    Refused where the file cannot be read at all.
    """
    with refusing():
        content = content_of(upload)
        if kind.lower() == "ofd":
            return list(_ofd(content))
        match sniff(content):
            case Format.DOCX:
                return list(_word(content))
            case Format.XLSX:
                return list(_workbook(content))
            case Format.PDF:
                return list(_pdf(content))
            case _:
                return list(_text(content, kind))


def _text(content: bytes, kind: str) -> Iterator[Part]:
    text = decode(content)
    if is_page(content, kind):
        shown = LexborHTMLParser(text).body
        yield BODY, plain(shown.html or "") if shown is not None else ""
    elif kind.lower() == "csv":
        yield BODY, text.replace(",", "\t")
    else:
        yield BODY, text


def _pdf(content: bytes) -> Iterator[Part]:
    pages = pages_of(content)
    if sum(len(line.text) for page in pages for line in page.lines) < _LEAST_TEXT * max(1, len(pages)):
        raise Unreadable(SCAN)
    for page in pages:
        yield f"第{page.number}页", "\n".join(line.text for line in page.lines)
    document = open_pdf(content)
    try:
        yield from _told(_metadata(document))
    finally:
        document.close()


def _metadata(document: pypdfium2.PdfDocument) -> dict[str, str]:
    return {said: document.get_metadata_value(name) for name, said in _PDF_NAMED.items()}


def _told(named: dict[str, str]) -> Iterator[Part]:
    """Properties one on a line, each with its name."""
    lines = [f"{said}：{value.strip()}" for said, value in named.items() if value.strip()]
    if lines:
        yield PROPERTIES, "\n".join(lines)


def _properties(package: Package) -> Iterator[Part]:
    named: dict[str, str] = {}
    for name in ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"):
        if name not in package:
            continue
        for element in package.tree(name).iter():
            if local(element) in NAMED and (element.text or "").strip():
                named[NAMED[local(element)]] = element.text or ""
            elif local(element) == "property" and (
                said := "".join(str(t) for t in element.itertext()).strip()
            ):
                named[str(element.get("name") or "自定义属性")] = said
    yield from _told(named)


def _word(content: bytes) -> Iterator[Part]:
    package = Package(content)
    main = package.tree("word/document.xml")
    yield BODY, "\n".join(line for line in _lines(main) if line)
    tables = [
        each for each in main.iter(f"{W}tbl") if not any(local(up) == "tbl" for up in each.iterancestors())
    ]
    for number, table in enumerate(tables, 1):
        yield f"表格{number}", "\n".join("\t".join(_cells(row)) for row in table.iter(f"{W}tr"))
    unseen = "\n".join(words(run) for run in hidden(main))
    if unseen:
        yield f"{HIDDEN}文字", unseen
    gone = "\n".join(
        filter(None, ("".join(t.text or "" for t in e.iter(f"{W}delText", f"{W}t")) for e in struck(main)))
    )
    if gone:
        yield "修订中删除的文字", gone
    for name in package.names:
        place = next((said for begin, said in _AROUND.items() if name.startswith(begin)), "")
        place = "批注" if name == "word/comments.xml" else place
        if place and name.endswith(".xml") and (said := "\n".join(filter(None, _lines(package.tree(name))))):
            yield place, said
    yield from _properties(package)


def _lines(root: etree._Element) -> Iterator[str]:
    """Paragraphs outside of tables."""
    for paragraph in root.iter(f"{W}p"):
        if not any(local(above) == "tbl" for above in paragraph.iterancestors()):
            yield words(paragraph)


def _cells(row: etree._Element) -> list[str]:
    return [" ".join(words(cell).split()) for cell in row if local(cell) == "tc"]


def words(element: etree._Element) -> str:
    """The words of an element of a Word file (文字); hidden ones are told elsewhere."""
    if local(element) == "r":
        return "".join(text.text or "" for text in element.iter(f"{W}t"))
    return "".join(
        text.text or ""
        for run in element.iter(f"{W}r")
        if not is_hidden(run) and not any(local(up) in ("del", "moveFrom") for up in run.iterancestors())
        for text in run.iterchildren(f"{W}t")
    )


def _workbook(content: bytes) -> Iterator[Part]:
    book = Book(content)
    for sheet in book.sheets():
        name = f"{HIDDEN}工作表“{sheet.name}”" if sheet.hidden else f"工作表“{sheet.name}”"
        shown = [line for line in sheet.lines if not line.hidden]
        yield name, _grid(shown, set() if sheet.hidden else sheet.hidden_columns)
        if not sheet.hidden:
            yield from _unseen(name, sheet, shown)
        if sheet.comments:
            yield f"{name}批注", "\n".join(sheet.comments)
    yield from _properties(book.package)


def _unseen(name: str, sheet: Sheet, shown: list[Line]) -> Iterator[Part]:
    """Hidden rows and hidden columns, each under the first rows, where their headings stand."""
    under = [line for line in sheet.lines if line.hidden and line.cells]
    if under:
        yield f"{name}{HIDDEN}行", _grid(sorted([*shown[:3], *under], key=lambda line: line.number), set())
    filled = {column for line in sheet.lines for column in line.cells}
    if beside := sheet.hidden_columns & filled:
        yield f"{name}{HIDDEN}列", _grid(sheet.lines, filled - beside)


def _grid(lines: list[Line], without: set[int]) -> str:
    """Rows at their own numbers, cells between tabs; so a place in the words is a place in the sheet."""
    rows: list[str] = []
    for line in lines:
        rows += [""] * (line.number - 1 - len(rows))
        wide = max(line.cells, default=0)
        cells = ("" if place in without else line.cells.get(place, "") for place in range(1, wide + 1))
        rows.append("\t".join(" ".join(cell.split()) for cell in cells))
    return "\n".join(rows)


def _ofd(content: bytes) -> Iterator[Part]:
    """OFD 版式文件: the words of each page, as they stand in its parts."""
    try:
        package = Package(content)
    except zipfile.BadZipFile:
        raise Unreadable("文件已损坏或不完整，请重新保存后再上传。")
    pages = sorted(name for name in package.names if "/Pages/" in name and name.endswith("Content.xml"))
    for number, name in enumerate(pages, 1):
        pieces = [each.text or "" for each in package.tree(name).iter() if local(each) == "TextCode"]
        yield f"第{number}页", "".join(pieces)
