"""What a person may change about one place, each with a day and a source. Writers, called from the pages.

Every function locks the place, checks that nobody changed it since the form was opened (`seen`), writes the
`PlaceChange` and the line of the audit trail in one transaction, and refuses in words with the field it concerns.
"""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.actions import note
from portal.errors import OutOfTurn, Refusal
from portal.models import User
from registry import codes, touches
from registry.models import Jurisdiction, Organisation, PlaceChange, Population
from registry.places import classes, fixture, history
from registry.places.survey import BY_HAND
from registry.scope import Role, require


def desk_of(place: Jurisdiction) -> str:
    """The place whose district officers keep this place: its county, or itself above the counties."""
    return codes.normalise(place.code[:6]) if place.level >= classes.COUNTY else place.code


@transaction.atomic
def rename(place: Jurisdiction, *, name: str, on: dt.date, source: str, by: User, seen: int) -> Jurisdiction:
    """Give a place a new name from a day; the kind follows the name (乡 that became 镇)."""
    place = _locked(place, by, seen)
    _check_day(place, on, "name")
    if name == place.name:
        raise Refusal("新名称与现在的名称相同", code="same_name", field="name")
    before, place.name = place.name, name
    kind_before, place.kind = place.kind, classes.kind(place.code, name)
    place.save(update_fields=["name", "kind"])
    _remember(place, "name", before, name, on, source)
    if kind_before != place.kind:
        _remember(place, "kind", kind_before, place.kind, on, source)
    note("place.rename", history.subject(place), by=by, place_code=place.code, summary=source, name=[before, name])
    return place


@transaction.atomic
def reclass(place: Jurisdiction, *, area_class: str, on: dt.date, source: str, by: User, seen: int) -> Jurisdiction:
    """Count a community as urban, rural or neither from a day, whatever its code says."""
    place = _locked(place, by, seen)
    _check_day(place, on, "area_class")
    if place.level != classes.COMMUNITY:
        raise Refusal("只有社区（村）区分城市和农村", code="not_a_community", field="area_class")
    if area_class == place.area_class:
        raise Refusal("与现在的类别相同", code="same_class", field="area_class")
    before, place.area_class = place.area_class, area_class
    place.save(update_fields=["area_class"])
    _remember(place, "area_class", before, area_class, on, source)
    changed = [before, area_class]
    touches.touch(place.code, on)
    note("place.class", history.subject(place), by=by, place_code=place.code, summary=source, area_class=changed)
    return place


@transaction.atomic
def abolish(place: Jurisdiction, *, on: dt.date, source: str, by: User, seen: int) -> Jurisdiction:
    """End a place from a day; refused while places below it stand. The place and its history stay."""
    place = _locked(place, by, seen)
    _check_day(place, on, "ends")
    if place.ends:
        raise OutOfTurn("这个地点已经撤销", code="already_ended")
    below = place.children.standing_on(on).count()
    if below:
        raise Refusal(f"其下还有 {below} 个未撤销的地点，先撤销它们", code="has_children", field="on")
    homes = Organisation.objects.active().filter(place=place).count()
    if homes:
        raise Refusal(f"这里还有 {homes} 个组织，请用“区划变更”里的合并或划转办理", code="has_homes", field="on")
    place.ends = on
    place.save(update_fields=["ends"])
    _remember(place, "ends", "", on.isoformat(), on, source)
    touches.touch(place.code, on, whole=True)
    note("place.end", history.subject(place), by=by, place_code=place.code, summary=source, ends=["", str(on)])
    return place


@transaction.atomic
def reopen(place: Jurisdiction, *, on: dt.date, source: str, by: User, seen: int) -> Jurisdiction:
    """Let an abolished place stand again. `OutOfTurn` where another place stands in its place."""
    place = _locked(place, by, seen)
    if not place.ends:
        raise OutOfTurn("这个地点没有撤销", code="not_ended")
    if place.successors.exists():  # both would stand, and what went along would stay where it is
        raise OutOfTurn("这个地点是随区划变更撤销的，要用另一项区划变更改正", code="succeeded")
    _check_day(place, on, "ends")
    ended, place.ends = place.ends, None
    before = ended.isoformat()
    place.save(update_fields=["ends"])
    _remember(place, "ends", before, "", on, source)
    touches.touch(place.code, ended, on, whole=True)
    note("place.reopen", history.subject(place), by=by, place_code=place.code, summary=source, ends=[before, ""])
    return place


