"""工作台账表: the year's ledger laid out as offices print it; the import wizard reads it again."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db.models import Prefetch

from gongkai.frame.dates import date_zh
from gongkai.frame.sheets import Band, Head, workbook
from gongkai.ledger.models import Assignment, Evidence, Plan, Report, Section, Task
from gongkai.ledger.overview.marks import MARKS, mark_of

HEADS = (
    Head("序号", 7),
    Head("工作任务", 46),
    Head("责任单位（牵头/配合）", 30),
    Head("完成时限", 16),
    Head("进展情况", 64),
    Head("完成状态", 14),
    Head("佐证", 20),
    Head("备注", 14),
)
#: so many units' reports and so many pieces of evidence stand in one cell
SHOWN = 5
_PARTS = ((Assignment.Part.LEAD, "牵头单位"), (Assignment.Part.SUPPORT, "配合单位"))
_CYCLES = {
    Task.Cycle.QUARTERLY.value: "每季度",
    Task.Cycle.MONTHLY.value: "每月",
    Task.Cycle.HALF_YEARLY.value: "每半年",
    Task.Cycle.YEAR_ROUND.value: "全年持续",
}


def ledger_sheet(plan: Plan, *, today: date, tasks: Iterable[int] | None = None) -> bytes:
    """The working ledger of a plan as .xlsx (工作台账); *tasks* narrows it to these keys."""
    wanted = plan.tasks.current().select_related("plan")
    if tasks is not None:
        wanted = wanted.filter(pk__in=list(tasks))
    reports = Report.objects.filter(state__in=("signed", "accepted")).order_by("-signed_on", "-id")
    evidence = Prefetch("evidence", Evidence.objects.order_by("id"))
    parts = (
        Assignment.objects.filter(ended_on__isnull=True)
        .select_related("unit", "group")
        .prefetch_related(Prefetch("reports", reports.prefetch_related(evidence)))
        .order_by("position", "id")
    )
    found = wanted.prefetch_related("milestones", Prefetch("assignments", parts))
    note = f"截至{date_zh(today)}"
    return workbook(f"{plan.title}工作台账", HEADS, _rows(plan, found, today), note=note)


def _rows(plan: Plan, tasks: Iterable[Task], today: date) -> Iterator[Sequence[object] | Band]:
    """The tasks under the headings that open before each of them."""
    sections = {section.pk: section for section in plan.sections.all()}
    above: list[Section] = []
    for task in tasks:
        path = _path(sections.get(task.section_id or 0), sections)
        same = 0
        while same < min(len(path), len(above)) and path[same] == above[same]:
            same += 1
        yield from (Band(section.heading) for section in path[same:])
        above = path
        yield _row(task, today)


def _path(section: Section | None, sections: dict[int, Section]) -> list[Section]:
    path: list[Section] = []
    while section:
        path.insert(0, section)
        section = sections.get(section.parent_id or 0)
    return path


def _row(task: Task, today: date) -> list[object]:
    parts = list(task.assignments.all())
    return [
        task.number,
        task.text,
        units_cell(parts),
        deadline_cell(task),
        _progress(parts),
        _state(parts, today),
        _evidence(parts),
        _remarks(task),
    ]


def units_cell(parts: Iterable[Assignment]) -> str:
    """The units with their parts, a group under its own name (责任单位)."""
    named: dict[str, list[str]] = {}
    for each in parts:
        names = named.setdefault(each.part, [])
        name = str(each.group or each.unit)
        if name not in names:
            names.append(name)
    shares = [(label, named.pop(part)) for part, label in _PARTS if part in named]
    others = [name for names in named.values() for name in names]
    if not shares:
        return "、".join(others)
    shares += [("责任单位", others)] if others else []
    return "；".join(f"{label}：{'、'.join(names)}" for label, names in shares)


def deadline_cell(task: Task) -> str:
    """The deadline in words that the reader of plans understands (完成时限)."""
    day = f"{date_zh(task.due_on)}前"
    cycle = _CYCLES.get(task.cycle)
    if cycle is None:
        return day
    return cycle if task.due_on == date(task.plan.year, 12, 31) else f"{cycle}；{day}"


def _progress(parts: Sequence[Assignment]) -> str:
    """The newest report of each unit."""
    said = [(each, report) for each in parts for report in each.reports.all()[:1]]
    lines = [
        f"{each.unit}（{report.signed_on.month}月{report.signed_on.day}日）：{report.text}"
        if len(parts) > 1 and report.signed_on
        else report.text
        for each, report in said[:SHOWN]
    ]
    more = len(said) - SHOWN
    return "\n".join([*lines, *([f"另有{more}个单位已报送"] if more > 0 else [])])


def _state(parts: Sequence[Assignment], today: date) -> str:
    """One word for one unit, numbers for several."""
    counts = Counter(mark_of(each, today).code for each in parts)
    words = [(mark.label, counts[code]) for code, mark in MARKS.items() if counts[code]]
    if len(words) == 1:
        return words[0][0]
    return "，".join(f"{label}{number}" for label, number in words)


def _evidence(parts: Sequence[Assignment]) -> str:
    found = [
        piece
        for each in parts
        for report in each.reports.all()
        if report.state == "accepted"
        for piece in report.evidence.all()
    ]
    lines = [f"{piece.title} {piece.link}".strip() for piece in found[:SHOWN]]
    return "\n".join([*lines, *([f"等{len(found)}件"] if len(found) > SHOWN else [])])


def _remarks(task: Task) -> str:
    """What the columns do not hold: the printed deadline, steps of the office's own."""
    printed = task.deadline_text
    words = [f"原文时限：{printed}"] if printed and printed != deadline_cell(task) else []
    if task.cycle == Task.Cycle.FIXED:
        words += [f"{step.title}：{date_zh(step.due_on)}" for step in task.milestones.all()]
    return "\n".join(words)
