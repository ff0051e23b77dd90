"""Every target and standing duty of the documents is counted, or it is said here why it cannot be."""

from pathlib import Path

import pytest

from registry.policy import files
from registry.policy.keys import KEYS
from registry.policy.resolve import is_target
from supervision.indicators import ALL, BY_NAME, MEASURED_BY, measuring
from supervision.items import ITEMS

PACKS = {pack.slug: pack for pack in files.read_dir(Path("fixtures/policy"))}
FIVE = ("tianjin-2018", "guangxi-2020", "yubei-2021", "jilin-2017", "wenzhou-2018")
ON_CASES = "judged on each case or organisation, never on a place"
IN_LISTS = "a list of words, shown as it is; the mix of a place shows what there is of each"
NOT_COUNTED = {
    "filing.preliminary_reviewer": "who acts; the flow of a case follows it",
    "filing.decider": "who acts; the flow of a case follows it",
    "registration.authority_level": "who acts; the flow of a case follows it",
    "registration.regime": "who acts; the flow of a case follows it",
    "registration.supervising_unit": "who acts; the flow of a case follows it",
    "tier.model": "how a case is sorted",
    "ledger.candidate.criteria": ON_CASES,
    "incubation.stages": ON_CASES,
    "activity.major.kinds": ON_CASES,
    "registration.min_capital": ON_CASES,
    "registration.federation.min_members": ON_CASES,
    "premises.postal_reachable_required": ON_CASES,
    "name.component_order": ON_CASES,
    "name.zihao.required": ON_CASES,
    "name.zihao.min_han_chars": ON_CASES,
    "leader.serving_cadre_approval_required": ON_CASES,
    "leader.pre_appointment_notice": ON_CASES,
    "legal_rep.exit_audit": ON_CASES,
    "charter.required_clauses": ON_CASES,
    "leader.measures": IN_LISTS,
    "priority.categories": IN_LISTS,
    "priority.service_groups": IN_LISTS,
    "activity.series": IN_LISTS,
    "procurement.hub_preference": "no purchases are on the register",
    "procurement.tiebreak": "no purchases are on the register",
    "service.five_reductions": "five numbers of a service, told on a page of their own",
    "target.avg_per_community": "the document gives no number",
    "pack.validity": "the period of the programme itself",
}


@pytest.mark.parametrize("slug", PACKS)
def test_every_target_of_a_document_is_counted(slug):
    asked = {parameter.key for parameter in PACKS[slug].parameters if is_target(parameter)}
    assert {key for key in asked if measuring(key) is None} == set()


def test_every_duty_of_the_five_documents_is_counted_or_has_its_reason():
    duties = {p.key for slug in FIVE for p in PACKS[slug].parameters if p.modality in ("MUST", "TARGET")}
    assert duties - MEASURED_BY.keys() == NOT_COUNTED.keys()
    assert not NOT_COUNTED.keys() & MEASURED_BY.keys()
    assert all(NOT_COUNTED.values())


def test_what_is_counted_for_a_clause_is_a_target_with_an_indicator_of_its_own():
    assert {key: name for key, name in MEASURED_BY.items() if KEYS[key].kind != "target" or name not in BY_NAME} == {}
    assert len(set(MEASURED_BY.values())) == len(MEASURED_BY)


def test_each_item_of_the_sheet_serves_a_clause_that_is_judged_or_shown():
    served = {key for item in ITEMS for key in item.answers}
    assert served <= MEASURED_BY.keys() | {"service.five_reductions"}


@pytest.mark.parametrize("indicator", ALL, ids=lambda indicator: indicator.name)
class TestEachIndicator:
    def test_is_explained_in_chinese(self, indicator):
        said = indicator.label + indicator.short + indicator.definition + indicator.lacks + indicator.hits_words
        assert not [letter for letter in said if "a" <= letter.lower() <= "z"]
        assert indicator.label and indicator.short and indicator.definition and indicator.hits_words
        assert len(indicator.short) <= 8

    def test_says_what_a_gap_is_counted_in(self, indicator):
        assert indicator.base is None or (len(indicator.lacks) > 0 and indicator.base_words)

    def test_says_what_is_missing_where_figures_are_entered(self, indicator):
        assert indicator.absent is None or "缺数据" in indicator.definition

    def test_fits_its_column(self, indicator):
        assert len(indicator.name) <= 30


def test_no_two_indicators_have_one_name_or_one_label():
    assert len(BY_NAME) == len(ALL) == len({indicator.label for indicator in ALL})
