"""The staff's side of papers for the walk: an edition at every stage, and one record of each list."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model

from gongkai.accounts.models import User
from gongkai.agencies.models import Unit
from gongkai.documents.models import Column, Edition, Paper, Topic, Word
from gongkai.documents.services import (
    attachments,
    cleanups,
    columns,
    countersigns,
    errata,
    leaving,
    papers,
    publication,
    relations,
    releases,
    way,
)
from gongkai.frame.uploads import LIMIT, check

MOMENT = datetime(2021, 9, 14, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = MOMENT.date()
TABLE = "<h2>一、标准</h2><table><caption>标准</caption><thead><tr><th>项目</th></tr></thead></table>"


def known(username: str) -> User:
    """Somebody of the demo's staff (工作人员)."""
    return User.objects.get(username=username)


class Shelves:
    """Papers on their way and in keeping (稿件与档案), with the people who act on them."""

    def __init__(self, unit: Unit, writer: User, head: User, office: User) -> None:
        self.unit, self.writer, self.head, self.office = unit, writer, head, office
        self.guard, self.lawyer = known("fagai-bm"), known("sifa-fz")
        self.court = self.lawyer.held[0].unit
        self.records: dict[str, Model] = {}
        self._ways()
        self._kept()
        self._lists()

    def draft(self, title: str, **fields: Any) -> Edition:
        """A draft (起草中)."""
        given: dict[str, Any] = {"html": TABLE, "attribute": "active", "made_on": DAY} | fields
        return papers.create_paper(unit=self.unit, title=title, by=self.writer, today=DAY, **given)

    def lead(self, edition: Edition, to: str) -> Edition:
        """Walk an edition to a stage (办到某环节)."""
        steps: dict[str, tuple[Callable[..., Edition], User]] = {
            "draft": (way.submit, self.writer),
            "unit_review": (way.pass_unit, self.head),
            "secrecy": (way.pass_secrecy, self.guard),
            "legal": (way.pass_legal, self.lawyer),
            "district": (way.pass_district, self.office),
        }
        while edition.state != to and edition.state in steps:
            act, by = steps[edition.state]
            edition = act(edition, by=by, at=MOMENT)
        if to == "ready" and edition.state == "signing":
            edition = way.sign(edition, by=self.head, at=MOMENT, when="hold")
        return edition

    def _ways(self) -> None:
        """An edition at each stage, for the pages of the acts."""
        first = self.draft("关于开展秋季义诊活动的通知")
        upload = SimpleUploadedFile("义诊安排.pdf", b"%PDF-1.7 list")
        attachments.attach(first, checked=check(upload, ("pdf",), LIMIT), by=self.writer)
        found = self.draft("关于联系方式的通知", html="<p>联系人身份证号11010519491231002X。</p>")
        names = {"edition": first, "staff/editions/": first, "edition_override": found, "edition_edit": found}
        for code in ("submit", "drop", "ask"):
            names[f"edition_{code}"] = first
        for stage, acts in {
            "unit_review": ("pass_unit", "recall", "return"),
            "secrecy": ("pass_secrecy",),
            "district": ("pass_district",),
            "signing": ("sign",),
            "ready": ("publish", "schedule"),
        }.items():
            made = self.lead(self.draft(f"{stage}环节的通知", for_government=stage == "district"), stage)
            names |= {f"edition_{code}": made for code in acts}
        law = {"normative": True, "legal_unit": self.court, "expires_on": date(2026, 9, 1), "minor": True}
        at_law = self.lead(self.draft("规范性文件", **law), "legal")
        names |= {f"edition_{code}_legal": at_law for code in ("pass", "amend", "refuse")}
        later = self.lead(self.draft("定时发布的通知"), "ready")
        when = MOMENT.replace(day=30)
        names["edition_unschedule"] = way.schedule(later, when=when, by=self.head, at=MOMENT)
        self.records |= names
        self.records["staff/files/"] = first.attachments.get()

    def live(self, title: str, **fields: Any) -> Paper:
        """A paper on the site (在网信息)."""
        edition = self.draft(title, **fields)
        return publication.put_live(edition, by=self.writer, at=MOMENT.replace(day=1)).paper

    def _kept(self) -> None:
        """Papers that stand, left, wait for a look, bear on each other."""
        stands, old = self.live("现行的办法", normative=True), self.live("旧的办法", made_on=date(2019, 1, 1))
        left = self.live("已撤下的通知")
        leaving.remove(left, how="withdrawn", note="重新核实", by=self.head, at=MOMENT)
        closed = self.lead(self.draft("内部分工", attribute="request", ground_note="内部"), "ready").paper
        row = relations.relate(stands, bond="amends", target=old, by=self.writer, today=DAY)
        told = errata.receive_erratum(stands, text="第三条有错字。", at=MOMENT)
        self.records |= {
            "staff/papers/": stands,
            "paper_restore": left,
            "paper_reassess": closed,
            "staff/relations/": row,
            "staff/errata/": told,
        }

    def _lists(self) -> None:
        """One row of each of the other lists."""
        edition = self.draft("联合发布的消息")
        release = releases.make_release(title="联合发布", unit=self.unit, by=self.head, today=DAY)
        releases.add(release, edition, by=self.writer)
        cleanup = cleanups.start_cleanup(
            title="文件清理", since=date(2019, 1, 1), until=DAY, by=self.office, today=DAY
        )
        column = Column.objects.create(name="办事指南", slug="guides", unit=self.unit, keeper=self.writer)
        topic = Topic.objects.create(name="办事", slug="affairs", lead=self.unit)
        pin = columns.propose(topic, Paper.objects.filter(state="live")[0], by=self.writer, today=DAY)
        self.records |= {
            "staff/countersigns/": self._asked(),
            "staff/releases/": release,
            "staff/cleanups/": cleanup,
            "staff/cleanups/entries/": cleanup.entries.all()[0],
            "staff/columns/": column,
            "staff/topics/": topic,
            "staff/topics/pins/": pin,
            "staff/words/": Word.objects.create(term="截止目前", right="截至目前"),
        }

    def _asked(self) -> Model:
        """A countersignature that is asked of the walkers' own unit, and at its turn."""
        writer, head, guard = known("sifa"), known("sifa-fzr"), known("sifa-bm")
        given = {"title": "请会签的稿件", "html": "<p>内容。</p>", "attribute": "active", "made_on": DAY}
        edition = papers.create_paper(unit=self.court, by=writer, today=DAY, **given)
        asked = countersigns.ask_countersign(edition, unit=self.unit, by=writer)
        edition = way.submit(edition, by=writer, at=MOMENT)
        edition = way.pass_unit(edition, by=head, at=MOMENT)
        way.pass_secrecy(edition, by=guard, at=MOMENT)
        return asked
