"""A small receiver of webhooks, as a client would write one: it verifies, does each event once, and can misbehave."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from standardwebhooks import Webhook


class Receiver:
    """What came in, in order. `mood(event)` says what to answer; `secret` must be told before the first event."""

    def __init__(self, url: str) -> None:
        self.url, self.secret = url, ""
        self.mood = lambda event: 200
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.taken: dict[str, dict] = {}  # by id, in the order in which they came first
        self.lock = threading.Lock()
        self.most = self.now = 0

    def take(self, headers: dict[str, str], body: bytes) -> int:
        with self.lock:
            self.requests.append((headers, body))
            event = json.loads(body)
        status = self.mood(event)
        if status == 200:
            Webhook(self.secret).verify(body, headers)
            with self.lock:
                self.taken.setdefault(headers["webhook-id"], event)
        return status


@contextmanager
def receiver():
    """A receiver on this machine, for as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = got.take({name.lower(): one for name, one in self.headers.items()}, body)
            if callable(status):
                status(self)
                return
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", got.url + "elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *told: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        request_queue_size = 64
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            pass  # the other side went away

    server = Server(("127.0.0.1", 0), Handler)
    got = Receiver(f"http://127.0.0.1:{server.server_port}/")
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield got
    finally:
        server.shutdown()
        server.server_close()


def hang(handler: BaseHTTPRequestHandler) -> None:
    """No answer while anybody waits."""
    time.sleep(3)


def flood(handler: BaseHTTPRequestHandler) -> None:
    """200, and a body without an end."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65536)


def drip(handler: BaseHTTPRequestHandler) -> None:
    """200, and a body that comes by and by."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x")
        time.sleep(0.05)
