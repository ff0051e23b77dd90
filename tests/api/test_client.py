"""The client of the documentation files a whole case over real HTTP, on a line that is cut after the work was done."""

import datetime as dt
import http.client
import importlib.util
import json
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from standardwebhooks import Webhook

from registry.models import Case, Step
from tests import builders
from tests.api.speaking import Speaker

PATH = Path(settings.ROOT) / "docs" / "api" / "client.py"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ANSWERS = {
    "organisation": {
        "name": "阳光舞蹈队",
        "category": "culture_sports",
        "activities": "组织居民排练和演出",
        "scope": "community",
        "premises": "shared",
        "address": "社区活动中心二楼",
    },
    "people": {
        "leader_name": "刘桂兰",
        "leader_id_number": builders.identity_number(),
        "leader_phone": "13900000000",
        "serving_cadre": False,
        "individual_members": 24,
    },
    "party": {"full_party_members": 3, "party_organisation": "fallback"},
}
RUN = """
import json, sys
sys.path.insert(0, sys.argv[1])
import client
said = json.loads(sys.argv[2])
papers = {kind: bytes.fromhex(one) for kind, one in said.pop("papers").items()}
for event in client.file(**said, papers=papers):
    print(json.dumps(event), flush=True)
    if event["type"].endswith("case.approved"):
        break
"""


@pytest.fixture
def client_code():
    spec = importlib.util.spec_from_file_location("client", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@contextmanager
def bad_line(server: str):
    """A line to the server that carries one request at a time and loses the first answer to every kind of write.

    The server has done its work by then: the client cannot know. Gives (address, what was lost).
    """
    host, lost = urlsplit(server).netloc, []

    class Line(BaseHTTPRequestHandler):
        def carry(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            far = http.client.HTTPConnection(host, timeout=30)
            headers = {name: one for name, one in self.headers.items() if name.lower() not in ("host", "connection")}
            far.request(self.command, self.path, body, headers)
            answer = far.getresponse()
            content, kind = answer.read(), f"{self.command} {self.path.rpartition('/')[2]}"
            if self.command != "GET" and answer.status < 300 and kind not in lost:
                lost.append(kind)
                self.close_connection = True
                return
            self.send_response(answer.status)
            for name in ("Content-Type", "ETag", "Retry-After"):
                if answer.headers.get(name):
                    self.send_header(name, answer.headers[name])
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = carry

        def log_message(self, *told: object) -> None:
            pass

    line = HTTPServer(("127.0.0.1", 0), Line)
    threading.Thread(target=line.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{line.server_port}/api/v1", lost
    finally:
        line.shutdown()
        line.server_close()


def act(root: str, speaker: Speaker, case: int, verb: str, **data) -> None:
    """A desk takes a step, over the same line."""
    host, me = urlsplit(root).netloc, {"Authorization": f"Bearer {speaker.token}", "Content-Type": "application/json"}

    def ask(method, path, body=None, **headers):
        for _ in range(3):
            far = http.client.HTTPConnection(host, timeout=30)
            far.request(method, f"/api/v1/cases/{case}{path}", body, me | headers)
            try:
                answer = far.getresponse()
            except http.client.RemoteDisconnected:
                continue
            assert answer.status == 200, answer.read().decode()
            answer.read()
            return answer.headers["ETag"]

    body = json.dumps({"note": "属实", "data": data})
    ask("POST", f"/actions/{verb}", body, **{"If-Match": ask("GET", ""), "Idempotency-Key": f"{verb}-{case}"})


@pytest.mark.pg
@pytest.mark.django_db(transaction=True)
def test_a_whole_filing_goes_through_a_line_that_is_cut(live_server, speak, places, client_code):
    platform, desks = speak("platform"), {who: speak(who) for who in ("community", "street")}
    key = {"client_id": platform.key.client_id, "client_secret": platform.key.client_secret}
    said = {"key": key, "place": places.garden.code, "reference": "HX-1", "sections": ANSWERS}
    said["papers"] = dict.fromkeys(("charter", "members"), builders.PNG.hex())
    with bad_line(live_server.url) as (root, lost):
        command = [sys.executable, "-c", RUN, str(PATH.parent), json.dumps(said | {"root": root})]
        running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            types = follow(running, root, desks)
        finally:
            running.kill()
    assert types == ["created", "submitted", "forwarded", "forwarded", "approved"], running.stderr.read()
    assert {"POST token", "POST cases", "PUT people", "POST materials", "POST submit"} <= set(lost)
    case = Case.objects.get()
    assert case.state == "approved" and case.materials.count() == 2
    assert list(Step.objects.values_list("verb", flat=True).order_by("id")) == ["submit", "review", "report", "record"]


def follow(running: subprocess.Popen, root: str, desks: dict[str, Speaker]) -> list[str]:
    """What the client hears, while the desks do their part; the end of each type."""
    assert "true" in running.stdout.readline().lower(), running.stderr.read()  # the dry run found nothing missing
    types: list[str] = []
    for line in running.stdout:
        event = json.loads(line)
        types.append(event["type"].rpartition(".")[2])
        if types[-1] == "submitted":
            case = int(event["subject"].partition("/")[2])
            act(root, desks["community"], case, "review")
            act(root, desks["community"], case, "report")
            act(root, desks["street"], case, "record", tier="filed", managing_body="大营门街道办事处")
    running.wait(30)
    return types


def test_the_client_believes_only_what_is_signed_just_now(client_code):
    body, now = b'{"type": "cn.shzz.ping"}', int(time.time())
    sign = lambda stamp: Webhook(SECRET).sign("msg_1", _moment(stamp), body.decode())  # noqa: E731
    headers = lambda stamp, said: {"webhook-id": "msg_1", "webhook-timestamp": str(stamp), "webhook-signature": said}  # noqa: E731
    assert client_code.verify(SECRET, headers(now, sign(now)), body)
    assert client_code.verify(SECRET, headers(now, "v1,AAAA " + sign(now)), body)  # two while a secret is changed
    assert not client_code.verify(SECRET, headers(now, sign(now)), body + b" ")
    assert not client_code.verify(SECRET, headers(now + 1, sign(now)), body)
    assert not client_code.verify(SECRET, headers(now - 301, sign(now - 301)), body)
    assert not client_code.verify(SECRET.replace("M", "N"), headers(now, sign(now)), body)


def _moment(stamp: int):
    return dt.datetime.fromtimestamp(stamp, dt.UTC)


def test_the_client_fits_on_a_page():
    lines = [line for line in PATH.read_text("utf-8").splitlines() if line.strip()]
    assert len(lines) <= 40 and max(map(len, lines)) <= 120
