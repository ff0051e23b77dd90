"""The ways to change divisions: the form of each, how a plan comes of what was said, and where it may begin."""

from collections.abc import Callable
from dataclasses import dataclass

from registry.forms import placeacts as shapes
from registry.models import Jurisdiction, PlaceAct
from registry.places import find
from registry.places.acts import planning
from registry.places.acts.plan import Plan

Kind = PlaceAct.Kind


@dataclass(frozen=True)
class Way:
    """One way to change divisions: its form, how a plan comes of it, and of which places it may begin."""

    title: str
    form: type[shapes.ActForm]
    plan: Callable[..., Plan]
    fits: Callable[[Jurisdiction], bool]
    said: str


def _merge(place: Jurisdiction, *, places, into, code, name, on) -> Plan:
    chosen = sorted([place, *places], key=lambda each: each.code)
    target = next((each for each in chosen if each.code == into), None)
    return planning.merge(chosen, into=target, code=code, name=name, on=on)


def _convert(place: Jurisdiction, *, name, way, on) -> Plan:
    return planning.convert(place, name=name, keep_code=way == "keep", on=on)


def _split(place: Jurisdiction, *, code, name, on, children=(), organisations=()) -> Plan:
    chosen = [int(number) for number in organisations]
    return planning.split(place, code=code, name=name, children=children, organisations=chosen, on=on)


def _transfer(place: Jurisdiction, *, parent, code, on) -> Plan:
    return planning.transfer(place, parent=find(parent), code=code, on=on)


def _zone(place: Jurisdiction, *, children, seat, name, code, on) -> Plan:
    standing = find(seat) if seat else None
    return planning.zone(place, seat=standing, code=code, name=name, children=children, on=on)


def _below_the_county(place: Jurisdiction) -> bool:
    return place.level >= Jurisdiction.Level.STREET


def _village(place: Jurisdiction) -> bool:
    return place.kind == Jurisdiction.Kind.VILLAGE


def _parent(place: Jurisdiction) -> bool:
    return Jurisdiction.Level.NATION < place.level < Jurisdiction.Level.COMMUNITY


def _county(place: Jurisdiction) -> bool:
    return place.level == Jurisdiction.Level.COUNTY


def _nobodys(place: Jurisdiction) -> bool:
    return place.level > Jurisdiction.Level.PROVINCE


WAYS = {
    Kind.RENAME: Way("更名", shapes.RenameForm, planning.rename, _nobodys, "代码不变，名称从生效日起改变。"),
    Kind.MERGE: Way(
        "合并", shapes.MergeForm, _merge, _nobodys, "同一上级名下的几个地方合成一个，下级地方、组织和办件一起过去。"
    ),
    Kind.SPLIT: Way(
        "分设", shapes.SplitForm, _split, _below_the_county, "从这里分出一个新的地方，选好哪些下级和组织归新地方。"
    ),
    Kind.TRANSFER: Way(
        "划转", shapes.TransferForm, _transfer, _nobodys, "换到另一个上级名下，在那里用新的代码，下级一起过去。"
    ),
    Kind.CONVERT: Way("村改居", shapes.ConvertForm, _convert, _village, "村改为社区，从生效日起按城市社区计算。"),
    Kind.ZONE: Way("功能区代管", shapes.ZoneForm, _zone, _county, "把这里的街道（乡镇）交给功能区代管。"),
    Kind.ADD: Way("新设下级", shapes.SetUpForm, planning.add, _parent, "在这里新设一个下级地方。"),
    Kind.ABOLISH: Way(
        "撤销", shapes.AbolishForm, planning.abolish, _nobodys, "只能撤销没有组织和办件的地方，有的请改用合并或划转。"
    ),
}


def offered(place: Jurisdiction) -> list[tuple[str, str]]:
    """The (kind, title) of the changes that may begin at a place."""
    return [] if place.ends else [(kind, way.title) for kind, way in WAYS.items() if way.fits(place)]
