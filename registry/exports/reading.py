"""The rows of a list from the first to the last, as of one moment, a few thousand in memory at a time."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from portal.api import cursors

STEP = 2000


@contextmanager
def one_moment() -> Iterator[None]:
    """What is read in the block is as of its beginning, whatever others write meanwhile; nothing is written.

    PostgreSQL: a transaction at REPEATABLE READ, READ ONLY. SQLite (WAL): a deferred transaction, which reads as of
    its first statement and holds no writer up. Inside a transaction of the caller: that transaction's own moment.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def walk(rows: QuerySet, names: tuple[str, ...], *, down: bool, until: float) -> Iterator[Any]:
    """Every row in the order of `names`, read by key; `TimeoutError` when `time.monotonic()` passes `until`."""
    marks, rest = [f"-{name}" if down else name for name in names], rows
    while True:
        found = list(rest.order_by(*marks)[:STEP])
        yield from found
        if len(found) < STEP:
            return
        if time.monotonic() > until:
            raise TimeoutError("export takes longer than its lease")
        rest = rows.filter(cursors.after(names, [_value(found[-1], name) for name in names], down=down))


def _value(row: Any, name: str) -> Any:
    return row[name] if isinstance(row, dict) else getattr(row, name)
