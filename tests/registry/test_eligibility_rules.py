"""Every rule of registration on both sides of its boundary: one line a case, everything else in order."""

import datetime as dt

import pytest

from tests.registry.eligibility_cases import (
    CN,
    DAY,
    GX,
    JL,
    NAME,
    TJ,
    WZ,
    YB,
    changed,
    finding,
    judge,
    standing,
    verdicts,
)

CAPITAL, FUND = "registration.min_capital", "registration.foundation.min_fund"
INDIVIDUALS, UNITS, MIXED = (f"registration.association.{kind}_members" for kind in ("individual", "unit", "mixed"))
FEDERATION, PREMISES, POST = (
    "registration.federation.min_members",
    "premises.required",
    "premises.postal_reachable_required",
)
CONSENT, REGIME = "registration.supervising_consent", "registration.regime"
ELSEWHERE = "leader.legal_rep_elsewhere"
CADRE, OFFICIAL = "leader.serving_cadre_approval_required", "leader.serving_official_barred"
BAN, NOTICE, CHARTER = "leader.occupational_ban", "leader.pre_appointment_notice", "charter.required_clauses"
OWN, COVER, ELSE = "party.own_org.min_full_members", "party.coverage", "party.else"
SERVICE, FOUNDATION = {"legal_form": "social_service_org"}, {"legal_form": "foundation"}
HUB = {"hub_type": "federation"}


def heads(individuals, units, **more):
    return {"individual_members": individuals, "unit_members": units, **more}


def leader(**known):
    return {"leader": known}


