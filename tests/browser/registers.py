"""The registers of disclosure for the walk: catalogues, duties, findings, structured papers, an old site."""

import csv
import io
from dataclasses import replace
from datetime import date, datetime
from itertools import count
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from gongkai.accounts.models import User
from gongkai.agencies.models import Unit
from gongkai.demo.records import invented_record
from gongkai.disclosure.models import Catalogue, CatalogueRow, ColumnFinding, Duty, Field, RowChange
from gongkai.disclosure.services import catalogues, duties, guides, health
from gongkai.disclosure.services import rows as row_services
from gongkai.disclosure.views.figures import FIGURES, LISTED, documents
from gongkai.disclosure.views.figures import disclosure as figures
from gongkai.documents.models import Column, Edition, LegacyImport, Paper
from gongkai.documents.services import papers, publication, records
from gongkai.documents.services.legacy import acts, running
from gongkai.rules.catalogue import RowFacts
from gongkai.rules.figure import Scope
from gongkai.rules.structured import declaration, declarations, shown_until
from gongkai.search import services as search

MOMENT = datetime(2021, 9, 14, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = MOMENT.date()
#: the day of the walk
TODAY = date(2021, 9, 15)
VILLAGES = ("东村", "西村")
#: kinds whose lists across papers have a page of their own, which no code is part of
OVERVIEWS = ("budget", "subsidy", "project", "plan_series", "powers", "enforcement", "jobs")
ROW = RowFacts(
    1, "财政预决算", "部门预算", "收支总表", "《中华人民共和国预算法》", "批准后20日内", "区发改局"
)
HEADS = ("编号", "信息标题", "发布单位", "公开日期", "栏目", "正文内容", "网址")


class Registers:
    """What the rooms of disclosure, search and the old site keep (目录、职责、体检、结构化信息、迁移)."""

    def __init__(self, unit: Unit, writer: User, office: User) -> None:
        self.unit, self.writer, self.office = unit, writer, office
        self.column = Column.objects.get(slug="guides")
        self.town = Unit.objects.filter(kind="town")[0]
        self.clerk = User.objects.filter(posts__unit=self.town, posts__role="officer")[0]
        self._numbers = count()
        self.records: dict[str, Any] = {}
        self._structured()
        self._catalogues()
        self._duties()
        self._findings()
        self._figures()
        self._old_site()
        self._search()

    # --- structured papers ---------------------------------------------------------------------

    def _record(self, code: str, unit: Unit, number: int = 0) -> dict[str, Any]:
        """Invented values (演示内容) that are still on show."""
        known = declaration(code)
        assert known
        tried = (
            invented_record(code, Random(seed), unit.short_name, 2021, VILLAGES, number=number)
            for seed in range(50)
        )
        return next(made for made in tried if (shown_until(known, made) or TODAY) >= TODAY)

    def draft(self, code: str, unit: Unit, by: User, number: int = 0) -> Edition:
        """A structured draft that passes all checks (结构化稿件)."""
        known = declaration(code)
        assert known
        edition = papers.create_paper(
            unit=unit,
            title=f"{unit.short_name}{known.name}（{next(self._numbers)}）",
            by=by,
            today=DAY,
            form=code,
            sort=known.sort,
            attribute="active",
        )
        return records.set_record(edition, values=self._record(code, unit, number), by=by)

    def live(self, code: str, unit: Unit, by: User, number: int = 0) -> Paper:
        """A structured paper on the site (在网结构化信息)."""
        edition = self.draft(code, unit, by, number)
        return publication.put_live(edition, by=by, at=MOMENT.replace(day=3)).paper

    def _structured(self) -> None:
        """Each kind once on the site and once in the making; the list of powers in two versions."""
        shown = {
            code: self.live(code, self.unit, self.writer) for code in declarations() if code != "subsidy"
        }
        shown["subsidy"] = self.live("subsidy", self.town, self.clerk)
        self.live("budget", self.town, self.clerk)
        self.live("plan_series", self.unit, self.writer, 1)
        powers = papers.revise(shown["powers"], by=self.writer, today=DAY, note="动态调整")
        records.set_record(powers, values=self._record("powers", self.unit, 1), by=self.writer)
        publication.put_live(powers, by=self.writer, at=MOMENT)
        drafts = {code: self.draft(code, self.unit, self.writer) for code in declarations()}
        tables = [
            {"pk": drafts[code].pk, "table": table.code}
            for code, known in declarations().items()
            for table in known.tables
        ]
        self.records |= {
            "structured papers": list(shown.values()),
            "record_kind": [{"code": code} for code in declarations() if code not in OVERVIEWS],
            "power_versions": self.unit,
            "subsidy_village": {"town": self.town.short_name, "village": VILLAGES[0]},
            "record_revoke": shown["enforcement"],
            "edition_record": list(drafts.values()),
            "record_rows": tables,
            "record_import": tables[:1],
        }

    # --- catalogues, duties, columns -----------------------------------------------------------

    def _catalogues(self) -> None:
        """A field in a former version and in force, a change proposed and one decided, a village, a guide."""
        catalogues.install_fields()
        other = replace(ROW, number=2, second="部门决算", village=True)
        self._version("2020", ROW, replace(ROW, number=2, second="三公经费"))
        current = self._version("2021", replace(ROW, limit="批准后20个自然日内"), other)
        row, second = current.rows.all()
        for each in (row, second):
            row_services.set_matching(
                each, column=self.column, keywords="", units=[self.unit], by=self.office, today=DAY
            )
        waiting = self._change(row, "批准后15日内")
        decided = self._change(second, "批准后10日内")
        row_services.refuse_change(decided, by=self.office, today=DAY, remark="法定期限为20日。")
        named = {"name": VILLAGES[0], "place": "村委会门口", "note": "每季度更新。", "started_on": DAY}
        village = guides.start_pilot(unit=self.town, rows=[second], by=self.office, **named)
        guides.edit_guide(
            self.unit, by=self.writer, today=DAY, phone="0632-0000000", hours="工作日8:30—17:30"
        )
        self.records |= {
            "staff/disclosure/catalogues/": current,
            "staff/disclosure/rows/": row,
            "disclosure/rows/": row,
            "disclosure/fields/": {"number": current.field.number},
            "row_change": [waiting, decided],
            "staff/disclosure/changes/": waiting,
            "staff/disclosure/pilots/": village,
            "disclosure/villages/": village,
            "disclosure/units/": [self.unit, self.town],
            "staff/disclosure/guides/": self.unit,
        }

    def _version(self, version: str, *rows: RowFacts) -> Catalogue:
        field = Field.objects.get(number=3)
        start = date(int(version), 1, 1)
        return catalogues.import_catalogue(
            field, version=version, in_force_from=start, rows=rows, by=self.office, today=DAY
        )

    def _change(self, row: CatalogueRow, limit: str) -> RowChange:
        return row_services.propose_change(
            row.catalogue,
            kind="amend",
            row=row,
            facts=replace(row.facts, limit=limit),
            reason="上级要求提前公开。",
            unit=self.unit,
            by=self.writer,
            today=DAY,
        )

    def _duties(self) -> None:
        """One duty that waits for its event, one late, one without a keeper."""
        laid = self._duty("部门预算公开", cycle="event", keeper=self.writer)
        duties.add_event(laid, on=date(2021, 3, 1), note="批准、批复", by=self.writer, today=DAY)
        quarterly = self._duty("季度工作动态", cycle="quarter", keeper=None)
        self.records |= {"duty": [laid, quarterly], "staff/disclosure/duties/": laid}

    def _duty(self, title: str, **terms: Any) -> Duty:
        start = date(2021, 1, 1)
        return duties.create_duty(
            by=self.office,
            today=DAY,
            title=title,
            unit=self.unit,
            column=self.column,
            starts_on=start,
            **terms,
        )

    def _findings(self) -> None:
        """What the check finds in the columns of the world."""
        health.check_columns(DAY)
        mine = ColumnFinding.objects.filter(unit=self.unit, state="open")
        self.records |= {"finding": list(mine), "staff/disclosure/findings/": mine[0]}

    def _figures(self) -> None:
        """One figure for each sort of record that can be listed behind it."""
        scope, named = Scope(2021, DAY, None), dict[type, str]()
        for code in FIGURES:
            room = documents if code.startswith("documents.") else figures
            named.setdefault(room.behind(code, scope).model, code)
        assert set(named) == set(LISTED)
        self.records["figure_records"] = [{"code": code} for code in named.values()]

    # --- the old site, and the words of the search ---------------------------------------------

    def _old_site(self) -> None:
        """An import in each state (数据迁移)."""
        checking, running_, stopped, done, given_up = (self._taken_in(name) for name in "甲乙丙丁戊")
        for batch in (running_, stopped, done):
            acts.start(batch, by=self.office, at=MOMENT)
        acts.fail(stopped, note="清单文件读不出来", at=MOMENT)
        done.refresh_from_db()
        running.bring_in(done)
        acts.drop(given_up, by=self.office)
        self.records |= {
            "legacy": [checking, running_, stopped, done, given_up],
            "legacy_rows": done,
            "staff/legacy/": checking,
        }

    def _taken_in(self, name: str) -> LegacyImport:
        rows = [
            (f"{name}{number}", title, self.unit.short_name, "2019-03-01", "办事指南", "<p>正文。</p>", "")
            for number, title in enumerate(("关于旧事项的通知", "", "关于旧活动的公告"), start=1)
        ]
        out = io.StringIO()
        csv.writer(out).writerows([HEADS, *rows])
        stream = io.BytesIO(out.getvalue().encode())
        return acts.take_in(stream, name=f"旧站清单{name}.csv", kind="csv", by=self.office)

    def _search(self) -> None:
        """A group of words, searches that somebody keeps, what the public looked for."""
        by = {"by": self.office, "today": DAY}
        self.records["staff/search/synonyms/"] = search.add_synonym(words="社保、社会保险", **by)
        for each in (self.office, self.writer):
            search.keep_search(name="营商环境", query="q=营商", by=each, today=DAY)
        search.count_searches({"社保": ("社保", 5, 3), "蓝天": ("蓝天", 4, 0)}, today=DAY)
