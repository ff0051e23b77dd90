"""Members of an association: individuals, units, or both together (社会团体登记管理条例 第十条（一）).

Reading: an association of individuals alone is measured by the number of individuals, one of units alone by the
number of units; as soon as there are both, the total decides. A federation of a street has its own floor where a
document sets one (Guangxi 四（一）): any members count, and the national floor is shown as advice.
"""

from collections.abc import Iterator
from dataclasses import replace

from registry.eligibility.context import Context, spoken, title
from registry.findings import Finding, Verdict, found
from registry.policy.parameters import Parameter

FEDERATION = "registration.federation.min_members"
KINDS = {"individual": "个人会员", "unit": "单位会员", "mixed": "会员总数"}
KEY = {
    "individual": "registration.association.individual_members",
    "unit": "registration.association.unit_members",
    "mixed": "registration.association.mixed_members",
}
MEASURE = {"individual": "名", "unit": "个", "mixed": "个"}


def members(context: Context) -> Iterator[Finding]:
    """The members rule that binds: the federation's own, else the national one. Other forms have no members."""
    if context.facts.legal_form != "association":
        return
    floor = context.rule(FEDERATION)
    if floor:
        yield _federation(context, floor)
        yield from _advice(context)
    else:
        yield from _statutory(context)


def _heads(context: Context) -> tuple[int | None, int | None]:
    return context.facts.individual_members, context.facts.unit_members


def _total(context: Context) -> tuple[int, bool]:
    """The members that are known, and whether that is all of them."""
    heads = _heads(context)
    return sum(count or 0 for count in heads), None not in heads


def _federation(context: Context, rule: Parameter) -> Finding:
    need, (total, complete) = int(rule.exact or 0), _total(context)
    answer = True if total >= need else (False if complete else None)
    return found(
        rule,
        answer,
        required=need,
        actual=total if complete or total else None,
        label=title(rule),
        statutory=spoken(context.rules.statutory(rule)),
        lacking=need - total if answer is False else None,
        remedy=f"会员还差 {need - total} 个" if answer is False else _unasked(context),
    )


def _advice(context: Context) -> Iterator[Finding]:
    """The national floor beside a relaxed one, when it would not be reached."""
    for finding in _statutory(context):
        if finding.verdict == Verdict.FAIL:
            label = f"上位法提示：{finding.label}"
            yield replace(finding, verdict=Verdict.ADVICE, blocks=False, label=label, lacking=None, remedy="")


def _statutory(context: Context) -> Iterator[Finding]:
    kind = _kind(*_heads(context))
    rule = context.rule(KEY[kind])
    if rule is None:
        return
    answer, (total, complete) = _answer(context, kind), _total(context)
    if answer is False and _may_be_federation(context, total):
        answer = None
    yield found(
        rule,
        answer,
        required=int(rule.exact or 0),
        actual=total if complete or total else None,
        label=title(rule),
        lacking=_lacking(context, kind) if answer is False else None,
        remedy=_remedy(context, kind) if answer is False else _unasked(context),
    )


def _kind(individuals: int | None, units: int | None) -> str:
    if individuals and units:
        return "mixed"
    return "unit" if units else "individual"


def _floor(context: Context, kind: str) -> int:
    rule = context.rule(KEY[kind])
    return int(rule.exact or 0) if rule else 0


def _answer(context: Context, kind: str) -> bool | None:
    """With one number unknown, only a count that would do in either case is enough."""
    total, complete = _total(context)
    if complete:
        return total >= _floor(context, kind)
    return True if total >= max(_floor(context, kind), _floor(context, "mixed")) else None


def _may_be_federation(context: Context, total: int) -> bool:
    """Whether nobody has said if this is a federation, and as one it would have enough members."""
    rule = context.rules.get(FEDERATION) if context.facts.hub_type is None else None
    return rule is not None and total >= int(rule.exact or 0)


def _ways(context: Context, kind: str) -> dict[str, int]:
    """How many more members each way to the floor takes. An association of one kind may stay so or become mixed."""
    individuals, units = (count or 0 for count in _heads(context))
    ways = {"mixed": _floor(context, "mixed") - individuals - units}
    if not units:
        ways["individual"] = _floor(context, "individual") - individuals
    if not individuals:
        ways["unit"] = _floor(context, "unit") - units
    return {way: ways[way] for way in sorted(ways, key=lambda way: (ways[way], way != kind))}


def _lacking(context: Context, kind: str) -> int:
    return min(_ways(context, kind).values())


def _remedy(context: Context, kind: str) -> str:
    """The cheapest way first; another kind of member is named only when there are none yet."""
    ways = _ways(context, kind)
    if _total(context)[0] == 0:
        return f"会员还差 {ways['unit']} 个单位会员，或 {ways['individual']} 名个人会员"
    way, short = next(iter(ways.items()))
    return f"{KINDS[way]}还差 {short} {MEASURE[way]}"


def _unasked(context: Context) -> str:
    """Which numbers nobody has given yet."""
    heads = _heads(context)
    asked = [name for name, count in zip(("个人会员数", "单位会员数"), heads, strict=True) if count is None]
    if asked:
        return f"尚未填写{'、'.join(asked)}"
    return "尚未填写是否为社区社会组织联合会" if context.facts.hub_type is None else ""
