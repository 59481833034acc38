"""职责清单的行: duties judged today, filtered and sorted as judged; office and units see the same rows."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet

from gongkai.accounts.access import UserRequest
from gongkai.disclosure.forms.duties import DutySearch
from gongkai.disclosure.judging import judged
from gongkai.disclosure.models import Duty
from gongkai.frame.listing import Column, Empty, Listing
from gongkai.frame.today import today
from gongkai.rules.duties import STANDINGS, Standing, Verdict

ORDER = list(STANDINGS)
TONES = {
    Standing.RED: "bad",
    Standing.AMBER: "warn",
    Standing.DUE: "work",
    Standing.MET: "good",
    Standing.IDLE: "wait",
}


class JudgedRows(list[Any]):
    """Duties with their verdicts, as a list that can be exported as a query can (判定后的职责)."""

    def iterator(self, chunk_size: int = 0) -> Iterator[Any]:  # noqa: ARG002 (as a query has it)
        """The rows one by one."""
        return iter(self)


_KEYS: dict[str, Callable[[Any], Any]] = {
    "standing": lambda row: ORDER.index(row.verdict.standing),
    "due_on": lambda row: row.verdict.due_on or date.max,
    "unit": lambda row: (row.unit.position, row.unit_id),
    "title": lambda row: row.title,
    "newest": lambda row: row.verdict.newest or date.min,
}


class Board(Listing[Duty]):
    """The duties to publish (公开职责清单), red first; what is judged now no query could sort."""

    title = "公开职责"
    noun = "项职责"
    filters = DutySearch
    search = ("title", "unit__short_name", "column__name")
    per_page = 50
    empty: ClassVar[Empty] = Empty(
        "还没有公开职责", "区政务公开办设定职责后，这里显示谁该公开什么、到期没有。"
    )
    columns = (
        Column(label="职责", value=str, link=Duty.get_absolute_url, sort="title", kind="wide", width=40),
        Column(label="责任单位", value=lambda row: row.unit, sort="unit", width=16),
        Column(label="周期", value=lambda row: row.get_cycle_display(), width=12),
        Column(
            label="状态",
            value=lambda row: STANDINGS[row.verdict.standing],
            sort="standing",
            template="disclosure/cells/standing.html",
            width=12,
        ),
        Column(
            label="应公开日期",
            value=lambda row: row.verdict.due_on,
            sort="due_on",
            template="disclosure/cells/due.html",
            width=14,
        ),
        Column(
            label="最近公开", value=lambda row: row.verdict.newest, sort="newest", kind="narrow", width=12
        ),
        Column(label="责任人", value=lambda row: row.keeper, width=10),
        Column(label="说明", value=lambda row: row.verdict.reason, on="sheet", width=50),
        Column(label="依据", value=lambda row: row.verdict.article, on="sheet", width=50),
        Column(label="办理", value=lambda row: row.pk, template="disclosure/cells/duty_acts.html", on="page"),
    )

    def __init__(self, request: UserRequest, rows: QuerySet[Duty]) -> None:
        self.user = request.user
        super().__init__(request, rows)

    def search_form(self) -> DutySearch:
        """The filters, with the units that this person may see."""
        return DutySearch(self.request.GET, units=self.user.units())

    @cached_property
    def judged(self) -> list[Any]:
        """The rows that all filters but the standing leave, with their verdicts."""
        asked = {name: value for name, value in self.asked.items() if name != "standing"}
        day = today(self.request)
        found: list[Any] = []
        for duty, verdict in judged(self.narrow(self.all, asked).order_by("unit__position", "pk"), day):
            row: Any = duty
            row.verdict, row.tone, row.word = verdict, TONES[verdict.standing], STANDINGS[verdict.standing]
            found.append(row)
        return found

    @cached_property
    def rows(self) -> Any:
        """The judged rows of the standing asked for, in the order asked for."""
        wanted = self.asked.get("standing")
        found = [row for row in self.judged if not wanted or row.verdict.standing == wanted]
        name = self.sort.removeprefix("-")
        if name:
            found.sort(key=_KEYS[name], reverse=self.sort.startswith("-"))
        else:
            found.sort(key=lambda row: (_KEYS["standing"](row), _KEYS["due_on"](row)))
        return JudgedRows(found)

    @property
    def counts(self) -> list[tuple[str, str, int, str]]:
        """Each standing with its word, number and tone (各状态件数)."""
        verdicts: list[Verdict] = [row.verdict for row in self.judged]
        return [
            (each.value, label, sum(verdict.standing is each for verdict in verdicts), TONES[each])
            for each, label in STANDINGS.items()
        ]
