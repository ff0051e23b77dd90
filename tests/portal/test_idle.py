"""A session nobody uses ends; whoever comes back goes on where they were."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

NOON = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
HOME, CASES = "portal:home", "registry:cases"


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def signed_in(client, cast, clock):
    client.force_login(cast.li)
    client.get(reverse(HOME))
    return client


def after(clock, **how_long):
    clock.shift(dt.timedelta(**how_long))


def test_half_an_hour_without_a_request_is_the_most(signed_in, clock):
    after(clock, minutes=30)
    assert signed_in.get(reverse(CASES)).status_code == 200
    after(clock, minutes=30, seconds=1)
    answer = signed_in.get(reverse(CASES) + "?tab=all")
    assert answer.status_code == 302
    assert answer.url == f"{reverse('portal:login')}?next=/cases/%3Ftab%3Dall"
    assert "已自动退出" in signed_in.get(answer.url).content.decode()


def test_every_request_begins_the_half_hour_anew(signed_in, clock):
    for _ in range(5):
        after(clock, minutes=25)
        assert signed_in.post(reverse("portal:alive")).status_code == 204


def test_twelve_hours_are_the_most_whatever_happens(signed_in, clock):
    for _ in range(12 * 3):
        after(clock, minutes=20)
        assert signed_in.get(reverse(CASES)).status_code == 200
    after(clock, minutes=1)
    assert signed_in.get(reverse(CASES)).status_code == 302


def test_a_script_is_told_in_its_own_way(signed_in, clock):
    after(clock, minutes=31)
    answer = signed_in.get(reverse(CASES), headers={"accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json()["code"] == "signed_out"


def test_a_form_sent_too_late_leads_back_to_its_page(signed_in, clock):
    after(clock, minutes=31)
    answer = signed_in.post(reverse("registry:start"), headers={"referer": "http://testserver/guide/"})
    assert answer.status_code == 302 and answer.url.endswith("?next=/guide/")


def test_a_visitor_has_nothing_to_keep_alive(client, db):
    assert client.post(reverse("portal:alive")).status_code == 401
    assert client.get(reverse("portal:alive")).status_code == 405


def test_the_page_knows_when_its_session_ends(signed_in):
    page = signed_in.get(reverse(HOME)).content.decode()
    assert 'data-idle="30"' in page and 'id="idle"' in page
