"""五减: items, steps, papers, certificates and days of what people come for, today, against what they were.

津民发〔2018〕61号 三（三）: 减事项、减环节、减材料、减证照、减时限. What there is today is read off the flow tables,
checklists and limits of the kinds of cases under the rules of the place; what there was is entered once by the county.
"""

import datetime as dt
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import product

from django.utils import timezone

from registry import codes, reports
from registry.casework import clockwork, demands, kinds
from registry.casework.kinds import Kind
from registry.flows import Move
from registry.forms.changes import ItemsForm
from registry.models import Case, Clock, Jurisdiction, LegalForm, Organisation, PolicyPack, State, Unit
from registry.policy.parameters import Parameter
from registry.policy.resolve import Rules
from supervision.items import BY_KEY, Item
from supervision.models import Entry

KEY = "service.five_reductions"
REDUCED = {"items": "减事项", "steps": "减环节", "materials": "减材料", "certificates": "减证照", "days": "减时限"}
# Papers another body has to issue first.
CERTIFICATES = frozenset(
    "accounts account audit cadre_approval capital certificate consent identity people premises seals"
    " supervisor_opinion tax units".split()
)
SAMPLE = 0  # no case and no organisation has this key: what hangs on them is empty
FORMS = {"filing": (LegalForm.NONE,), "registration": tuple(form for form in LegalForm if form != LegalForm.NONE)}


class Verdict(StrEnum):
    LESS = "less"
    NOT_LESS = "not_less"
    NO_DATA = "no_data"


@dataclass(frozen=True)
class Line:
    """One kind of case as it is done today; papers are the most anybody has to bring; days None where none is set."""

    label: str
    steps: int
    materials: int
    certificates: int
    days: int | None
    unit: str
    source: str


@dataclass(frozen=True)
class Reduction:
    """One of the five: what there is now, what was entered of the time before, and whether it has become less."""

    key: str
    now: int
    before: Entry | None

    @property
    def item(self) -> Item:
        return BY_KEY[f"baseline_{self.key}"]

    @property
    def verdict(self) -> Verdict:
        if self.before is None:
            return Verdict.NO_DATA
        return Verdict.LESS if self.now < self.before.value else Verdict.NOT_LESS


@dataclass(frozen=True)
class Reductions:
    """The five of a county, kind by kind, and the clause that asks for them (None where no document does)."""

    place: Jurisdiction
    on: dt.date
    five: list[Reduction]
    lines: tuple[Line, ...]
    clause: Parameter | None


def reductions(county: Jurisdiction, on: dt.date) -> Reductions:
    """How the work of a county stands on a day, against what it was before the reform."""
    lines = _lines(county, on)
    before = _entered([county.code], on).get(county.code, {})
    five = [Reduction(key, number, before.get(f"baseline_{key}")) for key, number in most(lines).items()]
    return Reductions(county, on, five, lines, PolicyPack.objects.rules(county.code, on).get(KEY))


def most(lines: Iterable[Line]) -> dict[str, int]:
    """The five numbers: how many kinds, and of the others the most any kind asks; days are working days."""
    told = list(lines)
    working = [line.days for line in told if line.days and line.unit == Unit.WORKING]
    found = {
        key: max((getattr(line, key) for line in told), default=0) for key in ("steps", "materials", "certificates")
    }
    return {"items": len(told), **found, "days": max(working, default=0)}


def entered(places: list[Jurisdiction], on: dt.date) -> dict[str, tuple[int, int]]:
    """Place → (counties that entered all five figures of before, counties), for places above the county."""
    counties = Jurisdiction.objects.standing_on(on).filter(level=Jurisdiction.Level.COUNTY)
    known = {code for code, rows in _entered(None, on).items() if len(rows) == len(REDUCED)}
    found = {place.code: (0, 0) for place in places}
    heads = {codes.prefix(place.code): place.code for place in places}
    for code in counties.values_list("code", flat=True):
        above = next((heads[code[:width]] for width in codes.WIDTHS if code[:width] in heads), None)
        if above:
            done, of = found[above]
            found[above] = (done + (code in known), of + 1)
    return found


def _entered(wanted: list[str] | None, on: dt.date) -> dict[str, dict[str, Entry]]:
    """The figures of before that stand, the newest year that is not later than the day."""
    rows = Entry.objects.filter(item__in=[f"baseline_{key}" for key in REDUCED], current=True, year__lte=on.year)
    if wanted is not None:
        rows = rows.filter(place_code__in=wanted)
    found: dict[str, dict[str, Entry]] = {}
    for row in rows.order_by("year", "pk"):
        found.setdefault(row.place_code, {})[row.item] = row
    return found


