"""What a plan touches and what stands against it, worked out anew whenever somebody looks. Reads only."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass, field

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils.module_loading import import_string

from registry.models import (
    Candidate,
    Case,
    Certificate,
    Hub,
    Jurisdiction,
    NameReservation,
    Office,
    Organisation,
    PlaceAct,
    PolicyPack,
    Population,
)
from registry.places.acts import faults, numbering, words
from registry.places.acts.plan import Plan
from registry.scope import within

SHOWN = 20
MANY = 500  # other acts of the same county that are looked through


@dataclass(frozen=True)
class Line:
    """How much of one thing is touched; the first few by name, and what follows for it."""

    label: str
    number: int
    names: tuple[str, ...] = ()
    follows: str = ""


@dataclass(frozen=True)
class Preview:
    """What becomes what and all that is touched; `faults` keep an act from being agreed to, `warnings` do not."""

    lines: tuple[Line, ...]
    faults: tuple[str, ...]
    warnings: tuple[str, ...]
    rows: tuple[words.Row, ...] = ()

    @property
    def counted(self) -> dict[str, int]:
        """Label → number, as kept with the act."""
        return {line.label: line.number for line in self.lines}

    @property
    def digest(self) -> str:
        """A mark that changes when anything of what is shown does."""
        lines = [[line.label, line.number, *line.names] for line in self.lines]
        said = lines, self.faults, self.warnings, [astuple(row) for row in self.rows]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Reach:
    """Which rows leave: those of whole places, and in a split those of some organisations."""

    plan: Plan
    on: dt.date
    spans: list[str] = field(default_factory=list)

    def of(self, model: type, column: str = "place_code", organisation: str = "organisation_id") -> Q:
        """The rows of a table that an act concerns."""
        mine = within(self.spans, column)
        return mine | Q(**{f"{organisation}__in": list(self.plan.shares)}) if self.plan.shares else mine


def look(plan: Plan, on: dt.date) -> Preview:
    """The preview of a plan on its day."""
    reach = Reach(plan, on, plan.leaving)
    lines = [_line(*row) for row in _rows(reach)]
    for name in settings.PLACE_ACT_PREVIEWS:
        lines += [Line(*row) for row in import_string(name)(plan, on)]
    shown = tuple(line for line in lines if line.number)
    return Preview(shown, tuple(faults.found(plan, on)), tuple(_warnings(plan, reach)), tuple(words.rows(plan, on)))


def _rows(reach: Reach) -> Iterable[tuple[str, QuerySet, Callable, str]]:
    """Label, rows, how one is called, what follows."""
    spans, on = reach.spans, reach.on
    organisations = Organisation.objects.active().filter(reach.of(Organisation, organisation="pk"))
    moved = Jurisdiction.objects.filter(code__in=[before for before, _ in reach.plan.moves])
    yield "换新代码的地方", moved.order_by("code"), str, "原代码停用，沿革保留"
    yield "社会组织", organisations.order_by("place_code", "id"), str, "随所在地调整，状态沿革按生效日期接续"
    cases = Case.objects.open().filter(reach.of(Case)).order_by("id")
    yield "办理中的办件", cases, _case, "转到新的所在地，时限照旧计算"
    offices = Office.objects.filter(Q(ends=None) | Q(ends__gt=on)).filter(_offices(reach))
    yield "任职", offices.select_related("user", "place"), str, "原任职到生效日为止，同一个人接着任新地方的职"
    hubs = Hub.objects.in_force(on).filter(reach.of(Hub, "serves_code"))
    yield "枢纽型、支持型组织", hubs.select_related("organisation"), str, "服务区域随之调整"
    papers = Certificate.objects.filter(cancelled_on=None, organisation__in=organisations)
    yield "有效证书", papers.order_by("id"), lambda one: one.number, "继续有效，核验时同时显示现在的名称"
    ledger = Candidate.objects.open().filter(reach.of(Candidate)).select_related("organisation")
    yield "拟登记台账", ledger, str, "随组织调整"
    kept = NameReservation.objects.filter(within(spans), released_on=None)
    yield "保留中的名称", kept, str, "保留到原定日期"
    people = Population.objects.filter(within(spans, "place__code")).select_related("place")
    yield (
        "人口数据",
        people.order_by("place__code", "-year"),
        _people,
        "一对一调整的带到新地方；合并、分设的需要重新登记",
    )


def _offices(reach: Reach) -> Q:
    """Offices over what leaves, and over what is split (their holders hold the new place as well)."""
    return within(reach.spans, "place__code") | Q(place__code__in=[before for before, _ in reach.plan.parts])


def _line(label: str, rows: QuerySet, word: Callable, follows: str) -> Line:
    return Line(label, rows.count(), tuple(word(row) for row in rows[:SHOWN]), follows)


def _case(case: Case) -> str:
    return f"{case}{case.get_state_display()}"


def _people(figure: Population) -> str:
    return f"{figure.place} {figure.year} 年{figure.get_kind_display()} {figure.people}"


def _warnings(plan: Plan, reach: Reach) -> Iterable[str]:
    """What somebody has to see to, though it does not stand in the way."""
    yield from _same_names(plan)
    documents = PolicyPack.objects.current().filter(area_code__in=plan.ended)
    for document in documents:
        yield f"《{document.short}》按原代码适用，生效前要用新代码重新载入"
    concerned = set(plan.concerned)
    waiting = PlaceAct.objects.filter(state__in=(PlaceAct.State.PROPOSED, PlaceAct.State.AGREED))
    for act in waiting.inside(numbering.keeper(concerned))[:MANY]:
        other = Plan.from_json(act.plan)
        if other != plan and concerned & set(other.concerned):
            yield f"另有一项还没有办的变更也涉及这里的地方：{act.get_kind_display()}，{act.on:%Y年%-m月%-d日}生效"
    if plan.parts:
        yield "分设后，原地方的工作人员同时负责新地方，请及时重新任职"


def _same_names(plan: Plan) -> Iterable[str]:
    """Organisations that will bear the same name at the same place, first few."""
    targets = dict(plan.moves)
    shared: dict[str, list[str]] = {}
    for before, after in targets.items():
        shared.setdefault(after, [after]).append(before)
    for after, befores in shared.items():
        if len(befores) > 2 or Jurisdiction.objects.filter(code=after).exists():
            rows = Organisation.objects.active().filter(place_code__in=befores).order_by()
            doubled = rows.values_list("folded_name").annotate(many=Count("id")).filter(many__gt=1)
            for name, _ in doubled[:SHOWN]:
                yield f"合并后有组织同名：{name}，请提醒其中一个办理名称变更"
