"""The pages of places: looking up for everybody, changing for the district desk."""

import datetime as dt

import pytest
from django.urls import reverse

from portal.models import User
from registry.models import Jurisdiction, Office, PlaceChange, Population
from registry.places import actions, edits, find, history
from registry.scope import Role

COMMUNITY, STREET, HEXI = "120103001001", "120103001000", "120103000000"
NAME = {"name": "九江里社区居委会", "on": "2024-03-01", "source": "津民函〔2024〕1号", "seen": "0"}


@pytest.fixture
def demo(db):
    actions.load_demo()


@pytest.fixture
def zhang(demo):
    return officer("张科", HEXI)


@pytest.fixture
def desk(client, zhang):
    client.force_login(zhang)
    return client


def officer(name, code, role=Role.DISTRICT):
    user = User.objects.create(username=name, name=name)
    Office.objects.create(user=user, role=role, place=find(code), starts=dt.date(2020, 1, 1))
    return user


def page(client, name, *args, **query):
    return client.get(reverse(f"registry:{name}", args=args), query)


def words(answer):
    return answer.content.decode()


def edit(client, code, what, data):
    return client.post(reverse("registry:place_edit", args=[code, what]), data)


# --- looking up ---


def test_the_tree_is_walked_from_the_provinces_to_a_community(client, demo):
    html = words(page(client, "places"))
    for code in ("120000000000", "120100000000", HEXI, STREET, COMMUNITY):
        assert f'href="{reverse("registry:place", args=[code])}"' in html
        html = words(page(client, "place", code))
    assert "九江路社区居委会" in html
    assert "城市社区" in html
    assert "市辖区</a>" not in html  # the pseudo level is not shown on the way up


def test_a_short_code_leads_to_the_place(client, demo):
    assert page(client, "place", "120103").headers["Location"] == reverse("registry:place", args=[HEXI])
    assert page(client, "places", q="１２０１０３").headers["Location"] == reverse("registry:place", args=[HEXI])


@pytest.mark.parametrize("code", ["999999", "12010", "abc", "１２x"])
def test_an_unknown_place_is_not_found(client, demo, code):
    assert page(client, "place", code).status_code == 404


def test_a_place_is_searched_by_part_of_its_name(client, demo):
    html = words(page(client, "places", q="大营门"))
    assert "大营门街道" in html
    assert "鹿城" not in html
    assert "没有找到" in words(page(client, "places", q="没有这个地方"))


def test_the_page_counts_communities_by_class(client, demo):
    assert "149 个，其中城市社区 149 个、农村社区 0 个" in words(page(client, "place", HEXI))
    assert "119 个，其中城市社区" in words(page(client, "place", "450103000000"))
    assert "2191493" in words(page(client, "place", "500112000000"))


def test_the_page_shows_a_former_day(client, zhang):
    place = Jurisdiction.objects.get(code=COMMUNITY)
    day = dt.date(2024, 3, 1)
    given = {"by": zhang, "on": day, "source": "津民函〔2024〕1号"}
    edits.rename(place, name="九江里社区居委会", seen=0, **given)
    edits.reclass(place, area_class="rural", seen=history.last_change(place), **given)
    then, now = words(page(client, "place", STREET, on="2024-02-29")), words(page(client, "place", STREET))
    assert ("九江路社区居委会" in then, "农村社区</td>" in then) == (True, False)
    assert ("九江里社区居委会" in now, "农村社区</td>" in now) == (True, True)
    own = words(page(client, "place", COMMUNITY))
    assert "津民函〔2024〕1号" in own
    assert "人工维护" not in own


def test_a_day_that_cannot_be_read_is_said_and_today_shown(client, demo):
    answer = page(client, "place", HEXI, on="昨天")
    assert answer.status_code == 200
    assert "日期看不懂" in words(answer)


@pytest.mark.parametrize("code", ["120000000000", "500112000000"])
def test_a_place_takes_the_same_few_queries_whatever_lies_in_it(client, demo, django_assert_max_num_queries, code):
    with django_assert_max_num_queries(12):
        page(client, "place", code)


# --- changing ---


def test_the_officer_finds_the_doors_on_the_page_and_others_do_not(client, desk):
    door = reverse("registry:place_edit", args=[COMMUNITY, "name"])
    assert door in words(page(desk, "place", COMMUNITY))
    client.logout()
    assert door not in words(page(client, "place", COMMUNITY))


@pytest.mark.parametrize("what", ["name", "class", "population", "end"])
def test_each_form_opens(desk, what):
    answer = page(desk, "place_edit", COMMUNITY, what)
    assert answer.status_code == 200
    assert "依据" in words(answer)


def test_a_name_is_changed_and_the_page_tells(desk):
    answer = desk.post(reverse("registry:place_edit", args=[COMMUNITY, "name"]), NAME, follow=True)
    assert "已办理：改名" in words(answer)
    assert "九江里社区居委会" in words(answer)
    assert PlaceChange.objects.get().on == dt.date(2024, 3, 1)


def test_a_class_is_overridden(desk):
    given = {"area_class": "rural", "on": "２０２４-０３-０１", "source": "批文", "seen": "0"}
    assert edit(desk, COMMUNITY, "class", given).status_code == 302
    assert Jurisdiction.objects.get(code=COMMUNITY).area_class == "rural"


def test_a_place_is_added_with_full_width_digits(desk):
    given = {"code": "１２０１０３００１１５０", "name": " 新建 社区居委会 ", "on": "2024-03-01", "source": "批文"}
    assert edit(desk, STREET, "add", given).status_code == 302
    place = Jurisdiction.objects.get(code="120103001150")
    assert (place.name, place.parent.code, place.area_class) == ("新建社区居委会", STREET, "urban")


