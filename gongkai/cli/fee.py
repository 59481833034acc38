"""信息处理费命令: ``gongkai fee --items 35`` gives the sum, tier by tier."""

import json
from typing import Annotated

import typer

from gongkai.cli.application import Application
from gongkai.rules.fees import Fee, fee, payment_limit
from gongkai.rules.law import Refused

USAGE = "请写明件数或页数，例如 gongkai fee --items 35，或 gongkai fee --pages 150"

app = Application(add_completion=False, rich_markup_mode=None)


def _as_json(found: Fee) -> str:
    plain = {
        "basis": found.basis.code,
        "number": found.number,
        "before": found.before,
        "yuan": found.yuan,
        "parts": [
            {"first": part.first, "last": part.last, "rate": part.rate, "yuan": part.yuan}
            for part in found.parts
        ],
        "summary": found.summary(),
        "cite": str(found.basis.cite),
        "doubt": found.basis.doubt,
    }
    return json.dumps(plain, ensure_ascii=False, indent=2)


def _show(found: Fee) -> None:
    typer.echo(f"{found.basis.label}：{found.yuan} 元")
    for line in found.lines():
        typer.echo(f"  {line}")
    typer.echo(f"{found.basis.scope}（{found.basis.cite}）")
    typer.echo(f"收到缴费通知次日起{payment_limit()}内缴纳，逾期未缴视为放弃申请（{payment_limit().cite}）")
    if found.basis.doubt:
        typer.echo(f"说明：{found.basis.doubt}")


@app.command(help="信息处理费。例：gongkai fee --items 35 ｜ --items 2 --before 10 ｜ --pages 150")
def fee_command(
    items: Annotated[int | None, typer.Option(help="按件计收：同一申请人当月的件数")] = None,
    pages: Annotated[int | None, typer.Option(help="按量计收：一件申请提供的页数（A4 单面）")] = None,
    before: Annotated[int, typer.Option(help="按件计收时，当月此前已有的件数")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """信息处理费: what very many items or pages cost; one basis, never both."""
    if items is None and pages is None:
        raise Refused(USAGE)
    if items is not None and pages is not None:
        raise Refused("按件和按量只能选一种计费，不能同时使用")
    found = (
        fee("items", items, before=before) if items is not None else fee("pages", pages or 0, before=before)
    )
    if as_json:
        typer.echo(_as_json(found))
    else:
        _show(found)
