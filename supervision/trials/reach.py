"""Who would change, and where the work would fall: one scan, counted by place; and the list behind each number."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Substr

from registry.models import Standing
from supervision.trials import verdicts
from supervision.trials.verdicts import FILED, GUIDED, REGISTERED, STREET, Branch

BELOW = (FILED, STREET, GUIDED)
ANY = (REGISTERED, *BELOW)


@dataclass(frozen=True)
class Shift:
    """One way to change: standing on the register, tier before and after; `desk` is whose work it makes."""

    name: str
    label: str
    kinds: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    work: str = ""
    desk: str = ""

    def takes(self, kind: str, before: str, after: str) -> bool:
        return before != after and kind in self.kinds and before in self.before and after in self.after

    def rows(self) -> Q:
        return Q(kind__in=self.kinds, before__in=self.before, after__in=self.after) & ~Q(before=F("after"))


UNDER = ("filed", "listed")
SHIFTS = (
    Shift("able", "新够登记条件", UNDER, BELOW, (REGISTERED,), "登记", "区县民政部门"),
    Shift("unable", "不再够登记条件", UNDER, (REGISTERED,), BELOW),
    Shift("short", "已登记，不再够条件", ("registered",), (REGISTERED,), BELOW, "复核", "区县民政部门"),
    Shift("mended", "已登记，转为够条件", ("registered",), BELOW, (REGISTERED,)),
    Shift("file", "社区指导转为须备案（街道管理）", ("listed",), (GUIDED,), (FILED, STREET), "备案", "街道（乡镇）"),
    Shift("guide", "备案转为社区指导", ("filed",), (FILED, STREET), (GUIDED,), "复核", "街道（乡镇）"),
)
BY_NAME = {shift.name: shift for shift in SHIFTS}


@dataclass
class Reach:
    """What one scan found: how many were looked at, how many change in which way by place head, and by condition."""

    looked: int = 0
    heads: dict[str, dict[str, int]] = field(default_factory=dict)  # head → shift → organisations
    conditions: dict[str, dict[str, int]] = field(default_factory=dict)  # key → gained, lost

    def total(self, shift: str) -> int:
        return sum(counts.get(shift, 0) for counts in self.heads.values())


def scan(scope: str, branches: list[Branch], on: dt.date, width: int) -> Reach:
    """Every organisation of a place before and after, grouped by the first `width` digits: one statement."""
    keys = verdicts.changed_keys(branches)
    turns = {
        f"{way}{at}": Sum(verdicts.turned(branches, key, gained=way == "gained"))
        for at, key in enumerate(keys)
        for way in ("gained", "lost")
    }
    rows = verdicts.standing(scope, on).annotate(head=Substr("place_code", 1, width), **verdicts.tiers(branches))
    grouped = rows.values("head", "kind", "before", "after").annotate(many=Count("pk"), **turns)
    found = Reach(conditions={key: {"gained": 0, "lost": 0} for key in keys})
    for row in grouped.order_by():
        _add(found, row, keys)
    return found


def _add(found: Reach, row: dict, keys: Iterable[str]) -> None:
    found.looked += row["many"]
    for shift in SHIFTS:
        if shift.takes(row["kind"], row["before"], row["after"]):
            counts = found.heads.setdefault(row["head"], {})
            counts[shift.name] = counts.get(shift.name, 0) + row["many"]
    for at, key in enumerate(keys):
        for way in ("gained", "lost"):
            found.conditions[key][way] += row[f"{way}{at}"] or 0


def changing(scope: str, branches: list[Branch], on: dt.date, shift: Shift | None = None) -> QuerySet[Standing]:
    """The very organisations that were counted, by (place_code, id) for `registry.paging.key_page`."""
    rows = verdicts.standing(scope, on).annotate(**verdicts.tiers(branches))
    wanted = [shift] if shift else SHIFTS
    chosen = Q(pk__in=[])
    for one in wanted:
        chosen |= one.rows()
    return rows.filter(chosen).select_related("organisation__place__parent")
