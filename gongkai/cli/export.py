"""导出: ``gongkai export FOLDER`` writes everything there is, so that an office can move away or keep it."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn

from gongkai.cli import tables
from gongkai.cli.application import Application
from gongkai.cli.site import check_tables
from gongkai.documents.services.legacy.leaving import MANIFEST, leave
from gongkai.rules.law import Refused

app = Application(help="导出全部数据和文件", add_completion=False)
INTRODUCTION = f"""# 导出说明

- `{MANIFEST}`：网站上的全部政府信息，一行一条；`files/` 是它们的附件和插图。整个文件夹可以用
  `gongkai import-site 文件夹 --by 用户名` 再导入，也可以交给其他系统。
- `tables/`：全部数据表，每张表一份 `.jsonl`（一行一条记录）和一份 `.csv`。
  以 `_id` 结尾的列是另一张表的 `id`。导出期间请不要办理业务，否则各表可能相差几条。
- `uploads/`：数据表里提到的全部文件，路径与表里写的一致。
- 账号的密码不导出。时间带时区。

"""


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="导出到的文件夹，须是空的或还不存在")],
) -> None:
    """导出全部数据（JSON 和 CSV）、文件，以及可再导入的清单。"""
    check_tables()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"“{folder}”不是空文件夹，请换一个")
    try:
        (folder / "tables").mkdir(parents=True)
        _write(folder)
    except OSError as error:
        raise Refused(f"写不进“{folder}”：{error.strerror}") from None


def _write(folder: Path) -> None:
    said, missing, files = [INTRODUCTION], 0, 0
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), transient=True) as progress:
        bar = progress.add_task("导出")
        for model in tables.nouns():
            progress.update(bar, description=f"导出{model._meta.verbose_name}")
            said.append(tables.describe(model, tables.dump(model, folder / "tables")))
        papers = leave(folder, lambda done: progress.update(bar, description=f"导出清单 {done} 条"))
        for name in tables.uploads():
            files += 1
            progress.update(bar, description=f"复制文件 {files} 个")
            missing += not tables.copy(name, folder / "uploads")
    (folder / "README.md").write_text("\n".join(said), encoding="utf-8")
    typer.echo(
        f"已导出到 {folder}：政府信息 {papers} 条，数据表 {len(said) - 1} 张，文件 {files - missing} 个"
    )
    if missing:
        typer.echo(f"有 {missing} 个文件在存储中已不存在，未能导出", err=True)
