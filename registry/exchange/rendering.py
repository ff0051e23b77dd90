"""Facts of a happening into a platform's record. Pure: the same facts give the same record, byte for byte."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any

from registry.exchange.mapping import Field, Platform, RecordMap
from registry.exchange.sources import FORMATS

Facts = Mapping[str, Any]


class Unfit(Exception):
    """A record that cannot be made as the mapping asks: which field lacks what, in words."""


def render(platform: Platform, record: RecordMap, facts: Facts) -> dict[str, Any]:
    """What is sent: the record in the platform's envelope. `Unfit` names every field that cannot be filled."""
    item = platform.items.get(str(facts.get("kind", "")))
    known = {
        **facts,
        "record_code": record.code,
        "item_code": item.code if item else None,
        "item_version": item.version if item else None,
    }
    names = platform.envelope
    return {
        names["number"]: facts["case_number"],
        names["sequence"]: facts["sequence"],
        names["record"]: record.code,
        names["data"]: filled(record.fields, known, where=record.title),
    }


def filled(fields: Iterable[Field], facts: Facts, *, where: str) -> dict[str, Any]:
    """The fields by their name there; what is empty and not required is left out. `Unfit` names what is missing."""
    found: dict[str, Any] = {}
    wrong: list[str] = []
    for one in fields:
        try:
            value = _value(one, facts)
        except Unfit as fault:
            wrong.append(str(fault))
            continue
        if value not in (None, ""):
            found[one.name] = value
        elif one.required:
            wrong.append(f"{one.name}（{one.source}）没有值")
    if wrong:
        raise Unfit(f"“{where}”记录：{'；'.join(wrong)}")
    return found


def dump(record: Mapping[str, Any]) -> bytes:
    """The bytes that are sent, signed and digested: UTF-8 JSON with sorted keys and nothing between."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _value(one: Field, facts: Facts) -> Any:
    if not one.source:
        return one.constant
    found = facts.get(one.source)
    if found is None or found == "":
        return None
    if one.codes:
        return _coded(one, found)
    if isinstance(found, dt.datetime | dt.date):
        return found.strftime(FORMATS[one.format])
    return found


def _coded(one: Field, found: Any) -> str:
    values = found if isinstance(found, list | tuple) else [found]
    missing = [str(value) for value in values if str(value) not in one.codes]
    if missing:
        raise Unfit(f"{one.name}（{one.source}）没有“{'、'.join(missing)}”的代码")
    return ",".join(one.codes[str(value)] for value in values)
