"""The indicators: each one question about many places, answered by one statement in whole numbers."""

from collections.abc import Iterable

from supervision.indicators.catalogue.bureaus import COUNTIES, YEARLY
from supervision.indicators.catalogue.grassroots import GRASSROOTS
from supervision.indicators.catalogue.hubs import HUBS
from supervision.indicators.catalogue.organisations import AVERAGES, CONDUCT, COVERAGE, PARTY, TIERS
from supervision.indicators.indicator import Cell, Indicator
from supervision.indicators.questions import Question

ALL: tuple[Indicator, ...] = (
    *AVERAGES,
    *HUBS,
    *COVERAGE,
    *GRASSROOTS,
    *PARTY,
    *CONDUCT,
    *YEARLY,
    *COUNTIES,
    *TIERS,
)
BY_NAME = {indicator.name: indicator for indicator in ALL}
MEASURED_BY = {
    "target.avg_per_urban_community": "avg_urban",
    "target.avg_per_rural_community": "avg_rural",
    "target.hub.registered_per_street": "hub_registered",
    "target.hub.per_street": "hub_street",
    "target.hub.per_community": "hub_community",
    "target.federation.per_street": "federation_street",
    "target.hub.demonstration_per_district": "demonstration",
    "rule.hub.full_time_social_workers": "hub_staff",
    "target.incubation_network.coverage": "incubation",
    "target.volunteer_liaison_per_community": "liaisons",
    "target.rural_communities_with_social_service_org": "rural_service_org",
    "target.social_work_agency.urban_coverage": "social_work_urban",
    "target.social_work_agency.rural_coverage": "social_work_rural",
    "target.volunteer_org_ratio": "volunteer_orgs",
    "target.volunteer_ratio": "volunteers",
    "target.charity_precision_base.share": "charity_precision",
    "target.charity_base.other_counties": "charity_base",
    "target.industry_association.decoupled": "decoupled",
    "target.online_joint_processing": "online_items",
    "target.talent.trained_share": "talents",
    "target.training.street_coverage": "trainings",
    "target.quantity_quality_trend": "quantity",
    "street.assigned_staff": "street_staff",
    "street.management_procedure_document": "procedures",
    "disclosure.community_board": "disclosure",
    "budget.line_required": "budget_lines",
    "brand.per_town": "brands",
    "feature.per_community": "features",
    "filing.ruleset_document": "filing_ruleset",
    "inspection.special.annual": "special_inspection",
    "party.coverage": "party",
    "leader.party_member_share": "leader_party",
    "party.own_org.min_full_members": "party_own",
    "party.contact.cadence": "party_contact",
    "party.three_meetings_one_lesson": "three_meetings",
    "charter.simplified_required": "simplified_charter",
    "legal_rep.duty_report": "duty_report",
    "report.two_committees.cadence": "two_committees",
    "evaluation.star.cadence": "star_rating",
    "training.cadence": "bureau_trainings",
    "inspection.double_random": "double_random",
    "inspection.ratio.county": "quota_county",
    "inspection.ratio.city": "quota_city",
    "inspection.ratio.province": "quota_province",
    "inspection.ratio.nation": "quota_nation",
}


def measuring(key: str) -> Indicator | None:
    """The indicator that answers a policy key; None where nothing is counted for it."""
    return BY_NAME.get(MEASURED_BY.get(key, ""))


def tally(question: Question, width: int, names: Iterable[str] = BY_NAME) -> dict[str, dict[str, Cell]]:
    """Indicator → place head → counts: one statement an indicator, however many places."""
    return {name: BY_NAME[name].counts(question, width) for name in names}
