"""演示书目: which papers the demo's units wrote in two years, as plain facts, before any of them is made."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from gongkai.demo.library.texts import Subject, Texts, subjects
from gongkai.demo.record_makers.inventor import Record

FIRST = date(2019, 11, 18)
GOVERNMENT, GOVERNMENT_OFFICE = "市中政发", "市中政办发"
#: how the number of a unit's papers begins, where it is not the short name without 区 and 局
CODES = {
    "qzfb": GOVERNMENT_OFFICE, "shangwu": "市中商投", "wenlv": "市中文旅", "tuiyi": "市中退役",
    "shenpi": "市中审批", "shichang": "市中市监", "zhifa": "市中执法", "xiangcun": "市中乡振",
    "huanbao": "市中环", "kaifaqu": "枣开管", "shuiwu": "市中水务", "jiaotong": "市中交",
    "fagai": "市中发改", "jiaoti": "市中教体", "keji": "市中科", "gongxin": "市中工信", "minzheng": "市中民",
    "sifa": "市中司", "caizheng": "市中财", "renshe": "市中人社", "zhujian": "市中住建", "nongye": "市中农",
    "weijian": "市中卫健", "yingji": "市中应急", "yibao": "市中医保", "ziran": "市中自资",
}  # fmt: skip
#: columns that take the notices of their own subject; the others stand among the policies
OWN_NOTICES = frozenset({"gaige", "gongkai", "jiaoyu", "jiuye", "yiliao", "jiuzhu", "anquan"})
PLACED = {"质量提升行动": "zhiliang", "消费维权": "zhiliang", "社会信用体系建设": "guihua"}
#: on the demo's last days drafts lie on desks, each at another stage
LEFT_AT = ("draft", "unit_review", "secrecy", "signing", "returned")
RULES_TERM = timedelta(days=365 * 5)
TRIAL_TERM = timedelta(days=365)


@dataclass
class Planned:
    """One paper to come (待发布信息): what it says, and when its officer begins it."""

    day: date
    unit: str
    title: str
    sort: str
    columns: list[str]
    theme: str
    html: str = ""
    code: str = ""  # how its number begins; nothing for a paper without a number
    commences_on: date | None = None
    expires_on: date | None = None
    normative: bool = False
    trial: bool = False
    for_government: bool = False
    attribute: str = "active"
    ground: str = ""
    ground_note: str = ""
    keywords: str = ""
    summary: str = ""
    form: str = ""
    record: Record | None = None
    shown_until: date | None = None
    reading: "Planned | None" = None
    replaces: str = ""  # the title of an earlier paper of the shelf
    amended_on: date | None = None


@dataclass
class Shelf:
    """Thinks up the papers of two years (编书目); the same seed thinks up the same.

    *names* are the printed names of the units by their codes.
    """

    chance: Random
    last: date
    names: Mapping[str, str]
    papers: list[Planned] = field(default_factory=list)

    def __post_init__(self) -> None:
        """One chance for days and words."""
        self.texts = Texts(self.chance)
        self.writers = [subject for subject in subjects() if not subject.only]

    def fill(self) -> list[Planned]:
        """Every paper without a structure of its own, in the order of days."""
        for subject in subjects():
            if subject.only:
                self._announce_all(subject)
                continue
            self._rules(subject)
            self._notices(subject)
            self._announcements(subject)
            self._answers(subject)
        self._statistics()
        self._annual()
        self._government()
        self._not_public()
        return sorted(self.papers, key=lambda paper: paper.day)

    def desks(self) -> list[Planned]:
        """What lies on desks on the demo's day: notices, and two sets of rules.

        The first ones are of one unit, so that each of its people who sign in finds something to do.
        """
        self.papers = []
        known = next(subject for subject in self.writers if subject.unit == "fagai")
        for place in range(len(LEFT_AT)):
            thing = f"四季度{known.things[place % len(known.things)]}"
            self._notice(known, thing, self.last)
        for subject in self.chance.sample(self.writers, k=12):
            self._notice(subject, subject.things[-1], self.last)
        for subject in self.chance.sample(self.writers, k=2):
            self._rules_paper(
                subject, subject.things[1], f"市中区{subject.things[1]}实施办法", self.last, trial=True
            )
        return self.papers

    def _day(self, first: date = FIRST, last: date | None = None) -> date:
        span = ((last or self.last - timedelta(days=12)) - first).days
        return first + timedelta(days=self.chance.randrange(max(span, 1)))

    def _add(self, subject: Subject, day: date, title: str, sort: str, column: str, html: str) -> Planned:
        paper = Planned(day, subject.unit, title, sort, [column], subject.theme, html)
        self.papers.append(paper)
        return paper

    def _rules(self, subject: Subject) -> None:
        """The unit's rules with their reading; every third on trial, some amended, some replaced."""
        thing = subject.things[0]
        place = sum(paper.normative for paper in self.papers) % 4
        trial = place == 1
        name = f"市中区{_named(thing, '管理办法')}{'（试行）' if trial else ''}"
        day = self._day(FIRST, date(2020, 9, 1))
        paper = self._rules_paper(subject, thing, name, day, trial=trial)
        if place == 2:
            paper.amended_on = self._day(date(2021, 3, 1), date(2021, 9, 1))
        if place == 3:
            again = self._rules_paper(
                subject, thing, name, self._day(date(2021, 2, 1), date(2021, 10, 30)), trial=False
            )
            again.title = again.title.replace("管理办法", "管理办法（2021年修订）")
            again.replaces = paper.title

    def _rules_paper(self, subject: Subject, thing: str, name: str, day: date, *, trial: bool) -> Planned:
        commences = day + timedelta(days=45)
        expires = commences + (TRIAL_TERM if trial else RULES_TERM)
        unit = self.names[subject.unit]
        html = self.texts.rules(subject, thing, unit, day=_said(commences), term=_said(expires))
        title = f"{unit}关于印发《{name}》的通知"
        paper = self._add(subject, day, title, "rules", "guifanxing", html)
        paper.code, paper.normative, paper.trial = CODES[subject.unit], True, trial
        paper.commences_on, paper.expires_on = commences, expires
        paper.keywords = f"{thing},管理办法"
        paper.summary = f"规定{thing}的职责、标准、程序和监督。"
        text = self.texts.reading(subject, thing, unit, name)
        paper.reading = Planned(
            day,
            subject.unit,
            f"《{name}》解读",
            "reading",
            ["jiedu"],
            subject.theme,
            text,
            summary=f"说明《{name}》的背景、目的和主要内容。",
        )
        return paper

    def _notices(self, subject: Subject) -> None:
        for thing in subject.things:
            self._notice(subject, thing, self._day())

    def _notice(self, subject: Subject, thing: str, day: date) -> None:
        verb = self.chance.choice(("做好", "进一步加强", "扎实推进"))
        title = f"{self.names[subject.unit]}关于{verb}{_named(thing, '工作')}的通知"
        column = PLACED.get(thing, subject.column if subject.column in OWN_NOTICES else "zhengce")
        paper = self._add(subject, day, title, "notice", column, self.texts.notice(subject, thing))
        paper.code, paper.keywords = CODES[subject.unit], thing
        paper.summary = f"部署{thing}的总体要求、重点任务和组织实施。"

    def _announcements(self, subject: Subject) -> None:
        if subject.column in ("gaige", "gongkai"):
            return
        for thing in self.chance.sample(subject.things, k=min(2, len(subject.things))):
            day = self._day()
            title = f"{self.names[subject.unit]}关于{day.year}年{thing}有关事项的公告"
            text = self.texts.announcement(subject, thing, day.year)
            column = "zhengce" if subject.column in ("guihua", "butie") else subject.column
            self._add(subject, day, title, "announcement", column, text)

    def _announce_all(self, subject: Subject) -> None:
        """Every thing of a subject that only announces, in both years."""
        for thing in subject.things:
            for first in (FIRST, date(2021, 1, 4)):
                day = self._day(first, min(first + timedelta(days=300), self.last - timedelta(days=12)))
                title = f"{self.names[subject.unit]}关于{day.year}年{thing}的公告"
                text = self.texts.announcement(subject, thing, day.year)
                self._add(subject, day, title, "announcement", subject.column, text)

    def _answers(self, subject: Subject) -> None:
        if self.chance.random() < 0.5:
            day = self._day(date(2021, 5, 10), date(2021, 9, 20))
            number = self.chance.randrange(1, 180)
            thing = self.chance.choice(subject.things)
            title = f"{self.names[subject.unit]}对区十八届人大五次会议第{number}号建议的答复（{thing}）"
            self._add(subject, day, title, "answer", "tian", self.texts.answer(subject, thing))

    def _statistics(self) -> None:
        for year, months in ((2020, range(1, 13)), (2021, range(2, 11))):
            for month in months:
                day = date(year + month // 12, month % 12 + 1, 18)
                period = f"{year}年{month}月" if month < 2 else f"{year}年1—{month}月"
                text = self.texts.statistics(period)
                paper = Planned(
                    day, "tongji", f"{period}全区主要经济指标", "statistics", ["tongji"], "B", text
                )
                self.papers.append(paper)

    def _annual(self) -> None:
        """The district's yearly reports on open government, each with its reading (年度报告)."""
        writer = next(subject for subject in self.writers if subject.column == "gongkai")
        body = self.names[writer.unit]
        for year in (2019, 2020):
            day = date(year + 1, 3, 18)
            name = f"市中区人民政府{year}年政府信息公开工作年度报告"
            html = self.texts.annual(writer, year)
            paper = self._add(writer, day, name, "annual", "gongkai", html)
            paper.summary = f"{year}年主动公开、依申请公开、信息管理、平台建设和监督保障情况。"
            text = self.texts.reading(writer, "政务公开", body, name)
            paper.reading = Planned(day, writer.unit, f"图解：{name}", "reading", ["jiedu"], "A", text)

    def _government(self) -> None:
        """Papers in the name of the district government, drafted by a bureau, most with a reading."""
        chosen = self.chance.sample(self.writers, k=20)
        for place, subject in enumerate(chosen):
            thing = subject.things[-1]
            day = self._day()
            office = place % 3 == 2
            name = f"市中区{thing}{'实施意见' if place % 2 else '行动方案'}"
            body = "市中区人民政府办公室" if office else "市中区人民政府"
            title = f"{body}关于印发《{name}》的通知"
            paper = self._add(
                subject,
                day,
                title,
                "opinion" if place % 2 else "notice",
                "zhengce",
                self.texts.notice(subject, thing),
            )
            paper.code = GOVERNMENT_OFFICE if office else GOVERNMENT
            paper.for_government, paper.keywords = True, thing
            paper.summary = f"全区{thing}的目标、任务和责任分工。"
            if place % 4:
                text = self.texts.reading(subject, thing, self.names[subject.unit], name)
                paper.reading = Planned(
                    day, subject.unit, f"图文解读：《{name}》", "reading", ["jiedu"], subject.theme, text
                )

    def _not_public(self) -> None:
        """Some papers that are not public, with their ground: they never reach the site."""
        grounds = (
            ("request", "16-2a", "属于征求意见阶段的过程性信息，正式文件印发后公开"),
            ("closed", "16-1", "属于本机关内部工作流程，不涉及公众权利义务"),
            ("closed", "15", "含有企业商业秘密，第三方不同意公开"),
        )
        for place, subject in enumerate(self.chance.sample(self.writers, k=9)):
            attribute, ground, note = grounds[place % 3]
            thing = subject.things[0]
            title = f"{self.names[subject.unit]}关于{thing}工作内部分工的通知"
            paper = self._add(
                subject, self._day(), title, "notice", "zhengce", self.texts.notice(subject, thing)
            )
            paper.attribute, paper.ground, paper.ground_note = attribute, ground, note
            paper.code = CODES[subject.unit]


def _named(thing: str, word: str) -> str:
    """*thing* followed by *word*, without saying the same twice: 政府采购管理办法, 政务公开工作."""
    begins = 2 if thing.endswith(word[:2]) else 0
    return thing + word[begins:]


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass
class Numbers:
    """Gives each code its running numbers year by year (发文字号)."""

    given: Counter[tuple[str, int]] = field(default_factory=Counter)

    def draw(self, code: str, day: date) -> str:
        """The next number of *code* in the year of *day*."""
        self.given[code, day.year] += 1
        return f"{code}〔{day.year}〕{self.given[code, day.year]}号"
