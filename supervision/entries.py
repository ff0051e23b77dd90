"""Yearly figures the register cannot know. The only writer of `Entry`.

A figure is never written over: a correction is a newer row, the former one stays and is no longer current.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from portal.actions import note
from portal.errors import NotAllowed, OutOfTurn, Refusal
from portal.models import User
from registry import touches
from registry.models import Jurisdiction
from registry.places import history
from registry.scope import Role, roles_over
from supervision import owing
from supervision.items import BY_KEY, LIMITS, Item, owned_by
from supervision.models import Entry

FIRST_YEAR = 2010
LARGEST = 2_000_000_000
LONGEST = 200  # characters of a source
COUNTS = {"communities": "total"}  # a limit → what the count of communities calls it
WRITERS = {5: (Role.COMMUNITY, Role.STREET, Role.DISTRICT), 4: (Role.STREET, Role.DISTRICT)}
Standing = dict[str, Entry]


@dataclass(frozen=True)
class Figure:
    """What somebody enters for one item: `value` None takes back what was given; flags are 1 and 0.

    `seen` is the id of the row the person saw (0: none); None where nobody saw one (a file).
    """

    item: str
    value: int | None
    source: str
    seen: int | None = None


class Faulty(Refusal):
    """Some figures cannot be; `faults` says why, by item."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        field, reason = next(iter(faults.items()))
        super().__init__(reason, code="faulty_figures", field=field)
        self.faults = dict(faults)


class Overtaken(OutOfTurn):
    """Somebody entered some of these items meanwhile; `rows` are what stands now, by item (None: taken back)."""

    def __init__(self, rows: Mapping[str, Entry | None]) -> None:
        super().__init__("有的项目刚刚被别人改过，还没有保存", code="changed_meanwhile", field=next(iter(rows)))
        self.rows = dict(rows)


def writers(place: Jurisdiction) -> tuple[str, ...]:
    """The roles that enter the figures of a place, the nearest first: each level its own, or a desk above it."""
    return WRITERS.get(place.level, (Role.DISTRICT,))


def may_enter(user: User, place: Jurisdiction) -> bool:
    """Whether this person holds one of these roles over the place."""
    return bool(roles_over(user, place.code) & set(writers(place)))


def last_year() -> int:
    """The newest year figures are entered for: the one that runs."""
    return timezone.localdate().year


@transaction.atomic
def enter(place: Jurisdiction, year: int, figures: Iterable[Figure], *, by: User) -> list[Figure]:
    """Save figures of a place and a year; answers those that changed, none for a second click.

    `NotAllowed` for whoever may not; `Faulty` for figures that cannot be; `Overtaken` when somebody else entered one
    of them since the page was opened. All or nothing.
    """
    _check(place, year, by)
    figures = list(figures)
    Jurisdiction.objects.select_for_update(no_key=True).get(pk=place.pk)  # one save of a place at a time
    rows = Entry.objects.filter(place_code=place.code, year=year, current=True)
    standing = {row.item: row for row in rows.select_related("by")}
    changed = [figure for figure in figures if _differs(figure, standing.get(figure.item))]
    if found := faults(place, year, changed, standing):
        raise Faulty(found)
    overtaken = {one.item: standing.get(one.item) for one in changed if _overtaken(one, standing.get(one.item))}
    if overtaken:
        raise Overtaken(overtaken)
    if changed:
        _write(place, year, changed, standing, by)
    return changed


def _check(place: Jurisdiction, year: int, by: User) -> None:
    if not may_enter(by, place):
        raise NotAllowed(f"此操作需要“{Role(writers(place)[0]).label}”权限，请联系本地管理员", code="not_allowed")
    if not FIRST_YEAR <= year <= last_year():
        raise Refusal(f"年份应在 {FIRST_YEAR} 年到今年之间", code="year", field="year")
    if place.ends and place.ends <= dt.date(year, 1, 1):
        raise OutOfTurn(f"{place.name}已经撤销，不再填这一年的数据", code="place_ended")


