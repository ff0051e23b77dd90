"""Everything a command needs before it starts: packages and front-end files, fetched side by side."""

import fcntl
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from portal.bootstrap import assets, environment
from portal.bootstrap.paths import ROOT, VAR

SETTINGS = {"DJANGO_SETTINGS_MODULE": "portal.settings"}


def prepare(name: str, *, with_assets: bool = True) -> Path:
    """Bring the environment to the locked list `name` (core, test, dev); hands back its Python.

    Two commands started at once wait for each other. Raises Trouble when something cannot be fetched.
    """
    with one_at_a_time(), ThreadPoolExecutor(2) as pool:
        packages = pool.submit(environment.ensure, environment.locked(name))
        files = pool.submit(assets.ensure) if with_assets else None
        python = packages.result()
        if files:
            files.result()
    return python


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """A lock on the checkout, released by the system even if we are killed."""
    VAR.mkdir(parents=True, exist_ok=True)
    with open(VAR / ".preparing", "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def manage(python: Path, *words: str) -> list[str | Path]:
    """The command line of `manage.py` with the environment's Python."""
    return [python, ROOT / "manage.py", *words]


def has_command(name: str) -> bool:
    """Does one of the apps bring this management command?"""
    return any(ROOT.glob(f"*/management/commands/{name}.py"))


def demo_key() -> dict[str, str]:
    """SECRET_KEY for a portal that was given none: made once, kept in `var/secret.key`, readable by the owner only.

    Nothing is added when the environment brings a key of its own; settings derive FIELD_KEY from it.
    """
    if os.environ.get("SECRET_KEY"):
        return {}
    path = VAR / "secret.key"
    if not path.is_file():
        VAR.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(os.urandom(32).hex())
    return {"SECRET_KEY": path.read_text().strip()}
