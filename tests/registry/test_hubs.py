"""What officials record of a hub: social workers in post, demonstration sites (津民发〔2018〕61号 三（四）)."""

import datetime as dt

import pytest
from django.urls import reverse

from portal.errors import NotAllowed, OutOfTurn, Refusal
from portal.models import AuditEvent
from registry import hubs
from tests import builders

DAY = dt.date(2026, 3, 1)


@pytest.fixture
def hub(places):
    return builders.organisation(places.street, kind="registered", scope="street", hub_type="federation").hub


def test_the_street_records_a_social_worker_from_a_day_to_a_day(hub, cast):
    post = hubs.appoint(hub, by=cast.li, name="赵社工", full_time=True, starts=DAY)
    assert list(hub.staff.in_force(DAY)) == [post]
    hubs.release(post, by=cast.li, on=DAY + dt.timedelta(days=9))
    assert list(hub.staff.in_force(DAY + dt.timedelta(days=8))) == [post]
    assert not hub.staff.in_force(DAY + dt.timedelta(days=9)).exists()
    assert AuditEvent.objects.filter(subject=f"hub:{hub.pk}").count() == 2


def test_nobody_is_in_post_before_the_hub_or_twice(hub, cast):
    with pytest.raises(Refusal, match="不能早于"):
        hubs.appoint(hub, by=cast.li, name="赵社工", full_time=True, starts=builders.SINCE - dt.timedelta(days=1))
    post = hubs.appoint(hub, by=cast.li, name="赵社工", full_time=True, starts=DAY)
    with pytest.raises(OutOfTurn, match="已经在岗"):
        hubs.appoint(hub, by=cast.li, name="赵社工", full_time=True, starts=DAY)
    hubs.release(post, by=cast.li, on=DAY)
    with pytest.raises(OutOfTurn, match="已经离岗"):
        hubs.release(post, by=cast.li, on=DAY)


def test_the_district_names_a_demonstration_site_and_the_street_does_not(hub, cast):
    with pytest.raises(NotAllowed):
        hubs.demonstrate(hub, by=cast.li, since=DAY)
    assert hubs.demonstrate(hub, by=cast.zhang, since=DAY).demonstration_since == DAY
    assert hubs.demonstrate(hub, by=cast.zhang, since=None).demonstration_since is None


def test_a_day_to_come_is_refused_beside_its_field_and_what_was_typed_stays(hub, cast, client):
    client.force_login(cast.li)
    far = (dt.date.today() + dt.timedelta(days=40)).isoformat()
    answer = client.post(reverse("registry:hub", args=[hub.pk]), {"name": "赵社工", "starts": far})
    page = answer.content.decode()
    assert "到岗日期不能晚于今天" in page and "赵社工" in page
    assert not hub.staff.exists()
