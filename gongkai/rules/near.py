"""相近文本: texts that say nearly the same, found by a few numbers kept beside each instead of one by one.

A text becomes a set of pairs of neighbouring signs. Its signature holds, for each of many fixed permutations,
the smallest value of the set (MinHash), and is cut into bands: two texts that are much alike share the key of
at least one band nearly always, two strangers seldom. Keys are stored, so their constants never change.
"""

import re
import unicodedata
from collections.abc import Iterator

import numpy as np
from rapidfuzz import fuzz

BANDS, ROWS = 25, 5
#: from this likeness on two texts count as nearly the same
NEAR = 0.85
_SKIPPED = re.compile(r"[\W_]+")
_WIDTH = np.uint64(32)
#: one sign alone is a pair with nothing
_NOTHING = "\0"


def _constants(number: int, seed: int) -> Iterator[int]:
    """Fixed odd numbers of 64 bits (常数), after SplitMix64 (Steele, Lea, Flood 2014)."""
    for _ in range(number):
        seed = (seed + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        mixed = ((seed ^ seed >> 30) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
        mixed = ((mixed ^ mixed >> 27) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
        yield (mixed ^ mixed >> 31) | 1


_FACTORS = np.array([each >> 32 | 1 for each in _constants(BANDS * ROWS, 1)], dtype=np.uint32)
_FOLDS = np.array(list(_constants(ROWS, 2)), dtype=np.uint64)
_PLACES = np.array(list(_constants(BANDS, 3)), dtype=np.uint64)
_PAIR = np.uint64(next(_constants(1, 4)))


def plain(text: str) -> str:
    """What counts when texts are compared (归一文本): letters and digits, of one width and case.

    >>> plain("请公开 2021 年，ＡＢ 项目。")
    '请公开2021年ab项目'
    """
    return _SKIPPED.sub("", unicodedata.normalize("NFKC", text)).lower()


def signature(text: str) -> np.ndarray:
    """The smallest values of the text's pairs (签名), ``(BANDS * ROWS,)`` of 32 bits; none without signs."""
    said = plain(text)
    if not said:
        return np.empty(0, dtype=np.uint32)
    written = (said if len(said) > 1 else said + _NOTHING).encode("utf-32-le", "surrogatepass")
    wide = np.frombuffer(written, dtype=np.uint32).astype(np.uint64)
    pairs = (wide[:-1] << _WIDTH | wide[1:]) * _PAIR
    hashed = (pairs >> _WIDTH).astype(np.uint32)
    smallest: np.ndarray = np.multiply.outer(hashed, _FACTORS).min(axis=0)
    return smallest


def keys(text: str) -> list[int]:
    """The keys of the text's bands (分段键), signed numbers of 64 bits; none for a text without signs.

    >>> one, other = keys("请公开市中区2021年老旧小区改造名单"), keys("申请公开市中区2021年老旧小区改造名单")
    >>> set(one).isdisjoint(other), keys("，。")
    (False, [])
    """
    smallest = signature(text)
    if not smallest.size:
        return []
    folded = (smallest.reshape(BANDS, ROWS) * _FOLDS).sum(axis=1, dtype=np.uint64)
    folded ^= folded >> np.uint64(29)
    found: list[int] = (folded * _PLACES).view(np.int64).tolist()
    return found


def likeness(one: str, other: str) -> float:
    """How much two texts are alike, 0 to 1 (相似度): the share of signs that stand in both, in order.

    >>> likeness("请公开2021年预算", "请公开２０２１年，预算！"), likeness("预算", "水库")
    (1.0, 0.0)
    """
    return fuzz.ratio(plain(one), plain(other)) / 100


def near(one: str, other: str) -> bool:
    """Whether two texts count as nearly the same (是否相近)."""
    return likeness(one, other) >= NEAR