@transaction.atomic
def add(parent: Jurisdiction, *, code: str, name: str, on: dt.date, source: str, by: User) -> Jurisdiction:
    """Set up a place right below another from a day; kind and class are read from code and name."""
    require(by, Role.DISTRICT, desk_of(parent))
    _check_day(parent, on, "starts")
    if fixture.parent_code(code) != parent.code:
        raise Refusal(
            f"代码应以上级代码 {codes.prefix(parent.code)} 开头，且只低一级", code="wrong_parent", field="code"
        )
    place = Jurisdiction(
        code=code,
        name=name,
        level=codes.level(code),
        kind=classes.kind(code, name),
        area_class=classes.area_class(code),
        parent=parent,
        starts=on,
    )
    try:
        with transaction.atomic():
            place.save()
    except IntegrityError as error:
        raise Refusal("这个代码已经有地点使用", code="code_taken", field="code") from error
    _remember(place, "starts", "", on.isoformat(), on, source)
    touches.touch(place.code, on)
    note("place.add", history.subject(place), by=by, place_code=code, summary=source, name=["", name])
    return place


@transaction.atomic
def count_people(place: Jurisdiction, *, year: int, kind: str, people: int, source: str, by: User) -> Population:
    """Write the population of a year; the same year and kind again is a correction."""
    require(by, Role.DISTRICT, desk_of(place))
    former = place.populations.select_for_update().filter(year=year, kind=kind).first()
    figure, _ = Population.objects.update_or_create(
        place=place, year=year, kind=kind, defaults={"people": people, "source": source}
    )
    touches.touch(place.code, dt.date(year, 1, 1))
    changed = {"people": [former.people if former else None, people]}
    note(
        "place.population", history.subject(place), by=by, place_code=place.code, summary=f"{year} {source}", **changed
    )
    return figure


def _locked(place: Jurisdiction, by: User, seen: int) -> Jurisdiction:
    require(by, Role.DISTRICT, desk_of(place))
    place = Jurisdiction.objects.select_for_update().get(pk=place.pk)
    if place.level == Jurisdiction.Level.NATION:
        raise Refusal("全国这一级只登记人口，不能改名或撤销", code="the_nation")
    if history.last_change(place) != seen:
        last = history.last_editor(place)
        when = f"{timezone.localtime(last.at):%-m月%-d日 %H:%M}" if last else "刚才"
        who = last.by if last and last.by else "系统导入"
        raise OutOfTurn(f"{who}已于{when}改过这个地点，核对后再改", code="changed_meanwhile")
    return place


def _check_day(place: Jurisdiction, on: dt.date, field: str) -> None:
    """A change may not lie ahead, nor before the place stood, nor before a later change of the same field."""
    if on > timezone.localdate():
        raise Refusal("生效日期不能晚于今天", code="future_day", field="on")
    if place.starts and on < place.starts:
        raise Refusal(f"生效日期不能早于设立日期 {place.starts}", code="before_start", field="on")
    if place.ends and field != "ends" and on >= place.ends:
        raise Refusal(f"这个地点已于 {place.ends} 撤销", code="ended", field="on")
    last = place.changes.filter(field=field).order_by("-on").values_list("on", flat=True).first()
    if last and on < last and field != "starts":
        raise Refusal(f"生效日期不能早于上一次变动 {last}", code="before_last_change", field="on")


def _remember(place: Jurisdiction, field: str, before: str, after: str, on: dt.date, source: str) -> None:
    PlaceChange.objects.create(place=place, field=field, before=before, after=after, on=on, source=f"{BY_HAND}{source}")
