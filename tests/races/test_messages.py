"""What goes out goes once; what lets in lets in once."""

import re
from collections import Counter

import pytest

from portal.errors import Refusal
from registry import contacts, ratings
from registry.casework import outbox
from registry.messages import queue, sending
from registry.models import (
    Case,
    Dispatch,
    Notice,
    Rating,
)
from tests import builders
from tests.races.start import MANY, at_once, refused

pytestmark = [pytest.mark.pg, pytest.mark.django_db(transaction=True)]


def test_eight_workers_on_one_outbox_deliver_each_step_once(cast, places, packs, delegation):
    for _ in range(10):
        builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    delivered = at_once(lambda n: outbox.deliver(), many=8)
    assert sum(delivered) == 10
    assert Notice.objects.filter(user=cast.wang).count() == 10


def test_fifty_workers_send_fifty_messages_once_each(cast, settings):
    for number in range(MANY):
        queue.put(queue.SMS, "13800001111", "", f"第{number}条", key=f"k{number}", place_code="120103001001")
    assert sum(at_once(lambda _: sending.send())) == MANY
    told = [file.read_text() for file in settings.SMS_FOLDER.glob("*.txt")]
    assert len(told) == len(set(told)) == MANY


def test_fifty_tries_of_the_right_code_let_in_once(places):
    contact = builders.contact(places.garden)
    contacts.send_code(contact)
    digits = re.search(r"\d{6}", Dispatch.objects.filter(key__startswith="code:").get().body)[0]
    assert Counter(at_once(lambda _: contacts.admit(contact, digits))) == {True: 1, False: MANY - 1}


def test_fifty_guesses_at_once_are_five_tries(places):
    contact = builders.contact(places.garden)
    made = contacts.send_code(contact)
    at_once(lambda number: contacts.admit(contact, f"no{number}"))
    made.refresh_from_db()
    assert made.tries == contacts.TRIES


def test_fifty_requests_for_a_code_send_three(places):
    contact = builders.contact(places.garden)
    outcomes = at_once(lambda _: contacts.send_code(contact))
    assert Dispatch.objects.filter(key__startswith="code:").count() == contacts.CODES
    assert sum(isinstance(outcome, Refusal) for outcome in outcomes) == MANY - contacts.CODES


def test_fifty_ratings_of_one_case_are_one(cast, places, packs):
    done = Case.objects.create(
        road="filing", variant="direct", state="approved", place=places.garden, place_code=places.garden.code,
        opened_by=cast.auntie,
    )  # fmt: skip
    outcomes = at_once(lambda number: ratings.rate(done, 1 + number % 5))
    assert len(refused(outcomes)) == MANY - 1
    assert Rating.objects.count() == 1
