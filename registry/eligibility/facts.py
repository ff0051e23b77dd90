"""The facts on which an organisation is judged, and how they are read from outside."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from registry.names.parts import COMPONENTS, Parts

LEGAL_PERSONS = ("association", "social_service_org", "foundation")
FORMS = (*LEGAL_PERSONS, "none")
HUBS = (
    "federation",
    "service_centre",
    "incubation_centre",
    "foundation",
    "community_development_association",
    "community_enterprise_council",
    "xiangxian_council",
    "neighbourhood_centre",
    "community_development_foundation",
    "none",
)
CATEGORIES = (
    "living_service",
    "community_service",
    "people_service",
    "elderly_care",
    "elderly_service",
    "hardship_relief",
    "charity_relief",
    "public_charity",
    "mutual_aid",
    "culture_sports",
    "agri_rural",
    "hub_support",
    "industry_association",
    "science_tech",
    "urban_rural_community_service",
    "other",
)
PREMISES = ("own", "shared", "none")
SCOPES = ("community", "street")
PARTY = ("own", "pending", "joint", "fallback", "none")
CLAUSES = ("party_building", "core_socialist_values")
NOT_BANNED = dt.date.min  # "looked up, no ban on record", unlike None, which says that nobody looked
LARGEST = 10**12
LONGEST_NAME = 200


class FactsError(ValueError):
    """The facts cannot be used; the message is for people and names the key."""


@dataclass(frozen=True, kw_only=True)
class Leader:
    """The proposed person in charge. `banned_until` is the last day of an occupational ban, `NOT_BANNED` if none;
    `leads_others` the legal forms of the other legal persons the same person leads, () when looked up and none found.
    """

    serving_cadre: bool | None = None
    cadre_approval: bool | None = None
    banned_until: dt.date | None = None
    leads_others: tuple[str, ...] | None = None

    @classmethod
    def from_json(cls, data: object) -> Self:
        """From an object with any of the four keys; JSON null for `banned_until` says that there is no ban."""
        return cls(**_read(_mapping(data, "leader"), LEADER, "leader."))


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Everything the checks may look at, and nothing else. None means nobody has said: unknown, never a pass.

    Money in whole yuan, members in heads. "none" in `hub_type`, `premises`, `party_organisation` and `legal_form`
    is knowledge (there is none), not ignorance. `charter_clauses` lists the required clauses found in the charter.
    """

    legal_form: str | None = None
    hub_type: str | None = None
    category: str | None = None
    individual_members: int | None = None
    unit_members: int | None = None
    capital: int | None = None
    premises: str | None = None
    post_reachable: bool | None = None
    larger_scale: bool | None = None
    operates_normally: bool | None = None
    name: Parts | str | None = None
    scope: str | None = None
    full_party_members: int | None = None
    probationary_party_members: int | None = None
    party_organisation: str | None = None
    supervising_consent: bool | None = None
    leader: Leader = Leader()
    public_notice_done: bool | None = None
    charter_clauses: tuple[str, ...] | None = None

    @classmethod
    def from_json(cls, data: object) -> Self:
        """From a JSON object. A missing key, and null, is unknown, but null for `hub_type` and
        `party_organisation` says that there is none. `FactsError` names the first key that cannot be used."""
        return cls(**_read(_mapping(data, "输入"), READERS, ""))


Reader = Callable[[object, str], Any]


def _mapping(data: object, key: str) -> Mapping[str, object]:
    if not isinstance(data, Mapping):
        raise FactsError(f'{key} 应为一个 JSON 对象，例如 {{"legal_form": "association"}}')
    return data


def _read(data: Mapping[str, object], readers: Mapping[str, Reader], prefix: str) -> dict[str, Any]:
    for key in data:
        if key not in readers:
            raise FactsError(f"不认识的项目：{prefix}{key}。可用的有：{'、'.join(readers)}")
    return {key: readers[key](value, prefix + key) for key, value in data.items()}


def count(value: object, key: str) -> int | None:
    """A whole number from 0, also as digits in a string, full-width included."""
    if value is None:
        return None
    number = _digits(value) if isinstance(value, str) else value
    if isinstance(number, bool) or not isinstance(number, int):
        raise FactsError(f"{key} 应为不带小数的数字，现在是 {_shown(value)}")
    if number < 0:
        raise FactsError(f"{key} 不能是负数：{number}")
    if number > LARGEST:
        raise FactsError(f"{key} 数值过大，请核对单位")
    return number


