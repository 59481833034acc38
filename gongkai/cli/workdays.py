"""工作日计算命令: ``gongkai workdays 2021-01-20 +20`` prints the day and why, day by day."""

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import typer

from gongkai.cli.application import Application
from gongkai.cli.dates import find_date, read_date, read_span
from gongkai.cli.ways import plain_console, way_table
from gongkai.rules.calendars import PUBLISHED, Calendar, UnknownYear, calendar_as_of, with_estimate
from gongkai.rules.date_words import weekday
from gongkai.rules.law import Refused
from gongkai.rules.traces import Trace, trace, trace_between
from gongkai.rules.workdays import add_days

STEP = re.compile(r"([+-]?)(\d{1,6})(d|日|天|个?工作日)?")
USAGE = "请写明起算日和天数，例如 gongkai workdays 2021-01-20 +20；或写明起止两日"

app = Application(add_completion=False, rich_markup_mode=None)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the command found (计算结果): a headline, the plain result, the way to it."""

    headline: str
    result: str | int | bool
    way: Trace | None
    remark: str = ""


def _calendar(known_on: str | None, estimate: bool) -> Calendar:
    if known_on:
        return calendar_as_of(read_date(known_on), estimate=estimate)
    return with_estimate() if estimate else PUBLISHED


def _named(day: date) -> str:
    return f"{day}（{weekday(day)}）"


def _single(day: date, calendar: Calendar) -> Answer:
    note = calendar.note(day)
    verdict = "是工作日" if note.worked else "不是工作日"
    headline = f"{_named(day)}{verdict}" + ("" if str(note) == "工作日" else f"：{note}")
    return Answer(headline, note.worked, None, "（暂定）" if calendar.is_provisional(day) else "")


def _days(start: date, number: int, calendar: Calendar) -> Answer:
    due = add_days(start, number)
    headline = f"{start} {'起' if number >= 0 else '前'}第 {abs(number)} 日（自然日）：{_named(due)}"
    if due.year not in calendar.years:
        return Answer(headline, str(due), None)
    note = calendar.note(due)
    remark = "" if note.worked else f"当日{note}；自然日期限不顺延，除非另有规定"
    return Answer(headline, str(due), None, remark)


def _workdays(start: date, number: int, pauses: list[tuple[date, date]], calendar: Calendar) -> Answer:
    way = trace(start, number, pauses=pauses, calendar=calendar)
    side = "起" if number >= 0 else "前"
    return Answer(f"{start} {side}第 {abs(number)} 个工作日：{_named(way.last)}", str(way.last), way)


def _between(first: date, last: date, pauses: list[tuple[date, date]], calendar: Calendar) -> Answer:
    way = trace_between(first, last, pauses=pauses, calendar=calendar)
    headline = f"{first}（不计入）至 {last}：{way.workdays} 个工作日"
    return Answer(headline, way.workdays, way)


def answer(start: str, step: str | None, pauses: list[tuple[date, date]], calendar: Calendar) -> Answer:
    """Work out what was asked (计算): one day, a number of days from it, or the days between two."""
    first = read_date(start)
    if step is None:
        return _single(first, calendar)
    text = unicodedata.normalize("NFKC", step).strip()
    last = find_date(text)
    if last is not None:
        return _between(first, last, pauses, calendar)
    found = STEP.fullmatch(text)
    if not found:
        raise Refused(f"看不懂“{step}”，请写 +20（工作日）、+20d（自然日）或另一个日期")
    number = int(found[1] + found[2])
    if found[3] in ("d", "日", "天"):
        return _days(first, number, calendar)
    return _workdays(first, number, pauses, calendar)


def _as_json(found: Answer, calendar: Calendar) -> dict[str, Any]:
    known_on = calendar.known_on.isoformat() if calendar.known_on else None
    way = found.way.as_dict() if found.way else {}
    return {"result": found.result, "headline": found.headline + found.remark, "known_on": known_on} | way


def _show(found: Answer) -> None:
    console = plain_console()
    console.print(found.headline, style="bold", soft_wrap=True)
    if found.remark:
        console.print(found.remark)
    if found.way:
        console.print(found.way.summary(), soft_wrap=True)
        console.print(way_table(found.way))


@app.command(
    context_settings={"ignore_unknown_options": True},  # “-5” is a number of days, no option
    help="工作日计算。例：gongkai workdays 2021-01-20 +20 ｜ 2021-01-20 -5 ｜ 2021-01-20 2021-02-22",
)
def workdays(
    start: Annotated[str | None, typer.Argument(help="起算日（当日不计入）")] = None,
    step: Annotated[
        str | None, typer.Argument(help="+20 工作日、-5 往前数、+20d 自然日，或另一个日期（计数）")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    known_on: Annotated[str | None, typer.Option(help="按该日已公布的放假安排计算")] = None,
    estimate: Annotated[bool, typer.Option("--estimate", help="放假安排未公布的年份允许暂估")] = False,
    pause: Annotated[list[str] | None, typer.Option(help="不计入的期间，如 2021-04-07..2021-04-20")] = None,
) -> None:
    """工作日计算: add, count or look up working days."""
    if start is None:
        raise Refused(USAGE)
    calendar = _calendar(known_on, estimate)
    try:
        found = answer(start, step, [read_span(each) for each in pause or ()], calendar)
    except UnknownYear as unknown:
        raise unknown if estimate else Refused(f"{unknown}；可加 --estimate 暂估") from None
    if as_json:
        typer.echo(json.dumps(_as_json(found, calendar), ensure_ascii=False, indent=2))
    else:
        _show(found)
