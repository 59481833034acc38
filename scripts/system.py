"""系统软件: programs that no lock file can name, found on the machine or installed by its package tool."""

import os
import shutil
import subprocess
import sys


def may_install() -> list[str] | None:
    """What stands before apt-get here (安装权限): nothing for root, else sudo; None if neither."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    asked = shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if asked and asked.returncode == 0 else None


def apt(*packages: str) -> bool:
    """Install Debian packages (安装系统软件); False where that is not possible here."""
    before = may_install()
    if before is None:
        return False
    print(f"make test: installing {' '.join(packages)} with apt-get", file=sys.stderr, flush=True)
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    steps = (["update"], ["install", "-y", "--no-install-recommends", *packages])
    return all(_runs([*before, *quiet, *step]) for step in steps)


def _runs(command: list[str]) -> bool:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False)
    return done.returncode == 0
