"""The parameters of the five documents, compared with a table copied from the requirements, not from the files."""

import datetime as dt
from pathlib import Path

import pytest

from registry.policy.files import read_dir
from registry.policy.keys import KEYS, words
from registry.policy.parameters import Pack

FOLDER = Path(__file__).parents[2] / "fixtures" / "policy"
PACKS = {pack.slug: pack for pack in read_dir(FOLDER)}
BY_ID = {parameter.id: parameter for pack in PACKS.values() for parameter in pack.parameters}
SLUGS = {"TJ": "tianjin-2018", "GX": "guangxi-2020", "YB": "yubei-2021", "JL": "jilin-2017", "WZ": "wenzhou-2018"}

# id, key, operator, value, modality, clause, due. A row that names several keys became rows a, b, c. A count of
# codes (11, 12) stands for a list that long; cadences without a number carry the project default.
TABLE = [
    ("TJ.p01", "target.incubation_network.coverage", "==", 1, "TARGET", "一", "2020-12-31"),
    ("TJ.p02", "target.hub.registered_per_street", "≥", 1, "MUST", "三（四）", ""),
    ("TJ.p03", "rule.hub.full_time_social_workers", "between", [2, 3], "MUST", "三（四）", ""),
    ("TJ.p04", "target.hub.demonstration_per_district", "≥", 1, "MUST", "三（四）", "2019-12-31"),
    ("TJ.p05", "target.volunteer_liaison_per_community", "≥", 1, "MUST", "四（三）", ""),
    ("TJ.p06", "filing.preliminary_reviewer", "==", "rc_vc", "MUST", "三（二）", ""),
    ("TJ.p07", "filing.decider", "==", "street_town", "MUST", "三（二）", ""),
    ("TJ.p08", "registration.authority_level", "==", "district", "MUST", "三（三）", ""),
    (
        "TJ.p09",
        "ledger.candidate.criteria",
        "all_of",
        ["large_scale", "strong_influence", "evident_effect"],
        "MUST",
        "三（三）",
        "",
    ),
    ("TJ.p10", "party.coverage", "==", 1, "MUST", "三（一）", ""),
    ("TJ.p11", "procurement.hub_preference", "==", True, "MUST", "四（二）", ""),
    (
        "TJ.p12",
        "evaluation.community_performance.rater_groups",
        "all_of",
        ["party_org", "rc_vc", "residents"],
        "EXPLORE",
        "五（四）",
        "",
    ),
    (
        "TJ.p13",
        "priority.categories",
        "in",
        ["elderly_service", "community_service", "hardship_relief", "charity_relief"],
        "TARGET",
        "一",
        "",
    ),
    (
        "TJ.p14",
        "service.five_reductions",
        "decrease",
        ["items", "steps", "materials", "certificates", "days"],
        "TARGET",
        "三（三）",
        "",
    ),
    ("TJ.p15a", "registration.capital", "none", None, "MAY", "全文", ""),
    ("TJ.p15b", "registration.members", "none", None, "MAY", "全文", ""),
    ("TJ.p15c", "target.avg_per_community", "none", None, "MAY", "全文", ""),
    ("GX.p01", "registration.min_capital", "≥", 2000, "MUST", "四（一）", ""),
    ("GX.p02", "registration.federation.min_members", "≥", 30, "MUST", "四（一）", ""),
    ("GX.p03", "registration.finance_arrangement", "in", ["own", "entrusted_custody"], "MAY", "四（一）", ""),
    ("GX.p04", "premises.sharing_allowed", "==", True, "MAY", "四（一）", ""),
    ("GX.p05", "premises.postal_reachable_required", "==", True, "MUST", "四（一）", ""),
    ("GX.p06", "registration.regime", "==", "dual", "MUST", "四（二）", ""),
    ("GX.p07", "tier.model", "==", ["registered", "street_managed", "community_guided"], "MUST", "四（二）", ""),
    (
        "GX.p08",
        "fund.lottery.allowed_purposes",
        "in",
        ["elderly", "disabled", "orphans", "hardship"],
        "MAY",
        "四（四）",
        "",
    ),
    ("GX.p09", "leader.serving_cadre_approval_required", "==", True, "MUST", "五（一）", ""),
    ("GX.p10", "leader.party_member_share", "increase", None, "TARGET", "五（一）", ""),
    ("GX.p11", "party.coverage", "==", 1, "TARGET", "五（一）", ""),
    ("GX.p12", "party.contact.cadence", "≤", 90, "TARGET", "五（一）", ""),
    ("GX.p13", "street.assigned_staff", "≥", 1, "MUST", "五（二）", ""),
    ("GX.p14", "priority.service_groups", "in", 11, "TARGET", "四（三）", ""),
    ("GX.p15", "target.avg_per_community", "none", None, "TARGET", "二", ""),
    ("YB.p01", "pack.validity", "between", ["2021-01-01", "2023-12-31"], "TARGET", "一", "2023-12-31"),
    (
        "YB.p02",
        "name.component_order",
        "==",
        ["division", "community_village", "zihao", "business_field", "org_form"],
        "MUST",
        "三（四）2",
        "",
    ),
    (
        "YB.p03",
        "name.zihao.required",
        "==",
        {"association": False, "social_service_org": True, "foundation": True},
        "MUST",
        "三（四）2",
        "",
    ),
    ("YB.p04", "name.zihao.min_han_chars", "≥", 2, "MUST", "三（四）2", ""),
    ("YB.p05", "tier.model", "==", ["registered", "street_managed", "community_guided"], "MUST", "三（四）2", ""),
    ("YB.p06", "registration.authority_level", "==", "district", "MUST", "三（四）2", ""),
    (
        "YB.p07",
        "activity.major.kinds",
        "in",
        ["festival", "cultural_performance", "sports_competition", "assembly"],
        "MUST",
        "三（四）2",
        "",
    ),
    ("YB.p08", "report.two_committees.cadence", "≤", 180, "EXPLORE", "三（四）2", ""),
    (
        "YB.p09",
        "evaluation.community_appraisal.rater_groups",
        "all_of",
        ["two_committees", "residents"],
        "EXPLORE",
        "三（四）2",
        "",
    ),
    ("YB.p10", "charter.simplified_required", "==", True, "TARGET", "三（四）3", ""),
    ("YB.p11", "street.management_procedure_document", "≥", 1, "MUST", "三（四）2", ""),
    ("YB.p12", "disclosure.community_board", "==", True, "MUST", "三（四）3", ""),
    ("YB.p13", "target.talent.trained_share", "==", 1, "TARGET", "三（二）1", "2023-12-31"),
    ("YB.p14", "target.training.street_coverage", "==", 1, "TARGET", "三（二）1", "2023-12-31"),
    ("YB.p15", "party.three_meetings_one_lesson", "==", True, "MUST", "三（四）1", ""),
    (
        "YB.p16",
        "activity.series",
        "in",
        ["neighbourhood_watch", "co_governance", "safe_community", "cultural_soul"],
        "TARGET",
        "三（三）",
        "2023-12-31",
    ),
    ("YB.p17", "target.quantity_quality_trend", "increase", None, "TARGET", "三（一）", "2023-12-31"),
    ("JL.u2018", "target.avg_per_urban_community", "≥", 2, "TARGET", "一（三）", "2018-12-31"),
    ("JL.r2018", "target.avg_per_rural_community", "≥", 1, "TARGET", "一（三）", "2018-12-31"),
    ("JL.u2019", "target.avg_per_urban_community", "≥", 5, "TARGET", "一（三）", "2019-12-31"),
    ("JL.r2019", "target.avg_per_rural_community", "≥", 3, "TARGET", "一（三）", "2019-12-31"),
    ("JL.u2020", "target.avg_per_urban_community", "≥", 10, "TARGET", "一（三）", "2020-12-31"),
    ("JL.r2020", "target.avg_per_rural_community", "≥", 5, "TARGET", "一（三）", "2020-12-31"),
    ("JL.p07", "target.hub.per_street", "≥", 1, "TARGET", "一（三）", "2019-12-31"),
    ("JL.p08", "target.rural_communities_with_social_service_org", "≥", "1/3", "TARGET", "一（三）", "2019-12-31"),
    ("JL.p09", "target.federation.per_street", "≥", 1, "TARGET", "一（三）", "2020-12-31"),
    ("JL.p10", "party.own_org.min_full_members", "≥", 3, "MUST", "三（六）", ""),
    ("JL.p11", "party.else", "in", ["joint_nearby", "joint_via_federation"], "MAY", "三（六）", ""),
    ("JL.p12", "registration.regime", "==", "direct", "MUST", "三（一）", ""),
    ("JL.p13", "filing.ruleset_document", "≥", 1, "MUST", "三（一）", ""),
    ("JL.p14", "incubation.stages", "==", ["admitted", "incubating", "assessed", "graduated"], "MUST", "三（三）", ""),
    ("JL.p15", "procurement.tiebreak", "==", "federation_first_on_equal_terms", "MUST", "三（二）", ""),
    ("JL.p16", "evaluation.star.cadence", "≤", 365, "MUST", "三（五）", ""),
    ("JL.p17", "budget.line_required", "≥", 1, "MUST", "四（三）", ""),
    ("JL.p18a", "brand.per_town", "≥", 1, "TARGET", "一（二）", ""),
    ("JL.p18b", "feature.per_community", "≥", 1, "TARGET", "一（二）", ""),
    ("JL.p19", "training.cadence", "≤", 365, "MUST", "四（四）", ""),
    ("WZ.p01", "target.avg_per_urban_community", "≥", 15, "TARGET", "一（二）", "2020-12-31"),
    ("WZ.p02", "target.avg_per_rural_community", "≥", 5, "TARGET", "一（二）", "2020-12-31"),
    ("WZ.p03", "target.hub.per_street", "≥", 1, "TARGET", "一（二）", "2020-12-31"),
    ("WZ.p04", "target.hub.per_community", "≥", 1, "TARGET", "一（二）", "2020-12-31"),
    ("WZ.p05", "target.social_work_agency.urban_coverage", "≥", 1, "TARGET", "一（二）", "2020-12-31"),
    ("WZ.p06", "target.social_work_agency.rural_coverage", "≥", "1/3", "TARGET", "一（二）", "2020-12-31"),
    ("WZ.p07", "target.volunteer_org_ratio", "≥", "1/2000", "TARGET", "一（二）", "2020-12-31"),
    ("WZ.p08", "target.volunteer_ratio", "≥", "13/100", "TARGET", "一（二）", "2020-12-31"),
    ("WZ.p09", "target.charity_precision_base.share", "≥", "1/2", "TARGET", "一（二）", "2020-12-31"),
    ("WZ.p10", "target.charity_base.other_counties", "==", 1, "TARGET", "一（二）", "2020-12-31"),
    ("WZ.p11", "target.industry_association.decoupled", "==", 1, "TARGET", "一（二）", "2020-12-31"),
    ("WZ.p12", "target.online_joint_processing", "==", 1, "TARGET", "四（十四）", "2019-12-31"),
    (
        "WZ.p13",
        "registration.regime",
        "by_category",
        {
            "direct": ["industry_association", "science_tech", "public_charity", "urban_rural_community_service"],
            "dual": "others",
        },
        "MUST",
        "三（九）",
        "",
    ),
    (
        "WZ.p14",
        "leader.measures",
        "in",
        ["appointment", "interview", "warning", "order_replace", "occupational_ban"],
        "MUST",
        "三（九）",
        "",
    ),
    ("WZ.p15a", "leader.pre_appointment_notice", "==", True, "MUST", "三（十二）", ""),
    ("WZ.p15b", "legal_rep.exit_audit", "==", True, "MUST", "三（十二）", ""),
    ("WZ.p15c", "legal_rep.duty_report", "==", True, "MUST", "三（十二）", ""),
    ("WZ.p16", "inspection.special.annual", "≥", 1, "MUST", "三（十三）", ""),
    ("WZ.p17", "inspection.double_random", "==", True, "MUST", "三（十三）", ""),
    (
        "WZ.p18",
        "charter.required_clauses",
        "all_of",
        ["party_building", "core_socialist_values"],
        "MUST",
        "六（二十二）",
        "",
    ),
    (
        "WZ.p19",
        "party.secretary.source_order",
        "ordered",
        ["leader", "management", "dispatched"],
        "MAY",
        "五（二十）",
        "",
    ),
    ("WZ.p20", "talent.exam_group.public_institution_max_age", "≤", 40, "MAY", "五（十八）", ""),
    ("WZ.p21", "priority.service_groups", "in", 12, "TARGET", "二（三）", ""),
]
CADENCES = ["GX.p12", "YB.p08", "JL.p16", "JL.p19"]  # the documents say 定期 and give no number
BASIC = {"JL.p07", "JL.p09", "WZ.p03", "WZ.p04", "WZ.p05"}  # the clause says 基本


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_a_parameter_says_what_its_document_says(row):
    name, key, op, value, modality, clause, due = row
    parameter = BY_ID[name]
    stored = len(parameter.value) if key == "priority.service_groups" else parameter.value
    assert (parameter.key, parameter.op, stored) == (key, op, value)
    assert (parameter.modality, parameter.clause) == (modality, clause)
    assert str(parameter.due or "") == due


