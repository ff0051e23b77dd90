"""The portal as it runs: gunicorn on a port of its own, on the database of the test or of the run."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.bootstrap.redis import free_port
from portal.bootstrap.serve import web

ROOT = Path(__file__).resolve().parent.parent.parent
WIDE = {  # limits are tested elsewhere: here everybody comes from one address
    "API_PUBLIC_PER_MINUTE": "1000000",
    "API_TOKENS_PER_MINUTE": "1000000",
    "LOG_LEVEL": "ERROR",
    "PYTHONWARNINGS": "ignore",
}


@contextmanager
def server(folder: Path, **env: str) -> Iterator[str]:
    """The address of a running portal; stopped when the block ends. What it says goes to `folder/gunicorn.log`."""
    port = free_port()
    command = [str(word) for word in web(Path(sys.executable), "127.0.0.1", port)]
    with open(folder / "gunicorn.log", "wb") as log:
        running = subprocess.Popen(command, cwd=ROOT, env=os.environ | WIDE | env, stdout=log, stderr=log)
    try:
        url = f"http://127.0.0.1:{port}"
        _until_answering(running, url)
        yield url
    finally:
        running.terminate()
        running.wait(30)


def _until_answering(running: subprocess.Popen, url: str, patience: float = 60) -> None:
    last = time.monotonic() + patience
    while time.monotonic() < last and running.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/api/v1/openapi.json", timeout=20).read()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError("the portal does not answer")
