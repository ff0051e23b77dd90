"""A small platform of somebody else, on a real socket: takes records once, lists a day, and can go wrong."""

import hashlib
import hmac
import json
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from django.utils import timezone

SECRET = "platform-secret"
PAGE = 3


class Platform:
    """It holds `records` as (number, sequence, bytes) in the order taken; `answers` are the statuses it gives next."""

    def __init__(self, number="SBLSH", sequence="XH"):
        self.names = number, sequence
        self.records, self.keys, self.answers = [], {}, []
        self.seen, self.lists, self.forged, self.lists_down = [], Counter(), [], False
        self.day = timezone.localdate().isoformat()

    def take(self, headers, body):
        """(status, answer) to one record."""
        key = headers["Idempotency-Key"]
        if not self.proven(headers, key, body):
            self.forged.append(key)
            return 401, {"detail": "签名不对"}
        self.seen.append(key)
        if self.answers and (status := self.answers.pop(0)) != 200:
            return status, {"detail": "事项编码不存在" if status < 500 else "正在维护"}
        if key not in self.keys:
            told = json.loads(body)
            self.keys[key] = f"R{len(self.keys) + 1}"
            self.records.append((told[self.names[0]], told[self.names[1]], body))
        return 200, {"receipt": self.keys[key]}

    def proven(self, headers, what, body):
        """Whether a request is signed with our secret."""
        told = f"{headers['X-Timestamp']}.{what}.".encode() + body
        return hmac.compare_digest(headers["X-Signature"], hmac.new(SECRET.encode(), told, hashlib.sha256).hexdigest())

    def listed(self, headers, query):
        """A page of what it holds; every record counts as of `day`."""
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        if self.lists_down or not self.proven(headers, query, b""):
            return 503 if self.lists_down else 401, {}
        self.lists[asked["day"]] += 1
        first = (int(asked["page"]) - 1) * PAGE
        rows = self.records if asked["day"] == self.day else []
        told = [
            {"number": number, "sequence": sequence, "digest": hashlib.sha256(body).hexdigest()}
            for number, sequence, body in rows[first : first + PAGE]
        ]
        return 200, {"records": told, "more": first + PAGE < len(rows)}


@contextmanager
def running(platform, port=0):
    """The address of a platform that listens."""

    class Door(BaseHTTPRequestHandler):
        def do_POST(self):
            self.answer(*platform.take(self.headers, self.rfile.read(int(self.headers["Content-Length"]))))

        def do_GET(self):
            self.answer(*platform.listed(self.headers, urlsplit(self.path).query))

        def answer(self, status, told):
            body = told if isinstance(told, bytes) else json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Door)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/records"
    finally:
        server.shutdown()
        server.server_close()
