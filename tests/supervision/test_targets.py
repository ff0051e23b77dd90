"""Counts against targets, as tables a lawyer can read. Numbers come from the pack files themselves."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from registry.policy import files
from registry.policy.keys import KEYS
from supervision import targets
from supervision.targets import Status, Timing

PARAMETERS = {p.id: p for pack in files.read_dir(Path("fixtures/policy")) for p in pack.parameters}
END_2018, END_2019, END_2020 = (dt.date(year, 12, 31) for year in (2018, 2019, 2020))

MET, BASIC, NOT = "met", "basically_met", "not_met"
BOUNDARIES = [
    # target, numerator, denominator, verdict, how many more
    ("JL.u2018", 8, 4, MET, 0),
    ("JL.u2018", 7, 4, NOT, 1),
    ("JL.r2018", 3, 3, MET, 0),
    ("JL.r2018", 2, 3, NOT, 1),
    ("JL.u2019", 20, 4, MET, 0),
    ("JL.u2019", 19, 4, NOT, 1),
    ("JL.r2019", 9, 3, MET, 0),
    ("JL.r2019", 8, 3, NOT, 1),
    ("JL.u2020", 40, 4, MET, 0),
    ("JL.u2020", 39, 4, NOT, 1),
    ("JL.r2020", 15, 3, MET, 0),
    ("JL.r2020", 14, 3, NOT, 1),
    ("JL.p07", 10, 10, MET, 0),
    ("JL.p07", 9, 10, BASIC, 1),
    ("JL.p07", 8, 10, NOT, 2),
    ("JL.p07", 899, 1000, NOT, 101),
    ("JL.p07", 900, 1000, BASIC, 100),
    ("JL.p08", 1, 3, MET, 0),
    ("JL.p08", 333, 1000, NOT, 1),
    ("JL.p08", 334, 1000, MET, 0),
    ("JL.p09", 10, 10, MET, 0),
    ("JL.p09", 9, 10, BASIC, 1),
    ("JL.p09", 89, 100, NOT, 11),
    ("JL.p13", 0, 1, NOT, 1),
    ("JL.p13", 1, 1, MET, 0),
    ("JL.p17", 4, 5, NOT, 1),
    ("JL.p17", 5, 5, MET, 0),
    ("JL.p18a", 7, 8, NOT, 1),
    ("JL.p18a", 8, 8, MET, 0),
    ("JL.p18b", 7, 8, NOT, 1),
    ("JL.p18b", 8, 8, MET, 0),
    ("TJ.p01", 18, 18, MET, 0),
    ("TJ.p01", 17, 18, NOT, 1),
    ("TJ.p02", 13, 13, MET, 0),
    ("TJ.p02", 12, 13, NOT, 1),
    ("TJ.p03", 6, 6, MET, 0),
    ("TJ.p03", 5, 6, NOT, 1),
    ("TJ.p04", 16, 16, MET, 0),
    ("TJ.p04", 15, 16, NOT, 1),
    ("TJ.p05", 155, 155, MET, 0),
    ("TJ.p05", 154, 155, NOT, 1),
    ("TJ.p10", 99, 99, MET, 0),
    ("TJ.p10", 98, 99, NOT, 1),
    ("GX.p11", 50, 50, MET, 0),
    ("GX.p11", 49, 50, NOT, 1),
    ("GX.p13", 11, 11, MET, 0),
    ("GX.p13", 10, 11, NOT, 1),
    ("YB.p11", 22, 22, MET, 0),
    ("YB.p11", 21, 22, NOT, 1),
    ("YB.p12", 22, 22, MET, 0),
    ("YB.p12", 21, 22, NOT, 1),
    ("YB.p13", 300, 300, MET, 0),
    ("YB.p13", 299, 300, NOT, 1),
    ("YB.p14", 22, 22, MET, 0),
    ("YB.p14", 21, 22, NOT, 1),
    ("WZ.p01", 60, 4, MET, 0),
    ("WZ.p01", 59, 4, NOT, 1),
    ("WZ.p02", 20, 4, MET, 0),
    ("WZ.p02", 19, 4, NOT, 1),
    ("WZ.p03", 9, 10, BASIC, 1),
    ("WZ.p03", 89, 100, NOT, 11),
    ("WZ.p04", 100, 100, MET, 0),
    ("WZ.p04", 90, 100, BASIC, 10),
    ("WZ.p04", 89, 100, NOT, 11),
    ("WZ.p05", 100, 100, MET, 0),
    ("WZ.p05", 90, 100, BASIC, 10),
    ("WZ.p05", 89, 100, NOT, 11),
    ("WZ.p06", 3, 9, MET, 0),
    ("WZ.p06", 3, 10, NOT, 1),
    ("WZ.p07", 4650, 9_300_000, MET, 0),
    ("WZ.p07", 4649, 9_300_000, NOT, 1),
    ("WZ.p07", 4650, 9_300_001, NOT, 1),
    ("WZ.p08", 1_209_000, 9_300_000, MET, 0),
    ("WZ.p08", 1_208_999, 9_300_000, NOT, 1),
    ("WZ.p08", 1_209_000, 9_300_001, NOT, 1),
    ("WZ.p09", 3, 6, MET, 0),
    ("WZ.p09", 2, 5, NOT, 1),
    ("WZ.p09", 3, 5, MET, 0),
    ("WZ.p10", 7, 7, MET, 0),
    ("WZ.p10", 6, 7, NOT, 1),
    ("WZ.p11", 40, 40, MET, 0),
    ("WZ.p11", 39, 40, NOT, 1),
    ("WZ.p12", 144, 144, MET, 0),
    ("WZ.p12", 143, 144, NOT, 1),
    ("WZ.p16", 12, 12, MET, 0),
    ("WZ.p16", 11, 12, NOT, 1),
    ("CN.53", 12, 12, MET, 0),
    ("CN.53", 11, 12, NOT, 1),
    ("JL.p10", 12, 12, MET, 0),
    ("JL.p10", 11, 12, NOT, 1),
    ("GX.p12", 12, 12, MET, 0),
    ("GX.p12", 11, 12, NOT, 1),
    ("JL.p16", 12, 12, MET, 0),
    ("JL.p16", 11, 12, NOT, 1),
    ("JL.p19", 12, 12, MET, 0),
    ("JL.p19", 11, 12, NOT, 1),
    ("YB.p08", 12, 12, MET, 0),
    ("YB.p08", 11, 12, NOT, 1),
    ("YB.p10", 12, 12, MET, 0),
    ("YB.p10", 11, 12, NOT, 1),
    ("YB.p15", 12, 12, MET, 0),
    ("YB.p15", 11, 12, NOT, 1),
    ("WZ.p15c", 12, 12, MET, 0),
    ("WZ.p15c", 11, 12, NOT, 1),
    ("WZ.p17", 12, 12, MET, 0),
    ("WZ.p17", 11, 12, NOT, 1),
    ("CN.65", 12, 12, MET, 0),
    ("CN.65", 11, 12, NOT, 1),
    ("CN.66", 3, 100, MET, 0),
    ("CN.66", 2, 100, NOT, 1),
    ("CN.66", 3, 101, NOT, 1),
    ("CN.67", 4, 100, MET, 0),
    ("CN.67", 3, 100, NOT, 1),
    ("CN.67", 4, 101, NOT, 1),
    ("CN.68", 5, 100, MET, 0),
    ("CN.68", 4, 100, NOT, 1),
    ("CN.68", 5, 101, NOT, 1),
    ("CN.69", 10, 100, MET, 0),
    ("CN.69", 9, 100, NOT, 1),
    ("CN.69", 10, 101, NOT, 1),
    ("CN.76", 40, 4, MET, 0),
    ("CN.76", 39, 4, NOT, 1),
    ("CN.77", 15, 3, MET, 0),
    ("CN.77", 14, 3, NOT, 1),
]


@pytest.mark.parametrize(("target", "numerator", "denominator", "verdict", "gap"), BOUNDARIES)
def test_each_side_of_the_boundary(target, numerator, denominator, verdict, gap):
    judged = targets.judge(PARAMETERS[target], numerator, denominator, on=END_2020)
    assert (judged.status.value, judged.gap) == (verdict, gap)
    assert judged.value == Fraction(numerator, denominator)


def test_every_target_with_a_number_has_a_case_on_each_side_of_its_boundary():
    sides = {}
    for target, _, _, verdict, _ in BOUNDARIES:
        sides.setdefault(target, set()).add(verdict == NOT)
    one_sided = {target for target, seen in sides.items() if seen != {True, False}}
    judged = {p.id for p in PARAMETERS.values() if _is_numeric_target(p)}
    assert judged - set(sides) == set()
    assert one_sided == set()


def _is_numeric_target(parameter):
    return KEYS[parameter.key].kind == "target" and parameter.op in ("≥", "≤", "==", "between")


@pytest.mark.parametrize(
    ("target", "on", "numerator", "denominator", "verdict", "gap"),
    [  # S05: urban communities with 7, 5, 4, 3 organisations, rural ones with 4, 3, 2; a filed service centre
        ("JL.u2018", END_2018, 19, 4, MET, 0),
        ("JL.r2018", END_2018, 9, 3, MET, 0),
        ("JL.u2019", END_2019, 19, 4, NOT, 1),
        ("JL.r2019", END_2019, 9, 3, MET, 0),
        ("JL.p08", END_2019, 1, 3, MET, 0),
        ("JL.p07", END_2019, 1, 1, MET, 0),
        ("JL.u2020", END_2020, 19, 4, NOT, 21),
        ("JL.r2020", END_2020, 9, 3, NOT, 6),
        ("JL.p09", END_2020, 0, 1, NOT, 1),
    ],
)
def test_s05_a_mixed_street_in_jilin(target, on, numerator, denominator, verdict, gap):
    judged = targets.judge(PARAMETERS[target], numerator, denominator, on=on)
    assert (judged.status.value, judged.gap) == (verdict, gap)


@pytest.mark.parametrize(
    ("with_one", "communities", "verdict", "gap"),
    [
        (3, 9, MET, 0),
        (3, 10, NOT, 1),
        (4, 10, MET, 0),
        (1, 4, NOT, 1),
        (0, 0, "not_applicable", None),
        (33, 100, NOT, 1),
        (34, 100, MET, 0),
    ],
)
def test_s06_one_third_of_the_rural_communities(with_one, communities, verdict, gap):
    judged = targets.judge(PARAMETERS["JL.p08"], with_one, communities, on=END_2019)
    assert (judged.status.value, judged.gap) == (verdict, gap)
    assert (judged.status is Status.MET) is (communities > 0 and 3 * with_one >= communities)


@pytest.mark.parametrize(
    ("people", "verdict", "missing", "surplus"),
    [(0, NOT, 2, 0), (1, NOT, 1, 0), (2, MET, 0, 0), (3, MET, 0, 0), (4, MET, 0, 1)],
)
def test_two_to_three_social_workers_a_hub_and_more_is_no_violation(people, verdict, missing, surplus):
    found = targets.staffing(PARAMETERS["TJ.p03"], people)
    assert (found.status.value, found.missing, found.surplus) == (verdict, missing, surplus)


@pytest.mark.parametrize("target", ["GX.p10", "YB.p17"])
def test_a_direction_without_a_number_is_only_a_trend(target):
    judged = targets.judge(PARAMETERS[target], 3, 10, on=END_2020)
    assert (judged.status, judged.gap) == (Status.TREND, None)


def test_a_missing_count_is_no_data_and_never_a_failure():
    for counts in [(None, 4), (3, None), (None, None)]:
        assert targets.judge(PARAMETERS["WZ.p07"], *counts, on=END_2020).status is Status.NO_DATA


def test_only_a_clause_that_says_nearly_has_a_tolerance():
    firm = replace(PARAMETERS["JL.p07"], basic=False)
    assert targets.judge(firm, 99, 100, on=END_2019).status is Status.NOT_MET
    strict = targets.judge(PARAMETERS["JL.p07"], 94, 100, on=END_2019, basic_tolerance=Fraction(95, 100))
    assert strict.status is Status.NOT_MET


def test_a_negative_count_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="negative"):
        targets.judge(PARAMETERS["JL.u2018"], -1, 4, on=END_2018)


@pytest.mark.parametrize(
    ("target", "on", "timing"),
    [
        ("JL.u2019", dt.date(2019, 12, 30), Timing.AHEAD),
        ("JL.u2019", END_2019, Timing.AHEAD),
        ("JL.u2019", dt.date(2020, 1, 1), Timing.PASSED),
        ("TJ.p02", END_2020, Timing.STANDING),
    ],
)
def test_the_due_day_itself_still_counts(target, on, timing):
    assert targets.timing(PARAMETERS[target], on) is timing


URBAN = [PARAMETERS[name] for name in ("JL.u2018", "JL.u2019", "JL.u2020")]


@pytest.mark.parametrize(
    ("on", "binds", "presses"),
    [
        (dt.date(2018, 6, 1), ["JL.u2018"], []),
        (END_2018, ["JL.u2018"], []),
        (dt.date(2019, 1, 1), ["JL.u2019"], ["JL.u2018"]),
        (END_2019, ["JL.u2019"], ["JL.u2018"]),
        (dt.date(2020, 1, 1), ["JL.u2020"], ["JL.u2019"]),
        (dt.date(2021, 1, 1), ["JL.u2020"], ["JL.u2020"]),
    ],
)
def test_of_several_vintages_the_next_one_binds_and_the_last_one_passed_presses(on, binds, presses):
    assert [p.id for p in targets.binding(URBAN, on)] == binds
    assert [p.id for p in targets.pressing(URBAN, on)] == presses


def test_a_standing_duty_binds_and_presses_from_the_first_day():
    duty = [PARAMETERS["TJ.p02"]]
    assert targets.binding(duty, END_2019) == targets.pressing(duty, END_2019) == duty


def test_a_programme_that_is_over_presses_nobody_and_is_shown_as_expired():
    target = replace(PARAMETERS["YB.p14"], programme_ends=dt.date(2023, 12, 31))
    judged = targets.judge(target, 1, 22, on=dt.date(2024, 1, 1))
    assert (judged.status, judged.expired) == (Status.NOT_MET, True)
    assert targets.pressing([target], dt.date(2024, 1, 1)) == []
    assert not targets.judge(target, 1, 22, on=dt.date(2023, 12, 31)).expired
