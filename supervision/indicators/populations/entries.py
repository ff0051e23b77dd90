"""Figures that officials entered: the newest year not after the day, or exactly the year of the day."""

from collections.abc import Callable

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from registry.models import Population
from supervision.indicators.populations.places import Level, counties, places, streets
from supervision.indicators.questions import Question
from supervision.items import BY_KEY
from supervision.models import Entry

Places = Callable[[Question], QuerySet]


def entered(question: Question, key: str) -> QuerySet:
    """What holds of an item on the day, one row a place at most."""
    year, there = question.on.year, Entry.objects.filter(current=True, item=key).order_by()
    rows = question.inside(there, "place_code")
    if BY_KEY[key].exact_year:
        return rows.filter(year=year)
    newer = there.filter(place_code=OuterRef("place_code"), year__gt=OuterRef("year"), year__lte=year)
    return rows.filter(~Exists(newer), year__lte=year)


def told(question: Question, key: str) -> QuerySet:
    """All that was entered of an item up to the day (of its year alone where that is asked): one is enough to owe
    nothing, so the newest need not be sought."""
    rows = question.inside(Entry.objects.filter(current=True, item=key).order_by(), "place_code")
    year = question.on.year
    return rows.filter(year=year) if BY_KEY[key].exact_year else rows.filter(year__lte=year)


def having(key: str, at: Places) -> Places:
    """Those of some places that entered one or more of an item."""

    def population(question: Question) -> QuerySet:
        return at(question).filter(code__in=entered(question, key).filter(value__gte=1).values("place_code"))

    return population


def silent(at: Places, *keys: str) -> Places:
    """Those of some places that owe one of the items and have not entered it."""

    def population(question: Question) -> QuerySet:
        gaps = Q()
        for key in keys:
            gaps |= ~Exists(told(question, key).filter(place_code=OuterRef("code")))
        return at(question).filter(gaps)

    return population


def amounts(key: str, at: Places) -> Places:
    """The figures themselves, one row a place, each counting what was entered."""

    def population(question: Question) -> QuerySet:
        rows = entered(question, key).filter(place_code__in=at(question).values("code"))
        return rows.annotate(at=F("place_code"), thing=F("pk"), amount=F("value"))

    return population


def at_level(*levels: int) -> Places:
    return lambda question: places(question, *levels)


def people(question: Question) -> QuerySet:
    """The people of counties: residents or registered households, of the newest year not after the day."""
    kind = Population.Kind.RESIDENT if question.resident else Population.Kind.REGISTERED
    rows = Population.objects.filter(kind=kind, place__level=Level.COUNTY, year__lte=question.on.year).order_by()
    newer = Population.objects.filter(kind=kind, place=OuterRef("place"), year__lte=question.on.year)
    rows = rows.filter(~Exists(newer.filter(year__gt=OuterRef("year"))), place__in=counties(question).values("pk"))
    return question.inside(rows, "place__code").annotate(at=F("place__code"), thing=F("pk"), amount=F("people"))


def unpeopled_or_silent(key: str) -> Places:
    """Counties whose people nobody counted, or that have not entered an item."""

    def population(question: Question) -> QuerySet:
        spoken = told(question, key).filter(place_code=OuterRef("code"))
        counted = people(question).filter(place=OuterRef("pk"))
        return counties(question).filter(~Exists(spoken) | ~Exists(counted))

    return population


def counties_classed(question: Question, *, accelerated: bool) -> QuerySet:
    """Counties on the list of 加快发展县（市、区） or off it; one that has not said is in both until it does."""
    other = entered(question, "accelerated").filter(place_code=OuterRef("code"), value=0 if accelerated else 1)
    return counties(question).filter(~Exists(other))


def counties_with_base(question: Question, key: str, *, accelerated: bool) -> QuerySet:
    """Counties known to be on the list (or off it) that have built a base."""
    own = entered(question, "accelerated").filter(value=1 if accelerated else 0)
    built = entered(question, key).filter(value__gte=1)
    rows = counties_classed(question, accelerated=accelerated).filter(code__in=own.values("place_code"))
    return rows.filter(code__in=built.values("place_code"))


def streets_ever_trained(question: Question) -> QuerySet:
    """Streets that held a training in any year up to the day's (渝北民〔2021〕114号 三（二）1)."""
    held = Entry.objects.filter(current=True, item="trainings", value__gte=1, year__lte=question.on.year).order_by()
    return streets(question).filter(code__in=question.inside(held, "place_code").values("place_code"))
