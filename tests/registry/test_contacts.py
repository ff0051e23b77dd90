"""A leader gets in with a code on the phone on record, for as long as both stand; guessing leads nowhere."""

import datetime as dt
import re

import pytest
import time_machine
from django.utils import timezone

from portal.errors import NotAllowed, Refusal
from portal.limits import TooMany
from portal.models import AuditEvent
from registry import contacts, links, register, tenures
from registry.casework import rights
from registry.messages import sending
from registry.models import Contact, Dispatch, Passcode
from tests import builders

PHONE = "13800001111"
MINUTE = dt.timedelta(minutes=1)
NEW_LEADER = {"leader_name": "赵国强", "leader_phone": "13800002222", "leader_id_number": builders.identity_number(9)}


@pytest.fixture
def contact(places):
    return builders.contact(places.garden, phone=PHONE)


def code():
    """The digits of the newest SMS with a code."""
    body = Dispatch.objects.filter(key__startswith="code:").last().body
    return re.search(r"\d{6}", body)[0]


def other(digits):
    return f"{(int(digits) + 1) % 10**6:06d}"


def amend(contact, said):
    """What a change of leader does to the register."""
    tenures.lead(contact.organisation, said, timezone.localdate())


def test_the_right_code_lets_in_once(contact):
    contacts.send_code(contact)
    digits = code()
    assert contacts.admit(contact, digits)
    assert not contacts.admit(contact, digits)


def test_the_account_has_no_password_and_no_office(contact):
    assert not contact.user.has_usable_password()
    assert contact.user.name == "刘桂兰" and not contact.user.offices.exists()


def test_the_code_is_not_stored_where_it_can_be_read(contact):
    contacts.send_code(contact)
    digits = code()
    assert digits not in Passcode.objects.get().digest
    sending.send()
    assert Dispatch.objects.filter(key__startswith="code:").get().body == ""


def test_five_wrong_tries_end_a_code(contact):
    contacts.send_code(contact)
    right = code()
    for _ in range(contacts.TRIES):
        assert not contacts.admit(contact, other(right))
    assert not contacts.admit(contact, right)
    assert AuditEvent.objects.filter(verb="contact.locked").count() == 1


def test_ten_wrong_tries_in_a_quarter_of_an_hour_end_all_codes_until_it_is_over(contact):
    for _ in range(2):
        contacts.send_code(contact)
        for _ in range(contacts.TRIES):
            contacts.admit(contact, other(code()))
    with pytest.raises(TooMany):
        contacts.send_code(contact)
    with time_machine.travel(timezone.now() + 15 * MINUTE):
        contacts.send_code(contact)
        assert contacts.admit(contact, code())


def test_a_thousand_guesses_find_nothing(contact):
    contacts.send_code(contact)
    right = code()
    assert not any(contacts.admit(contact, f"{guess:06d}") for guess in range(1000) if f"{guess:06d}" != right)
    assert Passcode.objects.get().tries == contacts.TRIES


def test_a_code_ends_after_five_minutes(contact):
    contacts.send_code(contact)
    digits = code()
    with time_machine.travel(timezone.now() + 5 * MINUTE + dt.timedelta(seconds=1)):
        assert not contacts.admit(contact, digits)


def test_a_new_code_ends_the_old_one(contact):
    contacts.send_code(contact)
    first = code()
    contacts.send_code(contact)
    assert first == code() or not contacts.admit(contact, first)
    assert contacts.admit(contact, code())


def test_three_codes_in_a_quarter_of_an_hour_are_enough(contact):
    for _ in range(contacts.CODES):
        contacts.send_code(contact)
    with pytest.raises(TooMany):
        contacts.send_code(contact)


def test_a_code_of_one_contact_does_not_let_another_in(contact, places):
    neighbour = builders.contact(places.village, phone="13800003333", leader="王芳")
    contacts.send_code(contact)
    digits = code()
    Passcode.objects.update(contact=neighbour)
    assert not contacts.admit(neighbour, digits)


def test_a_link_leads_to_its_contact_for_thirty_days(contact):
    token = links.token(links.CONTACT, contact.pk)
    assert contacts.behind(token) == contact
    with time_machine.travel(timezone.now() + dt.timedelta(days=31)):
        assert contacts.behind(token) is None


