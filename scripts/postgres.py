"""PostgreSQL 临时库: run a command against a real PostgreSQL that lives only as long as the command.

    python -m scripts.postgres COMMAND [ARGUMENT…]

The command finds its address in GONGKAI_DATABASE. A server named in GONGKAI_TEST_POSTGRES is used as it is.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from scripts import system

HOMES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")
MISSING = (
    "make test: PostgreSQL is missing; install its server (initdb, pg_ctl), "
    "or name a running one: GONGKAI_TEST_POSTGRES=postgresql://user:word@host:port/name"
)
NO_DURABILITY = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
)  # it dies with its data anyway


def programs() -> Path | None:
    """The folder of the server's programs (服务端程序): on the PATH, else the newest that is installed."""
    found = shutil.which("initdb")
    if found and shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    homes = [home for pattern in HOMES for home in Path("/").glob(pattern.lstrip("/"))]
    return max(homes, key=_version, default=None)


def _version(home: Path) -> int:
    digits = "".join(filter(str.isdigit, str(home)))
    return int(digits or 0)


def installed() -> Path:
    """The programs, installed first where need be (安装); ends the program with one line where that fails."""
    home = programs()
    if home is None and system.apt("postgresql"):
        home = programs()
    return home or sys.exit(MISSING)


def servant() -> str | None:
    """The account that runs the server (运行账号): PostgreSQL refuses root."""
    if os.geteuid():
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    account = next((name for name in ("postgres", "nobody") if name in names), None)
    return account or sys.exit(
        "make test: PostgreSQL refuses root, and there is no account `postgres` or `nobody`"
    )


def free_port() -> int:
    """A port of the loopback that nobody uses now (空闲端口)."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def run(command: Sequence[str | Path], folder: Path) -> None:
    """Run one program of the server as its account (执行); its output is shown only when it fails."""
    account = servant()
    group = pwd.getpwnam(account).pw_gid if account else None
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "LC_ALL": "C", "HOME": str(folder)},
        user=account,
        group=group,
        extra_groups=[] if account else None,
        stdin=subprocess.DEVNULL,
        stdout=(folder / "output").open("ab"),
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        print((folder / "output").read_text(errors="replace"), file=sys.stderr)
        sys.exit(f"make test: PostgreSQL did not start ({Path(command[0]).name})")


@contextmanager
def cluster() -> Iterator[str]:
    """A private server on a free port (临时集群): its address; stopped and removed whatever happens."""
    home = installed()
    folder = Path(tempfile.mkdtemp(prefix="gongkai-postgres-"))
    account = servant()
    if account:
        shutil.chown(folder, account)
    port, store = free_port(), folder / "store"
    options = {"listen_addresses": "127.0.0.1", "unix_socket_directories": str(folder), "port": str(port)}
    settings = [f"{name}={value}" for name, value in options.items()] + list(NO_DURABILITY)
    flags = " ".join(f"-c {setting}" for setting in settings)
    control: list[str | Path] = [home / "pg_ctl", "-D", store, "-w"]
    try:
        run([home / "initdb", "-D", store, "-U", "gongkai", "-A", "trust", "-E", "UTF8", "--no-sync"], folder)
        run([*control, "-l", folder / "log", "-o", flags, "start"], folder)
        run([home / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "gongkai", "gongkai"], folder)
        yield f"postgresql://gongkai@127.0.0.1:{port}/gongkai"
    finally:
        if (store / "postmaster.pid").exists():
            run([*control, "-m", "immediate", "stop"], folder)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def address() -> Iterator[str]:
    """The database to use (数据库地址): the one that was named, else a private cluster."""
    named = os.environ.get("GONGKAI_TEST_POSTGRES")
    if named:
        yield named
        return
    with cluster() as url:
        yield url


def stop(asked: int, _frame: object) -> NoReturn:
    """A request to end (终止信号) also takes the cluster down; a second one does not disturb that."""
    for further in (signal.SIGTERM, signal.SIGINT):
        signal.signal(further, signal.SIG_IGN)
    sys.exit(128 + asked)


def main(command: list[str]) -> int:
    """Run the command with GONGKAI_DATABASE set (运行), and hand on its exit status."""
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, stop)
    with address() as url:
        return subprocess.run(command, env={**os.environ, "GONGKAI_DATABASE": url}, check=False).returncode


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit("usage: python -m scripts.postgres COMMAND [ARGUMENT…]")
    sys.exit(main(sys.argv[1:]))
