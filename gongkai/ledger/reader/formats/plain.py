"""Plain text (纯文本), whatever its encoding."""

import re

from gongkai.ledger.reader.plan import Unreadable
from gongkai.ledger.reader.source import Source, SourceWriter


def decode(content: bytes) -> str:
    """Bytes to text: by byte order mark, else UTF-8, else GB 18030 (识别编码)."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    sample = content[:4000]
    if sample.count(0) > len(sample) // 5:
        even = sample[0::2].count(0) > sample[1::2].count(0)
        return content.decode("utf-16-be" if even else "utf-16-le", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("无法识别文字编码，请另存为 UTF-8 文本或 .docx。")


_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–－―─·]+\s*\d{1,4}\s*[-—–－―─·]+|第\s*\d+\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?)\s*"
)


def read_lines(text: str) -> Source:
    """Text as lines; page numbers are left out, they are no part of a sentence (按行读取)."""
    writer = SourceWriter("text")
    for line in text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n"):
        if _PAGE_NUMBER.fullmatch(line):
            writer.blank()
        else:
            writer.paragraph(line, whole=False)
    return writer.finish()
