"""导入旧站: ``gongkai import-site FILE`` brings the papers of an older site in, or says what would happen."""

import shutil
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from gongkai.accounts.models import User
from gongkai.agencies.models import Unit
from gongkai.cli.application import Application
from gongkai.cli.site import check_tables
from gongkai.documents.models import Column, LegacyImport, LegacyRow
from gongkai.documents.services.legacy import acts, running
from gongkai.documents.services.legacy.manifest import KINDS
from gongkai.frame.opening.unreadable import Unreadable
from gongkai.frame.today import now
from gongkai.rules.law import Refused

app = Application(help="导入旧网站的信息", add_completion=False)
SHOWN = 20


@app.command()
def import_site(
    source: Annotated[
        Path, typer.Argument(metavar="FILE", help="清单：.csv、.xlsx、.html、.zip，或含清单的文件夹")
    ],
    by: Annotated[str, typer.Option(help="办理人的用户名（区政务公开办或系统管理员）")],
    unit: Annotated[str, typer.Option(help="默认发布机构（全称或简称）")] = "",
    column: Annotated[str, typer.Option(help="默认栏目的网址代码")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不写入")] = False,
) -> None:
    """成批导入旧网站的信息。可以反复运行，不会重复；中断后再运行一次即可。"""
    check_tables()
    keeper = User.objects.filter(username=by, is_active=True).first()
    if keeper is None:
        raise Refused(f"没有用户名为“{by}”的在用账号")
    try:
        batch = _taken(source, keeper, unit, column)
        if dry_run:
            _rehearse(batch)
        else:
            acts.start(batch, by=keeper, at=now())
            _bring(LegacyImport.objects.get(pk=batch.pk))
    except Unreadable as problem:
        raise Refused(str(problem)) from None


def _taken(source: Path, keeper: User, unit: str, column: str) -> LegacyImport:
    """The manifest, taken in with what the command line says of it."""
    with _stream(source) as (stream, kind):
        batch = acts.take_in(stream, name=source.name, kind=kind, by=keeper)
    if unit or column:
        places = batch.mapping["places"]
        acts.arrange(batch, places=places, unit=_unit(unit), column=_column(column), by=keeper)
        batch.refresh_from_db()
    return batch


@contextmanager
def _stream(source: Path) -> Iterator[tuple[IO[bytes], str]]:
    if source.is_dir():
        with tempfile.TemporaryFile() as packed:
            _pack(source, packed)
            yield packed, "zip"
        return
    kind = source.suffix.lstrip(".").lower()
    if kind not in KINDS:
        raise Refused(f"“{source.name}”的格式不支持，请用 {'、'.join(KINDS)} 文件或文件夹")
    try:
        with source.open("rb") as stream:
            yield stream, kind
    except FileNotFoundError:
        raise Refused(f"没有“{source}”这个文件") from None
    except OSError:
        raise Refused(f"读不到“{source}”，请检查权限") from None


def _pack(folder: Path, into: IO[bytes]) -> None:
    """A folder as a zip, unpressed: only to be one file."""
    with zipfile.ZipFile(into, "w", zipfile.ZIP_STORED, strict_timestamps=False) as packed:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                with path.open("rb") as part, packed.open(str(path.relative_to(folder)), "w") as out:
                    shutil.copyfileobj(part, out)
    into.seek(0)


def _unit(name: str) -> Unit | None:
    if not name:
        return None
    found = Unit.objects.filter(name=name).first() or Unit.objects.filter(short_name=name).first()
    if found is None:
        raise Refused(f"没有名为“{name}”的单位")
    return found


def _column(slug: str) -> Column | None:
    if not slug:
        return None
    found = Column.objects.open().filter(slug=slug).first()
    if found is None:
        raise Refused(f"没有网址代码为“{slug}”的栏目")
    return found


def _progress() -> Progress:
    parts = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*parts, transient=True)


def _bring(batch: LegacyImport) -> None:
    with _progress() as progress:
        bar = progress.add_task("导入", total=None)

        def told(done: int) -> None:
            total = LegacyImport.objects.values_list("total", flat=True).get(pk=batch.pk)
            progress.update(bar, completed=done, total=total)

        running.bring_in(batch, told)
    batch.refresh_from_db()
    outcomes = f"新增 {batch.made}，更新 {batch.changed}，无变化 {batch.same}，未导入 {batch.refused}"
    typer.echo(f"共 {batch.total} 行：{outcomes}")
    checked, grave = (batch.rows.filter(**{f"{name}__gt": 0}).count() for name in ("found", "grave"))
    if checked:
        typer.echo(
            f"检查发现 {checked} 行有问题，其中 {grave} 行须处理后才能发布，见“数据迁移”页面的逐行结果"
        )
    refused = batch.rows.filter(outcome=LegacyRow.Outcome.REFUSED)
    _list(refused[:SHOWN], batch.refused)
    if batch.state != "done":
        raise Refused(batch.note or "导入没有完成，请再运行一次")


def _rehearse(batch: LegacyImport) -> None:
    """What would happen to each row (试运行)."""
    counts: Counter[str] = Counter()
    refused: list[LegacyRow] = []
    with _progress() as progress:
        bar = progress.add_task("检查", total=None)
        for work in running.rehearse(batch, lambda done: progress.update(bar, completed=done)):
            counts += Counter(新增=len(work.new), 更新=len(work.changed))
            counts["无变化"] += len(work.met) + len(work.twins)
            counts.update(LegacyRow.Outcome(row.outcome).label for row in work.report)
            refused += [row for row in work.report if row.outcome == LegacyRow.Outcome.REFUSED]
    acts.drop(batch, by=batch.by)
    said = "，".join(f"{outcome} {counts[outcome]}" for outcome in ("新增", "更新", "无变化", "未导入"))
    typer.echo(f"只是检查，没有写入。共 {counts.total()} 行：{said}")
    _list(refused[:SHOWN], len(refused))


def _list(rows: object, total: int) -> None:
    for row in rows:  # type: ignore[attr-defined]
        typer.echo(f"  第{row.line}行 {row.title[:30]}：{row.note}", err=True)
    if total > SHOWN:
        typer.echo(f"  ……还有 {total - SHOWN} 行未导入，见“数据迁移”页面的逐行结果", err=True)
