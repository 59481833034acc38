"""发文字号命令: ``gongkai number 枣政发[2021]01号`` writes a number as it should be."""

import json
from typing import Annotated

import typer

from gongkai.cli.application import Application
from gongkai.rules.document_number import DocumentNumber, parse
from gongkai.rules.document_numbers import find
from gongkai.rules.law import Refused

USAGE = "请写明发文字号或一段文字，例如 gongkai number 枣政发[2021]01号"

app = Application(add_completion=False, rich_markup_mode=None)


def read(text: str) -> list[DocumentNumber]:
    """The number that *text* is, or those that stand in it (识别); refused where there is none."""
    try:
        return [parse(text)]
    except Refused as refused:
        found = [mention.number for mention in find(text)]
        if not found:
            raise refused from None
        return found


def _as_row(number: DocumentNumber) -> dict[str, str | int | bool | None]:
    return {
        "number": str(number),
        "kind": str(number.kind),
        "issuer": number.issuer,
        "year": number.year,
        "serial": number.number,
        "original": number.original,
        "canonical": number.is_canonical,
    }


def _line(number: DocumentNumber) -> str:
    parts = [number.kind, f"代字 {number.issuer}"]
    parts += [f"年份 {number.year}"] if number.year else []
    parts.append(f"顺序号 {number.number}")
    remark = "" if number.is_canonical else f"（原文“{number.original}”）"
    return f"{number}  {'  '.join(parts)}{remark}"


@app.command(
    help="识别发文字号。例：gongkai number 枣政发[2021]01号 ｜ gongkai number 一段含文号的文字 --json"
)
def number(
    text: Annotated[str | None, typer.Argument(help="发文字号，或含有发文字号的文字")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """识别发文字号: one number, or every number of a text."""
    if text is None:
        raise Refused(USAGE)
    found = read(text)
    if as_json:
        typer.echo(json.dumps([_as_row(each) for each in found], ensure_ascii=False, indent=2))
        return
    for each in found:
        typer.echo(_line(each))
