"""A small public site: something for every public page, and the people whose acts change what it says."""

from collections.abc import Iterable
from datetime import date, datetime
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.urls import reverse

from gongkai.accounts.models import Post, Role, User
from gongkai.agencies.models import Kind, Unit
from gongkai.demo.records import invented_record
from gongkai.disclosure.models import Catalogue, CatalogueRow, Field
from gongkai.disclosure.services import catalogues, guides, links
from gongkai.documents.models import Column, Edition, FilingRow, OldAddress, Paper
from gongkai.documents.services import columns, errata, leaving, papers, publication, records, relations
from gongkai.ledger.models import Task
from gongkai.ledger.services import assignments, evidence, plans, reports
from gongkai.ledger.services.feedback import receive_feedback
from gongkai.rules.structured import declaration, declarations
from tests.addresses import Place, places

TODAY = date(2021, 11, 12)
NOW = datetime(2021, 11, 12, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
#: the last day on which the papers of a term are shown
LAST = date(2021, 11, 19)
#: forms, which are drawn for each visitor alone; files, which are given out and not kept
NOT_SHOWN = frozenset(
    {
        "corrections",
        "corrections_thanks",
        "paper_correction",
        "progress_feedback",
        "progress_thanks",
        "paper_pdf",
        "paper_word",
        "progress_evidence",
        "record_download",
        "attachment",
    }
)
API = ("/api/papers/", "/api/columns/", "/api/units/", "/api/themes/")


class Site:
    """The site with its records (示例网站): a day in autumn on which everything stands."""

    def __init__(self, kinds: Iterable[str] = ()) -> None:
        self.wanted = list(kinds) or list(declarations())
        self.office = self.person(self.new_unit("区政府办", Kind.OFFICE), Role.OFFICE)
        self.unit, self.town = self.new_unit("样本局", Kind.BUREAU), self.new_unit("样本镇", Kind.TOWN)
        self.officer, self.head = (
            self.person(self.unit, Role.OFFICER),
            self.person(self.unit, Role.APPROVER),
        )
        self._places()
        self._papers()
        self._catalogue()
        self._plan()

    # --- who ------------------------------------------------------------------------------------

    def new_unit(self, name: str, kind: str) -> Unit:
        """One more unit (单位)."""
        return Unit.objects.create(name=f"示例区{name}", short_name=name, kind=kind)

    def person(self, unit: Unit, role: str) -> User:
        """Somebody with a post in a unit (工作人员)."""
        user = User.objects.create(username=f"site-{role}-{unit.pk}", full_name="样本人员")
        Post.objects.create(user=user, unit=unit, role=role, started_on=date(2020, 1, 1))
        return user

    # --- where ----------------------------------------------------------------------------------

    def _places(self) -> None:
        given: dict[str, Any] = {"by": self.office, "unit": self.unit, "keeper": self.officer}
        self.column = columns.save_column(None, name="政策文件", slug="policy", statutory=True, **given)
        self.below = columns.save_column(None, name="部门文件", slug="of-units", parent=self.column, **given)
        self.rules = columns.save_column(None, name="公开制度", slug="rules", sort="公开制度", **given)
        query = {"column": [self.below.pk], "words": ""}
        self.topic = columns.save_topic(
            None, by=self.office, name="惠民政策", slug="topic", lead=self.unit, query=query
        )

    # --- what -----------------------------------------------------------------------------------

    def draft(self, title: str, *where: Column, **fields: Any) -> Edition:
        """A draft (起草中)."""
        given = {"html": "<p>现将有关事项通知如下。</p>", "attribute": "active", "made_on": TODAY} | fields
        home = {"unit": self.unit, "by": self.officer, "title": title, "today": TODAY}
        made = papers.create_paper(**(home | given))
        made.paper.columns.set(where or (self.below,))
        return made

    def publish(self, edition: Edition) -> Paper:
        """Put an edition on the site, reviews left out (上线)."""
        return publication.put_live(edition, by=self.officer, at=NOW).paper

    def live(self, title: str, *where: Column, **fields: Any) -> Paper:
        """A paper on the site (在网信息)."""
        return self.publish(self.draft(title, *where, **fields))

    def structured(self, code: str, number: int = 0, **fields: Any) -> Paper:
        """A structured paper of a kind on the site (结构化信息)."""
        known = declaration(code)
        assert known is not None
        title = f"样本局{known.name}{number}"
        made = self.draft(title, form=code, sort=known.sort, **fields)
        held = invented_record(code, Random(7), "样本局", 2021, ["东村", "西村"], number=number)
        return self.publish(records.set_record(made, values=held, by=made.written_by))

    def _papers(self) -> None:
        self.paper = self.live("关于惠民事项的办法", normative=True, sort="rules", number="示政发〔2021〕1号")
        self.revise(self.paper, "修改后的条款。")
        self.reading = self.live("《关于惠民事项的办法》解读", sort="reading")
        relations.relate(self.reading, bond="interprets", target=self.paper, by=self.officer, today=TODAY)
        self.call = self.live("关于征求意见的公告", sort="announcement")
        self.left = leaving.remove(
            self.live("已撤回的通知"), how="withdrawn", note="重新核实", by=self.head, at=NOW
        )
        self.bond = relations.relate(
            self.call, bond="based_on", target=self.paper, by=self.officer, today=TODAY
        )
        self.annual = self.live("政府信息公开工作年度报告", sort="annual")
        self.rule = self.live("政府信息公开工作制度", self.rules)
        self.live("政府信息发布协调制度", self.rules)
        self.pinned = self.live("推荐到专题的通知", self.column)
        pin = columns.propose(self.topic, self.pinned, by=self.officer, today=TODAY)
        columns.accept(pin, by=self.office, today=TODAY)
        OldAddress.objects.create(path="/old/1.html", paper=self.paper)
        self.erratum = errata.receive_erratum(self.paper, text="第三条有错字。", at=NOW)
        self.kinds = {code: self.structured(code) for code in self.wanted}
        self.structured("powers", 9)  # a list of powers with an earlier one, so that the two are compared
        self.village = FilingRow.objects.filter(form="subsidy").exclude(place="")[0]

    def revise(self, paper: Paper, text: str, **fields: Any) -> Paper:
        """A newer edition on the site (修订)."""
        again = papers.revise(paper, by=self.officer, today=TODAY, note="修改条款")
        again = papers.edit_edition(again, by=self.officer, html=f"<p>{text}</p>", **fields)
        return self.publish(again)

    def _catalogue(self) -> None:
        catalogues.install_fields()
        self.field = Field.objects.get(number=3)
        self.catalogue = Catalogue.objects.create(
            field=self.field, version="2021", in_force_from=date(2021, 1, 1), installed_on=TODAY
        )
        self.row = CatalogueRow.objects.create(
            catalogue=self.catalogue,
            number=1,
            first="财政",
            second="补贴",
            limit="及时公开",
            column=self.below,
        )
        links.link_rows(TODAY)
        self.unlinked = self.live("新的补贴通知")
        self.pilot = guides.start_pilot(
            name="东村",
            unit=self.town,
            rows=[self.row],
            place="村务公开栏",
            started_on=TODAY,
            note="",
            by=self.person(self.town, Role.OFFICER),
        )
        guides.edit_guide(self.unit, by=self.officer, today=TODAY, phone="0632-0000000")

    def _plan(self) -> None:
        given: dict[str, Any] = {"by": self.office, "today": TODAY}
        self.plan = plans.create_plan(year=2021, title="2021年政务公开工作要点", **given)
        self.task = plans.add_task(
            self.plan,
            section=None,
            text="公开惠民政策。",
            number="1",
            cycle=Task.Cycle.YEAR_ROUND,
            due_on=date(2021, 12, 31),
            **given,
        )
        self.assignment = assignments.assign(self.task, unit=self.unit, part="lead", **given)
        self.plan = plans.issue_plan(self.plan, **given)
        self.report = reports.write_report(
            self.assignment, text="已公开12条。", completes=True, by=self.officer, today=TODAY
        )
        proof = SimpleUploadedFile("清单.pdf", b"%PDF-1.7 list")
        evidence.attach(self.report, title="清单", upload=proof, public=True, by=self.officer)
        self.report = reports.send_report(self.report, by=self.officer, today=TODAY)
        self.report = reports.sign_report(self.report, by=self.head, today=TODAY)
        self.feedback = receive_feedback(self.plan, text="希望公开得再快一些，谢谢。", at=NOW)

    def reload(self) -> None:
        """Read every record again (重新读取), after what was done to it was undone."""
        for name, held in list(vars(self).items()):
            if isinstance(held, Model):
                setattr(self, name, type(held)._base_manager.get(pk=held.pk))

    # --- addresses ------------------------------------------------------------------------------

    def addresses(self) -> list[str]:
        """The address of every public page that shows (公开页面), with what their queries change."""
        named = [address for place in shown() for address in self._of(place)]
        papers = [f"{reverse('paper', args=[each.pk])}" for each in Paper.objects.order_by("pk")]
        asked = [
            "/?page=1",
            f"{self.paper.get_absolute_url()}?on=2021-11-11",
            "/old/1.html",
            "/columns/policy/?page=2",
        ]
        api = [*API, f"/api/papers/{self.paper.pk}/"]
        return [*dict.fromkeys([*named, *papers, *asked, *api])]

    def _of(self, place: Place) -> list[str]:
        """The addresses of one place, for each record that it can show."""
        rows = self._records(place)
        return [reverse(place.name, kwargs=row) for row in rows]

    def _records(self, place: Place) -> list[dict[str, Any]]:
        if not place.parts:
            return [{}]
        known: dict[str, list[dict[str, Any]]] = {
            "columns/": [{"slug": each.slug} for each in Column.objects.all()],
            "topics/": [{"slug": self.topic.slug}],
            "papers/": [{"pk": self.paper.pk}],
            "units/": [{"pk": self.unit.pk}],
            "disclosure/units/": [{"pk": self.unit.pk}],
            "disclosure/fields/": [{"number": self.field.number}],
            "disclosure/rows/": [{"pk": self.row.pk}],
            "disclosure/villages/": [{"pk": self.pilot.pk}],
            "disclosure/records/powers/": [{"pk": self.unit.pk}],
            "disclosure/records/kinds/": [{"code": code} for code in self.wanted if code not in OVERVIEWS],
            "progress/": [{"pk": self.plan.pk}],
            "progress/tasks/": [{"pk": self.task.pk}],
            "sitemap-": [{"section": "papers"}, {"section": "places"}],
            "^disclosure/records/subsidies/(?P": [
                {"town": self.village.filing.place, "village": self.village.place}
            ],
        }
        return known[place.route.split("<")[0]]


OVERVIEWS = ("budget", "subsidy", "project", "plan_series", "powers", "enforcement", "jobs")


def shown() -> list[Place]:
    """The public places that show something (只作展示的页面)."""
    staff = ("staff/", "accounts/", "static/")
    return [each for each in places() if not each.route.startswith(staff) and each.name not in NOT_SHOWN]
