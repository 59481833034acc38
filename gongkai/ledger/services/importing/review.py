"""核对: an import as a person sees it: what each row means, what is doubtful, what blocks."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from gongkai.agencies.models import Unit
from gongkai.ledger.models import PlanImport
from gongkai.ledger.services.importing.directory import Directory, Meaning, Share, wordings
from gongkai.ledger.services.importing.rows import Row, RowBody, RowDoubt, rows_of, standing_rows


@dataclass(frozen=True, slots=True)
class RowReview:
    """A row with what its bodies mean and why it needs a look (单项核对)."""

    row: Row
    bodies: tuple[tuple[RowBody, Meaning], ...]
    shares: tuple[Share, ...]
    doubts: tuple[RowDoubt, ...]

    @property
    def open(self) -> bool:
        """Whether a person still has to look."""
        return bool(self.doubts)

    @property
    def unsettled(self) -> tuple[str, ...]:
        """The wordings of this row that mean nobody yet."""
        return tuple(body.name for body, meaning in self.bodies if not meaning.settled)


@dataclass(frozen=True, slots=True)
class Wording:
    """One distinct wording of the whole import (责任主体写法), with where it stands and what it may mean."""

    body: RowBody
    meaning: Meaning
    rows: tuple[Row, ...]

    @property
    def settled(self) -> bool:
        """Whether every row knows whom this wording means."""
        return self.meaning.settled


class Review:
    """Everything that the pages of one import show (核对结果), derived from its rows and answers."""

    def __init__(self, record: PlanImport, directory: Directory) -> None:
        self.record = record
        self.directory = directory
        self.all_rows = rows_of(record.rows)

    @cached_property
    def rows(self) -> list[RowReview]:
        """The rows that will become tasks."""
        return [self.review(row) for row in standing_rows(self.all_rows)]

    @cached_property
    def dropped(self) -> list[Row]:
        """The rows that somebody deleted; they can be brought back."""
        return [row for row in self.all_rows if row.dropped]

    @cached_property
    def doubtful(self) -> list[RowReview]:
        """The rows that still need a look."""
        return [each for each in self.rows if each.open]

    @property
    def clear(self) -> int:
        """How many rows need no look."""
        return len(self.rows) - len(self.doubtful)

    @cached_property
    def wordings(self) -> list[Wording]:
        """Each distinct wording once, in printed order."""
        places = wordings(each.row for each in self.rows)
        return [self._wording(found) for found in places.values()]

    @cached_property
    def unsettled(self) -> list[Wording]:
        """The wordings for which a person has to name units."""
        return [each for each in self.wordings if not each.settled]

    @cached_property
    def likely(self) -> list[Wording]:
        """The wordings that were matched by likeness, not by a name on file."""
        return [each for each in self.wordings if each.settled and each.meaning.likely]

    @cached_property
    def assignments(self) -> int:
        """How many assignments (分工) the rows make."""
        return sum(len(each.shares) for each in self.rows)

    @cached_property
    def loose(self) -> list[RowReview]:
        """The rows that nobody would have to do: the plan cannot be sent out with them."""
        return [each for each in self.rows if not each.shares]

    @cached_property
    def per_unit(self) -> list[tuple[Unit, int]]:
        """How many tasks each unit gets, most first."""
        counts = Counter(share.unit.pk for each in self.rows for share in each.shares)
        return [(self.directory.units[key], count) for key, count in counts.most_common()]

    @cached_property
    def blocks(self) -> list[tuple[str, str]]:
        """What stands in the way of confirming (须先处理): a sentence, and the page that mends it."""
        return list(self._blocks())

    def review(self, row: Row) -> RowReview:
        """One row as a person sees it."""
        answers = self.record.answers
        bodies = tuple((body, self.directory.meaning(body, answers)) for body in row.bodies)
        shares = tuple(self.directory.shares(row, answers))
        return RowReview(row, bodies, shares, tuple(_doubts(row, bodies)))

    def row(self, key: int) -> RowReview | None:
        """The row of this key, if it is there and not deleted."""
        return next((each for each in self.rows if each.row.key == key), None)

    def _wording(self, found: list[tuple[Row, RowBody]]) -> Wording:
        readings = [(row, body, self.directory.meaning(body, self.record.answers)) for row, body in found]
        worst = next((each for each in readings if not each[2].settled), readings[0])
        return Wording(worst[1], worst[2], tuple(dict.fromkeys(row for row, _ in found)))

    def _blocks(self) -> Iterator[tuple[str, str]]:
        if not self.record.title:
            yield "还没有填写要点标题", "import_edit"
        if not self.record.year:
            yield "还没有填写年度", "import_edit"
        if not self.rows:
            yield "没有任务，请先补充任务", "import"
        empty = sum(1 for each in self.rows if not each.row.text.strip())
        if empty:
            yield f"{empty} 项任务没有内容", "import"
        early = [each.row for each in self.rows if _too_early(each.row, self.record.year)]
        if early:
            yield f"{len(early)} 项任务的完成时限早于 {self.record.year} 年", "import"
        if self.unsettled:
            yield f"{len(self.unsettled)} 个责任主体还没有对应到单位", "import_names"


def _too_early(row: Row, year: int | None) -> bool:
    return bool(year and row.due_on and row.due_on.year < year)


def _doubts(row: Row, bodies: tuple[tuple[RowBody, Meaning], ...]) -> Iterator[RowDoubt]:
    """Why the row needs a look; what only a person's eye can settle goes once they have looked."""
    for body, meaning in bodies:
        if not meaning.settled:
            yield RowDoubt(f"“{body.name}”还没有对应到单位")
    if row.checked:
        return
    yield from row.doubts
    if not row.bodies:
        yield RowDoubt("没有读到责任单位")
    if row.others_text and not any(row.others_text in doubt.reason for doubt in row.doubts):
        yield RowDoubt(f"原文以“{row.others_text}”结尾，另有未列明的单位，请确认是否补充")
    for body, meaning in bodies:
        if meaning.settled and meaning.likely:
            yield RowDoubt(f"“{body.name}”按相近名称对应到“{meaning.label}”，请确认")
