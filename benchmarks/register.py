"""A believable register of any size for measurements, made by the database itself, the same every time.

One in five organisations is in Shandong, so that its list has a thousandth page; the others are spread over all
communities, half of them crowded into a few. Works on PostgreSQL and SQLite alike.
"""

import datetime as dt
import re
from pathlib import Path

from django.core.management.color import no_style
from django.db import connection

from registry import codes
from registry.codes import NATION
from registry.models import Hub, Organisation
from registry.touches import touch

CROWDED = "37"
DAY, DUE = dt.date(2024, 3, 1), dt.date(2019, 12, 31)
BY_HAND = (Path(__file__).parent / "board.sql").read_text(encoding="utf-8")
COMPARED = (
    "avg_urban", "avg_rural", "hub_registered", "hub_street", "federation_street", "hub_community",
    "rural_service_org", "hub_staff", "party", "registered", "filed", "listed", "set_apart",
)  # fmt: skip
STATEMENTS = (
    "CREATE TEMPORARY TABLE home AS SELECT id, code, row_number() OVER (ORDER BY code) - 1 AS n"
    " FROM registry_jurisdiction WHERE level = 5",
    "CREATE UNIQUE INDEX home_n ON home (n)",
    """CREATE TEMPORARY TABLE made AS
    WITH RECURSIVE
      series(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM series WHERE i < {many}),
      dice AS (SELECT i, (i * CAST(48271 AS bigint)) % 2147483647 AS x, (i * CAST(69621 AS bigint)) % 2147483647 AS y
               FROM series),
      size AS (SELECT COUNT(*) AS total, SUM(CASE WHEN code < '{crowded}' THEN 1 ELSE 0 END) AS before,
                      SUM(CASE WHEN code >= '{crowded}' AND code < '{after}' THEN 1 ELSE 0 END) AS crowd FROM home),
      spread AS (SELECT i, x, y, CASE
          WHEN x % 5 = 0 AND crowd > 0 THEN before + y % crowd
          WHEN x % 2 = 0 THEN (y % 1000) * (y % 1000) * total / 1000000 + y % (total / 1000 + 1)
          ELSE y % total END AS place FROM dice, size)
    SELECT i, x, y, code, x % 25 = 0 AS wide, x % 5 < 2 AS registered FROM spread JOIN home ON home.n = spread.place""",
    "CREATE UNIQUE INDEX made_i ON made (i)",
    """INSERT INTO registry_organisation (id, name, folded_name, pinyin, place_id, place_code, scope, legal_form,
        category, activities, standing, premises, address, party_organisation, managing_body, created_at)
    SELECT i, '社区组织' || i, '社区组织' || i, 'sqzz' || i, place.id, place.code,
        CASE WHEN wide THEN 'street' ELSE 'community' END,
        CASE WHEN registered AND x % 3 = 0 THEN 'social_service_org' WHEN registered THEN 'association' ELSE 'none' END,
        'community_service', '', CASE WHEN y % 20 = 0 THEN '' WHEN registered THEN 'registered' ELSE 'filed' END,
        '', '', '', '', CURRENT_TIMESTAMP
    FROM made JOIN registry_jurisdiction place
        ON place.code = CASE WHEN wide THEN substr(made.code, 1, 9) || '000' ELSE made.code END""",
    """INSERT INTO registry_standing (organisation_id, kind, starts, ends, place_code, scope, legal_form, reason)
    SELECT o.id, CASE WHEN registered THEN 'registered' ELSE 'filed' END,
        CASE y % 4 WHEN 0 THEN {d}'2017-03-01' WHEN 1 THEN {d}'2018-06-01' WHEN 2 THEN {d}'2019-09-01'
            ELSE {d}'2020-11-01' END,
        CASE WHEN o.standing = '' THEN {d}'2021-05-01' END, o.place_code, o.scope, o.legal_form, ''
    FROM made JOIN registry_organisation o ON o.id = made.i""",
    """INSERT INTO registry_hub (organisation_id, hub_type, is_hub, is_support, serves_id, serves_code, starts)
    SELECT o.id, CASE WHEN x % 3 = 0 THEN 'service_centre' ELSE 'federation' END, {t}, {f}, o.place_id, o.place_code,
        {d}'2018-06-01' FROM made JOIN registry_organisation o ON o.id = made.i WHERE wide""",
    """INSERT INTO registry_hubstaff (hub_id, name, full_time, starts)
    SELECT hub.id, '社工', {t}, {d}'2019-01-01' FROM registry_hub hub, (SELECT 0 AS k UNION SELECT 1 UNION SELECT 2) n
    WHERE hub.id % 4 > k""",
    """INSERT INTO registry_partycoverage (organisation_id, kind, starts, superior)
    SELECT i, CASE x % 3 WHEN 0 THEN 'own' WHEN 1 THEN 'joint' ELSE 'fallback' END, {d}'2019-01-01', ''
    FROM made WHERE y % 10 < 7""",
)


def fill(many: int) -> None:
    """Put `many` organisations with standings, hubs, social workers and party coverage into an empty register."""
    postgres = connection.vendor == "postgresql"
    words = {
        "many": many,
        "crowded": CROWDED,
        "after": str(int(CROWDED) + 1),
        "d": "DATE " if postgres else "",
        "t": "TRUE" if postgres else "1",
        "f": "FALSE" if postgres else "0",
    }
    with connection.cursor() as cursor:
        for statement in STATEMENTS:
            cursor.execute(statement.format(**words))
        for statement in connection.ops.sequence_reset_sql(no_style(), [Organisation, Hub]):
            cursor.execute(statement)
        cursor.execute("DROP TABLE made")
        cursor.execute("DROP TABLE home")
        cursor.execute("ANALYZE")
    told = {dt.date.fromisoformat(day) for text in STATEMENTS for day in re.findall(r"{d}'([0-9-]{10})'", text)}
    touch(NATION, *told, whole=True)  # as every writer does: else the first kept days would find changes nobody told


def by_hand(code: str, width: int, day: dt.date = DAY) -> dict[str, dict[str, tuple[int, int]]]:
    """Counts by one statement written by hand: head → indicator → (hits, base)."""
    first, end = codes.span(code) if code else ("0" * 12, "9" * 12)
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, {"first": first, "end": end, "width": width, "day": day})
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {row["head"]: {name: (int(row[name]), int(row.get(f"{name}_of", 0))) for name in COMPARED} for row in rows}
