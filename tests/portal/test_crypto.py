"""Personal data at rest: sealed with a fresh nonce, found again by a keyed hash, useless without the key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import crypto
from registry.models import Person


@given(st.text())
def test_what_is_sealed_can_be_read_again(text):
    text = text.encode("utf-8", "ignore").decode()
    assert crypto.unseal(crypto.seal(text)) == text


def test_the_same_text_never_looks_the_same_twice():
    assert len({crypto.seal("13900000000") for _ in range(50)}) == 50


def test_the_key_id_stands_in_front_and_the_text_nowhere():
    token = crypto.seal("13900000000")
    assert token.startswith("a1:")
    assert "1390" not in token


def test_another_key_opens_nothing(settings):
    token = crypto.seal("13900000000")
    settings.FIELD_KEY = "another"
    with pytest.raises(ValueError, match="密文"):
        crypto.unseal(token)


@pytest.mark.parametrize("place", [5, 20, -2])
def test_a_changed_letter_is_noticed(place):
    token = crypto.seal("13900000000")
    other = "A" if token[place] != "A" else "B"
    changed = token[:place] + other + token[place:][1:] if place > 0 else token[:place] + other + token[place + 1 :]
    with pytest.raises(ValueError):
        crypto.unseal(changed)


@pytest.mark.parametrize("rubbish", ["a1:", "a1:AAAA", "rubbish", "a1:中文", "zz:" + "A" * 60])
def test_what_was_never_sealed_is_an_error_of_one_kind(rubbish):
    with pytest.raises(ValueError):
        crypto.unseal(rubbish)


def test_nothing_stays_nothing():
    assert (crypto.seal(""), crypto.unseal(""), crypto.blind("")) == ("", "", "")


def test_the_blind_index_finds_the_same_number_and_depends_on_the_key(settings):
    first = crypto.blind("13900000000")
    assert first == crypto.blind("13900000000") != crypto.blind("13900000001")
    assert len(first) == 64
    settings.FIELD_KEY = "another"
    assert crypto.blind("13900000000") != first


def test_a_sealed_column_is_read_as_plain_text_and_stored_as_cipher(db, django_assert_num_queries):
    person = Person.objects.create(name="刘桂兰", id_number="13900000000")
    assert Person.objects.get(pk=person.pk).id_number == "13900000000"
    assert not Person.objects.filter(id_number="13900000000").exists()
