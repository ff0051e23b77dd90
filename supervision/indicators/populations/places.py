"""Places of a level that exist on the day, of the class and kind they had on the day."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat, Substr

from registry.models import Jurisdiction, PlaceChange
from registry.models.jurisdictions import PSEUDO
from supervision.indicators.questions import HEAD, Question

URBAN, RURAL = Jurisdiction.AreaClass.URBAN, Jurisdiction.AreaClass.RURAL
TOWNS = (Jurisdiction.Kind.TOWN, Jurisdiction.Kind.TOWNSHIP)
MUNICIPALITIES = ("110000000000", "120000000000", "310000000000", "500000000000")
Level = Jurisdiction.Level
BUREAUS = (Level.PROVINCE, Level.PREFECTURE, Level.COUNTY)


def places(question: Question, *levels: int) -> QuerySet:
    """Places of some levels that exist on the day; 市辖区 and the like, where nobody holds office, are none."""
    rows = Jurisdiction.objects.standing_on(question.on).filter(level__in=levels)
    rows = rows if min(levels) > Level.COUNTY else rows.exclude(name__in=PSEUDO)
    return question.inside(rows, "code").annotate(at=F("code"), thing=F("pk")).order_by()


def streets(question: Question) -> QuerySet:
    return places(question, Level.STREET)


def towns(question: Question) -> QuerySet:
    """Streets that were a town or township on the day (一乡一镇一品牌 asks nothing of 街道)."""
    return streets(question).filter(_then(question, "kind", *TOWNS))


def counties(question: Question) -> QuerySet:
    return places(question, Level.COUNTY)


def bureaus(question: Question) -> QuerySet:
    """Places with a civil affairs bureau: provinces, prefectures, counties."""
    return places(question, *BUREAUS)


def bureaus_and_streets(question: Question) -> QuerySet:
    return places(question, *BUREAUS, Level.STREET)


def streets_and_communities(question: Question) -> QuerySet:
    return places(question, Level.STREET, Level.COMMUNITY)


def nodes(question: Question) -> QuerySet:
    """The nodes of 市、区、街道三级: municipalities and prefectures, counties, streets (津民发〔2018〕61号 一)."""
    rows = bureaus_and_streets(question)
    return rows.filter(~Q(level=Level.PROVINCE) | Q(code__in=MUNICIPALITIES))


def communities(question: Question, area_class: str = "") -> QuerySet:
    """Communities that exist on the day, of a class they had on the day."""
    rows = places(question, Level.COMMUNITY)
    return rows.filter(_then(question, "area_class", area_class)) if area_class else rows


def streets_with(question: Question, area_class: str) -> QuerySet:
    """Streets that have a community of a class."""
    return streets(question).filter(code__in=upward(communities(question, area_class), "code", HEAD))


def upward(rows: QuerySet, field: str, width: int) -> QuerySet:
    """The codes of the places of so many digits in which the codes of these rows lie."""
    return rows.order_by().annotate(_above=Concat(Substr(field, 1, width), Value("0" * (12 - width)))).values("_above")


def _then(question: Question, field: str, *values: str) -> Q:
    """A field of the day: today's, unless it changed since; then what it was before the first later change."""
    later = PlaceChange.objects.filter(field=field, on__gt=question.on).order_by()
    sooner = later.filter(place=OuterRef("place"))
    sooner = sooner.filter(Q(on__lt=OuterRef("on")) | Q(on=OuterRef("on"), pk__lt=OuterRef("pk")))
    first = later.filter(~Exists(sooner), before__in=values)
    unchanged = Q(**{f"{field}__in": values}) & ~Q(pk__in=later.values("place"))
    return unchanged | Q(pk__in=first.values("place"))
