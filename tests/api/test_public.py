"""The register as anybody reads it: without a key, without a person, cached, limited by address."""

import datetime as dt
from urllib.parse import quote

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registry import register
from registry.models import Case, Certificate, Organisation
from tests import builders

ROOT = "/api/v1/public"
CANARY = "金丝雀"
PHONE, IDENTITY = "13877771234", builders.identity_number(7)


@pytest.fixture
def filed(cast, places, packs, delegation):
    """An organisation that went the whole road, with a certificate."""
    return builders.walk(builders.draft(cast.wang, places.garden), cast).organisation


def results(told) -> list[str]:
    assert told.status_code == 200, told.content.decode()
    return [one["name"] for one in told.json()["results"]]


def test_anybody_finds_what_is_registered_or_filed_and_nothing_else(client, places):
    builders.organisation(places.garden, name="阳光舞蹈队")
    builders.organisation(places.heping, name="和平老年协会", kind="registered")
    builders.organisation(places.garden, name="棋牌小组", kind="listed")
    gone = builders.organisation(places.garden, name="晨光舞蹈队")
    register.end(gone, by=None, on=dt.date(2024, 1, 1), reason="解散")
    assert results(client.get(f"{ROOT}/organisations")) == ["和平老年协会", "阳光舞蹈队"]
    assert results(client.get(f"{ROOT}/organisations?name=舞蹈")) == ["阳光舞蹈队"]
    assert results(client.get(f"{ROOT}/organisations?place={places.heping.code}")) == ["和平老年协会"]


def test_a_number_finds_its_organisation_however_it_is_typed(client, filed):
    paper = filed.certificates.get().number
    for number in (paper, paper.replace("〔", "[").replace("〕", "]"), filed.filing_number):
        assert results(client.get(f"{ROOT}/organisations?number={quote(number)}")) == [filed.name]


@pytest.mark.parametrize("asked", ["name=舞", "name=---", "name=舞%00蹈", "place=1", "leader=刘", "page_size=1000"])
def test_too_little_or_too_much_asked_is_refused(client, places, asked):
    told = client.get(f"{ROOT}/organisations?{asked}")
    assert told.status_code == 400 and told.json()["invalid_params"][0]["name"] == "/" + asked.partition("=")[0]


def test_one_organisation_is_told_in_words(client, filed):
    told = client.get(f"{ROOT}/organisations/{filed.pk}").json()
    assert told["standing"] == "已备案" and told["certificate"] == filed.certificates.get().number
    assert told["since"] == timezone.localdate().isoformat() and told["place"] == filed.place_code


def test_who_left_is_told_as_such_and_a_mere_group_is_nobody(client, places):
    gone = builders.organisation(places.garden)
    register.end(gone, by=None, on=dt.date(2024, 1, 1), reason="解散")
    told = client.get(f"{ROOT}/organisations/{gone.pk}").json()
    assert (told["standing"], told["since"], told["certificate"]) == ("已注销", "2024-01-01", None)
    group = builders.organisation(places.garden, kind="listed")
    none = client.get(f"{ROOT}/organisations/999999")
    assert client.get(f"{ROOT}/organisations/{group.pk}").json() == none.json() and none.status_code == 404


def worth(client, number: str):
    return client.get(f"{ROOT}/certificates/{quote(number)}")


def test_a_certificate_is_valid_until_it_is_replaced_and_then_until_it_ends(client, filed, cast):
    old = filed.certificates.get().number
    assert worth(client, old).json()["status"] == "valid"
    register.amend(filed, {"name": "晨光舞蹈队"}, by=None, on=timezone.localdate(), case=later(filed, cast))
    new = filed.certificates.get(cancelled_on=None).number
    told = worth(client, old).json()
    assert (told["status"], told["replaced_by"], told["name"]) == ("replaced", new, "阳光舞蹈队")
    register.end(Organisation.objects.get(pk=filed.pk), by=None, on=timezone.localdate(), reason="解散")
    assert worth(client, new).json()["status"] == worth(client, old).json()["status"] == "ended"


def later(organisation, cast) -> Case:
    """A case on whose paper the next certificate is issued."""
    return Case.objects.create(
        road="filing", kind="change", matter="变更", place=organisation.place, opened_by=cast.wang, number="收-变更"
    )


