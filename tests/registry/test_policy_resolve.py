"""Which rule speaks: the nearest place, key by key, on the day; targets on every level."""

import datetime as dt
from fractions import Fraction
from pathlib import Path

import pytest

from registry.policy.files import read_dir
from registry.policy.parameters import fraction
from registry.policy.resolve import Rules, in_force, targets

PACKS = read_dir(Path(__file__).parents[2] / "fixtures" / "policy")
HEXI, QINGXIU, YUBEI, CHANGYI, LUCHENG = "120103", "450103", "500112", "220202", "330302"
BEIJING = "110101"
SPRING = dt.date(2022, 3, 1)


def rules(place: str, on: dt.date = SPRING) -> Rules:
    return Rules(tuple(in_force(PACKS, place, on)), on)


@pytest.mark.parametrize(
    ("place", "slugs"),
    [
        (HEXI, ["tianjin-2018", "national"]),
        ("450103001001", ["guangxi-2020", "national"]),
        (YUBEI, ["yubei-2021", "national"]),
        ("5001", ["national"]),
        (CHANGYI, ["jilin-2017", "national"]),
        ("33", ["national"]),
        ("3303", ["wenzhou-2018", "national"]),
        ("330302001", ["wenzhou-2018", "national"]),
        (BEIJING, ["national"]),
    ],
)
def test_a_document_reaches_its_own_places_and_no_others(place, slugs):
    assert [pack.slug for pack in in_force(PACKS, place, SPRING)] == slugs


@pytest.mark.parametrize(("on", "there"), [("2020-12-14", False), ("2020-12-15", True), ("2035-01-01", True)])
def test_a_document_begins_on_its_first_day(on, there):
    found = [pack.slug for pack in in_force(PACKS, QINGXIU, dt.date.fromisoformat(on))]
    assert ("guangxi-2020" in found) is there


def test_a_number_is_the_nearest_place_or_the_fallback():
    assert rules(QINGXIU).number("registration.min_capital", 7) == 2000
    assert rules(QINGXIU).number("registration.regime", 7) == 7  # a word, no number
    assert Rules((), SPRING).number("registration.min_capital", 7) == 7


def test_a_place_that_is_no_code_is_an_error():
    with pytest.raises(ValueError, match="区划代码"):
        in_force(PACKS, "12345", SPRING)


@pytest.mark.parametrize(
    ("place", "key", "form", "value"),
    [
        (QINGXIU, "registration.min_capital", "association", 2000),
        (QINGXIU, "registration.min_capital", "social_service_org", 2000),
        (QINGXIU, "registration.min_capital", "foundation", None),
        (QINGXIU, "registration.foundation.min_fund", "foundation", 2000000),
        (QINGXIU, "registration.association.mixed_members", "association", 50),
        (HEXI, "registration.min_capital", "association", 30000),
        (HEXI, "registration.min_capital", "social_service_org", None),
        (YUBEI, "registration.min_capital", "association", 30000),
        (CHANGYI, "registration.regime", "association", "direct"),
        (QINGXIU, "registration.regime", "association", "dual"),
        (QINGXIU, "registration.supervising_unit", "association", "street_town"),
        (HEXI, "registration.supervising_unit", "association", "department"),
        (HEXI, "registration.authority_level", "association", "district"),
        (LUCHENG, "registration.authority_level", "association", "county"),
        (QINGXIU, "tier.model", "association", ["registered", "street_managed", "community_guided"]),
        (CHANGYI, "tier.model", "association", ["registered", "filed"]),
        (LUCHENG, "leader.pre_appointment_notice", "association", True),
        (HEXI, "leader.pre_appointment_notice", "association", None),
        (LUCHENG, "leader.pre_appointment_notice.days", "association", 7),
    ],
)
def test_the_nearest_place_that_sets_a_key_wins_key_by_key(place, key, form, value):
    found = rules(place).get(key, form=form)
    assert (found.value if found else None) == value