def faults(place: Jurisdiction, year: int, changed: list[Figure], standing: Standing) -> dict[str, str]:
    """Item → why its figure cannot be, in words that name it: alone first, then against what limits it."""
    found = {one.item: reason for one in changed if (reason := _fault(place, one))}
    values = {key: row.value for key, row in standing.items()} | {one.item: one.value for one in changed}
    touched = {one.item for one in changed}
    limited = [item for item in owned_by(place.level) if item.most and touched & {item.key, item.most}]
    for item in limited:
        limit = _limit(place, year, item, values)
        value = values.get(item.key)
        if item.key not in found and value is not None and limit is not None and value > limit:
            found[item.key] = f"{item.label}不能大于{_called(item.most)}（{limit}）"
    return found


def _fault(place: Jurisdiction, figure: Figure) -> str:
    item = BY_KEY.get(figure.item)
    if item is None or place.level not in item.levels:
        return f"{place.name}不填这个项目"
    if figure.value is None:
        return ""
    if item.kind == "flag" and figure.value not in (0, 1):
        return f"{item.label}：选择“是”或“否”"
    if not 0 <= figure.value <= LARGEST:
        return f"{item.label}应在 0 到 {LARGEST} 之间"
    if not figure.source:
        return f"{item.label}：填写来源"
    return f"{item.label}：来源不能超过 {LONGEST} 个字" if len(figure.source) > LONGEST else ""


def _limit(place: Jurisdiction, year: int, item: Item, values: Mapping[str, int | None]) -> int | None:
    """What the item may not exceed; None where that was not given."""
    if item.most in LIMITS:
        return history.communities(place, owing.day_of(year))[COUNTS.get(item.most, item.most)]
    return values.get(item.most)


def _called(most: str) -> str:
    return LIMITS[most] if most in LIMITS else BY_KEY[most].label


def _differs(figure: Figure, row: Entry | None) -> bool:
    if row is None or figure.value is None:
        return row is not None or figure.value is not None
    return (row.value, row.source) != (figure.value, figure.source)


def _overtaken(figure: Figure, row: Entry | None) -> bool:
    return figure.seen is not None and figure.seen != (row.pk if row else 0)


def _write(place: Jurisdiction, year: int, changed: list[Figure], standing: Standing, by: User) -> None:
    former = [standing[one.item].pk for one in changed if one.item in standing]
    Entry.objects.filter(pk__in=former).update(current=False)
    Entry.objects.bulk_create(
        Entry(place_code=place.code, item=one.item, year=year, value=one.value, source=one.source, by=by)
        for one in changed
        if one.value is not None
    )
    touches.touch(place.code, dt.date(year, 1, 1))
    said = {one.item: [standing[one.item].value if one.item in standing else None, one.value] for one in changed}
    summary = f"{year}年基础数据 {len(changed)} 项"
    note("entry.save", history.subject(place), by=by, place_code=place.code, summary=summary, **said)


class FaultyRows(Refusal):
    """Some figures of some places cannot be; `faults` says why, by place code and item."""

    def __init__(self, faults: Mapping[tuple[str, str], str]) -> None:
        super().__init__(next(iter(faults.values())), code="faulty_rows")
        self.faults = dict(faults)


@transaction.atomic
def enter_many(year: int, figures: Mapping[Jurisdiction, list[Figure]], *, by: User) -> int:
    """Save the figures of many places, all or nothing; answers how many changed. `FaultyRows` names every fault."""
    found: dict[tuple[str, str], str] = {}
    changed = 0
    for place in sorted(figures, key=lambda one: one.code):
        try:
            changed += len(enter(place, year, figures[place], by=by))
        except Faulty as faulty:
            found |= {(place.code, item): reason for item, reason in faulty.faults.items()}
    if found:
        raise FaultyRows(found)
    return changed
