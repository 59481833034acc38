"""导出留痕: the trail of some days as JSON lines, .csv or .xlsx."""

import csv
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from openpyxl import Workbook

from gongkai.audit import exports
from gongkai.audit.models import Trace, TraceQuerySet


class Command(BaseCommand):
    """Write the trail into a file (导出)."""

    help = "导出留痕，按扩展名 .jsonl、.csv 或 .xlsx 决定格式"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and the days."""
        parser.add_argument("path", type=Path)
        parser.add_argument("--from", dest="first", default="")
        parser.add_argument("--to", dest="last", default="")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write, then say how much."""
        path: Path = options["path"]
        write = {".jsonl": write_lines, ".csv": write_csv, ".xlsx": write_sheet}.get(path.suffix.lower())
        if write is None:
            raise CommandError("文件扩展名应为 .jsonl、.csv 或 .xlsx", returncode=2)
        traces = Trace.objects.between(day(options["first"]), day(options["last"]))
        try:
            write(path, traces)
        except OSError as error:
            raise CommandError(f"无法写入 {path}：{error.strerror}", returncode=2)
        self.stdout.write(f"已导出{traces.count()}条留痕到 {path}")


def day(text: str) -> date | None:
    """A day as typed (日期), or none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CommandError(f"“{text}”不是日期，请写成 2021-03-29 的样子", returncode=2)


def write_lines(path: Path, traces: TraceQuerySet) -> None:
    """JSON lines (逐行 JSON)."""
    with path.open("w", encoding="utf-8") as out:
        out.writelines(exports.lines(traces))


def write_csv(path: Path, traces: TraceQuerySet) -> None:
    """A .csv that Excel and WPS open without garbling."""
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(exports.rows(traces))


def write_sheet(path: Path, traces: TraceQuerySet) -> None:
    """An .xlsx, row by row in constant memory."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("办理留痕")
    for row in exports.rows(traces):
        sheet.append(list(row))
    book.save(path)
