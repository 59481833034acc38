"""切分: Chinese text as units and pairs of neighbours, so that no word is lost to a wrong segmentation.

A unit is one han character, or a run of letters and digits. The index holds pairs of neighbouring units;
a query is a phrase of pairs. Nothing here knows an engine or a database.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from opencc import OpenCC

HAN = r"\u3007\u3400-\u9fff\U00020000-\U0003ffff"
#: units touch although these stand between them: a title typed without 《》 is found all the same
JOINING = r"\s\"'`“”‘’「」『』《》〈〉<>()\[\]{}〔〕【】\-_~·•\u200b-\u200d\ufeff\u00ad"
UNIT = re.compile(rf"[{HAN}]|[^\W_{HAN}]+(?:\.[0-9]+)*")
#: where a sentence or a cell ends, no pair reaches across
BREAK = re.compile(rf"(?:\.(?![0-9])|\n|[^\w.{JOINING}])+")
_UNIT_OR_BREAK = re.compile(rf"[|{HAN}]|[^\W_{HAN}]+(?:\.[0-9]+)*")
BETWEEN = f"[{JOINING}]*"
_SIMPLIFIED = OpenCC("t2s")
_LIKE = {"○": "〇", "◯": "〇", "＜": "<", "＞": ">"}


class _Folding(dict[int, str]):
    """Each character folded once: half width, lower case, simplified (字符归一)."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        plain = _LIKE.get(character) or unicodedata.normalize("NFKC", character).lower()
        self[code] = _SIMPLIFIED.convert(plain) if plain > "\u3400" else plain
        return self[code]


_FOLDING = _Folding()


class _Parting(dict[int, str]):
    """Each character folded, and a bar where no pair reaches across (归一并断句)."""

    def __missing__(self, code: int) -> str:
        self[code] = "".join("|" if _ENDING.match(each) else each for each in _FOLDING[code])
        return self[code]


_PARTING = _Parting()
_ENDING = re.compile(rf"\n|[^\w.{JOINING}]")
_DOT = re.compile(r"\.(?![0-9])")


def fold(text: str) -> str:
    """The text as it is compared (归一): half width, lower case, simplified characters.

    >>> fold("ＧＯＶ　２０１５年社會保險補貼")
    'gov 2015年社会保险补贴'
    """
    return text.translate(_FOLDING)


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the place in *text* (归一并保留位置)."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        plain = _FOLDING[ord(character)]
        folded.append(plain)
        places.extend([place] * len(plain))
    return "".join(folded), places


def clauses(text: str) -> Iterator[list[str]]:
    """The units of each stretch without a break (小句).

    >>> list(clauses("发放补贴，共3.5万元"))
    [['发', '放', '补', '贴'], ['共', '3.5', '万', '元']]
    """
    for stretch in BREAK.split(fold(text)):
        found = UNIT.findall(stretch)
        if found:
            yield found


def pairs(units: list[str]) -> list[str]:
    """The pairs of neighbours (字对); two runs of digits keep their border.

    >>> pairs(["第", "3", "季", "度"])
    ['第3', '3季', '季度']
    """
    return [
        first + second if first > "z" or second > "z" else f"{first}_{second}"
        for first, second in pairwise(units)
    ]


def flat(text: str) -> str:
    """The whole text as one term (整体): for exact numbers and titles, whatever brackets were typed.

    >>> flat("枣政办发〔2015〕12号") == flat("枣政办发(2015)12號")
    True
    """
    units = [unit for clause in clauses(text) for unit in clause]
    return "".join(
        unit if place == 0 or max(unit, units[place - 1]) > "\u3000" else f"_{unit}"
        for place, unit in enumerate(units)
    )


@dataclass(frozen=True, slots=True)
class Terms:
    """What an index keeps of a text (索引项): pairs in their order, and each unit."""

    pairs: str
    ones: str


def terms(text: str) -> Terms:
    """The terms of a text, parted by blanks (切分为索引项); no phrase crosses a break.

    >>> terms("发补贴，办")
    Terms(pairs='发补 补贴 贴| |办 办|', ones='发 补 贴 | 办')
    """
    units = _UNIT_OR_BREAK.findall(_DOT.sub("|", text.translate(_PARTING)))
    return Terms(" ".join(pairs([*units, "|"])), " ".join(dict.fromkeys(units)))


def pattern(units: tuple[str, ...] | list[str]) -> re.Pattern[str]:
    """What finds these units in folded text (定位), also across brackets and blanks."""
    inner = BETWEEN.join(map(re.escape, units))
    before = r"(?<![a-z0-9])" if units[0] < "\u3007" else ""
    after = r"(?![a-z0-9])" if units[-1] < "\u3007" and len(units) > 1 else ""
    return re.compile(before + inner + after)
