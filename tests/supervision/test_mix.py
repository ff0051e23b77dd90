"""The mix of a place: every table adds up, and a filing that turns into a registration is counted once."""

import datetime as dt

import pytest
from django.utils import timezone

from registry.models import Candidate, Jurisdiction, Organisation, Service, Standing
from registry.scope import Role
from supervision import boards
from tests.supervision import scene

GARDEN, NEXT, DAY = "220202001001", "220202002001", dt.date(2021, 6, 30)
PAGE = f"/boards/{scene.STREET}/mix/"


def mix(code=scene.STREET, on=DAY):
    return boards.mix(Jurisdiction.objects.get(code=code), on)


def follow(made, kind, on, *, code=GARDEN):
    """A new standing takes the place of the open one."""
    made.standings.filter(ends=None).update(ends=on)
    Standing.objects.create(
        organisation=made, kind=kind, starts=on, place_code=code, scope="community", legal_form="association"
    )


def serve(made, category, *groups):
    Organisation.objects.filter(pk=made.pk).update(category=category)
    Service.objects.bulk_create([Service(organisation=made, group=group) for group in groups])


@pytest.fixture
def leader(client, jilin):
    client.force_login(scene.person(Role.LEADER, scene.COUNTY))
    return client


def test_every_table_adds_up_to_the_same_organisations(jilin):
    found = mix(scene.COUNTY)
    whole = {kind: found.total(kind) for kind in ("registered", "filed", "listed")}
    assert whole == {"registered": 1, "filed": 30, "listed": 0}
    for table in (found.categories, found.territories):
        assert {kind: sum(n for (_, one), n in table.items() if one == kind) for kind in whole} == whole
    assert {code for code, _ in found.territories} == {scene.STREET}


def test_what_stands_at_the_street_itself_is_its_own_row(jilin):
    assert mix().territories[scene.STREET, "filed"] == 3


def test_groups_are_counted_by_category_and_by_place_as_of_the_day(jilin):
    first, second = scene.organisation(GARDEN), scene.organisation(GARDEN, since=dt.date(2022, 1, 1))
    serve(first, "elderly_care", "elderly", "correction")
    serve(second, "elderly_care", "elderly")
    found = mix()
    assert found.groups == {("elderly_care", "elderly"): 1, ("elderly_care", "correction"): 1}
    assert found.served == {(GARDEN, "elderly"): 1, (GARDEN, "correction"): 1}
    assert (found.stated, mix(on=dt.date(2022, 1, 1)).stated) == (1, 2)


def test_a_conversion_is_neither_a_new_registration_nor_an_end(db):
    scene.jilin()
    turned, moved, ended, direct = (scene.organisation(GARDEN) for _ in range(4))
    follow(turned, "registered", dt.date(2020, 5, 1))
    follow(moved, "filed", dt.date(2020, 6, 1), code=NEXT)
    ended.standings.update(ends=dt.date(2020, 7, 1))
    direct.standings.update(kind="registered", starts=dt.date(2020, 8, 1))
    years = {one.year: one[1:] for one in mix(scene.COUNTY).years}
    assert years == {2018: (0, 3, 0, 0, 0), 2019: (3, 0, 0, 0, 0), 2020: (3, 0, 1, 1, 1)}
    assert {one.year: one.before for one in mix(on=dt.date(2021, 1, 1)).years}[2020] == 3
    assert mix(scene.COUNTY, dt.date(2020, 4, 30)).years[-1].converted == 0


def test_the_ledger_as_of_the_day(jilin):
    def candidate(**days):
        Candidate.objects.create(organisation=scene.organisation(GARDEN), place_code=GARDEN, **days)

    day, later = dt.date(2021, 1, 1), dt.date(2021, 9, 1)
    candidate(suggested_on=day)
    candidate(suggested_on=day, listed_on=day, stage="listed")
    candidate(suggested_on=day, listed_on=day, closed_on=day, stage="registered")
    candidate(suggested_on=day, listed_on=day, closed_on=later, stage="removed")
    assert mix().candidates == {"suggested": 1, "listed": 2, "registered": 1, "removed": 0}
    assert mix(on=later).candidates == {"suggested": 1, "listed": 1, "registered": 1, "removed": 1}


def test_numbers_of_today_lead_to_the_list_of_organisations_and_others_to_none(leader):
    today = leader.get(PAGE, {"on": timezone.localdate().isoformat()}).content.decode()
    assert f'href="/organisations/?place={scene.STREET}&amp;standing=filed"' in today
    listed = leader.get(f"/organisations/?place={scene.STREET}&standing=registered").content.decode()
    assert listed.count('<th scope="row">') == 1
    assert "/organisations/?" not in leader.get(PAGE, {"on": "2021-06-30"}).content.decode()


def test_the_page_shows_groups_as_bare_numbers_and_says_so(leader):
    assert "还没有组织填写服务人群" in leader.get(PAGE).content.decode()
    serve(scene.organisation(GARDEN), "elderly_care", "correction")
    page = leader.get(PAGE).content.decode()
    assert "社区矫正人员" in page and "只有合计，没有名单" in page
