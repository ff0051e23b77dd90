"""The statutory values every place falls back on, and what the project assumes."""

from pathlib import Path

import pytest

from registry.policy.files import read
from registry.policy.parameters import NATION, Modality

NATIONAL = read(Path(__file__).parents[2] / "fixtures" / "policy" / "national.yaml")


@pytest.mark.parametrize(
    ("key", "form", "value", "clause"),
    [
        ("registration.association.individual_members", "association", 50, "第十条（一）"),
        ("registration.association.unit_members", "association", 30, "第十条（一）"),
        ("registration.association.mixed_members", "association", 50, "第十条（一）"),
        ("registration.min_capital", "association", 30000, "第十条（五）"),
        ("registration.foundation.min_fund", "foundation", 2000000, "第八条（二）"),
        ("registration.foundation.min_fund.public", "foundation", 4000000, "第八条（二）"),
        ("registration.foundation.min_fund.national", "foundation", 8000000, "第八条（二）"),
        ("registration.decision_days", "association", 60, "第十二条"),
        ("registration.decision_days", "social_service_org", 60, "第十一条"),
        ("charity.register_days", "", 30, "第十条"),
        ("charity.recognise_days", "", 20, "第十条"),
        ("change.apply_days", "association", 30, "第十八条"),
        ("deregister.apply_days", "foundation", 15, "第十八条"),
        ("annual.to_supervisor", "association", "03-31", "第二十八条"),
        ("annual.to_authority", "social_service_org", "05-31", "第二十三条"),
        ("annual.to_authority", "foundation", "03-31", "第三十六条"),
        ("association.inactive_revoke", "association", 12, "第二十九条"),
        ("inspection.ratio.county", "", "3/100", "第五条"),
        ("inspection.ratio.city", "", "4/100", "第五条"),
        ("inspection.ratio.province", "", "5/100", "第五条"),
        ("inspection.ratio.nation", "", "10/100", "第五条"),
        ("inspection.min_inspectors", "", 2, "第七条"),
        ("credit.abnormal_to_serious", "", 24, "第十五条"),
        ("credit.record_days", "", 5, "第九条"),
        ("name.conflict.released_after.changed", "", 1, "第十六条"),
        ("name.conflict.released_after.deregistered", "", 1, "第十六条"),
        ("name.conflict.released_after.revoked", "", 3, "第十六条"),
        ("grade.min_age", "", 2, "第八条"),
        ("grade.validity", "", 5, "第二十六条"),
        ("target.avg_per_urban_community", "", 10, "一（三）"),
        ("target.avg_per_rural_community", "", 5, "一（三）"),
        ("penalty.decide_days", "", 90, "第六十条"),
        ("licence.joint_days", "", 45, "第四十二条、第八十二条"),
        ("leader.legal_rep_elsewhere", "association", ["association"], "第十二条"),
        ("licence.correction_days", "", 5, "第三十二条、第八十二条"),
        ("volunteer.group_in_community", "", True, "第四十二条"),
        ("mutual_aid.in_community", "", True, "第一百二十二条"),
        ("comparator.inclusive", "", True, "第一千二百五十九条"),
        ("party.own_org.min_full_members", "", 3, "第四条"),
    ],
)
def test_the_nation_is_the_fall_back(key, form, value, clause):
    found = [p for p in NATIONAL.parameters if p.key == key and p.binds(form)]
    assert [(p.value, p.clause, p.assumed) for p in found] == [(value, clause, False)]


def test_every_national_row_names_its_own_document_and_no_assumption_can_block_on_a_number():
    assert NATIONAL.area == NATION
    assert all(p.document != NATIONAL.short for p in NATIONAL.parameters)
    assumed = [p for p in NATIONAL.parameters if p.assumed]
    assert assumed and all(p.note for p in assumed)
    assert not [p.id for p in assumed if p.modality is Modality.MUST and p.exact is not None]
