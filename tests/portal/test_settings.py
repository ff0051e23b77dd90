"""The settings are safe as they come, and refuse to start half-configured."""

import os
import pkgutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from portal.celery import SCHEDULE, app
from registry.casework import kinds

ROOT = Path(__file__).resolve().parent.parent.parent


def start(**env):
    """Import the settings in a process of its own with only these variables."""
    known = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "SECRET_KEY", "FIELD_KEY")}
    command = [sys.executable, "-c", "from portal import settings; print(settings.DATABASES['default']['ENGINE'])"]
    return subprocess.run(command, cwd=ROOT, env=known | env, capture_output=True, text=True)


def test_a_real_database_with_the_known_key_does_not_start(tmp_path):
    done = start(DATABASE_URL="postgres://u@127.0.0.1/x", VAR_DIR=str(tmp_path))
    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr


def test_a_real_database_with_a_key_starts(tmp_path):
    done = start(DATABASE_URL="postgres://u@127.0.0.1/x", SECRET_KEY="long", VAR_DIR=str(tmp_path))
    assert done.stdout.strip().endswith("postgresql")


def test_nothing_set_is_sqlite(tmp_path):
    assert start(VAR_DIR=str(tmp_path)).stdout.strip().endswith("sqlite3")


def test_debug_is_off_unless_somebody_asks():
    assert settings.DEBUG is False


def test_what_is_named_by_string_exists():
    for path in (settings.HOME_PANEL, *settings.HEALTH_CHECKS):
        assert import_string(path)


def test_every_scheduled_task_is_known_to_the_worker():
    app.loader.import_default_modules()
    assert {line["task"] for line in SCHEDULE.values()} <= set(app.tasks)


def test_every_folder_of_the_named_packages_holds_a_kind_of_its_own():
    folders = [
        f"{package}.{folder.name}.kind"
        for package in settings.CASE_KINDS
        for folder in pkgutil.iter_modules(import_module(package).__path__)
    ]
    assert len(folders) > 5
    assert [import_module(folder).KIND.key for folder in folders] == list(kinds.every())  # no key twice


@pytest.mark.parametrize("page", ["portal:home", "portal:login", "registry:verify"])
def test_no_page_may_load_or_frame_anything_foreign(page, client, db):
    answer = client.get(reverse(page))
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy and "unsafe-eval" not in policy
    assert "script-src 'self'" in policy and "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_session_is_kept_from_scripts():
    assert settings.SESSION_COOKIE_HTTPONLY and settings.SESSION_COOKIE_SAMESITE == "Lax"


def test_a_form_without_its_token_is_refused_in_chinese(cast):
    from_elsewhere = import_string("django.test.Client")(enforce_csrf_checks=True)
    from_elsewhere.force_login(cast.wang)
    answer = from_elsewhere.post(reverse("registry:start"), {})
    assert answer.status_code == 403
    assert "csrf" not in answer.content.decode().lower().replace("csrfmiddlewaretoken", "").replace("hx-headers", "")


def test_ten_wrong_passwords_close_the_door_for_a_while(client, cast, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    answer = None
    for _ in range(11):
        answer = client.post(reverse("portal:login"), {"username": cast.wang.username, "password": "wrong"})
    assert answer.status_code in (403, 429)
