"""Planning a change of divisions on screen: the forms, what is shown, who may, and what old addresses tell."""

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.models import AuditEvent
from registry.models import Jurisdiction, PlaceAct
from registry.places import find
from registry.places.acts import deciding, planning
from tests import builders
from tests.registry import placeacts_scene as scene

SAID = {"on": "2026-11-01", "document": scene.DOCUMENT}


@pytest.fixture
def desk(client, cast):
    client.force_login(cast.zhang)
    return client


@pytest.fixture
def other(places):
    return scene.street(places)


def plan(desk, where, kind, /, **said):
    return desk.post(reverse("registry:placeact_new", args=[where, kind]), SAID | said, follow=True)


def agree(desk, act, seen=None):
    page = desk.get(reverse("registry:placeact", args=[act.pk])).content.decode()
    mark = seen or page.split('name="seen" value="')[1].split('"')[0]
    return desk.post(reverse("registry:placeact_agree", args=[act.pk]), {"seen": mark}, follow=True)


def test_the_page_of_a_place_offers_what_may_begin_there_to_its_officer_alone(client, cast, places):
    def offers(who):
        client.force_login(who)
        return client.get(reverse("registry:place", args=[places.village.code])).content.decode()

    assert "村改居" in offers(cast.zhang)
    assert "功能区代管" not in offers(cast.zhang)
    assert "村改居" not in offers(cast.li)


@pytest.mark.parametrize("kind", ["rename", "merge", "split", "transfer", "add", "abolish"])
def test_each_form_opens(desk, places, other, kind):
    assert desk.get(reverse("registry:placeact_new", args=[places.street.code, kind])).status_code == 200


def test_a_merger_is_planned_looked_at_and_done(desk, cast, places, other):
    builders.organisation(places.garden, name="邻里互助社")
    page = plan(desk, other.code, "merge", places=[places.street.pk], into="new", name="新营门街道")
    told = page.content.decode()
    assert "邻里互助社" in told and "新营门街道" in told and "老李" in told
    act = PlaceAct.objects.get()
    assert act.touched["社会组织"] == 1
    done = agree(desk, act).content.decode()
    assert "区划变更已经办理" in done
    assert Jurisdiction.objects.get(name="新营门街道").children.count() == 2
    verbs = AuditEvent.objects.filter(subject=f"placeact:{act.pk}").values_list("verb", flat=True)
    assert set(verbs) == {"placeact.propose", "placeact.agree", "placeact.done"}


def test_what_changed_since_the_look_is_shown_again_before_anything_is_done(desk, places, other):
    plan(desk, other.code, "merge", places=[places.street.pk], into=other.code)
    act = PlaceAct.objects.get()
    mark = desk.get(reverse("registry:placeact", args=[act.pk])).content.decode().split('name="seen" value="')[1][:32]
    builders.organisation(places.garden, name="新来的舞蹈队")
    page = agree(desk, act, seen=mark)
    assert page.status_code == 409
    assert "影响范围有了变化" in page.content.decode() and "新来的舞蹈队" in page.content.decode()
    act.refresh_from_db()
    assert act.state == PlaceAct.State.PROPOSED
    agree(desk, act)
    act.refresh_from_db()
    assert act.state == PlaceAct.State.DONE


def test_a_split_lists_the_places_and_the_organisations_to_choose_from(desk, places):
    goes = builders.organisation(places.garden, name="走的")
    builders.organisation(places.garden, name="留的")
    plan(desk, places.garden.code, "split", name="九江里社区", organisations=[goes.pk])
    agree(desk, PlaceAct.objects.get())
    goes.refresh_from_db()
    assert goes.place.name == "九江里社区"
    assert places.garden.organisations.get().name == "留的"


def test_a_village_becomes_a_community_by_the_form(desk, places):
    plan(desk, places.village.code, "convert", name="西苑社区", way="new")
    agree(desk, PlaceAct.objects.get())
    assert find("120103001002").name == "西苑社区"