CASES = [
    # place, what is changed, the rule, its verdict
    # 注册资金: 广西 2000（不含基金会），国家 30000（社会团体），社会服务机构没有数额，基金会 200 万
    (GX, {"capital": 1999}, CAPITAL, "fail"),
    (GX, {"capital": 2000}, CAPITAL, "pass"),
    (GX, SERVICE | {"capital": 1999}, CAPITAL, "fail"),
    (GX, SERVICE | {"capital": 2000}, CAPITAL, "pass"),
    (GX, {"capital": ...}, CAPITAL, "unknown"),
    (TJ, {"capital": 29_999}, CAPITAL, "fail"),
    (TJ, {"capital": 30_000}, CAPITAL, "pass"),
    (YB, {"capital": 29_999}, CAPITAL, "fail"),
    (YB, {"capital": 30_000}, CAPITAL, "pass"),
    (JL, {"capital": 2000}, CAPITAL, "fail"),
    (WZ, {"capital": 29_999}, CAPITAL, "fail"),
    (CN, {"capital": "３００００"}, CAPITAL, "pass"),
    (TJ, SERVICE | {"capital": 0}, CAPITAL, None),
    (CN, FOUNDATION | {"capital": 1_999_999}, FUND, "fail"),
    (CN, FOUNDATION | {"capital": 2_000_000}, FUND, "pass"),
    (CN, FOUNDATION | {"capital": ...}, FUND, "unknown"),
    # 会员: 个人 50 / 单位 30 / 混合 50；广西联合会 30
    (JL, heads(49, 0), INDIVIDUALS, "fail"),
    (JL, heads(50, 0), INDIVIDUALS, "pass"),
    (JL, heads(0, 29), UNITS, "fail"),
    (JL, heads(0, 30), UNITS, "pass"),
    (JL, heads(20, 29), MIXED, "fail"),
    (JL, heads(21, 29), MIXED, "pass"),
    (JL, heads(1, 30), MIXED, "fail"),  # once both kinds are there, the total decides
    (JL, heads(0, 0), INDIVIDUALS, "fail"),
    (JL, heads(50, ...), INDIVIDUALS, "pass"),  # enough, whatever the other number
    (JL, heads(49, ...), INDIVIDUALS, "unknown"),
    (JL, heads(..., 30), UNITS, "unknown"),  # with 1 individual the total of 31 would be too small
    (JL, heads(..., 50), UNITS, "pass"),
    (JL, heads(..., ...), INDIVIDUALS, "unknown"),
    (JL, SERVICE | heads(0, 0), INDIVIDUALS, None),
    (GX, HUB | heads(0, 29), FEDERATION, "fail"),
    (GX, HUB | heads(0, 30), FEDERATION, "pass"),
    (GX, HUB | heads(30, ...), FEDERATION, "pass"),
    (GX, HUB | heads(29, ...), FEDERATION, "unknown"),
    (GX, heads(30, 0), INDIVIDUALS, "fail"),  # 30 is for federations alone
    (GX, {"hub_type": "service_centre"} | heads(30, 0), INDIVIDUALS, "fail"),
    (GX, {"hub_type": ...} | heads(30, 0), INDIVIDUALS, "unknown"),  # nobody has said that it is none
    (GX, {"hub_type": ...} | heads(29, 0), INDIVIDUALS, "fail"),
    (TJ, HUB | heads(0, 29), UNITS, "fail"),  # no federation floor outside Guangxi
    (TJ, HUB | heads(0, 30), UNITS, "pass"),
    # 场所与邮政
    (TJ, {"premises": "own"}, PREMISES, "pass"),
    (TJ, {"premises": "none"}, PREMISES, "fail"),
    (CN, SERVICE | {"premises": "none"}, PREMISES, "fail"),
    (CN, FOUNDATION | {"premises": "none"}, PREMISES, "fail"),
    (TJ, {"premises": ...}, PREMISES, "unknown"),
    (YB, {"premises": "shared"}, "premises.sharing_allowed", "unknown"),
    (GX, {"premises": "shared"}, "premises.sharing_allowed", "pass"),
    (GX, {"post_reachable": True}, POST, "pass"),
    (GX, {"post_reachable": False}, POST, "fail"),
    (GX, {"post_reachable": ...}, POST, "unknown"),
    (WZ, {"post_reachable": False}, POST, None),
    # 登记体制与同意: 吉林直接；广西双重；温州四类直接、其余双重；其他按国家规定
    (JL, {"category": "culture_sports", "supervising_consent": ...}, REGIME, "pass"),
    (JL, {"supervising_consent": False}, CONSENT, None),
    (JL, {"category": ..., "supervising_consent": ...}, REGIME, "pass"),
    (GX, {"supervising_consent": True}, CONSENT, "pass"),
    (GX, {"supervising_consent": False}, CONSENT, "fail"),
    (GX, {"supervising_consent": ...}, CONSENT, "unknown"),
    (WZ, {"category": "elderly_care", "supervising_consent": ...}, CONSENT, None),
    (WZ, {"category": "charity_relief", "supervising_consent": ...}, CONSENT, None),
    (WZ, {"category": "public_charity", "supervising_consent": ...}, CONSENT, None),
    (WZ, {"category": "industry_association", "supervising_consent": ...}, CONSENT, None),
    (WZ, {"category": "science_tech", "supervising_consent": ...}, CONSENT, None),
    (WZ, {"category": "urban_rural_community_service", "supervising_consent": ...}, CONSENT, None),
    (WZ, {"category": "culture_sports", "supervising_consent": False}, CONSENT, "fail"),
    (WZ, {"category": "agri_rural", "supervising_consent": ...}, CONSENT, "unknown"),
    (WZ, {"category": "other", "supervising_consent": True}, CONSENT, "pass"),
    (WZ, {"category": ..., "supervising_consent": ...}, REGIME, "unknown"),
    (TJ, {"category": "culture_sports", "supervising_consent": ...}, CONSENT, "unknown"),
    (TJ, {"category": "mutual_aid", "supervising_consent": ...}, CONSENT, None),
    (YB, {"category": "culture_sports", "supervising_consent": True}, CONSENT, "pass"),
    # 在职干部（广西）；现职人员（基金会）；从业禁止；任职前公示（温州）
    (GX, leader(serving_cadre=False), CADRE, "pass"),
    (GX, leader(serving_cadre=True, cadre_approval=True), CADRE, "pass"),
    (GX, leader(serving_cadre=True, cadre_approval=False), CADRE, "fail"),
    (GX, leader(serving_cadre=True), CADRE, "unknown"),
    (GX, leader(), CADRE, "unknown"),
    (TJ, leader(serving_cadre=True, cadre_approval=False), CADRE, None),
    (CN, FOUNDATION | leader(serving_cadre=True, cadre_approval=True), OFFICIAL, "fail"),
    (CN, FOUNDATION | leader(serving_cadre=False), OFFICIAL, "pass"),
    (CN, FOUNDATION | leader(), OFFICIAL, "unknown"),
    (CN, leader(serving_cadre=True), OFFICIAL, None),
    # 法定代表人兼任: 社会团体不得兼任其他社会团体，基金会不得兼任任何组织，社会服务机构没有这一条；没有查过的不说
    (CN, leader(leads_others=["association"]), ELSEWHERE, "fail"),
    (CN, leader(leads_others=["foundation", "social_service_org"]), ELSEWHERE, "pass"),
    (CN, leader(leads_others=[]), ELSEWHERE, "pass"),
    (CN, leader(), ELSEWHERE, None),
    (CN, FOUNDATION | leader(leads_others=["social_service_org"]), ELSEWHERE, "fail"),
    (CN, FOUNDATION | leader(leads_others=[]), ELSEWHERE, "pass"),
    (CN, SERVICE | leader(leads_others=["social_service_org"]), ELSEWHERE, None),
    (GX, leader(leads_others=["association"]), ELSEWHERE, "fail"),
    (WZ, leader(banned_until="2022-05-31"), BAN, "pass"),
    (WZ, leader(banned_until="2022-06-01"), BAN, "fail"),  # the last day of the ban counts
    (WZ, leader(banned_until=None), BAN, "pass"),
    (WZ, leader(), BAN, "unknown"),
    (TJ, leader(banned_until="2022-06-01"), BAN, "fail"),
    (TJ, leader(banned_until="2022-05-31"), BAN, "pass"),
    (TJ, leader(), BAN, None),
    (WZ, {"public_notice_done": True}, NOTICE, "pass"),
    (WZ, {"public_notice_done": False}, NOTICE, "fail"),
    (WZ, {"public_notice_done": ...}, NOTICE, "unknown"),
    (JL, {"public_notice_done": False}, NOTICE, None),
    # 章程（温州）
    (WZ, {"charter_clauses": ["party_building", "core_socialist_values"]}, CHARTER, "pass"),
    (WZ, {"charter_clauses": ["party_building"]}, CHARTER, "fail"),
    (WZ, {"charter_clauses": []}, CHARTER, "fail"),
    (WZ, {"charter_clauses": ...}, CHARTER, "unknown"),
    (GX, {"charter_clauses": []}, CHARTER, None),
]


