"""The invented register: a few organisations in every community, a hub in most streets, since 2016."""

import datetime as dt
import random
from dataclasses import dataclass, field

from django.db import transaction

from filings.demo.names import invent
from filings.models import Delegation
from registry import codes, register, uscc
from registry.models import (
    Hub,
    HubStaff,
    Jurisdiction,
    LeaderTerm,
    Organisation,
    PartyCoverage,
    Person,
    Standing,
    StandingKind,
    Touch,
)
from registry.names.folding import fold

LEVEL = Jurisdiction.Level
BATCH = 500


@dataclass
class Pile:
    """Rows waiting to be written together."""

    organisations: list[Organisation] = field(default_factory=list)
    since: list[dt.date] = field(default_factory=list)
    hubs: list[bool] = field(default_factory=list)


@transaction.atomic
def fill(county: str, serial: int) -> int:
    """Write the invented register of a county; returns how many organisations. `serial` starts its credit codes."""
    pile = Pile()
    places = Jurisdiction.objects.within(county).filter(level__gte=LEVEL.STREET, ends=None).order_by("code")
    for place in places:
        dice = random.Random(place.code)
        if place.level == LEVEL.COMMUNITY:
            for _ in range(dice.choice((1, 2, 2, 3, 3, 4, 5, 6))):
                _add(pile, _organisation(place, dice, serial + len(pile.organisations)), dice)
        elif dice.random() < 0.8:
            _add(pile, _hub(place, dice, serial + len(pile.organisations)), dice, hub=True)
    _write(pile)
    _entrust(county)
    return len(pile.organisations)


def _add(pile: Pile, made: Organisation, dice: random.Random, *, hub: bool = False) -> None:
    pile.organisations.append(made)
    pile.since.append(dt.date(2016, 1, 1) + dt.timedelta(days=dice.randrange(3800)))
    pile.hubs.append(hub)


def _organisation(place: Jurisdiction, dice: random.Random, serial: int) -> Organisation:
    made = invent(dice, place.name.removesuffix("居委会").removesuffix("村委会"), rural=place.area_class == "rural")
    registered = dice.random() < 0.12
    form = dice.choice(("association", "social_service_org")) if registered else "none"
    found = _plain(place, made.name, dice)
    found.category, found.activities, found.legal_form = made.category, made.activities, form
    found.standing = StandingKind.REGISTERED if registered else StandingKind.FILED
    found.capital = dice.choice((3000, 10000, 30000, 50000)) if registered else dice.choice((0, 500, 1500, 2000, 3000))
    found.individual_members = dice.choice((50, 60, 80)) if registered else dice.randint(8, 55)
    _number(found, serial)
    found.leader_said = made.leader
    return found


def _hub(street: Jurisdiction, dice: random.Random, serial: int) -> Organisation:
    federation = dice.random() < 0.7
    found = _plain(street, f"{street}社区社会组织{'联合会' if federation else '服务中心'}", dice)
    registered = dice.random() < 0.75
    found.scope, found.category = "street", "community_service"
    found.activities = "孵化培育社区社会组织，提供政策咨询、培训交流和公益创投服务"
    form = ("association" if federation else "social_service_org") if registered else "none"
    found.legal_form = form
    found.standing = StandingKind.REGISTERED if registered else StandingKind.FILED
    found.capital, found.individual_members, found.unit_members = 30000, dice.choice((30, 40, 50)), dice.randint(5, 30)
    _number(found, serial)
    found.leader_said = "周明"
    return found


def _plain(place: Jurisdiction, name: str, dice: random.Random) -> Organisation:
    full = dice.choice((0, 1, 2, 3, 4, 5))
    return Organisation(
        name=name,
        folded_name=fold(name),
        pinyin=register.initials(name),
        place=place,
        place_code=place.code,
        premises=dice.choice(("own", "shared", "shared", "none")),
        address=f"{place}活动室",
        post_reachable=dice.random() < 0.9,
        larger_scale=dice.random() < 0.5,
        operates_normally=True,
        full_party_members=full,
        probationary_party_members=dice.choice((0, 0, 1)),
        party_organisation="own" if full >= 3 and dice.random() < 0.7 else dice.choice(("joint", "fallback", "")),
        managing_body=f"{place.parent}",
    )


def _number(found: Organisation, serial: int) -> None:
    if found.standing == StandingKind.REGISTERED:
        found.credit_code = uscc.make(serial, legal_form=found.legal_form, division_code=found.place_code[:6])
    else:
        found.filing_number = f"备{codes.prefix(found.place_code)[:9]}〔2025〕{serial:05d}号"


def _write(pile: Pile) -> None:
    Organisation.objects.bulk_create(pile.organisations, batch_size=BATCH)
    rows = list(zip(pile.organisations, pile.since, pile.hubs, strict=True))
    Standing.objects.bulk_create(
        [
            Standing(
                organisation=o,
                kind=o.standing,
                starts=day,
                place_code=o.place_code,
                scope=o.scope,
                legal_form=o.legal_form,
            )
            for o, day, _ in rows
        ],
        batch_size=BATCH,
    )
    people = Person.objects.bulk_create(
        [Person(name=o.leader_said) for o, _, _ in rows],
        batch_size=BATCH,
    )
    LeaderTerm.objects.bulk_create(
        [
            LeaderTerm(
                organisation=o, person=p, starts=day, is_party_member=o.full_party_members > 0, serving_cadre=False
            )
            for (o, day, _), p in zip(rows, people, strict=True)
        ],
        batch_size=BATCH,
    )
    PartyCoverage.objects.bulk_create(
        [
            PartyCoverage(organisation=o, kind=o.party_organisation, starts=day)
            for o, day, _ in rows
            if o.party_organisation
        ],
        batch_size=BATCH,
    )
    _write_hubs([(o, day) for o, day, hub in rows if hub])
    _tell([(o.place_code, day) for o, day, _ in rows])


def _tell(began: list[tuple[str, dt.date]]) -> None:
    """The counts are told of every day, or days between two kept ones would show the numbers of the first."""
    Touch.objects.bulk_create([Touch(place_code=code, on=day) for code, day in sorted(set(began))], batch_size=BATCH)


def _write_hubs(rows: list[tuple[Organisation, dt.date]]) -> None:
    hubs = Hub.objects.bulk_create(
        [
            Hub(
                organisation=o,
                hub_type="federation" if o.name.endswith("联合会") else "service_centre",
                serves=o.place,
                serves_code=o.place_code,
                starts=day,
                is_support=True,
                demonstration_since=dt.date(2019, 6, 1) if o.pk % 9 == 0 and day < dt.date(2019, 6, 1) else None,
            )
            for o, day in rows
        ]
    )
    HubStaff.objects.bulk_create(
        [
            HubStaff(hub=hub, name=f"社工{n + 1}", starts=hub.starts)
            for hub in hubs
            for n in range(random.Random(hub.serves_code).choice((1, 2, 2, 3)))
        ]
    )


def _entrust(county: str) -> None:
    """Every committee is entrusted by its street since 2020, but the last of each street, to show the other case."""
    communities = Jurisdiction.objects.within(county).communities().select_related("parent").order_by("code")
    last = {place.parent_id: place.pk for place in communities}
    Delegation.objects.bulk_create(
        [
            Delegation(
                street=place.parent,
                community=place,
                starts=dt.date(2020, 1, 1),
                document="街道办事处社区社会组织备案工作委托书",
            )
            for place in communities
            if last[place.parent_id] != place.pk
        ],
        batch_size=BATCH,
    )
