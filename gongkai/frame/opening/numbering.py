"""Automatic numbers of Word paragraphs (自动编号): they are printed, but stand nowhere in the text."""

import re

from lxml import etree

from gongkai.frame.opening.packed import Package, local, local_children

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = (
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCounting",
    "ideographDigital",
)
_CIRCLED = ("decimalEnclosedCircle", "decimalEnclosedCircleChinese")
_DIGITS = "零一二三四五六七八九"

Level = tuple[str, str, int]  # number format, pattern such as （%1）, first value


class Numbering:
    """Counts the numbered paragraphs of a document as Word does (计算自动编号)."""

    def __init__(self, lists: dict[str, dict[int, Level]], styles: dict[str, tuple[str, int]]) -> None:
        self._lists = lists
        self._styles = styles
        self._counts: dict[str, dict[int, int]] = {}

    @classmethod
    def of(cls, package: Package) -> "Numbering":
        """The numbering of a file; without one nothing is numbered."""
        lists = _lists(package.tree("word/numbering.xml")) if "word/numbering.xml" in package else {}
        styles = _styles(package.tree("word/styles.xml")) if lists and "word/styles.xml" in package else {}
        return cls(lists, styles)

    def prefix(self, paragraph: etree._Element) -> str:
        """The number that Word prints before a paragraph."""
        if not self._lists:
            return ""
        place = self._place(paragraph)
        if place is None or place[0] not in self._lists:
            return ""
        identity, depth = place
        levels = self._lists[identity]
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(identity, {})
        counts[depth] = counts.get(depth, levels[depth][2] - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        return _print(levels, counts, depth)

    def _place(self, paragraph: etree._Element) -> tuple[str, int] | None:
        properties = next(local_children(paragraph, "pPr"), None)
        if properties is None:
            return None
        number = next(local_children(properties, "numPr"), None)
        style = next(local_children(properties, "pStyle"), None)
        found = _number(number) if number is not None else None
        if found is None and style is not None:
            found = self._styles.get(_value(style))
        return found


def _value(element: etree._Element) -> str:
    return str(element.get(f"{_W}val") or "")


def _int(text: str, default: int = 0) -> int:
    return int(text) if re.fullmatch(r"\d{1,6}", text) else default


def _number(properties: etree._Element) -> tuple[str, int] | None:
    identity = next(local_children(properties, "numId"), None)
    level = next(local_children(properties, "ilvl"), None)
    if identity is None:
        return None
    return _value(identity), _int(_value(level)) if level is not None else 0


def _lists(root: etree._Element) -> dict[str, dict[int, Level]]:
    patterns = {
        str(one.get(f"{_W}abstractNumId")): _levels(one) for one in root if local(one) == "abstractNum"
    }
    lists = {}
    for number in root:
        if local(number) == "num":
            link = next(local_children(number, "abstractNumId"), None)
            levels = patterns.get(_value(link)) if link is not None else None
            if levels:
                lists[str(number.get(f"{_W}numId"))] = levels
    return lists


def _levels(pattern: etree._Element) -> dict[int, Level]:
    levels = {}
    for level in local_children(pattern, "lvl"):
        settings = {local(child): _value(child) for child in level}
        depth = _int(str(level.get(f"{_W}ilvl") or ""))
        first = _int(settings.get("start", "1"), 1)
        levels[depth] = (settings.get("numFmt", "decimal"), settings.get("lvlText", ""), first)
    return levels


def _styles(root: etree._Element) -> dict[str, tuple[str, int]]:
    styles = {}
    for style in root:
        properties = next(local_children(style, "pPr"), None) if local(style) == "style" else None
        number = next(local_children(properties, "numPr"), None) if properties is not None else None
        found = _number(number) if number is not None else None
        if found:
            styles[str(style.get(f"{_W}styleId"))] = found
    return styles


def _print(levels: dict[int, Level], counts: dict[int, int], depth: int) -> str:
    if levels[depth][0] in ("bullet", "none"):
        return ""

    def number(match: re.Match[str]) -> str:
        level = int(match[1]) - 1
        style = levels.get(level, ("decimal", "", 1))[0]
        return _format(counts.get(level, levels.get(level, ("", "", 1))[2]), style)

    return re.sub(r"%(\d)", number, levels[depth][1])


def _format(value: int, style: str) -> str:
    if style in _CHINESE:
        return _chinese(value)
    if style in _CIRCLED and 1 <= value <= 20:
        return chr(0x245F + value)
    return str(value)


def _chinese(value: int) -> str:
    """A count below a hundred in Chinese numerals; larger ones stay digits."""
    if not 0 < value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")