@pytest.mark.parametrize(("place", "change", "key", "verdict"), CASES)
def test_a_rule_of_registration(place, change, key, verdict):
    receipt = judge(place, changed(**change))
    assert verdicts(receipt).get(key) == verdict
    if verdict == "fail":
        assert key in standing(receipt) and receipt.tier != "registered"
        assert all(line["label"] for line in receipt.missing)


PARTY = [
    # place, full members, probationary, organisation, the rule, its verdict
    (JL, 3, 0, "own", OWN, "pass"),
    (JL, 3, 0, "pending", OWN, "unknown"),  # until the superior approves
    (JL, 3, 0, "joint", OWN, "fail"),
    (JL, 3, 0, None, OWN, "fail"),
    (JL, 2, 0, None, OWN, "pass"),
    (JL, 2, 9, "joint", OWN, "pass"),  # probationary members do not count
    (JL, ..., 0, "own", OWN, "unknown"),
    (JL, 2, 0, "joint", ELSE, "pass"),
    (JL, 2, 0, None, ELSE, "advice"),
    (JL, 3, 0, "own", ELSE, None),
    (TJ, 0, 0, "fallback", COVER, "pass"),
    (TJ, 0, 0, "joint", COVER, "pass"),
    (TJ, 0, 0, None, COVER, "fail"),
    (TJ, 0, 0, "pending", COVER, "unknown"),
    (GX, 0, 0, "fallback", COVER, "pass"),
    (GX, 0, 0, None, COVER, "advice"),  # a target in Guangxi
    (YB, 3, 0, "fallback", OWN, "fail"),
]


