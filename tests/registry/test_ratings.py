"""好差评: once, after the end, one click; told as sums of months, never as what somebody thought of somebody."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from portal.errors import OutOfTurn, Refusal
from registry import links, ratings, reviews
from registry.casework import actions
from registry.models import Case, Notice, Rating
from tests import builders

NEXT_MONTH = dt.timedelta(days=32)


@pytest.fixture
def case(cast, places, packs, delegation):
    return builders.walk(builders.draft(cast.auntie, places.garden), cast)


def link(case):
    return reverse("registry:rate", args=[links.token(links.RATING, case.pk)])


def rated(cast, place, levels, *, road="filing", state="approved"):
    """Closed cases of a place, each with a rating given now."""
    said = {"road": road, "variant": "direct", "state": state, "place": place, "place_code": place.code}
    rows = Case.objects.bulk_create([Case(name="队", opened_by=cast.auntie, **said) for _ in levels])
    return [ratings.rate(case, level) for case, level in zip(rows, levels, strict=True)]


def test_one_click_rates_and_the_second_says_thanks(case, client):
    assert client.post(link(case), {"level": "5"}).status_code == 302
    again = client.post(link(case), {"level": "1"})
    assert "已经评价过了：非常满意" in again.content.decode()
    assert Rating.objects.get().level == 5


def test_every_level_is_a_button_of_its_own(case, client):
    page = client.get(link(case)).content.decode()
    assert [page.count(f'name="level" value="{level}"') for level in range(6)] == [0, 1, 1, 1, 1, 1]


@pytest.mark.parametrize("state", ["draft", "submitted", "reported", "returned", "withdrawn"])
def test_nothing_is_rated_before_it_is_decided(state, case, client):
    Case.objects.update(state=state)
    assert 'name="level"' not in client.get(link(case)).content.decode()
    assert client.post(link(case), {"level": "5"}).status_code == 409
    assert not Rating.objects.exists()


@pytest.mark.parametrize(("days", "words"), [(3, "还需要 3 天"), (0, "今天到期"), (-1, "已过承诺的日子，正在催办")])
def test_before_the_decision_it_says_how_long_there_is_still_to_wait(days, words, case, client):
    Case.objects.update(state="submitted", promised_on=timezone.localdate() + dt.timedelta(days=days))
    assert words in client.get(link(case)).content.decode()


@pytest.mark.parametrize("level", ["", "0", "6", "five", "５", "5.0"])
def test_a_level_that_is_none_is_not_kept(level, case, client):
    client.post(link(case), {"level": level})
    assert not Rating.objects.exists()


def test_whoever_follows_the_message_of_a_return_reads_what_to_change(cast, places, packs, delegation, client):
    reason = "与名单不一致，身份证 110101196001011234 也要核对"
    asked = {"section": "people", "field": "individual_members", "label": "个人成员数", "reason": reason}
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    actions.move(case, "send_back", by=cast.wang, data={"defects": [asked]})
    page = client.get(link(case)).content.decode()
    assert "有 1 处需要修改" in page and "个人成员数" in page and "与名单不一致" in page
    assert "110101196001011234" not in page and "还需要" not in page


def test_a_low_rating_asks_why_and_says_what_will_happen(case, client):
    client.post(link(case), {"level": "2"})
    page = client.get(link(case)).content.decode()
    assert "15 个工作日内核实" in page and 'name="reasons"' in page
    client.post(link(case), {"reasons": ["slow", "repeated"], "text": "重要"})
    assert (Rating.objects.get().reasons, Rating.objects.get().text) == (["slow", "repeated"], "重要")
    assert 'name="reasons"' not in client.get(link(case)).content.decode()


def test_reasons_are_kept_once(case):
    ratings.rate(case, 1)
    ratings.explain(case, reasons=["slow", "nonsense"], text="等了很久")
    with pytest.raises(OutOfTurn):
        ratings.explain(case, reasons=["attitude"], text="")
    assert (Rating.objects.get().reasons, Rating.objects.get().text) == (["slow"], "等了很久")


def test_an_explanation_says_something(case):
    ratings.rate(case, 1)
    with pytest.raises(Refusal):
        ratings.explain(case, reasons=[], text="")


def test_a_good_rating_asks_nothing(case, client):
    client.post(link(case), {"level": "3"})
    assert 'name="reasons"' not in client.get(link(case)).content.decode()
    with pytest.raises(OutOfTurn):
        ratings.explain(case, reasons=["slow"], text="")


def test_a_link_somebody_made_up_is_not_found(case, client):
    token = links.token(links.RATING, case.pk)
    for made_up in (token[:-1], "1", f"{case.pk + 1}.{token.partition('.')[2]}", links.token(links.CONTACT, case.pk)):
        assert client.get(reverse("registry:rate", args=[made_up])).status_code == 404


def test_the_page_shows_no_person(case, client, cast):
    page = client.get(link(case)).content.decode()
    people = ["刘桂兰", "13900000000", case.query_code, *(person.name for person in vars(cast).values())]
    assert [name for name in people if name in page] == []


def test_a_signed_in_desk_does_not_rate_its_own_work(case, client, cast):
    client.force_login(cast.li)
    assert client.post(link(case), {"level": "5"}).status_code == 403
    assert not Rating.objects.exists()


@pytest.mark.parametrize("who", ["li", None])
def test_whoever_else_holds_the_link_does_not_read_how_it_was_rated(who, case, client, cast):
    ratings.rate(case, 1)
    if who:
        client.force_login(getattr(cast, who))
    page = client.get(link(case)).content.decode()
    assert "已经评价过了。" in page and "非常不满意" not in page and 'name="reasons"' not in page


def test_one_address_rates_only_so_often(case, client):
    for _ in range(30):
        client.post(link(case), {"level": "9"})
    assert client.post(link(case), {"level": "5"}, headers={"Accept": "application/json"}).status_code == 429


def test_number_and_query_code_lead_to_the_rating_once_it_is_decided(case, client):
    asked = {"number": case.number, "code": case.query_code}
    assert "/r/" in client.get(reverse("registry:track"), asked).content.decode()
    Case.objects.update(state="reported")
    assert "/r/" not in client.get(reverse("registry:track"), asked).content.decode()


def test_the_receipt_leads_the_applicant_there_and_no_desk(case, client, cast):
    for person, shown in ((cast.auntie, True), (cast.wang, False), (cast.zhang, False)):
        client.force_login(person)
        assert ("/r/" in client.get(reverse("registry:receipt", args=[case.pk])).content.decode()) is shown


def test_a_low_rating_is_told_to_the_district_without_case_or_person(case, cast):
    made = ratings.rate(case, 1)
    told = Notice.objects.all()
    assert {notice.user for notice in told} == {cast.zhang, cast.chen} and {notice.case for notice in told} == {None}
    due = made.review.due_on
    assert told[0].text == f"大营门街道的“备案”收到差评（非常不满意），{due.month}月{due.day}日前核实"
    assert told[0].url == reverse("registry:ratingreview", args=[made.review.pk])


def test_whoever_handled_the_case_is_not_told_of_it(cast, places, packs):
    case = builders.walk(builders.draft(cast.auntie, places.garden, road="registration"), cast)
    ratings.rate(case, 2)
    assert [notice.user for notice in Notice.objects.all()] == [cast.zhao]  # 张科 examined it, 孙局 approved
    assert reviews.of(cast.zhang, timezone.localdate()) == reviews.of(cast.sun, timezone.localdate()) == []
    assert len(reviews.of(cast.zhao, timezone.localdate())) == 1


def test_a_good_rating_is_told_to_nobody(case):
    ratings.rate(case, 3)
    assert not Notice.objects.exists()


def test_sums_are_of_months_that_are_over(cast, places):
    rated(cast, places.garden, [5, 5, 4, 3, 1])
    today = timezone.localdate()
    assert ratings.sums(cast.li, today) == []
    (one,) = ratings.sums(cast.li, today + NEXT_MONTH)
    assert (one.place, one.many, [cell["many"] for cell in one.cells]) == ("大营门街道", 5, [2, 1, 1, 0, 1])


def test_fewer_than_five_are_not_told(cast, places):
    rated(cast, places.garden, [1, 2, 1, 1])
    (one,) = ratings.sums(cast.zhang, timezone.localdate() + NEXT_MONTH)
    assert (one.many, one.cells) == (None, [])


def test_a_street_reads_its_own_sums_and_not_those_of_the_county(cast, places):
    rated(cast, places.garden, [5] * 5)
    rated(cast, places.garden, [1] * 5, road="registration")
    later = timezone.localdate() + NEXT_MONTH
    assert [one.place for one in ratings.sums(cast.li, later)] == ["大营门街道"]
    assert {one.place for one in ratings.sums(cast.zhang, later)} == {"大营门街道", "河西区"}
    assert ratings.sums(cast.stranger, later) == ratings.sums(cast.auntie, later) == []


def test_the_year_before_last_is_not_told(cast, places):
    rated(cast, places.garden, [5] * 5)
    assert ratings.sums(cast.li, timezone.localdate() + dt.timedelta(days=400)) == []


def test_the_page_of_sums_names_no_case_and_no_person(case, client, cast, places):
    ratings.rate(case, 1)
    ratings.explain(case, reasons=["slow"], text="等了很久")
    rated(cast, places.garden, [5] * 4)
    with time_machine.travel(timezone.now() + NEXT_MONTH):
        for person, open_ in ((cast.zhang, True), (cast.li, False)):
            client.force_login(person)
            page = client.get(reverse("registry:ratings")).content.decode()
            assert "非常不满意" in page and case.name not in page and case.number not in page
            assert "等了很久" not in page and ("1 件待核实" in page) is open_
