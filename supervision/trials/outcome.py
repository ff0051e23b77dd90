"""What a trial found, as plain JSON that can be kept, and as tables for a page, a file or paper. Asks nothing."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from registry.policy.keys import KEYS, words
from registry.policy.parameters import Pack
from supervision import figures
from supervision.exports.tables import Column, Export, Table
from supervision.trials.edits import Change
from supervision.trials.reach import BY_NAME, SHIFTS

Json = dict[str, Any]
FIELDS = {"value": "要求", "due": "完成期限"}


@dataclass(frozen=True)
class Outcome:
    """The changes and what would follow from them in a place as of a day. `result` is JSON and nothing else."""

    place_code: str
    on: dt.date
    edition: str
    changes: list[Json]
    result: Json

    def to_json(self) -> Json:
        """Everything, for the digest of a report."""
        fixed = {"place": self.place_code, "on": self.on.isoformat(), "edition": self.edition}
        return fixed | {"changes": self.changes, "result": self.result}


def spoken(changes: Iterable[Change], before: Pack, after: Pack) -> list[Json]:
    """Each change with what it is called, its source, and both requirements in words."""
    first, then = ({one.id: one for one in pack.parameters} for pack in (before, after))
    told = []
    for change in changes:
        one = first[change.parameter]
        said = {"label": KEYS[one.key].label, "source": f"{one.document} {one.clause}", "what": FIELDS[change.field]}
        pair = {"said_before": words(one), "said_after": words(then[one.id])}
        told.append(change.to_json() | said | pair)
    return told


def changed(changes: Iterable[Json]) -> Table:
    """What was varied, in words, with its source."""
    columns = [Column("参数", wide=True), Column("改动"), Column("现行", wide=True), Column("测算", wide=True)]
    columns.append(Column("依据"))
    rows = [[one["label"], one["what"], one["said_before"], one["said_after"], one["source"]] for one in changes]
    return Table("改动", columns, rows)


def targets(result: Json) -> Table:
    """Every target of the place that would look different."""
    rows = [_target_row(held) for held in result["targets"]["own"]]
    return Table("本地目标的变化", [Column("目标", wide=True), *_PAIR], rows)


_PAIR = [Column("现行"), Column("测算"), Column("现行差多少"), Column("测算差多少"), Column("期限")]


def _target_row(held: Json) -> list[str]:
    before, after = held["before"], held["after"]
    when = after["when"] if before["when"] == after["when"] else f"{before['when']} → {after['when']}"
    return [held["label"], *(_verdict(one) for one in (before, after)), _short(before), _short(after), when]


def _verdict(one: Json) -> str:
    return f"{one['verdict']}（{one['wanted']}）" + (f"；{one['then']}" if one.get("then") else "")


def _short(one: Json) -> str:
    """How many more are needed: 0 when none, 不能算 when nobody can say."""
    return one["short"] or ("0" if one["gap"] == 0 else "不能算")


def below(result: Json) -> Table:
    """The places right below, in code order, whose verdict would turn."""
    rows = [[place["name"], *_target_row(held)] for place in result["targets"]["below"] for held in place["rows"]]
    return Table("结论或到期情况会变的下级地方", [Column("地方"), Column("目标", wide=True), *_PAIR], rows)


def conditions(result: Json) -> Table:
    columns = [Column("条件", wide=True), Column("由不符合（待核）转为符合"), Column("由符合转为不符合（待核）")]
    rows = [[one["label"], one["gained"], one["lost"]] for one in result["conditions"]]
    return Table("逐项条件的变化（组织数）", columns, rows)


def used(result: Json) -> list[str]:
    """The ways to change that happen at all, in their fixed order."""
    return [shift.name for shift in SHIFTS if any(place["counts"].get(shift.name) for place in result["places"])]


def places(result: Json) -> Table:
    """By place, in code order: how many organisations would change, in which way."""
    names = used(result)
    rows: list[list[Any]] = [
        [place["name"], *(place["counts"].get(name, 0) for name in names)] for place in result["places"]
    ]
    if len(rows) > 1:
        rows.append(["合计", *(sum(row[at] for row in rows) for at in range(1, len(names) + 1))])
    return Table("会改变的组织", [Column("地方"), *(Column(BY_NAME[name].label) for name in names)], rows)


def work(result: Json) -> Table:
    """Whose desk the work would fall to, by place: organisations to register, review or file."""
    jobs = _jobs(result)
    rows = [[place["name"], *(_load(place, names) for names in jobs.values())] for place in result["places"]]
    rows = [row for row in rows if any(row[1:])]
    return Table("增加的工作", [Column("地方"), *(Column(job) for job in jobs)], rows)


def _jobs(result: Json) -> dict[str, list[str]]:
    jobs: dict[str, list[str]] = {}
    for name in used(result):
        if BY_NAME[name].work:
            jobs.setdefault(f"{BY_NAME[name].work}（{BY_NAME[name].desk}）", []).append(name)
    return jobs


def _load(place: Json, names: Iterable[str]) -> int:
    return sum(place["counts"].get(name, 0) for name in names)


def cases(result: Json) -> Table:
    one = result["cases"]
    rows = [
        ["草稿（提交时按新规定判断）", one["drafts"], one["drafts_turned"]],
        ["已提交（仍按提交时的版本判断）", one["handed"], one["handed_turned"]],
    ]
    return Table("办理中的事项", [Column("办件", wide=True), Column("件数"), Column("其中条件结论会不同")], rows)


def tables(changes: list[Json], result: Json) -> Iterator[Table]:
    """Every table of a trial that has something to say."""
    found = (changed(changes), *map(lambda make: make(result), MAKERS))
    return (table for table in found if table.rows)


MAKERS = (targets, below, conditions, places, work, cases)


def export(
    title: str, place: str, on: dt.date, changes: list[Json], result: Json, facts: Iterable[tuple[str, str]]
) -> Export:
    """A kept trial, to be taken away."""
    about = (("地方", place), ("测算日期", figures.day(on)), ("文件", result["document"]["short"]), *facts)
    return Export(title, on, about, list(tables(changes, result)), notes(result))


def notes(result: Json) -> list[str]:
    """How to read a trial."""
    reading = result["reading"]
    return [
        "本测算不改动任何数据和政策版本，也不影响办件。",
        f"还没有组织形式的备案和列名组织按“{reading}”测算；组织的资金、会员、场所等按登记册现有数据，没有填写的不算符合。",
        "“够登记条件”只指登记册掌握的条件；名称、负责人、业务主管单位同意等在申请时另行核对。",
    ]
