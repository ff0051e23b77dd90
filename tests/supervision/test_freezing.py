"""Statistics are frozen once: by the night for everybody, by hand with a reason where something differs."""

import datetime as dt

import pytest

from portal.errors import NotAllowed, Refusal
from portal.models import AuditEvent, RunRecord
from registry import policies
from registry.models import Jurisdiction, Organisation
from registry.scope import Role
from supervision import freezing
from supervision.models import Statistic
from supervision.statistics.content import digest
from supervision.statistics.forms import FORMS, TARGETS
from tests.supervision import scene

TODAY = dt.date(2020, 1, 1)
TABLES = sorted([*(form.key for form in FORMS), TARGETS])
HOME = "220202001001"


@pytest.fixture
def officer(jilin):
    return scene.person(Role.DISTRICT, scene.COUNTY, "张科")


def county():
    return Jurisdiction.objects.get(code=scene.COUNTY)


def freeze(by, key="2019", place=None, **more):
    return freezing.freeze(place or county(), key, by=by, **({"on": TODAY} | more))


def test_every_table_is_frozen_with_a_digest_that_fits_and_a_line_in_the_trail(officer):
    done = freeze(officer)
    assert sorted(row.table for row in done.made) == TABLES and done.same == []
    for row in Statistic.objects.all():
        assert row.digest == digest(row.content) and (row.cause, row.by) == ("", officer)
        assert (row.period, row.on, row.place_code) == ("2019", dt.date(2019, 12, 31), scene.COUNTY)
    line = AuditEvent.objects.get(verb="statistics.freeze")
    assert (line.by, line.place_code) == (officer, scene.COUNTY) and "2019年度" in line.summary


def test_a_second_click_makes_nothing(officer):
    freeze(officer)
    done = freeze(officer)
    assert done.made == [] and sorted(done.same) == TABLES
    assert Statistic.objects.count() == len(TABLES)


def test_what_differs_later_is_a_newer_row_with_its_reason_and_the_former_stays(officer):
    freeze(officer)
    scene.organisation(HOME, since=dt.date(2019, 12, 1))
    with pytest.raises(Refusal, match="重新定稿要写明原因") as refusal:
        freeze(officer, cause="  补 ")
    assert refusal.value.field == "cause" and Statistic.objects.count() == len(TABLES)
    done = freeze(officer, cause="补录一家去年12月备案的组织")
    assert "categories" in [row.table for row in done.made] and "hubs" not in done.same
    former, newer = Statistic.objects.filter(table="basics").order_by("id")
    assert former.cause == "" and newer.cause == "补录一家去年12月备案的组织"
    assert former.digest == digest(former.content) != newer.digest
    with pytest.raises(TypeError):
        former.save()


@pytest.mark.parametrize("key", ["2020", "2020Q1", "2019X", "", "2019H3", "9999"])
def test_only_a_period_that_is_over_is_frozen(officer, key):
    with pytest.raises(Refusal):
        freeze(officer, key)
    assert not Statistic.objects.exists()


def test_on_its_last_day_a_period_still_runs(officer):
    with pytest.raises(Refusal, match="2019年度还没有结束"):
        freeze(officer, on=dt.date(2019, 12, 31))


@pytest.mark.parametrize("role", [Role.STREET, Role.LEADER, Role.APPROVER, Role.COMMUNITY])
def test_only_a_district_officer_freezes(jilin, role):
    with pytest.raises(NotAllowed):
        freeze(scene.person(role, scene.COUNTY))


def test_the_officer_freezes_a_street_of_the_county_too(officer):
    done = freeze(officer, place=Jurisdiction.objects.get(code=scene.STREET))
    assert {row.place_code for row in done.made} == {scene.STREET} and len(done.made) == len(TABLES)


def test_the_night_freezes_the_last_quarter_and_year_of_counties_and_above_once(jilin):
    assert freezing.freeze_due(TODAY) == {"2019Q4": 3 * len(TABLES), "2019": 3 * len(TABLES)}
    places = set(Statistic.objects.values_list("place_code", flat=True))
    assert places == {"220000000000", "220200000000", scene.COUNTY}
    assert freezing.freeze_due(TODAY + dt.timedelta(days=1)) == {"2019Q4": 0, "2019": 0}
    assert RunRecord.objects.filter(name__startswith="statistics").exclude(finished_at=None).count() == 2
    assert freezing.freeze_due(dt.date(2020, 4, 1))["2020Q1"] == 3 * len(TABLES)


def test_a_night_that_broke_off_goes_on_and_leaves_what_people_froze(officer):
    freeze(officer)
    scene.organisation(HOME, since=dt.date(2019, 12, 1))
    assert freezing.freeze_due(TODAY)["2019"] == 2 * len(TABLES)  # the county keeps what the officer froze
    assert Statistic.objects.filter(place_code=scene.COUNTY, period="2019").count() == len(TABLES)
    RunRecord.objects.update(finished_at=None)
    assert freezing.freeze_due(TODAY) == {"2019Q4": 0, "2019": 0}


def test_a_county_without_any_organisation_is_left_out(db):
    policies.load()
    scene.jilin()
    assert freezing.freeze_due(TODAY) == {"2019Q4": 0, "2019": 0}


def test_what_is_frozen_says_what_places_were_called_then(officer):
    street = Jurisdiction.objects.get(code=scene.STREET)
    street.changes.create(field="name", on=dt.date(2019, 6, 1), before="老街街道", after="东街街道", source="批复")
    told = freeze(officer, "2018", place=street).made[0].content["name"]
    assert told == "吉林省吉林市昌邑区老街街道"
    assert freeze(officer, "2019", place=street).made[0].content["name"] == "吉林省吉林市昌邑区东街街道"


def test_no_name_of_an_organisation_or_a_person_is_frozen(officer):
    Organisation.objects.update(name="阳光舞蹈队")
    said = "".join(str(row.content) for row in freeze(officer).made)
    assert "阳光舞蹈队" not in said and "张科" not in said