def _digits(text: str) -> int | None:
    plain = unicodedata.normalize("NFKC", text).strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 13 else None


def flag(value: object, key: str) -> bool | None:
    """true or false; null is unknown."""
    if value is None or isinstance(value, bool):
        return value
    raise FactsError(f"{key} 应为 true 或 false，现在是 {_shown(value)}")


def code(choices: tuple[str, ...], null: str | None = None) -> Reader:
    """A reader for one of several codes; `null` is what JSON null stands for."""

    def reader(value: object, key: str) -> str | None:
        if value is None:
            return null
        if value not in choices:
            raise FactsError(f"{key} 只能是 {'、'.join(choices)} 之一，现在是 {_shown(value)}")
        return str(value)

    return reader


def ban(value: object, key: str) -> dt.date:
    """The last day of a ban as YYYY-MM-DD; null says that there is none."""
    if value is None:
        return NOT_BANNED
    try:
        return day(value)
    except ValueError:
        raise FactsError(f"{key} 应为日期，例如 2021-03-01，没有从业禁止则为 null，现在是 {_shown(value)}") from None


def day(value: object) -> dt.date:
    """A day written YYYY-MM-DD and in no other way; `ValueError` otherwise."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return dt.date.fromisoformat(value)
    raise ValueError(value)


def name(value: object, key: str) -> Parts | str | None:
    """A full name as a string, or its components as an object; a component left out is unknown."""
    if value is None:
        return None
    if isinstance(value, str):
        return text(value, key) or None
    return Parts(**_read(_mapping(value, key), dict.fromkeys(COMPONENTS, text), f"{key}."))


def text(value: object, key: str) -> str | None:
    """A string without surrounding blanks, of at most 200 characters."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise FactsError(f"{key} 应为文字，现在是 {_shown(value)}")
    if len(value) > LONGEST_NAME:
        raise FactsError(f"{key} 过长，最多 {LONGEST_NAME} 个字")
    return value.strip()


def clauses(value: object, key: str) -> tuple[str, ...] | None:
    """A list of clause codes; null is unknown."""
    if value is None:
        return None
    if not isinstance(value, list) or any(item not in CLAUSES for item in value):
        raise FactsError(f"{key} 应为列表，内容只能是 {'、'.join(CLAUSES)}")
    return tuple(dict.fromkeys(value))


def forms_led(value: object, key: str) -> tuple[str, ...] | None:
    """A list of legal forms, sorted and each once; null is unknown."""
    if value is None:
        return None
    if not isinstance(value, list) or any(item not in LEGAL_PERSONS for item in value):
        raise FactsError(f"{key} 应为列表，内容只能是 {'、'.join(LEGAL_PERSONS)}")
    return tuple(sorted(set(value)))


def leader(value: object, key: str) -> Leader:
    """The leader object; null is unknown."""
    return Leader() if value is None else Leader.from_json(value)


def _shown(value: object) -> str:
    if isinstance(value, list | dict):
        return "一个列表" if isinstance(value, list) else "一个对象"
    shown = str(value).lower() if isinstance(value, bool) else str(value)
    return shown if len(shown) <= 40 else f"{shown[:40]}…"


LEADER: dict[str, Reader] = {
    "serving_cadre": flag,
    "cadre_approval": flag,
    "banned_until": ban,
    "leads_others": forms_led,
}
READERS: dict[str, Reader] = {
    "legal_form": code(FORMS),
    "hub_type": code(HUBS, null="none"),
    "category": code(CATEGORIES),
    "individual_members": count,
    "unit_members": count,
    "capital": count,
    "premises": code(PREMISES),
    "post_reachable": flag,
    "larger_scale": flag,
    "operates_normally": flag,
    "name": name,
    "scope": code(SCOPES),
    "full_party_members": count,
    "probationary_party_members": count,
    "party_organisation": code(PARTY, null="none"),
    "supervising_consent": flag,
    "leader": leader,
    "public_notice_done": flag,
    "charter_clauses": clauses,
}
assert set(READERS) == {field.name for field in fields(Facts)}
