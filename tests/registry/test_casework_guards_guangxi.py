"""Guards by the rules of Guangxi: two thousand yuan are enough, and the street consents first."""

import pytest

from registry.casework import actions
from registry.scope import Role
from tests import builders
from tests.registry.test_casework_guards import refusal


@pytest.fixture
def nanning(db):
    """青秀区 in Guangxi, where the street must consent and two thousand yuan are enough."""
    guangxi = builders.place("450000000000", "广西壮族自治区", "province")
    city = builders.place("450100000000", "南宁市", "prefecture", parent=guangxi)
    county = builders.place("450103000000", "青秀区", "county", parent=city)
    street = builders.place("450103001000", "新竹街道", "street", parent=county)
    return builders.place("450103001001", "新竹社区", "community", parent=street)


@pytest.fixture
def officers(nanning):
    """One person a role at the places of Nanning, as the walk names them."""
    street, county = nanning.parent, nanning.parent.parent
    roles = {"wang": (Role.COMMUNITY, nanning), "li": (Role.STREET, street)}
    roles |= {"zhang": (Role.DISTRICT, county), "sun": (Role.APPROVER, county)}
    return {key: builders.person(key, *office) for key, office in roles.items()}


def guangxi_case(nanning, officers, capital):
    said = builders.registration_answers("南宁市青秀区暖阳老年协会", capital=capital)
    case = builders.draft(officers["wang"], nanning, road="registration", said=said)
    assert case.variant == "street_consent"
    for verb, who in (("submit", "wang"), ("consent", "li"), ("accept", "zhang")):
        case = actions.move(case, verb, by=officers[who], note="同意")
    return case


def test_1999_yuan_are_one_too_few_in_guangxi_and_the_refusal_says_by_which_clause(packs, nanning, officers):
    case = guangxi_case(nanning, officers, "1999")
    data = {"credit_code": builders.credit_code(case)}
    no = refusal(case, "examine", officers["zhang"], note="齐全", data=data)
    assert no.code == "rules_not_met"
    assert "四（一）" in no.clause


def test_2000_yuan_are_enough_in_guangxi(packs, nanning, officers):
    case = guangxi_case(nanning, officers, "2000")
    data = {"credit_code": builders.credit_code(case)}
    case = actions.move(case, "examine", by=officers["zhang"], note="齐全", data=data)
    assert actions.move(case, "approve", by=officers["sun"]).organisation.standing == "registered"


def test_the_authority_accepts_nothing_before_the_street_of_guangxi_has_consented(packs, nanning, officers):
    said = builders.registration_answers("南宁市青秀区暖阳老年协会")
    case = builders.draft(officers["wang"], nanning, road="registration", said=said)
    case = actions.move(case, "submit", by=officers["wang"])
    assert refusal(case, "accept", officers["zhang"]).status == 409
