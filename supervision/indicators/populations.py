"""The sets that are counted, each a queryset with `at` (12-digit code) and `thing` (id of a place or organisation).

A number on a board is the size of such a set inside a code range, and the list behind the number is the set
itself, so the two cannot differ.
"""

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat, Substr

from registry.models import Hub, HubStaff, Jurisdiction, LeaderTerm, PartyCoverage, PlaceChange, Standing
from supervision.indicators.questions import Question

URBAN, RURAL = Jurisdiction.AreaClass.URBAN, Jurisdiction.AreaClass.RURAL
TJ_HUBS = ("federation", "service_centre")


def places(question: Question, level: int) -> QuerySet:
    """Places of a level that exist on the day."""
    rows = Jurisdiction.objects.standing_on(question.on).filter(level=level)
    return question.inside(rows, "code").annotate(at=F("code"), thing=F("pk")).order_by()


def streets(question: Question) -> QuerySet:
    return places(question, Jurisdiction.Level.STREET)


def counties(question: Question) -> QuerySet:
    return places(question, Jurisdiction.Level.COUNTY)


def communities(question: Question, area_class: str = "") -> QuerySet:
    """Communities that exist on the day, of a class they had on the day."""
    rows = places(question, Jurisdiction.Level.COMMUNITY)
    return rows.filter(_classed(question, area_class)) if area_class else rows


def _classed(question: Question, area_class: str) -> Q:
    """The class of the day: today's, unless it changed since; then what it was before the first later change."""
    later = PlaceChange.objects.filter(field="area_class", on__gt=question.on).order_by()
    sooner = later.filter(place=OuterRef("place"))
    sooner = sooner.filter(Q(on__lt=OuterRef("on")) | Q(on=OuterRef("on"), pk__lt=OuterRef("pk")))
    first = later.filter(~Exists(sooner), before=area_class)
    unchanged = Q(area_class=area_class) & ~Q(pk__in=later.values("place"))
    return unchanged | Q(pk__in=first.values("place"))


def standings(question: Question, *kinds: str) -> QuerySet:
    """Organisations that stood registered or filed (or as told) on the day, at home where they were then."""
    rows = Standing.objects.filter(question.lasting(), kind__in=kinds or question.tiers)
    return question.inside(rows, "place_code").annotate(at=F("place_code"), thing=F("organisation_id")).order_by()


def organisations(question: Question, area_class: str) -> QuerySet:
    """Organisations of the communities of a class; those of street scope and hubs stand apart (§5.2)."""
    homes = communities(question, area_class).values("code")
    own = standings(question).filter(scope="community", place_code__in=homes)
    return own.exclude(organisation__in=_hub_roles(question).values("organisation"))


def set_apart(question: Question) -> QuerySet:
    """Organisations of street scope and hubs: counted as organisations, never in the average of communities."""
    return standings(question).filter(
        Q(scope="street") | Q(organisation__in=_hub_roles(question).values("organisation"))
    )


def _hub_roles(question: Question) -> QuerySet:
    return Hub.objects.filter(question.lasting()).order_by()


def hubs(question: Question, *kinds: str) -> QuerySet:
    """Hubs and support organisations in their role on the day, whose organisation stood registered or filed."""
    stood = Standing.objects.filter(question.lasting(), kind__in=kinds or question.tiers)
    alive = Exists(stood.filter(organisation=OuterRef("organisation_id")))
    rows = _hub_roles(question).filter(alive, Q(is_hub=True) | Q(is_support=True))
    return question.inside(rows, "serves_code").annotate(at=F("serves_code"), thing=F("organisation_id"))


def street_hubs(question: Question) -> QuerySet:
    """Federations and service centres that serve a street (津民发〔2018〕61号 三（四）)."""
    return hubs(question).filter(serves_code__in=streets(question).values("code"), hub_type__in=TJ_HUBS)


def staffed_hubs(question: Question) -> QuerySet:
    """Those of them with enough full-time social workers in post."""
    staff = HubStaff.objects.filter(question.lasting(), full_time=True).order_by()
    enough = staff.values("hub").annotate(people=Count("pk")).filter(people__gte=question.staff_min)
    return street_hubs(question).filter(pk__in=enough.values("hub"))


def streets_with_registered_hub(question: Question) -> QuerySet:
    served = hubs(question, "registered").filter(hub_type__in=TJ_HUBS, is_hub=True)
    return streets(question).filter(code__in=served.values("serves_code"))


def streets_with_hub(question: Question) -> QuerySet:
    return streets(question).filter(code__in=hubs(question).values("serves_code"))


def streets_with_federation(question: Question) -> QuerySet:
    return streets(question).filter(code__in=hubs(question).filter(hub_type="federation").values("serves_code"))


def communities_with_hub(question: Question) -> QuerySet:
    return communities(question).filter(code__in=hubs(question).values("serves_code"))


def counties_with_demonstration(question: Question) -> QuerySet:
    """Counties with a hub that has been a demonstration site since the day or earlier."""
    shown = hubs(question.anywhere()).filter(demonstration_since__lte=question.on)
    county = Concat(Substr("serves_code", 1, 6), Value("000000"))
    return counties(question).filter(code__in=shown.annotate(county=county).values("county"))


def rural_communities_with_service_org(question: Question) -> QuerySet:
    """Rural communities that are home to a registered 社会服务机构; three of them in one community count once."""
    homes = standings(question, "registered").filter(legal_form="social_service_org", scope="community")
    return communities(question, RURAL).filter(code__in=homes.values("place_code"))


def covered(question: Question) -> QuerySet:
    """Organisations with a party organisation of their own, a joint or a fallback one (津民发〔2018〕61号 三（一）)."""
    cover = PartyCoverage.objects.filter(question.lasting(), organisation=OuterRef("organisation_id"))
    return standings(question).filter(Exists(cover))


def led(question: Question, *, by_member: bool = False) -> QuerySet:
    """Organisations whose leader on the day is known to be or not to be a party member; or is one."""
    terms = LeaderTerm.objects.filter(question.lasting(), organisation=OuterRef("organisation_id"))
    known = terms.filter(is_party_member=True) if by_member else terms.exclude(is_party_member=None)
    return standings(question).filter(Exists(known))
