"""Running other programs, and saying what happens, in the words of the person who waits."""

import os
import subprocess
import sys
from pathlib import Path

from portal.bootstrap.paths import ROOT

# Variables on top of ours; None takes one away.
Env = dict[str, str | None] | dict[str, str] | None


class Trouble(Exception):
    """A command cannot go on; the message says why and what to do, in Chinese."""


def say(text: str) -> None:
    """One line for the person at the terminal, at once even through a pipe."""
    print(text, flush=True)


def run(command: list[str | Path], *, env: Env = None, cwd: Path = ROOT) -> None:
    """Run to the end with the terminal attached; raises Trouble with the command's name if it fails."""
    code = status(command, env=env, cwd=cwd)
    if code:
        raise Trouble(f"这一步没有成功（退出码 {code}）：{' '.join(map(str, command[:6]))}")


def status(command: list[str | Path], *, env: Env = None, cwd: Path = ROOT) -> int:
    """Run to the end with the terminal attached and hand back the exit code."""
    sys.stdout.flush()
    return subprocess.run([str(part) for part in command], env=merged(env), cwd=cwd).returncode


def quietly(command: list[str | Path], *, what: str, env: Env = None, cwd: Path = ROOT) -> str:
    """Run without output and hand back what it printed; the end of it is shown only if it fails (Trouble)."""
    done = subprocess.run(
        [str(part) for part in command],
        env=merged(env),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if done.returncode:
        raise Trouble(f"{what}没有成功：\n{done.stdout[-3000:].rstrip()}")
    return done.stdout


def merged(extra: Env) -> dict[str, str]:
    """This process's environment with a few variables set, or (None) taken away."""
    return {name: value for name, value in {**os.environ, **(extra or {})}.items() if value is not None}
