"""The lists of the desks cost the same number of queries at ten rows and at two hundred: reports, absences, debts."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from registry.models import Absence, Case, Material, Office
from registry.scope import Role
from tests import builders
from tests.test_queries import FEW, MANY, cost, organisations

DAY = dt.timedelta(days=1)


def test_who_has_reported_and_who_has_not(client, cast, places, packs):
    client.force_login(cast.li)
    organisations(places, FEW)
    few = cost(client, reverse("registry:reports"))
    organisations(places, MANY - FEW)
    assert f"共 {MANY} 条" in client.get(reverse("registry:reports")).content.decode()
    assert cost(client, reverse("registry:reports")) == few


def test_who_is_away(client, cast, places, packs):
    client.force_login(cast.li)
    today = timezone.localdate()

    def away(many):
        people = [builders.person(f"同事{n}", Role.COMMUNITY, places.garden) for n in range(many)]
        days = {"starts": today + DAY, "ends": today + 2 * DAY, "reason": "年假", "by": cast.li}
        Absence.objects.bulk_create([Absence(user=one, deputy=cast.wang, **days) for one in people])

    away(FEW)
    few = cost(client, reverse("registry:absences"))
    away(MANY - FEW)
    assert Office.objects.count() > MANY
    assert cost(client, reverse("registry:absences")) == few


def test_what_was_promised(client, cast, places, packs):
    client.force_login(cast.wang)
    today = timezone.localdate()

    def promised(many):
        said = {"road": "filing", "variant": "delegated", "state": "submitted", "submitted_at": timezone.now()}
        where = {"place": places.garden, "place_code": places.garden.code, "opened_by": cast.auntie}
        made = Case.objects.bulk_create([Case(name=f"办件{n}", **said, **where) for n in range(many)])
        line = {"kind": "premises", "promised_by": today - DAY, "added_by": cast.auntie}
        Material.objects.bulk_create([Material(case=case, **line) for case in made])

    promised(FEW)
    few = cost(client, reverse("registry:debts"))
    promised(MANY - FEW)
    page = client.get(reverse("registry:debts")).content.decode()
    assert page.count("承诺") > FEW
    assert cost(client, reverse("registry:debts")) == few
