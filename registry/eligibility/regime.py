"""Direct or dual: whether somebody must consent before the registration authority may be asked.

Jilin 三（一） direct; Wenzhou 三（九） by category; Guangxi 四（二） dual with the street or town; elsewhere the
national fall-back by category. The documents name classes; the register knows finer categories, which this table maps.
"""

from collections.abc import Iterator

from registry.eligibility.context import Context, title
from registry.findings import Finding, found
from registry.policy.parameters import Parameter

SERVICE, CHARITY = "urban_rural_community_service", "public_charity"
CLASS_OF = {
    "living_service": SERVICE,
    "community_service": SERVICE,
    "people_service": SERVICE,
    "elderly_care": SERVICE,
    "elderly_service": SERVICE,
    "mutual_aid": SERVICE,
    "charity_relief": CHARITY,
    "hardship_relief": CHARITY,
}
NAMES = {"direct": "直接登记", "dual": "双重管理"}


def regime_of(context: Context) -> str | None:
    """ "direct", "dual", or None when no rule speaks or the category that decides is unknown."""
    rule = context.rule("registration.regime")
    if rule is None:
        return None
    if rule.op != "by_category":
        return "direct" if str(rule.value).startswith("direct") else "dual"
    category = context.facts.category
    if category is None:
        return None
    return "direct" if _direct(rule, category) else "dual"


def _direct(rule: Parameter, category: str) -> bool:
    named = rule.value.get("direct", ())
    return category in named or CLASS_OF.get(category) in named


def regime(context: Context) -> Iterator[Finding]:
    """Which regime applies. An unknown category does not matter once the consent is there: it serves either way."""
    rule, answer = context.rule("registration.regime"), regime_of(context)
    if rule is None:
        return
    consented = context.facts.supervising_consent is True
    known = "本地文件规定" if rule.op != "by_category" else "按类别"
    yield found(
        rule,
        None if answer is None else True,
        required=rule.value,
        actual=answer,
        label=f"{title(rule)}；{known}为{NAMES[answer]}" if answer else title(rule),
        blocks=not consented,
        remedy="尚未填写类别，无法判断是否需要业务主管单位同意" if answer is None else "",
    )


def consent(context: Context) -> Iterator[Finding]:
    """Under dual regime the consent of the supervising unit is needed; in Guangxi that is the street or town."""
    rule = context.rule("registration.regime")
    if rule is None or regime_of(context) != "dual":
        return
    given, unit = context.facts.supervising_consent, _unit(context)
    rule = (context.rule("registration.supervising_consent") if rule.national else None) or rule
    yield found(
        rule,
        given,
        required=True,
        actual=given,
        label=f"双重管理：须有{unit}的同意文件",
        remedy=f"尚未填写{unit}是否同意" if given is None else f"取得{unit}的同意文件",
    ).under("registration.supervising_consent")


def _unit(context: Context) -> str:
    rule = context.rule("registration.supervising_unit")
    return "街道办事处（乡镇人民政府）" if rule and rule.value == "street_town" else "业务主管单位"
