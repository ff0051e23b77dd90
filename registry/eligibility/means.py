"""Legal form, capital and premises: what an organisation must be and have before it can be registered.

Sources: 民法典 第八十七条 (forms); 社会团体登记管理条例 第十条, 民办非企业单位登记管理暂行条例 第八条, 基金会管理条例
第八条 (capital, premises); Guangxi 四（一） (2000 yuan, shared premises, post).
"""

from collections.abc import Iterator

from registry.eligibility.context import REGISTRABLE, Context, title
from registry.findings import Finding, found, verdict_of
from registry.policy.parameters import Modality, Parameter

FORM_SOURCE = "民法典", "第八十七条"


def legal_form(context: Context) -> Iterator[Finding]:
    """A body without a legal form is never registered, whatever else it has."""
    form = context.facts.legal_form
    settled = form in REGISTRABLE
    yield Finding(
        key="registration.legal_form",
        document=FORM_SOURCE[0],
        clause=FORM_SOURCE[1],
        modality=Modality.MUST,
        required=list(REGISTRABLE),
        actual=form,
        verdict=verdict_of(None if form is None else settled),
        label="登记须有组织形式：社会团体、社会服务机构或基金会",
        remedy="" if settled else "先确定组织形式：社会团体、社会服务机构或基金会",
    )


def capital(context: Context) -> Iterator[Finding]:
    """Registered capital against the nearest rule that binds this form; foundations have a rule of their own."""
    key = "registration.foundation.min_fund" if context.form == "foundation" else "registration.min_capital"
    rule = context.rule(key)
    if rule:
        yield _money(context, rule)


def _money(context: Context, rule: Parameter) -> Finding:
    need, have = int(rule.exact or 0), context.facts.capital
    unsure = have is None or (bool(rule.forms) and context.facts.legal_form is None)
    short = max(0, need - have) if have is not None else None
    return found(
        rule,
        None if unsure else short == 0,
        required=need,
        actual=have,
        label=title(rule),
        statutory=context.statutory_words(rule),
        lacking=None if unsure else short or None,
        remedy=_money_remedy(context, short),
    )


def _money_remedy(context: Context, short: int | None) -> str:
    what = "原始基金" if context.form == "foundation" else "注册资金"
    if short is None:
        return f"尚未填写{what}"
    if context.facts.legal_form is None:
        return f"确定组织形式后核对{what}"
    return f"{what}还差 {short} 元" if short else ""


def premises(context: Context) -> Iterator[Finding]:
    """A fixed place is needed; sharing it is allowed where a document says so, elsewhere a person has to look."""
    rule, have = context.rule("premises.required"), context.facts.premises
    if rule:
        yield found(
            rule,
            None if have is None else have != "none",
            required=True,
            actual=have,
            label=title(rule),
            remedy="尚未填写活动场所" if have is None else "落实固定的活动场所",
        )
    if have == "shared":
        yield from _sharing(context, rule)


def _sharing(context: Context, required: Parameter | None) -> Iterator[Finding]:
    """Allowed by clause: a pass, with a statement that business goes on. No clause: 人工核实, not a failure."""
    allowed = context.rule("premises.sharing_allowed")
    if allowed:
        label = f"{title(allowed)}；请附不影响业务正常开展的说明"
        yield found(allowed, bool(allowed.value), required=allowed.value, actual="shared", label=label)
    elif required:
        yield found(
            required,
            None,
            required="own",
            actual="shared",
            label="与其他组织共用场所：本地文件没有规定，由登记机关人工核实是否固定、够用",
            remedy="请登记机关核实共用的场所",
            statutory="",
        ).under("premises.sharing_allowed")


def post(context: Context) -> Iterator[Finding]:
    """Post must reach each organisation by itself, whoever else is at the address (Guangxi 四（一）)."""
    rule, reachable = context.rule("premises.postal_reachable_required"), context.facts.post_reachable
    if rule and rule.value:
        remedy = "尚未填写邮政通信是否可达" if reachable is None else "落实能收到邮件的地址，逐个组织核实"
        yield found(rule, reachable, required=True, actual=reachable, label=title(rule), remedy=remedy)
