"""The tier of every organisation before and after an edit, as one statement: one scan for the whole place.

The tier is that of `registry.eligibility.tier` over the conditions of `supervision.trials.conditions`. An
organisation that has no legal form yet is read in the form the trial is asked with.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import and_

from django.db.models import Case, CharField, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from registry import codes
from registry.codes import NATION
from registry.models import Hub, Standing
from registry.policy.resolve import Rules
from registry.scope import within
from supervision.trials import conditions
from supervision.trials.conditions import IND, UNIT, Condition
from supervision.trials.regions import Region

FORMS = ("association", "social_service_org", "foundation")
UNFORMED = "none"
REGISTERED, FILED, STREET, GUIDED = "registered", "filed", "street_managed", "community_guided"


@dataclass(frozen=True)
class Branch:
    """Rows to which the same rules apply (`who`), and what these say before and after the edit."""

    who: Q
    before: "Says"
    after: "Says"


@dataclass(frozen=True)
class Says:
    """The conditions of a branch, and who is managed by the street (None where there are only two tiers)."""

    conditions: tuple[Condition, ...]
    street: Q | None

    def met(self) -> list[Q]:
        """What must all hold for a registration."""
        return [one.yes | one.spared for one in self.conditions if one.stops]

    def get(self, key: str) -> Condition | None:
        return next((one for one in self.conditions if one.key == key), None)


def says(rules: Rules, form: str, hub: str | None) -> Says:
    return Says(conditions.of(rules, form, hub), conditions.attested(rules, form, hub))


def standing(scope: str, on: dt.date) -> QuerySet[Standing]:
    """Everything on the register of a place as of a day, with `heads`, the members that are known."""
    rows = Standing.objects.in_force(on)
    inside = rows if scope == NATION else rows.filter(within([scope]))
    return inside.alias(heads=Coalesce(F(IND), 0) + Coalesce(F(UNIT), 0)).order_by()


def branches(regions: Iterable[Region], reading: str, on: dt.date) -> list[Branch]:
    """Every branch, in the order in which they are to be asked; `reading` is the form of who has none yet."""
    return [branch for region in _distinct(list(regions)) for branch in _of(region, reading, on)]


def _distinct(regions: list[Region]) -> list[Region]:
    """Without the regions in which nothing differs from the region around: there the statement need not ask."""
    said = {region.code: _said(region) for region in regions}
    around = {one.code: _around(one, regions) for one in regions}
    return [one for one in regions if (outer := around[one.code]) is None or said[one.code] != said[outer.code]]


def _around(one: Region, regions: list[Region]) -> Region | None:
    """The nearest region that holds another; they come deepest first."""
    return next((o for o in regions if o.code != one.code and codes.contains(o.code, one.code)), None)


Pairs = dict[tuple[str, str | None], tuple[Says, Says]]


def _said(region: Region) -> Pairs:
    """What the rules of a region say for every form and hub type, hub types that change nothing left out."""
    found: Pairs = {}
    for form in FORMS:
        plain = says(region.before, form, None), says(region.after, form, None)
        for hub in _hubs(region):
            special = says(region.before, form, hub), says(region.after, form, hub)
            if special != plain:
                found[form, hub] = special
        found[form, None] = plain
    return found


def _of(region: Region, reading: str, on: dt.date) -> Iterator[Branch]:
    here = Q() if region.code == NATION else within([region.code])
    for (form, hub), pair in _said(region).items():
        names = [form, UNFORMED] if form == reading else [form]
        who = here & Q(legal_form__in=names)
        yield Branch(who & _is_hub(hub, on) if hub else who, *pair)


def _hubs(region: Region) -> list[str]:
    """The hub types some rule of the region speaks of."""
    packs = (*region.before.packs, *region.after.packs)
    return sorted({hub for pack in packs for parameter in pack.parameters for hub in parameter.hubs})


def _is_hub(hub: str, on: dt.date) -> Q:
    """Looked up, not joined: an organisation that was a hub twice is still one row."""
    return Q(organisation__in=Hub.objects.in_force(on).filter(hub_type=hub).order_by().values("organisation"))


def _choose(found: Iterable[Branch], inner: Callable[[Branch], Case | Value], default: Value) -> Case:
    return Case(*[When(branch.who, then=inner(branch)) for branch in found], default=default)


def tiers(found: list[Branch]) -> dict[str, Case]:
    """`before` and `after`: the tier of each row."""
    word = Value(FILED, CharField())
    return {
        "before": _choose(found, lambda branch: _tier(branch.before), word),
        "after": _choose(found, lambda branch: _tier(branch.after), word),
    }


def _tier(said: Says) -> Case:
    rest = Value(FILED if said.street is None else GUIDED)
    ways = [When(reduce(and_, said.met(), Q(pk__isnull=False)), then=Value(REGISTERED))]
    if said.street is not None:
        ways.append(When(said.street, then=Value(STREET)))
    return Case(*ways, default=rest, output_field=CharField())


def verdict(found: list[Branch], key: str, *, after: bool) -> Case:
    """pass, fail, unknown or advice of each row for one condition; "" where it is not asked."""
    return _choose(found, lambda branch: _verdict((branch.after if after else branch.before).get(key)), Value(""))


def _verdict(one: Condition | None) -> Case | Value:
    if one is None:
        return Value("")
    must = one.rule.modality == conditions.Modality.MUST
    miss, open_ = (Value("fail"), Value("unknown")) if must else (Value("advice"), Value("advice"))
    ways = [When(one.spared, then=Value("")), When(one.yes, then=Value("pass")), When(one.no, then=miss)]
    return Case(*ways, default=open_, output_field=CharField())


def turned(found: list[Branch], key: str, *, gained: bool) -> Case:
    """1 for each row that newly meets a condition (or no longer does, where not `gained`), else 0."""

    def inner(branch: Branch) -> Case | Value:
        first, then = (_met(branch.before, key), _met(branch.after, key))
        if first == then:
            return Value(0)
        (out, counted) = (first, then) if gained else (then, first)
        return Case(When(out, then=Value(0)), When(counted, then=Value(1)), default=Value(0))

    return Case(
        *[When(branch.who, then=inner(branch)) for branch in found], default=Value(0), output_field=IntegerField()
    )


def _met(said: Says, key: str) -> Q:
    one = said.get(key)
    return one.yes | one.spared if one else Q(pk__isnull=False)


def changed_keys(found: Iterable[Branch]) -> list[str]:
    """The conditions on which some branch differs, in the order of a receipt."""
    keys: dict[str, None] = {}
    for branch in found:
        for one in (*branch.before.conditions, *branch.after.conditions):
            if _met(branch.before, one.key) != _met(branch.after, one.key):
                keys.setdefault(one.key)
    return list(keys)
