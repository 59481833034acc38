"""A district in the middle of its year: one record of every kind in every state that a page waits for."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.urls import reverse

from gongkai.accounts.models import Post, User
from gongkai.administration.services import accounts
from gongkai.agencies.models import Group, Unit, UnitName
from gongkai.demo.district import ADMINISTRATOR_CODE, OFFICE_CODE, build_district, build_staff
from gongkai.documents.models import Column, Topic
from gongkai.documents.services import papers, publication
from gongkai.ledger.models import Assignment, Plan, PlanImport, Report, Task
from gongkai.ledger.services import (
    assignments,
    evidence,
    extensions,
    feedback,
    lookback,
    notices,
    plans,
    reports,
    supervision,
)
from gongkai.ledger.services.importing import start_import
from tests.addresses import Place
from tests.browser.registers import Registers
from tests.browser.shelves import Shelves

TODAY = date(2021, 9, 15)
#: what an address is about: a record, or the parts of the address themselves
About = Model | dict[str, Any]
PDF = b"%PDF-1.7 evidence"
TEXT = """2021年示例区政务公开工作要点

一、深化重点领域信息公开

1.做好重点项目建设信息公开。（责任单位：区发改局）

2.推进部门预算决算公开，9月30日前完成。（责任单位：区财政局牵头，区发改局配合）

二、强化基础建设

3.开展业务培训，做好信息报送工作。（责任单位：各镇人民政府、区财政局）

