"""Sheets that mean harm: what unpacks, spreads or counts without end is refused in one sentence, and soon."""

import io
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from gongkai.disclosure.sheets import HEADS, MOST_ROWS, read_catalogue, write_catalogue
from gongkai.rules.catalogue import RowFacts
from gongkai.rules.law import Refused

pytestmark = pytest.mark.clause("35")
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
GOOD = write_catalogue("标准目录", [RowFacts(1, "甲", "一", subject="财政局")])


def repacked(name: str, part: bytes | Callable[[bytes], bytes]) -> bytes:
    """A good catalogue with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            kept = old.read(each)
            changed = part if isinstance(part, bytes) else part(kept)
            new.writestr(each, changed if each == name else kept)
    return out.getvalue()


def sheet(rows: str, after: str = "") -> bytes:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'.encode()


def cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def with_merges(*merges: str) -> bytes:
    said = "".join(f'<mergeCell ref="{each}"/>' for each in merges)

    def put(part: bytes) -> bytes:
        head, _, tail = part.partition(b"<mergeCells")
        return head + f"<mergeCells>{said}</mergeCells>".encode() + tail.partition(b"</mergeCells>")[2]

    return repacked(SHEET, put)


ATTACKS = {
    "a part of zeros": (lambda: repacked(SHEET, b"0" * (90 * 2**20)), "过大"),
    "styles without end": (lambda: repacked("xl/styles.xml", b" " * (90 * 2**20)), "过大"),
    "a row beyond the end": (
        lambda: repacked(SHEET, sheet(f'<row r="1048576">{cell("A1048576", "甲")}</row>')),
        f"最多导入{MOST_ROWS}行",
    ),
    "rows without end": (lambda: repacked(SHEET, sheet(f"<row>{cell('A', '甲')}</row>" * 3000)), "最多导入"),
    "cells without end": (
        lambda: repacked(SHEET, sheet(("<row>" + cell("", "甲") * 450 + "</row>") * 1400)),
        "过大",
    ),
    "entities": (
        lambda: repacked(SHEET, b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + sheet("<row/>")),
        "已损坏",
    ),
    "a nest without bottom": (lambda: repacked(SHEET, b"<a>" * 5000 + b"</a>" * 5000), "已损坏"),
    "merges over merges": (lambda: with_merges(*["A1:XFD1048576"] * 5000), "互相重叠"),
    "half a file": (lambda: GOOD[: len(GOOD) // 2], "已损坏"),
    "no book": (lambda: repacked("xl/workbook.xml", b"<workbook/>"), "没有可见的内容"),
}


@pytest.mark.parametrize(("made", "reason"), ATTACKS.values(), ids=ATTACKS)
def test_a_hostile_sheet_is_refused_in_one_sentence(made: Callable[[], bytes], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        read_catalogue(made())


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    content = repacked(SHEET, b"0" * (150 * 2**20))
    tracemalloc.start()
    with pytest.raises(Refused, match="过大"):
        read_catalogue(content)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 20 * 2**20


def test_merged_cells_speak_for_all_that_they_cover() -> None:
    heads = "".join(
        cell(f"{chr(65 + place)}1", lower or upper) for place, (upper, lower, _, _) in enumerate(HEADS)
    )
    rows = "".join(f'<row r="{n}">{cell(f"C{n}", f"事项{n}")}</row>' for n in (3, 4))
    first = f'<row r="2">{cell("B2", "财政")}{cell("C2", "事项2")}</row>'
    merged = (
        '<mergeCells><mergeCell ref="B2:B4"/><mergeCell ref="bad"/><mergeCell ref="Z90:Z99"/></mergeCells>'
    )
    content = repacked(SHEET, sheet(f'<row r="1">{heads}</row>{first}{rows}', merged))
    assert [(row.first, row.second) for row in read_catalogue(content)] == [
        ("财政", "事项2"),
        ("财政", "事项3"),
        ("财政", "事项4"),
    ]


def test_as_many_rows_as_are_allowed_come_in() -> None:
    given = [RowFacts(number, "甲", f"事项{number}", subject="局") for number in range(1, MOST_ROWS + 1)]
    assert len(read_catalogue(write_catalogue("标准目录", given))) == MOST_ROWS
