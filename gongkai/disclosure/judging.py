"""履责判定: how many duties stand, in a constant number of queries however many there are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from django.urls import NoReverseMatch, reverse

from gongkai.disclosure.models import Duty, DutyEvent, RowPaper
from gongkai.documents.models import Paper, shown_its_time
from gongkai.rules.calendars import UnknownYear, with_estimate
from gongkai.rules.duties import Cycle, Standing, Verdict, judge

Place = tuple[int, int]


@dataclass
class Facts:
    """What duties are judged by (判定依据): publication days by column or row and unit; events."""

    columns: dict[Place, list[date]] = field(default_factory=lambda: defaultdict(list))
    rows: dict[Place, list[date]] = field(default_factory=lambda: defaultdict(list))
    events: dict[int, list[date]] = field(default_factory=lambda: defaultdict(list))

    def papers(self, duty: Duty) -> list[date]:
        """The days on which papers for *duty* were published."""
        if duty.row_id:
            return self.rows.get((duty.row_id, duty.unit_id), [])
        return self.columns.get((duty.column_id or 0, duty.unit_id), [])


def gather(duties: QuerySet[Duty]) -> Facts:
    """The facts about *duties*: three queries, each a line for every day and not for every paper."""
    facts = Facts()
    wanted = duties.order_by()
    placed = Paper.columns.through.objects.filter(
        shown_its_time("paper__"), column__in=wanted.filter(row__isnull=True).values("column")
    )
    days = TruncDate("paper__published_at")
    for column, unit, day in placed.order_by().values_list("column", "paper__unit", days).distinct():
        facts.columns[column, unit].append(day)
    links = RowPaper.objects.filter(
        shown_its_time("paper__"), dropped=False, row__in=wanted.filter(row__isnull=False).values("row")
    )
    for row, unit, day in links.order_by().values_list("row", "paper__unit", days).distinct():
        facts.rows[row, unit].append(day)
    for duty, day in DutyEvent.objects.filter(duty__in=wanted.values("pk")).values_list("duty", "on"):
        facts.events[duty].append(day)
    return facts


def judged(duties: QuerySet[Duty], today: date) -> Iterator[tuple[Duty, Verdict]]:
    """Each of *duties* with how it stands on *today* (履责判定)."""
    facts = gather(duties)
    for duty in duties:
        yield duty, verdict_on(duty, today, facts.papers(duty), facts.events.get(duty.pk, ()))


def verdict_on(duty: Duty, today: date, papers: Iterable[date], events: Iterable[date]) -> Verdict:
    """How one duty stands; a year whose holidays nobody knows is said, not guessed."""
    try:
        return judge(duty.terms, today, papers=list(papers), events=list(events), calendar=with_estimate())
    except UnknownYear as unknown:
        return Verdict(Standing.DUE, reason=str(unknown))


def standing_of(duty: Duty, today: date) -> Verdict:
    """How this duty stands on *today*."""
    facts = gather(Duty.objects.filter(pk=duty.pk))
    return verdict_on(duty, today, facts.papers(duty), facts.events.get(duty.pk, ()))


def papers_of(duty: Duty) -> QuerySet[Paper]:
    """The papers that count for a duty (职责对应信息), the newest first."""
    shown = Paper.objects.filter(shown_its_time(), unit=duty.unit_id)
    if duty.row_id:
        links = RowPaper.objects.filter(row=duty.row_id, dropped=False)
        return shown.filter(pk__in=links.values("paper")).newest()
    return shown.filter(columns=duty.column_id).newest()


def needs_event(duty: Duty) -> bool:
    """Whether the clock of this duty is set going by hand."""
    return duty.cycle == Cycle.EVENT


def writing_url(duty: Duty, day: date) -> str:
    """Where the missing paper is written, with all that is known filled in (补写); or nothing."""
    try:
        page = reverse("paper_new")
    except NoReverseMatch:
        return ""
    column = duty.column_id or (duty.row.column_id if duty.row else None)
    known = {
        "title": duty.title_on(day),
        "column": column,
        "unit": duty.unit_id,
        "form": duty.form,
        "way": "form" if duty.form else "",
        "sort": duty.sort,
    }
    return f"{page}?{urlencode({name: value for name, value in known.items() if value})}"
