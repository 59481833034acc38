"""演示发布: the demo's units bring the shelf's papers to the site, act by act, as officers do."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from gongkai.accounts.models import User
from gongkai.agencies.models import Unit
from gongkai.demo.clock import Year
from gongkai.demo.conduct import SLOW, Staff
from gongkai.demo.library.shelf import GOVERNMENT, GOVERNMENT_OFFICE, LEFT_AT, Numbers, Planned
from gongkai.documents.models import Bond, Column, Edition, Paper, Theme
from gongkai.documents.services import papers, relations, way
from gongkai.frame.today import now

#: in whose name the district's own papers stand, whichever bureau drafted them
ISSUERS = {GOVERNMENT: "市中区人民政府", GOVERNMENT_OFFICE: "市中区人民政府办公室"}

#: what a decision changes in the rules
CHANGED = (
    ("应当在规定期限内答复", "应当自收到之日起十五个工作日内答复"),
    ("公开、公平、公正和便民的原则", "公开、公平、公正、便民和高效的原则"),
)


def _decision(planned: Planned, day: date) -> Planned:
    """The decision that changes *planned* (修改决定)."""
    name = planned.title.split("印发")[-1].removesuffix("的通知")
    title = f"{planned.title.split('关于印发')[0]}关于修改{name}的决定"
    told = "".join(f"<p>将“{old}”修改为“{new}”。</p>" for old, new in CHANGED)
    html = f"<p>经研究，决定对{name}作如下修改：</p>{told}<p>本决定自公布之日起施行。</p>"
    return replace(
        planned, day=day, title=title, sort="decision", html=html, normative=False, trial=False,
        commences_on=day, expires_on=None, reading=None, replaces="", amended_on=None,
        summary=f"对{name}的两处规定作出修改。",
    )  # fmt: skip


@dataclass
class Librarian:
    """Brings papers to the site in a *year* (演示发布)."""

    year: Year
    staff: Mapping[str, Staff]
    units: Mapping[str, Unit]
    office: User
    legal: User
    numbers: Numbers = field(default_factory=Numbers)
    made: dict[str, Paper] = field(default_factory=dict)

    def expect(self, planned: list[Planned]) -> None:
        """Put every paper on the clock; those of the last days stop on somebody's desk."""
        self.columns = {column.slug: column for column in Column.objects.all()}
        self.themes = {theme.code: theme for theme in Theme.objects.all()}
        for paper in planned:
            self.year.at(paper.day, lambda day, paper=paper: self._write(paper, day))  # type: ignore[misc]

    def leave_on_desks(self, planned: list[Planned]) -> None:
        """The newest drafts, each stopped at another stage, on the last days (在办稿件)."""
        for place, paper in enumerate(planned):
            stage = "legal" if paper.normative else LEFT_AT[place % len(LEFT_AT)]
            day = self.year.last - timedelta(days=1 + place % 4)
            self.year.at(day, lambda _day, paper=paper, stage=stage: self._leave(paper, stage))  # type: ignore[misc]

    # --- one paper ------------------------------------------------------------------------------

    def _write(self, planned: Planned, day: date) -> None:
        """Draft the paper and its reading; the reviews come some days later."""
        edition = self.draft(planned, day)
        reading = self._draft_reading(planned, edition, day) if planned.reading else None
        slow = planned.unit in SLOW and self.year.chance.random() < 0.3
        later = day + timedelta(
            days=self.year.chance.randrange(35, 60) if slow else self.year.chance.randrange(1, 9)
        )
        self.year.at(min(later, self.year.last), lambda _day: self._bring(planned, edition, reading))

    def staff_of(self, unit_id: int) -> Staff:
        """The people of a unit (经办人员)."""
        code = next(code for code, unit in self.units.items() if unit.pk == unit_id)
        return self.staff[code]

    def draft(self, planned: Planned, day: date) -> Edition:
        """Begin a paper as its officer does (起草)."""
        staff = self.staff[planned.unit]
        number = self.numbers.draw(planned.code, day) if planned.code else ""
        edition = papers.create_paper(
            unit=self.units[planned.unit],
            title=planned.title,
            by=staff.officer,
            today=day,
            columns=[self.columns[slug] for slug in planned.columns],
            html=planned.html,
            number=number,
            issuers=ISSUERS.get(planned.code, self.units[planned.unit].name),
            sort=planned.sort,
            theme=self.themes[planned.theme],
            made_on=day,
            commences_on=planned.commences_on,
            expires_on=planned.expires_on,
            trial=planned.trial,
            normative=planned.normative,
            for_government=planned.for_government,
            attribute=planned.attribute,
            ground=planned.ground,
            ground_note=planned.ground_note,
            keywords=planned.keywords,
            summary=planned.summary,
            form=planned.form,
            record=planned.record,
            shown_until=planned.shown_until,
            audience="社会公众",
        )
        self.made[planned.title] = edition.paper
        return edition

    def _draft_reading(self, planned: Planned, edition: Edition, day: date) -> Edition | None:
        if planned.reading is None:
            return None
        reading = self.draft(planned.reading, day)
        relations.relate(
            reading.paper,
            bond=Bond.INTERPRETS,
            target=edition.paper,
            by=self.staff[planned.unit].officer,
            today=day,
        )
        return reading

    def _bring(self, planned: Planned, edition: Edition, reading: Edition | None) -> None:
        """Through all reviews to the site, the reading with it, then what the paper does to earlier ones."""
        for each in (edition, reading):
            if each is not None:
                self.review(each, self.staff[planned.unit])
        former = self.made.get(planned.replaces)
        if former is not None:
            relations.relate(
                edition.paper,
                bond=Bond.REPLACES,
                target=former,
                effective_on=planned.commences_on,
                by=self.staff[planned.unit].officer,
                today=now().date(),
            )
        if planned.amended_on:
            self.year.at(planned.amended_on, lambda day: self._amend(planned, edition.paper, day))

    def review(self, edition: Edition, staff: Staff, until: str = "") -> None:
        """All reviews that the edition needs, up to but without the stage *until*."""
        at = now()
        way.submit(edition, by=staff.officer, at=at)
        for stage in way.stages_of(edition):
            if stage == until:
                return
            if stage == "unit_review":
                way.pass_unit(
                    edition, by=staff.approver, at=at, proofread=True, remark="内容准确，同意发布。"
                )
            elif stage == "secrecy":
                way.pass_secrecy(
                    edition,
                    by=staff.secrecy,
                    at=at,
                    proofread=True,
                    remark="经审查，不涉及国家秘密、工作秘密。",
                )
            elif stage == "legal":
                way.pass_legal(edition, by=self.legal, at=at, proofread=True, remark="经审核，内容合法。")
            elif stage == "district":
                way.pass_district(edition, by=self.office, at=at, proofread=True)
            elif stage == "signing":
                way.sign(edition, by=staff.approver, at=at, proofread=True)

    def _amend(self, planned: Planned, paper: Paper, day: date) -> None:
        """The rules are changed by a decision, and stand on the site in a later edition."""
        staff = self.staff[planned.unit]
        paper.refresh_from_db()
        draft = papers.revise(paper, by=staff.officer, today=day, note="根据执行情况修改两条")
        html = planned.html
        for old, new in CHANGED:
            html = html.replace(old, new)
        papers.edit_edition(draft, by=staff.officer, html=html)
        self.review(draft, staff)
        decision = self.draft(_decision(planned, day), day)
        relations.relate(
            decision.paper,
            bond=Bond.AMENDS,
            target=paper,
            effective_on=day,
            place="第三条、投诉举报条款",
            by=staff.officer,
            today=day,
        )
        self.review(decision, staff)

    def _leave(self, planned: Planned, stage: str) -> None:
        """A draft that waits at *stage* on the demo's day."""
        staff = self.staff[planned.unit]
        day = now().date()
        edition = self.draft(planned, day)
        if planned.reading:
            self._draft_reading(planned, edition, day)
        if stage == "draft":
            return
        if stage == "returned":
            self.review(edition, staff, until="secrecy")
            edition.refresh_from_db()
            way.send_back(edition, reason="附件名称与正文不一致，请核对后再报。", by=staff.secrecy, at=now())
            return
        self.review(edition, staff, until=stage)
