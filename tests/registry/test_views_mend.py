"""The page on which the applicant mends: everything questioned at once, nothing typed or brought lost."""

import re

import pytest
from django.urls import reverse

from portal.errors import OutOfTurn
from registry.casework import actions, mending
from registry.models import Case
from tests import builders

ADDRESS = {"section": "organisation", "field": "address", "label": "场所地址", "reason": "写到门牌号"}
PHONE = {"section": "people", "field": "leader_phone", "label": "负责人电话", "reason": "打不通"}
LIST = {"section": "materials", "field": "members", "label": "成员名单", "reason": "照片不清楚"}
SHOWN = ["organisation.address", "people.leader_phone"]


@pytest.fixture
def case(client, cast, places, packs, delegation):
    """Given back by the committee with three defects; 李阿姨, who opened it, is signed in."""
    client.force_login(cast.auntie)
    made = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    return actions.move(made, "send_back", by=cast.wang, note="尽快", data={"defects": [ADDRESS, PHONE, LIST]})


def url(case, name="mend"):
    return reverse(f"registry:{name}", args=[case.pk])


def stamp(client, case):
    return re.search(r'name="version" value="([^"]+)"', client.get(url(case)).content.decode())[1]


def send(client, case, *, version=None, **more):
    said = {"shown": SHOWN, "address": "九江路 8 号二楼", "leader_phone": "13911112222", "members": builders.picture()}
    given = said | {"version": version or stamp(client, case)} | more
    return client.post(url(case), {name: value for name, value in given.items() if value is not None})


def fresh(case):
    return Case.objects.get(pk=case.pk)


def test_all_that_was_questioned_is_on_one_page_with_reason_present_value_and_control(client, case):
    page = client.get(url(case)).content.decode()
    for words in ("写到门牌号", "打不通", "照片不清楚", "社区活动中心二楼", "139****0000", "照片.png", "尽快"):
        assert words in page
    for control in ('name="address"', 'name="leader_phone"', 'name="members"'):
        assert control in page
    for other in ('name="activities"', 'name="leader_name"', 'name="charter"', "13900000000"):
        assert other not in page


def test_one_button_saves_everything_and_hands_in(client, case):
    answer = send(client, case)
    assert answer.headers["Location"] == url(case, "receipt")
    done = fresh(case)
    assert (done.state, done.answers["organisation"]["address"]) == ("submitted", "九江路 8 号二楼")
    assert done.sealed["leader_phone"] == "13911112222"
    assert done.materials.get(kind="members").original_name == "重拍.png"


def test_what_is_wrong_is_told_beside_its_field_and_everything_is_kept(client, case):
    answer = send(client, case, address="", leader_phone="123")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "有 2 处需要修改" in page and 'href="#id_address"' in page and 'href="#id_leader_phone"' in page
    assert "重拍.png" in page
    kept = fresh(case)
    assert (kept.state, kept.materials.get(kind="members").original_name) == ("returned", "重拍.png")
    assert send(client, case, members=None).headers["Location"] == url(case, "receipt")


def test_a_file_that_may_not_come_in_is_told_and_the_answers_are_kept(client, case):
    broken = builders.picture(name="假的.png")
    broken.file.truncate(20)
    answer = send(client, case, members=broken)
    page = answer.content.decode()
    assert answer.status_code == 200 and 'href="#file-members"' in page
    assert fresh(case).answers["organisation"]["address"] == "九江路 8 号二楼"


def test_saving_for_later_hands_nothing_in(client, case):
    answer = send(client, case, later="1")
    assert answer.headers["Location"] == url(case)
    assert (fresh(case).state, fresh(case).answers["organisation"]["address"]) == ("returned", "九江路 8 号二楼")


def test_a_number_left_empty_stays_as_it_is(client, case):
    send(client, case, leader_phone="")
    assert fresh(case).sealed["leader_phone"] == "13900000000"


def test_nothing_changed_is_told_on_the_page(client, case):
    answer = send(client, case, address="社区活动中心二楼", leader_phone="", members=None)
    assert "还没有改动任何内容" in answer.content.decode()
    assert fresh(case).state == "returned"


def test_a_page_older_than_what_is_stored_loses_nothing_and_overwrites_nothing(client, case):
    old = stamp(client, case)
    send(client, case, later="1", address="先保存的", leader_phone="", members=None)
    answer = send(client, case, version=old, address="后来写的")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "后来写的" in page and "先保存的" in page
    assert fresh(case).answers["organisation"]["address"] == "先保存的"


def test_a_second_click_and_the_back_button_find_what_was_handed_in(client, case):
    old = stamp(client, case)
    send(client, case)
    assert send(client, case, version=old).headers["Location"] == case.get_absolute_url()
    assert client.get(url(case)).headers["Location"] == case.get_absolute_url()
    assert fresh(case).steps.filter(verb="submit").count() == 2


def test_nothing_but_what_was_questioned_is_taken_from_the_page(client, case):
    send(client, case, shown=[*SHOWN, "organisation.name"], name="偷偷改的", charter=builders.picture(9))
    done = fresh(case)
    assert done.name == "阳光舞蹈队"
    assert done.materials.get(kind="charter").original_name == "照片.png"


