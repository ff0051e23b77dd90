"""Many places at once: COPY on PostgreSQL, `executemany` elsewhere. Called by `registry.places.actions` alone."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from django.core.management.color import no_style
from django.db import connection

from registry.models import Jurisdiction

TABLE = Jurisdiction._meta.db_table
COLUMNS = ("id", "code", "name", "level", "kind", "area_class", "starts", "ends", "parent_id")
BATCH = 10_000


def lock() -> None:
    """Keep every other writer of places out until the transaction ends; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {TABLE} IN SHARE ROW EXCLUSIVE MODE")


def insert(path: Path, rows: Iterable[list[str]]) -> None:
    """New places from a scratch file of `COLUMNS` (`rows` are its lines); ids are given, the sequence follows."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with path.open(encoding="utf-8", newline="") as lines:
                names = ", ".join(COLUMNS)
                cursor.copy_expert(
                    f"COPY {TABLE} ({names}) FROM STDIN (FORMAT csv, FORCE_NOT_NULL (area_class))", lines
                )
        else:
            marks = ", ".join(["%s"] * len(COLUMNS))
            statement = f"INSERT INTO {TABLE} ({', '.join(COLUMNS)}) VALUES ({marks})"
            for batch in batches(_values(rows)):
                cursor.executemany(statement, batch)
        for statement in connection.ops.sequence_reset_sql(no_style(), [Jurisdiction]):
            cursor.execute(statement)


def update(fields: tuple[str, ...], rows: Iterable[tuple]) -> None:
    """Set these columns; a row is the values in their order, then the id."""
    assigned = ", ".join(f"{field} = %s" for field in fields)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {TABLE} SET {assigned} WHERE id = %s", list(rows))


def batches(rows: Iterable) -> Iterator[list]:
    """The rows in lists of at most `BATCH`, so that memory stays flat."""
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _values(rows: Iterable[list[str]]) -> Iterator[tuple]:
    for number, code, name, level, kind, area_class, starts, ends, parent in rows:
        yield number, code, name, level, kind, area_class, starts or None, ends or None, parent or None
