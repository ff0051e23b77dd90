"""Every key the packs may use, and a parameter's required value in Chinese words."""

import datetime as dt
from collections.abc import Callable
from fractions import Fraction

from registry.policy.codewords import CODEWORDS
from registry.policy.parameters import Parameter
from registry.policy.themes import conduct, entry, oversight, targets
from registry.policy.vocabulary import FORMS, HUBS, LEVELS, OPS, UNITS, Key

KEYS: dict[str, Key] = {key.name: key for key in (*entry.KEYS, *targets.TARGETS, *conduct.KEYS, *oversight.KEYS)}


def words(parameter: Parameter) -> str:
    """What the parameter requires: "不低于 2000 元", "到 2020 年 12 月 31 日，不少于 10 个", "1/3 以上"."""
    required = requirement(KEYS[parameter.key], parameter)
    return f"到 {day(parameter.due)}，{required}" if parameter.due and parameter.op != "between" else required


def requirement(key: Key, parameter: Parameter) -> str:
    """The required value in words, without the day it is due."""
    if parameter.op == "none" or (parameter.value is None and parameter.op != "increase"):
        return OPS["none"]
    return _SPEAK[key.takes](key, parameter)


def code_words(key: Key, code: str) -> str | None:
    """The Chinese word for a code under a key, None when there is none."""
    return key.words.get(code) or CODEWORDS.get(code)


def level_words(parameter: Parameter) -> str:
    """Who it is measured at, narrowed by the legal forms and hub types it binds."""
    bound = [FORMS[form] for form in parameter.forms] + [HUBS[hub] for hub in parameter.hubs]
    level = LEVELS[parameter.level]
    return f"{level}（{'、'.join(bound)}）" if bound else level


def day(on: dt.date) -> str:
    return f"{on.year} 年 {on.month} 月 {on.day} 日"


def number(value: Fraction, unit: str) -> str:
    """A number with its unit: shares as 全部, percent, 万分之 or a fraction; never a decimal."""
    if unit != "share":
        round_ten_thousands = value >= 10000 and value % 10000 == 0
        return f"{value / 10000} 万{UNITS[unit]}" if round_ten_thousands else f"{value} {UNITS[unit]}".strip()
    if value == 1:
        return "全部"
    if 100 % value.denominator == 0 and value.denominator != 1:
        return f"{value * 100}%"
    return f"万分之 {value * 10000}" if value < Fraction(1, 100) and 10000 % value.denominator == 0 else str(value)


def _number(key: Key, parameter: Parameter) -> str:
    if parameter.op == "increase":
        return OPS["increase"]
    spoken = number(parameter.exact or Fraction(0), parameter.unit)
    if parameter.basic:
        return f"基本{'' if spoken == '全部' else '做到'}{_compared(key, parameter, spoken)}"
    return _compared(key, parameter, spoken)


def _compared(key: Key, parameter: Parameter, spoken: str) -> str:
    if parameter.op == "==" or spoken == "全部":
        return spoken
    if parameter.unit == "share" and parameter.op == "≥":
        return f"{spoken} 以上"
    return f"{key.at_least if parameter.op == '≥' else key.at_most} {spoken}".strip()


def _flag(key: Key, parameter: Parameter) -> str:
    return key.words.get("yes", "是") if parameter.value else key.words.get("no", "不要求")


def _code(key: Key, parameter: Parameter) -> str:
    if parameter.op != "by_category":
        return code_words(key, parameter.value) or ""
    parts = [(_listed(key, value), code_words(key, code)) for code, value in parameter.value.items()]
    return "；".join(f"{who}{what}" for who, what in parts)


def _codes(key: Key, parameter: Parameter) -> str:
    said = OPS[parameter.op]
    return f"{said}：{_listed(key, parameter.value)}" if said else _listed(key, parameter.value)


def _listed(key: Key, value: list[str] | str) -> str:
    listed = [value] if isinstance(value, str) else value
    return "、".join(code_words(key, code) or code for code in listed)


def _words(key: Key, parameter: Parameter) -> str:
    return "、".join(parameter.value)


def _range(key: Key, parameter: Parameter) -> str:
    low, high = parameter.value
    return f"{low} 至 {high} {UNITS[parameter.unit]}"


def _dates(key: Key, parameter: Parameter) -> str:
    return " 至 ".join(day(dt.date.fromisoformat(text)) for text in parameter.value)


def _table(key: Key, parameter: Parameter) -> str:
    said = {True: key.words["yes"], False: key.words["no"]}
    return "；".join(f"{FORMS[form]}{said[required]}" for form, required in parameter.value.items())


def _monthday(key: Key, parameter: Parameter) -> str:
    month, date = parameter.value.split("-")
    return f"每年 {int(month)} 月 {int(date)} 日前"


_SPEAK: dict[str, Callable[[Key, Parameter], str]] = {
    "number": _number,
    "flag": _flag,
    "code": _code,
    "codes": _codes,
    "words": _words,
    "range": _range,
    "dates": _dates,
    "table": _table,
    "monthday": _monthday,
    "none": lambda key, parameter: OPS["none"],
}
