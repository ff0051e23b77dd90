"""What one night foresees for a stretch of the country: the targets that will be missed, street by street.

Only targets with their due day ahead, of documents of places (never the national line of reference), MUST or TARGET.
The judgements of the night say how many are missing; what the cases under way will bring is asked by one statement an
indicator.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from registry import codes
from registry.models import Jurisdiction
from registry.policy import resolve
from registry.policy.parameters import Modality, Pack, Parameter
from supervision import counts, indicators, shortfall, targets
from supervision.boards import feeds, foreseeing
from supervision.boards.experience import Experience
from supervision.boards.feeds import Flow
from supervision.forecasts import Forecast
from supervision.indicators import NOTHING, Cell, Indicator, Question
from supervision.models import Judgement
from supervision.targets import Status, Timing

STREET, COUNTY = Jurisdiction.Level.STREET, Jurisdiction.Level.COUNTY
BATCH = 2000
Gaps = dict[str, int | None]  # code → how many are missing; None while figures are owed


@dataclass(frozen=True)
class Asked:
    """A target that is still to be reached, and the level at which it is judged lowest: street or county."""

    parameter: Parameter
    indicator: Indicator

    @property
    def level(self) -> int:
        return min(STREET, self.indicator.formal_down_to)


@dataclass(frozen=True)
class Prospect:
    """How a street stands to one target: what is missing now, and how many are foreseen to be missing on the due day.

    `gap` is None while figures are owed, `needed` where nothing can be foreseen. For a target judged at the county the
    gap is the county's and what is needed the street's part of it.
    """

    code: str
    asked: Asked
    gap: int | None
    needed: int | None
    forecast: Forecast | None


@dataclass
class Agenda:
    """What is asked of places on a day, worked out once for each set of documents."""

    on: dt.date
    packs: list[Pack] = field(default_factory=counts.current_packs)
    known: dict[tuple[str, ...], dict[str, Asked]] = field(default_factory=dict)

    def of(self, code: str) -> dict[str, Asked]:
        """Parameter id → target: for each indicator the nearest document whose due day is ahead, and its next one."""
        path = resolve.in_force(self.packs, code, self.on)
        key = tuple(pack.slug for pack in path)
        if key not in self.known:
            self.known[key] = {asked.parameter.id: asked for asked in self._asked(path)}
        return self.known[key]

    def within(self, code: str) -> set[str]:
        """The ids of all targets ahead that any place there may be asked."""
        found = {asked for pack in self.packs if self._concerns(pack.area, code) for asked in self.of(pack.area)}
        return found | set(self.of(code))

    def _concerns(self, area: str, code: str) -> bool:
        return area != codes.NATION and (codes.contains(code, area) or codes.contains(area, code))

    def _asked(self, path: list[Pack]) -> Iterator[Asked]:
        taken = set()
        for parameter in targets.binding(resolve.targets(path, self.on), self.on):
            indicator = indicators.measuring(parameter.key)
            if indicator and indicator.name not in taken and assignable(parameter, indicator, self.on):
                taken.add(indicator.name)
                yield Asked(parameter, indicator)


def assignable(parameter: Parameter, indicator: Indicator, on: dt.date) -> bool:
    """Whether a street may be asked to do something about a target: local, binding, formal at the county or the
    street, and its due day still ahead."""
    binds = not parameter.national and parameter.modality in (Modality.MUST, Modality.TARGET)
    ahead = targets.timing(parameter, on) is Timing.AHEAD and not parameter.lapsed(on)
    return binds and ahead and indicator.formal_down_to >= COUNTY


def foresee(code: str, agenda: Agenda, known: Experience) -> list[Prospect]:
    """Every street of a place (a province) for every target ahead that its judgements tell of, in code order."""
    wanted = agenda.within(code)
    if not wanted:
        return []
    gaps = _gaps(code, agenda, wanted)
    known.prepare(code)
    found = [one for asked, missing in gaps for one in _foreseen(code, asked, missing, agenda, known)]
    return sorted(found, key=lambda one: (one.code, one.asked.parameter.id))


def _gaps(code: str, agenda: Agenda, wanted: Iterable[str]) -> list[tuple[Asked, Gaps]]:
    """Of each target the places of its lowest level with what is missing there, by the last judgements."""
    alive = Jurisdiction.objects.standing_on(agenda.on).within(code).filter(level__in=(STREET, COUNTY))
    standing = set(alive.values_list("code", flat=True))
    rows = Judgement.objects.inside(code).filter(parameter__in=wanted).as_of(agenda.on)
    found: dict[str, tuple[Asked, Gaps]] = {}
    told = rows.values_list("place_code", "parameter", "gap", "status").iterator(BATCH)
    for place, parameter, missing, status in told:
        asked = agenda.of(place).get(parameter)
        known = missing is not None or status == Status.NO_DATA
        if asked and known and place in standing and codes.level(place) == asked.level:
            found.setdefault(parameter, (asked, {}))[1][place] = missing
    return list(found.values())


def _foreseen(code: str, asked: Asked, gaps: Gaps, agenda: Agenda, known: Experience) -> Iterator[Prospect]:
    short: Gaps = {place: missing for place, missing in gaps.items() if missing}
    told = dict(_forecasts(code, asked, short, agenda, known))
    if asked.level == STREET:
        for place, missing in gaps.items():
            forecast = told.get(place)
            yield Prospect(place, asked, missing, _needed(missing, forecast), forecast)
    else:
        yield from _parts(code, asked, gaps, told, agenda)


def _needed(missing: int | None, forecast: Forecast | None) -> int | None:
    if missing == 0:
        return 0
    return forecast.short if forecast else None


def _forecasts(
    code: str, asked: Asked, short: Gaps, agenda: Agenda, known: Experience
) -> Iterator[tuple[str, Forecast]]:
    if asked.indicator.name not in feeds.FEEDS:
        return
    width = codes.WIDTHS[asked.level - 1]
    for way, places in _by_way(code, short, agenda).items():
        flowing = feeds.flows(asked.indicator, way, width)
        for place in places:
            flow = flowing.get(codes.prefix(place), Flow())
            forecast = foreseeing.forecast(asked.parameter, short[place] or 0, flow, known, place)
            if forecast:
                yield place, forecast


def _by_way(code: str, places: Iterable[str], agenda: Agenda) -> dict[Question, list[str]]:
    """The places by the way of counting their documents set, each way asked of the whole stretch."""
    ways, found = counts.Ways(agenda.packs, agenda.on), {}
    for place in places:
        found.setdefault(replace(ways.of(place), code=code), []).append(place)
    return found


def _parts(code: str, asked: Asked, gaps: Gaps, told: dict[str, Forecast], agenda: Agenda) -> Iterator[Prospect]:
    """What a county will miss falls on its streets: on those that have least for what is counted in."""
    cells = _streets(code, asked, gaps, agenda)
    for county, missing in gaps.items():
        inside = {place: cell for place, cell in cells.items() if codes.contains(county, place)}
        needed = _needed(missing, told.get(county))
        parts = shortfall.spread([cell[:2] for cell in inside.values()], needed or 0)
        for place, part in zip(inside, parts, strict=True):
            yield Prospect(place, asked, missing, None if needed is None else part, told.get(county))


def _streets(code: str, asked: Asked, gaps: Gaps, agenda: Agenda) -> dict[str, Cell]:
    """What each street of these counties has, in code order."""
    found: dict[str, Cell] = {}
    for way, places in _by_way(code, gaps, agenda).items():
        counted = asked.indicator.counts(way, codes.WIDTHS[STREET - 1])
        heads = {codes.prefix(place) for place in places}
        found |= {head.ljust(12, "0"): cell for head, cell in counted.items() if head[:6] in heads}
    return {place: found.get(place, NOTHING) for place in sorted(found) if codes.level(place) == STREET}