def test_all_eighty_seven_parameters_are_there():
    assert len({row[0].rstrip("abc") for row in TABLE}) == 87
    extra = {p.id for slug in SLUGS.values() for p in PACKS[slug].parameters} - {row[0] for row in TABLE}
    assert extra == {"GX.p06s"}  # who is the second responsible party, spelled out for the router


def test_an_id_stands_in_its_own_document():
    assert all(BY_ID[row[0]] in PACKS[SLUGS[row[0][:2]]].parameters for row in TABLE)


@pytest.mark.parametrize(
    ("slug", "area", "starts", "ends"),
    [
        ("tianjin-2018", "120000000000", dt.date(2018, 11, 14), None),
        ("guangxi-2020", "450000000000", dt.date(2020, 12, 15), None),
        ("yubei-2021", "500112000000", dt.date(2021, 7, 21), dt.date(2023, 12, 31)),
        ("jilin-2017", "220000000000", dt.date(2017, 12, 25), None),
        ("wenzhou-2018", "330300000000", dt.date(2018, 10, 1), None),
    ],
)
def test_a_document_reaches_its_area_from_its_day(slug, area, starts, ends):
    pack = PACKS[slug]
    assert (pack.area, pack.starts, pack.ends) == (area, starts, ends)
    assert all(parameter.starts == starts for parameter in pack.parameters)


def test_only_numbers_the_documents_leave_open_are_assumed():
    local = {p.id for slug in SLUGS.values() for p in PACKS[slug].parameters if p.assumed}
    assert local == set(CADENCES)


def test_basic_is_marked_where_the_clause_says_it_and_a_third_is_not_relaxed_further():
    assert {p.id for p in BY_ID.values() if p.basic} == BASIC


@pytest.mark.parametrize("slug", sorted(PACKS))
def test_a_pack_survives_storage_and_keeps_its_digest(slug):
    pack = PACKS[slug]
    again = Pack.from_json(pack.to_json())
    assert again == pack
    assert again.digest == pack.digest
    assert len(pack.digest) == 64


def test_every_requirement_can_be_said_in_chinese():
    spoken = {p.id: words(p) for p in BY_ID.values()}
    assert not {name: said for name, said in spoken.items() if not said or any("a" <= c <= "z" for c in said)}


def test_every_key_has_a_user_or_is_explained():
    assert {parameter.key for parameter in BY_ID.values()} == set(KEYS)
