"""The clock on the page of a case, holding and releasing it by hand, and the calendar."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from registry import clock
from registry.casework import actions, clockwork
from registry.models import CalendarDay
from tests import builders
from tests.test_bad_input import nonsenses, settled

MONDAY = dt.datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
HOLD = {"cause": "expert", "reason": "请专家评审章程", "basis": "《行政许可法》第四十五条", "starts": "", "cap": ""}


@pytest.fixture(autouse=True)
def _march():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def case(cast, places, packs, delegation):
    """Handed in today."""
    return builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)


def page(client, who, url):
    client.force_login(who)
    return client.get(url).content.decode()


def test_the_page_says_whose_turn_it_is_how_much_is_left_and_why(case, client, cast):
    text = page(client, cast.wang, case.get_absolute_url())
    for shown in ("办理期限", "现在轮到", "居（村）委会", "还有 2 个工作日", "还有 12 个工作日", "正常", "暂定"):
        assert shown in text
    for row in ("2026年3月7日至2026年3月8日", "周末，不计入", "计时台账", "国务院放假安排"):
        assert row in text


def test_both_limits_of_a_registration_stand_on_page_and_receipt(client, cast, places, packs):
    case = builders.walk(builders.draft(cast.auntie, places.garden, road="registration"), cast, moves=1)
    for url in (case.get_absolute_url(), reverse("registry:receipt", args=[case.pk])):
        text = page(client, cast.auntie, url)
        assert "承诺期限" in text and "法定期限" in text
        assert "20 个工作日" in text and "60 日" in text and "第十二条" in text


def test_a_draft_shows_no_clock(client, cast, places, packs, delegation):
    draft = builders.draft(cast.auntie, places.garden)
    assert "办理期限" not in page(client, cast.auntie, draft.get_absolute_url())


def test_waiting_for_the_applicant_is_shown_as_standing_still(case, client, cast):
    case = actions.move(case, "send_back", by=cast.wang, data={"defects": [builders.DEFECT]})
    text = page(client, cast.auntie, case.get_absolute_url())
    assert "暂停计时" in text and "等待申请人补正" in text and "第三十二条" in text


def test_the_applicant_reads_the_reason_and_not_who_wrote_it_down(case, client, cast):
    clockwork.suspend(case, by=cast.wang, cause="expert", reason="请专家评审章程", basis="《行政许可法》第四十五条")
    text = page(client, cast.auntie, case.get_absolute_url())
    assert "请专家评审章程" in text and "记录人" not in text
    assert reverse("registry:resume", args=[case.pk]) not in text
    assert "记录人" in page(client, cast.wang, case.get_absolute_url())


def test_a_deadline_in_a_year_without_a_calendar_warns(client, cast, places, packs, delegation):
    eve = dt.datetime(clock.ANNOUNCED_UNTIL, 12, 30, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    with time_machine.travel(eve, tick=False):
        case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
        assert "期限是估算的" in page(client, cast.wang, case.get_absolute_url())


def test_a_desk_holds_and_releases_from_the_page(case, client, cast):
    client.force_login(cast.wang)
    url = reverse("registry:suspend", args=[case.pk])
    assert url in client.get(case.get_absolute_url()).content.decode()
    assert client.post(url, HOLD).status_code == 302
    assert "恢复计时" in client.get(case.get_absolute_url()).content.decode()
    assert client.post(reverse("registry:resume", args=[case.pk]), {"ends": ""}).status_code == 302
    assert not case.intervals.standing().exists()


def test_a_double_click_holds_once(case, client, cast):
    client.force_login(cast.wang)
    url = reverse("registry:suspend", args=[case.pk])
    assert [client.post(url, HOLD).status_code for _ in range(2)] == [302, 409]
    assert case.intervals.holding().count() == 1
    released = [client.post(reverse("registry:resume", args=[case.pk])).status_code for _ in range(2)]
    assert released == [302, 409]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"cause": ""}, "选择事由"),
        ({"cause": "correction"}, "选择"),
        ({"reason": ""}, "填写原因"),
        ({"basis": ""}, "填写依据"),
        ({"starts": "2026-02-01"}, "开始日要在本环节开始"),
        ({"starts": "2026-03-09"}, "开始日要在本环节开始"),
        ({"cap": "0"}, "不能小于 1"),
        ({"cap": "十天"}, "请填写整数"),
    ],
)
def test_what_is_missing_is_asked_for_beside_its_field(said, words, case, client, cast):
    client.force_login(cast.wang)
    answer = client.post(reverse("registry:suspend", args=[case.pk]), HOLD | said)
    assert answer.status_code == 200 and words in answer.content.decode()
    assert not case.intervals.holding().exists()


def test_the_calendar_names_holidays_worked_weekends_and_its_version(client, db):
    text = client.get(reverse("registry:calendar"), {"year": "2026"}).content.decode()
    for shown in ("2026年10月1日", "国庆节", "2026年10月10日", "调休上班", "国务院放假安排"):
        assert shown in text
    assert "还没有公布" not in text


def test_a_year_that_is_not_announced_says_so(client, db):
    text = client.get(reverse("registry:calendar"), {"year": str(clock.ANNOUNCED_UNTIL + 1)}).content.decode()
    assert "这一年还没有公布" in text and "估算" in text


@pytest.mark.parametrize("year", ["1900", "9999", "2200"])
def test_years_nobody_keeps_a_calendar_of_are_not_found(year, client, db):
    assert client.get(reverse("registry:calendar"), {"year": year}).status_code == 404


@pytest.mark.parametrize("place", ["1", "999999999999", "天津"])
def test_a_place_that_is_not_there_is_not_found(place, client, db):
    assert client.get(reverse("registry:calendar"), {"place": place}).status_code == 404


def test_an_officer_sets_a_day_and_everybody_there_reads_it(case, client, cast, places):
    client.force_login(cast.zhang)
    said = {"day": "2026-03-03", "working": "no", "reason": "因防汛停工"}
    assert [client.post(reverse("registry:calendar"), said).status_code for _ in range(2)] == [302, 302]
    assert CalendarDay.objects.count() == 1
    client.logout()
    here = client.get(reverse("registry:calendar"), {"year": "2026", "place": places.garden.code}).content.decode()
    there = client.get(reverse("registry:calendar"), {"year": "2026", "place": places.heping.code}).content.decode()
    assert "因防汛停工" in here and "因防汛停工" not in there


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"day": ""}, "填写日期"),
        ({"day": "2026-02-30"}, "填写日期"),
        ({"day": "2020-01-01"}, "只能调整今年"),
        ({"reason": ""}, "填写依据"),
        ({"working": "perhaps"}, "选择改为什么"),
        ({"day": "2026-03-07"}, "本来就是休息日"),
    ],
)
def test_a_wrong_day_is_told_beside_its_field(said, words, client, cast):
    client.force_login(cast.zhang)
    given = {"day": "2026-03-03", "working": "no", "reason": "停工"} | said
    assert words in client.post(reverse("registry:calendar"), given).content.decode()
    assert not CalendarDay.objects.exists()


def test_the_list_says_which_clocks_stand_still(case, client, cast):
    other = builders.walk(builders.draft(cast.auntie, case.place), cast, moves=1)
    text = page(client, cast.wang, reverse("registry:cases"))
    assert "暂停计时" not in text
    clockwork.suspend(case, by=cast.wang, cause="expert", reason="请专家评审章程", basis="《行政许可法》第四十五条")
    text = page(client, cast.wang, reverse("registry:cases"))
    assert text.count("暂停计时") == 1 and text.count(other.get_absolute_url() + "?") == 1


@pytest.mark.parametrize("field", ["cause", "reason", "basis", "starts", "cap"])
def test_nonsense_holds_no_clock_and_breaks_no_page(field, case, client, cast):
    client.force_login(cast.wang)
    for text in nonsenses():
        settled(client.post(reverse("registry:suspend", args=[case.pk]), HOLD | {field: text}))


@pytest.mark.parametrize("field", ["day", "working", "reason"])
def test_nonsense_sets_no_day_and_breaks_no_page(field, client, cast):
    client.force_login(cast.zhang)
    for text in nonsenses():
        said = {"day": "2026-03-03", "working": "no", "reason": "停工"} | {field: text}
        settled(client.post(reverse("registry:calendar"), said))


@pytest.mark.parametrize("asked", ["year", "place"])
def test_nonsense_in_the_address_of_the_calendar_breaks_no_page(asked, client, db):
    for text in nonsenses():
        settled(client.get(reverse("registry:calendar"), {asked: text}))
