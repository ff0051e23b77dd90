"""The health page tells the truth and never falls over itself."""

import datetime as dt
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import RequestFactory
from django.utils import timezone

from portal import health

pytestmark = pytest.mark.django_db
ASKED = RequestFactory().get("/healthz")


def fresh() -> dict:
    return {"oldest_undelivered": timezone.now() - dt.timedelta(minutes=14)}


def stale() -> dict:
    return {"oldest_undelivered": timezone.now() - dt.timedelta(minutes=16)}


def idle() -> dict:
    return {"oldest_undelivered": None, "last_night": "2026-11-22"}


def broken() -> dict:
    raise RuntimeError("some secret detail")


def ask(settings, *checks, redis_url=""):
    settings.HEALTH_CHECKS = [f"{__name__}.{check.__name__}" for check in checks]
    settings.REDIS_URL = redis_url
    return health.healthz(ASKED)


@pytest.mark.parametrize(("check", "word"), [(idle, "ok"), (fresh, "ok"), (stale, "degraded"), (broken, "degraded")])
def test_a_delivery_waiting_over_fifteen_minutes_or_a_failed_check_is_degraded(settings, check, word):
    answer = ask(settings, check)
    assert answer.status_code == 200
    assert f'"status": "{word}"'.encode() in answer.content


def test_values_of_the_checks_are_shown(settings):
    answer = ask(settings, idle)
    assert b'"last_night": "2026-11-22"' in answer.content
    assert b'"broker": null' in answer.content


def test_a_failing_check_is_named_without_its_details(settings):
    answer = ask(settings, broken)
    assert b'"broken": "failed"' in answer.content
    assert b"secret" not in answer.content


def test_a_silent_broker_degrades_but_does_not_stop_the_portal(settings):
    answer = ask(settings, redis_url="redis://127.0.0.1:1/0")
    assert answer.status_code == 200
    assert b'"broker": "down"' in answer.content and b"degraded" in answer.content


def test_a_missing_database_is_503(settings):
    with patch.object(health.connection, "cursor", side_effect=OperationalError("gone")):
        answer = ask(settings)
    assert answer.status_code == 503
    assert b'"down"' in answer.content and b"gone" not in answer.content


def test_only_reading_is_allowed_and_nothing_is_cached(settings):
    assert health.healthz(RequestFactory().post("/healthz")).status_code == 405
    assert "no-store" in ask(settings)["Cache-Control"]