def _lines(county: Jurisdiction, on: dt.date) -> tuple[Line, ...]:
    """Kind by kind; worked out once for the same documents and day, whichever county asks."""
    home = Jurisdiction.objects.within(county.code).communities().order_by("code").first() or county
    rules = PolicyPack.objects.rules(home.code, on)
    digests = PolicyPack.objects.current().on_path(home.code).order_by("digest").values_list("digest", flat=True)
    return _under(_Home(tuple(digests), home.level, timezone.localdate()), home, rules, on)


@dataclass(frozen=True)
class _Home:
    """What the work of a place depends on: its documents, how low it lies, and the day in the portal."""

    digests: tuple[str, ...]
    level: int
    today: dt.date


_KNOWN: dict[tuple[_Home, dt.date], tuple[Line, ...]] = {}


def _under(documents: _Home, home: Jurisdiction, rules: Rules, on: dt.date) -> tuple[Line, ...]:
    if (documents, on) not in _KNOWN:
        if len(_KNOWN) > 200:
            _KNOWN.clear()
        told = [kind for kind in kinds.every().values() if _asked(kind, rules)]
        _KNOWN[documents, on] = tuple(_line(kind, home, rules, on) for kind in told) if rules.packs else ()
    return _KNOWN[documents, on]


def _asked(kind: Kind, rules: Rules) -> bool:
    """Whether this kind is done here: some reports are owed only where a document asks for them."""
    report = next((one for one, keys in reports.CASES.items() if kind.key in keys), None)
    return report not in reports.RULE or reports.asked(rules, report) is not None


def _line(kind: Kind, home: Jurisdiction, rules: Rules, on: dt.date) -> Line:
    samples = list(_samples(kind, home, rules))
    asked = [[one.paper.kind for one in demands.demands(case) if one.paper.required] for case in samples]
    flow = [kind.flow(case) for case in samples]
    limit = _longest(kind, samples, on)
    return Line(
        kind.label,
        max(steps(moves) for moves in flow),
        max(len(set(papers)) for papers in asked),
        max(len(CERTIFICATES & set(papers)) for papers in asked),
        *limit,
    )


def _longest(kind: Kind, samples: list[Case], on: dt.date) -> tuple[int | None, str, str]:
    """The longest promised days of a kind: (days, unit, who says so)."""
    promised = next((one for one in kind.limits if one.scope == Clock.Scope.PROMISED), None)
    if promised is None:
        return None, "", ""
    told = [clockwork.length(case, on, promised.key, promised.days, promised.unit, promised) for case in samples]
    found = max(told, key=lambda one: one["days"])
    source = f"{found['document']} {found['clause']}".strip()
    return int(found["days"]), str(found["unit"]), "暂定" if found["assumed"] or not source else source


@lru_cache(maxsize=64)
def steps(flow: tuple[Move, ...]) -> int:
    """The fewest steps people take from the draft to the grant, both ends included; what happens by itself is none."""
    ways, seen = deque([(str(State.DRAFT), 0)]), {str(State.DRAFT)}
    while ways:
        at, taken = ways.popleft()
        if at == State.APPROVED:
            return taken
        for move in flow:
            if at in move.sources and move.target not in seen and not move.silent and not move.aside:
                seen.add(move.target)
                ways.append((move.target, taken + 1))
    return 0


def _samples(kind: Kind, home: Jurisdiction, rules: Rules) -> Iterator[Case]:
    """A case of the kind for every legal form, regime and matter that asks for other papers; none of them is saved."""
    regime = rules.get("registration.regime")
    regimes = ("direct",) if regime is not None and regime.value == "direct" else ("direct", "dual")
    for form, way, (told, asks) in product(FORMS[kind.road], regimes, _matters(kind)):
        case = Case(
            pk=SAMPLE,
            kind=kind.key,
            road=kind.road,
            place=home,
            place_code=home.code,
            organisation=_organisation(kind, form, home) if kind.about else None,
            answers={"organisation": {"legal_form": form}} | told,
            receipt={"regime": way},
            decision={"asks": asks},
        )
        case.variant = kind.variant(case)
        yield case


def _organisation(kind: Kind, form: str, home: Jurisdiction) -> Organisation:
    standing = "filed" if kind.road == "filing" else "registered"
    return Organisation(pk=SAMPLE, place=home, place_code=home.code, legal_form=form, standing=standing)


def _matters(kind: Kind) -> list[tuple[dict[str, dict[str, str]], list[str]]]:
    """The matters of a kind, one at a time: each item of a change, each ground of an end; (answers, what is asked)."""
    for section in kind.sections:
        if issubclass(section.form, ItemsForm):
            return [({}, [item.key]) for item in section.form.table]
        if "ground" in section.form.base_fields:
            grounds = [str(key) for key, _ in section.form.base_fields["ground"].choices if key]
            return [({section.key: {"ground": key}}, []) for key in grounds]
    return [({}, [])]
