"""Numbers in words: never rounded up to something that was not reached."""

import datetime as dt
from fractions import Fraction

import pytest

from supervision import figures


@pytest.mark.parametrize(
    ("value", "words"),
    [("19/4", "4.75"), ("3", "3"), ("1/3", "0.33"), ("4999/1000", "4.99"), ("5/2", "2.5"), ("0", "0"), ("110", "110")],
)
def test_averages_are_cut_off_not_rounded(value, words):
    assert figures.average(Fraction(value)) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("1/3", "33.3%"),
        ("1", "100%"),
        ("9999/10000", "99.9%"),
        ("0", "0%"),
        ("1/2000", "万分之5"),
        ("1/3000", "万分之3.33"),
        ("9/10", "90%"),
    ],
)
def test_percents_are_cut_off_not_rounded(value, words):
    assert figures.percent(Fraction(value)) == words


@pytest.mark.parametrize(
    ("value", "words"), [("1", "全部"), ("1/3", "1/3"), ("13/100", "13%"), ("1/2000", "1/2000"), ("1/2", "50%")]
)
def test_shares_read_as_the_documents_write_them(value, words):
    assert figures.share(Fraction(value)) == words


def test_days_are_written_out():
    assert figures.day(dt.date(2019, 12, 31)) == "2019年12月31日"
