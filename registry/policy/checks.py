"""What a parameter of a pack file must look like. Each check refuses with the file and the line."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from registry.policy.keys import KEYS, code_words
from registry.policy.marked import Marked
from registry.policy.parameters import Modality, Parameter, fraction
from registry.policy.vocabulary import FORMS, LEVELS, OPS, UNITS, Key

Row = tuple[Marked, Parameter]  # an entry of a file and what it became
FIELDS = {
    "id",
    "key",
    "op",
    "value",
    "unit",
    "level",
    "modality",
    "starts",
    "ends",
    "due",
    "clause",
    "summary",
    "assumed",
    "basic",
    "note",
    "document",
    "title",
    "forms",
    "hubs",
}
NEEDED = ("id", "key", "op", "unit", "level", "modality", "clause", "summary")
HEADER = {
    "slug",
    "area",
    "title",
    "short",
    "number",
    "issuer",
    "publisher",
    "issued",
    "starts",
    "ends",
    "superseded_by",
    "source",
}
HEADER_NEEDED = ("slug", "area", "title", "short", "issuer", "starts")
NAMES = {
    "id": "编号",
    "key": "参数名",
    "op": "比较方式",
    "unit": "单位",
    "level": "衡量层级",
    "modality": "语气",
    "clause": "条款",
    "summary": "摘要",
    "slug": "代号",
    "area": "区划代码",
    "title": "标题",
    "short": "简称",
    "issuer": "发文机关",
    "starts": "生效日期",
    "ends": "失效日期",
    "due": "完成期限",
    "issued": "成文日期",
}
_MONTHDAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


def shape(entry: Marked, allowed: set[str], needed: Iterable[str]) -> None:
    """Refuse names nobody knows and needed ones that are missing or empty."""
    for name in entry.values:
        if name not in allowed:
            raise entry.refuse(name, f"不认识的栏目“{name}”")
    for name in needed:
        if entry.values.get(name) in (None, ""):
            raise entry.refuse(name, f"缺少{NAMES[name]}")


def date(entry: Marked, name: str) -> dt.date | None:
    """A day of the file, None when it is not given."""
    value = entry.values.get(name)
    if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
        return value
    raise entry.refuse(name, f"{NAMES[name]}不是有效日期：{value}")


def text(entry: Marked, name: str) -> str:
    """A text of the file, "" when it is not given."""
    value = entry.values.get(name, "")
    if value is None or isinstance(value, str):
        return value or ""
    raise entry.refuse(name, f"“{name}”应为文字，写成带引号的形式")


def boolean(entry: Marked, name: str) -> bool:
    value = entry.values.get(name, False)
    if isinstance(value, bool):
        return value
    raise entry.refuse(name, f"“{name}”只能是 true 或 false")


def subset(entry: Marked, name: str, allowed: dict[str, str]) -> tuple[str, ...]:
    """The legal forms or hub types an entry names."""
    value = entry.values.get(name) or []
    if isinstance(value, list) and all(item in allowed for item in value):
        return tuple(value)
    raise entry.refuse(name, f"“{name}”中有不认识的代码：{value}")


def modality(entry: Marked) -> Modality:
    try:
        return Modality(entry.values["modality"])
    except ValueError:
        known = "、".join(Modality)
        raise entry.refuse("modality", f"不认识的语气“{entry.values['modality']}”，只能是 {known}") from None


def period(entry: Marked, starts: dt.date, ends: dt.date | None, due: dt.date | None) -> None:
    """Refuse a period that is over before it begins."""
    if ends and ends < starts:
        raise entry.refuse("ends", f"失效日期 {ends} 早于生效日期 {starts}")
    if due and due < starts:
        raise entry.refuse("due", f"完成期限 {due} 早于生效日期 {starts}")


def against_key(entry: Marked) -> None:
    """Refuse an unknown key, and an operator, unit, level or value that does not suit the key."""
    values = entry.values
    key = KEYS.get(text(entry, "key"))
    if key is None:
        raise entry.refuse("key", f"不认识的参数名“{values['key']}”")
    if values["op"] not in OPS or values["op"] not in (*key.ops, "none"):
        raise entry.refuse("op", f"“{key.label}”不能用比较方式“{values['op']}”，只能用 {'、'.join(key.ops)}")
    if values["unit"] not in UNITS or values["unit"] not in key.units:
        raise entry.refuse("unit", f"“{key.label}”的单位不能是“{values['unit']}”，只能是 {'、'.join(key.units)}")
    if values["level"] not in LEVELS:
        raise entry.refuse("level", f"不认识的衡量层级“{values['level']}”")
    if not _fits(key, values["op"], values.get("value")):
        raise entry.refuse("value", f"“{key.label}”的值不合要求：{values.get('value')}")


def _fits(key: Key, op: str, value: object) -> bool:
    if value is None or op == "none":
        return value is None and op in ("none", "increase")
    return (op == "by_category" and _is_categories(key, value)) or _TAKES[key.takes](key, value)


def _known(key: Key, value: object) -> bool:
    return isinstance(value, str) and code_words(key, value) is not None


def _are_codes(key: Key, value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(_known(key, item) for item in value)


def _is_categories(key: Key, value: object) -> bool:
    return isinstance(value, dict) and all(
        _known(key, regime) and (_known(key, who) or _are_codes(key, who)) for regime, who in value.items()
    )


def _are_words(key: Key, value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) and item for item in value)


def _is_range(key: Key, value: object) -> bool:
    numbers = [fraction(item) for item in value] if isinstance(value, list) else []
    return len(numbers) == 2 and None not in numbers and numbers[0] <= numbers[1]  # type: ignore[operator]


def _are_dates(key: Key, value: object) -> bool:
    try:
        first, last = (dt.date.fromisoformat(item) for item in value)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        return False
    return first <= last


def _is_table(key: Key, value: object) -> bool:
    return isinstance(value, dict) and all(form in FORMS and isinstance(on, bool) for form, on in value.items())


def _is_monthday(key: Key, value: object) -> bool:
    return isinstance(value, str) and _MONTHDAY.fullmatch(value) is not None


_TAKES: dict[str, Callable[[Key, object], bool]] = {
    "number": lambda key, value: fraction(value) is not None,
    "flag": lambda key, value: isinstance(value, bool),
    "code": _known,
    "codes": _are_codes,
    "words": _are_words,
    "range": _is_range,
    "dates": _are_dates,
    "table": _is_table,
    "monthday": _is_monthday,
    "none": lambda key, value: value is None,
}


def overlaps(marked: list[Row]) -> None:
    """Refuse an id given twice, and two rows that speak of the same thing on the same day."""
    seen: dict[str, Marked] = {}
    for entry, parameter in marked:
        if parameter.id in seen:
            raise entry.refuse("id", f"编号 {parameter.id} 与{_where(seen[parameter.id], 'id')}重复")
        seen[parameter.id] = entry
    for (first, one), (second, two) in _same_matter(marked):
        if one.starts <= (two.ends or dt.date.max) and two.starts <= (one.ends or dt.date.max):
            raise second.refuse("key", f"“{KEYS[two.key].label}”与{_where(first, 'key')}的有效期重叠")


def _same_matter(marked: list[Row]) -> Iterator[tuple[Row, Row]]:
    groups: dict[tuple[object, ...], list[Row]] = {}
    for entry, p in marked:
        groups.setdefault((p.key, p.area, frozenset(p.forms), frozenset(p.hubs), p.due), []).append((entry, p))
    return (pair for group in groups.values() for pair in combinations(group, 2))


def _where(entry: Marked, name: str) -> str:
    return f"{entry.path.name} 第 {entry.line_of(name)} 行"