def test_typing_is_saved_on_the_way(client, case):
    version = stamp(client, case)
    said = {"shown": SHOWN, "address": "打到一半", "leader_phone": "", "version": version}
    answer = client.post(url(case), said, headers={"accept": "application/json"}).json()
    assert answer["version"] != version and len(answer["saved_at"]) == 5
    assert stamp(client, case) == answer["version"]
    late = client.post(url(case), said, headers={"accept": "application/json"})
    assert (late.status_code, late.json()["code"]) == (409, "stale_section")


def test_a_script_is_told_where_to_go_instead_of_being_led_there(client, case):
    said = {"shown": SHOWN, "address": "新地址", "leader_phone": "", "version": stamp(client, case)}
    answer = client.post(url(case), said, headers={"X-Steady": "yes"})
    assert answer.json() == {"go": url(case, "receipt")}


def test_a_script_that_sends_something_wrong_is_led_to_the_page_afresh(client, case):
    said = {"shown": SHOWN, "address": "社区活动中心二楼", "leader_phone": "", "version": stamp(client, case)}
    answer = client.post(url(case), said, headers={"X-Steady": "yes"})
    assert answer.json() == {"go": url(case)}
    assert "还没有改动任何内容" in client.get(url(case)).content.decode()


def test_a_script_with_an_older_page_keeps_what_was_typed_and_may_send_again(client, case):
    said = {"shown": SHOWN, "address": "后来写的", "leader_phone": "", "version": "0-0"}
    answer = client.post(url(case), said, headers={"X-Steady": "yes"})
    assert answer.status_code == 409 and "还在下面" in answer.json()["detail"]
    again = client.post(url(case), said | {"version": answer.json()["version"]}, headers={"X-Steady": "yes"})
    assert again.json() == {"go": url(case, "receipt")}


def test_only_the_applicants_side_mends(client, case, cast):
    for who, status in (("wang", 200), ("li", 403), ("zhang", 403), ("stranger", 404)):
        client.force_login(getattr(cast, who))
        assert client.get(url(case)).status_code == status, who
        assert client.post(url(case, "unlock")).status_code == (302 if status == 200 else status)


def test_other_sections_are_shut_until_they_are_unlocked(client, case):
    people = reverse("registry:section", args=[case.pk, "people"])
    page = client.get(people).content.decode()
    assert re.search(r'name="leader_name"[^>]* disabled', page)
    assert not re.search(r'name="leader_phone"[^>]* disabled', page)
    client.post(people, {"leader_name": "别人", "leader_phone": "", "version": "0"})
    assert fresh(case).answers["people"]["leader_name"] == "刘桂兰"
    answer = client.post(url(case, "unlock"), follow=True)
    assert "第一个环节重新办起" in answer.content.decode()
    assert not re.search(r'name="leader_name"[^>]* disabled', client.get(people).content.decode())


def test_every_way_to_a_case_given_back_leads_to_the_page(client, case):
    for page in (reverse("portal:home"), reverse("registry:cases"), case.get_absolute_url(), url(case, "tasks")):
        assert url(case) in client.get(page).content.decode(), page


def test_a_draft_has_nothing_to_mend(client, case, cast, places):
    draft = builders.draft(cast.auntie, places.garden)
    assert client.get(url(draft)).headers["Location"] == url(draft, "tasks")


def test_the_desk_sees_what_changed_and_no_number(client, case, cast):
    send(client, case)
    client.force_login(cast.wang)
    for page in (case.get_absolute_url(), reverse("registry:move", args=[case.pk, "review"])):
        text = client.get(page).content.decode()
        assert "补正改了什么" in text
        for words in ("社区活动中心二楼", "九江路 8 号二楼", "已修改", "换了一份"):
            assert words in text
        assert "13911112222" not in text and "13900000000" not in text


def test_a_second_notice_asks_why_and_keeps_what_was_written(client, case, cast):
    send(client, case)
    client.force_login(cast.wang)
    move = reverse("registry:move", args=[case.pk, "send_back"])
    assert "为何没有一次告知" in client.get(move).content.decode()
    answer = client.post(move, {"defect:organisation.activities": "写清楚", "version": fresh(case).version})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "上次退回后没有改动过：主要活动" in page and "写清楚" in page
    said = {"defect:organisation.activities": "写清楚", "why": "上次漏看", "version": fresh(case).version}
    assert client.post(move, said).status_code == 302


def test_a_notice_is_called_back_by_form(client, case, cast):
    client.force_login(cast.wang)
    assert "撤回补正通知" in client.get(case.get_absolute_url()).content.decode()
    answer = client.post(reverse("registry:move", args=[case.pk, "recall"]), {"version": case.version})
    assert answer.status_code == 302
    assert fresh(case).state == "submitted"


def test_papers_that_were_not_questioned_have_no_control(client, case):
    page = client.get(url(case, "materials")).content.decode()
    assert 'name="members"' in page and 'name="charter"' not in page
    client.post(url(case, "unlock"))
    assert 'name="charter"' in client.get(url(case, "materials")).content.decode()


def test_a_click_overtaken_while_it_saves_finds_what_was_handed_in(client, case, monkeypatch):
    page, save = stamp(client, case), mending.save

    def overtaken(found, typed, *, by):
        save(found, typed, by=by)
        mending.hand_in(found, by=by)
        raise OutOfTurn("您打开这一页以后，内容在别处改动过", code="stale_section")

    monkeypatch.setattr(mending, "save", overtaken)
    answer = send(client, case, version=page)
    assert (answer.status_code, answer.headers["Location"]) == (302, fresh(case).get_absolute_url())
    assert fresh(case).state == "submitted"
