"""The periods of reports and their days, on both sides of every boundary."""

import datetime as dt

import pytest

from registry import periods

D = dt.date


@pytest.mark.parametrize(
    ("on", "months", "key", "first", "last"),
    [
        (D(2026, 1, 1), 12, "2025", D(2025, 1, 1), D(2025, 12, 31)),
        (D(2026, 12, 31), 12, "2025", D(2025, 1, 1), D(2025, 12, 31)),
        (D(2027, 1, 1), 12, "2026", D(2026, 1, 1), D(2026, 12, 31)),
        (D(2026, 6, 30), 6, "2025H2", D(2025, 7, 1), D(2025, 12, 31)),
        (D(2026, 7, 1), 6, "2026H1", D(2026, 1, 1), D(2026, 6, 30)),
        (D(2026, 12, 31), 6, "2026H1", D(2026, 1, 1), D(2026, 6, 30)),
        (D(2026, 3, 31), 3, "2025Q4", D(2025, 10, 1), D(2025, 12, 31)),
        (D(2026, 4, 1), 3, "2026Q1", D(2026, 1, 1), D(2026, 3, 31)),
        (D(2026, 9, 30), 3, "2026Q2", D(2026, 4, 1), D(2026, 6, 30)),
        (D(2026, 10, 1), 3, "2026Q3", D(2026, 7, 1), D(2026, 9, 30)),
    ],
)
def test_only_a_period_that_is_over_is_reported_on(on, months, key, first, last):
    found = periods.before(on, months)
    assert (found.key, found.first, found.last) == (key, first, last)
    assert periods.read(key) == found
    assert found.last < on


@pytest.mark.parametrize(
    ("cadence", "months"), [(30, 3), (90, 3), (92, 3), (93, 6), (180, 6), (184, 6), (185, 12), (365, 12), (730, 12)]
)
def test_the_cadence_of_a_document_makes_quarters_halves_or_years(cadence, months):
    assert periods.months_of(cadence) == months


@pytest.mark.parametrize(
    ("key", "monthday", "due"),
    [
        ("2025", "05-31", D(2026, 5, 31)),
        ("2025", "03-31", D(2026, 3, 31)),
        ("2025", "01-01", D(2026, 1, 1)),
        ("2023", "02-29", D(2024, 2, 29)),
        ("2024", "02-29", D(2025, 2, 28)),
    ],
)
def test_a_yearly_report_is_due_on_its_day_in_the_next_year(key, monthday, due):
    assert periods.due_by_date(periods.read(key), monthday) == due


def test_a_periodic_report_is_due_so_many_days_after_its_period():
    assert periods.due_by_days(periods.read("2026H1"), 30) == D(2026, 7, 30)
    assert periods.due_by_days(periods.read("2025Q4"), 30) == D(2026, 1, 30)


@pytest.mark.parametrize(("filed", "late"), [(D(2026, 5, 30), False), (D(2026, 5, 31), False), (D(2026, 6, 1), True)])
def test_what_comes_on_the_due_day_is_not_late(filed, late):
    assert periods.late(filed, D(2026, 5, 31)) is late


@pytest.mark.parametrize(
    ("on", "phase"),
    [
        (D(2026, 4, 30), ""),
        (D(2026, 5, 1), "soon"),
        (D(2026, 5, 31), "soon"),
        (D(2026, 6, 1), "late"),
        (D(2026, 6, 30), "late"),
        (D(2026, 7, 1), ""),
    ],
)
def test_people_are_reminded_thirty_days_before_and_after(on, phase):
    assert periods.phase(on, D(2026, 5, 31)) == phase


@pytest.mark.parametrize(
    ("key", "label"),
    [("2025", "2025年度"), ("2025H1", "2025年上半年"), ("2025H2", "2025年下半年"), ("2025Q3", "2025年第3季度")],
)
def test_a_period_has_a_word(key, label):
    assert periods.read(key).label == label


@pytest.mark.parametrize("key", ["", "2025H3", "2025Q5", "25", "2025-01", "0000", "2025H0", "二零二五"])
def test_what_is_no_period_is_refused(key):
    with pytest.raises(ValueError, match="no period"):
        periods.read(key)
