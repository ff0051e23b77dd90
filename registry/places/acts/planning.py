"""From what an officer asks for to a plan: which new codes, what goes where. Reads only; refuses in words."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import Q

from portal.errors import Refusal
from registry import codes
from registry.models import Jurisdiction, Organisation
from registry.places import classes
from registry.places.acts import numbering
from registry.places.acts.plan import Plan, Planned

URBAN = Jurisdiction.AreaClass.URBAN


class Draft:
    """Codes given out and places moved while one plan is made for a day."""

    def __init__(self, on: dt.date) -> None:
        self.on = on
        self.places: list[Planned] = []
        self.moves: list[tuple[str, str]] = []
        self.taken: dict[tuple[str, int], set[str]] = {}

    def code(self, parent: str, level: int, wanted: str) -> str:
        """A free code of a level below a place, or beside one; `Refusal` when the band is full."""
        head = parent[: codes.WIDTHS[level - 2]]
        key = (head, level)
        if key not in self.taken:
            found = Jurisdiction.objects.filter(level=level, code__startswith=head)
            self.taken[key] = set(found.values_list("code", flat=True))
        try:
            given = numbering.free(parent, level, wanted, self.taken[key])
        except numbering.Full as fault:
            raise Refusal("上级名下这一段代码已经用完，请写明新代码", code="no_code_left", field="code") from fault
        self.taken[key].add(given)
        return given

    def set_up(
        self, code: str, name: str, parent: str, level: int, *, kind: str = "", area_class: str | None = None
    ) -> Planned:
        """A place of a level that stands from the day on; `Refusal` where the code does not fit or is taken."""
        require_free(code, parent, level)
        urban = classes.area_class(code) if area_class is None else area_class
        self.places.append(Planned(code, name, kind or classes.kind(code, name), urban, parent))
        return self.places[-1]

    def move(self, place: Jurisdiction, parent: str, code: str = "") -> str:
        """A place and all that stands below it under another parent; its new code."""
        code = code or self.code(parent, place.level, numbering.tail(place.code, place.level))
        self.set_up(code, place.name, parent, place.level, kind=place.kind, area_class=place.area_class)
        self.moves.append((place.code, code))
        self.take_in(place, code)
        return code

    def take_in(self, place: Jurisdiction, into: str) -> None:
        """All that stands below a place goes below another, level by level."""
        below = _below(place, self.on)
        ways = {place.pk: into}
        for each in below:
            parent = ways[each.parent_id]
            code = self.code(parent, each.level, numbering.tail(each.code, each.level))
            self.places.append(Planned(code, each.name, each.kind, each.area_class, parent))
            self.moves.append((each.code, code))
            ways[each.pk] = code

    def plan(self, heads: Iterable[Jurisdiction], **more) -> Plan:
        """What was drafted, as a plan."""
        moves = (*more.pop("moves", ()), *self.moves)
        return Plan(tuple(place.code for place in heads), tuple(self.places), tuple(moves), **more)


def _below(place: Jurisdiction, on: dt.date) -> list[Jurisdiction]:
    """What stands below a place by its parents on a day or later, upper levels first."""
    found, above, not_over = [], [place.pk], Q(ends=None) | Q(ends__gt=on)
    while above:
        rows = list(Jurisdiction.objects.filter(not_over, parent__in=above).order_by("code"))
        found += rows
        above = [row.pk for row in rows]
    return found


def require_free(code: str, parent: str, level: int) -> None:
    """`Refusal` unless a code is of a level, lies below a place, and nobody bears or bore it."""
    if level < numbering.PREFECTURE or codes.level(code) != level or not codes.contains(parent, code):
        raise Refusal(
            f"新代码应以上级代码 {codes.prefix(parent)} 开头，位数与同级的代码一样", code="wrong_parent", field="code"
        )
    if Jurisdiction.objects.filter(code=code).exists():
        raise Refusal(f"代码 {code} 已经用过，换一个", code="code_taken", field="code")


def rename(place: Jurisdiction, *, name: str, on: dt.date) -> Plan:
    """A place is called otherwise; its code stays."""
    if name == place.name:
        raise Refusal("新名称与现在的名称相同", code="same_name", field="name")
    return Plan((place.code,), (_renamed(place, name),))


def convert(place: Jurisdiction, *, name: str, keep_code: bool, on: dt.date) -> Plan:
    """A village becomes a residents' committee, with a code of such a one, or under its own code classed urban."""
    if place.level != numbering.COMMUNITY or place.kind != Jurisdiction.Kind.VILLAGE:
        raise Refusal("只有村可以改为社区", code="not_a_village", field="name")
    if keep_code:
        return Plan((place.code,), (_now(place, name=name, kind=Jurisdiction.Kind.COMMUNITY, area_class=URBAN),))
    draft, above = Draft(on), place.parent.code
    number = str(numbering.TOWN_COMMITTEE).zfill(3)
    made = draft.set_up(draft.code(above, place.level, number), name, above, place.level, area_class=URBAN)
    return draft.plan([place], moves=[(place.code, made.code)])


