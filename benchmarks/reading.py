"""A board from kept counts, against the same rows read by hand, and against aggregating on read."""

import json
from collections import Counter
from collections.abc import Callable

from django.db import connection

from benchmarks import register
from benchmarks.timing import line, median, once
from registry import codes
from registry.codes import NATION
from registry.models import Jurisdiction, Organisation
from supervision import boards, counts
from supervision.counts import heads, live
from supervision.counts import stale as stales

BARE = """
SELECT place.code, place.name, place.level, kept.counts FROM registry_jurisdiction place
LEFT JOIN LATERAL (SELECT counts FROM supervision_count WHERE head = substr(place.code, 1, %(width)s)
                   AND "on" <= %(day)s ORDER BY "on" DESC LIMIT 1) kept ON true
WHERE {which} AND (starts IS NULL OR starts <= %(day)s) AND (ends IS NULL OR ends > %(day)s)
UNION ALL (SELECT head, '', 0, counts FROM supervision_count WHERE head = %(own)s AND "on" <= %(day)s
           ORDER BY "on" DESC LIMIT 1)
UNION ALL (SELECT head, '', 0, counts FROM supervision_count WHERE head = %(rest)s AND "on" <= %(day)s
           ORDER BY "on" DESC LIMIT 1)
ORDER BY 1
"""


def measure() -> list[str]:
    """Each level once; the nation and the fullest province also as of the end of 2019."""
    lines = []
    for place in _places():
        days = (register.DAY, register.DUE) if place.level <= 1 else (register.DAY,)
        lines += [one for day in days for one in _board(place, day)]
    return lines


def _places() -> list[Jurisdiction]:
    """The nation, and the line of places down to the street with most organisations."""
    nation = Jurisdiction(code=NATION, name="全国", level=0, kind="nation")
    rows = Organisation.objects.inside(register.CROWDED).values_list("place_code", flat=True)
    street = Counter(code[:9] for code in rows[:50_000]).most_common(1)[0][0]
    above = Jurisdiction.objects.filter(code__in=codes.lineage(street.ljust(12, "0"))).order_by("level")
    return [nation, *above]


def _board(place: Jurisdiction, day) -> list[str]:
    found, reading = median(lambda: counts.read(place, day))
    _, board = median(lambda: boards.coverage(place, day))
    bare_work = _by_hand(place, day)
    _, bare = median(bare_work)
    stale = stales.find(place.code, day)
    assert place.level >= Jurisdiction.Level.STREET or not (stale.many or stale.leaves), f"{place}: not kept: {stale}"
    summed, naive = once(lambda: heads.summed(live.leaves(day, place.code)))
    own = {name: tuple(cell) for name, cell in found.own.items()}
    assert heads.trimmed(own) == heads.trimmed(summed.get(codes.prefix(place.code), {})), place
    many = Organisation.objects.inside(place.code).count() if place.level else Organisation.objects.count()
    what = f"{place.code[:2] if place.level else '全国'} level {place.level}, {day}"
    return [
        f"board of {what}: {many:,} organisations, {len(found.rows)} rows",
        line("the counts by hand", bare),
        line("the counts as the portal reads them", reading, f"portal / hand = {reading / bare:.2f}"),
        line("the whole board with every target judged", board, f"board / hand = {board / bare:.2f}"),
        line("aggregated on read through the ORM (once)", naive, f"naive / board = {naive / board:.1f}"),
    ]


def _by_hand(place: Jurisdiction, day) -> Callable[[], object]:
    """What a careful person would write: one statement for the rows of a board, decoded."""
    if place.level >= Jurisdiction.Level.STREET:
        return lambda: _street_by_hand(place, day)
    children = counts.read(place, day).rows
    level = children[0][0].level if children else place.level + 1
    head = codes.prefix(place.code)
    which = "level = %(level)s" if not place.level else "level = %(level)s AND code LIKE %(inside)s"
    words = {
        "width": codes.WIDTHS[level - 1],
        "level": level,
        "inside": f"{head}%",
        "day": day,
        "own": head,
        "rest": head.ljust(heads.LEAF, "0"),
    }

    def ask() -> object:
        with connection.cursor() as cursor:
            cursor.execute(BARE.format(which=which), words)
            return [(*row[:3], json.loads(row[3] or "{}")) for row in cursor.fetchall()]

    return ask


def _street_by_hand(place: Jurisdiction, day) -> object:
    return register.by_hand(place.code, 12, day)
