"""One request out of the house: looked up once, checked, sent to exactly that address, and over when its time is.

No redirect is followed, no proxy of the environment is used. The connection goes to the address that was checked, with
the original name for Host, SNI and the certificate: a name that answers otherwise a moment later (rebinding) gains
nothing. Certificates of a CA of one's own: the environment variable SSL_CERT_FILE, as OpenSSL reads it.
"""

import functools
import http.client
import ipaddress
import os
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress

from django.conf import settings

from portal.outbound import addresses
from portal.outbound.addresses import Address, Allowed, Forbidden, Target
from portal.outbound.answers import Answer

CONNECT, TOTAL = 5.0, 15.0  # seconds
MOST = 64 * 1024  # bytes of an answer that are read
TRIED = 3  # addresses of one name
Resolver = Callable[[str, int], list[str]]


class Unresolved(OSError):
    """The name leads nowhere, or not in time."""


def lookup(host: str, port: int) -> list[str]:
    """The addresses of a name, as the system knows them."""
    return [one[4][0] for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    connect: float = CONNECT,
    total: float = TOTAL,
    resolver: Resolver = lookup,
) -> Answer:
    """POST a body and tell what came back; never raises, never takes longer than `total` seconds.

    `headers` must name Content-Type; Host and Content-Length are added. `resolver` is for tests.
    """
    return send("POST", url, body, headers, connect=connect, total=total, resolver=resolver)


def send(
    method: str,
    url: str,
    body: bytes | None,
    headers: Mapping[str, str],
    *,
    connect: float = CONNECT,
    total: float = TOTAL,
    resolver: Resolver = lookup,
) -> Answer:
    """As `post`, with any method."""
    start = time.monotonic()
    try:
        found = _send(method, url, body, headers, connect, start + total, resolver)
    except Forbidden as no:
        found = Answer(fault=str(no), kind="forbidden")
    except (OSError, http.client.HTTPException, ValueError) as fault:
        late = time.monotonic() - start >= total
        found = Answer(**_words(TimeoutError() if late else fault))
    return Answer(found.status, found.body, found.headers, found.fault, found.kind, time.monotonic() - start)


def _send(
    method: str,
    url: str,
    body: bytes | None,
    headers: Mapping[str, str],
    connect: float,
    end: float,
    resolver: Resolver,
) -> Answer:
    target, meant = addresses.read(url), allowed()
    found = [target.address] if target.address else _resolve(target, resolver, min(connect, _left(end)))
    addresses.require(target, found, meant)
    line = _connect(found, target, connect, end)
    with line, _watched(line, end):
        if target.scheme == "https":
            line = _context(os.environ.get("SSL_CERT_FILE")).wrap_socket(line, server_hostname=target.host)
        with line:
            found = _speak(line, target, method, body, headers)
    _left(end)  # what was cut off looks like an answer that ended
    return found


@functools.cache
def _context(authorities: str | None) -> ssl.SSLContext:
    """Reading the authorities of the system takes longer than many a request: once for each file of them."""
    return ssl.create_default_context()


def allowed() -> Allowed:
    """What the settings allow besides the public net; `Forbidden` where they cannot be read."""
    try:
        return addresses.allowed(settings.OUTBOUND_ALLOWED)
    except ValueError as fault:
        raise Forbidden("OUTBOUND_ALLOWED 写得不对，什么都不发送") from fault


def _resolve(target: Target, resolver: Resolver, seconds: float) -> list[Address]:
    """Looked up once, in a thread of its own: the system's resolver knows no deadline."""
    told: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            told.put(resolver(target.host, target.port))
        except (OSError, UnicodeError) as fault:
            told.put(OSError(str(fault)))

    threading.Thread(target=ask, daemon=True).start()
    try:
        found = told.get(timeout=seconds)
    except queue.Empty as fault:
        raise Unresolved() from fault
    if isinstance(found, OSError) or not found:
        raise Unresolved()
    return list(dict.fromkeys(ipaddress.ip_address(one) for one in found))


def _connect(found: list[Address], target: Target, connect: float, end: float) -> socket.socket:
    """A connection to the first of the checked addresses that answers."""
    fault: OSError = ConnectionRefusedError()
    for address in found[:TRIED]:
        try:
            return socket.create_connection((str(address), target.port), min(connect, _left(end)))
        except OSError as no:
            fault = no
    raise fault


def _left(end: float) -> float:
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError()
    return left


@contextmanager
def _watched(line: socket.socket, end: float) -> Iterator[None]:
    """Cut the line when the time is up, however busily the other side drips: through a second handle on it, which
    stays ours when TLS takes the first one over."""
    handle = line.dup()
    line.settimeout(_left(end))

    def cut() -> None:
        with suppress(OSError):
            handle.shutdown(socket.SHUT_RDWR)

    watchdog = threading.Timer(_left(end), cut)
    watchdog.daemon = True
    watchdog.start()
    try:
        yield
    finally:
        watchdog.cancel()
        watchdog.join()
        handle.close()


def _speak(line: socket.socket, target: Target, method: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
    talk = http.client.HTTPConnection(target.host, target.port)
    talk.sock = line
    talk.request(method, target.path, body, {"Host": target.named, "Connection": "close", **headers})
    told = talk.getresponse()
    names = {name.lower(): value for name, value in told.getheaders()}
    return Answer(told.status, told.read(MOST), names)


def _words(fault: Exception) -> dict[str, str]:
    """A fault as it may be shown to a client: nothing in it tells of our own network."""
    if isinstance(fault, Unresolved):
        return {"kind": "unresolved", "fault": "域名解析不到"}
    if isinstance(fault, TimeoutError):
        return {"kind": "timeout", "fault": "对方没有在规定时间内答复"}
    if isinstance(fault, ssl.SSLError):
        return {"kind": "tls", "fault": "证书或加密连接不对"}
    if isinstance(fault, ConnectionRefusedError):
        return {"kind": "refused", "fault": "连接不上"}
    return {"kind": "broken", "fault": "连接中断，或者答复不合格式"}
