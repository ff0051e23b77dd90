"""The isolated environments: made without the venv package, filled from hash-locked lists by plain pip."""

import hashlib
import subprocess
import sys
from pathlib import Path

from portal.bootstrap.paths import BASE_PYTHON, REQUIREMENTS, ROOT, VENV
from portal.bootstrap.shell import Trouble, quietly, say

OLDEST = (3, 11)


def ensure(lock: Path, venv: Path = VENV) -> Path:
    """An environment that holds exactly the locked versions of `lock`; hands back its interpreter.

    A stamp (the sha256 of the lock) makes the second call a comparison of two strings. An environment
    somebody else made is kept and filled up. Raises Trouble when pip cannot install.
    """
    python = venv / "bin" / "python"
    stamp = venv / f".{lock.stem}.sha256"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted and python.exists():
        return python
    if not usable(python):
        make(venv)
    say(f"正在安装锁定的依赖（{shown(lock)}）…")
    install(python, lock)
    stamp.write_text(wanted)
    return python


def usable(python: Path) -> bool:
    """Does this interpreter start, and is it new enough?"""
    if not python.exists():
        return False
    asked = [str(python), "-c", f"import sys; sys.exit(sys.version_info < {OLDEST})"]
    return subprocess.run(asked, capture_output=True).returncode == 0


def make(venv: Path) -> None:
    """A fresh environment. `--without-pip` works where Debian's python3-venv package is missing."""
    if sys.version_info < OLDEST:
        raise Trouble("需要 Python 3.11 或更新的版本。")
    say(f"正在建立独立环境 {shown(venv)} …")
    quietly([BASE_PYTHON, "-m", "venv", "--without-pip", "--clear", venv], what="建立独立环境")


def install(python: Path, lock: Path) -> None:
    """Fill the environment with the machine's own pip, so that pip.conf and its mirrors are respected."""
    how = ["--require-hashes", "--no-compile", "--no-input", "-q"]
    quietly([*pip(), "--python", python, "install", *how, "-r", lock], what="pip 安装依赖")


def pip() -> list[str | Path]:
    """The pip outside the environment (22.3 or newer); raises Trouble when Python has none."""
    for interpreter in (BASE_PYTHON, sys.executable):
        command = [str(interpreter), "-m", "pip"]
        if subprocess.run([*command, "--version"], capture_output=True).returncode == 0:
            return [*command, "--disable-pip-version-check"]
    raise Trouble("这台机器的 Python 没有 pip。请先安装 pip（例如 Debian：apt-get install python3-pip）再试。")


def locked(name: str) -> Path:
    """The lock file of a list: core, test, dev or node."""
    return REQUIREMENTS / f"{name}.txt"


def shown(path: Path) -> str:
    """A path as people in the checkout would write it."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
