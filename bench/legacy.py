"""Import of an older site: 50,000 papers from a manifest into an empty database, and the same once more."""

import csv
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROWS = int(os.environ.get("GONGKAI_BENCH_ROWS", "50000"))
HEADS = ("编号", "信息标题", "文号", "发布单位", "公开日期", "正文内容", "网址")
GONGKAI = [sys.executable, "-m", "gongkai.cli"]
PEOPLE = """
from datetime import date
from gongkai.accounts.models import Post, User
from gongkai.agencies.models import Unit
unit = Unit.objects.create(name="示例区财政局", short_name="区财政局", kind="bureau")
user = User.objects.create(username="office", full_name="测试")
Post.objects.create(user=user, unit=unit, role="office", started_on=date(2020, 1, 1))
"""


def write(path: Path) -> None:
    """A manifest of generated papers of 600 to 3,000 characters (生成清单)."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADS)
        for number in range(1, ROWS + 1):
            text = "<p>各镇人民政府、街道办事处：</p>" + "<p>现将有关事项通知如下，请认真贯彻执行。</p>" * (
                30 + number % 120
            )
            day = f"20{10 + number % 11}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
            address = f"http://old.example.gov.cn/art/{number}.html"
            title, code = f"关于测试事项{number}的通知", f"枣政发[20{10 + number % 11}]{number}号"
            writer.writerow((f"A{number}", title, code, "区财政局", day, text, address))


def main() -> None:
    """Bring the manifest in twice."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        manifest, database = folder / "manifest.csv", folder / "bench.sqlite3"
        write(manifest)
        environment = {
            **os.environ,
            "GONGKAI_DATABASE": f"sqlite:///{database}",
            "GONGKAI_UPLOADS": place,
            "GONGKAI_INDEX": str(folder / "index"),
        }

        def run(*words: str) -> str:
            done = subprocess.run(
                [*GONGKAI, *words], env=environment, check=True, capture_output=True, text=True
            )
            return done.stdout.strip()

        run("manage", "migrate", "--verbosity=0")
        run("manage", "shell", "-v0", "-c", PEOPLE)
        print(f"{ROWS:,} rows, {manifest.stat().st_size / 1e6:.0f} MB")
        for time_of in ("first time", "once more"):
            began = time.perf_counter()
            said = run("import-site", str(manifest), "--by", "office")
            seconds = time.perf_counter() - began
            size = database.stat().st_size / 1e6
            print(f"{time_of}: {seconds:.0f} s, {ROWS / seconds:,.0f} rows/s, {size:.0f} MB   {said}")
