"""The worklist and the way through it: tabs, filters, what changed since, the next case, who may not and who can."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from registry.casework import actions, leases
from registry.casework.desk import EMPTY, TABS
from registry.models import Case, Look
from registry.scope import Role
from tests import builders

DAY = dt.timedelta(days=1)


@pytest.fixture
def row(cast, places):
    """A submitted filing in one line."""

    def make(name, due=None, where=None, **more):
        where = where or places.garden
        values = {"road": "filing", "kind": "filing", "variant": "delegated", "state": "submitted", "name": name}
        values |= {"place": where, "place_code": where.code, "opened_by": cast.auntie, "due_on": due}
        return Case.objects.create(**(values | more))

    return make


@pytest.fixture
def reported(cast, places, packs, delegation):
    names = ("晨光舞蹈队", "晚霞合唱队", "和风棋社")
    drafts = [builders.draft(cast.auntie, places.garden, said=builders.answers(name)) for name in names]
    return [builders.walk(case, cast, moves=3) for case in drafts]


def shown(client, **asked):
    page = client.get(reverse("registry:cases"), asked).content.decode()
    return list(dict.fromkeys(re.findall(r"办件[甲乙丙丁戊]", page)))


def count(client, tab):
    page = client.get(reverse("registry:cases")).content.decode()
    return int(re.search(rf'\?tab={tab}"[^>]*>{TABS[tab]} <span class="count">(\d+)', page)[1])


def test_each_tab_shows_its_own_and_counts_it(row, client, cast, places):
    client.force_login(cast.wang)
    today = timezone.localdate()
    row("办件甲", today + 30 * DAY)
    row("办件乙", today)
    row("办件丙", today - DAY)
    held = row("办件丁", today + 30 * DAY)
    leases.take(held, by=cast.wang)
    touched = row("办件戊", state="reported")
    touched.steps.create(verb="report", label="上报", source="reviewed", target="reported", role="community",
                         by=cast.wang, at=timezone.now())  # fmt: skip
    told = {
        "held": ["办件丁"],
        "waiting": ["办件丙", "办件乙", "办件甲", "办件丁"],
        "soon": ["办件乙"],
        "others": ["办件戊"],
        "mine": [],
        "late": ["办件丙"],
        "all": ["办件戊", "办件丁", "办件丙", "办件乙", "办件甲"],
    }
    assert {tab: shown(client, tab=tab) for tab in TABS} == told
    assert {tab: count(client, tab) for tab in TABS} == {tab: len(rows) for tab, rows in told.items()}


def test_a_case_without_a_day_comes_last(row, client, cast):
    client.force_login(cast.wang)
    row("办件甲")
    row("办件乙", timezone.localdate() + 9 * DAY)
    assert shown(client, tab="waiting") == ["办件乙", "办件甲"]


@pytest.mark.parametrize("tab", TABS)
def test_an_empty_tab_says_why(tab, client, cast):
    client.force_login(cast.zhang)
    page = client.get(reverse("registry:cases"), {"tab": tab}).content.decode()
    assert all(words in page for words in EMPTY[tab])


def test_the_list_is_narrowed_by_name_number_kind_and_place(row, client, cast, places):
    client.force_login(cast.li)
    row("办件甲", state="reported", number="收1")
    row("办件乙", state="reported", where=places.village)
    row("办件丙", state="submitted", kind="registration", road="registration", variant="direct")
    assert shown(client, tab="all", q="件甲") == shown(client, tab="all", q="收1") == ["办件甲"]
    assert shown(client, tab="all", place=places.village.code) == ["办件乙"]
    assert shown(client, tab="all", kind="registration") == ["办件丙"]
    page = client.get(reverse("registry:cases"), {"tab": "all", "q": "没有"}).content.decode()
    assert "没有符合这些条件的办件" in page and "清除条件" in page


@pytest.mark.parametrize("asked", [{"kind": "x"}, {"place": "'"}, {"q": "\0"}, {"per": "9" * 30}, {"page": "-1"}])
def test_what_makes_no_sense_in_the_address_narrows_nothing(asked, row, client, cast):
    client.force_login(cast.li)
    row("办件甲", state="reported")
    assert shown(client, tab="all", **asked) == ["办件甲"]


def test_the_list_tells_who_has_a_case_in_hand(row, client, cast):
    client.force_login(cast.chen)
    leases.take(row("办件甲", state="reported"), by=cast.li)
    page = client.get(reverse("registry:cases"), {"tab": "waiting"}).content.decode()
    assert 'data-label="在谁手里">老李<' in page


# --- what changed since I last looked


def test_what_others_did_since_the_last_look_is_told_once(reported, client, cast):
    case = reported[0]
    client.force_login(cast.li)
    url = case.get_absolute_url()
    assert "新到" in client.get(reverse("registry:cases")).content.decode()
    page = client.get(url).content.decode()
    assert "您上次看过以后" not in page
    at = re.search(r'data-at="([^"]+)"', page)[1]
    assert client.post(reverse("registry:seen", args=[case.pk]), {"at": at}).status_code == 204
    assert client.get(reverse("registry:cases")).content.decode().count("新到") == len(reported) - 1
    actions.move(case, "return", by=cast.chen, data={"defects": [builders.DEFECT]})
    assert "有变化" in client.get(reverse("registry:cases"), {"tab": "all"}).content.decode()
    told = client.get(url).content.decode().split("您上次看过以后")[1].split("</ul>")[0]
    assert "陈姐" in told and "退回补正" in told
    client.post(reverse("registry:seen", args=[case.pk]))
    assert "您上次看过以后" not in client.get(url).content.decode()


def test_one_s_own_steps_are_no_news(reported, client, cast):
    client.force_login(cast.li)
    client.post(reverse("registry:seen", args=[reported[0].pk]))
    actions.move(reported[0], "record", by=cast.li, data=dict(builders.GRANT))
    assert "您上次看过以后" not in client.get(reported[0].get_absolute_url()).content.decode()


def test_a_page_opened_long_ago_does_not_take_a_later_look_back(reported, client, cast):
    client.force_login(cast.li)
    url = reverse("registry:seen", args=[reported[0].pk])
    client.post(url)
    later = Look.objects.get().at
    for at in ("2020-01-01T00:00:00+08:00", "not a time", "2099-01-01T00:00:00+08:00"):
        assert client.post(url, {"at": at}).status_code == 204
    assert later <= Look.objects.get().at <= timezone.now()


# --- the way through the list


def do(client, case, verb, **data):
    return client.post(reverse("registry:move", args=[case.pk, verb]), data)


def test_after_a_decision_the_next_case_of_the_list_opens(reported, client, cast):
    client.force_login(cast.li)
    first, second, third = Case.objects.order_by("due_on", "id")
    page = client.get(f"{second.get_absolute_url()}?from=waiting").content.decode()
    assert "上一件" in page and "下一件" in page and "回到“本岗位待办”" in page
    answer = do(client, second, "record", **builders.GRANT, **{"from": "waiting", "then": "next"})
    assert answer.headers["Location"] == f"{third.get_absolute_url()}?from=waiting"
    answer = do(client, third, "record", **builders.GRANT, **{"from": "waiting", "then": "next"})
    assert answer.headers["Location"] == f"{first.get_absolute_url()}?from=waiting"
    answer = do(client, first, "record", **builders.GRANT, **{"from": "waiting", "then": "next"})
    assert answer.headers["Location"] == reverse("registry:cases") + "?tab=waiting"
    assert "都看完了" in client.get(answer.headers["Location"]).content.decode()


def test_without_asking_for_the_next_one_stays_with_the_case(reported, client, cast):
    client.force_login(cast.li)
    answer = do(client, reported[0], "record", **builders.GRANT, **{"from": "waiting"})
    assert answer.headers["Location"] == f"{reported[0].get_absolute_url()}?from=waiting"


def test_the_way_keeps_what_narrows_the_list(reported, client, cast):
    client.force_login(cast.li)
    way = "waiting&q=%E6%99%A8"  # 晨
    answer = do(client, reported[0], "record", **builders.GRANT, **{"from": way, "then": "next"})
    assert answer.headers["Location"] == f"{reverse('registry:cases')}?tab=waiting&q=%E6%99%A8"


@pytest.mark.parametrize("way", ["secret", "//evil.example", "waiting&kind=x", "&&&", "x" * 999])
def test_a_way_that_makes_no_sense_leads_nowhere_else(way, reported, client, cast):
    client.force_login(cast.li)
    assert client.get(reported[0].get_absolute_url(), {"from": way}).status_code == 200
    answer = do(client, reported[0], "record", **builders.GRANT, **{"from": way, "then": "next"})
    assert answer.headers["Location"].startswith("/cases/")


# --- who may not is told who can


@pytest.mark.parametrize("who", ["auntie", "wang", "zhang"])
def test_the_page_of_a_move_one_may_not_make_says_who_can(who, reported, client, cast):
    client.force_login(getattr(cast, who))
    answer = client.get(reverse("registry:move", args=[reported[0].pk, "record"]))
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "街道（乡镇）审核人员" in page and "老李、陈姐" in page


def test_a_move_whose_turn_is_over_leads_to_the_case_and_says_who_was_first(reported, client, cast):
    client.force_login(cast.chen)
    actions.move(reported[0], "record", by=cast.li, data=dict(builders.GRANT))
    url = reverse("registry:move", args=[reported[0].pk, "reject"])
    page = client.get(url, follow=True).content.decode()
    assert "老李于" in page and "准予备案" in page and 'id="id_note"' not in page
    late = client.post(url, {"note": "不符"}, headers={"referer": f"http://testserver{url}"}, follow=True)
    assert late.redirect_chain[-1][0] == reported[0].get_absolute_url()
    assert late.content.decode().count("您的操作没有生效") == 1


def test_while_a_colleague_has_it_the_page_offers_to_take_over_instead(reported, client, cast):
    leases.take(reported[0], by=cast.li)
    client.force_login(cast.chen)
    page = client.get(reported[0].get_absolute_url()).content.decode()
    assert "由老李领取" in page and "需要由我接手" in page and "准予备案" not in page
    again = client.get(reverse("registry:move", args=[reported[0].pk, "record"]), follow=True).content.decode()
    assert "需要由我接手" in again and "分类层次" not in again
    data = {"holder": cast.li.pk, "reason": "老李请假", "from": "waiting"}
    answer = client.post(reverse("registry:take_over", args=[reported[0].pk]), data, follow=True)
    assert "由您领取" in answer.content.decode() and "准予备案" in answer.content.decode()


# --- the printed file


def test_the_file_of_a_case_has_everything_and_no_number_in_plain(cast, places, packs, delegation, client):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast)
    client.force_login(cast.li)
    page = client.get(reverse("registry:file", args=[case.pk])).content.decode()
    for words in (
        "申请内容",
        "材料目录",
        "按政策核对的结果",
        "办理过程",
        case.number,
        "准予备案",
        "小王",
        "期限和计时",
    ):
        assert words in page, words
    assert not any(number in page for number in case.sealed.values())


def test_the_stand_in_is_told_for_whom_on_every_page(cast, places, client):
    own = cast.wang.offices.get()
    cast.li.offices.create(role=Role.COMMUNITY, place=places.garden, starts=builders.SINCE, stands_in_for=own)
    client.force_login(cast.li)
    assert "代小王办理" in client.get(reverse("portal:home")).content.decode()


def test_the_page_of_an_organisation_tells_the_steps_of_all_its_cases(cast, places, packs, delegation, client):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast)
    client.force_login(cast.li)
    page = client.get(case.organisation.get_absolute_url()).content.decode()
    told = page.split("各项办件最近 4 步")[1]
    assert told.index("备案：准予备案") < told.index("备案：提交申请") and "老李" in told
    client.force_login(cast.zhao)  # looks on: sees no single case
    assert "各项办件最近" not in client.get(case.organisation.get_absolute_url()).content.decode()


def test_who_holds_no_desk_sees_fewer_tabs(client, cast):
    client.force_login(cast.auntie)
    page = client.get(reverse("registry:cases")).content.decode()
    assert "我领取的" not in page and "已超期" not in page and "待我补正" in page


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "neulich", "\x00"])
def test_a_look_on_a_day_that_cannot_be_is_a_look_now(at, client, cast, row):
    case = row("晨光舞蹈队")
    client.force_login(cast.wang)
    assert client.post(reverse("registry:seen", args=[case.pk]), {"at": at}).status_code == 204
    assert Look.objects.get().at > timezone.now() - DAY
