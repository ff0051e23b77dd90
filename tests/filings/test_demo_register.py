"""The invented register tells the counts of every day it writes."""

import pytest

from filings.demo import register
from registry.models import Standing, Touch

pytestmark = pytest.mark.django_db


def test_every_day_an_invented_organisation_began_is_told_to_the_counts(places):
    made = register.fill(places.hexi.code, serial=1)
    began = set(Standing.objects.values_list("place_code", "starts"))
    assert made >= len(began) > 0
    assert set(Touch.objects.values_list("place_code", "on")) == began
