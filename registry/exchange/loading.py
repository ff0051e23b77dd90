"""Reads mapping files strictly: what is unknown, missing or said twice is refused, naming file, record and field. Pure.

A field says either that it is assumed, or which text it was read in (`note`): there is no third.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from registry.exchange import fields, sources
from registry.exchange.fields import Place
from registry.exchange.mapping import Field, Item, Platform, RecordMap, When

HEADER = frozenset("platform title note since envelope items left_out every records certificate".split())
NEEDED = frozenset("platform title note since envelope items records".split())
ENVELOPE = frozenset({"number", "sequence", "record", "data"})
RECORD = frozenset({"record", "code", "title", "when", "fields"})
WHEN = frozenset({"happening", "verb", "road", "before", "after"})
RECORDS = frozenset(
    "application acceptance non_acceptance correction_notice correction stage special special_result closing delivery"
    " rating".split()
)
VALUES = {"road": sources.ROADS, "before": sources.STATES, "after": sources.STATES}


def read(path: Path | str, kinds: Iterable[str], verbs: Iterable[str]) -> Platform:
    """The platform of a mapping file. `kinds` are all kinds of cases, `verbs` all moves there are.

    `MappingError` names the file, the record, the field and what is wrong.
    """
    place = Place(Path(path).name)
    given = place.keys(_parsed(Path(path), place), HEADER, NEEDED)
    if given["platform"] != Path(path).stem:
        raise place.refuse(f"platform“{given['platform']}”应与文件名“{Path(path).stem}”一致")
    left_out = frozenset(map(str, given.get("left_out") or []))
    every = fields.read(given.get("every") or [], place.at("every"), frozenset(sources.HAPPENINGS))
    return Platform(
        name=str(given["platform"]),
        title=str(given["title"]),
        note=str(given["note"]),
        since=_since(given["since"], place),
        envelope=_envelope(given["envelope"], place.at("envelope")),
        items=_items(given["items"], left_out, frozenset(kinds), place.at("items")),
        left_out=left_out,
        records=_records(given["records"], every, frozenset(verbs), place),
        certificate=fields.of_certificate(given.get("certificate") or [], place.at("certificate")),
    )


class _Strict(yaml.SafeLoader):
    """YAML that refuses a key said twice, where the plain reader keeps the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"“{key.value}”出现两次", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _parsed(path: Path, place: Place) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Strict)
    except OSError as fault:
        raise place.refuse("文件读不到") from fault
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        line = f"第 {mark.line + 1} 行：" if mark else ""
        raise place.refuse(f"{line}{getattr(fault, 'problem', None) or '不是合格的 YAML'}") from fault


def _since(given: Any, place: Place) -> dt.date:
    if not isinstance(given, dt.date) or isinstance(given, dt.datetime):
        raise place.refuse("since 要是一个日期，如 2026-01-01")
    return given


def _envelope(given: Any, place: Place) -> Mapping[str, str]:
    found = {name: str(value) for name, value in place.keys(given, ENVELOPE, ENVELOPE).items()}
    if len(set(found.values())) < len(found):
        raise place.refuse("四个名称不能重复")
    return found


def _items(given: Any, left_out: frozenset[str], kinds: frozenset[str], place: Place) -> Mapping[str, Item]:
    if not isinstance(given, dict):
        raise place.refuse("要写成 事项: {code: 编码}")
    for name in sorted((set(given) | left_out) - kinds):
        raise place.refuse(f"没有“{name}”这种办件")
    for name in sorted(set(given) & left_out):
        raise place.refuse(f"“{name}”既有编码又在 left_out 里")
    for name in sorted(kinds - set(given) - left_out):
        raise place.refuse(f"“{name}”没有事项编码，也不在 left_out 里")
    found = {}
    for name, said in given.items():
        said = place.at(name).keys(said, frozenset({"code", "version"}), frozenset({"code"}))
        found[name] = Item(str(said["code"]), str(said.get("version", "")))
    twice = fields.repeated(one.code for one in found.values())
    if twice:
        raise place.refuse(f"事项编码“{twice}”用了两次")
    return found


def _records(given: Any, every: tuple[Field, ...], verbs: frozenset[str], place: Place) -> tuple[RecordMap, ...]:
    if not isinstance(given, list) or not given:
        raise place.refuse("records 里至少要有一种记录")
    found = tuple(_record(one, every, verbs, place) for one in given)
    for told, what in ((found_names(found), "记录"), ([one.code for one in found], "记录代码")):
        twice = fields.repeated(told)
        if twice:
            raise place.refuse(f"{what}“{twice}”出现两次")
    return found


def found_names(records: Iterable[RecordMap]) -> list[str]:
    """What the records are called here."""
    return [one.record for one in records]


def _record(given: Any, every: tuple[Field, ...], verbs: frozenset[str], place: Place) -> RecordMap:
    place = place.at(str(given.get("record", "")) if isinstance(given, dict) else "records")
    said = place.keys(given, RECORD, RECORD)
    if said["record"] not in RECORDS:
        raise place.refuse(f"没有“{said['record']}”这种记录，可用：{'、'.join(sorted(RECORDS))}")
    when = tuple(_when(one, verbs, place) for one in said["when"] or [])
    if not when:
        raise place.refuse("when 里至少要有一种情形")
    of = frozenset(one.happening for one in when)
    own = fields.read(said["fields"] or [], place, of)
    twice = fields.repeated(one.name for one in (*every, *own))
    if twice:
        raise place.at(twice).refuse("字段出现两次")
    return RecordMap(str(said["record"]), str(said["code"]), str(said["title"]), when, (*every, *own))


def _when(given: Any, verbs: frozenset[str], place: Place) -> When:
    place = place.at("when")
    said = place.keys(given, WHEN, frozenset({"happening"}))
    if said["happening"] not in sources.HAPPENINGS:
        raise place.refuse(f"没有“{said['happening']}”这种情形，可用：{'、'.join(sources.HAPPENINGS)}")
    told = {name: tuple(map(str, _listed(value))) for name, value in said.items() if name != "happening"}
    if said["happening"] != sources.STEP and set(told) - {"road"}:
        raise place.refuse("只有 step 才能按动作和状态区分")
    for name, known in {**VALUES, "verb": tuple(verbs)}.items():
        for value in told.get(name, ()):
            if value not in known:
                raise place.refuse(f"{name} 没有“{value}”")
    return When(said["happening"], **told)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