def test_the_same_form_sent_twice_makes_one_place(desk):
    given = {"code": "120103001150", "name": "新建社区居委会", "on": "2024-03-01", "source": "批文"}
    assert [edit(desk, STREET, "add", given).status_code for _ in range(2)] == [302, 422]
    assert Jurisdiction.objects.filter(code="120103001150").count() == 1
    assert [edit(desk, COMMUNITY, "name", NAME).status_code for _ in range(2)] == [302, 409]
    assert PlaceChange.objects.filter(field="name").count() == 1


def test_a_place_is_abolished_and_reopened(desk):
    given = {"on": "2024-03-01", "source": "批文", "seen": "0"}
    assert edit(desk, COMMUNITY, "end", given).status_code == 302
    place = Jurisdiction.objects.get(code=COMMUNITY)
    assert "已撤销" in words(page(desk, "places", q="九江路"))
    assert edit(desk, COMMUNITY, "end", given).status_code == 409
    given["seen"] = history.last_change(place)
    assert edit(desk, COMMUNITY, "reopen", given).status_code == 302
    place.refresh_from_db()
    assert place.ends is None


def test_a_population_is_written(desk):
    given = {"year": "２０２３", "kind": "resident", "people": "８００，０００".replace("，", ","), "source": "年报"}
    assert edit(desk, HEXI, "population", given).status_code == 302
    assert Population.objects.get(place__code=HEXI, year=2023).people == 800000


@pytest.mark.parametrize(
    ("what", "change", "said"),
    [
        ("name", {"name": ""}, "填写新名称"),
        ("name", {"name": "长" * 81}, "名称不能超过 80 个字"),
        ("name", {"name": "abc"}, "名称应有汉字"),
        ("name", {"name": "九江路社区居委会"}, "新名称与现在的名称相同"),
        ("name", {"on": ""}, "填写生效日期"),
        ("name", {"on": "2999-01-01"}, "生效日期不能晚于今天"),
        ("name", {"on": "1900-01-01"}, "生效日期太早"),
        ("name", {"on": "三月一日"}, "日期应写成"),
        ("name", {"source": " "}, "填写依据"),
        ("name", {"source": "长" * 181}, "依据不能超过 180 个字"),
        ("class", {"area_class": "urban"}, "与现在的类别相同"),
        ("class", {"area_class": "suburb"}, "选择"),
    ],
)
def test_what_cannot_be_comes_back_with_what_was_typed(desk, what, change, said):
    answer = edit(desk, COMMUNITY, what, {**NAME, "area_class": "rural", **change})
    assert answer.status_code == 422
    assert said in words(answer)
    assert "津民函" in words(answer) or "source" in change
    assert not PlaceChange.objects.exists()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("12010", "区划代码应为"),
        ("12010300115x", "区划代码应为"),
        ("450103001150", "代码应以上级代码 120103001 开头"),
        (COMMUNITY, "这个代码已经有地点使用"),
    ],
)
def test_a_code_that_cannot_be_is_said_beside_the_field(desk, code, said):
    answer = edit(desk, STREET, "add", {"code": code, "name": "新建社区", "on": "2024-03-01", "source": "批文"})
    assert answer.status_code == 422
    assert said in words(answer)


@pytest.mark.parametrize(
    ("year", "people"), [("1800", "5"), ("2999", "5"), ("2020", "-1"), ("2020", "9" * 16), ("", "")]
)
def test_a_population_that_cannot_be_is_refused(desk, year, people):
    given = {"year": year, "people": people, "kind": "resident", "source": "年报"}
    assert edit(desk, HEXI, "population", given).status_code == 422


def test_a_stale_form_reads_who_was_first_and_keeps_what_was_typed(desk, client):
    wang = officer("王科", HEXI)
    edits.rename(find(COMMUNITY), name="甲社区居委会", on=dt.date(2024, 1, 1), source="批文", by=wang, seen=0)
    answer = edit(desk, COMMUNITY, "name", NAME)
    assert answer.status_code == 409
    assert "王科已于" in words(answer)
    assert 'value="九江里社区居委会"' in words(answer)
    assert Jurisdiction.objects.get(code=COMMUNITY).name == "甲社区居委会"
    seen = str(PlaceChange.objects.get().pk)
    assert f'value="{seen}"' in words(answer)
    assert edit(desk, COMMUNITY, "name", {**NAME, "seen": seen}).status_code == 302


@pytest.mark.parametrize(
    ("role", "where"),
    [(Role.DISTRICT, "330302"), (Role.STREET, "120103001"), (Role.APPROVER, "120103"), (Role.LEADER, "12")],
)
def test_others_are_told_they_may_not(client, demo, role, where):
    client.force_login(officer("外人", where, role))
    assert page(client, "place_edit", COMMUNITY, "name").status_code == 403
    assert edit(client, COMMUNITY, "name", NAME).status_code == 403
    assert not PlaceChange.objects.exists()


def test_a_visitor_is_asked_to_sign_in(client, demo):
    answer = page(client, "place_edit", COMMUNITY, "name")
    assert answer.status_code == 302
    assert reverse("portal:login") in answer.headers["Location"]


def test_an_unknown_change_is_not_found_and_an_unfit_one_refused(desk):
    assert page(desk, "place_edit", COMMUNITY, "paint").status_code == 404
    assert page(desk, "place_edit", COMMUNITY, "add").status_code == 409
    assert page(desk, "place_edit", COMMUNITY, "reopen").status_code == 409
    assert page(desk, "place_edit", HEXI, "class").status_code == 409
