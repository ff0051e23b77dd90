"""What an independent reader found could be got round: names, four eyes, desks, editions."""

import pytest

from portal.errors import NotAllowed, Refusal
from registry import policies
from registry.casework import actions, facts
from registry.models import Certificate, LeaderTerm, PolicyPack
from registry.policy.files import read_dir
from tests import builders
from tests.conftest import ROOT

GRANT = {"tier": "filed", "managing_body": "大营门街道办事处"}


def reported(case, cast):
    for verb, who in (("submit", case.opened_by), ("review", cast.wang), ("report", cast.wang)):
        case = actions.move(case, verb, by=who, note="属实")
    return case


@pytest.mark.parametrize(("name", "says"), [("中国第一舞蹈队", "第一"), ("晨光舞蹈队", "相同名称")])
def test_a_name_that_may_not_be_borne_is_not_filed(name, says, cast, places, packs, delegation):
    builders.organisation(places.garden, name="晨光舞蹈队")
    case = reported(builders.draft(cast.wang, places.garden, said=builders.answers(name)), cast)
    with pytest.raises(Refusal, match=says):
        actions.move(case, "record", by=cast.li, data=GRANT)
    assert not Certificate.objects.exists()


def test_whoever_handed_it_in_does_not_decide_it(cast, places, packs, delegation):
    case = reported(builders.draft(cast.li, places.garden), cast)
    with pytest.raises(NotAllowed, match="另一位同事"):
        actions.move(case, "record", by=cast.li, data=GRANT)
    assert actions.move(case, "record", by=cast.chen, data=GRANT).state == "approved"


def test_a_foundation_is_not_the_countys_to_accept(cast, places, packs):
    said = builders.registration_answers("天津市河西区暖阳公益基金会", legal_form="foundation", capital="2000000")
    case = actions.move(
        builders.draft(cast.wang, places.garden, road="registration", said=said), "submit", by=cast.wang
    )
    with pytest.raises(Refusal, match="省级"):
        actions.move(case, "accept", by=cast.zhang)


def examined(case, cast, **data):
    case = actions.move(case, "submit", by=cast.wang)
    case = actions.move(case, "accept", by=cast.zhang)
    code = builders.credit_code(case)
    return actions.move(case, "examine", by=cast.zhang, note="齐全", data={"credit_code": code} | data)


def test_shared_premises_no_document_speaks_of_pass_when_the_examiner_has_looked(cast, places, packs):
    said = builders.registration_answers(premises="shared")
    case = builders.draft(cast.wang, places.garden, road="registration", said=said)
    with pytest.raises(Refusal, match="共用"):
        examined(case, cast)
    case.refresh_from_db()
    code = builders.credit_code(case)
    done = {"credit_code": code, "premises_checked": True}
    case = actions.move(case, "examine", by=cast.zhang, note="已看过", data=done)
    assert actions.move(case, "approve", by=cast.sun).state == "approved"


def test_a_code_of_another_form_is_refused_however_it_comes(cast, places, packs):
    case = builders.draft(cast.wang, places.garden, road="registration")
    other = builders.uscc.make(3, legal_form="foundation", division_code="120103")
    with pytest.raises(Refusal):
        examined(case, cast, credit_code=other)


def test_a_case_is_judged_by_the_editions_of_the_day_it_was_handed_in(cast, places, packs, tmp_path):
    case = actions.move(builders.draft(cast.wang, places.garden, road="registration"), "submit", by=cast.wang)
    before = [edition["digest"] for edition in case.receipt["pack"]]
    text = (ROOT / "fixtures/policy/national.yaml").read_text().replace("value: 30000\n", "value: 99999\n", 1)
    (tmp_path / "national.yaml").write_text(text)
    assert read_dir(tmp_path)[0].digest not in before
    policies.load(tmp_path)
    assert PolicyPack.objects.filter(slug="national-statutes").count() + PolicyPack.objects.count() > len(before)
    assert [pack.digest for pack in facts.rules_of(case, case.submitted_at.date()).packs] == before


def test_what_a_leader_is_called_stands_on_the_term(places):
    one = builders.organisation(places.garden, leader_name="王五", leader_id_number=builders.identity_number())
    two = builders.organisation(places.village, leader_name="王武", leader_id_number=builders.identity_number())
    names = LeaderTerm.objects.filter(organisation__in=[one, two]).order_by("id").values_list("name", flat=True)
    assert list(names) == ["王五", "王武"]
