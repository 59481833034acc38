"""演示服务器: the demo on a database of its own, served on a free port while somebody looks at it."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from gongkai.demo import DAY
from scripts.postgres import free_port

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent
PATIENCE = 60


def prepare(environment: Mapping[str, str]) -> None:
    """Build the demo's database and collect the static files (准备演示数据)."""
    for step in (["migrate", "--verbosity=0"], ["collectstatic", "--noinput", "--verbosity=0"], ["demo"]):
        subprocess.run([PROGRAMS / "gongkai", "manage", *step], cwd=ROOT, env=environment, check=True)


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Return when the server answers (等待启动); end the program when it died or takes too long."""
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit("the demo's server did not start")


@contextmanager
def demo() -> Iterator[str]:
    """The address of a fresh demo (演示地址); the server and its database go when the block ends."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="gongkai-demo-") as folder:
        database = f"sqlite:///{Path(folder) / 'demo.sqlite3'}"
        environment = {
            **os.environ,
            "GONGKAI_DATABASE": database,
            "GONGKAI_UPLOADS": folder,
            "GONGKAI_INDEX": folder,
            "GONGKAI_TODAY": DAY,
        }
        prepare(environment)
        command = [str(PROGRAMS / "gongkai"), "serve", f"--port={port}"]
        server = subprocess.Popen(command, cwd=ROOT, env=environment)
        try:
            wait_for(port, server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()
