"""Packed office files (docx, xlsx), opened with care: bombs, passwords, entities (压缩格式文档)."""

import io
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping

from lxml import etree

from gongkai.frame.opening.limits import (
    MAX_DEPTH,
    MAX_PART,
    MAX_PARTS,
    MAX_RATIO,
    MAX_UNPACKED,
    MEGABYTE,
    too_large,
)
from gongkai.frame.opening.unreadable import Unreadable

#: packed files written here carry no time of their own: the same content is the same file
_EPOCH = (1980, 1, 1, 0, 0, 0)
BROKEN = "文件已损坏或不完整，请重新保存后再上传。"


class Package:
    """An office file as its parts (压缩包内的部件)."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, RuntimeError):
            raise Unreadable(BROKEN)
        self._check(len(content))
        self._sizes = {info.filename: info.file_size for info in self._zip.infolist()}

    def __contains__(self, name: str) -> bool:
        return name in self._sizes

    def _check(self, packed: int) -> None:
        parts = self._zip.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise Unreadable("文件设有密码，请取消密码后再上传。")
        total = sum(part.file_size for part in parts)
        bomb = total > MEGABYTE and total > packed * MAX_RATIO
        if len(parts) > MAX_PARTS or total > MAX_UNPACKED or bomb:
            raise too_large("解压后过大")

    def read(self, name: str) -> bytes:
        """One part, unpacked, however large it claims to be."""
        try:
            with self._zip.open(name) as part:
                content = part.read(MAX_PART + 1)
        except (
            KeyError,
            ValueError,
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            NotImplementedError,
            RuntimeError,
        ):
            raise Unreadable(BROKEN)
        if len(content) > MAX_PART:
            raise too_large("解压后过大")
        return content

    @property
    def names(self) -> list[str]:
        """The names of all parts (部件名)."""
        return list(self._sizes)

    def written(self, changed: Mapping[str, bytes], dropped: Collection[str] = ()) -> bytes:
        """The file again with some parts changed and others left out (重新打包); every part is checked."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            for name in self._sizes:
                if name in dropped or name.endswith("/"):
                    continue
                content = changed[name] if name in changed else self.read(name)
                if name.endswith((".xml", ".rels")):
                    refuse_entities(content)
                packed.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
        return out.getvalue()

    def tree(self, name: str) -> etree._Element:
        """One part as XML, with entities and network switched off."""
        return parse_xml(self.read(name))


def refuse_entities(content: bytes) -> None:
    """No office file declares a document type; an attack with entities does (拒绝实体)."""
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content:
        raise Unreadable(BROKEN)


def parse_xml(content: bytes) -> etree._Element:
    """XML from strangers (安全解析): no entities, no DTD, no network, no bottomless nesting."""
    refuse_entities(content)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unreadable(BROKEN)
    if root is None or _too_deep(root):
        raise Unreadable(BROKEN)
    return root


def _too_deep(root: etree._Element) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            return True
    return False


def local_children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Children by local name, whatever their name space (按本地名取子元素)."""
    for child in element:
        if isinstance(child.tag, str) and child.tag.rpartition("}")[2] == name:
            yield child


def local(element: etree._Element) -> str:
    """The local name of an element, "" for comments (本地名)."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
