"""演示佐证: small .xlsx lists of published papers, as units attach them to their reports."""

from datetime import date, timedelta
from io import BytesIO
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from gongkai.demo.words import words


def publication_list(number: str, unit: str, day: date, chance: Random) -> SimpleUploadedFile:
    """A list of what *unit* published on the matter of task *number* before *day* (公开清单)."""
    column, topic = words()["topics"].get(number, ("政务公开", "政务公开"))
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "公开清单"
    sheet.append(["序号", "标题", "栏目", "发布日期"])
    for row in range(1, chance.randrange(4, 9)):
        published = day - timedelta(days=chance.randrange(5, 80))
        sheet.append([row, f"{unit}关于{topic}的公开信息（演示第{row}条）", column, published.isoformat()])
    sheet.column_dimensions["B"].width = 60
    kept = BytesIO()
    book.save(kept)
    return SimpleUploadedFile(f"{column}公开清单.xlsx", kept.getvalue())
