"""J10: the leader of a dance team, 65, large letters, on her phone: a new leader is named, and the service rated."""

import re

import pytest
from django.test import override_settings

from registry.casework import actions, outbox
from registry.messages import sending
from registry.models import Case, Rating
from tests import builders
from tests.e2e.walker import NARROW, PHONE

pytestmark = pytest.mark.e2e
TAPS, LONGEST = 14, 120
NUMBER = "13800001015"
PARAGRAPHS = "() => [...document.querySelectorAll('p')].map((one) => one.innerText.trim().length)"
SMALL = """() => [...document.querySelectorAll('main button, main .btn, main select, main input:not([type=hidden])')]
  .filter((one) => one.offsetParent && !['radio', 'checkbox'].includes(one.type) && one.offsetHeight < 44)
  .map((one) => one.outerHTML)"""


@pytest.fixture
def post(portal, tmp_path):
    """A phone: what came in, newest last."""
    with override_settings(SMS_FOLDER=tmp_path / "sms", PUBLIC_URL=portal):
        yield Post(tmp_path / "sms")


class Post:
    def __init__(self, folder):
        self.folder = folder

    def read(self, number=NUMBER):
        """Deliver what waits, as the worker does every five seconds; the messages of this phone, oldest first."""
        outbox.deliver()
        sending.send()
        letters = [file.read_text().split("\n\n", 1) for file in sorted(self.folder.glob("*.txt"))]
        return [text.strip() for phone, text in letters if phone == number]

    def link(self, words):
        """The address in the newest message that says this."""
        text = next(text for text in reversed(self.read()) if words in text)
        return re.search(r"http\S+", text)[0]

    def code(self):
        return re.search(r"验证码(\d{6})", self.read()[-1])[1]


@pytest.fixture
def auntie(walker):
    """Her browser: a phone with large letters."""
    one = walker(PHONE)
    one.context.add_cookies([{"name": "large", "value": "1", "url": one.base}])
    return one


@pytest.fixture
def team(crew, post):
    """A filed dance team and the link its leader was sent."""
    cast = crew("hexi")
    cast.contact = builders.contact(
        cast.garden, phone=NUMBER, leader="刘桂兰", name="夕阳红舞蹈队", category="culture_sports",
        activities="组织居民排练", individual_members=24, premises="shared", address="社区活动室",
        leader_id_number=builders.identity_number(15),
    )  # fmt: skip
    return cast


def follow(one, link):
    """Tap a link in a message."""
    one.clicks += 1
    one.go(link)
    return one


def faults(one):
    """What is hard for her on this page."""
    found = one.manners()
    long = [length for length in one.page.evaluate(PARAGRAPHS) if length > LONGEST]
    found += [f"a paragraph of {length} characters" for length in long]
    found += [f"too small: {one}" for one in one.page.evaluate(SMALL)]
    one.page.set_viewport_size(NARROW)
    found += [f"narrow: {fault}" for fault in one.manners(axe=False)]
    one.page.set_viewport_size(PHONE)
    return found


def sign_in(one, post, seen):
    follow(one, post.link("可以在手机上办"))
    seen(one)
    one.press("发送验证码")
    seen(one)
    one.write("短信验证码", post.code()).press("登录")
    seen(one)


def change_leader(one, photo, seen):
    one.press("变更备案")
    seen(one)
    one.tap(one.page.get_by_label("负责人", exact=True)).press("保存并继续")
    seen(one)
    one.write("新负责人姓名", "赵国强").write("新负责人身份证号", builders.identity_number(16))
    one.write("新负责人电话", "13800001016").choose("负责人是否在职干部", "否")
    one.press("保存并继续")
    seen(one)
    one.page.go_back()
    assert one.page.get_by_label(re.compile("^新负责人姓名")).input_value() == "赵国强"
    one.page.go_forward()
    one.bring("minutes", photo).press("保存并继续")
    seen(one)
    one.press("提交申请")
    seen(one)


def decided(case, cast):
    """The desks do their part."""
    for verb, who in (("review", "wang"), ("report", "wang"), ("record", "li")):
        case = actions.move(case, verb, by=getattr(cast, who), note="属实")
    return case


def test_she_names_a_new_leader_and_rates_the_service(auntie, team, post, photo):
    told = {}

    def seen(one):
        told.update({f"{one.page.title()}: {fault}": True for fault in faults(one)})

    sign_in(auntie, post, seen)
    change_leader(auntie, photo, seen)
    case = Case.objects.get(organisation=team.contact.organisation, kind="filing-change")
    assert case.number in auntie.text and "承诺办结" in auntie.text
    decided(case, team)
    follow(auntie, post.link("打分"))
    seen(auntie)
    auntie.press("非常满意")
    seen(auntie)
    assert "谢谢您的评价" in auntie.text
    assert Rating.objects.get(case=case).level == 5
    assert auntie.clicks + auntie.choosers <= TAPS
    assert list(told) == []
    assert team.contact.organisation.leader_terms.get(ends=None).name == "赵国强"
    assert any("可以在手机上办" in text for text in post.read("13800001016")), "the new leader was not invited"
    auntie.go(case.get_absolute_url())
    assert auntie.page.get_by_role("heading", name="登录").is_visible()  # she no longer leads


def test_a_bad_rating_asks_why_without_a_script_too(walker, team, post):
    case = builders.draft(team.wang, team.garden, said=builders.answers("差评舞蹈队"))
    case.sealed = case.sealed | {"leader_phone": NUMBER}
    case.save(update_fields=["sealed"])
    builders.walk(case, team)
    one = walker(PHONE, script=False)
    follow(one, post.link("差评舞蹈队的备案已办结"))
    one.press("不满意")
    assert "15 个工作日内核实" in one.text
    one.tap(one.page.get_by_label("办得慢")).press("告诉我们原因")
    assert Rating.objects.get(case=case).reasons == ["slow"]
