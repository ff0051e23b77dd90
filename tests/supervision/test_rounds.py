"""A target without a number is held against the day it began, by night as on the board."""

import datetime as dt
from fractions import Fraction

from supervision import counts, indicators, rounds
from supervision.models import Count, CountDay
from supervision.targets import Status

ON = dt.date(2024, 3, 1)
GUANGXI = "45"
TREND = "GX.p10"  # 负责人里党员的比例要提高, no number


def _began(packs):
    """One of four leaders was a party member on the day the target began; the day is kept."""
    asked = next(one for pack in packs for one in pack.parameters if one.id == TREND)
    name = indicators.measuring(asked.key).name
    CountDay.objects.create(on=asked.starts)
    Count.objects.create(head=GUANGXI, on=asked.starts, counts={name: [1, 4]})
    return name, rounds.began(packs, ON)


def _judged(packs, began, name, cell):
    plans = rounds.Plans(packs, ON, began=began)
    found = rounds.compare([(f"{GUANGXI}0000000000", 1)], plans, {GUANGXI: {name: cell}}, {})
    return {row.parameter: row.status for row in found.judgements}[TREND], found.behind


def test_the_first_day_of_a_trend_is_read_from_the_kept_counts(packs):
    _, began = _began(counts.current_packs())
    assert began == {(GUANGXI, TREND): Fraction(1, 4)}


def test_more_than_on_the_first_day_is_met_and_less_is_not_and_neither_alarms(packs):
    read = counts.current_packs()
    name, began = _began(read)
    for cell, status in (((2, 4), Status.MET), ((1, 5), Status.NOT_MET)):
        told, behind = _judged(read, began, name, cell)
        assert told == status and (f"{GUANGXI}0000000000", TREND) not in behind


def test_without_a_kept_first_day_there_is_only_the_present_value(packs):
    read = counts.current_packs()
    name, _ = _began(read)
    assert _judged(read, {}, name, (2, 4))[0] == Status.TREND
