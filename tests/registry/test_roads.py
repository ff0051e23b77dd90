"""Both kinds from end to end, as the cast would walk them."""

from filings.flows import DELEGATED
from registry.casework import actions
from registry.models import Certificate, Standing
from tests import builders


def test_a_filing_goes_from_community_to_street(cast, places, packs, delegation):
    case = builders.draft(cast.wang, places.garden)
    assert case.variant == DELEGATED
    for verb, who, data in [
        ("submit", cast.wang, {}),
        ("review", cast.wang, {}),
        ("report", cast.wang, {}),
        ("record", cast.li, {"tier": "filed", "managing_body": "大营门街道办事处"}),
    ]:
        case = actions.move(case, verb, by=who, note="属实", data=data)
    assert case.state == "approved"
    assert case.organisation.standing == "filed"
    assert [step.verb for step in case.steps.all()] == ["submit", "review", "report", "record"]
    assert Certificate.objects.get(case=case).number == case.organisation.filing_number


def test_a_registration_is_examined_by_one_and_approved_by_another(cast, places, packs):
    case = builders.draft(cast.wang, places.garden, road="registration")
    code = builders.uscc.make(7, legal_form="association", division_code="120103")
    case = actions.move(case, "submit", by=cast.wang)
    case = actions.move(case, "accept", by=cast.zhang)
    case = actions.move(case, "examine", by=cast.zhang, note="齐全", data={"credit_code": code})
    case = actions.move(case, "approve", by=cast.sun)
    assert case.organisation.standing == "registered"
    assert Standing.objects.get(organisation=case.organisation).kind == "registered"
