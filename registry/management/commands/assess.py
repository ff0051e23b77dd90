import datetime as dt
import json
import sys
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from portal.typed import narrow
from registry import codes, policies, vicinity
from registry.eligibility import Facts, FactsError, assess
from registry.eligibility.facts import day
from registry.models import Jurisdiction, PolicyPack
from registry.names.parser import NoTree, Tree
from registry.policy.files import PackError, read_dir
from registry.policy.resolve import Rules, in_force

LARGEST = 1_000_000  # bytes of standard input; facts need a few hundred
PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82".split()
)


class Unusable(Exception):
    """The input cannot be used; the message says why, in Chinese."""


class Command(BaseCommand):
    help = (
        "从标准输入读取一个 JSON 对象（组织的情况），输出该地当天的判断结果（JSON）。输入无法使用时返回 2 并说明原因。"
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--place", help="区划代码，2、4、6、9 或 12 位")
        parser.add_argument("--on", help="日期，例如 2021-03-01")
        parser.add_argument("--form", help="组织形式，代替输入中的 legal_form")
        parser.add_argument("--packs", help="政策文件目录；不给则用已载入的政策，没有载入则用随附的文件")

    def handle(self, *args: object, **options: Any) -> None:
        try:
            answer = _answer(options, _standard_input())
        except (Unusable, FactsError, PackError) as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))


def _answer(options: dict[str, Any], given: str) -> dict[str, Any]:
    place, on = _place(options["place"]), _day(options["on"])
    facts = _facts(given, options["form"])
    rules = _rules(place, on, options["packs"])
    if not rules.packs:
        raise Unusable(f"{on} 没有生效的政策文件，无法判断")
    return assess(facts, rules, on, place=place, tree=_tree(place)).to_json()


def _standard_input() -> str:
    """The text on standard input, decoded as UTF-8 whatever the locale says."""
    try:
        raw = getattr(sys.stdin, "buffer", sys.stdin).read(LARGEST + 1)
        text = raw.decode("utf-8-sig") if isinstance(raw, bytes) else raw.lstrip("\ufeff")
    except UnicodeDecodeError:
        raise Unusable("输入不是 UTF-8 编码的文字") from None
    if len(text) > LARGEST:
        raise Unusable("输入过长，请只给一个组织的情况")
    return text


def _facts(given: str, form: str | None) -> Facts:
    if not given.strip():
        raise Unusable('没有输入：请从标准输入给出一个 JSON 对象，例如 {"legal_form": "association"}')
    try:
        data = json.loads(given, object_pairs_hook=_once, parse_constant=_no_constant)
    except RecursionError:
        raise Unusable("输入的 JSON 嵌套过深") from None
    except ValueError as error:
        raise Unusable(f"输入不是有效的 JSON：{_where(error)}") from None
    if form is not None and isinstance(data, dict):
        data["legal_form"] = form
    return Facts.from_json(data)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unusable("输入中有项目重复出现，无法判断以哪个为准")
    return found


def _no_constant(word: str) -> NoReturn:
    raise Unusable(f"输入中有不能使用的数值 {word}")


def _where(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"第 {error.lineno} 行第 {error.colno} 个字符附近有误"
    return "其中有过大的数字"


def _day(text: str | None) -> dt.date:
    try:
        return day(text)
    except ValueError:
        shown = f"，现在是 {text}" if text else ""
        raise Unusable(f"--on 应为日期，例如 2021-03-01{shown}") from None


def _place(code: str | None) -> str:
    """The 12 digits of a place. A place is unknown when its province does not exist, or when the register holds
    the places around it and not this one; a register with a few demo counties does not speak of the others."""
    try:
        place = codes.normalise(narrow(code))
    except ValueError:
        raise Unusable(f"--place 应为 2、4、6、9 或 12 位的区划代码，现在是 {code or '空'}") from None
    if place[:2] not in PROVINCES or not _may_exist(place):
        raise Unusable(f"没有这个地方：{code}，请核对区划代码")
    return place


def _may_exist(place: str) -> bool:
    try:
        held = Jurisdiction.objects.above(place).order_by("-level", "code").values_list("code", "level")
        nearest = held.first()
        whole = Jurisdiction.objects.filter(level=1).count() >= len(PROVINCES) - 3
    except DatabaseError:
        return True
    if nearest is None:
        return not whole
    return place in {code for code, _ in held} or (nearest[1] < Jurisdiction.Level.COUNTY and not whole)


def _tree(place: str) -> Tree:
    try:
        return vicinity.around(place)
    except DatabaseError:
        return NoTree()


def _rules(place: str, on: dt.date, directory: str | None) -> Rules:
    """The loaded editions; the files of `directory`, or those that come with the program, when none are loaded."""
    loaded = None if directory else _loaded(place, on)
    return loaded or Rules(tuple(in_force(read_dir(directory or policies.DEMO), place, on)), on)


def _loaded(place: str, on: dt.date) -> Rules | None:
    try:
        return PolicyPack.objects.rules(place, on) if PolicyPack.objects.exists() else None
    except DatabaseError:
        return None