def test_a_paper_whose_filing_ran_out_says_so(client, filed):
    Organisation.objects.filter(pk=filed.pk).update(valid_until=timezone.localdate() - dt.timedelta(days=1))
    assert worth(client, filed.certificates.get().number).json()["status"] == "expired"
    Organisation.objects.filter(pk=filed.pk).update(valid_until=timezone.localdate())
    assert worth(client, filed.certificates.get().number).json()["status"] == "valid"


def test_an_unknown_number_is_the_same_404_whatever_it_is(client, filed):
    told = [worth(client, number) for number in ("备120103001〔2026〕99999号", "x", "' OR 1=1 --", "\x00")]
    assert {one.status_code for one in told} == {404} and len({one.content for one in told}) == 1


def test_answers_may_be_kept_a_minute_and_are_not_sent_twice(client, filed):
    for path in (
        "organisations",
        f"organisations/{filed.pk}",
        f"certificates/{quote(filed.certificates.get().number)}",
    ):
        told = client.get(f"{ROOT}/{path}")
        assert told["Cache-Control"] == "public, max-age=60" and told["ETag"]
        again = client.get(f"{ROOT}/{path}", headers={"If-None-Match": told["ETag"]})
        assert again.status_code == 304 and again["Cache-Control"] == "public, max-age=60" and not again.content
    assert "no-store" in client.get(f"{ROOT}/organisations/999999")["Cache-Control"]


def test_who_asks_too_often_is_told_to_wait(client, filed, settings):
    settings.API_PUBLIC_PER_MINUTE = 3
    with time_machine.travel(dt.datetime(2026, 3, 2, 9, 0, 20, tzinfo=dt.UTC), tick=False):
        told = [client.get(f"{ROOT}/organisations") for _ in range(4)]
        elsewhere = client.get(f"{ROOT}/organisations", REMOTE_ADDR="192.0.2.7")
    assert [one.status_code for one in told] == [200, 200, 200, 429] and elsewhere.status_code == 200
    assert told[-1]["Retry-After"] == "40" and told[-1].json()["code"] == "too_many"


def test_no_personal_datum_ever_leaves(client, cast, places, packs, delegation):
    """The canary sits in every text of an organisation, its people, its papers and its ending."""
    case = builders.draft(cast.wang, places.garden)
    case.answers["people"]["leader_name"] = CANARY
    case.sealed = {"leader_id_number": IDENTITY, "leader_phone": PHONE}
    case.save()
    found = builders.walk(case, cast).organisation
    Organisation.objects.filter(pk=found.pk).update(
        address=f"{CANARY}家", activities=f"{CANARY}教舞", managing_body=f"{CANARY}处"
    )
    paper = found.certificates.get()
    assert paper.details["leader"] == CANARY
    addresses = [
        "organisations",
        f"organisations?name={quote('舞蹈')}",
        f"organisations/{found.pk}",
        f"certificates/{quote(paper.number)}",
    ]
    seen = [client.get(f"{ROOT}/{each}") for each in addresses]
    register.end(Organisation.objects.get(pk=found.pk), by=None, on=timezone.localdate(), reason=f"{CANARY}去世")
    seen += [client.get(f"{ROOT}/{each}") for each in addresses]
    assert [one.status_code for one in seen] == [200] * 8
    for one in seen:
        told = one.content.decode() + str(one.headers)
        assert not [each for each in (CANARY, PHONE, PHONE[-6:], IDENTITY, IDENTITY[-8:]) if each in told]


def test_searching_for_a_person_finds_nothing(client, places):
    builders.organisation(places.garden, leader_name=CANARY, leader_phone=PHONE, address=f"{CANARY}家")
    assert results(client.get(f"{ROOT}/organisations?name={quote(CANARY)}")) == []
    assert results(client.get(f"{ROOT}/organisations?number={PHONE}")) == []


def test_the_list_asks_the_database_as_often_for_two_as_for_forty(client, places):
    def many() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"{ROOT}/organisations").status_code == 200
        return len(asked)

    for _ in range(2):
        builders.organisation(places.garden)
    before = many()
    for _ in range(38):
        builders.organisation(places.village)
    assert many() == before <= 4


def test_a_certificate_of_another_organisation_is_never_told_along(client, filed, places):
    other = builders.organisation(places.garden)
    assert client.get(f"{ROOT}/organisations/{other.pk}").json()["certificate"] is None
    assert Certificate.objects.count() == 1
