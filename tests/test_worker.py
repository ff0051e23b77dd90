"""A live Celery worker with beat drains the outbox; with the broker away nothing is lost and nothing fails."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from portal.celery import app
from registry.models import Notice, Step
from tests import builders

pytestmark = [pytest.mark.pg, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parent.parent
CELERY = [sys.executable, "-m", "celery", "-A", "portal", "worker", "-B", "--pool", "solo", "--loglevel", "WARNING"]
PATIENCE = 60


@contextmanager
def worker(folder):
    """A worker with embedded beat on the database of this test; stopped when the block ends."""
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    given = {
        "DATABASE_URL": f"{server}/{connection.settings_dict['NAME']}",
        "SECRET_KEY": settings.SECRET_KEY,
        "FIELD_KEY": settings.FIELD_KEY,
    }
    with open(folder / "log", "wb") as log:
        running = subprocess.Popen(
            [*CELERY, "-s", str(folder / "beat")], cwd=ROOT, env=os.environ | given, stdout=log, stderr=log
        )
    try:
        yield running
    finally:
        running.terminate()
        running.wait(30)


def drained(running):
    """Whether every step is delivered before patience or the worker ends."""
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last and running.poll() is None:
        if not Step.objects.filter(delivered_at=None).exists():
            return True
        time.sleep(0.5)
    return False


def test_a_live_worker_carries_each_step_to_whom_it_concerns(cast, places, packs, delegation, tmp_path):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=3)
    assert Step.objects.filter(delivered_at=None).count() == 3
    with worker(tmp_path) as running:
        assert drained(running), (tmp_path / "log").read_text()
    key = f"step:{case.steps.get(verb='report').pk}"
    told = set(Notice.objects.filter(case=case, key=key).values_list("user__name", flat=True))
    assert told == {"李阿姨", "老李", "陈姐"}


def test_what_is_handed_in_while_the_broker_is_away_is_carried_later(
    cast, places, packs, tmp_path, client, monkeypatch
):
    monkeypatch.setitem(app.conf, "broker_url", "redis://127.0.0.1:1/0")
    case = builders.draft(cast.auntie, places.garden)
    client.force_login(cast.auntie)
    answer = client.post(reverse("registry:move", args=[case.pk, "submit"]))
    assert answer.headers["Location"] == reverse("registry:receipt", args=[case.pk])
    with worker(tmp_path) as running:
        assert drained(running), (tmp_path / "log").read_text()
