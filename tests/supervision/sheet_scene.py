"""What officials enter and organisations hand in, in a few words a line, on top of `scene`."""

import datetime as dt
import itertools

from django.utils import timezone

from portal.models import User
from registry.codes import NATION
from registry.models import (
    Candidate,
    Case,
    Jurisdiction,
    LeaderTerm,
    Material,
    Office,
    Organisation,
    Person,
    Population,
    Report,
    Standing,
    StoredFile,
)
from supervision.items import ITEMS
from supervision.models import Entry
from tests.supervision import scene

DAY, YEAR = dt.date(2019, 12, 31), 2019
PROVINCE, PREFECTURE = "220000000000", "220200000000"
OTHER_COUNTY = "220203000000"
URBAN, RURAL = "220202001001", "220202001201"
OWNERS = {0: NATION, 1: PROVINCE, 2: PREFECTURE, 3: scene.COUNTY, 4: scene.STREET, 5: URBAN}
_serial = itertools.count(1)


def enter(item, code, value, year=YEAR, **more):
    return Entry.objects.create(item=item, place_code=code, value=value, year=year, source="台账", **more)


def people(code, number, year=YEAR, kind="resident"):
    where = Jurisdiction.objects.get(code=code)
    return Population.objects.create(place=where, year=year, kind=kind, people=number, source="年鉴")


def desk(code, role="street", starts=scene.FOUNDED, ends=None, **more):
    user = User.objects.create(username=f"desk{next(_serial)}", name="老李")
    where = Jurisdiction.objects.get(code=code)
    return Office.objects.create(user=user, role=role, place=where, starts=starts, ends=ends, **more)


def case(made, kind="annual", state="approved"):
    return Case.objects.create(
        road="filing",
        kind=kind,
        variant="direct",
        place=made.place,
        place_code=made.place_code,
        organisation=made,
        state=state,
        opened_by=User.objects.create(username=f"user{next(_serial)}", name="经办人"),
    )


def report(made, kind, period, filed):
    return Report.objects.create(
        organisation=made,
        place_code=made.place_code,
        kind=kind,
        period=period,
        case=case(made),
        filed_on=filed,
        noted_on=filed,
    )


def charter(made, *, brought=None, state="approved", kind="charter"):
    """A charter handed in with the case, or brought on a day after it was promised."""
    number = next(_serial)
    stored = StoredFile.objects.create(sha256=f"{number:064}", file="a.png", content_type="image/png", size=1)
    found = case(made, "filing", state)
    at = brought and timezone.make_aware(dt.datetime.combine(brought, dt.time(12)))
    return Material.objects.create(case=found, kind=kind, stored=stored, added_by=found.opened_by, brought_at=at)


def leader(made, is_party_member, since=scene.FOUNDED):
    person = Person.objects.create(name="刘桂兰")
    return LeaderTerm.objects.create(
        organisation=made, person=person, name="刘桂兰", starts=since, is_party_member=is_party_member
    )


def members(made, number, party_organisation=""):
    Organisation.objects.filter(pk=made.pk).update(full_party_members=number, party_organisation=party_organisation)
    return made


def candidate(made, listed=scene.FOUNDED, closed=None):
    stage = "removed" if closed else "listed"
    return Candidate.objects.create(
        organisation=made, place_code=made.place_code, stage=stage, listed_on=listed, closed_on=closed
    )


def convert(made, on):
    """Filed until the day, registered from then on."""
    made.standings.update(ends=on)
    return Standing.objects.create(
        organisation=made,
        kind="registered",
        starts=on,
        place_code=made.place_code,
        scope=made.scope,
        legal_form="association",
    )


def nation():
    return Jurisdiction.objects.create(code=NATION, name="全国", level=0, kind="nation")


def everything():
    """Something to count for every indicator, on top of S05: each item entered by one place that owns it."""
    nation()
    for item in ITEMS:
        for level in item.levels:
            enter(item.key, OWNERS[level], 1)
    scene.place(OTHER_COUNTY, "船营区")
    enter("accelerated", OTHER_COUNTY, 0)
    enter("charity_bases", OTHER_COUNTY, 1)
    people(scene.COUNTY, 1000)
    town = Jurisdiction.objects.filter(code=scene.STREET)
    town.update(kind="town")
    desk(scene.STREET)
    scene.hub(scene.STREET, "registered", "federation", staff=2, demonstration_since=scene.FOUNDED)
    scene.hub(URBAN, "registered", "federation")
    scene.organisation(URBAN, "listed")
    of_registered = scene.organisation(URBAN, "registered")
    filed = scene.organisation(URBAN)
    for made in (of_registered, filed):
        report(made, "annual", "2018", dt.date(2019, 3, 1))
        report(made, "periodic", "2019H1", dt.date(2019, 7, 1))
    report(of_registered, "duty", "2018", dt.date(2019, 3, 1))
    scene.covered(members(filed, 3), "own")
    leader(filed, True)
    candidate(filed)
    convert(scene.organisation(URBAN), dt.date(2019, 3, 1))
