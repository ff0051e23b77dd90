"""Which tier and which desk, once the registration conditions are judged.

Two tracks (Tianjin, Jilin, Wenzhou, national default): registered, or filed at the street. Three tiers (Guangxi
四（二）, Yubei 三（四）2): registered; street-managed when the facts the document names are attested (larger
scale, in Guangxi also operating normally); else guided by the community. A fact nobody has attested never lifts an
organisation up.
"""

from collections.abc import Iterable, Iterator

from registry.eligibility.context import REGISTRABLE, Context, title
from registry.findings import Finding, found
from registry.policy.parameters import Parameter

CRITERIA = "tier.street_managed.criteria"
ATTESTED = {"larger_scale": "规模较大", "operates_normally": "能正常开展活动"}
NAMED = {"450000000000": ("larger_scale", "operates_normally")}  # Guangxi 四（二）; Yubei names the scale alone
DESKS = {"filed": "street", "street_managed": "street", "community_guided": "community"}
LEVELS = {"province": "province"}  # every other level of authority is the county's desk


def tier_of(context: Context, findings: Iterable[Finding]) -> str:
    """registered, street_managed, filed or community_guided."""
    if context.facts.legal_form in REGISTRABLE and not any(finding.open for finding in findings):
        return "registered"
    if not _three(context):
        return "filed"
    attested = all(getattr(context.facts, fact) is True for fact in _criteria(context))
    return "street_managed" if attested else "community_guided"


def desk_of(context: Context, tier: str) -> str:
    """county (province for foundations, unless a document moves them down), street or community."""
    if tier != "registered":
        return DESKS[tier]
    rule = context.rule("registration.foundation_level") if context.form == "foundation" else None
    return LEVELS.get(str(rule.value), "county") if rule else "county"


def _model(context: Context) -> Parameter | None:
    return context.rule("tier.model")


def _three(context: Context) -> bool:
    rule = _model(context)
    return rule is not None and "street_managed" in rule.value


def _criteria(context: Context) -> tuple[str, ...]:
    """The facts a pack lists under `tier.street_managed.criteria`; without such a row, those its clause names."""
    rule, model = context.rule(CRITERIA), _model(context)
    return tuple(rule.value) if rule else NAMED.get(model.area if model else "", ("larger_scale",))


def attestations(context: Context) -> Iterator[Finding]:
    """The facts that lift an unregistered organisation to the street, where there are three tiers."""
    rule = context.rule(CRITERIA) or _model(context)
    if rule is None or not _three(context):
        return
    for fact in _criteria(context):
        said = getattr(context.facts, fact)
        remedy = f"尚未认定是否{ATTESTED[fact]}" if said is None else ""
        label = f"由街道（乡镇）管理的条件：{ATTESTED[fact]}"
        yield found(rule, said, required=True, actual=said, label=label, blocks=False, remedy=remedy).under(
            f"tier.{fact}"
        )


def authority(context: Context) -> Iterator[Finding]:
    """Where a foundation goes: not to the county, unless the province has moved it down (基金会管理条例 第六条)."""
    rule = context.rule("registration.foundation_level")
    if rule and context.form == "foundation":
        yield found(rule, True, required=rule.value, actual=rule.value, label=title(rule), blocks=False)


def filing(context: Context, tier: str) -> Iterator[Finding]:
    """Members needed for filing. No document gives a number: a project default, marked assumed, never blocking."""
    rule = context.rule("filing.association.min_members") if tier == "filed" else None
    heads = (context.facts.individual_members, context.facts.unit_members)
    if rule is None or context.facts.legal_form == "social_service_org":
        return
    total = None if heads == (None, None) else sum(count or 0 for count in heads)
    need = int(rule.exact or 0)
    answer = None if total is None else total >= need
    yield found(rule, answer, required=need, actual=total, label=title(rule), blocks=False)
