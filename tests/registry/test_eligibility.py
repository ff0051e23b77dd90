"""The worked examples S01 to S03, tiers and desks, and the receipt itself."""

import datetime as dt

import pytest

from registry.eligibility import Facts, Receipt, assess
from registry.policy.resolve import Rules
from tests.registry.eligibility_cases import (
    CN,
    DAY,
    FULL,
    GX,
    JL,
    TJ,
    WZ,
    YB,
    changed,
    finding,
    judge,
    standing,
    verdicts,
)

MARCH = dt.date(2021, 3, 1)
CAPITAL, INDIVIDUALS = "registration.min_capital", "registration.association.individual_members"
UNITS, MIXED = "registration.association.unit_members", "registration.association.mixed_members"
FEDERATION, FUND = "registration.federation.min_members", "registration.foundation.min_fund"
POST, SHARING = "premises.postal_reachable_required", "premises.sharing_allowed"
S01 = {
    "legal_form": "association",
    "hub_type": None,
    "individual_members": 25,
    "unit_members": 0,
    "capital": 1500,
    "premises": "own",
    "post_reachable": True,
    "larger_scale": True,
    "operates_normally": True,
}


def test_s01_a_small_association_stays_with_the_street():
    receipt = judge(GX, S01, MARCH)
    assert (receipt.tier, receipt.desk) == ("street_managed", "street")
    capital, members = finding(receipt, CAPITAL), finding(receipt, INDIVIDUALS)
    assert (capital.verdict, capital.required, capital.actual, capital.clause) == ("fail", 2000, 1500, "四（一）")
    assert (members.verdict, members.required, members.actual) == ("fail", 50, 25)
    assert members.clause == "第十条（一）"
    assert {"key": CAPITAL, "label": "注册资金还差 500 元", "lacking": 500} in receipt.missing
    assert {"key": INDIVIDUALS, "label": "个人会员还差 25 名", "lacking": 25} in receipt.missing


def test_s01_without_larger_scale_it_goes_to_the_community():
    receipt = judge(GX, S01 | {"larger_scale": False}, MARCH)
    assert (receipt.tier, receipt.desk) == ("community_guided", "community")


S02 = [
    # case, form, hub, units, individuals, capital, [capital, members]
    ("a", "association", "federation", 30, 0, 2000, "pass", FEDERATION, "pass"),
    ("b", "association", "federation", 29, 0, 2000, "pass", FEDERATION, "fail"),
    ("c", "association", "federation", 20, 10, 2000, "pass", FEDERATION, "pass"),
    ("d", "association", None, 0, 50, 2000, "pass", INDIVIDUALS, "pass"),
    ("e", "association", None, 0, 49, 29999, "pass", INDIVIDUALS, "fail"),
]


@pytest.mark.parametrize(
    ("case", "form", "hub", "units", "individuals", "capital", "money", "key", "members"), S02, ids=lambda v: str(v)
)
def test_s02_exactly_two_thousand_and_exactly_thirty(case, form, hub, units, individuals, capital, money, key, members):
    given = {"legal_form": form, "hub_type": hub, "unit_members": units, "individual_members": individuals}
    found = verdicts(judge(GX, given | {"capital": capital}, MARCH))
    assert (found[CAPITAL], found[key]) == (money, members)


def test_s02_c_shows_the_national_floor_as_advice():
    given = changed(hub_type="federation", unit_members=20, individual_members=10, capital=2000)
    receipt = judge(GX, given, MARCH)
    advice = finding(receipt, MIXED)
    assert (advice.verdict, advice.required, advice.actual) == ("advice", 50, 30)
    assert (receipt.tier, receipt.desk, receipt.regime) == ("registered", "county", "dual")


def test_s02_a_has_no_advice_where_the_national_floor_is_reached_too():
    given = {"legal_form": "association", "hub_type": "federation", "unit_members": 30, "individual_members": 0}
    assert UNITS not in verdicts(judge(GX, given, MARCH))


@pytest.mark.parametrize(("fund", "verdict"), [(2000, "fail"), (1_999_999, "fail"), (2_000_000, "pass")])
def test_s02_f_a_foundation_needs_two_million_and_does_not_go_to_the_county(fund, verdict):
    receipt = judge(GX, changed(legal_form="foundation", capital=fund), MARCH)
    assert verdicts(receipt)[FUND] == verdict
    assert CAPITAL not in verdicts(receipt)
    assert finding(receipt, "registration.foundation_level").actual == "province"
    assert receipt.desk == ("province" if verdict == "pass" else "street")


@pytest.mark.parametrize(
    ("organisation", "premises", "post", "open_keys"),
    [
        ("A", "shared", True, []),
        ("B", "shared", True, []),
        ("C", "shared", True, []),
        ("D", "shared", True, []),
        ("E", "shared", False, [POST]),
        ("E, when A to D have left", "own", False, [POST]),
        ("E, before anybody has looked", "shared", ..., [POST]),
    ],
)
def test_s03_five_at_one_address_in_guangxi(organisation, premises, post, open_keys):
    receipt = judge(GX, changed(premises=premises, post_reachable=post), MARCH)
    assert standing(receipt) == open_keys
    if premises == "shared":
        assert finding(receipt, SHARING).verdict == "pass"


