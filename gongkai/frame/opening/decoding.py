"""识别编码: bytes to text, whatever an old system wrote."""

from gongkai.frame.opening.unreadable import Unreadable

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
#: Share of characters that no text holds, above which the file is no text.
MOST_STRANGE = 0.05


def decode(content: bytes) -> str:
    """Bytes to text: by byte order mark, else UTF-8, else GB 18030 (识别编码)."""
    text = _decode(content).replace("\x00", "")
    sample = text[:20_000]
    strange = sum(char == "\ufffd" or (char < " " and char not in "\t\r\n\f\v") for char in sample)
    if strange > len(sample) * MOST_STRANGE:
        raise Unreadable("文件不是可读取的文本，请换成 .docx、.pdf、.xlsx 或 .txt 文件。")
    return text


def _decode(content: bytes) -> str:
    for mark, encoding in _MARKS:
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
    wide = _wide(content)
    return wide if wide is not None else content.decode("gb18030", "replace")


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark: believed only if it comes out as Chinese."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = content[: len(content) // 2 * 2].decode(encoding, "replace")
        chinese = sum("\u4e00" <= char <= "\u9fff" or char in "，。、：；（）\r\n" for char in text[:2000])
        if chinese > 0.7 * len(text[:2000]):
            return text
    return None
