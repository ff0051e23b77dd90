"""The yearly sheet: who owns which figure, what it may not exceed, and for which clause it is asked."""

import pytest

from registry.policy.keys import KEYS
from supervision import items
from supervision.items import BY_KEY, ITEMS, LIMITS


def test_no_two_items_have_one_key_or_one_label():
    assert len({item.key for item in ITEMS}) == len({item.label for item in ITEMS}) == len(ITEMS) == len(BY_KEY)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.key)
class TestEachItem:
    def test_is_asked_for_a_clause_of_a_document(self, item):
        assert item.answers
        assert not [key for key in item.answers if key not in KEYS]

    def test_is_limited_by_what_stands_on_the_same_sheet(self, item):
        other = BY_KEY.get(item.most)
        assert item.most in (None, *LIMITS) or (other.levels == item.levels and other.exact_year == item.exact_year)

    def test_speaks_chinese_and_says_what_is_counted(self, item):
        said = item.label + item.unit + item.help
        assert not [letter for letter in said if "a" <= letter.lower() <= "z"]
        assert item.help.endswith("。")
        assert bool(item.unit) == (item.kind == "number")

    def test_fits_its_column(self, item):
        assert len(item.key) <= 40


@pytest.mark.parametrize(
    ("level", "owned", "asked"),
    [
        (0, {"random_total", "random_drawn"}, "district"),
        (4, {"brands", "budget_lines", "procedures", "incubation_platforms"}, "street"),
        (5, {"volunteer_liaisons", "features", "procedures"}, "community"),
    ],
)
def test_each_level_enters_its_own(level, owned, asked):
    found = items.owned_by(level)
    assert owned <= {item.key for item in found}
    assert {item.ask(level) for item in found} == {asked}


def test_nobody_is_asked_for_what_no_document_needs():
    assert [item.key for item in items.needed_for({"brand.per_town"}, 4)] == ["brands"]
    assert items.needed_for({"brand.per_town"}, 5) == ()
    assert items.needed_for(set(), 3) == ()
