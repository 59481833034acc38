"""一批: some hundred rows go in together or not at all, with their report and the count of what is done."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F

from gongkai.accounts.models import User
from gongkai.audit.services import record
from gongkai.documents.models import LegacyImport, LegacyOrigin, LegacyRow, OldAddress, Paper
from gongkai.documents.services.checks import Found, check_edition
from gongkai.documents.services.legacy.changing import change
from gongkai.documents.services.legacy.entries import Directory, Entry, read, said_of
from gongkai.documents.services.legacy.findings import list_findings, told_of
from gongkai.documents.services.legacy.making import address, make
from gongkai.documents.services.legacy.preparing import Prepared, Preparer
from gongkai.documents.services.telling import told
from gongkai.documents.states import OPEN
from gongkai.frame.today import now
from gongkai.rules.law import Refused

MADE, CHANGED, SAME, REFUSED = LegacyRow.Outcome.values
Rows = Sequence[tuple[int, list[str]]]


@dataclass
class Sorted:
    """The rows of a chunk by what is to be done with them (分拣)."""

    new: list[Prepared] = field(default_factory=list)
    changed: list[tuple[Prepared, LegacyOrigin]] = field(default_factory=list)
    met: list[tuple[Entry, Paper]] = field(default_factory=list)
    twins: list[tuple[Entry, str, int]] = field(default_factory=list)
    report: list[LegacyRow] = field(default_factory=list)


class Memory:
    """The rows of this manifest so far (已读各行): a paper that comes twice is known again."""

    def __init__(self) -> None:
        self.seen: dict[str, tuple[int, str]] = {}

    def twin(self, entry: Entry) -> tuple[int, str] | None:
        """The line and the key of the first row of the same paper, where this is not the first (重复行)."""
        marks = [entry.key, f"path {entry.path}" if entry.path else ""]
        marks.append(entry.said if entry.elements["number"] else "")
        met = [self.seen[mark] for mark in marks if mark in self.seen]
        for mark in filter(None, marks):
            self.seen.setdefault(mark, min(met, default=(entry.line, entry.key)))
        return min(met, default=None)


def understand(rows: Rows, known: Directory, memory: Memory, found: Sorted) -> list[Entry]:
    """The rows that tell of a paper for the first time (识别); the others are put aside with the reason."""
    entries: list[Entry] = []
    for line, cells in rows:
        try:
            entry = read(line, cells, known)
        except Refused as refused:
            title = " ".join(known.cell(cells, "title").split())[:200]
            found.report.append(LegacyRow(line=line, title=title, outcome=REFUSED, note=str(refused)[:300]))
            continue
        twin = memory.twin(entry)
        if twin:
            found.twins.append((entry, twin[1], twin[0]))
        else:
            entries.append(entry)
    return entries


def sort_out(entries: list[Entry], found: Sorted, preparer: Preparer, *, store: bool = True) -> Sorted:
    """Find what is there already, and make ready what is not (分拣); writes nothing but files."""
    for entry in entries:
        entry.digest = preparer.digest(entry)
    origins = _origins(entries)
    met = _met([entry for entry in entries if entry.key not in origins])
    for entry in entries:
        preparer.beat()
        origin = origins.get(entry.key)
        if origin and origin.digest == entry.digest:
            entry.found = still_found(entry, origin)
            found.report.append(result(entry, SAME, origin.paper_id))
        elif not origin and entry.line in met:
            found.met.append((entry, met[entry.line]))
        else:
            _prepare(entry, origin, preparer, found, store)
    preparer.look([*found.new, *(made for made, _ in found.changed)], store=store)
    return found


def still_found(entry: Entry, origin: LegacyOrigin) -> list[Found]:
    """What the checks still find where an earlier run found something (仍有的发现), told once."""
    edition = origin.paper.live or origin.edition
    if not origin.found or edition is None or origin.paper.state == "left":
        return []
    held = origin.edition if origin.edition and origin.edition.state in OPEN else edition
    return check_edition(held, on=entry.day)


def _prepare(
    entry: Entry, origin: LegacyOrigin | None, preparer: Preparer, found: Sorted, store: bool
) -> None:
    try:
        made = preparer.prepare(entry, store=store)
    except Refused as refused:
        found.report.append(result(entry, REFUSED, None, str(refused)))
        return
    if origin:
        found.changed.append((made, origin))
    else:
        found.new.append(made)


def _origins(entries: list[Entry]) -> dict[str, LegacyOrigin]:
    """Where papers of these rows came from before (迁移来源): by key, else by the old address."""
    rows = LegacyOrigin.objects.select_related("paper__live", "edition")
    found = {origin.key: origin for origin in rows.filter(key__in=[entry.key for entry in entries])}
    left = {entry.path: entry.key for entry in entries if entry.path and entry.key not in found}
    for old in OldAddress.objects.filter(path__in=left, paper__origin__isnull=False):
        found[left[old.path]] = rows.get(paper=old.paper_id)
    return found


def _met(entries: list[Entry]) -> dict[int, Paper]:
    """Papers that came here another way and are the same: by old address, or by number, title and day."""
    paths = {entry.path: entry.line for entry in entries if entry.path}
    found = {
        paths[old.path]: old.paper
        for old in OldAddress.objects.filter(path__in=paths).select_related("paper")
    }
    said = {entry.said: entry.line for entry in entries if entry.elements["number"]}
    numbers = {entry.elements["number"] for entry in entries if entry.elements["number"]}
    for paper in Paper.objects.filter(number__in=numbers).exclude(state="left"):
        line = said.get(said_of(paper.number, paper.title, paper.made_on))
        if line is not None:
            found.setdefault(line, paper)
    return found


@transaction.atomic
def write(batch: LegacyImport, start: int, count: int, work: Sorted, *, by: User, at: datetime) -> bool:
    """Write a chunk (写入一批); False where another process was quicker, and nothing was written."""
    held = LegacyImport.objects.select_for_update().get(pk=batch.pk)
    if held.state != "running" or held.done != start:
        return False
    today = at.date()
    report = list(work.report)
    papers = make(work.new, by=by, today=today) if work.new else []
    report += [result(row.entry, MADE, paper.pk) for row, paper in zip(work.new, papers, strict=True)]
    for row, origin in work.changed:
        report.append(_change(row, origin, by, at))
    report += _join(work.met)
    report += _twins(work.twins)
    told(paper for paper in papers if paper.state == "live")
    for line in report:
        line.batch = batch
    LegacyRow.objects.bulk_create(report, batch_size=500)
    sums = {outcome: sum(row.outcome == outcome for row in report) for outcome in LegacyRow.Outcome.values}
    LegacyImport.objects.filter(pk=batch.pk).update(
        done=F("done") + count, moved_at=now(), **{name: F(name) + number for name, number in sums.items()}
    )
    if sums[MADE] or sums[CHANGED]:
        record(
            batch,
            "迁移导入",
            by=by,
            facts={"已处理": start + count, "新增": sums[MADE], "更新": sums[CHANGED]},
        )
    return True


def _change(row: Prepared, origin: LegacyOrigin, by: User, at: datetime) -> LegacyRow:
    try:
        with transaction.atomic():
            change(row, origin, by=by, at=at, today=at.date())
    except Refused as refused:
        return result(row.entry, REFUSED, origin.paper_id, str(refused))
    return result(row.entry, CHANGED, origin.paper_id)


def _join(met: Sequence[tuple[Entry, Paper]]) -> list[LegacyRow]:
    """Papers that were here before the import are joined to their rows, not doubled (关联已有信息)."""
    papers = {paper.pk for _, paper in met}
    taken = set(LegacyOrigin.objects.filter(paper__in=papers).values_list("paper_id", flat=True))
    fresh = {paper.pk: (entry, paper) for entry, paper in met if paper.pk not in taken}
    LegacyOrigin.objects.bulk_create(
        LegacyOrigin(key=entry.key, paper=paper, edition_id=paper.live_id, digest=entry.digest)
        for entry, paper in fresh.values()
    )
    _also_at(met)
    return [result(entry, SAME, paper.pk, "本系统已有这条信息，未重复导入") for entry, paper in met]


def _twins(twins: Sequence[tuple[Entry, str, int]]) -> list[LegacyRow]:
    """A paper that stands twice in the manifest is one paper, in the columns of both rows (重复行)."""
    keys = {key for _, key, _ in twins}
    papers = {
        origin.key: origin.paper
        for origin in LegacyOrigin.objects.filter(key__in=keys).select_related("paper")
    }
    _also_at([(entry, papers[key]) for entry, key, _ in twins if key in papers])
    report = []
    for entry, key, line in twins:
        paper = papers.get(key)
        note = f"与第{line}行是同一条信息，已合并" if paper else f"与第{line}行重复，未导入"
        report.append(result(entry, SAME if paper else REFUSED, paper.pk if paper else None, note))
    return report


def _also_at(pairs: Sequence[tuple[Entry, Paper]]) -> None:
    """The old address of the row leads to the paper too, and it stands in the columns of the row too."""
    address([(entry.path, paper) for entry, paper in pairs])
    through = Paper.columns.through
    placed = [through(paper=paper, column=column) for entry, paper in pairs for column in entry.columns]
    through.objects.bulk_create(placed, ignore_conflicts=True)


def result(entry: Entry, outcome: str, paper: int | None, note: str = "") -> LegacyRow:
    """What became of a row (逐行结果), with all that people should look at."""
    row = LegacyRow(line=entry.line, title=entry.title, outcome=outcome, paper_id=paper)
    notes = [note, *entry.notes]
    if outcome != REFUSED:
        notes.append(told_of(entry.found, held=outcome != SAME))
        list_findings(row, entry.found)
    row.note = "；".join(filter(None, notes))[:300]
    return row
