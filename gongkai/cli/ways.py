"""推算过程的显示: the way to a day as a table on the terminal."""

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from gongkai.rules.date_words import weekday
from gongkai.rules.traces import Trace

TABLE_WIDTH = 60


def plain_console() -> Console:
    """A terminal that shows text as it is (终端), never too narrow for a whole date."""
    console = Console(highlight=False, emoji=False, markup=False)  # and so a quick start
    console.width = max(console.width, TABLE_WIDTH)
    return console


def way_table(way: Trace) -> Table:
    """Every day of the way in a row (逐日表)."""
    table = Table(box=SIMPLE)
    for title in ("日期", "星期", "说明"):
        table.add_column(title, no_wrap=True)
    table.add_column("计入", justify="right", no_wrap=True)
    for step in way.steps:
        mark = "（暂定）" if step.provisional else ""
        counted = f"第{step.number}个" if step.counted else "不计"
        table.add_row(str(step.day), weekday(step.day), step.reason + mark, counted)
    return table
