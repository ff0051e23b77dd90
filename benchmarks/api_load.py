"""Many requests on a few connections that stay open: how many a second, and how long each took."""

import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

CONNECTIONS, ROUND, ROUNDS = 4, 2.0, 6  # connections, seconds of a round, rounds of each


@dataclass
class Target:
    """A server, the requests sent to it in turn, and what came of them (milliseconds each, seconds in all)."""

    name: str
    port: int
    requests: Sequence[bytes]
    took: list[float] = field(default_factory=list)
    spent: float = 0.0

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.took) / self.spent

    def part(self, hundredth: int) -> float:
        """The duration that so many of a hundred requests stayed below, in milliseconds."""
        return sorted(self.took)[min(len(self.took) - 1, len(self.took) * hundredth // 100)]


def get(path: str, token: str) -> bytes:
    """A GET as it goes over the wire."""
    return (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\nAuthorization: Bearer {token}\r\n\r\n"
    ).encode()


def ask(at: socket.socket, request: bytes) -> tuple[int, bytes]:
    """Send one request, read its whole answer: status and body."""
    at.sendall(request)
    told = at.recv(65536)
    while b"\r\n\r\n" not in told:
        told += at.recv(65536)
    head, _, body = told.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"\r\ncontent-length:")[2].partition(b"\r\n")[0])
    parts, have = [body], len(body)
    while have < length:
        parts.append(at.recv(65536))
        have += len(parts[-1])
    return int(head[9:12]), b"".join(parts)


def dial(port: int) -> socket.socket:
    """A connection that stays open."""
    at = socket.create_connection(("127.0.0.1", port))
    at.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return at


def alternate(targets: Sequence[Target]) -> None:
    """Load each target in turn, again and again, so that what disturbs the machine disturbs all. One turn warms up."""
    for turn in range(ROUNDS + 1):
        for target in targets:
            took, spent = _turn(target)
            if turn:
                target.took += took
                target.spent += spent


def _turn(target: Target) -> tuple[list[float], float]:
    took: list[float] = []
    faults: list[BaseException] = []
    began = time.perf_counter()
    threads = [
        threading.Thread(target=_keep_asking, args=(target, number, began + ROUND, took, faults))
        for number in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return took, time.perf_counter() - began


def _keep_asking(target: Target, number: int, until: float, took: list[float], faults: list[BaseException]) -> None:
    try:
        with dial(target.port) as at:
            while (began := time.perf_counter()) < until:
                status, _ = ask(at, target.requests[number % len(target.requests)])
                number += CONNECTIONS + 1
                if status != 200:
                    raise RuntimeError(f"{target.name} answered {status}")
                took.append((time.perf_counter() - began) * 1000)
    except BaseException as fault:
        faults.append(fault)
