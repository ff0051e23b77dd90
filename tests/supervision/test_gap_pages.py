"""Data gaps in the browser: every number leads to exactly that many organisations or places."""

import re

import pytest

from registry.models import Jurisdiction
from registry.scope import Role
from supervision.models import Entry
from tests.supervision import scene

YEAR = 2020
LINK = re.compile(r'href="([^"]+/gaps/[^"]+)"[^>]*>(\d+)</a>')
CODES = ["220000000000", "220200000000", scene.COUNTY, scene.STREET, "220202001001"]


@pytest.fixture
def jilin(jilin):
    """Its two streets are towns here: a town is asked for its brands."""
    Jurisdiction.objects.streets().update(kind="town")


def page_of(code):
    return f"/boards/{code}/gaps/?year={YEAR}"


@pytest.fixture
def leader(client, jilin):
    client.force_login(scene.person(Role.LEADER, "220000000000"))
    return client


def give(code, *items):
    for item in items:
        Entry.objects.create(place_code=code, item=item, year=YEAR, value=1, source="台账")


@pytest.mark.parametrize("code", CODES)
def test_every_number_leads_to_that_many_rows(leader, code):
    give(scene.STREET, "brands", "budget_lines")
    give("220202001001", "features")
    found = set(LINK.findall(leader.get(page_of(code)).content.decode()))
    assert len(found) >= 10
    for address, number in found:
        listed = leader.get(address.replace("&amp;", "&")).content.decode()
        assert re.search(r"共 <strong>(\d+)</strong>", listed)[1] == number, address


def test_a_list_of_places_names_what_each_has_not_given_and_leads_to_its_sheet(leader):
    give(scene.STREET, "brands")
    listed = leader.get(f"/boards/{scene.COUNTY}/gaps/sheets/?year={YEAR}").content.decode()
    first = re.search(rf'href="/boards/{scene.STREET}/sheet/\?year=2020">东街街道</a>(.*?)</tr>', listed)[1]
    assert "年度预算中的扶持资金" in first and "社区社会组织品牌" not in first


def test_a_list_of_organisations_leads_to_each_of_them(leader):
    listed = leader.get(f"/boards/{scene.STREET}/gaps/category/").content.decode()
    assert len(re.findall(r'href="/organisations/\d+/"', listed)) == 31


def test_the_nation_steps_down_to_its_provinces(client, jilin):
    Jurisdiction.objects.create(code="0" * 12, name="全国", level=0, kind="nation")
    client.force_login(scene.person(Role.LEADER, "0" * 12))
    page = client.get(page_of("0" * 12)).content.decode()
    assert 'href="/boards/220000000000/gaps/?year=2020"' in page
    for address, number in set(LINK.findall(page)):
        assert f"共 <strong>{number}</strong>" in client.get(address.replace("&amp;", "&")).content.decode(), address


@pytest.mark.parametrize("what", ["nothing", "volunteer", "a" * 80])
def test_an_unknown_list_is_not_found(leader, what):
    assert leader.get(f"/boards/{scene.STREET}/gaps/{what}/").status_code == 404


def test_a_page_key_somebody_made_up_shows_the_first_page(leader):
    assert leader.get(f"/boards/{scene.STREET}/gaps/category/", {"after": "x"}).status_code == 200


@pytest.mark.parametrize("year", ["2009", "2999", "去年"])
def test_a_year_that_cannot_be_comes_back_with_its_reason(leader, year):
    page = leader.get(f"/boards/{scene.STREET}/gaps/", {"year": year})
    assert (page.status_code, "年份应在 2010 年到今年之间" in page.content.decode()) == (400, True)
    assert leader.get(f"/boards/{scene.STREET}/gaps/category/", {"year": year}).status_code == 404


@pytest.mark.parametrize(("role", "place"), [(Role.LEADER, scene.NEXT_STREET), (Role.APPLICANT, scene.STREET)])
def test_for_a_stranger_there_are_no_gaps(client, jilin, role, place):
    client.force_login(scene.person(role, place))
    assert client.get(page_of(scene.STREET)).status_code == 404
    assert client.get(f"/boards/{scene.STREET}/gaps/category/").status_code == 404


def test_the_page_asks_no_more_for_more_places_and_organisations(leader, django_assert_max_num_queries):
    leader.get(page_of(scene.COUNTY))
    for number in range(10, 60):
        scene.place(f"220202{number:03d}000", f"街道{number}")
        scene.organisation(f"220202{number:03d}000", scope="street")
        give(f"220202{number:03d}000", "brands")
    with django_assert_max_num_queries(25):
        leader.get(page_of(scene.COUNTY))


def test_the_lists_ask_no_more_for_more_rows(leader, django_assert_max_num_queries):
    for number in range(10, 60):
        scene.place(f"220202{number:03d}000", f"街道{number}")
        scene.organisation(f"220202{number:03d}000", scope="street")
    for what in ("category", "sheets"):
        leader.get(f"/boards/{scene.COUNTY}/gaps/{what}/")
        with django_assert_max_num_queries(16):
            leader.get(f"/boards/{scene.COUNTY}/gaps/{what}/?year={YEAR}")
