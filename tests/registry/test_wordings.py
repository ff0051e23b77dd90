"""A county writes its own words, sees them with an example, is told by name what cannot stand, and can go back."""

import pytest
from django.urls import reverse

from portal.errors import NotAllowed, Refusal
from registry import wordings
from registry.messages import queue, texts
from registry.models import Wording

BODY = "【河西】{organisation}：{link}"


def page(places, event="submitted", channel="sms"):
    return reverse("registry:wording", args=[places.hexi.code, event, channel])


def test_what_the_district_writes_is_used_and_can_be_taken_back(cast, places, client):
    client.force_login(cast.zhang)
    client.post(page(places), {"body": BODY})
    assert queue.words("submitted", "sms", places.garden.code) == ("", BODY)
    client.post(page(places), {"do": "reset"})
    assert queue.words("submitted", "sms", places.garden.code) == texts.EVENTS["submitted"].words["sms"]


def test_an_unknown_placeholder_is_refused_by_name(cast, places, client):
    client.force_login(cast.zhang)
    answer = client.post(page(places), {"body": "{link}{leader_phone}"}).content.decode()
    assert "“{leader_phone}”不能用在这里" in answer
    assert not Wording.objects.exists()


def test_an_example_shows_what_would_be_sent_and_keeps_nothing(cast, places, client):
    client.force_login(cast.zhang)
    answer = client.post(page(places), {"body": BODY, "do": "look"}).content.decode()
    assert "【河西】春晓太极拳队：" in answer
    assert not Wording.objects.exists()


def test_an_example_of_a_wrong_text_says_what_is_wrong(cast, places, client):
    client.force_login(cast.zhang)
    answer = client.post(page(places), {"body": "没有网址", "do": "look"}).content.decode()
    assert "内容里要有“{网址}”" in answer


def test_an_email_has_a_title_and_an_sms_has_none(cast, places, client):
    client.force_login(cast.zhang)
    assert 'name="subject"' in client.get(page(places, "step", "email")).content.decode()
    assert 'name="subject"' not in client.get(page(places)).content.decode()


@pytest.mark.parametrize(("event", "channel"), [("submitted", "email"), ("nonsense", "sms"), ("code", "sms")])
def test_there_is_no_page_for_a_message_there_is_not(event, channel, cast, places, client):
    client.force_login(cast.zhang)
    assert client.get(page(places, event, channel)).status_code == 404


@pytest.mark.parametrize("who", ["wang", "li", "sun", "zhao", "auntie", "stranger"])
def test_only_the_district_of_the_county_writes(who, cast, places, client):
    with pytest.raises(NotAllowed):
        wordings.write(places.hexi.code, "submitted", "sms", subject="", body=BODY, by=getattr(cast, who))
    client.force_login(getattr(cast, who))
    assert client.post(page(places), {"body": BODY}).status_code == 403


def test_the_list_shows_every_message_and_which_are_its_own(cast, places, client, django_assert_max_num_queries):
    wordings.write(places.hexi.code, "submitted", "sms", subject="", body=BODY, by=cast.zhang)
    client.force_login(cast.zhang)
    with django_assert_max_num_queries(12):
        shown = client.get(reverse("registry:wordings")).content.decode()
    assert all(event.label in shown for event in texts.EVENTS.values())
    assert shown.count("已改写") == 1


def test_script_in_a_wording_is_only_text(cast, places, client):
    client.force_login(cast.zhang)
    answer = client.post(page(places), {"body": "<script>{link}", "do": "look"}).content.decode()
    assert "<script>http" not in answer and "&lt;script&gt;" in answer


def test_a_refusal_keeps_what_was_typed(cast, places):
    with pytest.raises(Refusal, match="大括号"):
        wordings.write(places.hexi.code, "submitted", "sms", subject="", body="{link}{", by=cast.zhang)
