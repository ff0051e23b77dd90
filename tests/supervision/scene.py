"""Places and organisations of one Jilin county in a few words a line, for the tests of counting."""

import datetime as dt

from django.utils import timezone

from portal.models import User
from registry import codes
from registry.models import Hub, HubStaff, Jurisdiction, Office, Organisation, PartyCoverage, Standing
from registry.touches import touch

FOUNDED = dt.date(2018, 1, 1)
COUNTY, STREET, NEXT_STREET = "220202000000", "220202001000", "220202002000"
KINDS = {1: "province", 2: "prefecture", 3: "county", 4: "street"}


def place(code, name, area_class="", **dates):
    """A place at the level of its code; a community is urban or rural."""
    level = codes.level(code)
    kind = KINDS.get(level) or ("village" if area_class == "rural" else "community")
    parent = Jurisdiction.objects.filter(code__in=codes.lineage(code)[1:2]).first()
    return Jurisdiction.objects.create(
        code=code, name=name, level=level, kind=kind, parent=parent, area_class=area_class, **dates
    )


def organisation(code, kind="filed", *, since=FOUNDED, ends=None, scope="community", form="none", name=""):
    """An organisation at home at a place, with the one standing it has ever had."""
    home = Jurisdiction.objects.get(code=code)
    number = Organisation.objects.count() + 1
    made = Organisation.objects.create(
        name=name or f"组织{number}",
        folded_name=name or f"组织{number}",
        place=home,
        place_code=code,
        scope=scope,
        legal_form=form,
        standing="" if ends else kind,
    )
    Standing.objects.create(
        organisation=made, kind=kind, starts=since, ends=ends, place_code=code, scope=scope, legal_form=form
    )
    touch(code, since, ends)
    return made


def hub(code, kind="filed", hub_type="service_centre", *, since=FOUNDED, staff=0, **more):
    """A hub that serves a place, with so many full-time social workers."""
    scope = "street" if codes.level(code) == 4 else "community"
    made = organisation(code, kind, since=since, scope=scope)
    found = Hub.objects.create(
        organisation=made, hub_type=hub_type, serves=made.place, serves_code=code, starts=since, **more
    )
    for number in range(staff):
        HubStaff.objects.create(hub=found, name=f"社工{number}", starts=since)
    return found


def covered(made, kind="fallback", *, since=FOUNDED, ends=None):
    touch(made.place_code, since, ends)
    return PartyCoverage.objects.create(organisation=made, kind=kind, starts=since, ends=ends)


def person(role, code, name="赵局"):
    user = User.objects.create(username=f"{role}{code}", name=name)
    place_held = Jurisdiction.objects.get(code=code)
    Office.objects.create(user=user, role=role, place=place_held, starts=timezone.localdate() - dt.timedelta(days=9))
    return user


def jilin():
    """吉林 › 吉林市 › 昌邑区 › 东街 with four urban and three rural communities, and 西街 with one urban one."""
    for code, name in [("22", "吉林省"), ("2202", "吉林市"), ("220202", "昌邑区")]:
        place(code.ljust(12, "0"), name)
    place(STREET, "东街街道")
    place(NEXT_STREET, "西街街道")
    for number in range(1, 5):
        place(f"220202001{number:03d}", f"城市社区{number}", "urban")
    for number in range(1, 4):
        place(f"220202001{number + 200:03d}", f"乡村{number}", "rural")
    place("220202002001", "西街社区", "urban")


def s05():
    """The street of requirements S05, on top of `jilin`."""
    for number, many in enumerate([7, 5, 4, 3], start=1):
        for _ in range(many):
            organisation(f"220202001{number:03d}")
    for number, many in enumerate([4, 3, 2], start=201):
        for _ in range(many - (number == 201)):
            organisation(f"220202001{number:03d}")
    organisation("220202001201", "registered", form="social_service_org")
    for _ in range(2):
        organisation(STREET, scope="street")
    hub(STREET)
