"""How long something takes, and a database of its own to try it in."""

import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection


def median(work: Callable[[], Any], times: int = 5) -> tuple[Any, float]:
    """What the work gives, and its median duration in milliseconds after one warm-up."""
    found, spent = work(), []
    for _ in range(times):
        began = time.perf_counter()
        found = work()
        spent.append((time.perf_counter() - began) * 1000)
    return found, statistics.median(spent)


def once(work: Callable[[], Any]) -> tuple[Any, float]:
    """What the work gives, and how many milliseconds it took this one time."""
    began = time.perf_counter()
    return work(), (time.perf_counter() - began) * 1000


def peak() -> float:
    """The most memory this process ever held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def database() -> Iterator[None]:
    """A database that is made for the measurement and thrown away."""
    with tempfile.TemporaryDirectory() as scratch:
        former = connection.settings_dict["NAME"]
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(scratch) / "bench.sqlite3")
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(former, verbosity=0)


def line(what: str, spent: float, *said: str) -> str:
    """One line of a report: what, milliseconds, ratios."""
    return f"  {what:<58} {spent:10.1f} ms  {'  '.join(said)}".rstrip()
