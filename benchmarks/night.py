"""Keeping a day and judging the nation, against the bare statements of its indicators."""

import datetime as dt

from django.db import connection

from benchmarks import register
from benchmarks.timing import line, once, peak
from registry.codes import NATION
from supervision import actions, counts, dues, keeping
from supervision.counts import heads
from supervision.indicators import ALL


def keep() -> list[str]:
    """The two days the boards are asked for."""
    settled, due = once(lambda: dues.settle(register.DAY, most=100))
    days = len(dues.starts(counts.current_packs(), register.DAY)) + len(settled)
    kept, today = once(lambda: keeping.keep(register.DAY))
    return [
        f"keeping whole days: {len(kept.sheet):,} heads, {len(ALL)} indicators",
        line(f"{days} days boards look back to, {len(settled)} of them due days that are judged", due),
        line(f"{register.DAY}: {len(kept.changed):,} heads differ", today),
    ]


def measure() -> list[str]:
    """The first night, a quiet one, one due day; beside the sum of the bare statements and one written by hand."""
    resting = peak()
    bare, slowest = _bare()
    hand_counts, hand = once(lambda: register.by_hand("", heads.LEAF, register.DAY))
    first, spent_first = once(lambda: actions.night(register.DAY + dt.timedelta(days=1)))
    quiet, spent_quiet = once(lambda: actions.night(register.DAY + dt.timedelta(days=2)))
    return [
        f"night of the nation: {first.places:,} places, {len(ALL)} indicators; slowest bare: {slowest}",
        line("sum of the bare GROUP BYs", bare),
        line(f"one GROUP BY by hand for {len(register.COMPARED)} of them", hand, f"{len(hand_counts):,} heads"),
        line(
            f"first night: {first.judgements:,} judgements, {first.opened:,} alerts",
            spent_first,
            f"night / bare = {spent_first / bare:.2f}",
        ),
        line(
            f"quiet night: {quiet.judgements:,} judgements, {quiet.differences} differences",
            spent_quiet,
            f"night / bare = {spent_quiet / bare:.2f}",
        ),
        f"  peak memory {peak():.0f} MiB, {peak() - resting:.0f} MiB more than before the night",
    ]


def _bare() -> tuple[float, str]:
    """The statement of each indicator sent by a plain cursor, its rows fetched and dropped; the slowest three."""
    question, spent = counts.question(NATION, register.DAY, counts.current_packs()), {}
    for indicator in ALL:
        sql, words = indicator.statement(question, heads.LEAF)
        _, spent[indicator.name] = once(lambda sql=sql, words=words: _fetch(sql, words))
    worst = sorted(spent, key=lambda name: -spent[name])[:3]
    return sum(spent.values()), ", ".join(f"{name} {spent[name]:.0f} ms" for name in worst)


def _fetch(sql: str, words: tuple) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, words)
        return len(cursor.fetchall())
