"""One's own notices: counted in the bar, marked as read by one press, needed for nothing; and mail as one wants it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.models import AuditEvent
from registry import inbox
from registry.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(cast):
    """Three notices for 小王, one for 老李."""
    for number in range(3):
        Notice.objects.create(user=cast.wang, key=f"k{number}", text=f"消息{number}")
    Notice.objects.create(user=cast.li, key="k", text="给老李的")


def bar(client):
    page = client.get(reverse("portal:home")).content.decode()
    return page[page.index('href="/notices/"') :].partition("</a>")[0]


def test_the_bar_counts_what_is_not_read(told, cast, client):
    client.force_login(cast.wang)
    assert "消息 3" in bar(client)
    client.post(reverse("registry:notices_read"))
    assert bar(client).endswith(">消息")


def test_looking_at_them_does_not_mark_them(told, cast, client):
    client.force_login(cast.wang)
    page = client.get(reverse("registry:notices")).content.decode()
    assert page.count("消息0") == 1 and "给老李的" not in page
    assert inbox.unread(cast.wang) == 3


def test_marking_marks_only_ones_own_and_leaves_a_trace(told, cast):
    assert inbox.read_all(cast.wang, at=timezone.now()) == 3
    assert inbox.read_all(cast.wang, at=timezone.now()) == 0
    assert (inbox.unread(cast.wang), inbox.unread(cast.li)) == (0, 1)
    assert AuditEvent.objects.filter(verb="notice.read").count() == 1


def test_what_came_after_the_press_stays_unread(told, cast):
    moment = timezone.now()
    Notice.objects.create(user=cast.wang, key="later", text="后来的")
    inbox.read_all(cast.wang, at=moment)
    assert inbox.unread(cast.wang) == 1


def test_a_hundred_and_more_are_a_hundred(cast, client):
    Notice.objects.bulk_create(Notice(user=cast.wang, key=f"n{n}", text="消息") for n in range(130))
    client.force_login(cast.wang)
    assert "消息 100+" in bar(client)
    assert client.get(reverse("registry:notices"), {"page": "3"}).context["page"].number == 3


def test_mail_is_set_as_one_wants_it_and_the_trail_has_no_address(cast, client):
    client.force_login(cast.wang)
    client.post(reverse("registry:mail"), {"mode": "each", "address": "wang@example.cn"})
    cast.wang.refresh_from_db()
    assert (cast.wang.mail, cast.wang.email) == ("each", "wang@example.cn")
    assert "example.cn" not in str(list(AuditEvent.objects.values()))


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"mode": "each", "address": ""}, "填写邮箱地址"),
        ({"mode": "each", "address": "wang"}, "邮箱地址的格式"),
        ({"mode": "often", "address": "wang@example.cn"}, "often"),
    ],
)
def test_mail_that_cannot_be_is_said_in_words(given, why, cast, client):
    client.force_login(cast.wang)
    answer = client.post(reverse("registry:mail"), given)
    assert why in answer.content.decode()
    cast.wang.refresh_from_db()
    assert (cast.wang.mail, cast.wang.email) == ("digest", "")


def test_no_mail_needs_no_address(cast, client):
    client.force_login(cast.wang)
    assert client.post(reverse("registry:mail"), {"mode": "none", "address": ""}).status_code == 302
