"""命令行: the one ``gongkai`` command. Each command's module is loaded only when it is called."""

import sys
from importlib import import_module

import typer

#: command → the module that holds its typer ``app`` (loaded on demand: `workdays` must not wait for PDF code)
COMMANDS = {
    "workdays": ("gongkai.cli.workdays", "工作日计算：加减、计数，并逐日说明理由"),
    "due": ("gongkai.cli.due", "依申请公开的答复期限，并逐日说明理由"),
    "fee": ("gongkai.cli.fee", "信息处理费：按件或按量，逐档说明"),
    "number": ("gongkai.cli.number", "识别发文字号，写成规范的样子"),
    "workplan": ("gongkai.cli.workplan", "读取工作要点，列出任务、责任单位和时限"),
    "audit": ("gongkai.cli.audit", "办理留痕：校验、导出"),
    "nightly": ("gongkai.cli.nightly", "每日一次的提醒和督办检查，可重复运行"),
    "serve": ("gongkai.cli.serve", "运行网站：网页、后台任务、定时任务"),
    "worker": ("gongkai.cli.worker", "只运行后台任务（多台主机时用）"),
    "tick": ("gongkai.cli.tick", "只运行定时任务（多台主机时用）"),
    "search": ("gongkai.cli.search", "检索索引：重建、跟进、查看状态"),
    "import-site": ("gongkai.cli.import_site", "导入旧网站的信息，可以反复运行"),
    "export": ("gongkai.cli.export", "导出全部数据和文件，用于迁走或存档"),
    "manage": ("gongkai.cli.manage", "Django 管理命令"),
}


#: commands whose modules know the site's tables: Django is made ready before they are loaded
ON_THE_SITE = frozenset({"import-site", "export", "worker", "tick"})


def main() -> None:
    """Run the command named first on the line; without one, list them (exit status 2 for an unknown one)."""
    words = sys.argv[1:]
    if not words or words[0] in ("-h", "--help"):
        for name, (_, purpose) in COMMANDS.items():
            typer.echo(f"gongkai {name:12} {purpose}")
        return
    if words[0] not in COMMANDS:
        typer.echo(f"没有“{words[0]}”这个命令。可用命令：{'、'.join(COMMANDS)}", err=True)
        raise SystemExit(2)
    if words[0] in ON_THE_SITE:
        import_module("gongkai.cli.site")
    module, _ = COMMANDS[words[0]]
    import_module(module).app(prog_name=f"gongkai {words[0]}", args=words[1:])
