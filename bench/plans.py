"""Made-up plans with known answers (合成要点): the same tasks in many layouts, with many kinds of dirt."""

import csv
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import docx
import openpyxl

CHINESE = "零一二三四五六七八九十"
VERBS = ("加强", "推进", "完善", "规范", "深化", "做好", "健全", "落实", "公开", "优化")
FIELDS = [
    "预算决算",
    "行政许可",
    "义务教育",
    "社会救助",
    "食品药品监管",
    "政策解读",
    "政府采购",
    "公共文化服务",
    "养老服务",
    "安全生产",
    "“双随机、一公开”监管",
    "重大建设项目（含民生项目）",
    "就业创业",
    "生态环境",
    "乡村振兴",
    "公共法律服务",
    "农田水利建设",
]
ENDS = ("信息公开工作", "信息发布", "工作机制", "目录清单", "平台建设", "全过程管理")
MORE = (
    "及时更新发布内容，接受社会监督",
    "在5个工作日内作出回应",
    "力争5年内基本实现全覆盖",
    "相关数据按月统计，形成“1+3”工作格局",
    "对2019年以来的文件进行梳理",
    "实行清单管理、动态调整",
    "让群众看得到、听得懂、能监督",
)
HEADS = (
    "深化重点领域信息公开",
    "加强政策发布解读回应",
    "推进决策公开",
    "提升基层政务公开水平",
    "强化监督保障",
)
UNITS = [
    "区政府办公室",
    "区发展改革局",
    "区财政局",
    "区教育局",
    "区民政局",
    "区人力资源社会保障局",
    "区自然资源局",
    "区住房和城乡建设局",
    "区文化和旅游局",
    "区卫生健康局",
    "区市场监督管理局",
    "区行政审批服务局",
    "区农业农村局",
    "区应急管理局",
    "区医疗保障局",
    "区委组织部",
    "区残联",
    "区公安分局",
    "高新区管委会",
    "区住建局（人防办）",
]
GROUPS = ("各镇人民政府", "各街道办事处", "区政府各部门单位", "各有关单位", "各镇、街道", "各镇（街道）")
LIMITS = (
    ("2021年6月底前", "2021-06-30"),
    ("12月底前", "2021-12-31"),
    ("2021年年底前", "2021-12-31"),
    ("9月30日前", "2021-09-30"),
    ("第三季度末前", "2021-09-30"),
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One task as it ought to be read (标准答案)."""

    number: str
    text: str
    section_path: tuple[str, ...]
    lead: tuple[str, ...]
    rest: tuple[str, ...]
    limit: str = ""
    day: str = ""
    others: str = ""

    @property
    def units(self) -> tuple[str, ...]:
        """All bodies in printed order."""
        return (*self.lead, *self.rest)

    def expected(self) -> dict[str, object]:
        """In the shape of the answer files."""
        return {
            "number": self.number,
            "text_startswith": self.text[:12],
            "section_path": list(self.section_path),
            "units": list(self.units),
            "lead_units": list(self.lead),
            "deadline_text": self.limit,
        }


@dataclass(frozen=True, slots=True)
class Facts:
    """A made-up plan (合成要点)."""

    title: str
    tasks: tuple[Fact, ...]


def make_plan(seed: int, tasks: int = 12, *, leads: bool = False, each: int = 4) -> Facts:
    """A plan of so many tasks, `each` under one heading; `leads` tells lead and support apart."""
    chance = random.Random(seed)
    made: list[Fact] = []
    section = 0
    for index in range(tasks):
        section += index % each == 0
        head = f"{chinese(section)}、{HEADS[(section - 1) % len(HEADS)]}"
        made.append(_fact(chance, index + 1, (head,), leads))
    return Facts("2021年示范区政务公开工作要点", tuple(made))


def _fact(chance: random.Random, number: int, path: tuple[str, ...], leads: bool) -> Fact:
    text = chance.choice(VERBS) + chance.choice(FIELDS) + chance.choice(ENDS)
    for _ in range(chance.randrange(3)):
        text += chance.choice("，。") + chance.choice(MORE)
    limit, day = chance.choice(LIMITS) if chance.random() < 0.3 else ("", "")
    names = chance.sample(UNITS, chance.randint(1, 4))
    groups = [
        *chance.sample(GROUPS[:4], chance.randrange(2)),
        *chance.sample(GROUPS[4:], chance.random() < 0.3),
    ]
    cut = chance.randint(1, min(2, len(names))) if leads else 0
    rest = (*names[cut:], *groups) if leads else (*groups, *names)
    others = "等部门" if rest and rest[-1] in UNITS and chance.random() < 0.2 else ""
    return Fact(str(number), text, path, tuple(names[:cut]), rest, limit, day, others)


def chinese(value: int) -> str:
    """A count below a thousand in Chinese."""
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    head = CHINESE[hundreds] + "百" if hundreds else ""
    if head and rest and not tens:
        head += "零"
    ten = "" if not tens else "十" if tens == 1 and not hundreds else CHINESE[tens] + "十"
    return head + ten + (CHINESE[ones] if ones else "")


def listed(names: Sequence[str], others: str = "") -> str:
    """Names joined as plans do."""
    return "、".join(names) + others


def body(task: Fact) -> str:
    """The words of a task with its limit in them."""
    return f"{task.text}，{task.limit}完成。" if task.limit else f"{task.text}。"


def under_heads(facts: Facts, print_task: Callable[[Fact], list[str]]) -> list[str]:
    """Title, headings and tasks as paragraphs."""
    lines, path = [facts.title, "为做好今年的政务公开工作，制定本要点。"], ()
    for task in facts.tasks:
        if task.section_path != path:
            path = task.section_path
            lines.append(path[-1])
        lines += print_task(task)
    return [*lines, "各单位要将落实情况纳入年度报告，接受社会监督。"]


def verb_list(task: Fact) -> str:
    """Bodies with verbs: 甲牵头，乙、丙配合."""
    if not task.lead:
        return f"{listed(task.rest, task.others)}按职责分工负责"
    rest = f"，{listed(task.rest, task.others)}配合" if task.rest else ""
    return f"{listed(task.lead)}牵头{rest}"


def labels(task: Fact, gap: str = "；") -> str:
    """Bodies with labels: 牵头单位：甲；配合单位：乙."""
    if not task.lead:
        return f"责任单位：{listed(task.rest, task.others)}"
    rest = f"{gap}配合单位：{listed(task.rest, task.others)}" if task.rest else ""
    return f"牵头单位：{listed(task.lead)}{rest}"


PROSE: dict[str, Callable[[Facts], list[str]]] = {
    "bracket": lambda f: under_heads(f, lambda t: [f"{t.number}.{body(t)}（{labels(t)}）"]),
    "verbs": lambda f: under_heads(f, lambda t: [f"{t.number}．{body(t)}（{verb_list(t)}）"]),
    "own line": lambda f: under_heads(f, lambda t: [f"{t.number}、{body(t)}", labels(t)]),
    "label lines": lambda f: under_heads(
        f, lambda t: [f"{t.number}.{body(t)}", *labels(t, "\n").split("\n")]
    ),
    "half width": lambda f: under_heads(
        f, lambda t: [f"{t.number}. {body(t)}({labels(t).replace('：', ':')})"]
    ),
    "no colon": lambda f: under_heads(
        f, lambda t: [f"{t.number}.{body(t)}（{labels(t).replace('：', '')}）"]
    ),
    "mixed brackets": lambda f: under_heads(f, lambda t: [f"{t.number}.{body(t)}（{labels(t)})。"]),
    "two on a line": lambda f: _paired(under_heads(f, lambda t: [f"{t.number}.{body(t)}（{labels(t)}）"])),
    "sub items": lambda f: under_heads(
        f, lambda t: [f"{t.number}.{body(t)}", "（1）制定工作方案。", f"（2）抓好工作落实。（{labels(t)}）"]
    ),
    "run on": lambda f: ["".join(under_heads(f, lambda t: [f"{t.number}.{body(t)}{labels(t)}。"]))],
}


def _paired(lines: list[str]) -> list[str]:
    """Every second task moves up to the line of the one before it."""
    joined: list[str] = []
    for line in lines:
        if joined and line[:1].isdigit() and joined[-1][:1].isdigit() and joined[-1].count("责任单位") == 1:
            joined[-1] += line
        else:
            joined.append(line)
    return joined


COLUMNS: dict[str, Callable[[Fact], str]] = {
    "序号": lambda t: t.number,
    "重点领域": lambda t: t.section_path[0],
    "工作任务": lambda t: f"{t.text}。",
    "牵头单位": lambda t: listed(t.lead),
    "配合单位": lambda t: listed(t.rest, t.others),
    "责任单位": lambda t: listed(t.units, t.others),
    "完成时限": lambda t: t.limit or "全年",
    "备注": lambda _: "",
}
ORDERS = {
    "leads": ("序号", "重点领域", "工作任务", "牵头单位", "配合单位", "完成时限", "备注"),
    "one column": ("重点领域", "序号", "工作任务", "责任单位", "完成时限"),
    "turned": ("责任单位", "完成时限", "工作任务", "重点领域", "序号"),
}


def table_rows(facts: Facts, order: Sequence[str]) -> list[list[str]]:
    """The plan as table rows, head first."""
    return [list(order), *([COLUMNS[column](task) for column in order] for task in facts.tasks)]


# dirt


def wrapped(lines: Sequence[str], width: int, gap: str = "\n") -> str:
    """Lines broken at a width, in the middle of words, as text taken from a PDF is."""
    pieces = [line[low : low + width] for line in lines for low in range(0, len(line), width)]
    return gap.join(pieces)


def paged(text: str, every: int = 20) -> str:
    """Text with page numbers between its lines."""
    lines, out = text.split("\n"), []
    for index, line in enumerate(lines):
        out.append(line)
        if index % every == every - 1:
            out.append(f"— {index // every + 1} —")
    return "\n".join(out)


# formats


def as_docx(lines: Sequence[str], rows: Sequence[Sequence[str]] = (), merge: Sequence[int] = ()) -> bytes:
    """A Word file with paragraphs and, if rows are given, a table with equal cells of some columns merged."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        grid = [list(row.cells) for row in table.rows]
        for number, row in enumerate(rows):
            for column, words in enumerate(row):
                if not (column in merge and number > 1 and rows[number - 1][column] == words):
                    grid[number][column].text = words
        for column in merge:
            for low, high in runs([row[column] for row in rows]):
                grid[low][column].merge(grid[high - 1][column])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_xlsx(title: str, rows: Sequence[Sequence[str]], merge: Sequence[int] = ()) -> bytes:
    """An Excel file with a title row and merged cells."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([title])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(rows[0]))
    for row in rows:
        sheet.append(list(row))
    for column in merge:
        for low, high in runs([row[column] for row in rows]):
            if high - low > 1:
                for number in range(low + 1, high):
                    sheet.cell(number + 2, column + 1).value = None
                sheet.merge_cells(
                    start_row=low + 2, end_row=high + 1, start_column=column + 1, end_column=column + 1
                )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_html(lines: Sequence[str], rows: Sequence[Sequence[str]] = (), merge: Sequence[int] = ()) -> bytes:
    """A web page with furniture around paragraphs and a table with rowspans."""
    out = ["<!DOCTYPE html><html><head><title>x</title></head><body><nav>首页 > 政务公开</nav><div>"]
    out += [f"<p><span>{escape(line)}</span></p>" for line in lines]
    if rows:
        out.append("<table><tbody>")
        spans = {(low, c): high - low for c in merge for low, high in runs([row[c] for row in rows])}
        for number, row in enumerate(rows):
            cells = [
                f'<td rowspan="{spans.get((number, c), 1)}"><p>{escape(words)}</p></td>'
                for c, words in enumerate(row)
                if number == 0 or c not in merge or (number, c) in spans
            ]
            out.append(f"<tr>{''.join(cells)}</tr>")
        out.append("</tbody></table>")
    return "".join([*out, "</div><footer>主办单位：区政府办公室</footer></body></html>"]).encode()


def as_csv(rows: Sequence[Sequence[str]], delimiter: str = ",") -> bytes:
    """Delimited text."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def runs(values: Sequence[str]) -> list[tuple[int, int]]:
    """Runs of equal neighbours under the head, as (first row, row after the last)."""
    found, low = [], 1
    for index in range(1, len(values) + 1):
        if index == len(values) or (index > low and values[index] != values[low]):
            if index > low:
                found.append((low, index))
            low = index
    return found


@dataclass(frozen=True, slots=True)
class Sample:
    """A file made for scoring (合成样例)."""

    name: str
    content: bytes
    facts: Facts
    suffix: str = "txt"
    column_limits: bool = False

    def expected(self) -> list[dict[str, object]]:
        """The answer; a column of time limits says 全年 where the task has none."""
        answers = [task.expected() for task in self.facts.tasks]
        for answer in answers if self.column_limits else []:
            answer["deadline_text"] = answer["deadline_text"] or "全年"
        return answers


def samples() -> list[Sample]:
    """One file for each layout, dirt and format."""
    made: list[Sample] = []
    for seed, (name, layout) in enumerate(PROSE.items()):
        facts = make_plan(seed, leads=seed % 2 == 1)
        lines = layout(facts)
        made.append(Sample(f"{name} txt", "\n".join(lines).encode(), facts))
        if name != "run on":
            made.append(Sample(f"{name} wrapped", wrapped(lines, 31).encode("gb18030"), facts))
            made.append(Sample(f"{name} pages", paged(wrapped(lines, 28, "\n\n")).encode("utf-16"), facts))
        made.append(Sample(f"{name} docx", as_docx(lines), facts, "docx"))
        made.append(Sample(f"{name} html", as_html(lines), facts, "html"))
    for seed, (name, order) in enumerate(ORDERS.items(), 50):
        facts = make_plan(seed, leads="牵头单位" in order)
        rows, merge = table_rows(facts, order), [order.index("重点领域")]
        head = [facts.title]
        made.append(
            Sample(f"table {name} docx", as_docx(head, rows, merge), facts, "docx", column_limits=True)
        )
        made.append(
            Sample(f"table {name} xlsx", as_xlsx(facts.title, rows, merge), facts, "xlsx", column_limits=True)
        )
        made.append(
            Sample(f"table {name} html", as_html(head, rows, merge), facts, "html", column_limits=True)
        )
        made.append(Sample(f"table {name} csv", as_csv(rows), facts, "csv", column_limits=True))
        made.append(Sample(f"table {name} tsv", as_csv(rows, "\t"), facts, "tsv", column_limits=True))
    return made
