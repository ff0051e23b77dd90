"""The servers below the suite of `make test-pg` are real, and are the ones the project promises."""

import os

import pytest
import redis
from django.conf import settings
from django.db import connection

pytestmark = [pytest.mark.pg, pytest.mark.django_db]


def test_the_driver_is_psycopg2():
    assert connection.vendor == "postgresql"
    assert connection.Database.__name__ == "psycopg2"


def test_chinese_letters_are_letters_to_the_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT datctype FROM pg_database WHERE datname = current_database()")
        (ctype,) = cursor.fetchone()
        cursor.execute("SELECT '河西区' ~ '^[[:alpha:]]+$'")
        assert cursor.fetchone() == (True,)
    assert ctype.lower().replace("-", "").endswith("utf8")


def test_redis_answers_and_carries_the_queue():
    assert os.environ["LIVE_REDIS_URL"] == settings.REDIS_URL == settings.CELERY_BROKER_URL
    assert redis.Redis.from_url(settings.REDIS_URL).ping()
