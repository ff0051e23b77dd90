"""Which cases add to a number when they are granted: under way on a day, and granted in the year before it.

A filing found too small (社区指导) is granted, yet adds nothing to a count of filed and registered organisations; it
counts as not granted here and in `supervision.boards.experience`.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Substr, TruncDate
from django.utils import timezone

from registry.models import Case, HubType, LegalForm, RoadKey, Scope, Standing, State
from supervision.forecasts import YEAR
from supervision.indicators import Indicator, Question

FILING, REGISTRATION = "filing", "registration"
LABELS = {FILING: RoadKey.FILING.label, REGISTRATION: RoadKey.REGISTRATION.label}
GUIDED = "community_guided"


@dataclass(frozen=True)
class Feed:
    """The kinds of cases that add to an indicator at the places it counts in, and which of them do.

    With `once` one of several for the same place adds.
    """

    kinds: tuple[str, ...]
    adding: Callable[[Question], Q]
    once: bool = False


@dataclass
class Flow:
    """Cases of a place by kind: under way on the day, granted in the year up to it."""

    under_way: dict[str, int] = field(default_factory=dict)
    year: int = 0

    def add(self, kind: str, under_way: int, year: int) -> None:
        self.under_way[kind] = self.under_way.get(kind, 0) + under_way
        self.year += year


def _unsaid(key: str, plain: str) -> Q:
    """Said to be the plain thing, or not asked at all where the case was handed in."""
    said = f"answers__organisation__{key}"
    return Q(**{f"{said}__isnull": True}) | Q(**{said: plain})


def _organisations(question: Question) -> Q:
    """New organisations of communities; what is counted already (a filed one that registers) is not one more."""
    before = Standing.objects.filter(
        organisation=OuterRef("organisation"), kind__in=question.tiers, starts__lt=OuterRef("submitted_on")
    )
    return ~Exists(before) & _unsaid("hub_type", "") & _unsaid("scope", Scope.COMMUNITY)


def _hubs(*types: str) -> Callable[[Question], Q]:
    """Hubs of some types; of any where none is told."""
    return lambda question: Q(answers__organisation__hub_type__in=types or HubType.values)


def _service(question: Question) -> Q:
    return Q(answers__organisation__legal_form=LegalForm.SERVICE)


BOTH = (FILING, REGISTRATION)
FEEDS: dict[str, Feed] = {
    "avg_urban": Feed(BOTH, _organisations),
    "avg_rural": Feed(BOTH, _organisations),
    "hub_registered": Feed((REGISTRATION,), _hubs(HubType.FEDERATION, HubType.SERVICE_CENTRE), once=True),
    "hub_street": Feed(BOTH, _hubs(), once=True),
    "federation_street": Feed(BOTH, _hubs(HubType.FEDERATION), once=True),
    "hub_community": Feed(BOTH, _hubs(), once=True),
    "rural_service_org": Feed((REGISTRATION,), _service, once=True),
}


def flows(indicator: Indicator, question: Question, width: int) -> dict[str, Flow]:
    """By the first `width` digits of the place, what is under way and what came in the year: one statement."""
    feed, on = FEEDS[indicator.name], question.on
    if indicator.base is None:
        raise LookupError(indicator.name)
    homes = indicator.base(question).values("code")
    rows = question.inside(handed_in(feed.kinds, on), "place_code")
    rows = rows.filter(feed.adding(question), place_code__in=homes)
    open_ = Q(closed_at=None) | Q(closed_at__gte=midnight(on, 1))
    if feed.once:
        lacking, _ = indicator.behind(question, "missing")
        open_ &= Q(place_code__in=lacking.values("code"))
    many = partial(Count, "place_code" if feed.once else "pk", distinct=feed.once)
    won = granted() & Q(closed_at__gte=midnight(on, 1 - YEAR), closed_at__lt=midnight(on, 1))
    head = Substr("place_code", 1, width) if width else Value("")
    grouped = rows.annotate(head=head).order_by().values("head", "kind")
    counted = grouped.annotate(under_way=many(filter=open_), year=many(filter=won))
    found: dict[str, Flow] = {}
    for head, kind, *numbers in counted.values_list("head", "kind", "under_way", "year"):
        found.setdefault(head, Flow()).add(kind, *numbers)
    return found


def handed_in(kinds: tuple[str, ...], on: dt.date) -> QuerySet:
    """Cases of some kinds handed in by a day."""
    rows = Case.objects.filter(kind__in=kinds, submitted_at__lt=midnight(on, 1))
    return rows.annotate(submitted_on=TruncDate("submitted_at"))


def granted() -> Q:
    """Granted, and not merely listed for guidance."""
    return Q(state=State.APPROVED) & (Q(decision__tier__isnull=True) | ~Q(decision__tier=GUIDED))


def midnight(day: dt.date, later: int = 0) -> dt.datetime:
    """The first moment of a day, or of one so many days later."""
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=later), dt.time()))


def days_taken() -> F:
    """Whole days from handing in to the end."""
    return TruncDate("closed_at") - F("submitted_on")
