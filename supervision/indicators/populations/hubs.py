"""Hubs and support organisations in their role on the day, and the places that have one."""

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from registry import codes
from registry.models import Hub, HubStaff, Standing
from supervision.indicators.populations.entries import entered, told
from supervision.indicators.populations.places import communities, counties, nodes, streets, upward
from supervision.indicators.questions import Question

TJ_HUBS = ("federation", "service_centre")


def hubs(question: Question, *kinds: str) -> QuerySet:
    """Hubs and support organisations whose organisation stood registered or filed on the day."""
    stood = Standing.objects.filter(question.lasting(), kind__in=kinds or question.tiers)
    alive = Exists(stood.filter(organisation=OuterRef("organisation_id")))
    rows = Hub.objects.filter(question.lasting(), alive, Q(is_hub=True) | Q(is_support=True)).order_by()
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
    return counties(question).filter(code__in=upward(shown, "serves_code", codes.WIDTHS[2]))


def nodes_with_platform(question: Question) -> QuerySet:
    """Nodes of the incubation network with an incubation centre on the register or a running platform they told of."""
    running = entered(question, "incubation_platforms").filter(value__gte=1, place_code=OuterRef("code"))
    return nodes(question).filter(Exists(_centre(question)) | Exists(running))


def nodes_silent(question: Question) -> QuerySet:
    """Nodes without an incubation centre on the register that have not said whether a platform runs."""
    spoken = told(question, "incubation_platforms").filter(place_code=OuterRef("code"))
    return nodes(question).filter(~Exists(_centre(question)), ~Exists(spoken))


def _centre(question: Question) -> QuerySet:
    return hubs(question).filter(hub_type="incubation_centre", serves_code=OuterRef("code"))
