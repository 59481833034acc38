"""要点读取: ``gongkai workplan parse`` prints the tasks of a plan, for people or as JSON."""

import dataclasses
import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from gongkai.ledger.reader import Plan, PlanTask, Role, Section, Span, Unreadable, read_plan

app = typer.Typer(help="读取工作要点", no_args_is_help=True, add_completion=False)

#: Below this confidence a task is marked for a second look.
SURE = 0.95


@app.callback()
def workplan() -> None:
    """读取工作要点、任务分解表。"""


@app.command()
def parse(
    source: Annotated[str, typer.Argument(metavar="FILE", help="文件路径；- 表示标准输入")],
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    year: Annotated[int | None, typer.Option(min=2000, max=2100, help="计划年度，默认从标题读取")] = None,
) -> None:
    """列出任务、责任单位和时限。"""
    try:
        plan = read_plan(_content(source), "" if source == "-" else source, year)
    except Unreadable as reason:
        typer.echo(str(reason), err=True)
        raise typer.Exit(2)
    if as_json:
        typer.echo(json.dumps(as_dict(plan), ensure_ascii=False, indent=1))
    else:
        _show(plan)


def _content(source: str) -> bytes:
    if source == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(source).read_bytes()
    except OSError:
        raise Unreadable(f"打不开文件“{source}”，请检查路径。")


def as_dict(plan: Plan) -> dict[str, Any]:
    """The plan as plain data for JSON (导出结构)."""
    return {
        "title": plan.title,
        "year": plan.year,
        "format": plan.source_format,
        "sections": [_section(section) for section in plan.sections],
        "tasks": [_task(task, plan.text) for task in plan.tasks],
        "doubts": [{"code": doubt.code, "reason": doubt.reason} for doubt in plan.doubts],
    }


def _section(section: Section) -> dict[str, Any]:
    children = [_section(child) for child in section.children]
    return {"number": section.number, "title": section.title, "sections": children}


def _task(task: PlanTask, text: str) -> dict[str, Any]:
    return {
        "number": task.number,
        "text": task.text,
        "section_path": list(task.section_path),
        "units": list(task.units),
        "lead_units": list(task.lead_units),
        "support_units": list(task.support_units),
        "implementing_units": [body.name for body in task.bodies if body.role is Role.IMPLEMENT],
        "resolved": {body.name: body.resolved for body in task.bodies if body.resolved},
        "units_text": task.units_text,
        "others_text": task.others_text,
        "deadline_text": task.deadline_text,
        "deadlines": [
            {"text": limit.text, "date": limit.date.isoformat() if limit.date else None, "kind": limit.kind}
            for limit in task.deadlines
        ],
        "extras": dict(task.extras),
        "confidence": task.confidence,
        "doubts": [{"code": doubt.code, "reason": doubt.reason} for doubt in task.doubts],
        "source": _place(task.span, text),
    }


def _place(span: Span | None, text: str) -> dict[str, Any] | None:
    return {**dataclasses.asdict(span), "text": text[span.start : span.end]} if span else None


def _show(plan: Plan) -> None:
    console = Console()
    console.print(
        f"[bold]{plan.title or '（没有标题）'}[/bold]  {plan.year or '年份不明'}  共 {len(plan.tasks)} 项任务"
    )
    table = Table(show_lines=True)
    for head in ("序号", "任务", "责任单位", "牵头", "时限", "把握", "存疑"):
        table.add_column(head, overflow="fold")
    for task in plan.tasks:
        table.add_row(*_row(task))
    console.print(table)
    for doubt in plan.doubts:
        console.print(f"! {doubt.reason}")


def _row(task: PlanTask) -> tuple[str, ...]:
    limits = "\n".join(f"{d.text}{f'（{d.date}）' if d.date else ''}" for d in task.deadlines)
    text = task.text if len(task.text) <= 60 else task.text[:59] + "…"
    sure = f"{'' if task.confidence >= SURE else '! '}{task.confidence:.0%}"
    doubts = "\n".join(doubt.reason for doubt in task.doubts)
    return task.number, text, "、".join(task.units), "、".join(task.lead_units), limits, sure, doubts
