"""公开工作: what of papers, duties and columns waits for one person, counted, the most pressing first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from gongkai.accounts.models import Role, User
from gongkai.disclosure.judging import judged, writing_url
from gongkai.disclosure.models import ColumnFinding, Duty
from gongkai.documents.models import CleanupEntry, Countersign, Edition, Erratum, Paper, Review
from gongkai.documents.overview.waiting import WRITERS, PaperDesk, ending, paper_desk
from gongkai.documents.states import EDITABLE
from gongkai.frame.dates import date_of
from gongkai.rules.duties import STANDINGS, Standing, Verdict

#: so many rows stand on the desk, and so many of one kind, so that no kind hides the others
SHOWN, EACH = 10, 4
REVIEWED = 5
PRESSING = (Standing.RED, Standing.AMBER)
TONES = {Standing.RED: "bad", Standing.AMBER: "warn"}


@dataclass(frozen=True, slots=True)
class Tile:
    """One count that leads to its list (计数)."""

    label: str
    number: int
    url: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One pressing thing (急办事项): its limit, or since when it waits, and the one click that does it."""

    tag: str
    tone: str
    title: str
    url: str
    unit: str
    act: str
    act_url: str
    due: date | None = None
    since: date | None = None

    @property
    def rank(self) -> date:
        """By what it is sorted: its limit, or the day since when somebody waits."""
        return self.due or self.since or date.max


@dataclass(frozen=True, slots=True)
class PublishingDesk:
    """The part of the desk about publication (公开工作)."""

    tiles: list[Tile]
    lines: list[Line]
    reviewed: list[Review]
    reviews_only: bool


