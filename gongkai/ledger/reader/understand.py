"""From an extracted document to a plan (理解文本): running text first, then tables, in document order."""

import re

from gongkai.frame.opening.unreadable import Unreadable
from gongkai.ledger.reader.bodies import mentions_first_leads
from gongkai.ledger.reader.brackets import Enclosures, find_enclosures
from gongkai.ledger.reader.draft import Context, Draft
from gongkai.ledger.reader.duties import find_duties
from gongkai.ledger.reader.flat import find_head, flat_duties, flat_numbers
from gongkai.ledger.reader.flow import Flow, flow_of, key_of, squeeze
from gongkai.ledger.reader.heading import find_title, find_year
from gongkai.ledger.reader.headings import ancestors, heading_end, title_of
from gongkai.ledger.reader.marks import Mark, find_marks
from gongkai.ledger.reader.outline import Node, build_outline
from gongkai.ledger.reader.pieces import drafts_from
from gongkai.ledger.reader.plan import Doubt, Plan, PlanTask
from gongkai.ledger.reader.prose import GENERIC, ProseReader
from gongkai.ledger.reader.sections import section_tree
from gongkai.ledger.reader.source import Paragraph, Source
from gongkai.ledger.reader.tables import TableReader, task_grids
from gongkai.ledger.reader.vertical import with_vertical_tables


def understand(source: Source, year: int | None = None) -> Plan:
    """Read sections and tasks out of a document (识别任务)."""
    if not source.text.strip():
        raise Unreadable("文件里没有文字，请换一份有文字的文件。")
    source = with_vertical_tables(source)
    grids = task_grids(source)
    flow = flow_of(source.text, _lines(source, {grid.table.start for grid in grids}))
    enclosures = find_enclosures(flow)
    head = find_head(flow)
    marks = flat_numbers(flow, find_marks(flow, enclosures, head[0] if head else None))
    first = marks[0].start if marks else len(flow.key)
    title = find_title(flow, first)
    context = _context(flow, title, year, source.text)
    root = build_outline(marks, len(flow.key))
    drafts = _prose(flow, marks, enclosures, root, context, bool(grids))
    for grid in grids:
        drafts += TableReader(source, grid, _headings_above(flow, root, grid.table.start), context).drafts()
    drafts.sort(key=lambda draft: draft.span.start if draft.span else 0)
    tasks = tuple(draft.finish(index, context) for index, draft in enumerate(drafts, 1))
    return _plan(source, title, context, tasks, flow, marks)


def _lines(source: Source, tables: set[int]) -> list[Paragraph]:
    """Running text, with the cells of tables that hold no tasks as paragraphs in it."""
    lines: list[Paragraph] = []
    for block in source.blocks:
        if isinstance(block, Paragraph):
            lines.append(block)
        elif block.start not in tables:
            cells = dict.fromkeys(cell for row in block.grid for cell in row if cell)
            lines += [Paragraph(cell.start, cell.end, block.page) for cell in cells if cell.end > cell.start]
    return lines[: _furniture(source.text, lines)]


_FURNITURE = re.compile(
    r"(?:主办|承办|技术支持|版权所有|网站标识码|.{0,6}ICP备|.{0,6}公网安备|打印|关闭窗口|扫一扫|分享到|上一篇|下一篇|"
    r"相关(?:链接|附件|稿件|解读)|责任编辑|网站地图|联系我们|抄送:|公开方式:)"
)
#: Furniture of a web page or a paper stands among so many last paragraphs.
LAST_PARAGRAPHS = 30


def _furniture(text: str, lines: list[Paragraph]) -> int:
    """The number of paragraphs before the furniture at the end (页脚、抄送)."""
    keys = [key_of(squeeze(text[line.start : line.end])) for line in lines[-LAST_PARAGRAPHS:]]
    hosts = sum(key.startswith(("主办", "承办")) for key in keys)
    for index, key in enumerate(keys):
        found = _FURNITURE.match(key)
        if found and index and not (hosts > 1 and key.startswith(("主办单位", "承办单位"))):
            return len(lines) - len(keys) + index
    return len(lines)


def _headings_above(flow: Flow, root: Node, start: int) -> tuple[str, ...]:
    """The headings under which a table stands: only if the last of them stands right above it."""
    place = flow.position(start)
    node = next((n for n in reversed(list(root.walk())) if n.mark and n.start < place), None)
    if node is None or GENERIC.match(flow.text[node.body : node.end]):
        return ()
    end = heading_end(flow, node)
    between = flow.text[end:place]
    if end < place and (len(between) > 40 or "附件" in between or place - node.start > 120):
        return ()
    return tuple(title_of(flow, n) for n in (*ancestors(node), node))


def _context(flow: Flow, title: str, year: int | None, text: str) -> Context:
    found = year or find_year(title, flow.key or text)
    place = re.match(r"(?:20\d\d年)?([\u4e00-\u9fff]{2,4}?)(?:综合实验区|新区|[省市县区])", title)
    return Context(found, place[1] if place else "", _rule_for_all(flow))


def _rule_for_all(flow: Flow) -> bool:
    """A rule outside any bracket that the body named first leads (文首或文末的约定)."""
    return any(
        mentions_first_leads(flow.key[match.start() : match.end()])
        for match in re.finditer(r"[^。;()]{0,40}第一[^。;()]{0,40}", flow.key)
        if re.search(r"单位|部门", match[0])
    )


def _prose(
    flow: Flow, marks: list[Mark], enclosures: Enclosures, root: Node, context: Context, tables: bool
) -> list[Draft]:
    duties = find_duties(flow, enclosures, marks)
    duties = sorted([*duties, *flat_duties(flow, marks, duties)], key=lambda duty: duty.start)
    if tables and not duties:
        return []
    return drafts_from(flow, ProseReader(flow, root, duties).pieces(), context)


def _plan(
    source: Source, title: str, context: Context, tasks: tuple[PlanTask, ...], flow: Flow, marks: list[Mark]
) -> Plan:
    doubts = []
    if not tasks:
        doubts.append(Doubt("empty", "没有读到任务，请检查文件内容，或手工录入。"))
    if context.year is None:
        doubts.append(Doubt("year", "没有读到年份，请填写计划年度。"))
    sections = section_tree(source.text, tasks, flow, marks)
    begin = min([t.span.start for t in tasks if t.span], default=0)
    begin = min([begin, *(s.span.start for s in sections if s.span)])
    end = max([t.span.end for t in tasks if t.span], default=0)
    return Plan(
        text=source.text,
        title=title,
        year=context.year,
        preamble=source.text[:begin].strip(),
        sections=sections,
        tasks=tasks,
        closing=source.text[end:].strip() if tasks else "",
        doubts=tuple(doubts),
        source_format=source.source_format,
    )
