"""随清单的文件: what lies beside the manifest in a zip, found by the path that the manifest names."""

import hashlib
import io
import posixpath
import unicodedata
import zipfile
from collections.abc import Iterable
from typing import IO
from urllib.parse import unquote, urlsplit

from gongkai.frame.opening.unreadable import Unreadable

LARGEST_PART = 50 * 2**20
LARGEST_MANIFEST = 600 * 2**20
MOST_PARTS = 300_000
MOST_UNPACKED = 20 * 2**30
MOST_TIMES = 200
BROKEN = "压缩包已损坏或不完整，请重新打包后再上传"
MANIFESTS = (".csv", ".xlsx", ".html", ".htm")


class Archive:
    """The files of a zip (压缩包), read one by one and never unpacked to the disk."""

    def __init__(self, stream: IO[bytes]) -> None:
        try:
            self._zip = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise Unreadable(BROKEN) from None
        parts = [part for part in self._zip.infolist() if not part.is_dir()]
        self._check(parts)
        self._parts = {tidy(_name(part)): part for part in parts}

    def _check(self, parts: list[zipfile.ZipInfo]) -> None:
        if any(part.flag_bits & 1 for part in parts):
            raise Unreadable("压缩包设有密码，请取消密码后再上传")
        unpacked = sum(part.file_size for part in parts)
        packed = sum(part.compress_size for part in parts) or 1
        bomb = unpacked > 100 * 2**20 and unpacked > packed * MOST_TIMES
        if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or bomb:
            raise Unreadable("压缩包解压后过大，请分批打包")

    def manifest(self) -> str:
        """The name of the manifest (清单文件): the only table that lies highest, or the one called so."""
        tables = [name for name in self._parts if name.endswith(MANIFESTS)]
        top = min((name.count("/") for name in tables), default=0)
        highest = [name for name in tables if name.count("/") == top]
        named = [
            name for name in highest if any(word in name for word in ("清单", "manifest", "目录", "papers"))
        ]
        for found in (named, highest):
            if len(found) == 1:
                return found[0]
        if highest:
            raise Unreadable(f"压缩包里有{len(highest)}个表格，请把清单命名为“清单.csv”或“清单.xlsx”")
        raise Unreadable("压缩包里没有清单，请放入一个 .csv、.xlsx 或 .html 表格")

    def open(self, name: str) -> IO[bytes]:
        """One part, in the memory (打开)."""
        return io.BytesIO(self._read(self._parts[name], LARGEST_MANIFEST))

    def find(self, path: str, base: str = "") -> str:
        """The name of the part that a path means (查找), as seen from the folder *base*; or nothing."""
        wanted = tidy(unquote(urlsplit(path).path))
        for name in (tidy(posixpath.join(base, wanted)), wanted):
            if name in self._parts:
                return name
        return ""

    def read(self, name: str) -> bytes:
        """The content of a part (读取)."""
        return self._read(self._parts[name], LARGEST_PART)

    def marked(self, digest: str, names: Iterable[str]) -> str:
        """A digest that changes with the content of these parts too (校验值)."""
        sums = [str(self._parts[name].CRC) for name in names if name]
        return hashlib.sha256(" ".join([digest, *sums]).encode()).hexdigest() if sums else digest

    def _read(self, part: zipfile.ZipInfo, most: int) -> bytes:
        try:
            with self._zip.open(part) as stream:
                content = stream.read(most + 1)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
            raise Unreadable(BROKEN) from None
        if len(content) > most:
            raise Unreadable(f"“{_name(part)}”超过 {most // 2**20} MB")
        return content


def _name(part: zipfile.ZipInfo) -> str:
    """The name as it was typed: old Chinese Windows packs names in GBK without saying so."""
    if part.flag_bits & 0x800:
        return part.filename
    try:
        return part.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return part.filename


def tidy(path: str) -> str:
    r"""A path in one spelling (规范路径): no way out of the archive.

    >>> tidy(r".\附件\..\附件/表.XLSX"), tidy("../../etc/passwd")
    ('附件/表.xlsx', 'etc/passwd')
    """
    forward = unicodedata.normalize("NFC", path.strip().replace("\\", "/"))
    parts: list[str] = []
    for part in posixpath.normpath(forward).split("/"):
        if part not in ("", ".", ".."):
            parts.append(part)
    joined = "/".join(parts)
    stem, dot, ending = joined.rpartition(".")
    return f"{stem}{dot}{ending.lower()}" if dot else joined
