"""演示文库事件: what else happens to papers: errata, topics, leaving, a clean-up, a joint release."""

from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.demo.conduct import Staff
from gongkai.demo.library.librarian import Librarian
from gongkai.demo.library.shelf import Planned
from gongkai.documents.models import Paper, Topic
from gongkai.documents.services import cleanups, columns, countersigns, errata, leaving, way, words
from gongkai.documents.states import Departure
from gongkai.frame.today import now
from gongkai.search.services import add_synonym

ERRATA = (
    ("咨询电话打不通，请核对。", "电话已核对更正，感谢您的提醒。", 40),
    ("第二条里“以经”应为“已经”。", "经核对，原文无此处表述，可能为转载错误。", 22),
    ("附件里的日期和正文对不上，请看一看。", "", 1),
    ("能不能写明在哪个窗口办理？", "", 3),
)
SYNONYMS = ("社保、社会保险", "低保、最低生活保障", "医保、医疗保险", "养老金、基本养老保险")
SENSITIVE = "市中区卫生健康局关于近期疫情防控有关信息的公告"


@dataclass
class Happenings:
    """Events around papers (文库事件), each on its day."""

    librarian: Librarian

    def expect(self) -> None:
        """Put them on the clock; the office's list of wrong wordings stands before the first paper."""
        words.add_starter(by=self.librarian.office)
        at, last = self.librarian.year.at, self.librarian.year.last
        for number, (text, reply, ago) in enumerate(ERRATA):
            at(last - timedelta(days=ago), lambda _day, n=number, t=text, r=reply: self._err(n, t, r))  # type: ignore[misc]
        for ago in (200, 120, 60, 5):
            at(last - timedelta(days=ago), self._propose)
        at(date(2021, 1, 12), self._say_the_same)
        at(date(2021, 3, 2), self._leave)
        at(date(2021, 10, 25), self._clean_up)
        at(last - timedelta(days=1), self._joint)
        at(last - timedelta(days=1), self._schedule)

    def _say_the_same(self, day: date) -> None:
        """The office teaches the search what people call things."""
        for same in SYNONYMS:
            add_synonym(words=same, by=self.librarian.office, today=day)

    def _live(self, **where: object) -> list[Paper]:
        return list(Paper.objects.public(now().date()).filter(**where).select_related("unit").order_by("id"))

    def _err(self, number: int, text: str, reply: str) -> None:
        """A reader points at a fault; two were answered, one is still in time, one is late."""
        paper = self._live(sort="notice")[7 * number]
        row = errata.receive_erratum(paper, text=text, at=now(), address=paper.get_absolute_url())
        if not reply:
            return
        officer = self._staff(paper).officer
        answer = errata.decline_erratum if number else errata.mend_erratum
        later = now().date() + timedelta(days=1)
        self.librarian.year.at(later, lambda _day: answer(row, reply=reply, by=officer, at=now()))

    def _propose(self, day: date) -> None:
        """Units put their newest fitting paper forward for each topic; the lead accepts all but the last."""
        for topic in Topic.objects.prefetch_related("units"):
            for unit in topic.units.all():
                paper = (
                    Paper.objects.public(now().date())
                    .filter(unit=unit)
                    .exclude(pins__topic=topic)
                    .newest()
                    .first()
                )
                if paper is None:
                    continue
                pin = columns.propose(topic, paper, by=self._staff(paper).officer, today=day)
                if day < self.librarian.year.last - timedelta(days=10):
                    lead = self.librarian.staff_of(topic.lead_id)
                    columns.accept(pin, by=lead.approver, today=day)

    def _leave(self, _day: date) -> None:
        """One paper put up by mistake, one merged into another, one withdrawn."""
        notices = self._live(sort="notice")
        error, merged, into, withdrawn = notices[3], notices[8], notices[9], notices[14]
        leaving.remove(
            error, how=Departure.ERROR, note="重复发布，已撤下。", by=self._staff(error).approver, at=now()
        )
        leaving.remove(
            merged,
            how=Departure.MERGED,
            note="内容并入后续文件。",
            into=into,
            by=self._staff(merged).approver,
            at=now(),
        )
        leaving.remove(
            withdrawn,
            how=Departure.WITHDRAWN,
            note="因政策调整撤回，原文供查阅。",
            by=self._staff(withdrawn).approver,
            at=now(),
        )

    def _clean_up(self, day: date) -> None:
        """The year's clean-up is under way: some units have judged their papers, others not yet."""
        begun = cleanups.start_cleanup(
            title="2021年度行政规范性文件清理",
            since=date(2016, 1, 1),
            until=day,
            by=self.librarian.office,
            today=day,
            normative_only=True,
        )
        for place, entry in enumerate(begun.entries.select_related("paper__unit")):
            if place % 5 == 4:
                continue
            verdict, reason = ("repeal", "依据的上级文件已废止。") if place % 9 == 7 else ("keep", "")
            officer = self._staff(entry.paper).officer
            cleanups.judge_entry(entry, verdict=verdict, reason=reason, by=officer, today=day)

    def _joint(self, day: date) -> None:
        """A sensitive announcement that three units have to agree to before it goes out."""
        paper = Planned(day, "weijian", SENSITIVE, "announcement", ["yiliao"], "L")
        paper.html = "<p>经会商研判，现将有关情况公告如下。请广大居民以本公告为准，不信谣、不传谣。</p>"
        edition = self.librarian.draft(paper, day)
        staff = self.librarian.staff
        for code in ("yingji", "gongan", "xuanchuan"):
            countersigns.ask_countersign(
                edition, unit=self.librarian.units[code], by=staff["weijian"].officer
            )
        self.librarian.review(edition, staff["weijian"], until="countersign")
        agreed = edition.countersigns.get(unit=self.librarian.units["yingji"])
        countersigns.agree(agreed, by=staff["yingji"].approver, at=now(), remark="同意发布。")

    def _schedule(self, day: date) -> None:
        """A notice that goes live by itself in some days."""
        staff = self.librarian.staff["jiaoti"]
        paper = Planned(
            day, "jiaoti", "市中区教育和体育局关于寒假期间学校场地开放的公告", "announcement", ["jiaoyu"], "J"
        )
        paper.html = "<p>寒假期间，下列学校的室外运动场地向居民免费开放，开放时间为每日八时至十七时。</p>"
        edition = self.librarian.draft(paper, day)
        self.librarian.review(edition, staff, until="signing")
        way.sign(edition, by=staff.approver, at=now(), when=now() + timedelta(days=5), proofread=True)

    def _staff(self, paper: Paper) -> Staff:
        return self.librarian.staff_of(paper.unit_id)
