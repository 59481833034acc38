"""A manifest as an old system would hand it over, and the import of it."""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook

from gongkai.accounts.models import User
from gongkai.agencies.models import Unit
from gongkai.documents.models import LegacyImport
from gongkai.documents.services.legacy import acts, running
from gongkai.frame.today import standing_on

NOW = datetime(2021, 4, 20, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
HEADS = ("编号", "信息标题", "文号", "发布单位", "公开日期", "栏目", "正文内容", "网址")
Make = Callable[..., Any]


def row(number: int, **more: str) -> list[str]:
    """One paper of the old site; *more* by heading."""
    plain = {
        "编号": f"A{number}",
        "信息标题": f"关于测试事项{number}的通知",
        "文号": f"枣政发[2019]{number:02d}号",
        "发布单位": "财政局",
        "公开日期": f"2019年3月{number % 28 + 1}日",
        "栏目": "通知公告",
        "正文内容": f"<p>第{number}号通知的正文。</p>",
        "网址": f"http://old.example.gov.cn/art/{number}.html",
    }
    return [{**plain, **more}[head] for head in HEADS]


def as_csv(rows: Sequence[Sequence[str]], heads: Sequence[str] = HEADS, encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([heads, *rows])
    return out.getvalue().encode(encoding)


def as_xlsx(rows: Sequence[Sequence[Any]], heads: Sequence[str] = HEADS) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for line in (["信息公开目录"], [], heads, *rows):
        book.active.append(list(line))
    book.save(out)
    return out.getvalue()


def as_zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()


@pytest.fixture
def home(unit: Make) -> Unit:
    """The unit that the rows name."""
    return unit("财政局")


@pytest.fixture
def keeper(office: Make) -> User:
    return office()


@pytest.fixture
def bring(home: Unit, keeper: User) -> Make:
    """Take a manifest in and bring its rows in; gives the import as it stands then."""

    def run(content: bytes, kind: str = "csv", *, places: dict[str, int] | None = None) -> LegacyImport:
        with standing_on(NOW):
            batch = acts.take_in(io.BytesIO(content), name=f"目录.{kind}", kind=kind, by=keeper)
            if places:
                acts.arrange(batch, places=places, unit=None, column=None, by=keeper)
            acts.start(batch, by=keeper, at=NOW)
            batch.refresh_from_db()
            running.bring_in(batch)
            batch.refresh_from_db()
        return batch

    return run


def counts(batch: LegacyImport) -> tuple[int, int, int, int]:
    """New, changed, the same, refused."""
    return batch.made, batch.changed, batch.same, batch.refused
