"""标准目录表格: catalogues out and in as .xlsx, in the layout of the tables that every county fills in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.documents.reading.files import content_of, refusing
from gongkai.documents.reading.workbook import Book, Sheet
from gongkai.frame.sheets import plain as storable
from gongkai.rules.catalogue import CHOSEN, TICK, RowFacts, plain, read_channels, write_channels
from gongkai.rules.law import Refused

#: the two lines of headings: the upper one, the lower one, the fact below it, the width
HEADS: tuple[tuple[str, str, str, int], ...] = (
    ("序号", "", "number", 6),
    ("公开事项", "一级事项", "first", 14),
    ("公开事项", "二级事项", "second", 18),
    ("公开内容（要素）", "", "elements", 34),
    ("公开依据", "", "basis", 34),
    ("公开时限", "", "limit", 18),
    ("公开主体", "", "subject", 16),
    ("公开渠道和载体", "", "channels", 26),
    ("公开对象", "全社会", "for_all", 8),
    ("公开对象", "特定群体", "audience", 12),
    ("公开方式", "主动", "active", 7),
    ("公开方式", "依申请公开", "on_request", 9),
    ("公开层级", "县级", "county", 7),
    ("公开层级", "乡级", "town", 7),
    ("公开层级", "村级", "village", 7),
)
TICKED = frozenset({"for_all", "active", "on_request", "county", "town", "village"})
#: other wordings of the headings in tables that are in use
ALIASES = {
    "公开要素": "elements",
    "公开内容": "elements",
    "公开内容(要素)": "elements",
    "公开渠道": "channels",
    "特定群众": "audience",
    "特定群体(请写明)": "audience",
    "依申请": "on_request",
    "主动公开": "active",
    "县区级": "county",
    "县(区)级": "county",
    "区级": "county",
    "乡、村级": "town",
    "乡镇级": "town",
    "乡(镇)级": "town",
    "街道级": "town",
    "村(社区)级": "village",
}
NEEDED = ("first", "second", "limit", "subject")
MOST_ROWS = 2000
HEAD_WITHIN = 20
MOST_COLUMNS = 40
_BORDER = Border(*(Side("thin"),) * 4)


def write_catalogue(title: str, rows: Sequence[RowFacts]) -> bytes:
    """A version as a sheet (导出目录): title, two lines of headings, ticks √ and channels ■/□."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a sheet")
    sheet.title = "标准目录"
    sheet.append([title])
    sheet.append(_upper())
    sheet.append([lower for _, lower, _, _ in HEADS])
    _merge_heads(sheet)
    for row in rows:
        sheet.append([_cell(row, name) for _, _, name, _ in HEADS])
    _style(sheet)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _upper() -> list[str]:
    """Each upper heading once, at the first of its columns."""
    above = [upper for upper, _, _, _ in HEADS]
    return [upper if above.index(upper) == place else "" for place, upper in enumerate(above)]


def _cell(row: RowFacts, name: str) -> Any:
    if name == "channels":
        return write_channels(row.channels, row.other_channel)
    value = getattr(row, name)
    if name in TICKED:
        return TICK if value else ""
    return storable(value)


def _merge_heads(sheet: Worksheet) -> None:
    last = get_column_letter(len(HEADS))
    sheet.merge_cells(f"A1:{last}1")
    above = [upper for upper, _, _, _ in HEADS]
    for upper in dict.fromkeys(above):
        first, count = above.index(upper) + 1, above.count(upper)
        bottom = 2 if count > 1 else 3
        sheet.merge_cells(start_row=2, start_column=first, end_row=bottom, end_column=first + count - 1)


