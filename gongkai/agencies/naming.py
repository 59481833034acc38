"""名称归一: the forms under which one and the same unit is written, as pure functions on text."""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

#: endings that are written long or short at will; the long form becomes the short one
ENDINGS = (
    (re.compile(r"镇人民政府$|镇政府$"), "镇"),
    (re.compile(r"乡人民政府$|乡政府$"), "乡"),
    (re.compile(r"街道办事处$|街道办$"), "街道"),
    (re.compile(r"人民政府"), "政府"),
    (re.compile(r"管理委员会$"), "管委会"),
    (re.compile(r"委员会"), "委"),
    (re.compile(r"办公室$"), "办"),
)
ALIKE = 0.6  # below this, two names have nothing to do with each other
SUFFIX = re.compile(r"(?:管委会|分局|局|委|办|部|处|厅|院|中心|公司|集团)$")
BRACKETED = re.compile(r"\([^()]*\)")


def plain(name: str) -> str:
    """One spelling of widths, spaces, brackets and endings (统一写法).

    >>> plain("区政府 办公室"), plain("齐村镇人民政府"), plain("区政府办公室（政务公开办）")
    ('区政府办', '齐村镇', '区政府办(政务公开办)')
    """
    text = "".join(unicodedata.normalize("NFKC", name).split()).strip("。、,;.")
    text = text.translate(str.maketrans("〔〕[]【】", "()()()"))
    core, *rest = re.split(r"(?=\()", text, maxsplit=1)
    for long, short in ENDINGS:
        core = long.sub(short, core)
    return core + "".join(rest)


def forms(name: str, district: str) -> list[str]:
    """The forms of *name* to look up (可比写法), surest first: as it is, then without the district's prefix.

    >>> forms("市中区发展和改革局", "市中区"), forms("区发改局", "市中区")
    (['市中区发展和改革局', '发展和改革局'], ['区发改局', '发改局'])
    >>> forms("枣庄市生态环境局市中分局", "市中区")
    ['枣庄市生态环境局市中分局', '生态环境分局']
    """
    whole = plain(name)
    found = [whole] if whole.startswith("各") else [whole, BRACKETED.sub("", whole)]
    found += [bare for form in found for bare in (_bare(form, district), _branch(form, district))]
    return [form for form in dict.fromkeys(found) if form]


def _bare(name: str, district: str) -> str:
    """*name* without 市中区, 枣庄市市中区 or a lone 区 before it (省略区划前缀)."""
    if not district:
        return name
    whole = rf"(?:中共)?(?:[一-鿿]{{2,4}}[省市])?{re.escape(district)}(?:政府(?=.+街道$))?"
    return re.sub(rf"^{whole}|^{district[-1]}", "", name)


def _branch(name: str, district: str) -> str:
    """市…局市中分局 as the district itself writes it: …分局."""
    whole = re.fullmatch(rf"(?:[一-鿿]{{2,3}}市|市)?(.+?)局{re.escape(district[:-1])}分局", name)
    return f"{whole[1]}分局" if district and whole else ""


def abbreviates(short: str, long: str) -> bool:
    """Whether *short* may be drawn from *long* (简称): same first and last sign, the rest in order.

    >>> abbreviates("人社局", "人力资源和社会保障局"), abbreviates("发改局", "财政局")
    (True, False)
    """
    if not 1 < len(short) < len(long) or (short[0], short[-1]) != (long[0], long[-1]):
        return False
    signs = iter(long)
    return all(sign in signs for sign in short)


@lru_cache(maxsize=4096)
def stem(name: str) -> str:
    """*name* without its organ ending (机构词干): 旅发委 and 旅发局 share 旅发."""
    return SUFFIX.sub("", name)


def same_but_ending(one: str, other: str) -> bool:
    """Whether two names differ in no more than the organ's ending, shortened or not (仅机构后缀不同).

    >>> same_but_ending("旅发委", "旅发局"), same_but_ending("卫健委", "卫生健康局")
    (True, True)
    """
    stems = sorted((stem(one), stem(other)), key=len)
    if len(stems[0]) < 2:
        return False
    signs = iter(stems[1])
    return stems[0][0] == stems[1][0] and all(sign in signs for sign in stems[0])


def likeness(one: str, other: str) -> float:
    """How alike two names are written (相似度), from 0 to 1; 0 at once where they share few signs."""
    if 2 * len(set(one) & set(other)) < ALIKE * (len(one) + len(other)):
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
