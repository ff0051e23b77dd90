"""The platform's own door for events: an HTTP server that is late, breaks, forgets to answer, or answers wrongly."""

import json
import random
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook, WebhookVerificationError

FAULTS = ("late", "error", "twice", "wrong")
LATE = 1.5  # seconds


@dataclass
class Received:
    """What came: events in the order in which they were taken, how often each, and what was not rightly signed."""

    order: list[dict[str, Any]] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    again: int = 0
    unsigned: int = 0
    broken: int = 0


class Receiver:
    """Runs while its block is open. `share` is how often (0 to 1) the first delivery of an event meets a fault."""

    def __init__(self, host: str, *, faults: tuple[str, ...], seed: str, share: float) -> None:
        self.received, self.lock, self.secret = Received(), threading.Lock(), ""
        self.faults, self.share, self.dice = faults, share, random.Random(f"{seed}:receiver")
        self.met: set[str] = set()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                owner.take(self, body)

            def log_message(self, format: str, *args: Any) -> None:
                """Nothing is logged."""

        self.server = ThreadingHTTPServer((host, 0), Handler)
        self.url = f"http://{host}:{self.server.server_port}/events"

    def __enter__(self) -> "Receiver":
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *what: Any) -> None:
        self.server.shutdown()
        self.server.server_close()

    def take(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        """One delivery: verified, perhaps met by a fault, taken once however often it comes."""
        try:
            Webhook(self.secret).verify(body, dict(handler.headers.items()))
        except (WebhookVerificationError, ValueError):
            with self.lock:
                self.received.unsigned += 1
            return _answer(handler, 401)
        uid = handler.headers["webhook-id"]
        fault = self._fault(uid)
        if fault == "error":
            return _answer(handler, 500)
        if fault == "wrong":
            handler.wfile.write(b"this is no answer\r\n\r\n")
            handler.close_connection = True
            return None
        if fault == "late":
            time.sleep(LATE)
        self._keep(uid, json.loads(body))
        return _answer(handler, 500 if fault == "twice" else 204)

    def _fault(self, uid: str) -> str:
        with self.lock:
            if uid in self.met or not self.faults or self.dice.random() >= self.share:
                self.met.add(uid)
                return ""
            self.met.add(uid)
            self.received.broken += 1
            return self.dice.choice(self.faults)

    def _keep(self, uid: str, event: dict[str, Any]) -> None:
        with self.lock:
            self.received.again += uid in self.received.seen
            if uid not in self.received.seen:
                self.received.order.append(event)
            self.received.seen[uid] = self.received.seen.get(uid, 0) + 1


def _answer(handler: BaseHTTPRequestHandler, status: int) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", "0")
    handler.end_headers()
