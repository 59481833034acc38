"""The headings above the tasks, as a tree (章节树)."""

from dataclasses import dataclass, field

from gongkai.ledger.reader.flow import Flow
from gongkai.ledger.reader.marks import Mark
from gongkai.ledger.reader.plan import PlanTask, Section, Span


@dataclass(slots=True)
class _Branch:
    path: tuple[str, ...]
    number: str = ""
    span: Span | None = None
    children: dict[str, "_Branch"] = field(default_factory=dict)

    def section(self) -> Section:
        """The finished section."""
        children = tuple(branch.section() for branch in self.children.values())
        return Section(self.number, self.path[-1], self.path, children, self.span)


def section_tree(
    text: str, tasks: tuple[PlanTask, ...], flow: Flow, marks: list[Mark]
) -> tuple[Section, ...]:
    """All headings that hold tasks; one printed twice (表格跨页重复) is one (汇总章节)."""
    root = _Branch(())
    places = _places(flow, marks)
    for task in tasks:
        branch = root
        for title in task.section_path:
            path = (*branch.path, title)
            if title not in branch.children:
                number, span = _found(places, title, task, text)
                branch.children[title] = _Branch(path, number, span)
            branch = branch.children[title]
    return tuple(branch.section() for branch in root.children.values())


def _places(flow: Flow, marks: list[Mark]) -> dict[str, list[Mark]]:
    places: dict[str, list[Mark]] = {}
    for mark in marks:
        places.setdefault(flow.text[mark.start : mark.end + 4], []).append(mark)
    return places


def _found(places: dict[str, list[Mark]], title: str, task: PlanTask, text: str) -> tuple[str, Span | None]:
    """The number and place of a heading: the last one printed before its first task."""
    start = task.span.start if task.span else 0
    place = text.rfind(title, 0, start)
    span = Span(place, place + len(title)) if place >= 0 else None
    found = [marks for head, marks in places.items() if title.startswith(head)]
    return (found[0][0].number if found else ""), span
