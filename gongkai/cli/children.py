"""子进程: programs that are kept running; one that dies is started again, each time a little later."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

#: how long a program must have run for its death to count as the first one
STEADY = 30.0
LONGEST_WAIT = 30.0
PATIENCE = 10.0
ROUND = 0.2
PARENT_DIES = 1  # prctl(PR_SET_PDEATHSIG)


def follow_parent() -> None:
    """End with the program that started this one (随父进程结束), even when that one is killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DIES, signal.SIGTERM)


@dataclass
class Child:
    """One program that is kept running (子进程), with all that it starts itself."""

    name: str
    command: Sequence[str]
    say: Callable[[str], None]
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    began: float = 0.0
    again: float = field(default=0.0)

    def tend(self, now: float) -> None:
        """Start it where it does not run (照看); after each death in a row it waits twice as long."""
        if self.process and self.process.poll() is None:
            return
        if self.process:
            self._bury(self.process, now)
        if now >= self.again:
            self._start(now)

    def _start(self, now: float) -> None:
        self.began = now
        self.process = subprocess.Popen(  # noqa: S603 (our own programs)
            self.command, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=follow_parent
        )

    def _bury(self, process: subprocess.Popen[bytes], now: float) -> None:
        strike(process.pid, signal.SIGKILL)  # what it started must not hold the port
        self.deaths = 1 if now - self.began > STEADY else self.deaths + 1
        wait = min(0.5 * 2 ** (self.deaths - 1), LONGEST_WAIT)
        self.process, self.again = None, now + wait
        self.say(f"{self.name}意外停止（退出码 {process.returncode}），{wait:g} 秒后重新启动")

    def ask_to_end(self) -> None:
        """Ask it to end in order (请求停止)."""
        if self.process:
            with suppress(ProcessLookupError):
                self.process.terminate()

    def end(self, patience: float) -> None:
        """Wait for its end; whatever is left then is ended by force (停止)."""
        if not self.process:
            return
        try:
            self.process.wait(max(patience, 0))
        except subprocess.TimeoutExpired:
            self.say(f"{self.name}没有按时停止，已强制结束")
        strike(self.process.pid, signal.SIGKILL)
        self.process.wait()


def strike(group: int, number: int) -> None:
    """Send a signal to all processes of a group (发信号), where any is left."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


class Keeper:
    """Keeps several programs running until it is told to stop (守护)."""

    def __init__(self, children: Sequence[Child]) -> None:
        self.children = children
        self.stopping = False

    def stop(self, *_signal: object) -> None:
        """End the watch (停止守护): Ctrl-C, or what systemd sends."""
        self.stopping = True

    def watch(self) -> None:
        """Start all, and start again what dies, until told to stop (守护)."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop)
        try:
            while not self.stopping:
                for child in self.children:
                    child.tend(time.monotonic())
                time.sleep(ROUND)
        finally:
            self.end()

    def end(self) -> None:
        """End all of them, together (全部停止)."""
        for child in self.children:
            child.ask_to_end()
        until = time.monotonic() + PATIENCE
        for child in self.children:
            child.end(until - time.monotonic())
