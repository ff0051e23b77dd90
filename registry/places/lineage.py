"""Where places came from and what became of them, across merges, splits and transfers."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from registry import codes
from registry.models import Jurisdiction, PlaceAct, Succession
from registry.models.jurisdictions import PSEUDO
from registry.places.history import names_then

Kind = PlaceAct.Kind
CAME = {
    Kind.MERGE: ("由", "合并而来"),
    Kind.SPLIT: ("从", "分设"),
    Kind.CONVERT: ("由", "改设"),
    Kind.TRANSFER: ("由", "划转而来"),
    Kind.ZONE: ("由", "划入功能区代管而来"),
}
WENT = {
    Kind.MERGE: ("已并入", ""),
    Kind.SPLIT: ("分出", ""),
    Kind.CONVERT: ("已改设为", ""),
    Kind.TRANSFER: ("已划转为", ""),
    Kind.ZONE: ("已由功能区代管，现为", ""),
}
JOINED = ("", "并入这里")
ALONG_CAME, ALONG_WENT = ("随上级变更由", "改代码而来"), ("随上级变更，现为", "")
STEPS = 20


@dataclass(frozen=True)
class Line:
    """A sentence of the lineage: words, the places it names, words, on which document."""

    head: str
    places: tuple[Jurisdiction, ...]
    tail: str
    on: dt.date
    document: str


def of(place: Jurisdiction) -> list[Line]:
    """The lineage of a place in sentences, the oldest first."""
    came = place.predecessors.select_related("act", "before__parent")
    went = place.successors.select_related("act", "after__parent")
    told = [_line(rows, [row.before for row in rows], _came(rows[0], place)) for rows in _acts(came)]
    told += [_line(rows, [row.after for row in rows], _went(rows[0])) for rows in _acts(went)]
    return sorted(told, key=lambda line: line.on)


def heirs(place: Jurisdiction, on: dt.date) -> list[Jurisdiction]:
    """What stands on a day where a place stood that has ended: its successors, theirs, and so on; in code order."""
    found, asked = {}, {place.pk}
    for _ in range(STEPS):
        rows = Jurisdiction.objects.filter(predecessors__before__in=asked, predecessors__on__lte=on).distinct()
        asked = set()
        for each in rows.select_related("parent"):
            if each.ends and each.ends <= on:
                asked.add(each.pk)
            else:
                found[each.code] = each
        if not asked:
            break
    return [found[code] for code in sorted(found)]


def full_name(code: str, on: dt.date) -> str:
    """What a place was called on a day, from the province down: 天津市河西区大营门街道九江路社区."""
    above = Jurisdiction.objects.filter(code__in=codes.lineage(codes.normalise(code))).order_by("level", "code")
    names = names_then(list(above), on)
    return "".join(names[place.pk] for place in above if names[place.pk] not in PSEUDO)


def _acts(rows: Iterable[Succession]) -> list[list[Succession]]:
    found = defaultdict(list)
    for row in rows:
        found[row.act_id].append(row)
    return list(found.values())


def _line(rows: list[Succession], places: list[Jurisdiction], words: tuple[str, str]) -> Line:
    ordered = tuple(sorted(places, key=lambda place: place.code))
    return Line(words[0], ordered, words[1], rows[0].on, rows[0].act.document)


def _named(row: Succession) -> bool:
    return row.before.code in row.act.plan.get("from", [])


def _came(row: Succession, place: Jurisdiction) -> tuple[str, str]:
    if not _named(row):
        return ALONG_CAME
    joined = row.act.kind == Kind.MERGE and place.starts != row.on
    return JOINED if joined else CAME[row.act.kind]


def _went(row: Succession) -> tuple[str, str]:
    return WENT[row.act.kind] if _named(row) else ALONG_WENT