4.按季度通报网站运行情况。（责任单位：区大数据局等部门）
"""


class World:
    """The records, and which of them each address is about."""

    def __init__(self) -> None:
        build_staff(build_district())
        self.office = User.objects.get(username=OFFICE_CODE)
        self.officer = User.objects.get(username="fagai")
        self.approver = User.objects.get(username="fagai-fzr")
        self.unit = self.officer.held[0].unit
        self.plan = self._plan(2021)
        self.records: dict[str, About | list[About]] = {}
        self._plans()
        self._imports()
        self._reports()
        self._supervision()
        self._lookback()
        self._people()
        self._papers()
        self.records |= Shelves(self.unit, self.officer, self.approver, self.office).records
        self.records |= Registers(self.unit, self.officer, self.office).records
        self.records["paper"] = [self.records["papers/"], *self.records["structured papers"]]
        notices.raise_notices(TODAY)

    # --- the year ------------------------------------------------------------------------------

    def _plan(self, year: int) -> Plan:
        started = date(year, 4, 1)
        plan = plans.create_plan(
            year=year, title=f"{year}年市中区政务公开工作要点", by=self.office, today=started
        )
        for number, heading in enumerate(("一、深化重点领域信息公开", "二、强化基础建设", "三、抓好落实")):
            section = plans.add_section(plan, heading=heading, by=self.office)
            for step in range(3):
                self._task(plan, f"{number * 3 + step + 1}", section, started)
        return plan

    def _task(self, plan: Plan, number: str, section: Any, day: date) -> Task:
        task = plans.add_task(
            plan,
            section=section,
            number=number,
            text="公开重大建设项目批准和实施信息，按季度更新，方便企业和群众查阅。",
            cycle="fixed",
            due_on=date(plan.year, 9, 10 if number in "14" else 30),
            by=self.office,
            today=day,
        )
        for unit in [self.unit, *Unit.objects.filter(kind="street")[:3]]:
            assignments.assign(task, unit=unit, part="each", by=self.office, today=day)
        return task

    def _plans(self) -> None:
        draft = plans.copy_plan(
            self.plan, year=2022, title="2022年市中区政务公开工作要点", by=self.office, today=TODAY
        )
        self.plan = plans.issue_plan(self.plan, by=self.office, today=date(2021, 4, 5))
        task = self.plan.tasks.last()
        said = feedback.receive_feedback(
            self.plan, text="建议公布办事电话。", at=datetime(2021, 9, 14, tzinfo=ZoneInfo("UTC"))
        )
        self.records |= {
            "staff/plans/": self.plan,
            "plan_issue": draft,
            "staff/tasks/": task,
            "staff/feedback/": said,
            "progress/": self.plan,
            "progress/tasks/": self.plan.tasks.first(),
        }

    def _imports(self) -> None:
        revised = TEXT.replace("四、", "").replace("9月30日前", "10月31日前")
        self.records |= {
            "staff/plans/imports/": start_import(by=self.office, text=TEXT),
            "import_changes": start_import(by=self.office, text=revised, revises=self.plan),
        }

    def _mine(self) -> list[Assignment]:
        return list(Assignment.objects.filter(task__plan=self.plan, unit=self.unit).order_by("id"))

    def _reports(self) -> None:
        mine = self._mine()
        made = {state: self._report(each, state) for state, each in zip(STATES, mine[1:], strict=False)}
        asked = extensions.ask_extension(
            mine[0], until_on=date(2021, 11, 30), reason="需要核对材料。", by=self.officer, today=TODAY
        )
        proof = made["accepted"].evidence.get()
        self.records |= {
            "staff/assignments/": mine[7],
            "staff/extensions/": asked,
            "staff/evidence/": proof,
            "progress/evidence/": proof,
            **dict.fromkeys(["report_edit", "report_send"], made["draft"]),
            **dict.fromkeys(["report_recall", "report_sign", "report_send_back"], made["sent"]),
            **dict.fromkeys(["report_accept", "report_return"], made["signed"]),
        }

    def _report(self, of: Assignment, state: str) -> Report:
        made = reports.write_report(
            of, text="已公开12条，公开率100%。", completes=True, by=self.officer, today=TODAY
        )
        upload = SimpleUploadedFile("公开清单.pdf", PDF)
        evidence.attach(made, title="公开清单", upload=upload, public=True, by=self.officer)
        acts = STATES.index(state)
        if acts >= STATES.index("sent"):
            made = reports.send_report(made, by=self.officer, today=TODAY)
        if acts >= STATES.index("signed"):
            made = reports.sign_report(made, by=self.approver, today=TODAY)
        if state == "accepted":
            made = reports.accept_report(made, by=self.office, today=TODAY)
        if state == "returned":
            made = reports.return_report(made, reason="请补充公开网址。", by=self.office, today=TODAY)
        return made

    def _supervision(self) -> None:
        self.records["staff/supervision/"] = supervision.open_supervision(
            unit=self.unit,
            assignments=self._mine()[:1],
            demand="请于限期前报送整改情况。",
            answer_by=date(2021, 9, 22),
            by=self.office,
            today=TODAY,
        )

    def _lookback(self) -> None:
        last = self._plan(2020)
        plans.issue_plan(last, by=self.office, today=date(2020, 4, 5))
        last = plans.close_plan(last, by=self.office, today=date(2021, 1, 15))
        looked = lookback.start_lookback(last, by=self.office, today=TODAY)
        unchecked, ordered = looked.entries.filter(assignment__unit=self.unit)[:2]
        by_office = {"by": self.office, "today": TODAY}
        lookback.order_entry(ordered, finding="栏目没有更新", mend_by=date(2021, 10, 15), **by_office)
        self.records |= {
            "plan_reopen": last,
            "plan_copy": last,
            "staff/lookback/start/": last,
            "staff/lookback/": looked,
            "staff/lookback/entries/": unchecked,
            "entry_mend": ordered,
        }

    # --- the district --------------------------------------------------------------------------

    def _people(self) -> None:
        administrator = User.objects.get(username=ADMINISTRATOR_CODE)
        gone = User.objects.get(username="caizheng")
        accounts.disable_account(gone, reason="已调离", by=administrator)
        self.records |= {
            "staff/units/": self.unit,
            "staff/units/names/": UnitName.objects.filter(unit=self.unit).first(),
            "staff/units/groups/": Group.objects.first(),
            "staff/people/": self.officer,
            "person_enable": gone,
            "staff/people/posts/": Post.objects.filter(user=self.officer).get(),
        }

    # --- the public site -----------------------------------------------------------------------

    def _papers(self) -> None:
        """A paper with two editions, in a column and in a topic."""
        column = Column.objects.create(name="政策文件", slug="policy", description="政策文件", statutory=True)
        topic = Topic.objects.create(name="营商环境", slug="topic", query={"words": "营商"}, lead=self.unit)
        moment = datetime(2021, 9, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
        first = papers.create_paper(
            unit=self.unit,
            title="关于优化营商环境的通知",
            by=self.officer,
            today=moment.date(),
            html="<h2>一、要求</h2><p>请认真落实。</p>",
            attribute="active",
            made_on=moment.date(),
        )
        paper = publication.put_live(first, by=self.officer, at=moment).paper
        paper.columns.add(column)
        again = papers.revise(paper, by=self.officer, today=moment.date(), note="更正文字")
        again = papers.edit_edition(again, by=self.officer, html="<h2>一、要求</h2><p>请抓紧落实。</p>")
        publication.put_live(again, by=self.officer, at=moment.replace(day=2))
        self.records |= {
            "papers/": paper,
            "columns/": column,
            "topics/": topic,
            "units/": self.unit,
        }

    def path(self, place: Place) -> str:
        """The address of *place* for the first record that it fits."""
        return self.paths(place)[0]

    def paths(self, place: Place) -> list[str]:
        """The addresses of *place* for every record that it fits."""
        if not place.parts:
            return [reverse(place.name)]
        found = self.records.get(place.name) or self.records[place.route.split("<")[0]]
        rows = found if isinstance(found, list) else [found]
        return [reverse(place.name, kwargs=given(row, place.parts)) for row in rows]


def given(record: About, parts: frozenset[str]) -> dict[str, Any]:
    """The *parts* of an address about a record."""
    if isinstance(record, dict):
        return record
    found: dict[str, Any] = {"pk": record.pk} if "pk" in parts else {}
    if "slug" in parts:
        assert isinstance(record, Column | Topic)
        found["slug"] = record.slug
    if "key" in parts:
        assert isinstance(record, PlanImport)
        found["key"] = record.rows[0]["key"]
    return found


STATES = ("draft", "sent", "signed", "accepted", "returned")