def merge(places: Sequence[Jurisdiction], *, into: Jurisdiction | None, code: str, name: str, on: dt.date) -> Plan:
    """Several places next to each other become one of them, or a new one with a code and a name."""
    if len(places) < 2:
        raise Refusal("至少选两个要合并的地方", code="too_few", field="places")
    if len({place.parent_id for place in places}) > 1 or len({place.level for place in places}) > 1:
        raise Refusal("只能合并同一上级名下的同级地方，跨上级的先划转", code="not_beside", field="places")
    draft, first = Draft(on), places[0]
    if into:
        target = into.code
        if name and name != into.name:
            draft.places.append(_renamed(into, name))
    else:
        target = _code(draft, first, code)
        draft.set_up(target, _named(name), first.parent.code, first.level)
    for place in places:
        if place != into:
            draft.moves.append((place.code, target))
            draft.take_in(place, target)
    return draft.plan(places)


def split(
    place: Jurisdiction,
    *,
    code: str,
    name: str,
    children: Sequence[Jurisdiction],
    organisations: Iterable[int],
    on: dt.date,
) -> Plan:
    """A part of a place becomes a place beside it; these children and these of its own organisations go there."""
    draft = Draft(on)
    made = draft.set_up(_code(draft, place, code), _named(name), place.parent.code, place.level)
    for child in children:
        draft.move(child, made.code)
    own = Organisation.objects.filter(place=place, pk__in=list(organisations)).values_list("pk", flat=True)
    return draft.plan([place], parts=((place.code, made.code),), shares=dict.fromkeys(own, made.code))


def transfer(place: Jurisdiction, *, parent: Jurisdiction, code: str, on: dt.date) -> Plan:
    """A place goes to another parent of the same level as its own, with all that stands below it."""
    if parent.pk == place.parent_id:
        raise Refusal("现在就属于这个上级", code="same_parent", field="parent")
    if place.parent is None or parent.level != place.parent.level:
        raise Refusal("新的上级要与现在的上级同级", code="wrong_level", field="parent")
    draft = Draft(on)
    draft.move(place, parent.code, code)
    return draft.plan([place])


def zone(
    above: Jurisdiction,
    *,
    seat: Jurisdiction | None,
    code: str,
    name: str,
    children: Sequence[Jurisdiction],
    on: dt.date,
) -> Plan:
    """A functional zone, standing or new, administers streets that belonged to a county."""
    if not children:
        raise Refusal("选择由功能区代管的街道（乡镇）", code="too_few", field="children")
    if seat and (seat.level != numbering.COUNTY or seat == above):
        raise Refusal("功能区应是区县一级的另一个地方", code="wrong_level", field="seat")
    draft = Draft(on)
    if seat is None:
        if above.parent is None:
            raise Refusal("这个地方没有上级，不能在旁边新设功能区", code="no_parent", field="code")
        given = code or draft.code(above.code, numbering.COUNTY, "71")
        draft.set_up(given, _named(name), above.parent.code, numbering.COUNTY, kind=Jurisdiction.Kind.ZONE)
    target = seat.code if seat else draft.places[0].code
    for child in children:
        draft.move(child, target)
    return draft.plan(children)


def add(parent: Jurisdiction, *, code: str, name: str, on: dt.date) -> Plan:
    """A new place right below another."""
    draft, below = Draft(on), parent.level + 1
    skips = parent.level < numbering.COUNTY and codes.level(code) == below + 1  # 省直辖县级、不设区县的地级市
    draft.set_up(code, _named(name), parent.code, below + 1 if skips else below)
    return draft.plan([])


def abolish(place: Jurisdiction, *, on: dt.date) -> Plan:
    """A place ends and nothing takes its place."""
    return Plan((place.code,), ends=(place.code,))


def _renamed(place: Jurisdiction, name: str) -> Planned:
    """The kind of a street follows its name (乡 that became 镇)."""
    kind = classes.kind(place.code, name) if place.level == numbering.STREET else place.kind
    return _now(place, name=name, kind=kind)


def _now(place: Jurisdiction, **changed: str) -> Planned:
    said = {"name": place.name, "kind": place.kind, "area_class": place.area_class} | changed
    return Planned(place.code, parent=place.parent.code if place.parent else "", **said)


def _code(draft: Draft, beside: Jurisdiction, code: str) -> str:
    """The code asked for, or the next free one beside a place."""
    if beside.parent is None:
        raise Refusal("省级的变更不在这里办理", code="no_parent", field="name")
    return code or draft.code(beside.code, beside.level, numbering.tail(beside.code, beside.level))


def _named(name: str) -> str:
    if not name:
        raise Refusal("填写新地方的名称", code="name_missing", field="name")
    return name
