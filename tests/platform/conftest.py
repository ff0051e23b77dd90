"""A portal that runs in the sandbox with a live worker, on the PostgreSQL of the test."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from tests.api.conftest import speak  # noqa: F401 - a fixture
from tests.api.live import ROOT, WIDE, server

CELERY = [sys.executable, "-m", "celery", "-A", "portal", "worker", "-B", "--pool", "solo", "--loglevel", "WARNING"]


@pytest.fixture
def portal(db, tmp_path):
    """The address of the portal; its worker sends webhooks to 127.0.0.1 and plays the desks."""
    env = {
        "DATABASE_URL": os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{connection.settings_dict['NAME']}",
        "SECRET_KEY": settings.SECRET_KEY,
        "FIELD_KEY": settings.FIELD_KEY,
        "VAR_DIR": str(tmp_path),
        "SANDBOX": "1",
        "OUTBOUND_ALLOWED": "127.0.0.1/32",
    }
    command = [*CELERY, "-s", str(tmp_path / "beat")]
    with open(tmp_path / "worker.log", "wb") as log, server(tmp_path, **env) as url:
        running = subprocess.Popen(command, cwd=ROOT, env=os.environ | WIDE | env, stdout=log, stderr=log)
        yield url
        running.terminate()
        running.wait(30)
