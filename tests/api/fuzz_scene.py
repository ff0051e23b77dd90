"""The demo data with a client of each kind, cases of the platform at every desk, and a token for each."""

import json
import sys
from datetime import timedelta
from pathlib import Path

from django.core.management import call_command
from django.utils import timezone
from oauth2_provider.models import AccessToken, set_token_value

from filings.demo import cases, people
from portal.models import Client
from registry import clients
from registry.casework import actions, kinds
from registry.models import Certificate, Hub, Jurisdiction, Organisation
from registry.sandbox import playing
from registry.scope import Role

COUNTY, NEXT = "120103", "450103"
ENDINGS = ("", "-BZ", "-BY", "-GQ", "-CS", "-CS", "-CS")


def main(path: Path) -> None:
    """Tables, demo data, clients, cases; writes {who: {token, known}}."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("demo", verbosity=0)
    street, community = (people.seat(COUNTY, level) for level in (4, 5))
    made = {who: _client(who, grants) for who, grants in _grants(street, community).items()}
    for who, place in {"platform": community, "neighbour": people.seat(NEXT, 5)}.items():
        _file(made[who], place, who)
    playing.play()
    told = {"none": {"token": "", "known": _known(COUNTY)}}
    told |= {who: {"token": _token(one), "known": _known(_county(who))} for who, one in made.items()}
    path.write_text(json.dumps(told, ensure_ascii=False))


def _grants(street: Jurisdiction, community: Jurisdiction) -> dict[str, list[tuple[str, str]]]:
    return {
        "platform": [(Role.APPLICANT, COUNTY), (Role.LEADER, COUNTY)],
        "street": [(Role.STREET, street.code), (Role.COMMUNITY, community.code)],
        "district": [(Role.DISTRICT, COUNTY), (Role.APPROVER, COUNTY)],
        "leader": [(Role.LEADER, COUNTY)],
        "neighbour": [(Role.APPLICANT, NEXT), (Role.LEADER, NEXT)],
    }


def _county(who: str) -> str:
    return COUNTY if who != "neighbour" else NEXT


def _client(who: str, grants: list[tuple[str, str]]) -> Client:
    found = Client.objects.filter(name=f"fuzz-{who}").first()
    return found or clients.make(f"fuzz-{who}", grants, per_minute=10_000_000).client


def _token(client: Client) -> str:
    """A token for the whole run, without asking for it."""
    scopes = " ".join(map(str, clients.granted(client.user.offices.in_force().select_related("place"))))
    until = timezone.now() + timedelta(hours=5)
    made = AccessToken(application=client.application, scope=scopes, expires=until)
    token = f"fuzz-{client.pk}-{client.application.client_id}"
    set_token_value(made, token)
    AccessToken.objects.filter(application=client.application).delete()
    made.save()
    return token


def _file(client: Client, place: Jurisdiction, who: str) -> None:
    """A draft and handed-in cases on both roads, as the platform would file them."""
    for number, ending in enumerate(ENDINGS):
        said = cases.answers(f"试投{'甲乙丙丁戊己庚'[number]}社", members=24)
        case = actions.open_case(
            "filing", by=client.user, place=place, said=said, sealed=cases.sealed(number), key=f"{who}-{number}{ending}"
        )
        if number and case.state == "draft":
            cases.hand_in(case, client.user)


def _known(county: str) -> dict[str, list]:
    places = Jurisdiction.objects.within(county)
    inside = Organisation.objects.inside(county)
    return {
        "places.code": list(places.order_by("-level", "code").values_list("code", flat=True)[:20]),
        "organisations.id": list(inside.order_by("-id").values_list("pk", flat=True)[:20]),
        "public.id": list(inside.order_by("-id").values_list("pk", flat=True)[:20]),
        "public.number": list(Certificate.objects.values_list("number", flat=True)[:20]),
        "hubs.id": list(Hub.objects.values_list("pk", flat=True)[:20]),
        "items.key": list(kinds.every()),
        "cases.verb": ["review", "report", "record", "send_back", "reject", "accept", "withdraw"],
        "cases.key": ["organisation", "people", "party"],
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
