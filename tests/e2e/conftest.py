"""A portal with the demo register behind a real server, and people with browsers in front of it.

The register is loaded once for the run and never emptied: every journey brings its own organisations. The
database is a file, so that the pages of one person may ask several things at the same time.
"""

import io
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import Browser, Playwright, sync_playwright
from pytest_django.live_server_helper import LiveServer

from filings.demo import people
from portal.models import User
from registry.models import Jurisdiction
from tests import builders
from tests.e2e.walker import DESKTOP, Walker

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=zh-CN"]
CAST = {"wang": "shequ", "li": "jiedao", "chen": "jiedao2", "zhang": "quxian", "sun": "shenpi", "auntie": "zuzhi"}


@pytest.fixture(autouse=True)
def _apart() -> None:
    """In place of the suite's own: the files of the demo register stay where they are for the whole run."""
    cache.clear()


@pytest.fixture(scope="session")
def database(django_test_environment, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """An empty register in a file of its own; pytest-django sets one up only for tests that it empties again."""
    connections["default"].settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
    with django_db_blocker.unblock():
        before = setup_databases(0, False, aliases={"default"})
        yield
        teardown_databases(before, 0)


@pytest.fixture(scope="session")
def portal(database: None, tmp_path_factory) -> Iterator[str]:
    """The address of a portal with the demo register."""
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps an event loop in this thread
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        call_command("demo", verbosity=0, stdout=io.StringIO())
        server = LiveServer("localhost")
        yield server.url
        server.stop()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    found = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield found
    found.close()


@pytest.fixture
def walker(portal: str, browser: Browser) -> Iterator[Callable[..., Walker]]:
    """Make a person with a browser: `walker()`, `walker(PHONE)`, `walker(script=False)`, `walker(PHONE, **WECHAT)`.

    After the test no page may have shown a console error, a server error or another host; answers of 4xx only
    as many as the test named in `expected`.
    """
    made: list[Walker] = []

    def make(viewport: dict = DESKTOP, *, script: bool = True, **device) -> Walker:
        context = browser.new_context(viewport=viewport, locale="zh-CN", java_script_enabled=script, **device)
        context.set_default_timeout(15_000)
        made.append(Walker(context, portal))
        return made[-1]

    yield make
    for one in made:
        one.context.close()
        assert not one.faults, one.faults
        assert one.refusals == one.expected, f"answers {one.refusals}, expected {one.expected}"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A small picture that is one."""
    path = tmp_path / "名单照片.png"
    path.write_bytes(builders.PNG)
    return path


def _crew(county: str) -> SimpleNamespace:
    found = {name: User.objects.get(username=f"{county}-{key}") for name, key in CAST.items()}
    code, level = people.COUNTIES[county], Jurisdiction.Level
    seats = {"garden": people.seat(code, level.COMMUNITY), "street": people.seat(code, level.STREET)}
    return SimpleNamespace(**found, **seats, district=people.seat(code, level.COUNTY), county=county)


@pytest.fixture(scope="session")
def crew(portal: str) -> Callable[[str], SimpleNamespace]:
    """The demo people of a county under the names that `tests.builders` knows, and where they sit."""
    return _crew
