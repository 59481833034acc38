"""字符: signs that print nothing, signs that only look like others, and lines that only number a page."""

import re
import unicodedata

#: White space in the wide sense: also the marks that only a computer sees (zero-width, soft hyphen, BOM).
INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\ufffc")

#: Radicals that PDF files print instead of the characters they look like (⼯ for 工): back to the characters.
_LOOKALIKES = dict(
    zip(
        "⺟⺠⺩⺬⺝⺼⻁⻄⻅⻆⻉⻋⻑⻒⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻪⻬⻮⻰⻳",
        "母民王示月肉虎西见角贝车長长长门青韦页风飞食马骨鬼鱼鸟麦黄黾齐齿龙龟",
        strict=True,
    )
)
RADICALS = {ord(odd): plain for odd, plain in _LOOKALIKES.items()} | {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFA6E))
    if len(unicodedata.normalize("NFKC", chr(code))) == 1
}

_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–－―─·]+\s*\d{1,4}\s*[-—–－―─·]+|第\s*\d+\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?|\d{1,3}\s*/\s*\d{1,3})\s*"
)


def is_page_number(line: str) -> bool:
    """Whether a line is only a page number (页码)."""
    return len(line) < 40 and bool(_PAGE_NUMBER.fullmatch(line))
