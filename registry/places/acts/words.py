"""A plan in words: what each place is and becomes. Reads names only."""

from collections.abc import Sequence
from dataclasses import dataclass

from registry.models import Jurisdiction
from registry.places.acts.plan import Plan, Planned


@dataclass(frozen=True)
class Row:
    """One line of a plan; empty where there is no place on that side."""

    before: str
    before_code: str
    after: str
    after_code: str
    under: str
    what: str


def rows(plan: Plan) -> list[Row]:
    """Every place of a plan in code order: what was, what is from the day on, and below which place."""
    names = _names(plan)
    planned = {place.code: place for place in plan.places}
    told = [_moved(one, two, names, planned, "改为") for one, two in plan.moves]
    told += [_moved(one, two, names, planned, "分出") for one, two in plan.parts]
    told += [Row(names[code], code, "", "", "", "撤销") for code in plan.ends]
    reached = {after for _, after in plan.successions}
    told += [_set_up(place, names, plan) for place in plan.places if place.code not in reached]
    return sorted(told, key=lambda row: (row.before_code or row.after_code, row.after_code))


def titles(told: Sequence[tuple[str, Plan]]) -> list[str]:
    """What acts are about, each in a line: 合并：大营门街道、下瓦房街道. One query for all."""
    heads = {code for _, plan in told for code in plan.heads}
    names = dict(Jurisdiction.objects.filter(code__in=heads).values_list("code", "name"))
    return [_title(kind, plan, names) for kind, plan in told]


def _title(kind: str, plan: Plan, names: dict[str, str]) -> str:
    heads = [names.get(code, code) for code in plan.heads] or [place.name for place in plan.places]
    more = f"等 {len(heads)} 个地方" if len(heads) > 3 else ""
    return f"{kind}：{'、'.join(heads[:3])}{more}"


def _names(plan: Plan) -> dict[str, str]:
    wanted = {*plan.concerned, *(place.parent for place in plan.places)}
    known = dict(Jurisdiction.objects.filter(code__in=wanted).values_list("code", "name"))
    return dict.fromkeys(wanted, "") | {place.code: place.name for place in plan.places} | known


def _moved(before: str, after: str, names: dict[str, str], planned: dict[str, Planned], what: str) -> Row:
    place = planned.get(after)
    name, under = (place.name, names[place.parent]) if place else (names[after], "")
    return Row(names[before], before, name, after, under, what if place or what == "分出" else "并入")


def _set_up(place: Planned, names: dict[str, str], plan: Plan) -> Row:
    if place.code in plan.heads:
        before = names[place.code]
        return Row(before, place.code, place.name, place.code, "", "更名" if before != place.name else "改类别")
    return Row("", "", place.name, place.code, names[place.parent], "新设")
