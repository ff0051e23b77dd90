"""What is asked of some heads, or of one place, is what all the nation says of them: counts may be kept and mended."""

import datetime as dt
import itertools
from dataclasses import replace

import pytest

from registry import codes
from registry.codes import NATION
from supervision.indicators import ALL, Question
from tests.supervision import scene, sheet_scene

WHOLE = Question(NATION, sheet_scene.DAY)
PLACES = [*sheet_scene.OWNERS.values(), sheet_scene.OTHER_COUNTY, scene.NEXT_STREET, sheet_scene.RURAL]
HEADS = [code[:9] for code in PLACES if codes.level(code) < 5]


@pytest.fixture
def full(jilin):
    sheet_scene.everything()
    return {indicator.name: indicator.counts(WHOLE, 9) for indicator in ALL}


def test_the_scene_has_something_to_count_for_every_indicator(full):
    for indicator in ALL:
        hits, base, _ = map(sum, zip(*full[indicator.name].values(), strict=True))
        assert hits, indicator.name
        assert base or indicator.base is None, indicator.name


def test_nothing_is_counted_outside_the_heads_of_places(full):
    assert {head for cells in full.values() for head in cells} <= set(HEADS)


@pytest.mark.parametrize(
    "chosen", [(head,) for head in HEADS] + list(itertools.pairwise(HEADS)) + [("220203001",), ()], ids=str
)
def test_some_heads_count_what_the_whole_counts_of_them(full, chosen):
    for indicator in ALL:
        found = indicator.counts(replace(WHOLE, heads=chosen), 9)
        assert found == {head: cell for head, cell in full[indicator.name].items() if head in chosen}, indicator.name


@pytest.mark.parametrize("code", PLACES)
def test_a_place_counts_what_the_whole_counts_of_it(full, code):
    for indicator in ALL:
        whole = indicator.counts(WHOLE, 12)
        inside = {head: cell for head, cell in whole.items() if codes.contains(code, head)}
        assert indicator.counts(replace(WHOLE, code=code), 12) == inside, indicator.name


def test_a_statement_is_written_without_asking_the_database_anything(jilin, django_assert_num_queries):
    ask = Question("220202000000", dt.date(2019, 12, 30))
    with django_assert_num_queries(0):
        for indicator in ALL:
            indicator.statement(ask, 9)
