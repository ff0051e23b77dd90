"""The same answer by hand: one WSGI function, psycopg2, orjson. No framework, and only what this one list needs.

Done: the token is looked up by its SHA-256 with its client and account (one statement), the count up to 1,001 (one; on
later pages it comes with the cursor, as in the portal), fifty-one rows by key (one), and the same members are written.
Left out: what the token and the offices allow and where, limits, audit, parameters other than these, refusals,
identity of the request, security headers.
`/rows` leaves out the token and the count, too: one statement and nothing else.
"""

import base64
import hashlib
import json
import threading
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl

import environ
import orjson
import psycopg2

COLUMNS = (
    "id", "name", "standing", "legal_form", "category", "scope", "place", "place_name", "filing_number",
    "credit_code", "managing_body", "charity_since", "valid_until", "updated_at",
)  # fmt: skip
KNOWN = """SELECT c.id FROM oauth2_provider_accesstoken t JOIN portal_client c ON c.application_id = t.application_id
    JOIN portal_user u ON u.id = c.user_id
    WHERE t.token_checksum = %s AND t.expires > now() AND c.suspended_at IS NULL AND u.is_active"""
MANY = """SELECT count(*) FROM (SELECT 1 FROM registry_organisation
    WHERE place_code >= %s AND place_code < %s LIMIT 1001) AS met"""
ROWS = """SELECT o.id, o.name, coalesce(nullif(o.standing, ''), 'ended'), o.legal_form, o.category, o.scope,
    o.place_code, p.name, o.filing_number, o.credit_code, o.managing_body, o.charity_since, o.valid_until, o.updated_at
    FROM registry_organisation o JOIN registry_jurisdiction p ON p.id = o.place_id
    WHERE o.place_code >= %s AND o.place_code < %s AND (o.place_code, o.id) > (%s, %s)
    ORDER BY o.place_code, o.id LIMIT 51"""
held = threading.local()


def cursor() -> Any:
    """A cursor of this thread's own connection."""
    if not hasattr(held, "connection"):
        told = environ.Env().db_url("DATABASE_URL")
        held.connection = psycopg2.connect(
            host=told["HOST"] or None,
            port=told["PORT"] or None,
            user=told["USER"],
            dbname=told["NAME"],
            options="-c jit=off",
        )
        held.connection.autocommit = True
        with held.connection.cursor() as first:
            first.execute("SET TIME ZONE 'UTC'")
    return held.connection.cursor()


def application(request: dict[str, Any], start: Callable) -> Iterable[bytes]:
    """GET /organisations?place=&cursor= with a token; GET /rows?place=&cursor= without."""
    asked = dict(parse_qsl(request["QUERY_STRING"]))
    place, cursor_text = asked["place"], asked.get("cursor", "")
    first, end = place, str(int(place[:2]) + 1) + place[2:]
    key = json.loads(base64.urlsafe_b64decode(cursor_text + "=" * (-len(cursor_text) % 4))) if cursor_text else ["", 0]
    with cursor() as sql:
        if request["PATH_INFO"] == "/rows":
            body = {"results": rows(sql, first, end, key[:2])}
        else:
            token = request.get("HTTP_AUTHORIZATION", "").removeprefix("Bearer ")
            sql.execute(KNOWN, [hashlib.sha256(token.encode()).hexdigest()])
            if not sql.fetchone():
                start("401 Unauthorized", [("Content-Length", "0")])
                return []
            body = page(sql, first, end, key)
    told = orjson.dumps(body)
    start("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(told)))])
    return [told]


def rows(sql: Any, first: str, end: str, key: list) -> list[dict[str, Any]]:
    """Fifty-one organisations behind a key."""
    sql.execute(ROWS, [first, end, *key])
    return [dict(zip(COLUMNS, row, strict=True)) for row in sql.fetchall()]


def page(sql: Any, first: str, end: str, key: list) -> dict[str, Any]:
    """The page as the portal tells it."""
    if len(key) == 3:
        many = key[2]
    else:
        sql.execute(MANY, [first, end])
        many = sql.fetchone()[0]
    found = rows(sql, first, end, key[:2])
    last = found[49] if len(found) > 50 else None
    mark = json.dumps([last["place"], last["id"], many]).encode() if last else b""
    text = base64.urlsafe_b64encode(mark).decode().rstrip("=")
    address = f"/api/v1/organisations?place={first}&cursor={text}" if last else None
    return {"count": min(many, 1000), "count_exact": many <= 1000, "next": address, "results": found[:50]}
