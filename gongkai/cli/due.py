"""答复期限命令: ``gongkai due --received 2021-03-31`` gives the last day to answer, and why."""

import json
from typing import Annotated

import typer

from gongkai.cli.application import Application
from gongkai.cli.dates import read_date
from gongkai.cli.ways import plain_console, way_table
from gongkai.rules.answering import Deadline, Facts, deadline, supplement_notice_due
from gongkai.rules.calendars import PUBLISHED, UnknownYear, calendar_as_of, with_estimate
from gongkai.rules.date_words import weekday
from gongkai.rules.law import Refused
from gongkai.rules.pauses import merged

USAGE = "请写明收到申请的日期，例如 gongkai due --received 2021-03-31"

app = Application(add_completion=False, rich_markup_mode=None)


def _as_json(found: Deadline, supplement: str) -> str:
    plain = {
        "received": found.facts.received.isoformat(),
        "due": found.due.isoformat(),
        "supplement_notice_due": supplement,
        "provisional": found.provisional,
        "reasons": found.reasons(),
        "trace": found.way.as_dict(),
    }
    return json.dumps(plain, ensure_ascii=False, indent=2)


def _show(found: Deadline, supplement: str) -> None:
    console = plain_console()
    mark = "（暂定）" if found.provisional else ""
    console.print(f"最迟 {found.due}（{weekday(found.due)}）答复{mark}", style="bold")
    for reason in found.reasons():
        console.print(reason, soft_wrap=True)
    console.print(f"如需补正，最迟 {supplement} 一次性告知")
    console.print(way_table(found.way))


@app.command(help="依申请公开的答复期限。例：--received 2021-03-31 --extend 20 --pause 2021-04-07 2021-04-20")
def due(
    received: Annotated[str | None, typer.Option(help="收到申请之日（当日不计入）")] = None,
    extend: Annotated[int, typer.Option(help="延长的工作日数，最多 20")] = 0,
    pause: Annotated[
        tuple[str, str] | None, typer.Option(help="征求意见等不计入的期间：起日 止日", metavar="起日 止日")
    ] = None,
    supplemented: Annotated[str | None, typer.Option(help="收到补正材料的日期，期限重新计算")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    known_on: Annotated[str | None, typer.Option(help="按该日已公布的放假安排计算")] = None,
    estimate: Annotated[bool, typer.Option("--estimate", help="放假安排未公布的年份允许暂估")] = False,
) -> None:
    """答复期限: the last day to answer an application, with every day on the way to it."""
    if received is None:
        raise Refused(USAGE)
    calendar = with_estimate() if estimate else PUBLISHED
    if known_on:
        calendar = calendar_as_of(read_date(known_on), estimate=estimate)
    spans = merged([(read_date(pause[0]), read_date(pause[1]))] if pause else [])
    again = read_date(supplemented) if supplemented else None
    facts = Facts(read_date(received), again, extension=extend, pauses=tuple(spans))
    try:
        found = deadline(facts, today=facts.received, calendar=calendar)
        supplement = str(supplement_notice_due(facts.received, calendar=calendar))
    except UnknownYear as unknown:
        raise unknown if estimate else Refused(f"{unknown}；可加 --estimate 暂估") from None
    if as_json:
        typer.echo(_as_json(found, supplement))
    else:
        _show(found, supplement)