def _style(sheet: Worksheet) -> None:
    for place, (_, _, _, width) in enumerate(HEADS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, line in enumerate(sheet.iter_rows(), start=1):
        for cell in line:
            cell.font = Font("黑体" if number <= 3 else "宋体", 16 if number == 1 else 10)
            middle = "center" if number <= 3 else "left"
            cell.alignment = Alignment(middle, "center", wrap_text=True)
            if number > 1:
                cell.border = _BORDER
            if isinstance(cell.value, str) and number > 3:
                cell.data_type = "s"  # what people wrote is text, never a formula
    sheet.freeze_panes = "D4"
    sheet.page_setup.orientation = "landscape"
    sheet.print_title_rows = "2:3"


# --- in ---------------------------------------------------------------------------------------------


def read_catalogue(content: bytes) -> list[RowFacts]:
    """The rows of a sheet (导入目录); every fault is named with its line, and then nothing is brought in."""
    lines = _lines(content)
    top, places = _headings(lines)
    rows: list[RowFacts] = []
    faults: list[str] = []
    for number, line in _filled(lines, top, places):
        facts, fault = _row(len(rows) + 1, line)
        if fault:
            faults.append(f"第{number}行{fault}")
        rows.append(facts)
    if faults:
        raise Refused("；".join(faults[:10]) + (f"；共{len(faults)}处" if len(faults) > 10 else ""))
    _refuse_doubles(rows)
    return rows


def _lines(content: bytes) -> list[list[str]]:
    """The rows of the first sheet that is shown, each at its own number (表格各行)."""
    with refusing():
        shown = (each for each in Book(content_of(content)).sheets() if not each.hidden and each.lines)
        sheet = next(shown, None)
    if sheet is None:
        raise Refused("表格里没有可见的内容")
    last = max((line.number for line in sheet.lines if line.cells), default=0)
    if last > MOST_ROWS + HEAD_WITHIN:
        raise Refused(f"表格有{last}行，一次最多导入{MOST_ROWS}行")
    lines = [[""] * MOST_COLUMNS for _ in range(last)]
    for line in sheet.lines:
        for column, text in line.cells.items():
            if column <= MOST_COLUMNS:
                lines[line.number - 1][column - 1] = text
    _spread(sheet, lines)
    return lines


def _spread(sheet: Sheet, lines: list[list[str]]) -> None:
    """A merged cell speaks for all that it covers (合并单元格)."""
    left_over = len(lines) * MOST_COLUMNS
    for left, top, right, bottom in sheet.merges:
        if top > len(lines) or left > MOST_COLUMNS:
            continue
        covered = lines[top - 1 : bottom]
        width = min(right, MOST_COLUMNS) - left + 1
        left_over -= len(covered) * width
        if left_over < 0:  # honest ones do not overlap
            raise Refused("表格里的合并单元格互相重叠，请取消合并后再上传")
        said = lines[top - 1][left - 1]
        for row in covered:
            row[left - 1 : left - 1 + width] = [said] * width


def _known() -> dict[str, str]:
    names = {plain(lower or upper): name for upper, lower, name, _ in HEADS}
    return names | {plain(word): name for word, name in ALIASES.items()}


def _headings(lines: list[list[str]]) -> tuple[int, dict[int, str]]:
    """Where the headings end, and which fact stands in which column (表头): two lines, or one."""
    known = _known()
    for top, line in enumerate(lines[:10]):
        below = lines[top + 1] if top + 1 < len(lines) else []
        places: dict[int, str] = {}
        for place, text in enumerate(line):
            lower = below[place] if place < len(below) else ""
            name = known.get(plain(lower)) or known.get(plain(text))
            if name and name not in places.values():
                places[place] = name
        if set(NEEDED) <= set(places.values()):
            two = any(plain(text) in known for text in below)
            return top + (2 if two else 1), places
    wanted = "、".join(
        next(lower or upper for upper, lower, name, _ in HEADS if name == need) for need in NEEDED
    )
    raise Refused(f"没有找到表头：表中应有{wanted}等列")


def _filled(
    lines: list[list[str]], top: int, places: Mapping[int, str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines with content; a first heading that is left blank is that of the line above."""
    first = ""
    for number, line in enumerate(lines[top:], start=top + 1):
        values = {name: line[place] for place, name in places.items() if place < len(line)}
        if not any(values.get(name) for name in ("second", "elements", "subject")):
            continue
        first = values.get("first") or first
        yield number, values | {"first": first}


def _row(number: int, values: Mapping[str, str]) -> tuple[RowFacts, str]:
    facts: dict[str, Any] = {"number": number}
    for each in fields(RowFacts):
        name = each.name
        if name in TICKED and name in values:
            facts[name] = _ticked(values[name])
        elif name not in ("number", "channels", "other_channel") and name in values and name not in TICKED:
            facts[name] = values[name]
    facts["channels"], facts["other_channel"] = read_channels(values.get("channels", ""))
    if facts.get("audience") and _ticked(facts["audience"]):
        facts["audience"] = "特定群体" if len(facts["audience"]) == 1 else facts["audience"]
    missing = [word for name, word in (("first", "一级事项"), ("second", "二级事项")) if not facts.get(name)]
    found = RowFacts(**({"first": "", "second": ""} | facts))
    return found, f"没有写{'、'.join(missing)}" if missing else ""


def _ticked(text: str) -> bool:
    return text.strip() in (TICK, "✓", "✔", "是", "有", "Y", "y", "1", CHOSEN, "☑", "V", "v")


def _refuse_doubles(rows: Sequence[RowFacts]) -> None:
    seen: set[tuple[str, str]] = set()
    for row in rows:
        if row.key in seen:
            raise Refused(f"“{row.first}：{row.second}”出现了两次，请合并后再导入")
        seen.add(row.key)
