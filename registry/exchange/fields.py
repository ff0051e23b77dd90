"""The fields of a mapping file, checked one by one; and how a fault says where it is. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from registry.exchange import sources
from registry.exchange.mapping import Field
from registry.exchange.sources import CODED, CODES, DAY, FORMATS, MOMENT, OF_A_DAY, Source

KNOWN = frozenset("name source constant format codes required assumed note".split())


class MappingError(Exception):
    """A mapping file that is not as it should be; the words name the file, the record and the field."""


@dataclass(frozen=True)
class Place:
    """Where in which file something stands."""

    file: str
    path: tuple[str, ...] = ()

    def at(self, name: str) -> "Place":
        """A step further in."""
        return Place(self.file, (*self.path, name))

    def refuse(self, words: str) -> MappingError:
        """The fault, to be raised."""
        return MappingError("：".join(filter(None, (self.file, "·".join(self.path), words))))

    def keys(self, given: Any, known: frozenset[str], needed: frozenset[str]) -> dict[str, Any]:
        """A mapping with no key nobody knows and none missing."""
        if not isinstance(given, dict):
            raise self.refuse("要写成 名称: 值")
        for name in sorted(map(str, set(given) - known)):
            raise self.refuse(f"不认识“{name}”，可用：{'、'.join(sorted(known))}")
        for name in sorted(needed - {key for key, value in given.items() if value not in (None, "")}):
            raise self.refuse(f"缺少“{name}”")
        return given


def read(given: Any, place: Place, of: frozenset[str]) -> tuple[Field, ...]:
    """The fields of a record that is made of these happenings. `MappingError` names the first fault."""
    return _read(given, place, sources.SOURCES, of)


def of_certificate(given: Any, place: Place) -> tuple[Field, ...]:
    """The fields of the catalogue of electronic certificates."""
    return _read(given, place, sources.CERTIFICATE_SOURCES, frozenset())


def repeated(told: Iterable[str]) -> str:
    """The first thing said twice; "" where none is."""
    seen: set[str] = set()
    for one in told:
        if one in seen:
            return one
        seen.add(one)
    return ""


def _read(given: Any, place: Place, known: Mapping[str, Source], of: frozenset[str]) -> tuple[Field, ...]:
    if not isinstance(given, list):
        raise place.refuse("字段要写成列表")
    found = tuple(_field(one, place, known, of) for one in given)
    twice = repeated(one.name for one in found)
    if twice:
        raise place.at(twice).refuse("字段出现两次")
    return found


def _field(given: Any, place: Place, known: Mapping[str, Source], of: frozenset[str]) -> Field:
    place = place.at(str(given.get("name", "")) if isinstance(given, dict) else "")
    said = place.keys(given, KNOWN, frozenset({"name"}))
    if ("source" in said) == ("constant" in said):
        raise place.refuse("source 和 constant 要写一个，只能写一个")
    _check_word(said, place)
    codes = {str(key): str(value) for key, value in (said.get("codes") or {}).items()}
    if "source" in said:
        _check_source(said, codes, place, known, of)
    return Field(
        name=str(said["name"]),
        source=str(said.get("source", "")),
        constant=str(said.get("constant", "")),
        format=str(said.get("format", "")),
        codes=codes,
        required=bool(said.get("required", False)),
        assumed=bool(said.get("assumed", False)),
        note=str(said.get("note", "")),
    )


def _check_word(said: Mapping[str, Any], place: Place) -> None:
    """Either assumed, or read somewhere; and true or false where that is asked."""
    for name in ("required", "assumed"):
        if not isinstance(said.get(name, False), bool):
            raise place.refuse(f"{name} 只能是 true 或 false")
    if not said.get("note"):
        raise place.refuse("note 要写明：依据哪份标准的哪一条，或者假定了什么（同时写 assumed: true）")


def _check_source(
    said: Mapping[str, Any], codes: Mapping[str, str], place: Place, known: Mapping[str, Source], of: frozenset[str]
) -> None:
    source = known.get(str(said["source"]))
    if source is None:
        raise place.refuse(f"没有“{said['source']}”这个来源")
    absent = sorted(of - source.of)
    if absent:
        words = "、".join(sources.HAPPENINGS[one] for one in absent)
        raise place.refuse(f"来源“{said['source']}”在“{words}”时没有")
    _check_format(str(said.get("format", "")), source, place)
    if codes and source.kind not in (CODED, CODES):
        raise place.refuse(f"来源“{said['source']}”不是代码，不能写 codes")
    missing = [value for value in source.values if value not in codes]
    if missing:
        raise place.refuse(f"codes 里没有“{'、'.join(missing)}”")
    extra = sorted(set(codes) - set(source.values))
    if extra:
        raise place.refuse(f"来源“{said['source']}”没有“{'、'.join(extra)}”这个值")


def _check_format(given: str, source: Source, place: Place) -> None:
    allowed = {MOMENT: frozenset(FORMATS), DAY: OF_A_DAY}.get(source.kind, frozenset())
    if allowed and given not in allowed:
        raise place.refuse(f"format 要是其中之一：{'、'.join(sorted(allowed))}")
    if not allowed and given:
        raise place.refuse("只有时间和日期才写 format")