@pytest.mark.parametrize(("place", "full", "probationary", "organisation", "key", "verdict"), PARTY)
def test_party_duties_are_judged_and_never_bar_registration(place, full, probationary, organisation, key, verdict):
    given = changed(full_party_members=full, probationary_party_members=probationary, party_organisation=organisation)
    receipt = judge(place, given)
    assert verdicts(receipt).get(key) == verdict
    assert receipt.tier == "registered"


def test_a_charter_nobody_has_read_waits_for_the_papers_but_a_clause_known_to_be_missing_blocks():
    assert judge(WZ, changed(charter_clauses=...)).tier == "registered"
    assert judge(WZ, changed(charter_clauses=["party_building"])).tier == "filed"


def test_an_unknown_category_does_not_matter_once_the_consent_is_there():
    receipt = judge(WZ, changed(category=..., supervising_consent=True))
    assert (receipt.tier, receipt.regime) == ("registered", None)


DISTANCE = [
    # individuals, units, capital, what is missing (label, how many)
    (0, 0, 0, [("注册资金还差 30000 元", 30_000), ("会员还差 30 个单位会员，或 50 名个人会员", 30)]),
    (49, 0, 29_999, [("注册资金还差 1 元", 1), ("个人会员还差 1 名", 1)]),
    (0, 28, 30_000, [("单位会员还差 2 个", 2)]),
    (0, 10, 30_000, [("单位会员还差 20 个", 20)]),
    (20, 10, 30_000, [("会员总数还差 20 个", 20)]),
    (1, 30, 30_000, [("会员总数还差 19 个", 19)]),
    (50, 0, 30_000, []),
]


@pytest.mark.parametrize(("individuals", "units", "capital", "missing"), DISTANCE)
def test_the_distance_to_registration_is_the_shortest(individuals, units, capital, missing):
    receipt = judge(TJ, changed(individual_members=individuals, unit_members=units, capital=capital))
    assert [(line["label"], line["lacking"]) for line in receipt.missing] == missing


def test_what_has_not_been_said_is_asked_for():
    receipt = judge(GX, changed(capital=..., supervising_consent=..., individual_members=...))
    labels = [line["label"] for line in receipt.missing]
    assert labels == ["尚未填写注册资金", "尚未填写个人会员数", "尚未填写街道办事处（乡镇人民政府）是否同意"]


NAMES = [
    # place, legal form, name, day, the rule, its verdict
    (YB, "social_service_org", NAME, DAY, "name.zihao.required", "pass"),
    (YB, "social_service_org", NAME | {"zihao": ""}, DAY, "name.zihao.required", "fail"),
    (YB, "social_service_org", NAME | {"zihao": "暖"}, DAY, "name.zihao.min_han_chars", "fail"),
    (YB, "social_service_org", ..., DAY, "name.zihao.required", "unknown"),
    (GX, "social_service_org", NAME | {"zihao": ""}, DAY, "name.zihao.required", None),
    (GX, "association", ..., DAY, "name.component_order", None),  # the national order begins on 2024-05-01
    (GX, "association", ..., dt.date(2024, 5, 1), "name.component_order", "unknown"),
    (GX, "association", ..., dt.date(2024, 4, 30), "name.component_order", None),
    (GX, "social_service_org", NAME | {"zihao": ""}, dt.date(2024, 5, 1), "name.component_order", "fail"),
    (GX, "association", NAME | {"zihao": ""}, dt.date(2024, 5, 1), "name.component_order", "pass"),
]


@pytest.mark.parametrize(("place", "form", "name", "on", "key", "verdict"), NAMES)
def test_the_name_is_part_of_the_verdict(place, form, name, on, key, verdict):
    receipt = judge(place, changed(legal_form=form, name=name), on)
    assert verdicts(receipt).get(key) == verdict


def test_the_name_of_yubei_can_bar_registration():
    receipt = judge(YB, changed(legal_form="social_service_org", name=NAME | {"zihao": ""}))
    assert receipt.tier == "street_managed"
    assert finding(receipt, "name.zihao.required").clause == "三（四）2"
