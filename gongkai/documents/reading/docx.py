"""Word、WPS 文件 (.docx): words, headings, tables and pictures; automatic numbers are written out."""

import io
import zipfile
import zlib
from typing import Any
from xml.parsers.expat import ExpatError

import mammoth
from lxml import etree
from mammoth import documents

from gongkai.documents.reading.clean import cleaned, ordered
from gongkai.documents.reading.heading import take_heading
from gongkai.documents.reading.readable import Album, Readable
from gongkai.documents.reading.references import Pictures, own_picture
from gongkai.documents.reading.word import W, drop_hidden, drop_struck
from gongkai.documents.reading.write import html as written
from gongkai.frame.opening.numbering import Numbering
from gongkai.frame.opening.packed import BROKEN, Package, local
from gongkai.frame.opening.unreadable import Unreadable

_MAIN = "word/document.xml"
_NUMBERS = "word/numbering.xml"
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='标题'] => h1:fresh
p[style-name='标题 1'] => h1:fresh
p[style-name='标题 2'] => h2:fresh
p[style-name='标题 3'] => h3:fresh
p[style-name='标题 4'] => h4:fresh
p[style-name='gk-center'] => p.gk-center:fresh
p[style-name='gk-right'] => p.gk-right:fresh
u => u
strike => s
"""
_PLACES = {"center": "gk-center", "right": "gk-right", "end": "gk-right"}
_FAILURES = (
    KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, EOFError, RuntimeError,
    zipfile.BadZipFile, zlib.error, ExpatError, etree.LxmlError,
)  # fmt: skip


def read(content: bytes) -> Readable:
    """Read a Word or WPS file (读取 .docx)."""
    package = Package(content)
    if _MAIN not in package:
        raise Unreadable(BROKEN)
    album = Album()
    try:
        prepared = _prepared(package, album)
        html = mammoth.convert_to_html(
            io.BytesIO(prepared),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(_picture(album)),
            transform_document=mammoth.transforms.paragraph(_placed),
        ).value
    except Unreadable:
        raise
    except _FAILURES:
        raise Unreadable(BROKEN)
    return finished(html, album, own_picture)


def finished(html: str, album: Album, pictures: Pictures) -> Readable:
    """Clean, with the title and the number taken out (整理)."""
    title, number, rest = take_heading(cleaned(html, pictures=pictures))
    text = written(ordered(rest, headings=True))
    return Readable(text, title, number, tuple(album.pictures), tuple(album.doubts))


def _prepared(package: Package, album: Album) -> bytes:
    """The file with its numbers written out, and without what is hidden or struck out."""
    main = package.tree(_MAIN)
    numbering = Numbering.of(package)
    for paragraph in main.iter(f"{W}p"):
        _number(paragraph, numbering.prefix(paragraph))
    drop_struck(main)
    if drop_hidden(main):
        album.doubts.append("文件中有隐藏文字，没有读入")
    changed = {_MAIN: main}
    if _NUMBERS in package:
        changed[_NUMBERS] = _bullets(package.tree(_NUMBERS))
    return package.written({name: etree.tostring(tree) for name, tree in changed.items()})


def _number(paragraph: etree._Element, prefix: str) -> None:
    if not prefix:
        return
    run = etree.Element(f"{W}r")
    text = etree.SubElement(run, f"{W}t")
    text.text = prefix + (" " if prefix[-1].isascii() else "")
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    first = 1 if len(paragraph) and local(paragraph[0]) == "pPr" else 0
    paragraph.insert(first, run)


def _bullets(root: etree._Element) -> etree._Element:
    """Only lists with points stay lists: the numbers of the others are words by now."""
    for level in list(root.iter(f"{W}lvl")):
        shape = level.find(f"{W}numFmt")
        if shape is None or shape.get(f"{W}val") != "bullet":
            parent = level.getparent()
            if parent is not None:
                parent.remove(level)
    return root


def _placed(paragraph: documents.Paragraph) -> documents.Paragraph:
    """A paragraph in the middle or at the right keeps its place, unless it is a heading."""
    place = _PLACES.get(paragraph.alignment or "")
    name = (paragraph.style_name or "").lower()
    if not place or paragraph.numbering or name.startswith(("heading", "标题", "title")):
        return paragraph
    return paragraph.copy(style_id=None, style_name=place)


def _picture(album: Album) -> Any:
    def kept(image: Any) -> dict[str, str]:
        with image.open() as opened:
            content = opened.read()
        alt = (image.alt_text or "").strip()
        return {"src": album.add(content, image.content_type or "", alt)}

    return kept
