"""The board of a place that has ended: its last day, and the way to what is there now."""

import datetime as dt

from django.urls import reverse

from tests.registry import placeacts_scene as scene


def test_an_old_board_address_shows_the_last_day_and_leads_to_the_successor(client, cast, places, packs):
    other = scene.street(places)
    scene.merged(cast, places, other)
    client.force_login(cast.zhao)
    answer = client.get(reverse("supervision:board", args=[other.code]), {"on": scene.TODAY}, follow=True)
    last = scene.DAY - dt.timedelta(days=1)
    assert answer.redirect_chain == [(f"{reverse('supervision:board', args=[other.code])}?on={last}", 302)]
    page = answer.content.decode()
    assert "下瓦房街道已于2026年11月1日撤销" in page
    assert reverse("supervision:board", args=[places.street.code]) in page
