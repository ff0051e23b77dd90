"""The way in from an SMS and with a phone number: nothing tells which numbers are known, nothing shows one."""

import re
import time

import pytest
from django.urls import reverse
from django.utils import timezone

from registry import contacts, links, tenures
from registry.models import Dispatch, Passcode
from registry.views import contacts as views
from tests import builders

PHONE, UNKNOWN = "13800001111", "13899999999"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


@pytest.fixture(autouse=True)
def _quick(monkeypatch, request):
    if "even" not in request.node.name:
        monkeypatch.setattr(views, "EVEN", 0.0)


@pytest.fixture
def contact(places, packs):
    return builders.contact(places.garden, phone=PHONE)


def link(contact):
    return reverse("registry:contact", args=[links.token(links.CONTACT, contact.pk)])


def code():
    return re.search(r"\d{6}", Dispatch.objects.filter(key__startswith="code:").last().body)[0]


def other(digits):
    return f"{(int(digits) + 1) % 10**6:06d}"


def enter(client, contact):
    client.post(link(contact))
    return client.post(reverse("registry:contact_code"), {"code": code()})


def test_the_link_asks_for_nothing_but_to_send_a_code(contact, client):
    page = client.get(link(contact)).content.decode()
    assert contact.organisation.name in page
    assert set(re.findall(r'<input[^>]*name="(\w+)"', page)) == {"csrfmiddlewaretoken"}
    assert not Passcode.objects.exists()


def test_the_right_code_leads_home_to_his_organisation(contact, client):
    assert enter(client, contact).url == reverse("portal:home")
    page = client.get(reverse("portal:home")).content.decode()
    assert contact.organisation.name in page and "您好" in page
    assert client.get(contact.organisation.get_absolute_url()).status_code == 200


def test_the_code_may_be_typed_full_width_and_with_spaces(contact, client):
    client.post(link(contact))
    digits = code().translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert client.post(reverse("registry:contact_code"), {"code": f" {digits[:3]} {digits[3:]} "}).status_code == 302


def test_a_wrong_code_stays_outside(contact, client):
    client.post(link(contact))
    answer = client.post(reverse("registry:contact_code"), {"code": other(code())})
    assert "验证码不对" in answer.content.decode()
    assert client.get(reverse("portal:home")).wsgi_request.user.is_anonymous


def test_a_code_in_another_browser_is_of_no_use(contact, client):
    client.post(link(contact))
    elsewhere = type(client)()
    answer = elsewhere.post(reverse("registry:contact_code"), {"code": code()})
    assert answer.url == reverse("registry:contact_login")


def test_signing_in_renews_the_session(contact, client):
    client.post(link(contact))
    before = client.session.session_key
    client.post(reverse("registry:contact_code"), {"code": code()})
    assert client.session.session_key != before


def say(client, phone, wrong):
    """What somebody reads who asks for a code for a phone and then types a wrong one, three times."""
    read = [client.post(reverse("registry:contact_login"), {"phone": phone})]
    read.append(client.get(reverse("registry:contact_code")))
    read += [client.post(reverse("registry:contact_code"), {"code": wrong}) for _ in range(3)]
    return [(page.status_code, page.get("Location"), TOKEN.sub("", page.content.decode())) for page in read]


def test_a_known_and_an_unknown_phone_are_answered_alike(contact, client, monkeypatch):
    monkeypatch.setattr(contacts.secrets, "randbelow", lambda most: 777777)
    assert say(client, PHONE, "123456") == say(type(client)(), UNKNOWN, "123456")
    assert Passcode.objects.count() == 1


def test_a_phone_that_asked_too_often_is_answered_like_an_unknown_one(contact, client):
    answers = {client.post(reverse("registry:contact_login"), {"phone": PHONE}).status_code for _ in range(6)}
    assert answers == {302}
    assert Passcode.objects.count() == contacts.CODES


def test_known_and_unknown_are_answered_after_an_even_time(contact, client):
    for phone in (PHONE, UNKNOWN):
        began = time.monotonic()
        client.post(reverse("registry:contact_login"), {"phone": phone})
        assert time.monotonic() - began >= views.EVEN


def test_no_page_and_no_address_shows_a_number(contact, client):
    client.post(reverse("registry:contact_login"), {"phone": PHONE})
    told = [client.get(reverse("registry:contact_code")), client.get(link(contact))]
    client.post(reverse("registry:contact_code"), {"code": code()})
    told += [client.get(reverse("portal:home")), client.get(contact.organisation.get_absolute_url())]
    assert [PHONE in page.content.decode() or PHONE in page.wsgi_request.path for page in told] == [False] * 4


def test_one_address_asks_only_so_often(contact, client):
    for _ in range(views.ASKS):
        client.post(reverse("registry:contact_login"), {"phone": UNKNOWN})
    answer = client.post(reverse("registry:contact_login"), {"phone": UNKNOWN}, headers={"Accept": "application/json"})
    assert answer.status_code == 429


def test_one_address_guesses_only_so_often(contact, client):
    client.post(reverse("registry:contact_login"), {"phone": UNKNOWN})
    asked = reverse("registry:contact_code")
    found = [client.post(asked, {"code": "1"}, headers={"Accept": "application/json"}).status_code for _ in range(61)]
    assert found[-2:] == [200, 429]


@pytest.mark.parametrize("token", ["1", "1.a.b", "x" * 300])
def test_a_link_somebody_made_up_is_not_found(token, client, db):
    assert client.get(reverse("registry:contact", args=[token])).status_code == 404


def test_the_session_ends_with_the_term(contact, client):
    enter(client, contact)
    tenures.lead(contact.organisation, {"leader_name": "赵国强", "leader_phone": UNKNOWN}, timezone.localdate())
    answer = client.get(contact.organisation.get_absolute_url())
    assert answer.url == reverse("registry:contact_login")
    assert client.get(reverse("portal:home")).wsgi_request.user.is_anonymous


def test_whoever_no_longer_leads_goes_on_to_what_anybody_may_read(contact, client):
    enter(client, contact)
    contact.term.phone = UNKNOWN
    contact.term.save()
    answer = client.get(reverse("registry:track"))
    assert answer.status_code == 200 and answer.wsgi_request.user.is_anonymous


def test_he_sees_nothing_of_other_organisations(contact, client, places, cast):
    enter(client, contact)
    other_one = builders.organisation(places.garden)
    assert client.get(other_one.get_absolute_url()).status_code == 404
    case = builders.draft(cast.auntie, places.garden)
    assert client.get(case.get_absolute_url()).status_code == 404
    assert client.get(reverse("registry:ratings")).status_code == 403


def test_he_may_not_begin_what_only_people_with_an_office_may(contact, client, places):
    enter(client, contact)
    form = {"road": "filing", "key": "k", "place_code": places.garden.code}
    assert client.post(reverse("registry:start"), form, headers={"Accept": "application/json"}).status_code in (
        403,
        422,
    )


def test_a_desk_invites_by_a_button(contact, client, cast):
    client.force_login(cast.li)
    Dispatch.objects.all().delete()
    page = client.get(contact.organisation.get_absolute_url()).content.decode()
    assert reverse("registry:invite", args=[contact.organisation_id]) in page
    client.post(reverse("registry:invite", args=[contact.organisation_id]))
    assert Dispatch.objects.get().body.count("/c/") == 1


@pytest.mark.parametrize(("who", "status"), [("auntie", 404), ("stranger", 404), ("zhao", 403)])
def test_others_do_not(who, status, contact, client, cast):
    client.force_login(getattr(cast, who))
    assert client.post(reverse("registry:invite", args=[contact.organisation_id])).status_code == status
