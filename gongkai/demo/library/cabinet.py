"""演示结构化书目: budgets of every unit, subsidy lists of every town, projects, lists of powers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from gongkai.demo.conduct import SLOW
from gongkai.demo.library.shelf import Planned
from gongkai.demo.records import invented_record, title
from gongkai.rules.structured import declaration, normalise, shown_until

#: where each kind stands: column, theme
PLACES = {
    "plan_series": ("guihua", "B"),
    "project": ("xiangmu", "B"),
    "fees": ("shoufei", "C"),
    "budget": ("yusuan", "C"),
    "subsidy": ("butie", "E"),
    "powers": ("quanze", "P"),
    "organ": ("jigou", "A"),
    "measures": ("zhengce", "B"),
    "supervision": ("jiancha", "G"),
    "enforcement": ("chufa", "P"),
    "jobs": ("jiuye", "N"),
    "admission": ("jiaoyu", "J"),
    "relief": ("jiuzhu", "M"),
    "standards": ("jiuzhu", "M"),
    "permits": ("huanjing", "H"),
    "actions": ("huanjing", "H"),
    "registration": ("zhengdi", "D"),
    "accident": ("anquan", "P"),
}
#: the day from which a kind is published, the first that a record has
EVENTS = (
    "approved_on", "decided_on", "formed_on", "published_on", "notice_from", "reported_on", "plan_on",
    "changed_on", "report_on",
)  # fmt: skip
BODIES = (
    "fagai",
    "jiaoti",
    "gongxin",
    "minzheng",
    "renshe",
    "zhujian",
    "nongye",
    "shichang",
    "yingji",
    "shenpi",
)
ENFORCERS = ("shichang", "zhifa", "huanbao", "yingji", "jiaotong", "weijian")
TOWNS = ("shuiguo", "mengzhuang", "qicun", "yongan", "xiwangzhuang")
VILLAGES = ("东村", "西村", "南园村", "北庄村")
#: the first working day on which the demo's units publish anything
OPENED = date(2019, 1, 7)
#: the demo lets these gaps stand, so that the matrix has red cells
NO_BUDGET = frozenset({"kuangqu", "xinfang", "dangan"})
OF_DISTRICT = ("fagai", "gongxin", "zhujian", "jiaotong")


@dataclass(frozen=True, slots=True)
class Filed:
    """One record to invent (结构化信息): its kind, unit, year, and which of several it is."""

    code: str
    unit: str
    year: int
    number: int = 0


def filed(units: Mapping[str, str]) -> Iterator[Filed]:
    """Which records the demo's units file; *units* are the codes and kinds of those that spend money."""
    for code in units:
        yield from (Filed("budget", code, year, 0) for year in (2019, 2020))
        yield Filed("budget", code, 2019, 1)
        if code not in NO_BUDGET:
            yield Filed("budget", code, 2020, 1)
        if code != "kuangqu":
            yield Filed("budget", code, 2021, 0)
    for year in (2019, 2020):
        yield from (Filed("budget", "caizheng", year, number) for number in (2, 3, 4))
    yield Filed("budget", "caizheng", 2021, 2)
    yield Filed("fees", "caizheng", 2020)
    yield Filed("fees", "caizheng", 2021)
    for place, town in enumerate(TOWNS):
        for year in (2020, 2021):
            yield Filed("subsidy", town, year, place)
            yield Filed("subsidy", town, year, place + 1)
        yield Filed("relief", town, 2021, place)
        yield Filed("jobs", town, 2021, place)
    for number in range(8):
        yield Filed("project", OF_DISTRICT[number % 4], 2020 + number % 2, number)
        yield Filed("plan_series", "fagai", 2021, number)
    for body in BODIES:
        yield Filed("powers", body, 2020, 0)
        yield Filed("powers", body, 2021, 1)
        yield Filed("organ", body, 2021)
    for number in range(18):
        yield Filed("enforcement", ENFORCERS[number % 6], 2020 + number // 9, number)
    for place, code in enumerate(("measures", "measures", "measures")):
        yield Filed(code, ("fagai", "shenpi", "shuiwuju")[place], 2021, place)
    for code, unit, count in (
        ("supervision", "shichang", 1),
        ("admission", "jiaoti", 3),
        ("standards", "minzheng", 2),
        ("permits", "huanbao", 1),
        ("actions", "huanbao", 3),
        ("registration", "ziran", 4),
        ("accident", "yingji", 2),
    ):
        for number in range(count):
            yield Filed(code, unit, 2021, number)


def structured(
    chance: Random, last: date, names: Mapping[str, str], spending: Mapping[str, str]
) -> list[Planned]:
    """Every structured paper of the demo, in the order of days (结构化书目)."""
    found = (_planned(each, chance, last, names) for each in filed(spending))
    seen: set[tuple[str, str]] = set()
    kept = []
    for paper in found:
        if paper and (paper.unit, paper.title) not in seen:
            seen.add((paper.unit, paper.title))
            kept.append(paper)
    return sorted(kept, key=lambda paper: paper.day)


def _planned(each: Filed, chance: Random, last: date, names: Mapping[str, str]) -> Planned | None:
    known = declaration(each.code)
    if known is None:
        raise KeyError(each.code)
    name = names[each.unit]
    villages = [
        f"{names[each.unit].removeprefix('市中区').removesuffix('人民政府')}{village}" for village in VILLAGES
    ]
    made = invented_record(each.code, chance, name, each.year, villages, number=each.number)
    record, _faults = normalise(known, made)
    event = next((made["values"][key] for key in EVENTS if made["values"].get(key)), None)
    begun = date.fromisoformat(event) if event else date(each.year, 6, 1)
    late = chance.randrange(25, 40) if each.unit in SLOW else chance.randrange(1, 12)
    day = max(begun + timedelta(days=late), OPENED)
    if day > last - timedelta(days=9):
        return None
    column, theme = PLACES[each.code]
    said = title(each.code, made)
    heading = said if name in said or each.code not in ("budget",) else f"{name}{said}"
    return Planned(
        day,
        each.unit,
        heading,
        known.sort,
        [column],
        theme,
        form=each.code,
        record=record,
        shown_until=shown_until(known, record) if known.show else None,
        summary=known.note,
        keywords=known.name,
    )
