"""Pages by position and by key: nothing twice, nothing lost, nothing that is not a page breaks them."""

import pytest
from django.contrib.auth import get_user_model

from registry.models import Organisation
from registry.paging import CAP, capped, key_page, page_of
from tests import builders

NO_KEYS = ["", "-", "abc", "1-2", "120103001001", "120103001001-", "120103001001-x", "120103001001--1", "\x00-1"]
NO_KEYS += ["１２０１０３００１００１-1", "120103001001-" + "9" * 40]


@pytest.fixture
def rows(places):
    """Twenty-five organisations in two communities, entered in turn."""
    for number in range(25):
        home = (places.garden, places.village)[number % 2]
        Organisation.objects.create(name=f"组织{number}", folded_name="", place=home, place_code=home.code)
    return Organisation.objects.all()


def test_walking_forward_shows_every_row_once_in_order(rows):
    seen, after = [], ""
    while True:
        page = key_page(rows, after=after, size=10)
        seen += page.rows
        after = page.next
        if not after:
            break
    assert seen == sorted(rows, key=lambda row: (row.place_code, row.pk))


def test_walking_back_shows_the_pages_that_were_left(rows):
    first = key_page(rows, size=10)
    second = key_page(rows, after=first.next, size=10)
    assert key_page(rows, before=second.previous, size=10).rows == first.rows
    assert (first.previous, key_page(rows, after=second.next, size=10).next) == ("", "")


def test_a_row_entered_meanwhile_shifts_no_page(rows, places):
    first = key_page(rows, size=10)
    second = key_page(rows, after=first.next, size=10).rows
    builders.organisation(places.street, name="新来")
    assert key_page(rows, after=first.next, size=10).rows == second


@pytest.mark.parametrize("key", NO_KEYS)
def test_a_key_that_cannot_be_read_is_the_first_page(key, rows):
    assert key_page(rows, after=key, size=10).rows == key_page(rows, size=10).rows
    assert key_page(rows, before=key, size=10).rows == key_page(rows, size=10).rows


@pytest.mark.parametrize("number", [None, "", "0", "-1", "x", "1.5", "２", "9" * 5000, "\x00", "99999"])
def test_a_number_that_is_no_page_is_the_first_page(number, rows):
    assert page_of(rows.order_by("id"), number, 10).number == 1


def test_pages_by_position(rows):
    page = page_of(rows.order_by("id"), "3", 10)
    assert (page.number, len(page.object_list), page.has_next()) == (3, 5, False)


def test_long_lists_are_counted_to_a_thousand(db):
    users = get_user_model()
    users.objects.bulk_create([users(username=f"u{number}") for number in range(CAP)])
    assert capped(users.objects.all()) == "1000"
    users.objects.create(username="one more")
    assert capped(users.objects.all()) == "1000 多"