@pytest.mark.parametrize(("hub", "value"), [("federation", 30), ("service_centre", None), (None, None)])
def test_a_rule_for_federations_binds_no_other_hub(hub, value):
    found = rules(QINGXIU).get("registration.federation.min_members", form="association", hub=hub)
    assert (found.value if found else None) == value


def test_an_unknown_legal_form_is_bound_only_by_rules_for_all():
    assert rules(QINGXIU).get("registration.min_capital", form=None) is None
    assert rules(QINGXIU).get("premises.postal_reachable_required", form=None).value is True


@pytest.mark.parametrize(
    ("on", "value"),
    [
        ("2018-06-01", 2),
        ("2018-12-31", 2),
        ("2019-01-01", 5),
        ("2019-12-31", 5),
        ("2020-12-31", 10),
        ("2024-01-01", 10),
    ],
)
def test_of_several_steps_the_next_one_due_is_given_and_after_the_last_the_last(on, value):
    found = rules(CHANGYI, dt.date.fromisoformat(on)).get("target.avg_per_urban_community")
    assert found.value == value


def test_targets_are_given_on_every_level_nearest_first():
    found = [p for p in targets(rules(LUCHENG).packs, SPRING) if p.key == "target.avg_per_urban_community"]
    assert [(p.document, p.value) for p in found] == [("温民社组〔2018〕127号", 15), ("民发〔2017〕191号", 10)]


def test_standing_duties_are_targets_too_and_rows_without_a_number_are_not():
    found = {p.id for p in targets(rules(HEXI).packs, SPRING)}
    assert {"TJ.p02", "TJ.p03", "TJ.p10"} <= found
    assert not {"TJ.p15c", "TJ.p08", "CN.04"} & found


@pytest.mark.parametrize(("on", "lapsed"), [("2023-12-31", False), ("2024-01-01", True)])
def test_a_programme_that_is_over_leaves_its_targets_marked_and_its_rules_in_force(on, lapsed):
    day = dt.date.fromisoformat(on)
    found = {p.id: p for p in targets(rules(YUBEI, day).packs, day)}
    assert found["YB.p13"].lapsed(day) is lapsed
    assert rules(YUBEI, day).get("name.zihao.min_han_chars").value == 2


def test_all_gives_every_level():
    found = rules(QINGXIU).all("registration.min_capital", form="association")
    assert [p.value for p in found] == [2000, 30000]


@pytest.mark.parametrize(("on", "order"), [("2024-04-30", None), ("2024-05-01", "第八条")])
def test_a_national_row_has_its_own_first_day(on, order):
    found = rules(BEIJING, dt.date.fromisoformat(on)).get("name.component_order", form="association")
    assert (found.clause if found else None) == order


@pytest.mark.parametrize(
    ("place", "key", "hub", "statutory"),
    [
        (QINGXIU, "registration.min_capital", None, 30000),
        (QINGXIU, "registration.federation.min_members", "federation", 50),
        (HEXI, "registration.authority_level", None, "county"),
        (QINGXIU, "tier.model", None, None),  # what the project assumed is no law
        (CHANGYI, "party.own_org.min_full_members", None, None),  # says the same as the law
    ],
)
def test_the_statutory_value_is_given_where_it_differs(place, key, hub, statutory):
    found = rules(place)
    law = found.statutory(found.get(key, form="association", hub=hub))
    assert (law.value if law else None) == statutory


@pytest.mark.parametrize(
    ("on", "counts"), [("2021-06-29", False), ("2021-06-30", True), ("2022-06-30", True), ("2022-07-01", False)]
)
def test_the_first_and_the_last_day_of_a_parameter_count(on, counts):
    one = PACKS[0].parameters[0]
    dated = type(one).from_json(one.to_json() | {"starts": "2021-06-30", "ends": "2022-06-30"})
    assert dated.in_force(dt.date.fromisoformat(on)) is counts


@pytest.mark.parametrize(
    ("value", "exact"),
    [(3, Fraction(3)), ("1/3", Fraction(1, 3)), ("1/2000", Fraction(1, 2000)), (True, None), ("x", None), (None, None)],
)
def test_numbers_are_exact(value, exact):
    assert fraction(value) == exact
