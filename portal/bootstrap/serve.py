"""`run`, `worker`, `demo`, `demo-reset`: the portal on this machine."""

import errno
import hashlib
import json
import os
import socket
import time
from pathlib import Path

from portal.bootstrap.paths import ROOT, VAR
from portal.bootstrap.prepare import SETTINGS, demo_key, has_command, manage, prepare
from portal.bootstrap.processes import Group
from portal.bootstrap.shell import Trouble, quietly, run, say

DATABASE = VAR / "portal.sqlite3"
PID_FILE = VAR / "run.pid"
# A demo started by root is not worth three lines of warning at every start.
WORKER_QUIET = {"PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges"}
# What decides how a fresh database looks.
FILLING = (
    "requirements/core.txt",
    "*/migrations/*.py",
    "*/management/commands/demo*.py",
    "*/demo/*.py",
    "fixtures/**/*",
)
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def serve(words: list[str]) -> int:
    """Everything from nothing to a page in the browser; returns when it is stopped."""
    host, port = address()
    free(host, port)
    python = prepare("core")
    env = embedded(host)
    accounts = fill(python, env)
    PID_FILE.write_text(str(os.getpid()))
    try:
        with Group() as group:
            group.start("网页服务", web(python, host, port), env)
            until_answering(group, host, port)
            say(f"{accounts}\n\n门户已经打开：http://{shown(host)}:{port}/ （按 Ctrl-C 停止）")
            group.start("后台任务", worker_command(python), env | WORKER_QUIET)
            group.wait()
    finally:
        PID_FILE.unlink(missing_ok=True)
    say("已停止。")
    return 0


def worker(words: list[str]) -> int:
    """Only the background worker with its beat, for a server that runs elsewhere."""
    python = prepare("core", with_assets=False)
    with Group() as group:
        group.start("后台任务", worker_command(python), embedded("127.0.0.1") | WORKER_QUIET)
        group.wait()
    return 0


def demo(words: list[str]) -> int:
    """Tables and demo data, without starting anything."""
    python = prepare("core")
    say(fill(python, embedded("127.0.0.1")))
    return 0


def demo_reset(words: list[str]) -> int:
    """Start the demo again from nothing; the old database is kept beside it. Raises Trouble on a real database."""
    if os.environ.get("DATABASE_URL"):
        raise Trouble("设置了 DATABASE_URL：这里只重置自带的演示库，不会动您的数据库。")
    if running():
        raise Trouble("门户正在运行，请先停止（Ctrl-C）再重置。")
    for suffix in ("", "-wal", "-shm"):
        old = DATABASE.with_name(DATABASE.name + suffix)
        if old.exists():
            old.rename(VAR / f"before-reset.sqlite3{suffix}")
    return demo(words)


def running() -> bool:
    """Is a `run` of this checkout alive?"""
    try:
        os.kill(int(PID_FILE.read_text()), 0)
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False
    return True


def address() -> tuple[str, int]:
    """HOST and PORT of the environment, 127.0.0.1:8000 by default; Trouble when PORT is no port."""
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise Trouble(f"PORT 应是 1 到 65535 之间的整数，现在是“{port}”。")
    return host, int(port)


def free(host: str, port: int) -> None:
    """Raises Trouble when the address is taken or is not ours; better now than after two minutes."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Trouble(
                    f"端口 {port} 已被别的程序占用。请换一个再试，例如：PORT={port % 65535 + 1} make run"
                ) from error
            raise Trouble(f"不能在 {host}:{port} 上提供服务：{error.strerror or error}。") from error


def embedded(host: str) -> dict[str, str]:
    """What the programs need beyond the environment: folders, a key of their own and the names they answer to."""
    for folder in ("spool/queue", "spool/control", "spool/processed", "static"):
        (VAR / folder).mkdir(parents=True, exist_ok=True)
    env = SETTINGS | demo_key()
    if host not in LOOPBACK and "ALLOWED_HOSTS" not in os.environ:
        names = [*sorted(LOOPBACK - {"::1"}), "[::1]", shown(host), socket.gethostname()]
        env["ALLOWED_HOSTS"] = ",".join(names)
    return env


def fill(python: Path, env: dict[str, str]) -> str:
    """Tables, then demo places, rules, people and register where the database is still empty.

    Hands back the table of demo accounts. A second start with nothing changed reads one small file instead.
    """
    memory, wanted = VAR / ".filled.json", fingerprint()
    if wanted and memory.is_file():
        kept = json.loads(memory.read_text())
        if kept["of"] == wanted:
            return str(kept["accounts"])
    quietly(manage(python, "migrate", "--no-input", "-v", "0"), what="建立数据表", env=env)
    accounts = ""
    if has_command("demo"):
        run(manage(python, "demo"), env=env)
        accounts = quietly(manage(python, "demo", "--accounts"), what="列出演示账号", env=env).strip()
    if has_command("night"):
        quietly(manage(python, "night", "--catch-up"), what="判断各地目标", env=env)
    memory.write_text(json.dumps({"of": fingerprint(), "accounts": accounts}, ensure_ascii=False))
    return accounts


def fingerprint() -> str:
    """Changes with the embedded database file, the migrations, the demo data or the packages; "" = always look."""
    if os.environ.get("DATABASE_URL") or not DATABASE.is_file():
        return ""
    digest = hashlib.sha256(f"{DATABASE}:{DATABASE.stat().st_ino}".encode())
    sources = {path for pattern in FILLING for path in ROOT.glob(pattern) if path.is_file()}
    for path in sorted(sources):
        digest.update(str(path.relative_to(ROOT)).encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def web(python: Path, host: str, port: int) -> list[str | Path]:
    """gunicorn with threads: a slow reader holds a thread, not a process."""
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    how = ["--worker-class", "gthread", "--workers", os.environ.get("WEB_CONCURRENCY") or "2", "--threads", "4"]
    how += ["--preload", "--no-control-socket"]  # the code is read once and shared
    return [python, "-m", "gunicorn", "portal.wsgi:application", "--bind", bind, *how, "--log-level", "warning"]


def worker_command(python: Path) -> list[str | Path]:
    """One worker with beat inside: enough for one machine; production runs beat by itself."""
    beat: list[str | Path] = ["--beat", "--schedule", VAR / "beat-schedule", "--pool", "solo"]
    level = os.environ.get("LOG_LEVEL") or "WARNING"
    return [python, "-m", "celery", "--quiet", "-A", "portal.celery:app", "worker", *beat, "--loglevel", level]


def until_answering(group: Group, host: str, port: int, *, patience: float = 60) -> None:
    """Wait until the server accepts connections; raises Trouble when it ends first or takes too long."""
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    last = time.monotonic() + patience
    while time.monotonic() < last:
        group.check()
        try:
            socket.create_connection((near, port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise Trouble(f"等了 {patience:.0f} 秒，网页服务还没有应答。")


def shown(host: str) -> str:
    """The host as it stands in an address line."""
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
