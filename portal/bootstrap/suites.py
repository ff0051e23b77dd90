"""`test`, `test-pg`, `e2e`: the same suite on what is embedded, on real servers, and in a real browser."""

import os
import shutil
import tempfile
from pathlib import Path

from portal.bootstrap import postgres, redis
from portal.bootstrap.paths import VENV
from portal.bootstrap.prepare import SETTINGS, prepare
from portal.bootstrap.shell import Trouble, say, status
from portal.bootstrap.system import in_ci, installed

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def test(words: list[str]) -> int:
    """The suite on SQLite, without any server; `pg` and `e2e` tests are left out by pyproject.toml.

    Without further words it uses up to four processors; the real servers of `test-pg` are shared, so not there.
    """
    python = prepare("test")
    return pytest(python, words or spread(), DATABASE_URL=None, REDIS_URL=None)


def spread() -> list[str]:
    """Up to four processes side by side, each with a database of its own."""
    return ["-n", str(min(4, os.cpu_count() or 1))]


def test_pg(words: list[str]) -> int:
    """The whole suite on PostgreSQL and Redis of its own, started here and thrown away afterwards.

    Without further words: what needs no worker first, spread over the processors; then what shares the broker.

    A DATABASE_URL or REDIS_URL of the environment is used instead only when TEST_ON_GIVEN_SERVERS=1.
    """
    python = prepare("test")
    if os.environ.get("TEST_ON_GIVEN_SERVERS") == "1":
        url = os.environ.get("REDIS_URL", "")
        return pytest(python, ["-m", "not e2e", *words], LIVE_REDIS_URL=url)
    with tempfile.TemporaryDirectory(prefix="portal-servers-") as folder:
        with postgres.server(VENV, Path(folder) / "pg") as database, redis.server(Path(folder) / "redis") as broker:
            say("测试用的 PostgreSQL 和 Redis 已启动。")
            urls = {"DATABASE_URL": database, "REDIS_URL": broker, "LIVE_REDIS_URL": broker}
            urls["SECRET_KEY"] = os.environ.get("SECRET_KEY") or "only-for-tests"
            if words:
                return pytest(python, ["-m", "not e2e", *words], **urls)
            first = pytest(python, ["-m", "not e2e and not pg", *spread()], **urls)
            return pytest(python, ["-m", "pg"], **urls) or first


def fuzz(words: list[str]) -> int:
    """schemathesis over every operation of the API as each kind of client, on a PostgreSQL of its own.

    Words: cases an operation and phase (12), and the folder for the logs.
    """
    python = prepare("test")
    with tempfile.TemporaryDirectory(prefix="portal-servers-") as folder:
        with postgres.server(VENV, Path(folder) / "pg") as database:
            env = SETTINGS | {"DATABASE_URL": database, "REDIS_URL": None, "SECRET_KEY": "only-for-fuzzing"}
            return status([python, "-m", "tests.api.fuzzing", *words], env=env)


def e2e(words: list[str]) -> int:
    """Browser journeys, file by file side by side. Without a browser they are left out with a word, never in CI."""
    python = prepare("test")
    try:
        browser = chromium()
    except Trouble as trouble:
        if in_ci():
            raise
        say(f"已跳过浏览器测试：{trouble}")
        return 0
    allowed = {"CHROMIUM": browser, "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
    beside = [] if words else [*spread(), "--dist", "loadfile"]
    return pytest(python, ["-m", "e2e", *beside, *words], DATABASE_URL=None, REDIS_URL=None, **allowed)


def chromium() -> str:
    """Path of a Chromium: $CHROMIUM, the PATH, or (as root) the Debian package. Trouble when there is none."""
    named = os.environ.get("CHROMIUM")
    if named:
        if not shutil.which(named):
            raise Trouble(f"CHROMIUM 指向的程序不存在：{named}")
        return named
    return installed(BROWSERS, package="chromium")


def pytest(python: Path, words: list[str], **env: str | None) -> int:
    """Run pytest with these variables (None = taken away); in CI a skipped test is a failed run."""
    strict = ["-p", "tests.noskip"] if in_ci() else []
    return status([python, "-m", "pytest", *strict, *words], env=SETTINGS | env)
