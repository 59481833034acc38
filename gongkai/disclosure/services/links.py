"""事项对应信息: which papers fill which rows, found by column and words; what people said by hand stays."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from gongkai.accounts.guards import locked, permit
from gongkai.accounts.models import Role, User
from gongkai.audit.services import record
from gongkai.disclosure.models import CatalogueRow, RowPaper
from gongkai.documents.models import Paper
from gongkai.frame.pages import changed
from gongkai.rules.law import Refused

CHUNK = 2000


@transaction.atomic
def link_rows(today: date, *, rows: Iterable[int] | None = None) -> int:
    """Find the papers of all current rows, or of *rows* (对应公开信息); returns how many links changed.

    A paper fits where it stands in the row's column and bears one of its words in title or keywords; a row
    without words takes all of its column. Links made or taken away by hand are never touched.
    """
    wanted = CatalogueRow.objects.current(today).filter(column__isnull=False)
    if rows is not None:
        wanted = wanted.filter(pk__in=list(rows))
    by_column: dict[int, list[tuple[int, tuple[str, ...]]]] = {}
    for key, column, words in wanted.values_list("pk", "column", "keywords"):
        by_column.setdefault(column, []).append((key, tuple(words.split())))
    keys = [key for found in by_column.values() for key, _ in found]
    old = RowPaper.objects.filter(row__in=keys) if rows is not None else RowPaper.objects.all()
    return _replace(set(_pairs(by_column)), old)


def _pairs(by_column: dict[int, list[tuple[int, tuple[str, ...]]]]) -> Iterator[tuple[int, int]]:
    """Row and paper, for each paper that fits."""
    through = Paper.columns.through.objects.filter(paper__state="live", column__in=list(by_column))
    found = through.order_by().values_list("column", "paper", "paper__title", "paper__keywords")
    for column, paper, title, keywords in found.iterator(chunk_size=CHUNK):
        text = f"{title} {keywords}"
        for row, words in by_column[column]:
            if not words or any(word in text for word in words):
                yield row, paper


def _replace(wanted: set[tuple[int, int]], old: QuerySet[RowPaper]) -> int:
    kept: set[tuple[int, int]] = set()
    gone: list[int] = []
    for key, row, paper, by_hand in old.values_list("pk", "row", "paper", "by_hand"):
        if by_hand or (row, paper) in wanted:
            kept.add((row, paper))
        else:
            gone.append(key)
    for start in range(0, len(gone), CHUNK):
        RowPaper.objects.filter(pk__in=gone[start : start + CHUNK]).delete()
    fresh = [RowPaper(row_id=row, paper_id=paper) for row, paper in sorted(wanted - kept)]
    RowPaper.objects.bulk_create(fresh, batch_size=CHUNK)
    if gone or fresh:
        changed()
    return len(gone) + len(fresh)


@transaction.atomic
def link_paper(row: CatalogueRow, paper: Paper, *, by: User) -> RowPaper:
    """Say by hand that *paper* fills *row* (人工对应)."""
    permit(by, [Role.OFFICE, Role.OFFICER, Role.APPROVER], paper.unit)
    row = locked(row)
    if paper.state != "live":
        raise Refused("只能对应已经发布的政府信息")
    link, _ = RowPaper.objects.update_or_create(
        row=row, paper=paper, defaults={"by_hand": True, "dropped": False}
    )
    record(row, "人工对应政府信息", note=paper.title, by=by, unit=paper.unit)
    return link


@transaction.atomic
def unlink_paper(row: CatalogueRow, paper: Paper, *, by: User) -> None:
    """Say by hand that *paper* does not fill *row* (移除对应); the nightly search will not bring it back."""
    permit(by, [Role.OFFICE, Role.OFFICER, Role.APPROVER], paper.unit)
    link = RowPaper.objects.filter(row=row, paper=paper).first()
    if link is None:
        raise Refused("这条信息没有对应到这个事项")
    link = locked(link)
    link.by_hand, link.dropped = True, True
    link.save()
    record(row, "移除对应政府信息", note=paper.title, by=by, unit=paper.unit)
