"""The applicant's side: tasks in order, nothing lost, everything checked before it is handed in."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from registry import clock
from registry.casework import actions
from registry.models import Case
from tests import builders


@pytest.fixture
def case(client, cast, places, packs):
    """An empty draft of 李阿姨, who is signed in."""
    client.force_login(cast.auntie)
    return actions.open_case("filing", by=cast.auntie, place=places.garden)


def post(client, case, key, data, page="registry:section", **more):
    return client.post(reverse(page, args=[case.pk, key]), data, **more)


def test_right_answers_lead_from_task_to_task_to_the_materials_and_the_check(client, case):
    said = builders.answers()
    said["people"] |= builders.sealed()
    ways = [post(client, case, key, said[key]).headers["Location"] for key in ("organisation", "people", "party")]
    tasks = [reverse("registry:section", args=[case.pk, key]) for key in ("people", "party")]
    assert ways == [*tasks, reverse("registry:materials", args=[case.pk])]
    papers = {"charter": builders.png(), "members": builders.png(), "promise-premises": "1"}
    answer = client.post(reverse("registry:materials", args=[case.pk]), papers)
    assert answer.headers["Location"] == reverse("registry:check", args=[case.pk])


def test_wrong_answers_are_kept_and_the_page_comes_back(client, case):
    answer = post(client, case, "organisation", {"name": "阳光舞蹈队"})
    assert answer.status_code == 200
    case.refresh_from_db()
    assert (case.name, case.answers["organisation"]["name"]) == ("阳光舞蹈队", "阳光舞蹈队")


def test_a_task_that_does_not_exist_is_not_found(client, case):
    assert post(client, case, "nothing", {}).status_code == 404
    assert client.get(reverse("registry:section", args=[case.pk, "conditions"])).status_code == 404


def test_autosave_answers_with_time_and_version(client, case):
    before = case.section_versions.get("party", 0)
    for members, version in (("7", before + 1), ("8", before + 2), ("8", before + 2)):
        answer = post(client, case, "party", {"full_party_members": members}, page="registry:autosave").json()
        assert answer["version"] == version
        assert len(answer["saved_at"]) == 5


def test_the_second_window_is_told_instead_of_overwriting_the_first(client, case):
    post(client, case, "party", {"full_party_members": "3", "version": "0"})
    asked = {"page": "registry:autosave", "headers": {"accept": "application/json"}}
    late = post(client, case, "party", {"full_party_members": "8", "version": "0"}, **asked)
    assert (late.status_code, late.json()["code"]) == (409, "stale_section")
    case.refresh_from_db()
    assert case.answers["party"]["full_party_members"] == "3"


def test_the_task_list_says_what_is_done_and_opens_the_end_when_all_is(client, cast, case, places):
    page = client.get(reverse("registry:tasks", args=[case.pk])).content.decode()
    check = reverse("registry:check", args=[case.pk])
    assert check not in page and "前面各项完成后才能提交" in page
    full = builders.draft(cast.auntie, places.garden)
    assert (
        reverse("registry:check", args=[full.pk])
        in client.get(reverse("registry:tasks", args=[full.pk])).content.decode()
    )


def test_the_check_page_shows_each_answer_in_words_and_a_way_to_change_it(client, cast, case, places):
    full = builders.draft(cast.auntie, places.garden)
    page = client.get(reverse("registry:check", args=[full.pk])).content.decode()
    for words in (
        "阳光舞蹈队",
        "文体娱乐",
        "社区（村）范围",
        "与其他组织共用",
        "刘桂兰",
        "由社区党组织兜底管理",
        "章程",
    ):
        assert words in page
    for code in ("culture_sports", "shared", "fallback", "None", "null"):
        assert f">{code}<" not in page
    assert reverse("registry:section", args=[full.pk, "people"]) + "#id_leader_name" in page


def test_an_unfinished_application_shows_no_button_to_hand_it_in(client, case):
    page = client.get(reverse("registry:check", args=[case.pk])).content.decode()
    assert "还不能提交" in page
    assert reverse("registry:move", args=[case.pk, "submit"]) not in page


def test_handing_in_twice_leads_to_the_same_receipt(client, cast, case, places):
    full = builders.draft(cast.auntie, places.garden)
    url = reverse("registry:move", args=[full.pk, "submit"])
    first, second = (client.post(url, {"version": "0"}).headers["Location"] for _ in range(2))
    assert first == second == reverse("registry:receipt", args=[full.pk])
    assert full.steps.count() == 1


def test_the_receipt_shows_number_code_picture_and_promised_day(client, cast, case, places):
    full = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    page = client.get(reverse("registry:receipt", args=[full.pk])).content.decode()
    promised = f"{full.promised_on.year}年{full.promised_on.month}月{full.promised_on.day}日"
    for shown in (full.number, full.query_code, promised, "<svg", "成员名单"):
        assert shown in page


@pytest.mark.parametrize(("road", "days"), [("filing", 12), ("registration", 20)])
def test_the_promised_day_follows_the_documents_and_waiting_for_the_applicant_is_added(
    road, days, cast, places, packs, delegation
):
    first = dt.datetime(2026, 9, 28, 23, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    with time_machine.travel(first, tick=False):
        case = builders.walk(builders.draft(cast.auntie, places.garden, road=road), cast, moves=1)
    assert clock.working_days_between(first.date(), case.promised_on) == days
    back, by = ("send_back", cast.wang) if road == "filing" else ("return", cast.zhang)
    with time_machine.travel(first + dt.timedelta(days=1), tick=False):
        case = actions.move(case, back, by=by, data={"defects": [builders.DEFECT]})
    with time_machine.travel(first + dt.timedelta(days=11), tick=False):
        again = builders.corrected(case, "天津市河西区银龄老年协会")
    waited = 3  # 30 September, 8 and 9 October; the holidays between cost nobody anything
    assert clock.working_days_between(first.date(), again.promised_on) == days + waited
    assert (again.number, again.submitted_at) == (case.number, case.submitted_at)


def test_the_last_minute_of_the_year_counts_for_the_year_it_is_in(cast, places, packs):
    with time_machine.travel(dt.datetime(2026, 12, 31, 23, 59, tzinfo=ZoneInfo("Asia/Shanghai")), tick=False):
        old = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    with time_machine.travel(dt.datetime(2027, 1, 1, 0, 1, tzinfo=ZoneInfo("Asia/Shanghai")), tick=False):
        new = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    assert ("〔2026〕00001" in old.number, "〔2027〕00001" in new.number) == (True, True)


def test_a_returned_application_shows_each_defect_beside_its_question(client, cast, case, places, delegation):
    full = builders.returned(builders.draft(cast.auntie, places.garden), cast)
    for page in ("registry:tasks", "registry:case"):
        assert "名称不规范" in client.get(reverse(page, args=[full.pk])).content.decode()
    assert "名称不规范" in client.get(reverse("registry:section", args=[full.pk, "organisation"])).content.decode()
    assert "名称不规范" not in client.get(reverse("registry:section", args=[full.pk, "people"])).content.decode()


def test_a_similar_name_nearby_is_hinted_at_and_never_forbidden(client, cast, case, places):
    builders.organisation(places.village, name="阳光舞蹈队")
    url = reverse("registry:resembling", args=[case.pk])
    assert "阳光舞蹈队" in client.get(url, {"name": "阳光 舞蹈队"}).content.decode()
    assert "阳光舞蹈队" not in client.get(url, {"name": "象棋小组"}).content.decode()


def test_an_organisation_is_not_warned_of_its_own_name(client, cast, case, places):
    mine = builders.organisation(places.garden, name="晚霞合唱队")
    mine.cases.create(name=mine.name, kind="change", state="submitted", place=places.garden, opened_by=cast.wang,
                      place_code=places.garden.code)  # fmt: skip
    url = reverse("registry:resembling", args=[case.pk])
    assert "晚霞合唱队" in client.get(url, {"name": "晚霞合唱队"}).content.decode()
    case.organisation = mine
    case.save(update_fields=["organisation"])
    assert "晚霞合唱队" not in client.get(url, {"name": "晚霞合唱队"}).content.decode()


def test_what_is_handed_in_leads_to_the_case_as_it_stands(client, cast, places, packs, delegation):
    client.force_login(cast.auntie)
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    page = client.get(reverse("registry:materials", args=[case.pk]))
    assert page.status_code == 409 and f'href="{case.get_absolute_url()}"' in page.content.decode()


def test_the_address_of_a_button_is_never_an_empty_page(client, cast, case):
    page = client.get(reverse("registry:move", args=[case.pk, "submit"]).replace("do/submit", "unlock"))
    assert page.status_code == 405 and "再按一次" in page.content.decode()


def test_a_draft_can_be_left_and_taken_up_with_all_its_answers(client, cast, case):
    post(client, case, "organisation", {"name": "阳光舞蹈队", "activities": "排练"})
    page = client.get(reverse("registry:section", args=[case.pk, "organisation"])).content.decode()
    assert "阳光舞蹈队" in page and "排练" in page
    assert "阳光舞蹈队" in client.get(reverse("portal:home")).content.decode()
    assert Case.objects.count() == 1