SPOILT = [lambda t: t[:-1], lambda t: "9" + t, lambda t: "", lambda t: "1", lambda t: t.upper()]


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_link_somebody_made_up_leads_nowhere(spoil, contact):
    assert contacts.behind(spoil(links.token(links.CONTACT, contact.pk))) is None


def test_a_link_for_something_else_leads_nowhere(contact):
    assert contacts.behind(links.token(links.RATING, contact.pk)) is None


def test_a_change_of_leader_ends_the_contact(contact):
    token = links.token(links.CONTACT, contact.pk)
    amend(contact, NEW_LEADER)
    assert contacts.behind(token) is contacts.with_phone(PHONE) is None
    assert not rights.speaks_for(contact.user, contact.organisation)


def test_a_change_of_phone_ends_the_contact(contact):
    amend(contact, {"leader_name": "刘桂兰"})  # the same term as long as no other person is named
    contact.term.phone = "13800009999"
    contact.term.save()
    contact.refresh_from_db()
    assert contacts.current(contact.pk) is contacts.with_phone(PHONE) is None
    assert not rights.speaks_for(contact.user, contact.organisation)


def test_an_organisation_that_left_the_register_has_no_contact(contact, cast):
    register.end(contact.organisation, by=cast.li, on=timezone.localdate(), reason="解散")
    assert contacts.current(contact.pk) is None


def test_the_new_leader_is_invited_in_place_of_the_former(contact):
    amend(contact, NEW_LEADER)
    made = contacts.invite_new(contact.organisation)
    assert made.phone == NEW_LEADER["leader_phone"] and made.user != contact.user
    assert Contact.objects.get(pk=contact.pk).ends == timezone.localdate()


def test_an_invitation_again_sends_a_link_to_the_same_contact(contact, cast):
    with time_machine.travel(timezone.now() + MINUTE):
        assert contacts.invite(contact.organisation, by=cast.li) == contact
    assert Dispatch.objects.filter(key__startswith="invite:").count() == 2


def test_a_double_click_sends_one_link(contact, cast):
    with time_machine.travel(timezone.now() + MINUTE, tick=False):
        contacts.invite(contact.organisation, by=cast.li)
        contacts.invite(contact.organisation, by=cast.li)
    assert Dispatch.objects.filter(key__startswith="invite:").count() == 2


def test_one_person_with_two_organisations_has_one_account(places):
    said = {"leader": "刘桂兰", "leader_id_number": builders.identity_number(3)}
    one, two = builders.contact(places.garden, **said), builders.contact(places.village, **said)
    assert one.user == two.user
    assert rights.speaks_for(one.user, two.organisation)


def test_two_people_with_one_phone_have_two_accounts(places):
    one = builders.contact(places.garden, leader="刘桂兰", leader_id_number=builders.identity_number(3))
    two = builders.contact(places.village, leader="刘建国", leader_id_number=builders.identity_number(4))
    assert one.user != two.user


@pytest.mark.parametrize(
    ("said", "why"),
    [({}, "没有登记负责人"), ({"leader_name": "刘", "leader_phone": "022-28301234"}, "没有登记手机号")],
)
def test_who_cannot_be_reached_is_not_invited(said, why, places, cast):
    found = builders.organisation(places.garden, **said)
    with pytest.raises(Refusal, match=why):
        contacts.invite(found, by=cast.li)
    assert contacts.invite_new(found) is None


def test_a_listed_group_is_not_invited_by_itself(places):
    said = {"leader_name": "刘桂兰", "leader_phone": PHONE}
    assert contacts.invite_new(builders.organisation(places.garden, kind="listed", **said)) is None


@pytest.mark.parametrize("who", ["auntie", "zhao", "stranger"])
def test_only_a_desk_of_the_place_invites(who, contact, cast):
    with pytest.raises(NotAllowed):
        contacts.invite(contact.organisation, by=getattr(cast, who))


def test_the_trail_names_no_number(contact, cast):
    contacts.send_code(contact)
    contacts.admit(contact, other(code()))
    contacts.admit(contact, code())
    told = str(list(AuditEvent.objects.values()))
    assert PHONE not in told and code() not in told
    assert {"contact.invite", "contact.code", "contact.enter"} <= set(AuditEvent.objects.values_list("verb", flat=True))