@pytest.mark.parametrize(
    ("kind", "said", "told"),
    [
        ("rename", {"name": ""}, "填写"),
        ("rename", {"name": "abc"}, "名称应有汉字"),
        ("rename", {"name": "大营门街道"}, "与现在的名称相同"),
        ("rename", {"name": "好街道", "on": "3026-01-01"}, "生效日期不合理"),
        ("rename", {"name": "好街道", "document": ""}, "填写批准文件的文号"),
        ("merge", {"into": "new", "name": "好街道"}, "至少选一个"),
        ("split", {"name": "好街道", "code": "120103001"}, "已经用过"),
        ("split", {"name": "好街道", "code": "330302001"}, "开头"),
        ("transfer", {"parent": "12x"}, "区划代码应为"),
        ("transfer", {"parent": "120199"}, "没有区划代码"),
        ("transfer", {"parent": "120103"}, "现在就属于"),
        ("abolish", {}, "没有去处"),
        ("add", {"name": "好社区"}, "新地方的代码"),
        ("add", {"name": "九江路社区", "code": "120103001150"}, "会有 2 个“九江路社区”"),
    ],
)
def test_what_cannot_be_comes_back_in_the_form(desk, places, kind, said, told):
    page = plan(desk, places.street.code, kind, **said)
    assert page.status_code == 422
    assert told in page.content.decode()
    assert not PlaceAct.objects.exists()


def test_a_transfer_between_counties_is_planned_above_them(desk, cast, places):
    page = plan(desk, places.street.code, "transfer", parent="120101")
    assert page.status_code == 403
    assert "由市级或省级民政部门的经办人员提出" in page.content.decode()
    city = builders.person("市局", "district", places.tianjin)
    desk.force_login(city)
    plan(desk, places.street.code, "transfer", parent="120101")
    agree(desk, PlaceAct.objects.get())
    assert find("120101001000").name == "大营门街道"


def test_many_are_agreed_to_at_once_and_what_cannot_be_done_says_why(desk, cast, places, other):
    fits = scene.propose(cast, "rename", planning.rename(places.garden, name="九江里社区", on=scene.DAY))
    ends = scene.propose(cast, "abolish", planning.abolish(other, on=scene.DAY))
    builders.organisation(other)
    both = {"act": [fits.pk, ends.pk]}
    url = reverse("registry:placeacts_agree")
    assert "核对 2 项区划变更" in desk.post(url, both).content.decode()
    assert PlaceAct.objects.waiting().count() == 2
    page = desk.post(url, both | {"sure": "1"}).content.decode()
    assert "1 项没有办成" in page and "还有 1 个组织" in page
    assert find(places.garden.code).name == "九江里社区"


def test_a_dropped_act_is_not_done(desk, cast, places):
    act = scene.propose(cast, "rename", planning.rename(places.garden, name="九江里社区", on=scene.DAY))
    desk.post(reverse("registry:placeact_drop", args=[act.pk]))
    assert desk.post(reverse("registry:placeact_agree", args=[act.pk]), {"seen": ""}).status_code == 409
    assert find(places.garden.code).name == "九江路社区"


def test_the_list_costs_the_same_however_long(desk, cast, places, django_assert_max_num_queries):
    for number in range(12):
        scene.propose(cast, "rename", planning.rename(places.garden, name=f"九江{'甲' * number}社区", on=scene.DAY))
    with django_assert_max_num_queries(13):
        page = desk.get(reverse("registry:placeacts"))
    assert page.content.decode().count("更名：九江路社区") >= 12


def test_the_page_of_an_ended_place_leads_to_what_is_there_now(client, cast, places, other):
    scene.merged(cast, places, other)
    page = client.get(reverse("registry:place", args=[other.code])).content.decode()
    assert "已并入" in page and "大营门街道" in page and "撤销，现在是" in page
    now = client.get(reverse("registry:place", args=[places.street.code])).content.decode()
    assert "并入这里" in now and scene.DOCUMENT in now


def test_an_old_certificate_is_good_and_says_what_the_place_is_called_now(client, cast, places, packs, delegation):
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast)
    scene.do(cast, "rename", planning.rename(places.street, name="新营门街道", on=scene.TODAY), on=scene.TODAY)
    page = client.get(case.certificate.get_absolute_url()).content.decode()
    assert "这份证书有效" in page
    if timezone.localdate() < scene.TODAY:
        assert "天津市河西区大营门街道九江路社区" in page
    assert "天津市河西区新营门街道九江路社区" in page


def test_a_stranger_finds_no_act(client, cast, places):
    act = scene.propose(cast, "rename", planning.rename(places.garden, name="九江里社区", on=scene.DAY))
    client.force_login(cast.stranger)
    assert client.get(reverse("registry:placeact", args=[act.pk])).status_code == 404
    client.force_login(cast.zhao)
    assert client.get(reverse("registry:placeact", args=[act.pk])).status_code == 200
    assert client.post(reverse("registry:placeact_agree", args=[act.pk]), {"seen": ""}).status_code == 403
    assert deciding.come(scene.TODAY) == 0