class Desk:
    """One person's look at the work of publication on one day; each fact is read once (公开工作)."""

    def __init__(self, user: User, today: date) -> None:
        self.user, self.today = user, today
        self.office, self.writes = user.has_role(Role.OFFICE), user.has_role(*WRITERS)
        self.papers: PaperDesk | None = paper_desk(user, today)
        self.watches = user.sees_all or self.writes
        self.duties = self._duties() if self.watches else []
        self.findings = ColumnFinding.objects.visible_to(user).unsettled()
        self.ending = ending(Paper.objects.visible_to(user), today)
        self.errata = Erratum.objects.visible_to(user).filter(state="open")

    def _duties(self) -> list[tuple[Duty, Verdict]]:
        mine = Duty.objects.visible_to(self.user).on(self.today).select_related("unit", "row")
        return [each for each in judged(mine, self.today) if each[1].standing in PRESSING]

    def tiles(self) -> list[Tile]:
        """The counts, without those that are nothing (计数)."""
        counts = [*self._review_tiles(), *self._duty_tiles(), *self._keeping_tiles()]
        return [tile for tile in counts if tile.number]

    def _review_tiles(self) -> Iterator[Tile]:
        papers = self.papers
        if papers is None:
            return
        yield Tile("待我审核", papers.waiting_total, reverse("papers_queue"), "work")
        yield Tile("批次到时未发", len(papers.held), reverse("releases"), "bad")
        if not (self.writes or self.office):
            return
        drafts = Edition.objects.visible_to(self.user).aggregate(
            writing=Count("pk", filter=Q(state__in=EDITABLE)),
            scheduled=Count("pk", filter=Q(state="scheduled")),
        )
        asked = Countersign.objects.filter(state="asked", edition__state="countersign")
        own = asked if self.office else asked.filter(unit__in=self.user.units())
        yield Tile("起草和退回", drafts["writing"], f"{reverse('papers')}?state=writing")
        yield Tile("定时发布", drafts["scheduled"], f"{reverse('papers')}?state=scheduled")
        yield Tile(
            "会签中" if self.office else "请我单位会签", own.count(), f"{reverse('countersigns')}?state=asked"
        )

    def _duty_tiles(self) -> Iterator[Tile]:
        for standing in PRESSING:
            number = sum(verdict.standing is standing for _, verdict in self.duties)
            url = f"{reverse('duties')}?standing={standing.value}"
            yield Tile(f"公开职责{STANDINGS[standing]}", number, url, TONES[standing])

    def _keeping_tiles(self) -> Iterator[Tile]:
        if not self.watches:
            return
        errata = self.errata.aggregate(all=Count("pk"), late=Count("pk", filter=Q(due_on__lt=self.today)))
        late = f"（逾期 {errata['late']}）" if errata["late"] else ""
        tone = "bad" if late else "warn"
        yield Tile(f"公众纠错{late}", errata["all"], f"{reverse('errata')}?state=open", tone)
        yield Tile("栏目体检问题", self.findings.count(), reverse("findings"), "warn")
        open_entries = CleanupEntry.objects.visible_to(self.user).filter(cleanup__state="open", verdict="")
        yield Tile("待填清理意见", open_entries.count(), reverse("cleanups"))
        yield Tile("公示即将期满", self.ending.count(), f"{reverse('papers')}?state=ending")
        reassess = self.papers.reassess if self.papers else 0
        yield Tile("未公开信息应评估", reassess, f"{reverse('papers_closed')}?due=on")

    def lines(self) -> list[Line]:
        """The most pressing things, the oldest limit first (急办事项)."""
        found = [*self._paper_lines(), *self._erratum_lines()]
        if self.writes and not self.user.sees_all:
            found += [*self._duty_lines(), *self._finding_lines(), *self._ending_lines()]
        return sorted(found, key=lambda line: line.rank)[:SHOWN]

    def _paper_lines(self) -> Iterator[Line]:
        papers = self.papers
        for batch in papers.held[:EACH] if papers else []:
            url = reverse("release", args=[batch.pk])
            day = date_of(batch.embargo_until) if batch.embargo_until else None
            yield Line("到时未发", "bad", str(batch), url, "", "查看", url, since=day)
        for each in papers.waiting[:EACH] if papers else []:
            unit, url = each.paper.unit.short_name, each.get_absolute_url()
            label = each.get_state_display()
            yield Line(label, "work", str(each), url, unit, "去办理", url, since=each.submitted_on)
        for each in papers.mine[:EACH] if papers else []:
            unit, url = each.paper.unit.short_name, each.get_absolute_url()
            back = each.state == "returned"
            since = (each.submitted_on or each.written_on) if back else None
            tone, act = ("warn", "修改") if back else ("wait", "继续写")
            write = reverse("edition_edit", args=[each.pk])
            yield Line(each.get_state_display(), tone, str(each), url, unit, act, write, since=since)

    def _duty_lines(self) -> Iterator[Line]:
        pressing = sorted(self.duties, key=lambda pair: pair[1].due_on or date.max)
        for duty, verdict in pressing[:EACH]:
            word, unit = f"公开职责{STANDINGS[verdict.standing]}", duty.unit.short_name
            page, write = duty.get_absolute_url(), writing_url(duty, self.today)
            due = verdict.due_on
            yield Line(
                word, TONES[verdict.standing], duty.title, page, unit, "去公开", write or page, due=due
            )

    def _erratum_lines(self) -> Iterator[Line]:
        if not (self.writes or self.office):
            return
        for each in self.errata.select_related("paper__unit").order_by("due_on", "pk")[:EACH]:
            unit = each.paper.unit.short_name if each.paper else ""
            url = each.get_absolute_url()
            yield Line("公众纠错", "warn", each.text[:60], url, unit, "处理", url, due=each.due_on)

    def _finding_lines(self) -> Iterator[Line]:
        mine = self.findings.filter(Q(keeper=self.user) | Q(keeper=None)).select_related("column", "unit")
        for each in mine.order_by("due_on", "pk")[:EACH]:
            unit, url = each.unit.short_name if each.unit else "", each.get_absolute_url()
            yield Line("栏目体检", "warn", str(each), url, unit, "整改", url, due=each.due_on)

    def _ending_lines(self) -> Iterator[Line]:
        for paper in self.ending.select_related("unit").order_by("shown_until", "pk")[:EACH]:
            url = reverse("paper_history", args=[paper.pk])
            unit = paper.unit.short_name
            yield Line("公示将满", "wait", paper.title, url, unit, "查看", url, due=paper.shown_until)


def publishing_desk(user: User, today: date) -> PublishingDesk:
    """What of publication waits for *user* (公开工作): for every role something."""
    desk = Desk(user, today)
    reviews_only = user.has_role(Role.SECRECY, Role.LEGAL) and not desk.watches
    return PublishingDesk(
        desk.tiles(), desk.lines(), list(_reviewed(user)) if reviews_only else [], reviews_only
    )


def _reviewed(user: User) -> Iterable[Review]:
    """What *user* decided lately (最近审查)."""
    own = Review.objects.filter(by=user).select_related("edition__paper__unit")
    return own.order_by("-at", "-pk")[:REVIEWED]