def test_s03_sharing_in_tianjin_is_looked_at_by_a_person_and_not_refused():
    receipt = judge(TJ, changed(premises="shared", post_reachable=False), MARCH)
    assert finding(receipt, SHARING).verdict == "unknown"
    assert (receipt.blocking, POST in verdicts(receipt)) == ([], False)
    assert receipt.tier == "filed"


@pytest.mark.parametrize(
    ("place", "regime"), [(TJ, "direct"), (GX, "dual"), (YB, "direct"), (JL, "direct"), (WZ, "direct"), (CN, "direct")]
)
def test_everything_in_order_can_be_registered_everywhere(place, regime):
    receipt = judge(place, FULL)
    assert (receipt.tier, receipt.desk, receipt.regime, receipt.missing) == ("registered", "county", regime, ())


TIERS = [
    # place, larger scale, operates normally, tier, desk
    (GX, True, True, "street_managed", "street"),
    (GX, True, False, "community_guided", "community"),
    (GX, False, True, "community_guided", "community"),
    (GX, True, ..., "community_guided", "community"),
    (GX, ..., True, "community_guided", "community"),
    (YB, True, True, "street_managed", "street"),
    (YB, True, False, "street_managed", "street"),
    (YB, True, ..., "street_managed", "street"),
    (YB, False, True, "community_guided", "community"),
    (YB, ..., ..., "community_guided", "community"),
    (TJ, ..., ..., "filed", "street"),
    (JL, False, False, "filed", "street"),
    (WZ, True, True, "filed", "street"),
    (CN, False, ..., "filed", "street"),
]


@pytest.mark.parametrize(("place", "larger", "normal", "tier", "desk"), TIERS)
def test_what_cannot_be_registered_goes_to_the_tier_of_its_document(place, larger, normal, tier, desk):
    receipt = judge(place, changed(capital=0, larger_scale=larger, operates_normally=normal, premises="none"))
    assert (receipt.tier, receipt.desk) == (tier, desk)


def test_an_attestation_that_is_missing_is_listed_as_unknown():
    receipt = judge(GX, changed(legal_form="none", larger_scale=...))
    assert "tier.larger_scale" in [one.key for one in receipt.unknown]


@pytest.mark.parametrize("form", ["none", ...])
@pytest.mark.parametrize("place", [TJ, GX, YB, JL, WZ, CN])
def test_without_a_legal_form_nothing_is_registered(place, form):
    receipt = judge(place, changed(legal_form=form))
    assert receipt.tier != "registered"
    assert "registration.legal_form" in standing(receipt)


@pytest.mark.parametrize("place", [TJ, GX, YB, JL, WZ, CN])
def test_knowing_nothing_passes_nothing_that_must_hold(place):
    receipt = judge(place, {})
    assert receipt.tier in ("filed", "community_guided")
    decided = [one for one in receipt.findings if one.modality == "MUST" and one.verdict == "pass" and one.blocks]
    assert [one.key for one in decided if one.key != "registration.regime"] == []


def test_filing_members_are_a_marked_assumption_and_never_block():
    few, enough = (judge(JL, changed(legal_form="none", individual_members=count)) for count in (9, 10))
    key = "filing.association.min_members"
    assert (verdicts(few)[key], verdicts(enough)[key]) == ("advice", "pass")
    assert finding(few, key).assumed and not finding(few, key).open


def test_the_relaxed_value_shows_the_national_one_beside_it():
    association, service = (
        judge(GX, changed(legal_form=form, capital=2000)) for form in ("association", "social_service_org")
    )
    assert (
        "3 万元" in finding(association, CAPITAL).statutory
        and "第十条（五）" in finding(association, CAPITAL).statutory
    )
    assert finding(service, CAPITAL).statutory == ""  # the law names no sum for social service organisations


def test_a_receipt_survives_being_stored():
    receipt = judge(GX, S01, MARCH)
    assert Receipt.from_json(receipt.to_json()) == receipt
    assert [pack["slug"] for pack in receipt.packs] == ["guangxi-2020", "national"]
    assert all(len(pack["digest"]) == 64 for pack in receipt.packs)


def test_every_finding_cites_its_source():
    for place in (TJ, GX, YB, JL, WZ, CN):
        for one in judge(place, {}).findings:
            assert one.document and one.clause and one.label, one.key


def test_before_its_first_day_a_document_does_not_speak():
    given = changed(capital=2000)
    assert judge(GX, given, dt.date(2020, 12, 14)).tier == "filed"
    assert judge(GX, given, dt.date(2020, 12, 15)).tier == "registered"


def test_without_any_document_there_is_nothing_to_judge_by():
    with pytest.raises(ValueError, match="没有生效的政策文件"):
        assess(Facts(), Rules((), DAY), DAY)
