"""变更备案 on the pages: offered, filled in, mended, looked back on."""

import re

from django.urls import reverse

from registry.casework import actions, opening, papers
from registry.models import Certificate
from tests import builders
from tests.filings.change_scene import NEW_LEADER, change, fill, walk


def test_the_old_paper_points_to_the_new_one(team, cast, client):
    old = Certificate.objects.get()
    walk(change(team, cast, "name", new_name="夕阳红舞蹈队"), cast)
    page = client.get(old.get_absolute_url()).content.decode()
    assert "变更换发" in page and "夕阳红舞蹈队" in page
    assert Certificate.objects.get(cancelled_on=None).get_absolute_url() in page


def test_the_page_offers_the_change_and_leads_to_its_first_question(team, cast, client):
    client.force_login(cast.auntie)
    page = client.get(reverse("registry:organisation", args=[team.pk])).content.decode()
    assert "可以办理的事项" in page and "变更备案" in page
    answer = client.post(reverse("registry:open", args=[team.pk, "filing-change"]))
    case = team.cases.get(kind="filing-change")
    assert answer.url == reverse("registry:section", args=[case.pk, "items"])
    assert client.post(reverse("registry:open", args=[team.pk, "filing-change"])).url == answer.url
    assert team.cases.filter(kind="filing-change").count() == 1


def test_a_leader_is_changed_in_the_browser_with_four_pages(team, cast, client):
    client.force_login(cast.auntie)
    client.post(reverse("registry:open", args=[team.pk, "filing-change"]))
    case = team.cases.get(kind="filing-change")
    what, new = (reverse("registry:section", args=[case.pk, key]) for key in ("items", "values"))
    assert client.post(what, {"items": ["leader"], "version": "0"}).url == new
    page = client.get(new).content.decode()
    assert "现在是“刘桂兰”" in page and "新负责人姓名" in page and "新名称" not in page
    numbers = {"leader_id_number": builders.identity_number(7), "leader_phone": "13911112222"}
    handed = client.post(new, NEW_LEADER | numbers | {"version": "0"})
    assert handed.url == reverse("registry:materials", args=[case.pk])
    papers.attach(case, "minutes", builders.png(), by=cast.auntie)
    check = client.get(reverse("registry:check", args=[case.pk])).content.decode()
    assert "原为：刘桂兰" in check and "赵志强" in check
    assert client.post(reverse("registry:move", args=[case.pk, "submit"])).status_code == 302
    case.refresh_from_db()
    assert case.state == "submitted" and case.number


def test_former_names_and_leaders_stand_on_the_page(team, cast, client):
    walk(change(team, cast, "leader name", new_name="夕阳红舞蹈队", **NEW_LEADER), cast)
    client.force_login(cast.li)
    page = client.get(reverse("registry:organisation", args=[team.pk])).content.decode()
    assert "曾用名" in page and "阳光舞蹈队" in page
    assert "历任负责人" in page and "刘*" in page


def test_a_change_given_back_is_mended_on_one_page_and_goes_on(team, cast, client):
    case = walk(change(team, cast, "leader address", premises="none", address="", **NEW_LEADER), cast, 1)
    wrong = {"section": "values", "field": "leader_name", "label": "新负责人姓名", "reason": "和身份证不一致"}
    case = actions.move(case, "send_back", by=cast.wang, data={"defects": [wrong]})
    client.force_login(cast.auntie)
    address = reverse("registry:mend", args=[case.pk])
    page = client.get(address).content.decode()
    assert "和身份证不一致" in page and 'name="leader_name"' in page and 'name="premises"' not in page
    version = re.search(r'name="version" value="([^"]+)"', page)[1]
    client.post(address, {"shown": ["values.leader_name"], "leader_name": "赵志刚", "version": version})
    case.refresh_from_db()
    assert (case.state, case.answers["values"]["leader_name"]) == ("submitted", "赵志刚")
    assert case.answers["items"]["items"] == "leader address"
    walk_on = (("review", "wang"), ("report", "wang"), ("record", "li"))
    for verb, who in walk_on:
        case = actions.move(case, verb, by=getattr(cast, who), note="属实")
    assert team.leader_terms.get(ends=None).name == "赵志刚"


def test_the_page_leads_to_what_is_under_way(team, cast, client):
    case = opening.begin(team, "filing-change", by=cast.auntie)
    told = {}
    for who, state in (("auntie", "draft"), ("li", "draft"), ("auntie", "submitted"), ("li", "submitted")):
        if state == "submitted" and case.state == "draft":
            case = walk(fill(case, "leader", by=cast.auntie, **NEW_LEADER), cast, 1)
        client.force_login(getattr(cast, who))
        page = client.get(reverse("registry:organisation", args=[team.pk])).content.decode()
        told[who, state] = ("继续办理" in page, "正在办理" in page, f'href="{case.get_absolute_url()}">正在' in page)
    assert told == {
        ("auntie", "draft"): (True, False, False),
        ("li", "draft"): (False, True, False),
        ("auntie", "submitted"): (False, True, True),
        ("li", "submitted"): (False, True, True),
    }
