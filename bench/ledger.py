"""The ledger: pages over 100,000 assignments and the import of 10,000 tasks, on SQLite and on PostgreSQL."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

RUN = [sys.executable, "-m", "bench._ledger_run"]


def main() -> None:
    """Measure on both databases, each in a process and a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        subprocess.run(RUN, env={**os.environ, "GONGKAI_DATABASE": address}, check=True)
    subprocess.run([sys.executable, "-m", "scripts.postgres", *RUN], check=True)
