"""A plan in words: what each place is and becomes, in the names of its day. Reads names only."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from registry.models import Jurisdiction, PlaceChange
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


def rows(plan: Plan, on: dt.date) -> list[Row]:
    """Every place of a plan in code order: what was, what is from the day on, and below which place."""
    old, names = _names(plan, on)
    planned = {place.code: place for place in plan.places}
    told = [_moved(one, two, old, names, planned, "改为") for one, two in plan.moves]
    told += [_moved(one, two, old, names, planned, "分出") for one, two in plan.parts]
    told += [Row(old[code], code, "", "", "", "撤销") for code in plan.ends]
    reached = {after for _, after in plan.successions}
    told += [_set_up(place, old, names, plan) for place in plan.places if place.code not in reached]
    return sorted(told, key=lambda row: (row.before_code or row.after_code, row.after_code))


def titles(told: Sequence[tuple[str, Plan, dt.date]]) -> list[str]:
    """What acts are about, each in a line: 合并：大营门街道、下瓦房街道. Two queries for all."""
    called = Called({code for _, plan, _ in told for code in plan.heads})
    return [_title(kind, plan, called.before(on)) for kind, plan, on in told]


class Called:
    """What places are and were called."""

    def __init__(self, wanted: Iterable[str]) -> None:
        found = Jurisdiction.objects.filter(code__in=set(wanted))
        self.now = dict(found.values_list("code", "name"))
        changes = PlaceChange.objects.filter(field="name", place__code__in=self.now).order_by("-on", "-id")
        self.changes = list(changes.values_list("on", "place__code", "before"))

    def before(self, day: dt.date) -> dict[str, str]:
        """The names as the day began, before anything that took effect on it."""
        return self.now | {code: name for on, code, name in self.changes if on >= day}


def _title(kind: str, plan: Plan, names: dict[str, str]) -> str:
    heads = [names.get(code, code) for code in plan.heads] or [place.name for place in plan.places]
    more = f"等 {len(heads)} 个地方" if len(heads) > 3 else ""
    return f"{kind}：{'、'.join(heads[:3])}{more}"


def _names(plan: Plan, on: dt.date) -> tuple[dict[str, str], dict[str, str]]:
    """The names before the day and on it; what the plan calls otherwise bears its new name."""
    wanted = {*plan.concerned, *(place.parent for place in plan.places)}
    called = Called(wanted)
    made = {place.code: place.name for place in plan.places}
    blank = dict.fromkeys(wanted, "")
    return blank | called.before(on), blank | called.before(on + dt.timedelta(days=1)) | made


def _moved(
    before: str, after: str, old: dict[str, str], names: dict[str, str], planned: dict[str, Planned], what: str
) -> Row:
    place = planned.get(after)
    name, under = (place.name, names[place.parent]) if place else (names[after], "")
    return Row(old[before], before, name, after, under, what if place or what == "分出" else "并入")


def _set_up(place: Planned, old: dict[str, str], names: dict[str, str], plan: Plan) -> Row:
    if place.code in plan.heads:
        before = old[place.code]
        return Row(before, place.code, place.name, place.code, "", "更名" if before != place.name else "改类别")
    return Row("", "", place.name, place.code, names[place.parent], "新设")
