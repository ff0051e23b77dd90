"""Several programs that live and die together."""

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType, TracebackType

from portal.bootstrap.paths import ROOT
from portal.bootstrap.shell import Env, Trouble, merged

STOPPING: tuple[int, ...] = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


Handler = Callable[[int, FrameType | None], object] | int | None


PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """In the child, on Linux: be told to stop even when the parent was killed without a chance to say so."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Stopped(Exception):
    """Somebody asked us to stop (Ctrl-C, kill, closed terminal)."""


class Group:
    """Programs started together; leaving the block stops them all, politely first.

    Each gets a session of its own, so that a Ctrl-C in the terminal reaches only us and the order stays ours.
    """

    def __init__(self, *, patience: float = 15) -> None:
        self.patience = patience
        self.members: dict[str, subprocess.Popen[bytes]] = {}
        self.before: dict[int, Handler] = {}

    def __enter__(self) -> "Group":
        self.before = {number: signal.signal(number, self.interrupt) for number in STOPPING}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        for number in STOPPING:
            signal.signal(number, signal.SIG_IGN)
        self.stop()
        for number, handler in self.before.items():
            signal.signal(number, handler)
        return kind is Stopped

    def interrupt(self, number: int, frame: FrameType | None) -> None:
        raise Stopped

    def start(self, name: str, command: list[str | Path], env: Env = None) -> None:
        """Start one program under the name shown when it ends by itself."""
        self.members[name] = subprocess.Popen(
            [str(part) for part in command],
            cwd=ROOT,
            env=merged(env),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )

    def check(self) -> None:
        """Raises Trouble when a member has ended although nobody asked it to."""
        for name, process in self.members.items():
            if process.poll() is not None:
                raise Trouble(f"{name}意外结束（退出码 {process.returncode}），请看上面的输出。")

    def wait(self) -> None:
        """Until somebody stops us or a member ends."""
        while True:
            self.check()
            time.sleep(0.5)

    def stop(self) -> None:
        """Ask everybody, wait, then insist."""
        for process in self.members.values():
            if process.poll() is None:
                process.terminate()
        last = time.monotonic() + self.patience
        for process in self.members.values():
            try:
                process.wait(max(0.1, last - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
