"""An edited copy of a policy document, for trying out: the same schema as the loader, and nothing is ever loaded.

What can be varied is what the trial can answer: targets that are measured, the way of counting, and the conditions of
registration the register knows. Everything else of a document stays as it is.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from registry.policy import checks
from registry.policy.keys import KEYS
from registry.policy.marked import Marked, PackError
from registry.policy.parameters import Pack, Parameter, fraction

LARGEST = 10**12
CONDITIONS = (
    "registration.min_capital",
    "registration.foundation.min_fund",
    "registration.association.individual_members",
    "registration.association.unit_members",
    "registration.association.mixed_members",
    "registration.federation.min_members",
    "premises.postal_reachable_required",
    "party.own_org.min_full_members",
    "tier.model",
)
COUNTING = ("count.tiers", "count.population", "basic_tolerance")
OPEN = frozenset({"number", "range", "codes", "code", "flag"})  # shapes of a value a form can ask for
BROKEN = frozenset({"share", "per_community"})  # units in which a part of one makes sense
CHOICES = {
    "count.tiers": ("registered", "filed"),
    "tier.model": ("registered", "filed", "street_managed", "community_guided"),
    "count.population": ("resident", "registered"),
}
SCALES = {"%": Fraction(1, 100), "万": Fraction(10000)}
_DECIMAL = re.compile(r"(\d{1,13})(?:\.(\d{1,6}))?")
_RANGE = re.compile(r"(\d{1,6})(?:-|~|—|–|至|到)(\d{1,6})")


class EditError(ValueError):
    """An edit that cannot be tried: the message names the parameter; `parameter` is its id, `field` what is wrong."""

    def __init__(self, parameter: str, field: str, reason: str) -> None:
        super().__init__(reason)
        self.parameter, self.field, self.reason = parameter, field, reason


@dataclass(frozen=True)
class Change:
    """One value of one parameter that differs in the copy; `field` is value or due, days in ISO form."""

    parameter: str
    field: str
    before: Any
    after: Any

    def to_json(self) -> dict[str, Any]:
        return {"parameter": self.parameter, "field": self.field, "before": self.before, "after": self.after}


def varied(pack: Pack, measured: Collection[str]) -> list[Parameter]:
    """The parameters of a document that can be varied; `measured` are the keys an indicator answers."""
    judged = {key for key in measured if KEYS[key].kind == "target"}
    wanted = {*CONDITIONS, *COUNTING, *judged}
    return [one for one in pack.parameters if one.key in wanted and (_asks(one) or one.due)]


def _asks(parameter: Parameter) -> bool:
    takes = KEYS[parameter.key].takes
    plain = parameter.key in (*CONDITIONS, *COUNTING) or takes in ("number", "range")
    return plain and takes in OPEN and parameter.op not in ("increase", "decrease", "none", "by_category")


def asks_value(parameter: Parameter) -> bool:
    """Whether the value itself can be varied; of 提高 only the day can."""
    return _asks(parameter)


def shown(parameter: Parameter) -> str:
    """The value as a form shows it: 30000, 4.75, 9/10, 2-3."""
    if isinstance(parameter.value, list | tuple):
        return "-".join(str(one) for one in parameter.value)
    exact = parameter.exact
    if exact is None:
        return ""
    if parameter.unit == "share" and 100 % exact.denominator == 0:
        return f"{exact * 100}%"
    return _written(exact)


def _written(value: Fraction) -> str:
    """A number exactly: whole, with up to two decimals where these say it all, else as a fraction."""
    if value.denominator == 1 or 100 % value.denominator:
        return str(value)
    whole, rest = divmod(value.numerator * 100 // value.denominator, 100)
    return f"{whole}.{rest:02d}".rstrip("0")


def read(parameter: Parameter, text: str) -> Any:
    """What somebody typed for the value, as it would stand in a pack file. EditError names the parameter."""
    typed = "".join(unicodedata.normalize("NFKC", text).replace(",", "").split())
    if not typed:
        raise _refuse(parameter, "没有填写")
    if KEYS[parameter.key].takes == "range":
        return _range(parameter, typed)
    return _plain(parameter, _number(parameter, typed))


def _range(parameter: Parameter, typed: str) -> list[int]:
    found = _RANGE.fullmatch(typed)
    if found is None:
        raise _refuse(parameter, "应为两个整数，例如 2-3")
    return [int(one) for one in found.groups()]


def _number(parameter: Parameter, typed: str) -> Fraction:
    """4.75, 1/3, 30%, 3万: exactly as typed, never through a decimal approximation."""
    ending = typed[-1] if typed[-1] in SCALES else ""
    found = _exact(typed.removesuffix(ending))
    if found is None:
        raise _refuse(parameter, f"应为数字，例如 {shown(parameter) or '1'}，现在是“{typed[:20]}”")
    return found * SCALES.get(ending, 1)


def _exact(text: str) -> Fraction | None:
    decimal = _DECIMAL.fullmatch(text)
    if decimal is None:
        return fraction(text) if len(text) <= 20 else None
    parts = decimal[2] or ""
    return Fraction(int(decimal[1] + parts), 10 ** len(parts))


def _plain(parameter: Parameter, value: Fraction) -> Any:
    """A whole number, or a fraction "n/d" where the unit allows one."""
    if value > LARGEST:
        raise _refuse(parameter, "数值过大，请核对单位")
    if parameter.unit == "share" and value > 1:
        raise _refuse(parameter, "是一个比例，不能超过全部（100%）")
    if value.denominator == 1:
        return int(value)
    if parameter.unit not in BROKEN:
        raise _refuse(parameter, f"应为整数，现在是“{_written(value)}”")
    return str(value)


def _refuse(parameter: Parameter, reason: str, field: str = "value") -> EditError:
    return EditError(parameter.id, field, f"“{KEYS[parameter.key].label}”{reason}")


Values = Mapping[str, Mapping[str, Any]]


def edited(pack: Pack, values: Values) -> tuple[Pack, list[Change]]:
    """The copy with other values ({id: {"value": …, "due": day}}) and what differs in it, in the order of the document.

    Every parameter is checked as the loader checks a file; `EditError` for the first that would be refused.
    """
    known = {parameter.id: parameter for parameter in pack.parameters}
    for name in values:
        if name not in known:
            raise EditError(name, "value", "这份文件没有这一项")
    copies = {name: _copy(known[name], given) for name, given in values.items()}
    changes = [change for name, one in known.items() if name in copies for change in _changes(one, copies[name])]
    after = tuple(copies.get(one.id, one) for one in pack.parameters)
    _apart(after, {change.parameter for change in changes if change.field == "due"})
    return pack.with_parameters(after), changes


def _copy(parameter: Parameter, given: Mapping[str, Any]) -> Parameter:
    if same(parameter.value, given.get("value", parameter.value)):
        given = {name: value for name, value in given.items() if name != "value"}
    copy = replace(parameter, **given)
    entry = Marked(Path("trial"), 0, copy.to_json(), {})
    try:
        checks.against_key(entry)
    except PackError as error:
        raise EditError(parameter.id, "value", error.reason) from error
    try:
        checks.period(entry, copy.starts, copy.ends, copy.due)
    except PackError as error:
        raise _refuse(parameter, f"：{error.reason}", "due") from error
    return copy


def same(one: Any, other: Any) -> bool:
    """Whether two values of a pack say the same: "1/2" and "2/4", a list in another order of nothing but codes."""
    if isinstance(one, list) and isinstance(other, list) and all(isinstance(item, str) for item in (*one, *other)):
        return sorted(one) == sorted(other)
    exact = fraction(one), fraction(other)
    return exact[0] == exact[1] if None not in exact else one == other


def _changes(before: Parameter, after: Parameter) -> list[Change]:
    found = []
    if not same(before.value, after.value):
        found.append(Change(before.id, "value", before.to_json()["value"], after.to_json()["value"]))
    if before.due != after.due:
        found.append(Change(before.id, "due", _iso(before.due), _iso(after.due)))
    return found


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _apart(parameters: tuple[Parameter, ...], moved: set[str]) -> None:
    """Two steps of one target cannot be due on one day."""
    try:
        checks.overlaps([(Marked(Path("trial"), 0, one.to_json(), {}), one) for one in parameters])
    except PackError as error:
        one = next(parameter for parameter in parameters if parameter.id in moved)
        raise _refuse(one, "的完成期限与本文件另一阶段的目标相同", "due") from error
