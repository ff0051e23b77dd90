"""Organisations as they stood on the day, and what held of them then."""

import datetime as dt

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from registry.models import Candidate, Hub, LeaderTerm, Material, PartyCoverage, Standing, StandingKind
from supervision.indicators.populations.entries import entered, told
from supervision.indicators.populations.places import RURAL, communities, streets, upward
from supervision.indicators.questions import HEAD, Question

FULL_MEMBERS = 3  # 三名以上正式党员 (中国共产党章程; 吉林 2017 三（六）)
UNREGISTERED = ("filed", "listed")
STREET_LEVEL = "000"  # how the code of a street ends: what is at home there belongs to no one community


def standings(question: Question, *kinds: str) -> QuerySet:
    """Organisations that stood registered or filed (or as told) on the day, at home where they were then."""
    rows = Standing.objects.filter(question.lasting(), kind__in=kinds or question.tiers)
    return question.inside(rows, "place_code").annotate(at=F("place_code"), thing=F("organisation_id")).order_by()


def organisations(question: Question, area_class: str) -> QuerySet:
    """Organisations of the communities of a class; those of street scope and hubs stand apart (§5.2)."""
    homes = communities(question, area_class).values("code")
    own = standings(question).filter(scope="community", place_code__in=homes)
    return own.filter(~Exists(_role(question)))


def set_apart(question: Question) -> QuerySet:
    """Organisations of street scope and hubs: counted as organisations, never in the average of communities."""
    return standings(question).filter(Q(scope="street") | Exists(_role(question)))


def _role(question: Question) -> QuerySet:
    """That it had the role of a hub or support organisation on the day."""
    return Hub.objects.filter(question.lasting(), organisation=OuterRef("organisation_id"))


def rural_communities_with_service_org(question: Question) -> QuerySet:
    """Rural communities that are home to a registered 社会服务机构; three of them in one community count once."""
    homes = standings(question, "registered").filter(legal_form="social_service_org", scope="community")
    return communities(question, RURAL).filter(code__in=homes.values("place_code"))


def covered(question: Question) -> QuerySet:
    """Organisations with a party organisation of their own, a joint or a fallback one (津民发〔2018〕61号 三（一）)."""
    return standings(question).filter(Exists(_coverage(question)))


def _coverage(question: Question) -> QuerySet:
    return PartyCoverage.objects.filter(question.lasting(), organisation=OuterRef("organisation_id"))


def must_have_own_party(question: Question) -> QuerySet:
    """Organisations with three full party members or more; probationary ones are not counted."""
    return standings(question).filter(organisation__full_party_members__gte=FULL_MEMBERS)


def have_own_party(question: Question) -> QuerySet:
    """Those of them with a party organisation of their own, or that have asked the party above for one."""
    own = Exists(_coverage(question).filter(kind="own"))
    return must_have_own_party(question).filter(own | Q(organisation__party_organisation="pending"))


def streets_with_own_party(question: Question) -> QuerySet:
    """Streets with an organisation that has a party organisation of its own."""
    own = standings(question).filter(Exists(_coverage(question).filter(kind="own")))
    return streets(question).filter(code__in=upward(own, "place_code", HEAD))


def led(question: Question, *, by_member: bool = False) -> QuerySet:
    """Organisations whose leader on the day is known to be or not to be a party member; or is one."""
    terms = LeaderTerm.objects.filter(question.lasting(), organisation=OuterRef("organisation_id"))
    known = terms.filter(is_party_member=True) if by_member else terms.exclude(is_party_member=None)
    return standings(question).filter(Exists(known))


def of_communities(question: Question, *kinds: str) -> QuerySet:
    """Organisations at home in one community."""
    return standings(question, *kinds).exclude(place_code__endswith=STREET_LEVEL)


def contacted(question: Question) -> QuerySet:
    """Those of them in communities whose party organisation keeps contact with each (广西 2020 五（一）)."""
    kept = entered(question, "party_contact").filter(value__gte=1)
    return of_communities(question).filter(place_code__in=kept.values("place_code"))


def not_contacted_yet(question: Question) -> QuerySet:
    """Communities that have organisations and do not say whether contact is kept."""
    owing = communities(question).filter(code__in=of_communities(question).values("place_code"))
    return owing.filter(~Exists(told(question, "party_contact").filter(place_code=OuterRef("code"))))


def unregistered(question: Question) -> QuerySet:
    """Filed and listed organisations of communities, who should have a simplified charter (渝北 2021 三（四）3)."""
    return of_communities(question, *UNREGISTERED)


def with_charter(question: Question) -> QuerySet:
    """Those of them that handed a charter in, or whose community says that all of them have one."""
    said = entered(question, "simplified_charters").filter(value__gte=1, place_code=OuterRef("place_code"))
    return unregistered(question).filter(Exists(_charter(question)) | Exists(said))


def _charter(question: Question) -> QuerySet:
    there = Q(brought_at=None) | Q(brought_at__date__lte=question.on)
    papers = Material.objects.filter(there, kind="charter", case__state="approved", stored__isnull=False)
    return papers.filter(case__organisation=OuterRef("organisation_id"))


def charters_unknown(question: Question) -> QuerySet:
    """Communities with an organisation whose charter nobody knows of, that have not answered."""
    unknown = unregistered(question).filter(~Exists(_charter(question)))
    owing = communities(question).filter(code__in=unknown.values("place_code"))
    return owing.filter(~Exists(told(question, "simplified_charters").filter(place_code=OuterRef("code"))))


def candidates(question: Question) -> QuerySet:
    """Filed organisations on the ledger of those to be registered on the day (津民发〔2018〕61号 三（三）).

    They are counted where they stood then: the row of the ledger is at home where they are today.
    """
    open_then = Q(closed_on=None) | Q(closed_on__gt=question.on)
    ledger = Candidate.objects.filter(open_then, listed_on__lte=question.on).order_by()
    return standings(question, *StandingKind.values).filter(organisation__in=ledger.values("organisation"))


def converted(question: Question) -> QuerySet:
    """Organisations registered since the first of January that had been filed until that day.

    A registration that goes on at another place is not begun anew, so the day they turned is sought by itself.
    """
    first = dt.date(question.on.year, 1, 1)
    before = Standing.objects.filter(kind="filed", organisation=OuterRef("organisation_id"), ends=OuterRef("starts"))
    turned = Standing.objects.filter(Exists(before), kind="registered", starts__gte=first, starts__lte=question.on)
    return standings(question, "registered").filter(organisation__in=turned.order_by().values("organisation"))
