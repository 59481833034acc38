"""Time limits (完成时限): found in a sentence or read from a column, and turned into days."""

import calendar
import datetime
import re
from dataclasses import dataclass

from gongkai.ledger.reader.numerals import chinese_number
from gongkai.ledger.reader.plan import DeadlineKind

_YEAR = r"(?:(?P<year>(?:19|20)\d\d)年|(?P<rel>今年|本年度?|当年|明年|次年))"
_MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])[日号]"
_BEFORE = r"(?:以前|之前|前)"
_QUARTER = r"(?:第?(?P<quarter>[一二三四1-4])季度)"


def _bare(pattern: str) -> str:
    """A pattern without its names, to be used again beside itself."""
    return re.sub(r"\?P<\w+>", "?:", pattern)


#: A time limit inside a sentence must say that it is one: 前, 底, 末 or 内.
_IN_PROSE = re.compile(
    rf"(?:{_YEAR}年?)?(?<![0-9])(?:{_bare(_MONTH)}(?:(?:{_bare(_DAY)}|[上中下]旬|[底末]|初)?{_BEFORE}|[底末])"
    rf"|{_bare(_QUARTER)}(?:[底末]{_BEFORE}?|{_BEFORE})|[上下]半年(?:[底末]{_BEFORE}?|{_BEFORE}|内))"
    rf"|(?P<yearend>(?:19|20)\d\d年|今年|本年|当年|明年)年?(?:[底末]{_BEFORE}?|内(?![部容外])|{_BEFORE})"
    rf"|(?<![0-9一二三四五六七八九十两几数多每近往历后百])年(?:[底末]{_BEFORE}|内(?![部容外]))"
    r"|(?<=[到至于在])年[底末]"
    rf"|每个?(?:半年|季度|季|月|年)度?(?:\d{{1,2}}月)?(?:\d{{1,2}}[日号]|[底末初])?{_BEFORE}"
)


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit inside a text (时限): from where to where, what kind and which day."""

    start: int
    end: int
    kind: DeadlineKind
    date: datetime.date | None


def limits_in_prose(key: str, start: int, end: int, year: int | None) -> list[Limit]:
    """Time limits in running text (正文中的时限); neither periods (5年内) nor rules (5小时内)."""
    found: list[Limit] = []
    seen: set[str] = set()
    for match in _IN_PROSE.finditer(key, start, end):
        if _looks_back(key, match, year) or match[0] in seen:
            continue
        seen.add(match[0])
        kind, day = read_limit(match[0], year)
        found.append(Limit(match.start(), match.end(), kind, day))
    return found


_BACKWARD = ("截至", "截止", "自", "从", "对", "对于")


def _looks_back(key: str, match: re.Match[str], year: int | None) -> bool:
    """Whether the words look back (截至2019年底, 2016年前制定的) instead of setting a limit."""
    before = key[max(0, match.start() - 2) : match.start()]
    printed = match["year"] or (match["yearend"] or "")[:4]
    past = printed.isdigit() and year is not None and int(printed) < year
    return past and (before.endswith(_BACKWARD) or key[match.end() : match.end() + 1] not in ",;。、")


_KINDS = (
    (DeadlineKind.QUARTERLY, re.compile(r"每个?季度?|按季|逐季|季度末?报")),
    (DeadlineKind.HALFYEAR, re.compile(r"每半年|半年一次|每年两次")),
    (DeadlineKind.MONTHLY, re.compile(r"每个?月|按月|逐月|月报")),
    (
        DeadlineKind.YEARROUND,
        re.compile(
            r"全年|长期|常年|持续|常态|经常|日常|贯穿|始终|动态|实时|即时|及时|每日|每周|不间断|定期|随时|年度工作|同步推进"
        ),
    ),
)
_DATES = re.compile(
    rf"(?:{_YEAR}(?:年)?)?(?:{_MONTH}(?:{_DAY}|(?P<third>[上中下])旬|(?P<edge>[底末初]))?|{_QUARTER}|(?P<half>[上下]半年)|"
    rf"(?P<end>年?[底末])|(?P<within>年?内))?(?P<before>{_BEFORE})?"
)
_DOTTED = re.compile(r"(?P<year>(?:19|20)\d\d)[./-](?P<month>\d{1,2})(?:[./-](?P<day>\d{1,2}))?")


def read_limit(key: str, year: int | None) -> tuple[DeadlineKind, datetime.date | None]:
    """What kind of limit a printed one is, and its last day if it has one (解读时限).

    >>> [str(read_limit(t, 2021)[1]) for t in ("2021年年底前", "6月底前", "第三季度末", "3月15日前")]
    ['2021-12-31', '2021-06-30', '2021-09-30', '2021-03-15']
    >>> [read_limit(t, 2021)[0].value for t in ("每季度末前", "长期坚持", "视情况")]
    ['quarterly', 'yearround', 'unknown']
    """
    days = [day for day in (_day(match, year) for match in _dates(key)) if day]
    repeated = next((kind for kind, words in _KINDS if words.search(key)), None)
    if repeated and repeated is not DeadlineKind.YEARROUND:
        return repeated, None
    if days:
        return DeadlineKind.FIXED, max(days)
    if repeated:
        return repeated, None
    if re.search(r"^每年", key):
        return DeadlineKind.YEARROUND, None
    return DeadlineKind.UNKNOWN, None


def _dates(key: str) -> list[re.Match[str]]:
    dotted = list(_DOTTED.finditer(key))
    return dotted or [match for match in _DATES.finditer(key) if match[0]]


def _day(match: re.Match[str], plan_year: int | None) -> datetime.date | None:
    parts = match.groupdict()
    year = _year_of(parts, plan_year)
    if year is None:
        return None
    if parts.get("month"):
        return _day_of_month(parts, year)
    if parts.get("quarter"):
        quarter = chinese_number(parts["quarter"]) or int(parts["quarter"])
        return _month_end(year, quarter * 3)
    if parts.get("half"):
        return _month_end(year, 6 if parts["half"] == "上半年" else 12)
    if parts.get("end") in ("年底", "年末") or (
        (parts.get("end") or parts.get("within")) and _has_year(parts)
    ):
        return datetime.date(year, 12, 31)
    if parts.get("within") == "年内" or _has_year(parts):
        return datetime.date(year, 12, 31) if not parts.get("before") or parts.get("within") else _eve(year)
    return None


def _has_year(parts: dict[str, str | None]) -> bool:
    return bool(parts.get("year") or parts.get("rel"))


def _year_of(parts: dict[str, str | None], plan_year: int | None) -> int | None:
    printed = parts.get("year")
    if printed:
        return int(printed)
    if plan_year is None:
        return None
    return plan_year + 1 if parts.get("rel") in ("明年", "次年") else plan_year


def _day_of_month(parts: dict[str, str | None], year: int) -> datetime.date | None:
    printed = parts["month"] or ""
    month = int(printed) if printed.isdigit() else chinese_number(printed)
    if not 1 <= month <= 12:
        return None
    last = _month_end(year, month)
    if parts.get("day"):
        day = int(parts["day"] or 0)
        return datetime.date(year, month, day) if 1 <= day <= last.day else last
    if parts.get("third") in ("上", "中") or parts.get("edge") == "初":
        return datetime.date(year, month, 20 if parts.get("third") == "中" else 10)
    if parts.get("before") and not parts.get("edge") and not parts.get("third"):
        return datetime.date(year, month, 1) - datetime.timedelta(days=1)
    return last


def _month_end(year: int, month: int) -> datetime.date:
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def _eve(year: int) -> datetime.date:
    return datetime.date(year - 1, 12, 31)


_BARE_MONTH = re.compile(
    rf"(?:^|[年前到于在])(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?{_BEFORE}"
)


def is_ambiguous(key: str) -> bool:
    """Whether a limit names a month and neither its day nor its end (4月前).

    >>> [is_ambiguous(t) for t in ("4月前", "2021年4月以前", "4月底前", "4月1日前")]
    [True, True, False, False]
    """
    return bool(_BARE_MONTH.search(key))


_LIMIT_ONLY = re.compile(
    rf"(?:(?:20\d\d年|今年|明年)?年?(?:\d{{1,2}}月|第?[一二三四1-4]季度|[上下]半年|[底末])?(?:\d{{1,2}}[日号]|[上中下]旬|[底末初])?{_BEFORE}?"
    r"(?:完成|实施|落实|到位|前?动工|开工|竣工|启动|建成|投用|投入使用|投产|交付)*|全年|全年(?:推进|实施)?|长期(?:坚持|推进|实施)?|持续(?:推进|实施|开展)?|常态化(?:推进|实施|开展)?|"
    r"每(?:季度|月|年|半年)|立行立改|即时|随时|及时|按(?:时限|要求|进度)(?:要求)?(?:完成)?|\d{1,2}月-\d{1,2}月|20\d\d[./-]\d{1,2}(?:[./-]\d{1,2})?)"
)


#: From one month to another: 2018年4月至2019年10月, 5月1日—5月31日.
_MONTH_DAY = r"(?:1[0-2]|0?[1-9])月(?:(?:3[01]|[12]\d|0?[1-9])[日号])?"
_STRETCH = re.compile(
    rf"(?:(?:19|20)\d\d年)?(?:{_MONTH_DAY}|\d{{1,2}})[-—–~至到]{{1,2}}(?:(?:19|20)\d\d年)?{_MONTH_DAY}底?"
)


def stretch_in(key: str, start: int, end: int) -> tuple[int, int] | None:
    """A stretch of months or days (起止时间), where it stands.

    >>> stretch_in("2018年4月至2019年10月深化提升", 0, 20), stretch_in("每月按期公开", 0, 6)
    ((0, 16), None)
    """
    match = _STRETCH.search(key, start, end)
    return match.span() if match else None


def is_limit(key: str) -> bool:
    """Whether a whole cell is a time limit (单元格是否为时限).

    >>> [is_limit(t) for t in ("2021年12月底前", "长期坚持", "推进信息公开")]
    [True, True, False]
    """
    return 2 <= len(key) <= 24 and bool(_LIMIT_ONLY.fullmatch(key.strip("。")))
